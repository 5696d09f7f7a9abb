/**
 * Says what may be sent, what must be, and of whom, from the truth alone. It is written apart from the
 * decision and takes nothing from bot/ but types: where both have the same fault, both had to make it.
 */
import type { Person } from '../../../bot/access/people.ts';
import type { ChaseEntry } from '../../../bot/chase/history.ts';
import type { MessageKind, Message } from '../../../bot/chase/message.ts';
import type { NotSent } from '../../../bot/chase/situation.ts';
import {
  BANK_HOLIDAYS,
  beginningOf,
  CLOSES,
  COMMISSIONER_STAGE,
  firstOfWeek,
  isLive,
  isSchoolWorkingDay,
  isWeekday,
  MANAGER_STAGE,
  nextDay,
  OPENS,
  QUERY_STAGES,
  RETURN_STAGES,
  stageOn,
  SUMMARY,
  TERMS,
  wallClock,
  workingDayFrom,
  workingDaysBetween,
  type StageReached,
} from './oracle-days.ts';
import {
  dueIn,
  isQuery,
  isReceived,
  waitsForAnswer,
  type TrueQuery,
  type TrueReturn,
  type Truth,
} from './truth.ts';

/** What somebody got to see. */
export type Card = {
  id: string;
  kind: MessageKind;
  person: string;
  about: readonly { about: string; stage: string }[];
  /** Ids of the returns and findings that it names besides. */
  returns: readonly string[];
  findings: readonly string[];
  askedBy?: string | undefined;
};

export class Broken extends Error {}

type About = TrueReturn | TrueQuery;

/** When a look began and ended, and the version of the world that it saw all the time. */
type UndisturbedLook = { began: number; ended: number; version: number };

const nobodyTold = (): Record<MessageKind, Map<string, number>> => ({
  chase: new Map(),
  manager: new Map(),
  alert: new Map(),
  summary: new Map(),
});

const LONGEST_PROMISE = 5;
const FOR_MANAGERS = [MANAGER_STAGE];
/** For how many days in a row somebody's other cards may keep them from being told as a manager. */
const MOST_PUT_OFF = 10;

function findTerm({ key }: TrueReturn) {
  const term = TERMS.find(({ year, term: number }) => year === key.year && number === key.term);
  if (!term) throw new Error(`The oracle has no term for ${key.year} T${key.term}.`);
  return term;
}

export type Oracle = ReturnType<typeof openOracle>;

