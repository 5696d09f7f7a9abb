import type { Role } from '../access/people.ts';
import type { Clause } from './clause.ts';
import { INTENTS, type Intent, type IntentRow } from './intents.ts';
import { likenesses } from './likeness.ts';
import { compiled, lookupOf, mayFit, type Lookup } from './patterns.ts';

/** `fits`: a pattern says so; `like`: how like its examples it is. */
export type Scored = { intent: Intent; score: number; fits: boolean; like: number };

/** Words that give away nothing else are worth no turn of their own. */
const SMALL_TALK: readonly Intent[] = ['greeting', 'thanks', 'rude', 'help'];
export const isSmallTalk = ({ intent }: Scored): boolean => SMALL_TALK.includes(intent);

/** So much is enough to go by. */
export const ENOUGH = 4;
/** Nearer than this to the best is as likely meant. */
const CLEARLY = 1;
/** So much is enough to go by where nothing else is as much as worth an offer. */
export const ALONE = 2.7;
/** So much is worth an offer. */
export const HINT = 2;
const MORE_THAN_ONE_CUE = 0.5;
const A_MEASURE = 3.5;
const FOR_ROLE = 1;
const FOR_OTHERS = 2;
/** What is asked of schools and clinics is mostly asked by those who work in them. */
const OF_SCHOOLS: readonly Intent[] = ['link practitioner', 'next clinic', 'all clinics'];
const IN_SCHOOLS: readonly Role[] = ['SENCO', 'Link practitioner'];
const SELDOM = 0.7;
/** What only a practitioner does is offered to others at most. */
const ONLY_THEIRS: readonly Intent[] = ['away', 'back', 'my schools', 'my clinics'];
/** What changes something is done on plain words: anything less is offered. */
export const ON_PLAIN_WORDS: readonly Intent[] = [
  'book clinic',
  'cancel booking',
  'chase district',
  'away',
  'back',
];
/** Whether something was done, or how it is done, is no request to do it. */
const ASKED_ABOUT =
  /^(?:(?:and|so|but|ok|sorry|hi|please|just|well) )*(?:(?:who|when|why|how|what|which|is|are|was|were|has|had|did|does|should|shall)\b|have (?!to\b)|do (?!not\b)|am (?:i|we)\b|can (?:anyone|anybody|everyone|people)\b)|\b(?:i|we) (?:was|were|never|did not|have not|had)\b|\bwhy\b|\bshould (?:i|we)\b|\bnot (?:away|off)\b|\bmean to\b|\bif (?:i|we) (?:can not|cancel|need|have)\b/;
const REQUESTED =
  /^(?:is it (?:possible|ok|okay|alright|all right)|are you able|is there any chance|do you mind|how about)\b/;
/** Without a district that is named they are less likely meant. */
const OF_A_DISTRICT: readonly Intent[] = ['show district', 'chase district', 'compare districts'];
const WITHOUT_ONE = 0.75;
/** A little less than enough. */
const OFFERED = ENOUGH - 0.1;
/** What patterns and examples agree on counts a little more. */
const AGREED = 0.25;
/** Words so like an example are as good as a pattern; of less something can be made, or nothing. */
const AS_PLAIN = 0.85;
const LIKE_ENOUGH = 0.58;
const FOR_MORE_LIKE = 7.5;
const CLEARLY_LIKE = 0.7;
const UNLIKE = 0.4;
const BEYOND_DOUBT = 11;

/** A pattern of an intent, by the place of the intent in the table. */
type Cue = { row: number; weight: number; pattern: RegExp };
/** Cues in the order of the table, those of each intent by weight: the first that fits is its best. */
type Cues = { all: readonly Cue[]; lookup: Lookup };

/** These are about words of the glossary, which stand as marks in what was said. */
const OF_WORDS: Intent = 'definition';
const ofWords = madeOnce(() => cuesOf((intent) => intent === OF_WORDS));
const ofOthers = madeOnce(() => cuesOf((intent) => intent !== OF_WORDS));

function cuesOf(isWanted: (intent: Intent) => boolean): Cues {
  const all = INTENTS.flatMap(({ intent, cues }, row) =>
    (isWanted(intent) ? cues : [])
      .flatMap(([weight, ...patterns]) => patterns.map((pattern) => ({ row, weight, pattern })))
      .sort((a, b) => b.weight - a.weight),
  );
  return {
    all: all.map((cue) => ({ ...cue, pattern: compiled(cue.pattern) })),
    lookup: lookupOf(all.map(({ pattern }) => pattern)),
  };
}

function madeOnce<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Reads patterns and examples, some 50 ms before the first message rather than in it. */
export function prepareScoring(): void {
  ofWords();
  ofOthers();
  likenesses('', false);
}

