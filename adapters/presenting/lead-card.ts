import type { Person } from '../../bot/access/people.ts';
import { firstName } from '../../bot/access/people.ts';
import { londonDay, shortDay, shortInstant } from '../../bot/calendar/london.ts';
import { openTerm, outstandingIn } from '../../bot/chase/outstanding.ts';
import type { ReturnStatus } from '../../bot/chase/situation.ts';
import { standingErrors } from '../../bot/findings/typed-return.ts';
import { inOrder } from '../../bot/findings/grouped.ts';
import {
  isOpen,
  isStandingError,
  needsAnswer,
  type FindingRecord,
} from '../../bot/findings/register.ts';
import { showAnswer } from '../../bot/returns/answer.ts';
import { measuresOf } from '../../bot/returns/measure.ts';
import { isFiled } from '../../bot/returns/state.ts';
import { returnId, returnName, sameReturn, type ReturnKey } from '../../bot/returns/return.ts';
import { findingCode } from '../../cards/actions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type {
  FindingView,
  LeadCardView,
  OutstandingView,
  ReturnFormView,
} from '../../cards/views.ts';
import type { Look, Saving } from '../../bot/look.ts';
import type { Delivery, OpenReturn } from '../../bot/chase/delivery.ts';
import type { Draft } from '../storage/memory.ts';
import { findingForLead, type SaidOfAFinding } from './finding-view.ts';
import { MOST_FINDINGS } from './finding-words.ts';
import { historyView } from './history-view.ts';
import { arrangeable, owedBy, standsForLead, titleFor, type Owed } from './lead-arranging.ts';
import { returnFormView } from './return-form.ts';
import { count, shortened, statusLine } from './words.ts';

type LeadCardInput = {
  lead: Person;
  look: Look;
  /** The card's own state: which return is open, what was filed from it. */
  card: Pick<Delivery, 'open' | 'opened' | 'receipt' | 'unsent'>;
  draftOf: (open: OpenReturn) => Draft | undefined;
};

/** How many findings, how many of their pictures, and how much of each and of a question a card has room for. */
type Room = { findings: number; pictures: number; says: SaidOfAFinding; ofAQuestion?: number };

const roomFor = (findings: number, says: SaidOfAFinding): Room => ({ findings, pictures: 0, says });

/** Beyond this many questions nobody reads on; the rest follows as these are answered. */
const MOST_QUESTIONS = 10;
const ROOMS: readonly [Room, ...Room[]] = [
  { findings: MOST_QUESTIONS, pictures: 3, says: 'full' },
  ...[MOST_QUESTIONS, 7, 5, 3, 2, 1].map((findings) => roomFor(findings, 'full')),
  // However much there is to say of a finding, it can be answered.
  ...[3, 2, 1, 0].map((findings) => roomFor(findings, 'brief')),
  // A form alone: nothing is left out but the ends of its definitions.
  ...[160, 80].map((ofAQuestion) => ({ ...roomFor(0, 'brief'), ofAQuestion })),
];

/** Older clients refuse a card above this. */
const LARGEST_CARD = 28 * 1024;

/** The one card of a lead, with as much of the findings as it has room for. */
export function leadCard(input: LeadCardInput): { view: LeadCardView; card: Card } {
  const whole = wholeCard(input);
  const made = (room: Room) => {
    const view = inRoom(whole, room);
    return { view, card: renderCard('lead', view) };
  };
  const [first, ...smaller] = ROOMS;
  let one = made(first);
  for (const room of smaller) {
    if (sizeOf(one.card) < LARGEST_CARD) return one;
    one = made(room);
  }
  return one;
}

const sizeOf = (card: Card): number => Buffer.byteLength(JSON.stringify(card));

/** The one card of a lead: everything outstanding, the open questions, what was filed, the queries. */
export const leadCardView = (input: LeadCardInput, room: Room = ROOMS[0]): LeadCardView =>
  inRoom(wholeCard(input), room);

type Beside = {
  look: Look;
  unsent: Delivery['unsent'];
  open: OpenReturn | undefined;
  room: Room;
};

/** What a card says however little room it has, and the findings, which have what is left. */
type WholeCard = {
  says: Omit<LeadCardView, 'findings' | 'moreFindings'>;
  findings: readonly FindingRecord[];
  beside: Omit<Beside, 'room'>;
};

