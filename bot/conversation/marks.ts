import type { Names } from './asking.ts';
import { indexOf, longestAt, type ListedPractitioner, type Phrase, type Phrases } from './names.ts';
import { fitting, isKind, spelledOut, type ListedSchool } from './schools.ts';

/** Words in which `@districta`, `@schoolb` … stand for the first district, the second school … */
export type Marked = {
  words: string;
  districts: readonly string[];
  schools: readonly (readonly ListedSchool[])[];
  people: readonly (readonly ListedPractitioner[])[];
};

/** Marks are lettered; nobody names more. */
const MOST_MARKS = 26;
const letter = (index: number): string => String.fromCharCode(97 + index);

/** Puts a mark in the place of every district, school and practitioner that is named. */
export function marked(words: string, names: Names): Marked {
  const districts: string[] = [];
  const schools: ListedSchool[][] = [];
  const people: ListedPractitioner[][] = [];
  const out = piecesOf(words, indexOf(names).names).map((piece) => {
    if (typeof piece === 'string') return piece;
    const { words: called, means } = piece.phrase;
    if (means.kind === 'district') return `@district${letter(districts.push(means.name) - 1)}`;
    if (means.kind === 'person') return `@person${letter(people.push(means.people) - 1)}`;
    const fits = fitting(means.schools, [...called, ...piece.kinds]);
    return `@school${letter(schools.push(fits) - 1)}`;
  });
  return { words: out.join(' '), districts, schools, people };
}

/** Words in which `@worda` … stand for glossary entries, and `@shorta` … for other abbreviations. */
export type Worded = { words: string; entries: readonly string[] };

export function worded(words: string, names: Names, abbreviations: ReadonlySet<string>): Worded {
  const entries: string[] = [];
  const out = piecesOf(words, indexOf(names).glossary).map((piece) => {
    if (typeof piece !== 'string') return `@word${letter(entries.push(piece.phrase.means) - 1)}`;
    const isShort = abbreviations.has(piece) && entries.length < MOST_MARKS;
    return isShort ? `@short${letter(entries.push(piece) - 1)}` : piece;
  });
  return { words: out.join(' '), entries };
}

/** A word, or a name with the words after it that say what kind of school it is. */
type Piece<T> = string | { phrase: Phrase<T>; kinds: readonly string[] };

function piecesOf<T extends object | string>(words: string, phrases: Phrases<T>): Piece<T>[] {
  const tokens = words.split(' ');
  const pieces: Piece<T>[] = [];
  let [at, named] = [0, 0];
  while (at < tokens.length) {
    const phrase = named < MOST_MARKS ? longestAt(tokens, at, phrases) : undefined;
    if (!phrase) {
      pieces.push(tokens[at++] ?? '');
      continue;
    }
    at += phrase.words.length;
    const kinds = isSchool(phrase.means) ? kindsFrom(tokens, at) : [];
    at += kinds.length;
    pieces.push({ phrase, kinds: kinds.flatMap((kind) => spelledOut(kind).split(' ')) });
    named++;
  }
  return pieces;
}

const isSchool = (means: object | string): boolean =>
  typeof means === 'object' && 'schools' in means;

function kindsFrom(tokens: readonly string[], from: number): string[] {
  const end = tokens.findIndex((token, i) => i >= from && !isKind(token));
  return tokens.slice(from, end < 0 ? undefined : end);
}
