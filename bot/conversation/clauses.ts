import type { Asking } from './asking.ts';
import { clauseOf, type Message } from './clause.ts';
import { followUp, isBare } from './follow-ups.ts';
import type { Intent } from './intents.ts';
import { isTelling, top, type Part, type Reading } from './reading.ts';
import { withoutReasons } from './reasons.ts';
import { ENOUGH, scores } from './scoring.ts';

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
  const parts = partsOf(message.words);
  if (parts.length === 1) return [read(message.words)];
  const all = parts.map((words) => ({ words, reading: read(words) }));
  const each = withoutReasons(all, read, asking.today);
  const isAll = each.length === all.length;
  const whole = read(isAll ? message.words : each.map(({ words }) => words).join(' , '));
  if (each.length === 1) return each.map(({ reading }) => reading);
  const telling = each.filter(({ reading }) => isTelling(reading));
  const most = Math.max(...each.map(({ reading }) => top(reading)));
  const isOneThing = top(whole) > most + MORE || telling.length === 0;
  if (isOneThing && top(whole) >= most && !followsUp(each, asking)) return [whole];
  if (telling.length === 0)
    return [
      followsUp(each, asking) ?? each.find((one) => top(one.reading) === most)?.reading ?? whole,
    ];
  if (telling.length === 1 && isAll && top(whole) >= most && !isBareName(whole)) return [whole];
  return joined(each, read).filter(isTelling);
}

/** `thank you! and the one after that?` */
const followsUp = (parts: readonly Part[], asking: Asking): Reading | undefined =>
  parts.find(({ reading }) => followUp(reading.clause, { ...asking, written: '' }))?.reading;

const isBareName = ({ clause }: Reading): boolean => isBare(clause);

const partsOf = (words: string): string[] => {
  const parts = words
    .split(
      /(?:^|\s)(?:[|,]|and then|and also|and(?! (?:(?:did|has|have|does|is|are|was|were) (?:not|now|still|never)|still|never|not) )|then|also|plus|because|so(?= (?:is|are|any|anything|what|when|which|can|could|who|do|i|we|please|how|have|will|would) ))(?=\s|$)/,
    )
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
  if (!best || best.score < ENOUGH || !best.fits) return true;
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