function wholeCard({ lead, look, card, draftOf }: LeadCardInput): WholeCard {
  const returns = outstandingReturns(lead, look).map((status) => owedBy(lead, status, look));
  const findings = findingsOf(lead, look);
  const saving = savingOf(lead, look);
  const open = openReturn(card, returns, look, saving);
  const receipt = open ? undefined : (receiptOf(card, look) ?? savingView(saving));
  const form = open && returnFormView(open, look, draftOf(open));
  const stopped = open && form && form.problems.length > 0 ? open : undefined;
  const heard = { returns, findings, receipt, saving, stopped, lost: lostReturns(lead, look) };
  return {
    says: {
      ...heading(lead, heard, look),
      outstanding: returns.map((owed) => outstandingView(owed, lead, look)),
      ...arrangeable(lead, returns, look),
      ...(form ? { form } : {}),
      ...(receipt ? { receipt } : {}),
    },
    findings,
    beside: { look, unsent: card.unsent, open },
  };
}

function inRoom({ says, findings, beside }: WholeCard, room: Room): LeadCardView {
  const asked = shown(findings, room.findings);
  const { form } = says;
  return {
    ...says,
    ...(form && room.ofAQuestion !== undefined ? { form: inShort(form, room.ofAQuestion) } : {}),
    findings: withPictures(asked, { ...beside, room }),
    moreFindings: leftOut(findings, asked),
  };
}

/** A form whose questions and definitions are no longer than this. */
const inShort = (form: ReturnFormView, most: number): ReturnFormView => ({
  ...form,
  sections: form.sections.map(({ title, questions }) => ({
    title: shortened(title, most),
    questions: questions.map((one) => ({
      ...one,
      question: shortened(one.question, most),
      definition: shortened(one.definition, most),
    })),
  })),
});

/** Each with what was typed beside it; of one measure that is doubted twice there is one picture. */
function withPictures(
  records: readonly FindingRecord[],
  { look, unsent, open, room }: Beside,
): FindingView[] {
  const pictured = new Set<string>();
  return records.map((record) => {
    const { finding } = record;
    const code = findingCode(finding.id);
    const typed = unsent?.find((one) => one.finding === code);
    const view = findingForLead(record, look, typed, room.says);
    const about = `${returnId(finding)}|${finding.measures.join()}`;
    const history =
      mustAct(record) && pictured.size < room.pictures && !pictured.has(about)
        ? historyView(finding, look)
        : undefined;
    if (history) pictured.add(about);
    return {
      ...view,
      ...(history ? { history } : {}),
      canCorrect: view.canCorrect && open?.only?.finding !== code,
    };
  });
}

/** `and 3 more, which follow as these are answered`, or nothing. */
function leftOut(findings: readonly FindingRecord[], asked: readonly FindingRecord[]): string {
  const rest = findings.filter((record) => mustAct(record) && !asked.includes(record)).length;
  if (rest > 0 && asked.length === 0)
    return `${count(rest, 'figure')} to check, when this is filed`;
  return rest > 0 ? `and ${rest} more, which follow as these are answered` : '';
}

/**
 * The return whose questions show: until it is filed, handed over or asked for no more, or for as long
 * as its lead has it open again. Where only something in it cannot be right, that is asked instead.
 */
function openReturn(
  { open, opened }: LeadCardInput['card'],
  returns: readonly Owed[],
  look: Look,
  saving: readonly Saving[],
): OpenReturn | undefined {
  if (!open || !stillOpen(open, look) || isIn(saving, open)) return undefined;
  if (opened) return open;
  const status = look.assessment.statuses.find((s) => sameReturn(s, open));
  const owed = returns.find((one) => sameReturn(one.status, open));
  const isTheirs = owed === undefined || owed.share === 'to file';
  const hasAllAnswers = status?.filed !== undefined && status.blank.length === 0;
  return isTheirs && !hasAllAnswers && (!status || !isFiled(status.state)) ? open : undefined;
}

/** What never came and can come no more. */
const lostReturns = (lead: Person, look: Look): ReturnStatus[] =>
  look.assessment.statuses.filter(
    (s) => lead.districts.includes(s.district) && s.state === 'missing' && !stillOpen(s, look),
  );

