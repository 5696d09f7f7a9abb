import type { Role } from '../access/people.ts';
import type { Clause } from './clause.ts';
import { INTENTS, type Intent, type IntentRow } from './intents.ts';
import { likenesses } from './likeness.ts';
import { compiled } from './patterns.ts';

/** `fits`: a pattern says so, not only the likeness to examples. */
export type Scored = { intent: Intent; score: number; fits: boolean };

/** Words that give away nothing else are worth no turn of their own. */
const SMALL_TALK: readonly Intent[] = ['greeting', 'thanks', 'rude', 'help'];
export const isSmallTalk = ({ intent }: Scored): boolean => SMALL_TALK.includes(intent);

/** So much is enough to go by. */
export const ENOUGH = 4;
/** Nearer than this to the best is as likely meant. */
const CLEARLY = 1;
/** So much is worth an offer. */
export const HINT = 2;
const MORE_THAN_ONE_CUE = 0.5;
const A_MEASURE = 3.5;
const FOR_ROLE = 1;
const FOR_OTHERS = 2;
/** What only a practitioner does is offered to others at most. */
const ONLY_THEIRS: readonly Intent[] = ['away', 'back', 'my schools', 'my clinics'];
/** What changes something is done on plain words: anything less is offered. */
const ON_PLAIN_WORDS: readonly Intent[] = [
  'book clinic',
  'cancel booking',
  'chase district',
  'away',
  'back',
];
/** A little less than enough. */
const OFFERED = ENOUGH - 0.1;
/** What patterns and examples agree on counts a little more. */
const AGREED = 0.25;
/** Words so like an example are as good as a pattern; of less something can be made, or nothing. */
const AS_PLAIN = 0.85;
const LIKE_ENOUGH = 0.58;
const FOR_MORE_LIKE = 7.5;

type Compiled = Omit<IntentRow, 'cues'> & { cues: readonly { weight: number; pattern: RegExp }[] };

const TABLE: readonly Compiled[] = INTENTS.map(({ cues, ...row }) => ({
  ...row,
  cues: cues
    .flatMap(([weight, ...patterns]) =>
      patterns.map((pattern) => ({ weight, pattern: compiled(pattern) })),
    )
    .sort((a, b) => b.weight - a.weight),
}));

/** What a clause may mean, the likeliest first: by its patterns, and by how like its examples it is. */
export function scores(clause: Clause, roles: readonly Role[]): Scored[] {
  const like = likenesses(clause.words, clause.measure !== undefined);
  return TABLE.flatMap((row) => {
    const fitting = Math.max(0, scoreOf(row, clause, roles), namesMeasure(row, clause, roles));
    const score = both(row, roles, fitting, like.get(row.intent) ?? 0);
    return score > 0 ? [{ intent: row.intent, score, fits: fitting >= ENOUGH }] : [];
  }).sort((a, b) => b.score - a.score);
}

function both(row: Compiled, roles: readonly Role[], fitting: number, like: number): number {
  const liked = Math.max(0, byExamples(row, roles, like));
  const score = Math.max(fitting, liked) + AGREED * Math.min(fitting, liked);
  return isPlain(row, roles, fitting, like) ? score : Math.min(score, OFFERED);
}

/** Of what is said in passing only plain words count. */
function byExamples({ intent, by }: Compiled, roles: readonly Role[], like: number): number {
  if (like < AS_PLAIN && SMALL_TALK.includes(intent) && intent !== 'help') return 0;
  const score = ENOUGH + (like - LIKE_ENOUGH) * FOR_MORE_LIKE;
  return score + (by && !isFor(by, roles) ? -FOR_OTHERS : 0);
}

function isPlain(
  { intent, by }: Compiled,
  roles: readonly Role[],
  fitting: number,
  like: number,
): boolean {
  if (ONLY_THEIRS.includes(intent) && by && !isFor(by, roles)) return false;
  return !ON_PLAIN_WORDS.includes(intent) || fitting >= ENOUGH || like >= AS_PLAIN;
}

/** The best cue counts in full, one more a little. */
function scoreOf({ intent, by, cues }: Compiled, clause: Clause, roles: readonly Role[]): number {
  const words = intent === 'definition' ? clause.worded.words : clause.words;
  let [best, found] = [0, 0];
  for (const { weight, pattern } of cues) {
    // They stand by weight, so that the first that fits is the best.
    if (found === 2) break;
    if (!pattern.test(words)) continue;
    best ||= weight;
    found++;
  }
  if (best === 0) return 0;
  return best + (found > 1 ? MORE_THAN_ONE_CUE : 0) + roleBonus(by, roles);
}

/** Somebody who only names a measure may want to see how it went. */
const namesMeasure = ({ intent, by }: Compiled, clause: Clause, roles: readonly Role[]): number =>
  intent === 'measure over time' && clause.measure ? A_MEASURE + roleBonus(by, roles) : 0;

function roleBonus(by: readonly Role[] | undefined, roles: readonly Role[]): number {
  if (!by) return 0;
  return isFor(by, roles) ? FOR_ROLE : -FOR_OTHERS;
}

const isFor = (by: readonly Role[], roles: readonly Role[]): boolean =>
  by.some((role) => roles.includes(role));

/** Those that are about as likely as the likeliest: one where it is clear. */
export function likeliest(scored: readonly Scored[]): Scored[] {
  const best = scored[0]?.score ?? 0;
  if (best < HINT) return [];
  const within = best >= ENOUGH ? CLEARLY : ENOUGH;
  return scored.filter(({ score }) => score >= HINT && best - score < within).slice(0, 3);
}
