/** The simulated year as it stands at one moment: the truth, and what the product remembers of it. */
import type { Person } from '../../../bot/access/people.ts';
import { openTerms } from '../../../bot/calendar/open-terms.ts';
import { calendarProblems, type Term } from '../../../bot/calendar/terms.ts';
import type { Calendar } from '../../../bot/calendar/working-days.ts';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import { chaseLog } from '../../../bot/chase/history.ts';
import { DEFAULT_POLICY } from '../../../bot/chase/policy.ts';
import type { ReturnStatus, Situation } from '../../../bot/chase/situation.ts';
import { reconcile, type FindingRecord } from '../../../bot/findings/register.ts';
import { OWED_FORMS, type Form } from '../../../bot/returns/measure.ts';
import { returnId } from '../../../bot/returns/return.ts';
import type { ReturnState } from '../../../bot/returns/state.ts';
import { bankHolidays, findingAt, terms as demoTerms } from '../made.ts';
import { chanceOf, type Chance } from './chance.ts';
import { DAY, TERMS, wallClock } from './oracle-days.ts';
import type { Part } from './plan.ts';
import { DISTRICTS, peopleOfTheYear, WITHOUT_BOT } from './people-of-the-year.ts';
import { isQuery, type TrueQuery, type TrueReturn, type Truth } from './truth.ts';

const NEXT_TERM: Term = {
  year: '2027-28',
  term: 1,
  starts: '2027-09-01',
  ends: '2027-10-22',
  due: '2027-11-17',
  locks: '2027-12-10',
};
const terms = [...demoTerms.filter(({ year }) => year >= '2025-26'), NEXT_TERM];
const SOUND: Calendar = { terms, bankHolidays };
/** A slip of the pen in the terms list: term 2 begins before term 1 has ended, and so on. */
const UNSOUND: Calendar = {
  terms: terms.map((term) =>
    term.year === '2026-27' && term.term > 1 ? { ...term, starts: '2026-10-02' } : term,
  ),
  bankHolidays,
};
const calendars = new Map<string, Calendar>();

/** The terms as the list has them by now. */
function calendarOf({ areTermsSound, moved }: Truth): Calendar {
  const as = areTermsSound ? SOUND : UNSOUND;
  if (moved.size === 0) return as;
  const key = JSON.stringify([areTermsSound, ...moved]);
  const known = calendars.get(key);
  if (known) return known;
  const calendar = {
    ...as,
    terms: as.terms.map((one) => ({
      ...one,
      due: moved.get(`${one.year}|${one.term}`) ?? one.due,
    })),
  };
  calendars.set(key, calendar);
  return calendar;
}

const CONTRADICTIONS = calendarProblems(UNSOUND.terms);

/** What the service keeps in its own storage. */
export type Memory = {
  register: Map<string, FindingRecord>;
  arrangements: Map<string, Arrangement[]>;
  outbox: Map<string, Delivery>;
};

export type World = {
  at: number;
  chance: Chance;
  truth: Truth;
  queries: readonly TrueQuery[];
  memory: Memory;
  /** Changes with whatever the lists, the arrangements or the register say. */
  version: number;
  /** Changes with the outbox. */
  outboxVersion: number;
  fails: Set<Part>;
  seen?: { key: string; statuses: ReturnStatus[]; saving: Set<string>; concerns: string[] };
  open?: { until: string; returns: readonly TrueReturn[] };
  found?: { version: number; at: number; records: FindingRecord[]; changed: FindingRecord[] };
  logged?: { day: string; log: Situation['log'] };
};

const fail = (words: string): never => {
  throw new Error(words);
};

/** Findings never change, so all years share them. */
const findings = new Map<string, ReturnType<typeof findingAt>>();

function makeReturns(chance: Chance): TrueReturn[] {
  const keys = TERMS.flatMap(({ year, term }) =>
    DISTRICTS.flatMap((district) => OWED_FORMS.map((form) => ({ form, district, year, term }))),
  );
  return keys.map((key) => {
    const one: TrueReturn = {
      id: returnId(key),
      key,
      term: `${key.year}|${key.term}`,
      held: 'nothing',
      isSaving: false,
      handed: new Map(),
      isWithdrawn: false,
      queries: [],
    };
    const many = chance.happens(0.3) ? chance.whole(1, 2) : 0;
    one.queries = Array.from({ length: many }, (_, i) => makeQuery(one, i));
    return one;
  });
}