/** Every question that waits for an answer, then as many of the others as fit. */
function shown(findings: readonly FindingRecord[], most: number): FindingRecord[] {
  const asked = inOrder(findings.filter(mustAct)).slice(0, most);
  const settled = inOrder(findings.filter((record) => !mustAct(record)));
  return [...asked, ...settled.slice(0, Math.max(0, Math.min(MOST_FINDINGS, most) - asked.length))];
}

const mustAct = (record: FindingRecord): boolean => needsAnswer(record) || isStandingError(record);

function outstandingReturns(lead: Person, look: Look): ReturnStatus[] {
  const items = outstandingIn(lead.districts, look.situation);
  return look.assessment.statuses.filter((s) => items.some((item) => item.about === returnId(s)));
}

/**
 * The findings of the terms that may still be changed: open ones, and explained ones until decided. What a
 * later rule has against an approved return is for the commissioners.
 */
function findingsOf(lead: Person, look: Look): FindingRecord[] {
  return [...look.assessment.register.values()]
    .filter(({ finding }) => lead.districts.includes(finding.district))
    .filter(({ finding }) => openTerm(finding, look.situation))
    .filter((record) =>
      isOpen(record) ? !isApproved(record.finding, look) : decidedToday(record, look),
    );
}

const isApproved = (key: ReturnKey, { assessment }: Look): boolean =>
  assessment.statuses.some((one) => sameReturn(one, key) && one.state === 'approved');

const decidedToday = (record: FindingRecord, look: Look): boolean => {
  const last = record.history.at(-1);
  return (
    record.status === 'accepted' && last !== undefined && londonDay(last.at) === londonDay(look.at)
  );
};

/** A return's questions stay open while its term does. */
const stillOpen = (key: ReturnKey, look: Look): boolean =>
  openTerm(key, look.situation) !== undefined;

/** What a lead sent in and SharePoint has not taken yet. */
const savingOf = ({ id }: Person, { remembered }: Look): Saving[] =>
  remembered.saving.filter(({ person }) => person === id);

const isIn = (saving: readonly Saving[], key: ReturnKey): boolean =>
  saving.some((one) => sameReturn(one.key, key));

function savingView([first]: readonly Saving[]): LeadCardView['receipt'] {
  return (
    first && {
      title: `${returnName(first.key)} is received`,
      text: `Received ${shortInstant(first.receivedAt)}. SharePoint does not take it at the moment. It is kept, and saved as soon as it can be done: there is nothing more to do.`,
      figures: [],
    }
  );
}

type Heard = {
  returns: readonly Owed[];
  findings: readonly FindingRecord[];
  receipt: LeadCardView['receipt'];
  saving: readonly Saving[];
  /** The return whose answers are stopped by something that is wrong with them. */
  stopped: ReturnKey | undefined;
  lost: readonly ReturnStatus[];
};

type Heading = Pick<LeadCardView, 'headline' | 'tone' | 'intro'>;

function heading(lead: Person, heard: Heard, look: Look): Heading {
  const where = lead.districts.join(', ');
  const elsewhere = heard.returns.filter(({ share }) => share !== 'to file');
  const queries = heard.findings
    .filter(needsAnswer)
    .filter(({ finding }) => !elsewhere.some(({ status }) => sameReturn(status, finding))).length;
  const toFile = heard.returns.filter(({ share }) => share === 'to file');
  const what = [
    ...(toFile.length > 0
      ? [`${count(toFile.length, 'return')} to file${promisedOf(toFile)}`]
      : []),
    ...(queries > 0 ? [`${count(queries, 'figure')} to check`] : []),
  ].join(' and ');
  if (heard.saving.length > 0) {
    return {
      headline: what === '' ? 'Received, saving' : `Received, saving. Still ${what}`,
      tone: 'good',
      intro: '',
    };
  }
  if (what === '' && heard.stopped) {
    return {
      headline: `${where}: your change is not filed yet`,
      tone: 'attention',
      intro: `Please look at the notes in ${returnName(heard.stopped)}.`,
    };
  }
  if (what === '' && heard.returns.length > 0) return nothingForYou(where, heard.returns);
  if (what === '') return nothingLeft(where, heard, look);
  if (heard.receipt) {
    return { headline: `Received, thank you. Still ${what}`, tone: 'good', intro: '' };
  }
  const isPromised = toFile.every(({ promised }) => promised !== undefined);
  if (toFile.length > 0 && isPromised) {
    const intro = `Hello ${firstName(lead)}. You are not reminded before that day is over. You can answer here at any time.`;
    return { headline: `${where}: ${what}`, tone: 'default', intro };
  }
  const tone = toFile.length > 0 ? 'attention' : 'default';
  return { headline: `${where}: ${what}`, tone, intro: greeting(lead) };
}

