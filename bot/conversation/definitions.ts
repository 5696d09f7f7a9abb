import { nearestName } from '../findings/nearest-name.ts';
import type { Measure } from '../returns/measure.ts';
import type { GlossaryEntry } from '../directory/glossary.ts';

/** What a word means. */
export type Definition = { word: string; meaning: string };

type Named = Definition & { names: readonly string[] };

/** The same measure is asked of several phases and in several forms; more than these are not told at once. */
const MOST = 4;

/**
 * What a word of the service means, as it was written: of the glossary or, where that has none, of the
 * questions that are asked. Where what was written holds several words, all of them are told.
 */
export function definitionsOf(
  written: string,
  glossary: readonly GlossaryEntry[],
  measures: readonly Pick<Measure, 'id' | 'question' | 'definition'>[],
): Definition[] {
  const words = glossary.map(({ name, otherNames, meaning }): Named => ({
    word: name,
    meaning,
    names: [name, ...otherNames],
  }));
  const questions = measures
    .filter(({ definition }) => definition !== '')
    .map(({ id, question, definition }): Named => ({
      word: question,
      meaning: definition,
      names: [question, id],
    }));
  const found =
    [words, questions].map((among) => exactly(written, among)).find(isAny) ??
    [words, questions].map((among) => within(written, among)).find(isAny) ??
    [words, questions].map((among) => nearly(written, among)).find(isAny) ??
    [];
  return once(found).slice(0, MOST);
}

const isAny = (found: readonly Named[]): boolean => found.length > 0;

const exactly = (written: string, among: readonly Named[]): Named[] =>
  among.filter(({ names }) => names.some((name) => fold(name) === fold(written)));

/** Those whose name stands in it as whole words; `open cases` is not told where `cases` alone is meant. */
function within(written: string, among: readonly Named[]): Named[] {
  const text = ` ${fold(written)} `;
  return among.filter(({ names }) =>
    names.some((name) => fold(name) !== '' && text.includes(` ${fold(name)} `)),
  );
}

function nearly(written: string, among: readonly Named[]): Named[] {
  const nearest = nearestName(
    fold(written),
    among.flatMap(({ names }) => names.map(fold)),
  );
  return nearest === undefined ? [] : exactly(nearest, among);
}

const once = (found: readonly Named[]): Definition[] => [
  ...new Map(found.map(({ word, meaning }) => [`${word}|${meaning}`, { word, meaning }])).values(),
];

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