/** What a clause may mean, the likeliest first: by its patterns, and by how like its examples it is. */
export function scores(clause: Clause, roles: readonly Role[]): Scored[] {
  const like = likenesses(clause.words, clause.measure !== undefined);
  const fits = new Float64Array(INTENTS.length);
  addFits(fits, clause.words, ofOthers());
  addFits(fits, clause.worded.words, ofWords());
  const scored: Scored[] = [];
  for (const [at, row] of INTENTS.entries()) {
    const fitting = Math.max(
      0,
      withRole(row, fits[at] ?? 0, roles),
      namesMeasure(row, clause, roles),
    );
    const isOfNone = clause.districts.length === 0 && OF_A_DISTRICT.includes(row.intent);
    const liked = (like.get(row.intent) ?? 0) * (isOfNone ? WITHOUT_ONE : 1);
    if (fitting === 0 && liked === 0) continue;
    const score = both(row, clause, roles, fitting, liked);
    if (score > 0) scored.push({ intent: row.intent, score, fits: fitting >= ENOUGH, like: liked });
  }
  return scored.sort((a, b) => b.score - a.score);
}

/** The best cue of an intent counts in full, one more a little. */
function addFits(fits: Float64Array, words: string, { all, lookup }: Cues): void {
  let [of, found] = [-1, 0];
  for (const at of mayFit(words, lookup)) {
    const { row, weight, pattern } = all[at] as Cue;
    if (row !== of) [of, found] = [row, 0];
    if (found === 2 || !pattern.test(words)) continue;
    fits[row] = found === 0 ? weight : (fits[row] ?? 0) + MORE_THAN_ONE_CUE;
    found++;
  }
}

function both(
  row: IntentRow,
  clause: Clause,
  roles: readonly Role[],
  fitting: number,
  like: number,
): number {
  const liked = Math.max(0, byExamples(row, roles, like));
  const agreed = row.intent === 'not understood' ? 0 : AGREED;
  const score = Math.max(fitting, liked) + agreed * Math.min(fitting, liked);
  if (score <= OFFERED || isPlain(row, clause, roles, fitting, like)) return score;
  return OFFERED;
}

/** Of what is said in passing only plain words count. */
function byExamples({ intent, by }: IntentRow, roles: readonly Role[], like: number): number {
  if (like < AS_PLAIN && SMALL_TALK.includes(intent) && intent !== 'help') return 0;
  const score = ENOUGH + (like - LIKE_ENOUGH) * FOR_MORE_LIKE;
  if (by) return score - (isFor(by, roles) ? 0 : FOR_OTHERS);
  return score - (OF_SCHOOLS.includes(intent) && !isFor(IN_SCHOOLS, roles) ? SELDOM : 0);
}

function isPlain(
  { intent, by }: IntentRow,
  { words }: Clause,
  roles: readonly Role[],
  fitting: number,
  like: number,
): boolean {
  if (ONLY_THEIRS.includes(intent) && by && !isFor(by, roles)) return false;
  if (!ON_PLAIN_WORDS.includes(intent)) return true;
  if (ASKED_ABOUT.test(words) && !REQUESTED.test(words)) return false;
  return fitting >= ENOUGH || like >= AS_PLAIN;
}

const withRole = ({ by }: IntentRow, fits: number, roles: readonly Role[]): number =>
  fits === 0 ? 0 : fits + roleBonus(by, roles);

/** Somebody who only names a measure may want to see how it went. */
const namesMeasure = ({ intent, by }: IntentRow, clause: Clause, roles: readonly Role[]): number =>
  intent === 'measure over time' && clause.measure ? A_MEASURE + roleBonus(by, roles) : 0;

function roleBonus(by: readonly Role[] | undefined, roles: readonly Role[]): number {
  if (!by) return 0;
  return isFor(by, roles) ? FOR_ROLE : -FOR_OTHERS;
}

const isFor = (by: readonly Role[], roles: readonly Role[]): boolean =>
  by.some((role) => roles.includes(role));

/** Those that are about as likely as the likeliest: one where it is clear. */
export function likeliest(scored: readonly Scored[], roles: readonly Role[]): Scored[] {
  const [first] = scored;
  if (!first || first.score < HINT) return [];
  const other = contradicting(first, scored, roles);
  if (other) return [first, other];
  const within = first.score >= ENOUGH ? CLEARLY : ENOUGH;
  const near = scored
    .filter(({ score }) => score >= HINT && first.score - score < within)
    .filter((one) => one === first || !isSmallTalk(one));
  const own = near.filter(({ intent }) => isOfRole(intent, roles));
  return (own.length > 0 ? own : near).slice(0, 3);
}

/** What the examples say clearly where they know nothing of what the patterns say. */
const contradicting = (
  first: Scored,
  scored: readonly Scored[],
  roles: readonly Role[],
): Scored | undefined =>
  first.like < UNLIKE && first.score < BEYOND_DOUBT
    ? scored.find(
        (one) =>
          one.like >= CLEARLY_LIKE &&
          one.score >= ENOUGH &&
          !isSmallTalk(one) &&
          isOfRole(one.intent, roles),
      )
    : undefined;

const isOfRole = (wanted: Intent, roles: readonly Role[]): boolean => {
  const by = INTENTS.find(({ intent }) => intent === wanted)?.by;
  return !by || isFor(by, roles);
};
