import type { Role } from '../access/people.ts';
import type { Clause } from './clause.ts';
import { INTENTS, type Intent, type IntentRow } from './intents.ts';
import { compiled } from './patterns.ts';

export type Scored = { intent: Intent; score: number };

/** Words that give away nothing else are worth no turn of their own. */
const SMALL_TALK: readonly Intent[] = ['greeting', 'thanks', 'rude', 'help'];
export const isSmallTalk = ({ intent }: Scored): boolean => SMALL_TALK.includes(intent);

/** So much is enough to go by. */
export const ENOUGH = 4;
/** Nearer than this to the best is as likely meant. */
const CLEARLY = 1;
/** So much is worth an offer. */
const HINT = 2;
const MORE_THAN_ONE_CUE = 0.5;
const A_MEASURE = 3.5;
const FOR_ROLE = 1;
const FOR_OTHERS = 2;

type Compiled = Omit<IntentRow, 'cues'> & { cues: readonly { weight: number; pattern: RegExp }[] };

const TABLE: readonly Compiled[] = INTENTS.map(({ cues, ...row }) => ({
  ...row,
  cues: cues
    .flatMap(([weight, ...patterns]) =>
      patterns.map((pattern) => ({ weight, pattern: compiled(pattern) })),
    )
    .sort((a, b) => b.weight - a.weight),
}));

/** What a clause may mean, the likeliest first. */
export function scores(clause: Clause, roles: readonly Role[]): Scored[] {
  return TABLE.flatMap((row) => {
    const score = Math.max(scoreOf(row, clause, roles), namesMeasure(row, clause, roles));
    return score > 0 ? [{ intent: row.intent, score }] : [];
  }).sort((a, b) => b.score - a.score);
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
  return by.some((role) => roles.includes(role)) ? FOR_ROLE : -FOR_OTHERS;
}

/** Those that are about as likely as the likeliest: one where it is clear. */
export function likeliest(scored: readonly Scored[]): Scored[] {
  const best = scored[0]?.score ?? 0;
  if (best < HINT) return [];
  const within = best >= ENOUGH ? CLEARLY : ENOUGH;
  return scored.filter(({ score }) => score >= HINT && best - score < within).slice(0, 3);
}
