import type { Finding } from './finding.ts';

/** open → explained → accepted | sent back → closed (by correction). */
export const FINDING_STATUSES = ['open', 'explained', 'accepted', 'sent back', 'closed'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

type Undecided = Exclude<FindingStatus, 'accepted' | 'closed'>;

/** What happens to a finding. Only people explain, decide and take a decision back. */
export type FindingDeed =
  | 'raised'
  | 'found again'
  | 'became an error'
  | 'closed by correction'
  | 'explained'
  | 'accepted'
  | 'sent back'
  | 'decision undone';

/** Who did something to a finding, and when. */
export type FindingEvent = {
  at: Date;
  /** A person's name, or `the bot`. */
  by: string;
  /** The person's Entra object id. */
  byId?: string;
  what: FindingDeed;
  /** In their own words. */
  text?: string;
  /** The id of the finding that made way for this one: the same question, with other values. */
  follows?: string;
};

/** A person who answers a finding, or decides on one. */
export type Answering = { id: string; name: string };

/** A finding with its whole life. */
export type FindingRecord = {
  finding: Finding;
  status: FindingStatus;
  raisedAt: Date;
  /** The lead's words. */
  explanation?: string;
  /** What the status was when a correction closed it: the same values again bring it back. */
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

export const isOpen = (record: FindingRecord): boolean =>
  record.status !== 'closed' && record.status !== 'accepted';

/**
 * Brings the register in line with what was found now. Returns only the records that changed.
 * A finding is closed by correction only if `couldBeSeen` says that it would have been found.
 */
export function reconcile(
  records: ReadonlyMap<string, FindingRecord>,
  found: readonly Finding[],
  at: Date,
  couldBeSeen: (finding: Finding) => boolean,
): FindingRecord[] {
  const foundById = new Map(found.map((finding) => [finding.id, finding]));
  const closed = [...records.values()]
    .filter((record) => record.status !== 'closed' && !foundById.has(record.finding.id))
    .filter((record) => couldBeSeen(record.finding))
    .map((record) => close(record, at));
  const before = Map.groupBy(closed, ({ finding }) => questionOf(finding));
  const raised = [...foundById.values()].flatMap((finding) => {
    const record = records.get(finding.id);
    if (record && record.status !== 'closed') {
      return isSame(record.finding, finding) ? [] : [restate(record, finding, at)];
    }
    const came = cameBefore(finding, before.get(questionOf(finding)) ?? []);
    return [record ? reopen(record, finding, came, at) : raise(finding, came, at)];
  });
  return [...raised, ...closed];
}

/** A finding's id is what it is about, and then its values. */
const questionOf = ({ id }: Finding): string => id.split('|[', 1)[0] ?? id;

const tested = ({ operands }: Finding): string[] =>
  operands.filter((operand) => operand.is === 'tested').map(({ name }) => name);

/** Which of those that closed in the same look this one goes on from. A rule may look at each answer alone. */
function cameBefore(finding: Finding, closed: readonly FindingRecord[]): { follows?: string } {
  const names = new Set(tested(finding));
  const ids = closed
    .filter((one) => tested(one.finding).some((name) => names.has(name)))
    .map((one) => one.finding.id);
  const [follows] = ids.sort();
  return follows === undefined ? {} : { follows };
}

/** Who did what nobody did. */
export const THE_BOT = 'the bot';

/** Nothing stands before what happened earlier, though two clocks may differ. */
function happened(
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

function close(record: FindingRecord, at: Date): FindingRecord {
  if (record.status === 'closed') return record;
  const { history } = happened(record, { at, by: THE_BOT, what: 'closed by correction' });
  const closedAt = history.at(-1)?.at ?? at;
  return { ...record, status: 'closed', before: record.status, closedAt, history };
}

/** What became of an answer to a finding. */
export type Answered = { ok: true; record: FindingRecord } | { ok: false; reason: string };

const SAYS_NOTHING =
  /^(ok(ay)?|yes|no|none|fine|correct|done|test|n\/?a|same|see above|as above)$/i;
const FEWEST_LETTERS = 8;

/** Whether an explanation explains: `ok`, `.` and white space do not. */
export function saysSomething(text: string): boolean {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, '');
  const words = text.trim().replace(/[.!?]+$/, '');
  return letters.length >= FEWEST_LETTERS && !SAYS_NOTHING.test(words);
}

const CORRECTED = 'This has been corrected already.';
const ACCEPTED = 'This has been accepted already.';
const SENT_BACK = 'This has been sent back already: it waits for the lead’s answer.';

const refused = (reason: string): Answered => ({ ok: false, reason });

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Why nobody may explain or accept it, if nobody may. */
function whySettled({ finding, status }: FindingRecord, ofError: string): string | undefined {
  if (finding.severity === 'error') return ofError;
  if (status === 'closed') return CORRECTED;
  return status === 'accepted' ? ACCEPTED : undefined;
}

/**
 * The lead explains a query, or says it again in other words before it is decided. Errors cannot be
 * explained away: they are corrected.
 */
export function explain(record: FindingRecord, text: string, by: Answering, at: Date): Answered {
  const why = whySettled(
    record,
    'This cannot be true, so it has to be corrected rather than explained.',
  );
  if (why !== undefined) return refused(why);
  const explanation = inOneLine(text);
  // A cause that commissioners have listed explains, however short.
  if (!record.finding.knownCauses.includes(explanation) && !saysSomething(explanation)) {
    return refused('Please say in a few words why the figure is right.');
  }
  if (saidAlready(record, explanation, by)) return { ok: true, record };
  return answered({ ...record, explanation }, 'explained', by, at, explanation);
}

/** A button that is pressed twice says nothing new. */
const saidAlready = (record: FindingRecord, explanation: string, { id }: Answering): boolean =>
  record.status === 'explained' &&
  record.explanation === explanation &&
  deedOf(record, 'explained')?.byId === id;

/** A commissioner accepts an explanation, or the figure as it stands, and may say why. */
export function accept(record: FindingRecord, by: Answering, at: Date, note = ''): Answered {
  const why = whySettled(record, 'An error cannot be accepted: the return has to be corrected.');
  if (why !== undefined) return refused(why);
  const { status } = record;
  const from = status === 'closed' || status === 'accepted' ? {} : { acceptedFrom: status };
  return answered({ ...record, ...from }, 'accepted', by, at, note);
}

/** A commissioner asks again, with a note of what is missing. */
export function sendBack(record: FindingRecord, note: string, by: Answering, at: Date): Answered {
  if (record.status === 'closed') return refused(CORRECTED);
  if (record.status === 'accepted') return refused(ACCEPTED);
  if (record.status === 'sent back') return refused(SENT_BACK);
  if (record.status !== 'explained') return refused('There is no explanation to send back yet.');
  return answered(record, 'sent back', by, at, note);
}

/** A commissioner takes an acceptance back: it stands as it stood before. */
export function undoDecision(record: FindingRecord, by: Answering, at: Date): Answered {
  if (record.status === 'closed') return refused(CORRECTED);
  if (record.status !== 'accepted') return refused('This has not been accepted: it is still open.');
  const { acceptedFrom = record.explanation ? 'explained' : 'open', ...rest } = record;
  const event: FindingEvent = { at, ...personOf(by), what: 'decision undone' };
  return { ok: true, record: { ...rest, status: acceptedFrom, ...happened(record, event) } };
}

/** Who did something to it last, when, and in which words; undefined where nobody has. */
export const deedOf = ({ history }: FindingRecord, deed: FindingDeed): FindingEvent | undefined =>
  history.findLast(({ what }) => what === deed);

const personOf = ({ id, name }: Answering) => ({ by: name, byId: id });

function answered(
  record: FindingRecord,
  status: 'explained' | 'accepted' | 'sent back',
  by: Answering,
  at: Date,
  words: string,
): Answered {
  const text = inOneLine(words);
  const event: FindingEvent = { at, ...personOf(by), what: status, ...(text ? { text } : {}) };
  return { ok: true, record: { ...record, status, ...happened(record, event) } };
}
