import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../../bot/access/people.ts';
import { londonDay, shortDay } from '../../bot/calendar/london.ts';
import { findTerm } from '../../bot/calendar/terms.ts';
import {
  checkAnswers,
  readTypedReturn,
  REMARKS,
  type PartOf,
  type TypedAnswer,
  type TypedReturn,
} from '../../bot/findings/typed-return.ts';
import type { Look } from '../../bot/look.ts';
import { sameAnswer } from '../../bot/returns/answer.ts';
import { merge, type Merged } from '../../bot/returns/merge.ts';
import { measuresOf } from '../../bot/returns/measure.ts';
import { countingById, returnId, type Return, type ReturnKey } from '../../bot/returns/return.ts';
import { OutcomeUnknown, ServiceRefused } from '../errors.ts';
import { asTyped } from '../presenting/return-form.ts';
import { changedMeanwhile } from '../presenting/words.ts';
import { plainReason } from '../sharepoint/plain-reason.ts';
import { isPassing } from '../sharepoint/retry.ts';
import { COLUMN_CHANGED, writeReturn } from '../sharepoint/write-return.ts';
import type { Draft, ShownReturn, Submission } from '../storage/memory.ts';
import { draftKey } from './card-face.ts';
import { keepFirstFiled } from './keep.ts';
import { claim, release } from './return-claim.ts';
import { look, type Service } from './service.ts';

/** What came of answers that were sent in. */
export type Saved =
  | { kind: 'saved' }
  /** Something is wrong with them, or somebody else changed the same: the draft says what. */
  | { kind: 'to be looked at' }
  /** The term does not take answers. */
  | { kind: 'closed'; why: string }
  /** They are kept, and are saved as soon as it can be done. `isAway`: SharePoint fails for the moment. */
  | { kind: 'not now'; why: string; isAway?: boolean };

/** SharePoint says no to these answers, whenever they are sent. */
type Refused = { kind: 'refused'; why: string };

/** How often somebody else may come in between before the person is asked to try again. */
const MOST_ROUNDS = 3;

/**
 * Saves what somebody sent in, once: checked, put together with what others changed meanwhile, and
 * written against the version that was read. Kept before anything is tried, and until it is done.
 */
export async function saveReturn(
  service: Service,
  now: Look,
  submission: Submission,
  lead: Person,
): Promise<Saved> {
  const id = idOf(submission);
  await service.memory.submissions.put(id, submission);
  const saved = await tryRounds(service, now, submission, lead);
  if (saved.kind === 'not now') {
    await service.memory.submissions.put(id, { ...submission, why: saved.why });
    return saved;
  }
  if (saved.kind === 'saved') await settle(service, submission);
  await service.memory.submissions.remove(id);
  return saved;
}

/** Under what it is kept, as are its draft and what its card showed. */
export const idOf = ({ key, person, only }: Submission): string =>
  draftKey(returnId(key), person, only);

/** Filed when it was received, however much later SharePoint took it. */
async function settle({ memory }: Service, submission: Submission): Promise<void> {
  const { key, receivedAt, typed } = submission;
  const id = idOf(submission);
  const draft = await memory.drafts.get(id);
  // What was typed after it was sent in is another draft, and stays.
  if (isDeepStrictEqual(draft?.typed, typed)) {
    await memory.drafts.remove(id);
    await memory.shown.remove(id);
  }
  await keepFirstFiled({ memory }, returnId(key), receivedAt);
}

async function tryRounds(
  service: Service,
  first: Look,
  submission: Submission,
  lead: Person,
): Promise<Saved> {
  let now = first;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const saved = await tryOnce(service, now, submission, lead);
    if (saved?.kind === 'refused') {
      const trouble = `SharePoint did not take these answers: ${saved.why}. They are kept: please look through them, and tell a commissioner if it goes on.`;
      return toBeLookedAt(service, now, submission, { trouble });
    }
    if (saved) return saved;
    now = await look(service, first.at);
  }
  return { kind: 'not now', why: 'Others keep changing it at this moment.' };
}

