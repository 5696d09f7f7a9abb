import type { Asking } from './asking.ts';
import { clauseOf, type Clause, type Message } from './clause.ts';
import { isBare } from './follow-ups.ts';
import type { Intent } from './intents.ts';
import { ENOUGH, isSmallTalk, scores, type Scored } from './scoring.ts';

/** A clause with what it may mean, the likeliest first. */
export type Reading = { clause: Clause; scored: readonly Scored[] };

/** More things at once than anybody asks; what is left belongs to the last. */
const MOST_PARTS = 6;
/** So much more a message must say as a whole than in its parts to be read as a whole. */
const MORE = 1;
/** Of these each district or word is a question of its own. */
const EACH_ITS_OWN: readonly Intent[] = ['definition', 'show district', 'chase district'];

/** The questions that a message is made of, in its order. */
export function readings(message: Message, asking: Asking): Reading[] {
  const read = (words: string): Reading => {
    const clause = clauseOf(words, message, asking);
    return { clause, scored: scores(clause, asking.roles) };
  };
  const whole = read(message.words);
  const parts = partsOf(message.words);
  if (parts.length === 1) return [whole];
  const each = parts.map((words) => ({ words, reading: read(words) }));
  const telling = each.filter(({ reading }) => isTelling(reading));
  const most = Math.max(...each.map(({ reading }) => top(reading)));
  const isOneThing = top(whole) > most + MORE || telling.length === 0;
  if (isOneThing && top(whole) >= most) return [whole];
  if (telling.length === 0)
    return [each.find(({ reading }) => top(reading) === most)?.reading ?? whole];
  if (telling.length === 1 && top(whole) >= most && !isBareName(whole)) return [whole];
  return joined(each, read).filter(isTelling);
}

const top = ({ scored }: Reading): number => scored[0]?.score ?? 0;
const isTelling = ({ scored: [best] }: Reading): boolean =>
  best !== undefined && best.score >= ENOUGH && !isSmallTalk(best);
const isBareName = ({ clause }: Reading): boolean => isBare(clause);

type Part = { words: string; reading: Reading };

const partsOf = (words: string): string[] => {
  const parts = words
    .split(/(?:^|\s)(?:[|,]|and then|and also|and|then|also|plus)(?=\s|$)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > MOST_PARTS
    ? [...parts.slice(0, MOST_PARTS - 1), parts.slice(MOST_PARTS - 1).join(' ')]
    : parts;
};

/** What adds no question of its own goes with the question before it, or else the one after. */
function joined(parts: readonly Part[], read: (words: string) => Reading): Reading[] {
  const found: Part[] = [];
  for (const part of parts) {
    const before = found.at(-1);
    if (!before) found.push(part);
    else if (belongsTo(before.reading, part.reading)) {
      found[found.length - 1] = together(before, part, read);
    } else found.push(part);
  }
  return found.map(({ reading }) => reading);
}

function belongsTo(before: Reading, { clause, scored }: Reading): boolean {
  if (!isTelling(before)) return false;
  if (isBare(clause)) return true;
  const [best] = scored;
  if (!best || best.score < ENOUGH) return true;
  return best.intent === before.scored[0]?.intent && !EACH_ITS_OWN.includes(best.intent);
}

/** Together they still mean what the first means, with what the second adds. */
function together(before: Part, part: Part, read: (words: string) => Reading): Part {
  const words = `${before.words} ${part.words}`;
  const reading = read(words);
  return reading.scored[0]?.intent === before.reading.scored[0]?.intent
    ? { words, reading }
    : before;
}
