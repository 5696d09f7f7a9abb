import { alike } from './alike.ts';
import { EXAMPLES } from './examples.ts';
import type { Intent } from './intents.ts';
import { wordsOf } from './normalise.ts';

/** How like the examples of each intent some words are: from 0, nothing, to 1, one of them. */
type Likenesses = ReadonlyMap<Intent, number>;

/** A word, or two that stand together: how much it tells, and which examples hold it. */
type Term = { weight: number; held: Uint16Array };
type Bank = {
  terms: ReadonlyMap<string, Term>;
  /** Of each example what its terms tell together, and whose example it is. */
  weights: Float64Array;
  intents: readonly Intent[];
  /** Of each example what it shares with the words that are looked at: zeros in between. */
  shared: Float64Array;
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
const bank = (): Bank => (made ??= bankOf());

/** What some words are like. In them marks stand for names (see clause.ts). */
export function likenesses(words: string, namesMeasure: boolean): Likenesses {
  const { terms } = bank();
  const telling = alike(words);
  const known: Term[] = [];
  let own = 0;
  for (const name of termsOf(telling, namesMeasure)) {
    const term = terms.get(name);
    if (term) known.push(term);
    own += term?.weight ?? (name.includes(' ') ? 0 : UNKNOWN);
  }
  const least = BY_CHANCE[Math.min(telling.length, BY_CHANCE.length) - 1] ?? 1;
  return nearest(known, own, least);
}

type Best = { first: number; second: number };

/** Of each intent the two examples that share most with some terms, as one. */
function nearest(known: readonly Term[], own: number, least: number): Likenesses {
  const { weights, intents, shared } = bank();
  const best = new Map<Intent, Best>();
  for (const at of sharing(known, shared)) {
    const like = (2 * (shared[at] ?? 0)) / (own + (weights[at] ?? 0));
    shared[at] = 0;
    if (like < least) continue;
    const intent = intents[at] as Intent;
    const of = best.get(intent);
    if (!of) best.set(intent, { first: like, second: 0 });
    else keep(of, like);
  }
  return together(best);
}

/** The examples that hold any of some terms, with what they share added up. */
function sharing(known: readonly Term[], shared: Float64Array): number[] {
  const touched: number[] = [];
  for (const { weight, held } of known) {
    for (let i = 0; i < held.length; i++) {
      const at = held[i] ?? 0;
      const before = shared[at] ?? 0;
      if (before === 0) touched.push(at);
      shared[at] = before + weight;
    }
  }
  return touched;
}

function keep(best: Best, like: number): void {
  if (like > best.first) [best.first, best.second] = [like, best.first];
  else if (like > best.second) best.second = like;
}

function together(best: ReadonlyMap<Intent, Best>): Likenesses {
  const found = new Map<Intent, number>();
  for (const [intent, { first, second }] of best)
    found.set(intent, Math.min(1, (first + ONE_MORE * second) / (1 + 0.8 * ONE_MORE)));
  return found;
}

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
      return [term, { weight: telling, held: Uint16Array.from(places, ({ at }) => at) }];
    }),
  );
  const weighed = examples.map((one) =>
    one.terms.reduce((sum, term) => sum + (terms.get(term)?.weight ?? 0), 0),
  );
  return {
    terms,
    weights: Float64Array.from(weighed),
    intents: examples.map(({ intent }) => intent),
    shared: new Float64Array(examples.length),
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