/** One attempt. Undefined where the item was changed between reading and writing. */
async function tryOnce(
  service: Service,
  now: Look,
  submission: Submission,
  lead: Person,
): Promise<Saved | Refused | undefined> {
  const { key, only } = submission;
  const closed = closedReason(key, now, submission.receivedAt);
  if (closed) return { kind: 'closed', why: closed };
  const unread = now.reading.notChecked.find((n) => n.forms.includes(key.form));
  if (unread) return { kind: 'not now', why: `${unread.list}: ${unread.reason}.` };
  const lost = answeredButUnknown(submission, now);
  if (lost.length > 0) return { kind: 'not now', why: lostInWords(lost, now) };
  const held = countingById(now.reading.returns).get(returnId(key));
  if (only && !held) return { kind: 'closed', why: 'It was taken out of the list meanwhile.' };
  const shown = await service.memory.shown.get(idOf(submission));
  const asked = only
    ? submission.typed
    : { ...unasked(submission, shown, held, now), ...submission.typed };
  const part = partOf(submission, held);
  const typed = readTypedReturn(key, new Map(Object.entries(asked)), now, part);
  if (hasProblems(typed)) return toBeLookedAt(service, now, submission, { sentIn: true });
  if (held && holdsAlready(held, typed)) return { kind: 'saved' };
  if (held?.etag === submission.version || (!held && submission.version === '')) {
    return write(service, submission, typed, held, lead);
  }
  if (!held) {
    const trouble = changedMeanwhile(undefined);
    return toBeLookedAt(service, now, submission, { trouble, version: '' });
  }
  return putTogether(service, now, submission, { typed, held, lead });
}

/** What was answered to questions that cannot be written now: their row or column went meanwhile. */
function answeredButUnknown({ key, typed }: Submission, now: Look): string[] {
  const known = new Set([
    ...measuresOf(now.reading.measures, key.form, key).map((m) => m.id),
    REMARKS,
  ]);
  return Object.entries(typed)
    .filter(
      ([id, { answer, without }]) => !known.has(id) && (answer.trim() !== '' || without !== ''),
    )
    .map(([id]) => id);
}

function lostInWords(ids: readonly string[], { reading }: Look): string {
  const questions = ids.map(
    (id) => `“${reading.unreadMeasures.find((m) => m.id === id)?.question ?? id}”`,
  );
  return `The measures list or a column does not take the answer to ${questions.join(', ')} at the moment.`;
}

const partOf = ({ only }: Submission, held: Return | undefined): PartOf | undefined =>
  only && held && { measures: only.measures, held };

/** Questions that the card did not ask keep what is held. */
function unasked(
  { key, version }: Submission,
  shown: ShownReturn | undefined,
  held: Return | undefined,
  now: Look,
): Draft['typed'] {
  if (!shown || shown.version !== version) return {};
  const others = measuresOf(now.reading.measures, key.form, key).filter(
    (m) => !shown.asked.includes(m.id),
  );
  const kept = others.map((m) => [m.id, asTyped(held?.answers[m.id], m)] as const);
  const remarks = { answer: held?.remarks ?? '', without: '' as const, reason: '' };
  return {
    ...Object.fromEntries(kept),
    ...(shown.asked.includes(REMARKS) ? {} : { [REMARKS]: remarks }),
  };
}

type Answers = Omit<TypedReturn, 'problems'>;

const hasProblems = ({ problems }: TypedReturn): boolean =>
  problems.questions.size + problems.errors.length > 0;

/** The same answers are held: the button was pressed twice, or a colleague sent the same. */
function holdsAlready(held: Return, { measures, answers, remarks }: Answers): boolean {
  const same = (id: string) => sameAnswer(held.answers[id], answers[id]);
  return held.remarks.trim() === remarks.trim() && measures.every((m) => same(m.id));
}

type Against = { typed: TypedReturn; held: Return; lead: Person };