function makeQuery(of: TrueReturn, i: number): TrueQuery {
  const finding = findingAt({ id: `rule-${i}`, on: of.key });
  findings.set(finding.id, finding);
  return {
    id: finding.id,
    of,
    isInList: false,
    isRaised: false,
    askedOn: '',
    answer: 'none',
  };
}

export function beginYear(seed: number): World {
  const chance = chanceOf(seed);
  const returns = makeReturns(chance);
  return {
    at: 0,
    chance,
    queries: returns.flatMap(({ queries }) => queries),
    truth: {
      returns,
      byAbout: new Map(
        returns.flatMap((one) => [one, ...one.queries]).map((about) => [about.id, about]),
      ),
      people: peopleOfTheYear(chance),
      pauses: new Map(),
      unread: new Set(),
      areTermsSound: true,
      moved: new Map(),
      unreachable: new Map([[WITHOUT_BOT, 'no bot installed']]),
    },
    memory: { register: new Map(), arrangements: new Map(), outbox: new Map() },
    version: 0,
    outboxVersion: 0,
    fails: new Set(),
  };
}

export const dayOf = (world: World): string => wallClock(world.at).day;

const opened = new WeakMap<Calendar, Map<string, ReadonlySet<string>>>();

/** The terms whose returns are expected on a day, as the product says. */
function expectedTerms(calendar: Calendar, day: string): ReadonlySet<string> {
  const ofCalendar = opened.get(calendar) ?? new Map<string, ReadonlySet<string>>();
  opened.set(calendar, ofCalendar);
  const known = ofCalendar.get(day);
  if (known) return known;
  const open = openTerms(calendar, new Date(`${day}T12:00:00Z`), DEFAULT_POLICY.returnStages);
  const labels = new Set(open.map(({ year, term }) => `${year}|${term}`));
  ofCalendar.set(day, labels);
  return labels;
}

function stateOf({ held, queries }: TrueReturn): ReturnState {
  if (held === 'nothing') return 'missing';
  if (held === 'part') return 'part filed';
  return queries.some(({ isInList, answer }) => isInList && answer !== 'accepted')
    ? 'filed with open queries'
    : 'filed';
}

/** The returns of terms that are not locked: they stay the same until the next term locks. */
function unlocked(world: World, day: string): readonly TrueReturn[] {
  if (world.open && day <= world.open.until) return world.open.returns;
  const returns = world.truth.returns.filter(({ term }) => locksOf(term) >= day);
  const until = TERMS.map(({ locks }) => locks).find((last) => last >= day) ?? day;
  world.open = { until, returns };
  return returns;
}

const statuses = new WeakMap<TrueReturn, ReturnStatus>();

/** As it was, where it is as it was. */
function statusOf(one: TrueReturn): ReturnStatus {
  const state = stateOf(one);
  const known = statuses.get(one);
  if (known?.state === state) return known;
  const status: ReturnStatus = { ...one.key, state, blank: [] };
  statuses.set(one, status);
  return status;
}

/** What the lists say now of what is owed and held: of a list that cannot be read, nothing. */
function lookAtLists(world: World, calendar: Calendar): NonNullable<World['seen']> {
  const { truth, version } = world;
  const day = dayOf(world);
  const key = `${version}|${day}`;
  if (world.seen?.key === key) return world.seen;
  const expected = expectedTerms(calendar, day);
  const statuses = unlocked(world, day)
    .filter(({ key: { form }, term, held }) => {
      if (truth.unread.has(form)) return false;
      return held !== 'nothing' || expected.has(term);
    })
    .map(statusOf);
  const saving = new Set(
    unlocked(world, day)
      .filter((one) => one.isSaving)
      .map(({ id }) => id),
  );
  world.seen = { key, statuses, saving, concerns: concernsOf(truth) };
  return world.seen;
}

const locks = new Map(TERMS.map(({ year, term, locks: last }) => [`${year}|${term}`, last]));
const locksOf = (term: string): string => locks.get(term) ?? '';

const concernsOf = ({ areTermsSound, unread, people }: Truth): string[] => [
  ...(areTermsSound ? [] : CONTRADICTIONS),
  ...[...unread].map((form) => `The list of ${form}: could not check.`),
  ...concernsAbout(people),
];

const concerns = new WeakMap<readonly Person[], readonly string[]>();

