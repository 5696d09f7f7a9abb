import { becauseOf } from './closing.ts';
import { explanationInWords, explanationOf } from './explanation.ts';
import { closingOf, deedOf, happened, type FindingEvent, type FindingRecord } from './register.ts';

/** A person who answers a finding, or decides on one. */
export type Answering = { id: string; name: string };

/** What became of an answer to a finding. */
export type Answered = { ok: true; record: FindingRecord } | { ok: false; reason: string };

const FEWEST_LETTERS = 8;
const FEWEST_WORDS = 2;
const WORDS_FOR_NOTHING =
  'a above all as correct done fine is it no none ok okay right same see test that the this yes';
const SAYS_NOTHING = new Set(WORDS_FOR_NOTHING.split(' '));

/** Whether an explanation explains, in two different words at least: `ok`, `.` and white space do not. */
export function saysSomething(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const saying = words.filter((word) => isWord(word) && !SAYS_NOTHING.has(word));
  return words.join('').length >= FEWEST_LETTERS && new Set(saying).size >= FEWEST_WORDS;
}

/** No number, nor one letter that is held down: `aaaaaaaa`. */
const isWord = (text: string): boolean => /\p{L}/u.test(text) && new Set(text).size > 1;

const ACCEPTED = 'This has been accepted already.';
const SENT_BACK = 'This has been sent back already: it waits for the lead’s answer.';

const refused = (reason: string): Answered => ({ ok: false, reason });

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** `This is closed already: it was corrected.` */
const whyClosed = (record: FindingRecord): string =>
  `This is closed already: ${becauseOf(closingOf(record) ?? 'closed by correction')}.`;

/** Why nobody may explain or accept it, if nobody may. */
function whySettled(record: FindingRecord, ofError: string): string | undefined {
  const { finding, status } = record;
  if (finding.severity === 'error') return ofError;
  if (status === 'closed') return whyClosed(record);
  return status === 'accepted' ? ACCEPTED : undefined;
}

/**
 * The lead explains a query, or says it again in other words before it is decided. Errors cannot be
 * explained away: they are corrected.
 */
export function explain(
  record: FindingRecord,
  words: string,
  by: Answering,
  at: Date,
  cause = '',
): Answered {
  const why = whySettled(
    record,
    'This cannot be true, so it has to be corrected rather than explained.',
  );
  if (why !== undefined) return refused(why);
  const said = { cause: inOneLine(cause), words: inOneLine(words) };
  const explanation = explanationOf(said, record.finding.knownCauses);
  const text = explanationInWords(explanation);
  // A cause that commissioners have listed explains, however short.
  if (explanation.cause === '' && !saysSomething(text)) {
    return refused('Please say in a few words why the figure is right.');
  }
  if (saidAlready(record, text, by)) return { ok: true, record };
  return answered({ ...record, explanation }, 'explained', by, at, text);
}

/** A button that is pressed twice says nothing new. */
const saidAlready = (record: FindingRecord, text: string, { id }: Answering): boolean =>
  record.status === 'explained' &&
  explanationInWords(record.explanation) === text &&
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
  if (record.status === 'closed') return refused(whyClosed(record));
  if (record.status === 'accepted') return refused(ACCEPTED);
  if (record.status === 'sent back') return refused(SENT_BACK);
  if (record.status !== 'explained') return refused('There is no explanation to send back yet.');
  return answered(record, 'sent back', by, at, note);
}

/** A commissioner takes an acceptance back: it stands as it stood before. */
export function undoDecision(record: FindingRecord, by: Answering, at: Date): Answered {
  if (record.status === 'closed') return refused(whyClosed(record));
  if (record.status !== 'accepted') return refused('This has not been accepted: it is still open.');
  const { acceptedFrom = record.explanation ? 'explained' : 'open', ...rest } = record;
  const event: FindingEvent = { at, ...personOf(by), what: 'decision undone' };
  return { ok: true, record: { ...rest, status: acceptedFrom, ...happened(record, event) } };
}

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
