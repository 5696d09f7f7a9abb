import type { Names } from './asking.ts';
import { wordsOf } from './normalise.ts';

export type ListedSchool = Names['schools'][number];

/** How the words of schools' names are written, in the way that they are compared in. */
const SPELLED_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bsaint\b/g, 'st'],
  [/\b(?:c of e|cofe|c e|ce|coe)\b/g, 'church of england'],
  [/\b(?:roman catholic|r c|rc|cath)\b/g, 'catholic'],
  [/\b(?:prim|pri)\b/g, 'primary'],
  [/\b(?:sec|secondry)\b/g, 'secondary'],
  [/\b(?:acad|acdmy)\b/g, 'academy'],
  [/\b(?:sch|schl|schools)\b/g, 'school'],
  [/\b(?:jnr|jun)\b/g, 'junior'],
  [/\b(?:inf|infants)\b/g, 'infant'],
  [/\b(?:nurs|nsry)\b/g, 'nursery'],
  [/\bpre school\b/g, 'preschool'],
];

/** Words that say what a school is, not which. */
export const KINDS = new Set(
  `school primary secondary junior infant nursery preschool academy high grammar community catholic
  church of england college setting centre`.split(/\s+/),
);

/** Whether a word, spelled out, says only what kind of school it is. */
export const isKind = (word: string): boolean =>
  spelledOut(word)
    .split(' ')
    .every((one) => KINDS.has(one));

/** The words of a school's name, spelled out, without `(demo)`. */
export const schoolWords = (name: string): string =>
  spelledOut(wordsOf(name.replace(/\(demo\)/gi, ' ')).replace(/[|,]/g, ' '));

export const spelledOut = (words: string): string =>
  SPELLED_OUT.reduce((text, [pattern, by]) => text.replace(pattern, by), words)
    .replace(/ +/g, ' ')
    .trim();

/** Which school it is: `st marys` of `st marys church of england primary school`. */
export function headOf(words: string): string {
  const all = words.split(' ');
  const end = all.findIndex((word, i) => i > 0 && KINDS.has(word));
  return end < 0 ? words : all.slice(0, end).join(' ');
}

/** Of schools of one head those that what follows it fits best: `… cofe prim`. */
export function fitting(
  candidates: readonly ListedSchool[],
  following: readonly string[],
): ListedSchool[] {
  const kinds = following.filter((word) => KINDS.has(word) && word !== 'of');
  const scored = candidates.map((school) => ({ school, score: fit(school, kinds) }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ school }) => school);
}

/** Words that the name has speak for it, words that it lacks against it. */
const fit = ({ name }: ListedSchool, kinds: readonly string[]): number => {
  const own = new Set(schoolWords(name).split(' '));
  return kinds.reduce((sum, kind) => sum + (own.has(kind) ? 1 : -1), 0);
};