/** People come and go seldom. */
function concernsAbout(people: readonly Person[]): readonly string[] {
  const known = concerns.get(people);
  if (known) return known;
  const led = new Set(people.flatMap(({ districts }) => districts));
  const found = [
    ...DISTRICTS.filter((name) => !led.has(name)).map((name) => `${name} has no lead.`),
    ...people.filter(({ id }) => id === '').map(({ name }) => `${name} has no Entra object id.`),
  ];
  concerns.set(people, found);
  return found;
}

/** The register as this look would leave it: kept only where the look is. */
export function lookAtFindings(world: World): NonNullable<World['found']> {
  const { truth, memory, version } = world;
  const known = world.found;
  // What is new since it was kept is new as of now, whenever it is looked at.
  if (known?.version === version && (known.changed.length === 0 || known.at === world.at)) {
    return known;
  }
  const isReadable = ({ form }: { form: Form }) => !truth.unread.has(form);
  const inLists = world.queries
    .filter(({ isInList, of }) => isInList && of.held !== 'nothing')
    .map(({ id }) => findings.get(id) ?? fail(id))
    .filter(isReadable);
  const changed = reconcile(memory.register, inLists, new Date(world.at), ({ finding }) =>
    isReadable(finding) ? 'closed by correction' : undefined,
  );
  const register = new Map(memory.register);
  for (const record of changed) register.set(record.finding.id, record);
  world.found = { version, at: world.at, records: [...register.values()], changed };
  return world.found;
}

/** What was said about terms that are locked by now decides nothing any more. */
function forgetOld(world: World): void {
  const { outbox } = world.memory;
  const day = dayOf(world);
  const isLive = (about: string) => {
    const found = world.truth.byAbout.get(about);
    return found !== undefined && locksOf((isQuery(found) ? found.of : found).term) >= day;
  };
  for (const { id, decidedAt, logs } of outbox.values()) {
    const isOld = decidedAt.getTime() < world.at - 2 * DAY;
    if (isOld && !logs.some(({ about }) => isLive(about))) outbox.delete(id);
  }
}
/** What the log says of a row stays the same until the row changes; where it waits, for a day. */
const lines = new WeakMap<Delivery, { day: string; log: Situation['log'] }>();

function linesOf(row: Delivery, day: string, at: number): Situation['log'] {
  const known = lines.get(row);
  if (known && (row.status !== 'waiting' || known.day === day)) return known.log;
  const log = chaseLog([row], new Date(at));
  lines.set(row, { day, log });
  return log;
}

/** The chase log as a fresh look finds it. */
export function logIn(world: World): Situation['log'] {
  const day = dayOf(world);
  const { logged } = world;
  if (logged?.day === day) return logged.log;
  // What waited yesterday has failed by now; of all else the log says the same.
  const isSame = logged && dayNumber(day) % 7 > 0 && !logged.log.some(waits);
  if (!isSame) forgetOld(world);
  const log = isSame
    ? logged.log
    : [...world.memory.outbox.values()]
        .flatMap((row) => linesOf(row, day, world.at))
        .sort((a, b) => a.at.getTime() - b.at.getTime());
  world.logged = { day, log };
  return log;
}

const waits = ({ outcome }: Situation['log'][number]): boolean => outcome === 'waiting';
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;

/** What came of a message goes to the end of the log, as time goes on, in the place of what was said of it. */
export function logSettled(world: World, before: Delivery | undefined, row: Delivery): void {
  const { logged } = world;
  if (!logged) return;
  const old = before ? linesOf(before, logged.day, world.at) : [];
  const kept = old.length > 0 ? logged.log.filter((line) => !old.includes(line)) : logged.log;
  world.logged = { ...logged, log: [...kept, ...linesOf(row, logged.day, world.at)] };
}

/** Everything as a fresh look finds it. */
export function situationIn(world: World): Situation {
  const { truth, memory } = world;
  const calendar = calendarOf(truth);
  const { statuses, saving, concerns } = lookAtLists(world, calendar);
  return {
    at: new Date(world.at),
    calendar,
    contradictions: truth.areTermsSound ? [] : CONTRADICTIONS,
    policy: DEFAULT_POLICY,
    people: truth.people,
    statuses,
    findings: lookAtFindings(world).records,
    unread: truth.unread,
    log: logIn(world),
    arrangements: memory.arrangements,
    saving,
    voided: [],
    concerns,
  };
}

export const leadsIn = ({ people }: Truth, district: string): Person[] =>
  people.filter(
    ({ role, districts, id }) =>
      role === 'District lead' && districts.includes(district) && id !== '',
  );
