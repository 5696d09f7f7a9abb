import { alike } from './alike.ts';
import { EXAMPLES } from './examples.ts';
import type { Intent } from './intents.ts';
import { wordsOf } from './normalise.ts';

/** How like the examples of each intent some words are: from 0, nothing, to 1, one of them. */
export type Likenesses = ReadonlyMap<Intent, number>;

/** A word, or two that stand together: how much it tells, and which examples hold it. */
type Term = { weight: number; held: readonly number[] };
type Bank = {
  terms: ReadonlyMap<string, Term>;
  /** Of each example what its terms tell together, and whose example it is. */
  weights: Float64Array;
  intents: readonly Intent[];
};

/** A word that no example has may mean something else. */
const UNKNOWN = 1.8;
const A_PAIR = 0.5;
/** One more example like it adds a little. */
const ONE_MORE = 0.12;
/** Less than this is chance: of a single word, of two, of more. */
const BY_CHANCE = [0.9, 0.66, 0.25];

/** In messages these are part of the day (see dates.ts). */
const BEFORE_A_DAY = /\b(?:on|after|before|since|from|until|by|for|in|to) (?=@date)/g;

let made: Bank | undefined;

/** What some words are like. In them marks stand for names (see clause.ts). */
export function likenesses(words: string, namesMeasure: boolean): Likenesses {
  made ??= bankOf();
  const { terms, weights, intents } = made;
  const shared = new Float64Array(weights.length);
  const telling = alike(words);
  const least = BY_CHANCE[Math.min(telling.length, BY_CHANCE.length) - 1] ?? 1;
  let own = 0;
  for (const name of termsOf(telling, namesMeasure)) {
    const term = terms.get(name);
    if (term) for (const at of term.held) shared[at] = (shared[at] ?? 0) + term.weight;
    own += term?.weight ?? (name.includes(' ') ? 0 : UNKNOWN);
  }
  const best = new Map<Intent, { first: number; second: number }>();
  for (const [at, common] of shared.entries()) {
    if (common === 0) continue;
    const like = (2 * common) / (own + (weights[at] ?? 0));
    if (like < least) continue;
    const intent = intents[at] as Intent;
    const { first, second } = best.get(intent) ?? { first: 0, second: 0 };
    if (like > first) best.set(intent, { first: like, second: first });
    else if (like > second) best.set(intent, { first, second: like });
  }
  return new Map([...best].map(([intent, both]) => [intent, together(both)]));
}

const together = ({ first, second }: { first: number; second: number }): number =>
  Math.min(1, (first + ONE_MORE * second) / (1 + 0.8 * ONE_MORE));

function bankOf(): Bank {
  const examples = Object.entries(EXAMPLES).flatMap(([intent, lines]) =>
    phrasesIn(lines)
      .map(alike)
      .filter((telling) => telling.length > 1 || !telling[0]?.startsWith('@'))
      .map((telling) => ({ intent: intent as Intent, terms: termsOf(telling, false) })),
  );
  const held = Map.groupBy(
    examples.flatMap(({ terms }, at) => terms.map((term) => ({ term, at }))),
    ({ term }) => term,
  );
  const all = Object.keys(EXAMPLES).length;
  const terms = new Map(
    [...held].map(([term, places]): [string, Term] => {
      const among = new Set(places.map(({ at }) => examples[at]?.intent)).size;
      const telling = Math.log((1 + all) / among) * (term.includes(' ') ? A_PAIR : 1);
      return [term, { weight: telling, held: places.map(({ at }) => at) }];
    }),
  );
  const weighed = examples.map((one) =>
    one.terms.reduce((sum, term) => sum + (terms.get(term)?.weight ?? 0), 0),
  );
  return {
    terms,
    weights: Float64Array.from(weighed),
    intents: examples.map(({ intent }) => intent),
  };
}

const phrasesIn = (lines: string): string[] =>
  lines
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(BEFORE_A_DAY, '')
        .split(/(@\w+)/)
        .map((part) => (part.startsWith('@') ? part : wordsOf(part)))
        .join(' '),
    );

/** Words of a meaning as one, each once, and each two that stand together. */
function termsOf(single: readonly string[], namesMeasure: boolean): string[] {
  const pairs = single.slice(1).map((word, i) => `${single[i]} ${word}`);
  return [...new Set([...single, ...pairs, ...(namesMeasure ? ['@measure'] : [])])];
}
