import { CLOSINGS, isClosing, isCorrection, type Closing } from './closing.ts';
import type { Explanation } from './explanation.ts';
import type { Finding } from './finding.ts';

/** open → explained → accepted | sent back → closed, for a reason of its own: {@link CLOSINGS}. */
export const FINDING_STATUSES = ['open', 'explained', 'accepted', 'sent back', 'closed'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

type Undecided = Exclude<FindingStatus, 'accepted' | 'closed'>;

/** What happens to a finding. Only people explain, decide and take a decision back. */
export const FINDING_DEEDS = [
  'raised',
  'found again',
  'became an error',
  ...CLOSINGS,
  'explained',
  'accepted',
  'sent back',
  'decision undone',
] as const;
export type FindingDeed = (typeof FINDING_DEEDS)[number];

/** Who did something to a finding, and when. */
export type FindingEvent = {
  at: Date;
  /** A person's name, or `the bot`. */
  by: string;
  /** The person's Entra object id. */
  byId?: string;
  what: FindingDeed;
  /** In their own words; of an explanation with the cause that was chosen. */
  text?: string;
  /** The id of the finding that made way for this one: the same question, with other values. */
  follows?: string;
};

/** A finding with its whole life. */
export type FindingRecord = {
  finding: Finding;
  status: FindingStatus;
  raisedAt: Date;
  /** What the lead says of it. */
  explanation?: Explanation;
  /** What the status was when it was closed: the same values again bring it back. */
  before?: Exclude<FindingStatus, 'closed'>;
  /** What the status was when it was accepted: that is what it goes back to. */
  acceptedFrom?: Undecided;
  closedAt?: Date;
  /** The id of the finding that made way for this one when it was last raised or found again. */
  follows?: string;
  history: FindingEvent[];
};

/** Whether somebody still has to do something about it. */
export const needsAnswer = (record: FindingRecord): boolean =>
  record.status === 'open' || record.status === 'sent back';

/** Whether it is neither accepted nor closed. */
export const isOpen = (record: FindingRecord): boolean =>
  record.status !== 'closed' && record.status !== 'accepted';

/** Whether a commissioner has to decide about it. */
export const isToDecide = ({ status }: FindingRecord): boolean => status === 'explained';

/** Whether it waits for its lead to explain or correct it. */
export const isOpenQuery = (record: FindingRecord): boolean =>
  record.finding.severity === 'query' && needsAnswer(record);

/** Whether it keeps its return from being filed. */
export const isStandingError = ({ finding, status }: FindingRecord): boolean =>
  finding.severity === 'error' && status !== 'closed';

/**
 * Brings the register in line with what was found now. Returns only the records that changed. A finding that
 * was not raised is closed for the reason that `whyGone` gives; where it gives none, the finding stands.
 */
export function reconcile(
  records: ReadonlyMap<string, FindingRecord>,
  found: readonly Finding[],
  at: Date,
  whyGone: (record: FindingRecord) => Closing | undefined,
): FindingRecord[] {
  const foundById = new Map(found.map((finding) => [finding.id, finding]));
  const closed = [...records.values()]
    .filter((record) => record.status !== 'closed' && !foundById.has(record.finding.id))
    .flatMap((record) => {
      const why = whyGone(record);
      return why === undefined ? [] : [close(record, made(record, why, found), at)];
    });
  const corrected = closed.filter((record) => closingOf(record) === 'closed by correction');
  const before = Map.groupBy(corrected, ({ finding }) => finding.question);
  const raised = [...foundById.values()].flatMap((finding) => {
    const record = records.get(finding.id);
    if (record && record.status !== 'closed') {
      return isSame(record.finding, finding) ? [] : [restate(record, finding, at)];
    }
    const came = cameBefore(finding, before.get(finding.question) ?? []);
    return [record ? reopen(record, finding, came, at) : raise(finding, came, at)];
  });
  return [...raised, ...closed];
}

/** Operands that are others now, and are found wrong as that, were changed: an explanation goes on. */
const made = ({ finding }: FindingRecord, why: Closing, found: readonly Finding[]): Closing =>
  (why === 'figure taken out' || why === 'district changed') &&
  found.some((one) => isOfSameAnswers(one, finding))
    ? 'closed by correction'
    : why;

/** The same question, of the same answers: a rule may look at each alone. */
function isOfSameAnswers(a: Finding, b: Finding): boolean {
  if (a.question !== b.question) return false;
  const names = new Set(tested(a));
  return tested(b).some((name) => names.has(name));
}

const tested = ({ operands }: Finding): string[] =>
  operands.filter((operand) => operand.is === 'tested').map(({ name }) => name);

/** Which of those of its question that were changed in the same look this one goes on from. */
function cameBefore(finding: Finding, changed: readonly FindingRecord[]): { follows?: string } {
  const ids = changed
    .filter((one) => isOfSameAnswers(one.finding, finding))
    .map((one) => one.finding.id);
  const [follows] = ids.sort();
  return follows === undefined ? {} : { follows };
}

/** Who did what nobody did. */
export const THE_BOT = 'the bot';

/** A history with one event more. Nothing stands before what happened earlier, though two clocks may differ. */
export function happened(
  record: Pick<FindingRecord, 'history'>,
  event: FindingEvent,
): Pick<FindingRecord, 'history'> {
  const last = record.history.at(-1)?.at ?? event.at;
  return { history: [...record.history, { ...event, at: last > event.at ? last : event.at }] };
}

const raise = (finding: Finding, came: { follows?: string }, at: Date): FindingRecord => ({
  finding,
  status: 'open',
  raisedAt: at,
  ...came,
  history: [{ at, by: THE_BOT, what: 'raised', ...came }],
});

/** What was said before still holds, unless it cannot be explained any more. */
function reopen(
  record: FindingRecord,
  finding: Finding,
  came: { follows?: string },
  at: Date,
): FindingRecord {
  const { closedAt: _closedAt, follows: _follows, before = 'open', ...rest } = record;
  const mustBeAnswered = before === 'sent back' || finding.severity === 'error';
  const status = mustBeAnswered ? 'open' : before;
  return {
    ...rest,
    finding,
    status,
    raisedAt: status === 'open' ? at : record.raisedAt,
    ...came,
    ...happened(record, { at, by: THE_BOT, what: 'found again', ...came }),
  };
}

const isSame = (a: Finding, b: Finding): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Its rule was edited: the finding says what the rule says now. What became an error is open again. */
function restate(record: FindingRecord, finding: Finding, at: Date): FindingRecord {
  if (finding.severity === 'query' || record.finding.severity === 'error') {
    return { ...record, finding };
  }
  const event: FindingEvent = { at, by: THE_BOT, what: 'became an error' };
  return { ...record, finding, status: 'open', ...happened(record, event) };
}

const ASKS_AGAIN = new Set<FindingDeed>(['sent back', 'found again', 'decision undone']);

/** When the lead was last asked: at the raising, or again since. */
export function askedSince({ raisedAt, history }: FindingRecord): { at: Date; again: boolean } {
  const last = history.findLast(({ what }) => ASKS_AGAIN.has(what));
  return last ? { at: last.at, again: true } : { at: raisedAt, again: false };
}

function close(record: FindingRecord, why: Closing, at: Date): FindingRecord {
  if (record.status === 'closed') return record;
  const { history } = happened(record, { at, by: THE_BOT, what: why });
  const closedAt = history.at(-1)?.at ?? at;
  return { ...record, status: 'closed', before: record.status, closedAt, history };
}

/** Who did something to it last, when, and in which words; undefined where nobody has. */
export const deedOf = ({ history }: FindingRecord, deed: FindingDeed): FindingEvent | undefined =>
  history.findLast(({ what }) => what === deed);

/** Why it is closed; undefined while it stands. */
export function closingOf({ status, history }: FindingRecord): Closing | undefined {
  if (status !== 'closed') return undefined;
  const what = history.findLast((event) => isClosing(event.what))?.what;
  return what !== undefined && isClosing(what) ? what : 'closed by correction';
}

/** Whether its figures were put right, or taken out; not where its rule or its return went. */
export const wasCorrected = (record: FindingRecord): boolean => {
  const closing = closingOf(record);
  return closing !== undefined && isCorrection(closing);
};