export function openOracle(truth: Truth) {
  /** When a card about something was last kept as sent: by what it was about, kind and person. */
  const told = new Map<string, Record<MessageKind, Map<string, number>>>();
  /** The ids of cards that came to somebody on a day, and of those that nobody kept as sent. */
  const cards = new Map<string, string[]>();
  const lost = new Map<string, number>();
  /** What a lead's card about was tried to be sent, on which day. */
  const tried = new Set<string>();
  /** Whose message of a kind was refused today: it is not made again until tomorrow. */
  const spent = new Set<string>();
  const isSpent = (person: string, day: string): boolean =>
    (['chase', 'manager', 'alert', 'summary'] as const).some((kind) =>
      spent.has(`${kind}|${person}|${day}`),
    );
  /** Since which day something waits because its person had another card. */
  let putOff = new Map<string, { since: string; days: number }>();
  let settledUp = '';
  const summaries = new Set<string>();
  const promises = new Map<string, number>();
  const counts = new Map<string, number>();

  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

  function assertThat(holds: boolean, words: () => string): void {
    if (!holds) throw new Broken(words());
  }

  const returnOf = (about: About): TrueReturn => (isQuery(about) ? about.of : about);

  let terms:
    { moved: Truth['moved']; of: Map<TrueReturn, ReturnType<typeof findTerm>> } | undefined;

  /** With the day on which it is due by now; due days are seldom moved. */
  function termOf(one: TrueReturn) {
    if (terms?.moved !== truth.moved) terms = { moved: truth.moved, of: new Map() };
    const known = terms.of.get(one);
    if (known) return known;
    const listed = findTerm(one);
    const term = { ...listed, due: dueIn(truth, listed) };
    terms.of.set(one, term);
    return term;
  }

  function reachedBy(about: About, day: string): StageReached | undefined {
    return isQuery(about)
      ? stageOn(day, about.askedOn, QUERY_STAGES)
      : stageOn(day, termOf(about).due, RETURN_STAGES);
  }

  let live: { day: string; returns: readonly TrueReturn[] } = { day: '', returns: [] };

  /** What can be asked for on a day at all. */
  function liveReturns(day: string): readonly TrueReturn[] {
    if (live.day !== day) {
      live = { day, returns: truth.returns.filter((one) => isLive(termOf(one), day)) };
    }
    return live.returns;
  }

  let leading: { people: readonly Person[]; byDistrict: Map<string, Person[]> } | undefined;

  /** People come and go seldom. */
  function leadsOf(district: string): readonly Person[] {
    if (leading?.people !== truth.people) leading = { people: truth.people, byDistrict: new Map() };
    const { people, byDistrict } = leading;
    const known = byDistrict.get(district);
    if (known) return known;
    const leads = people.filter(
      (p) => p.role === 'District lead' && p.districts.includes(district),
    );
    byDistrict.set(district, leads);
    return leads;
  }

  function holderOf(one: TrueReturn): string | undefined {
    const { holder, key } = one;
    return holder && leadsOf(key.district).some(({ id }) => id === holder.id)
      ? holder.id
      : undefined;
  }

  const isPaused = ({ key }: TrueReturn, day: string): boolean =>
    day <= (truth.pauses.get(key.district) ?? '');

  const isPromised = ({ promise }: TrueReturn, day: string): boolean =>
    promise !== undefined && day <= promise.until;

  /** Why nobody may be asked for something on a day. */
  function whyNobody(about: About, day: string): string | undefined {
    const one = returnOf(about);
    if (!truth.areTermsSound) return 'the terms contradict each other';
    if (truth.unread.has(one.key.form)) return 'its list cannot be read';
    if (day > termOf(one).locks) return 'its term is locked';
    if (isPaused(one, day)) return 'its district is paused';
    if (one.isSaving) return 'it is received and being saved';
    if (isQuery(about)) {
      if (!waitsForAnswer(about)) return 'the query needs no answer';
      if (!isReceived(one)) return 'its return is missing';
    } else {
      if (one.held === 'all') return 'it is filed';
      if (one.isWithdrawn) return 'it is withdrawn';
      if (isPromised(one, day)) return `it is promised for ${one.promise?.until}`;
    }
    return reachedBy(about, day) ? undefined : 'no stage is reached';
  }

  /** Since when it is for the commissioners to take up. */
  const takenUpSince = (one: TrueReturn): number =>
    beginningOf(workingDayFrom(termOf(one).due, COMMISSIONER_STAGE));

  /** Why a lead may not be asked for something on a day. */
  function whyNotLead(about: About, person: string, day: string): string | undefined {
    const why = whyNobody(about, day);
    if (why) return why;
    const one = returnOf(about);
    if (!leadsOf(one.key.district).some(({ id }) => id === person)) return 'they do not lead there';
    const holder = isQuery(about) ? undefined : holderOf(one);
    return holder !== undefined && holder !== person ? `${holder} has it in hand` : undefined;
  }

  /** Since when a lead has to be asked for something, whatever they were asked before. */
  function askedSince(about: About, person: string, day: string): number {
    const reached = reachedBy(about, day);
    const from = reached ? beginningOf(reached.on) : Infinity;
    if (isQuery(about)) return from;
    const { promise, holder } = about;
    const broken = promise && day > promise.until ? beginningOf(nextDay(promise.until)) : 0;
    const handed = holder && holderOf(about) === person ? holder.since : 0;
    return Math.max(from, broken, handed);
  }

  const wasTold = (kind: MessageKind, person: string, about: About, since: number): boolean =>
    (told.get(about.id)?.[kind].get(person) ?? -1) >= since;

  function isForManager(one: TrueReturn, day: string): boolean {
    return one.escalatedAt !== undefined || (reachedBy(one, day)?.stage ?? -99) >= MANAGER_STAGE;
  }

  /** Who leads there as well, or is a commissioner, and was asked since managers are told, knows of it. */
  function knowsAsManager(person: string, one: TrueReturn, day: string): boolean {
    const { escalatedAt = Infinity } = one;
    if (wasTold('manager', person, one, escalatedAt)) return true;
    const late = stageOn(day, termOf(one).due, FOR_MANAGERS);
    if (!late) return false;
    const since = beginningOf(late.on);
    return (['manager', 'chase', 'alert'] as const).some((kind) =>
      wasTold(kind, person, one, since),
    );
  }

  let managing: { people: readonly Person[]; byDistrict: Map<string, Person[]> } | undefined;

  function managersOf(district: string): readonly Person[] {
    const { people } = truth;
    if (managing?.people !== people) managing = { people, byDistrict: new Map() };
    const known = managing.byDistrict.get(district);
    if (known) return known;
    const managers = leadsOf(district).flatMap((lead) =>
      people.filter((p) => p.id !== '' && lead.managerEmail.split('; ').includes(p.email)),
    );
    managing.byDistrict.set(district, managers);
    return managers;
  }

  const cardsOf = (person: string, day: string): string[] => cards.get(`${person}|${day}`) ?? [];

  const find = (about: string): About => {
    const found = truth.byAbout.get(about);
    if (!found) throw new Broken(`A card is about ${about}, which there is not.`);
    return found;
  };

  /** Hours of working days; of any weekday, where commissioners are told that the terms are wrong. */
  function assertHours(card: Card, at: number): void {
    const { day, minutes } = wallClock(at);
    const isDay =
      truth.areTermsSound || card.kind !== 'alert'
        ? isSchoolWorkingDay(day)
        : isWeekday(day) && !BANK_HOLIDAYS.has(day);
    assertThat(isDay, () => `${card.id} was sent on ${day}, which is no working day.`);
    assertThat(minutes >= OPENS && minutes < CLOSES, () => `${card.id} was sent outside hours.`);
  }

  function assertStage(card: Card, about: About, stage: string, day: string): void {
    const expected = reachedBy(about, day)?.stage ?? Number.NaN;
    const label = `${isQuery(about) ? 'query ' : ''}${expected < 0 ? '' : '+'}${expected}`;
    assertThat(
      stage === label || stage.startsWith(`${label},`),
      () => `${card.id} says ${stage} of ${about.id}, which has reached ${label}.`,
    );
  }

  function assertChase(card: Card, day: string): void {
    const all = card.about.map(({ about }) => find(about));
    assertThat(all.length > 0, () => `${card.id} is about nothing.`);
    for (const [i, about] of all.entries()) {
      const why = whyNotLead(about, card.person, day);
      assertThat(why === undefined, () => `${card.id} chases for ${about.id}, though ${why}.`);
      assertStage(card, about, card.about[i]?.stage ?? '', day);
    }
    const isNews = all.some(
      (about) => !wasTold('chase', card.person, about, askedSince(about, card.person, day)),
    );
    assertThat(
      isNews || card.askedBy !== undefined,
      () => `${card.id} says nothing that was not said at this stage before.`,
    );
  }

  function assertManager(card: Card, day: string): void {
    const all = card.about.map(({ about }) => find(about));
    for (const about of all) {
      const why = isQuery(about)
        ? 'it is a query'
        : (whyNobody(about, day) ?? (isForManager(about, day) ? undefined : 'it is not late'));
      assertThat(why === undefined, () => `${card.id} tells of ${about.id}, though ${why}.`);
      assertThat(
        managersOf(returnOf(about).key.district).some(({ id }) => id === card.person),
        () => `${card.id} went to one who manages nobody of ${about.id}.`,
      );
    }
    assertThat(
      all.some((about) => !knowsAsManager(card.person, returnOf(about), day)),
      () => `${card.id} tells a manager nothing new.`,
    );
  }

  function assertAlert(card: Card, day: string): void {
    assertThat(
      truth.people.some(({ id, role }) => id === card.person && role === 'Commissioner'),
      () => `${card.id} went to one who is no commissioner.`,
    );
    const names = card.about.length + card.returns.length + card.findings.length;
    assertThat(names > 0 || concerns() > 0, () => `${card.id} says nothing.`);
    for (const id of card.returns) assertChased(card, id, day);
    for (const id of card.findings) assertToJudge(card, id);
    for (const { about } of card.about) {
      const one = returnOf(find(about));
      const why = whyNotEscalated(one, day);
      assertThat(
        why === undefined,
        () => `${card.id} says that ${about} is theirs, though ${why}.`,
      );
    }
  }

  /** What stands in every alert until it is put right. */
  const concerns = (): number =>
    truth.unread.size +
    Number(!truth.areTermsSound) +
    truth.people.filter(({ id }) => id === '').length +
    truth.returns.filter(({ key }) => leadsOf(key.district).length === 0).length;

  /** An alert tells of what was chased today, or is about to be. */
  function assertChased(card: Card, id: string, day: string): void {
    const why = whyNobody(find(id), day);
    assertThat(
      tried.has(`${id}|${day}`) || why === undefined,
      () => `${card.id} says that ${id} is chased, though ${why}.`,
    );
  }

  /** And of figures that somebody still has to explain, or a commissioner to judge. */
  function assertToJudge(card: Card, id: string): void {
    const query = find(id);
    const isThere =
      isQuery(query) &&
      (query.isInList || truth.unread.has(query.of.key.form)) &&
      (query.answer === 'none' || query.answer === 'explained');
    assertThat(isThere, () => `${card.id} tells of ${id}, which nobody has to judge.`);
  }

  /** What commissioners may be told is theirs to take up: also what is promised, or paused. */
  function whyNotEscalated(one: TrueReturn, day: string): string | undefined {
    if (isReceived(one)) return 'it is filed';
    if (one.isWithdrawn) return 'it is withdrawn';
    if (truth.unread.has(one.key.form)) return 'its list cannot be read';
    if (!truth.areTermsSound) return 'the terms contradict each other';
    if (day > termOf(one).locks) return 'its term is locked';
    const stage = reachedBy(one, day)?.stage ?? -99;
    return stage >= COMMISSIONER_STAGE ? undefined : `it has reached ${stage} only`;
  }

  /** One card a person a day, and the summary once a week. A card that was sent and not kept as sent may come again. */
  function assertOnce(card: Card, day: string): void {
    const mine = cardsOf(card.person, day);
    const excused = mine.filter((id) => id === card.id).length <= (lost.get(card.id) ?? 0);
    const others = mine.filter((id) => id !== card.id && !lost.has(id));
    assertThat(
      excused && (card.person === '' || others.length === 0),
      () => `${card.id} is another card on one day, after ${mine.join(' and ')}.`,
    );
    if (mine.includes(card.id)) count('duplicate after a crash');
  }

  /** A card is handed to Teams, whatever comes of it. */
  function handed(card: Card, at: number): void {
    const { day } = wallClock(at);
    if (card.kind === 'chase') for (const { about } of card.about) tried.add(`${about}|${day}`);
  }

  /** A card was handed to Teams, which showed it. */
  function posted(card: Card, at: number): void {
    const { day } = wallClock(at);
    assertHours(card, at);
    assertOnce(card, day);
    if (card.kind === 'chase') assertChase(card, day);
    if (card.kind === 'manager') assertManager(card, day);
    if (card.kind === 'alert') assertAlert(card, day);
    if (card.kind === 'summary') assertSummary(card);
    cards.set(`${card.person}|${day}`, [...cardsOf(card.person, day), card.id]);
    count(card.kind);
    if (card.about.some(({ stage }) => stage.includes('promised for')))
      count('broken promise chased');
    if (card.about.some(({ stage }) => stage.includes('handed over')))
      count('handed over and chased');
    if (card.about.some(({ stage }) => stage.startsWith('query'))) count('query chased');
    if (card.about.some(({ stage }) => stage.includes('asked again'))) count('query chased again');
    if (card.askedBy) count('chased on a commissioner’s word');
    if (card.kind === 'alert' && card.about.length > 0) count('told at +10');
  }

  function assertSummary(card: Card): void {
    assertThat(
      !summaries.has(card.id) || lost.has(card.id),
      () => `${card.id} came a second time.`,
    );
  }

  /** It was kept as sent, so that it must not come again. */
  function kept(card: Card, at: number): void {
    if (card.kind === 'summary') summaries.add(card.id);
    for (const { about } of card.about) {
      const kinds = told.get(about) ?? nobodyTold();
      kinds[card.kind].set(card.person, at);
      told.set(about, kinds);
    }
  }

  /** The process died between the two. */
  function forgotten(card: Card): void {
    lost.set(card.id, (lost.get(card.id) ?? 0) + 1);
    count('crash after posting');
  }

  /** A message that is not made again today. */
  function settled(kind: MessageKind, person: string, at: number): void {
    spent.add(`${kind}|${person}|${wallClock(at).day}`);
  }

  /** One promise a return, soon, by one who leads there. */
  function promised(one: TrueReturn, by: string, until: string, at: number): void {
    const { day } = wallClock(at);
    const made = (promises.get(one.id) ?? 0) + 1;
    promises.set(one.id, made);
    count('promise');
    assertThat(made === 1, () => `${one.id} is promised a second time.`);
    // Nobody can count the days of a calendar that contradicts itself.
    if (!truth.areTermsSound) return;
    const ahead = workingDaysBetween(day, until);
    assertThat(
      until >= day && ahead <= LONGEST_PROMISE,
      () => `${one.id} is promised for ${until}, ${ahead} working days ahead.`,
    );
    assertThat(
      leadsOf(one.key.district).some(({ id }) => id === by),
      () => `${by} promises ${one.id}.`,
    );
  }

  function undone(one: TrueReturn): void {
    promises.set(one.id, (promises.get(one.id) ?? 0) - 1);
    count('promise undone');
  }

  /** Each thing is asked of each lead, or there is a true reason why it is not. */
  function decided(messages: readonly Message[], notSent: readonly NotSent[], at: number): void {
    const clock = wallClock(at);
    const reasons = Map.groupBy(notSent, ({ about }) => about);
    const asked = new Map<string, Set<string | undefined>>();
    for (const { kind, person, logs } of messages) {
      if (kind !== 'chase') continue;
      for (const { about } of logs)
        asked.set(about, (asked.get(about) ?? new Set()).add(person?.id));
    }
    const explained: Explained = { asked, reasons, whys: new Set(), ...clock };
    for (const form of truth.unread) {
      assertThat(
        reasons.get(form)?.some(({ why }) => why === 'could not check') ?? false,
        () => `It is not said that the list of ${form} could not be checked.`,
      );
    }
    for (const one of liveReturns(clock.day)) {
      const { due } = termOf(one);
      if (truth.unread.has(one.key.form)) continue;
      const isOwed = stageOn(clock.day, due, RETURN_STAGES) !== undefined;
      if (isOwed) assertExplained(one, explained);
      for (const query of one.queries) {
        if (waitsForAnswer(query)) assertExplained(query, explained);
      }
    }
    for (const why of explained.whys) count(`not sent: ${why}`);
  }

  type Explained = {
    /** Who is asked for a thing. */
    asked: ReadonlyMap<string, ReadonlySet<string | undefined>>;
    reasons: ReadonlyMap<string, NotSent[]>;
    whys: Set<string>;
    day: string;
    minutes: number;
  };

  function assertExplained(about: About, decision: Explained): void {
    const all = leadsOf(returnOf(about).key.district);
    const reasons = decision.reasons.get(about.id) ?? [];
    if (all.length === 0) {
      assertThat(reasons.length > 0, () => `Nothing is said of ${about.id}, which nobody leads.`);
    }
    for (const lead of all) {
      const mine = reasons.find(({ person }) => person === '' || person === lead.name);
      const isAsked = decision.asked.get(about.id)?.has(lead.id) === true;
      assertThat(
        isAsked !== (mine !== undefined),
        () =>
          `${lead.name} is ${isAsked ? 'asked' : 'not asked'} for ${about.id}, and the reason is ${mine?.why ?? 'not said'}.`,
      );
      if (!mine) continue;
      decision.whys.add(mine.why);
      assertThat(
        isTrue(mine.why, about, lead, decision),
        () => `${about.id} is not asked of ${lead.name}: ${mine.why}. That is not so.`,
      );
    }
  }

  function isTrue(why: NotSent['why'], about: About, lead: Person, at: Explained): boolean {
    const one = returnOf(about);
    const { day, minutes } = at;
    switch (why) {
      case 'already filed':
        return one.held === 'all';
      case 'received, being saved':
        return one.isSaving;
      case 'no stage reached yet':
        return !truth.areTermsSound || reachedBy(about, day) === undefined;
      case 'could not check':
        return truth.unread.has(one.key.form);
      case 'muted by promise':
        return isPromised(one, day);
      case 'muted while its return is missing':
        return isQuery(about) && !isReceived(one);
      case 'its return is approved':
        // Nobody approves in the year.
        return false;
      case 'withdrawn':
        return one.isWithdrawn;
      case 'handed over':
        return holderOf(one) !== undefined && holderOf(one) !== lead.id;
      case 'paused':
        return isPaused(one, day);
      case 'this stage was sent already':
        return wasTold('chase', lead.id, about, askedSince(about, lead.id, day));
      case 'already written to today':
        return cardsOf(lead.id, day).length > 0;
      case 'not a working day':
        return !isSchoolWorkingDay(day);
      case 'outside hours':
        return minutes < OPENS || minutes >= CLOSES;
      case 'the terms contradict each other':
        return !truth.areTermsSound;
      case 'no Entra object id in the people list':
        return lead.id === '';
      case 'nobody leads this district':
        return false;
    }
  }

  type Debt = { kind: MessageKind; person: string; about: About };

  /** What somebody has to be told on a day and was not. */
  function owedOn(day: string): Debt[] {
    const debts: Debt[] = [];
    for (const one of liveReturns(day)) {
      if (!whyNobody(one, day)) {
        owedToLeads(one, day, debts);
        owedToManagers(one, day, debts);
        owedToCommissioners(one, day, debts);
      }
      for (const query of one.queries) if (!whyNobody(query, day)) owedToLeads(query, day, debts);
    }
    return debts;
  }

  function owedToLeads(about: About, day: string, debts: Debt[]): void {
    for (const { id } of leadsOf(returnOf(about).key.district)) {
      if (id === '' || whyNotLead(about, id, day)) continue;
      if (wasTold('chase', id, about, askedSince(about, id, day))) continue;
      debts.push({ kind: 'chase', person: id, about });
    }
  }

  function owedToManagers(one: TrueReturn, day: string, debts: Debt[]): void {
    if (!isForManager(one, day)) return;
    for (const { id } of managersOf(one.key.district)) {
      if (!knowsAsManager(id, one, day)) debts.push({ kind: 'manager', person: id, about: one });
    }
  }

  function owedToCommissioners(one: TrueReturn, day: string, debts: Debt[]): void {
    if (whyNotEscalated(one, day)) return;
    for (const { id, role } of truth.people) {
      if (role !== 'Commissioner' || wasTold('alert', id, one, takenUpSince(one))) continue;
      debts.push({ kind: 'alert', person: id, about: one });
    }
  }

  /**
   * After a look that nothing disturbed everybody has been told everything by now, unless they
   * had a card today, or cannot be reached, which the log then says.
   */
  function undisturbed(log: readonly ChaseEntry[], look: UndisturbedLook): void {
    const { day } = wallClock(look.ended);
    const { minutes } = wallClock(look.began);
    const { version } = look;
    count('undisturbed look');
    if (!truth.areTermsSound) {
      assertTermsTold(day);
      return;
    }
    const week = `summary|${firstOfWeek(day)}`;
    assertThat(
      firstOfWeek(day) !== day || minutes < SUMMARY || summaryOf(day),
      () => `${week}: the channel has no summary.`,
    );
    // Where nothing was owed and nothing has happened since, nothing is owed.
    if (settledUp === `${version}|${day}`) return;
    const later = new Map<string, { since: string; days: number }>();
    for (const debt of owedOn(day)) assertPutOff(debt, { log, day, later });
    putOff = later;
    settledUp = later.size === 0 ? `${version}|${day}` : '';
  }

  const summaryOf = (day: string): boolean => cardsOf('', day).length > 0 || isSpent('', day);

  function assertTermsTold(day: string): void {
    if (!isWeekday(day) || BANK_HOLIDAYS.has(day)) return;
    for (const { id, role } of truth.people) {
      if (role !== 'Commissioner') continue;
      assertThat(
        cardsOf(id, day).length > 0 || isSpent(id, day),
        () => `${id} is not told on ${day} that the terms contradict each other.`,
      );
      count('told that the terms contradict each other');
    }
  }

  type Putting = {
    log: readonly ChaseEntry[];
    day: string;
    later: Map<string, { since: string; days: number }>;
  };

  function assertPutOff({ kind, person, about }: Debt, { log, day, later }: Putting): void {
    const hasHadCard = cardsOf(person, day).length > 0;
    const isRefused = isSpent(person, day);
    if (!hasHadCard && truth.unreachable.has(person)) {
      const isLogged = log.findLast(
        (entry) =>
          entry.person === person &&
          entry.outcome !== 'sent' &&
          wallClock(entry.at.getTime()).day === day,
      );
      assertThat(
        isLogged !== undefined || isRefused,
        () => `The log does not say that ${person} cannot be reached for ${about.id}.`,
      );
      count('could not be reached, and logged');
      return;
    }
    assertThat(
      hasHadCard || isRefused,
      () => `${person} was not told of ${about.id} (${kind}), and had no other card on ${day}.`,
    );
    const key = `${kind}|${person}|${about.id}`;
    const before = putOff.get(key);
    const isSameDay = before?.since === day;
    const days = before ? before.days + (isSameDay || isRefused ? 0 : 1) : 0;
    later.set(key, { since: day, days });
    assertThat(
      days <= (kind === 'chase' ? 0 : MOST_PUT_OFF),
      () =>
        `${person} was not told of ${about.id} (${kind}) on the day after ${before?.since} either.`,
    );
    count('put off to the next day');
  }

  return {
    handed,
    posted,
    kept,
    forgotten,
    settled,
    promised,
    undone,
    decided,
    undisturbed,
    count,
    counts: counts as ReadonlyMap<string, number>,
  };
}
