import { closingInWords, isClosing } from './closing.ts';
import { messageOf, type Finding } from './finding.ts';
import { THE_BOT, type FindingEvent, type FindingRecord } from './register.ts';

/** One thing that was said or done about a finding. `by` is a person's name, or `the bot`. */
type ConversationLine = {
  at: Date;
  by: string;
  /** Plain words; what people wrote stands in quotation marks, and is never markup. */
  text: string;
  /** The finding, which may be one that made way for the one that is asked about. */
  finding: Finding;
};

type Register = ReadonlyMap<string, FindingRecord>;
/** Something that happened to one of the findings that a conversation goes over. */
type Said = { record: FindingRecord; event: FindingEvent };

/**
 * The whole history of a finding in its order, with that of the findings that made way for it: the same
 * question, while its figures were others. A finding that the register does not hold is left out.
 */
export const conversationOf = (record: FindingRecord, register: Register): ConversationLine[] =>
  conversationAbout(wholeStory(record, register));

/** The whole history of several findings, each told once. */
export const conversationAbout = (records: readonly FindingRecord[]): ConversationLine[] =>
  withoutChanges(inOrder(records)).map(({ record: { finding }, event }) => ({
    at: event.at,
    by: event.by,
    text: inWords(event, messageOf(finding)),
    finding,
  }));

/** The finding and all that came before it, each once: figures may go back to what they were. */
function wholeStory(record: FindingRecord, register: Register): FindingRecord[] {
  const story = new Map([[record.finding.id, record]]);
  const open = [record];
  for (let one = open.pop(); one; one = open.pop()) {
    for (const id of followedBy(one)) {
      const earlier = register.get(id);
      if (!earlier || story.has(id)) continue;
      story.set(id, earlier);
      open.push(earlier);
    }
  }
  return [...story.values()];
}

/** Everything that happened to a finding, its raising first. */
export function historyOf({ raisedAt, history }: FindingRecord): FindingEvent[] {
  if (history.some(({ what }) => what === 'raised')) return history;
  return [{ at: raisedAt, by: THE_BOT, what: 'raised' }, ...history];
}

const followedBy = ({ history }: FindingRecord): string[] =>
  history.flatMap(({ follows }) => follows ?? []);

/** By time. Where the clock stands, what one finding made way for comes after it was closed. */
function inOrder(story: readonly FindingRecord[]): Said[] {
  const waiting = story.map((record) => historyOf(record).map((event) => ({ record, event })));
  const said: Said[] = [];
  for (;;) {
    const heads = waiting.flatMap(([head]) => head ?? []);
    const earliest = Math.min(...heads.map(({ event }) => event.at.getTime()));
    const now = heads.filter(({ event }) => event.at.getTime() === earliest);
    const next = nextOf(now, said.at(-1));
    if (!next) return said;
    said.push(next);
    waiting.find(([head]) => head === next)?.shift();
  }
}

/** Which of those of one instant comes next: what the last one made way for, or what goes on with it. */
function nextOf(heads: readonly Said[], last: Said | undefined): Said | undefined {
  const isFree = ({ event }: Said): boolean => event.follows === undefined;
  const id = last?.record.finding.id;
  const made = last?.event.what === 'closed by correction' ? id : undefined;
  return (
    heads.find(({ event }) => made !== undefined && event.follows === made) ??
    heads.find((one) => one.record.finding.id === id && isFree(one)) ??
    heads.find(isFree) ??
    heads[0]
  );
}

/** That figures were found wrong again says that they were changed. */
const withoutChanges = (said: readonly Said[]): Said[] =>
  said.filter(({ record, event }, i) => {
    const isFollowed = said[i + 1]?.event.follows === record.finding.id;
    return event.what !== 'closed by correction' || !isFollowed;
  });

function inWords({ what, text = '', follows }: FindingEvent, message: string): string {
  if (isClosing(what)) return `${closingInWords(what)}.`;
  const words = text === '' ? '.' : `: “${text}”`;
  switch (what) {
    case 'raised':
      return follows ? `The figures were changed. Raised again: ${message}` : `Raised: ${message}`;
    case 'found again':
      return follows
        ? `The figures were changed to what they were before. Raised again: ${message}`
        : 'Found again, with the same figures.';
    case 'became an error':
      return 'The rule was changed: this has to be corrected now.';
    case 'explained':
      return `Explained${words}`;
    case 'accepted':
      return `Accepted${words}`;
    case 'sent back':
      return `Sent back${words}`;
    case 'decision undone':
      return 'Took the acceptance back.';
  }
}
