import { neededBy } from './needed.ts';

/**
 * Patterns of words. They are regular expressions over lower-case words in which names are replaced
 * by what they are: `@district`, `@school`, `@person`, `@date`, and in definitions `@word`, `@short`.
 */
export function compiled(pattern: string): RegExp {
  const marks = pattern.replace(/@(district|school|person|date|word|short)/g, '@$1[a-z]');
  return new RegExp(`(?<![a-z0-9@])(?:${marks})(?![a-z0-9])`);
}

/** The words that a pattern goes by, so that a slip in them can be put right. */
export const wordsIn = (pattern: string): string[] =>
  pattern
    .replace(/@\w+|\\./g, ' ')
    .replace(/([a-z]+)([a-z])\?/g, '$1 $1$2')
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1);

/** Which of some patterns may fit, told by words they cannot do without. */
export type Lookup = { always: readonly number[]; byWord: ReadonlyMap<string, readonly number[]> };

export function lookupOf(patterns: readonly string[]): Lookup {
  const always: number[] = [];
  const byWord = new Map<string, number[]>();
  for (const [at, pattern] of patterns.entries()) {
    const needed = neededBy(pattern);
    if (!needed) always.push(at);
    for (const word of needed ?? []) {
      const known = byWord.get(word);
      if (known) known.push(at);
      else byWord.set(word, [at]);
    }
  }
  return { always, byWord };
}

/** The places of the patterns that may fit, each once, in their order. */
export function mayFit(words: string, { always, byWord }: Lookup): number[] {
  const found = [...always];
  for (const token of PLAIN.test(words) ? words.split(' ') : (words.match(TOKEN) ?? [])) {
    const places = byWord.get(token.charCodeAt(0) === AT ? token.slice(0, -1) : token);
    if (places) for (const at of places) insert(found, at);
  }
  return found;
}

const PLAIN = /^@?[a-z0-9 ]*(?: @[a-z0-9 ]*)*$/;
const TOKEN = /@?[a-z0-9]+/g;
const AT = '@'.charCodeAt(0);

/** There are few, most of them in their order already. */
function insert(sorted: number[], one: number): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] ?? 0) > one) at--;
  if (sorted[at - 1] !== one) sorted.splice(at, 0, one);
}