/** Somebody else changed the return: what does not touch the same questions is kept of both. */
async function putTogether(
  service: Service,
  now: Look,
  submission: Submission,
  { typed, held, lead }: Against,
): Promise<Saved | Refused | undefined> {
  const shown = await service.memory.shown.get(idOf(submission));
  const base = baseOf(shown, submission.version);
  const ids = typed.measures.map((m) => m.id);
  const put = merge(ids, base, typed, held);
  const merged = { ...put, answers: { ...typed.answers, ...put.answers } };
  const part = partOf(submission, held);
  const errors = checkAnswers(submission.key, merged.answers, merged.remarks, now, part);
  if (merged.clashes.length === 0 && !merged.remarksClash && errors.length === 0) {
    return write(service, submission, { ...typed, ...merged }, held, lead);
  }
  return toBeLookedAt(service, now, submission, {
    trouble: changedMeanwhile(held),
    version: held.etag,
    typed: asDraft(typed.measures, merged),
    clashes: merged.clashes,
  });
}

/** What the card showed; a return that was not there then said nothing. */
function baseOf(shown: ShownReturn | undefined, version: string) {
  if (version === '') return { answers: {}, remarks: '' };
  return shown?.version === version ? shown : undefined;
}

const asDraft = (measures: Answers['measures'], { answers, remarks }: Merged): Draft['typed'] => ({
  ...Object.fromEntries(measures.map((m) => [m.id, asTyped(answers[m.id], m)])),
  [REMARKS]: { answer: remarks, without: '', reason: '' },
});

/** Back to the person, with everything typed and why. */
async function toBeLookedAt(
  { memory }: Service,
  now: Look,
  submission: Submission,
  more: Partial<Draft>,
): Promise<Saved> {
  const { typed, version } = submission;
  const id = idOf(submission);
  const newer = await memory.drafts.get(id);
  const isOther = newer !== undefined && !isDeepStrictEqual(newer.typed, typed);
  await memory.drafts.put(id, {
    savedAt: now.at,
    typed,
    version,
    sentIn: false,
    trouble: '',
    clashes: [],
    ...more,
    ...(isOther ? { typed: newer.typed } : {}),
  });
  return { kind: 'to be looked at' };
}

/** How long one write may take with all its attempts. */
const WRITE_MS = 60_000;

/** Writes, while no other process writes the same return. Undefined where the item was changed. */
async function write(
  service: Service,
  { key }: Submission,
  answers: Answers,
  held: Return | undefined,
  lead: Person,
): Promise<Saved | Refused | undefined> {
  const id = returnId(key);
  if (!(await claim(service, id, WRITE_MS + service.unclearMs))) {
    return { kind: 'not now', why: 'The same return is being saved at this moment.' };
  }
  try {
    const filing = { key, ...answers, submittedBy: lead.email };
    const site = service.site.within(WRITE_MS, 'nothing');
    const written = await writeReturn(site, filing, held);
    await release(service, id);
    return written.kind === 'written' ? { kind: 'saved' } : undefined;
  } catch (error) {
    const why = plainReason(error);
    // What was given up may still be done: until then nobody makes it again.
    await release(service, id, error instanceof OutcomeUnknown ? service.unclearMs : 0);
    if (!why) throw error;
    service.log.error({ err: error, filing: id }, 'a return could not be written');
    return mayWorkLater(error)
      ? { kind: 'not now', why: `${why}.`, isAway: isPassing(error) }
      : { kind: 'refused', why };
  }
}

/** What an administrator or SharePoint itself can mend; anything else is about the answers. */
const MENDED_BY_OTHERS = new Set([401, 403, 404]);
const mayWorkLater = (error: unknown): boolean =>
  !(error instanceof ServiceRefused) ||
  isPassing(error) ||
  MENDED_BY_OTHERS.has(error.status) ||
  error.code === COLUMN_CHANGED;

/** Why a return could not be changed at the time it was sent in. Undefined means it can. */
export function closedReason(key: ReturnKey, now: Look, at: Date = now.at): string | undefined {
  const term = findTerm(now.reading.terms, key);
  if (!term) return 'There is no such term in the terms list.';
  const day = londonDay(at);
  if (day > term.locks) {
    return `Returns of this term were locked on ${shortDay(term.locks)}. Please write to the commissioners.`;
  }
  return day < term.starts ? `This term begins on ${shortDay(term.starts)}.` : undefined;
}

/** What somebody typed, by measure id. */
export type Typed = ReadonlyMap<string, TypedAnswer>;