/** `, promised for Fri 27 Nov`, `, 1 of them promised`, or nothing. */
function promisedOf(toFile: readonly Owed[]): string {
  const days = toFile.flatMap(({ promised }) => promised ?? []);
  if (days.length === 0) return '';
  if (days.length < toFile.length) return `, ${days.length} of them promised`;
  const each = [...new Set(days)].sort().map(shortDay);
  return `, promised for ${each.join(' and ')}`;
}

/** What is outstanding is with a colleague, or not asked for this term. */
function nothingForYou(where: string, returns: readonly Owed[]): Heading {
  const handed = returns.filter(({ share }) => share === 'with a colleague').length;
  return {
    headline:
      handed > 0
        ? `${where}: ${count(handed, 'return')} handed over`
        : `${where}: nothing is asked for now`,
    tone: 'default',
    intro: 'There is nothing for you to do.',
  };
}

/** Nothing is outstanding, as far as can be told. */
function nothingLeft(where: string, { lost }: Heard, look: Look): Heading {
  const unread = look.reading.notChecked.map(({ list }) => `“${list}”`);
  if (unread.length > 0) {
    return {
      headline: `${where}: could not check`,
      tone: 'attention',
      intro: `${unread.join(' and ')} cannot be read at the moment, so I cannot say whether anything is outstanding.`,
    };
  }
  const [first] = lost;
  if (!first) {
    return { headline: 'Received, thank you', tone: 'good', intro: 'There is nothing more to do.' };
  }
  const names = lost.map((s) => `${returnName(s)}: ${statusLine(s, look.reading.terms, look.at)}`);
  return {
    headline: `${where}: ${count(lost.length, 'return')} not received`,
    tone: 'default',
    intro: `${names.join('. ')}. Please write to the commissioners.`,
  };
}

const greeting = (lead: Person): string =>
  `Hello ${firstName(lead)}. You can answer here; it goes straight into the SharePoint list. You can also use the form as before.`;

function outstandingView(owed: Owed, lead: Person, look: Look): OutstandingView {
  const { status } = owed;
  return {
    fields: { form: status.form, district: status.district, year: status.year, term: status.term },
    title: titleFor(status, lead),
    status: statusLine(status, look.reading.terms, look.at),
    action: status.state === 'missing' ? 'Answer now' : 'Look at it',
    ...standsForLead(owed, lead, look),
  };
}

/** What keeps a return from being filed, though what was sent in is in the list. */
function stillWrong(status: ReturnStatus, look: Look): string[] {
  if (isFiled(status.state)) return [];
  const errors = standingErrors(returnId(status), look).length;
  return [
    ...(errors > 0 ? [`${count(errors, 'thing')} in it still cannot be right: see below.`] : []),
    ...(status.blank.length > 0 ? [`${count(status.blank.length, 'question')} still blank.`] : []),
  ];
}

function receiptOf({ receipt }: LeadCardInput['card'], look: Look): LeadCardView['receipt'] {
  const status = receipt && look.assessment.statuses.find((s) => sameReturn(s, receipt.key));
  const { filed } = status ?? {};
  if (!receipt || !status || !filed) return undefined;
  const measures = measuresOf(look.reading.measures, receipt.key.form, receipt.key);
  return {
    title: isFiled(status.state)
      ? `${returnName(receipt.key)} is filed`
      : `${returnName(receipt.key)} is in the list, but does not count as filed yet`,
    text: [
      `Filed ${shortInstant(receipt.at)} by ${receipt.by}. It is in the SharePoint list “${filed.list}”.`,
      ...stillWrong(status, look),
    ].join(' '),
    figures: measures.map((m) => ({
      question: m.question,
      answer: showAnswer(filed.answers[m.id], m.unit),
    })),
  };
}
