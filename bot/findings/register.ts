import type { Finding } from './finding.ts';

/** open → explained → accepted | sent back → closed (by correction). */
export type FindingStatus = 'open' | 'explained' | 'accepted' | 'sent back' | 'closed';

/** Who did something to a finding, and when. `by` is a person's name, or `the bot`. */
export type FindingEvent = { at: Date; by: string; what: string; text?: string };

/** A finding with its whole life. */
export type FindingRecord = {
  finding: Finding;
  status: FindingStatus;
  raisedAt: Date;
  /** The lead's words. */
  explanation?: string;
  /** What the status was when a correction closed it: the same values again bring it back. */
  before?: Exclude<FindingStatus, 'closed'>;
  closedAt?: Date;
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
  const raised = [...foundById.values()].flatMap((finding) => {
    const record = records.get(finding.id);
    if (!record) return [raise(finding, at)];
    if (record.status === 'closed') return [reopen(record, finding, at)];
    return isSame(record.finding, finding) ? [] : [restate(record, finding, at)];
  });
  const closed = [...records.values()]
    .filter((record) => record.status !== 'closed' && !foundById.has(record.finding.id))
    .filter((record) => couldBeSeen(record.finding))
    .map((record) => close(record, at));
  return [...raised, ...closed];
}

const THE_BOT = 'the bot';

const raise = (finding: Finding, at: Date): FindingRecord => ({
  finding,
  status: 'open',
  raisedAt: at,
  history: [{ at, by: THE_BOT, what: 'raised' }],
});

function reopen(record: FindingRecord, finding: Finding, at: Date): FindingRecord {
  const { closedAt: _closedAt, before = 'open', ...rest } = record;
  const status = before === 'sent back' ? 'open' : before;
  const raisedAt = status === 'open' ? at : record.raisedAt;
  return {
    ...rest,
    finding,
    status,
    raisedAt,
    history: [...record.history, { at, by: THE_BOT, what: 'found again' }],
  };
}

const isSame = (a: Finding, b: Finding): boolean =>
  a.severity === b.severity &&
  a.message === b.message &&
  a.knownCauses.join('\n') === b.knownCauses.join('\n') &&
  a.measures.join() === b.measures.join();

/** Its rule was edited: the finding says what the rule says now. What became an error is open again. */
function restate(record: FindingRecord, finding: Finding, at: Date): FindingRecord {
  if (finding.severity === 'query' || record.finding.severity === 'error') {
    return { ...record, finding };
  }
  const history = [...record.history, { at, by: THE_BOT, what: 'became an error' }];
  return { ...record, finding, status: 'open', history };
}

/** When the lead was last asked: at the raising, or again since. */
export function askedSince({ raisedAt, history }: FindingRecord): { at: Date; again: boolean } {
  const last = history.findLast((e) => e.what === 'sent back' || e.what === 'found again');
  return last ? { at: last.at, again: true } : { at: raisedAt, again: false };
}

function close(record: FindingRecord, at: Date): FindingRecord {
  if (record.status === 'closed') return record;
  const history = [...record.history, { at, by: THE_BOT, what: 'closed by correction' }];
  return { ...record, status: 'closed', before: record.status, closedAt: at, history };
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

/** The lead explains a query. Errors cannot be explained away: they are corrected. */
export function explain(record: FindingRecord, text: string, by: string, at: Date): Answered {
  if (record.finding.severity === 'error') {
    return {
      ok: false,
      reason: 'This cannot be true, so it has to be corrected rather than explained.',
    };
  }
  if (record.status === 'closed') return { ok: false, reason: 'This has been corrected already.' };
  if (record.status === 'accepted') return { ok: false, reason: 'This has been accepted already.' };
  const explanation = text.replace(/\s+/g, ' ').trim();
  if (!saysSomething(explanation)) {
    return { ok: false, reason: 'Please say in a few words why the figure is right.' };
  }
  return answered({ ...record, explanation }, 'explained', {
    at,
    by,
    what: 'explained',
    text: explanation,
  });
}

/** A commissioner accepts an explanation, or the figure as it stands. */
export function accept(record: FindingRecord, by: string, at: Date): Answered {
  if (record.finding.severity === 'error') {
    return { ok: false, reason: 'An error cannot be accepted: the return has to be corrected.' };
  }
  if (record.status === 'closed') return { ok: false, reason: 'This has been corrected already.' };
  if (record.status === 'accepted') return { ok: false, reason: 'This has been accepted already.' };
  return answered(record, 'accepted', { at, by, what: 'accepted' });
}

/** A commissioner asks again, with a note of what is missing. */
export function sendBack(record: FindingRecord, note: string, by: string, at: Date): Answered {
  if (record.status === 'closed') return { ok: false, reason: 'This has been corrected already.' };
  if (record.status !== 'explained') {
    return { ok: false, reason: 'There is no explanation to send back yet.' };
  }
  return answered(record, 'sent back', { at, by, what: 'sent back', text: note.trim() });
}

const answered = (record: FindingRecord, status: FindingStatus, event: FindingEvent): Answered => ({
  ok: true,
  record: { ...record, status, history: [...record.history, event] },
});
