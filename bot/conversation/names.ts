import type { Names } from './asking.ts';
import { INTENTS } from './intents.ts';
import { measureWords } from './measures-in-words.ts';
import { wordsIn } from './patterns.ts';
import { wordsOf } from './normalise.ts';
import { headOf, KINDS, schoolWords, type ListedSchool } from './schools.ts';
import { isEnglish, spellingOf, type Spelling } from './spelling.ts';

export type ListedPractitioner = Names['practitioners'][number];

/** What a phrase names: of schools and practitioners all who are called so. */
type Named =
  | { kind: 'district'; name: string }
  | { kind: 'school'; schools: ListedSchool[] }
  | { kind: 'person'; people: ListedPractitioner[] };
export type Phrase<T> = { words: readonly string[]; means: T };
/** Phrases by their first word, the longest first. */
export type Phrases<T> = ReadonlyMap<string, readonly Phrase<T>[]>;

/** All that is looked up in a message, made once of the lists as they are. */
type Index = {
  spelling: Spelling;
  names: Phrases<Named>;
  /** Glossary entries, by their names. */
  glossary: Phrases<string>;
  /** Names of measures and entries with an `and` in them, at which no question ends. */
  inseparable: readonly string[];
};

const known = new WeakMap<Names, Index>();

export function indexOf(names: Names): Index {
  const before = known.get(names);
  if (before) return before;
  const index = made(names);
  known.set(names, index);
  return index;
}

const PATTERN_WORDS = INTENTS.map(({ intent, cues }) => ({
  intent,
  words: cues.flatMap(([, ...patterns]) => patterns.flatMap(wordsIn)),
}));
/** What nobody is taken to have meant to write. */
const SWEARING = new Set(PATTERN_WORDS.flatMap((one) => (one.intent === 'rude' ? one.words : [])));
const OTHER_WORDS =
  `virtual online remote teams zoom video person personal face primary secondary early years nursery
  places place spaces free room full available availability caseload referrals actively supported
  monday tuesday wednesday thursday friday saturday sunday january february march april june july august
  september october november december tomorrow yesterday today week month christmas fortnight after
  before following another until till since senco work teach school schools settings cofe prim acad`.split(
    /\s+/,
  );
const OURS = new Set([...PATTERN_WORDS.flatMap(({ words }) => words), ...OTHER_WORDS, ...KINDS]);

function made(names: Names): Index {
  const named = [...districtPhrases(names), ...schoolPhrases(names), ...peoplePhrases(names)];
  const glossary = names.glossary.flatMap(({ name, otherNames }) =>
    [name, ...otherNames].map((one) => ({ words: wordsOf(one).split(' '), means: name })),
  );
  const measures = names.measures.flatMap(({ id, question }) =>
    [measureWords(id), plainWords(question)].map((words) => words.split(' ')),
  );
  const phrases = [...[...named, ...glossary].map(({ words }) => words), ...measures];
  return {
    spelling: spellingOf(OURS, phrases.flat(), SWEARING),
    names: byFirst(named),
    glossary: byFirst(glossary),
    inseparable: [...measures, ...glossary.map(({ words }) => words)]
      .filter((words) => words.includes('and'))
      .map((words) => words.join(' ')),
  };
}

function byFirst<T>(phrases: readonly Phrase<T>[]): Phrases<T> {
  const usable = phrases.filter(({ words }) => words.length > 0 && words[0] !== '');
  const longest = usable.toSorted((a, b) => b.words.length - a.words.length);
  return Map.groupBy(longest, ({ words }) => words[0] ?? '');
}

/** `tonbridge and malling`, `t&m`, `tonbridge`, `malling`; `tunbridge wells`, `t wells`, `tunbridge`. */
function districtPhrases({ districts }: Names): Phrase<Named>[] {
  const full = districts.flatMap(({ name, otherNames }) =>
    [name, ...otherNames].map((one) => ({ name, words: plainWords(one) })),
  );
  const short = full.flatMap(({ name, words }) =>
    shortNames(words).map((one) => ({ name, words: one })),
  );
  const isTaken = (one: string, name: string) =>
    [...full, ...short].some((other) => other.name !== name && other.words === one);
  return [...full, ...short.filter(({ name, words }) => !isTaken(words, name))].map(
    ({ name, words }) => ({ words: words.split(' '), means: { kind: 'district', name } }),
  );
}

const plainWords = (name: string): string =>
  wordsOf(name).replace(/[|,]/g, ' ').replace(/ +/g, ' ').trim();

function shortNames(words: string): string[] {
  const halves = words.split(' and ');
  const [one = '', other = ''] = halves;
  const isSafe = (word: string) => word.length >= 5 && !isOrdinary(word);
  if (halves.length === 2) {
    return [`${one.charAt(0)}&${other.charAt(0)}`, ...halves.filter(isSafe)];
  }
  const [first = '', second, third] = words.split(' ');
  return second && !third ? [`${first.charAt(0)} ${second}`, ...[first].filter(isSafe)] : [];
}

const isOrdinary = (word: string): boolean => OURS.has(word) || isEnglish(word);

function schoolPhrases({ schools, districts }: Names): Phrase<Named>[] {
  const places = new Set(
    districtPhrases({ districts } as Names).map(({ words }) => words.join(' ')),
  );
  const called = schools.flatMap((school) =>
    [school.name, ...school.otherNames].flatMap((name) =>
      callings(schoolWords(name), places).map((words) => ({ words, school })),
    ),
  );
  return [...Map.groupBy(called, ({ words }) => words)].map(([words, all]) => ({
    words: words.split(' '),
    means: { kind: 'school', schools: [...new Set(all.map(({ school }) => school))] },
  }));
}

/** A name in full, and by what is its own in it unless that might be something else. */
function callings(words: string, places: ReadonlySet<string>): string[] {
  const head = headOf(words);
  const isItsOwn =
    !places.has(head) && !head.split(' ').every((w) => isOrdinary(w) || w.length < 2);
  return [...new Set([words, isItsOwn ? head : withOneKind(words)])];
}

/** `dover grammar` of `dover grammar school`. */
function withOneKind(words: string): string {
  const all = words.split(' ');
  return all.slice(0, all.findIndex((word) => KINDS.has(word)) + 1).join(' ') || words;
}

function peoplePhrases({ practitioners }: Names): Phrase<Named>[] {
  const called = practitioners.flatMap((person) => {
    const full = plainWords(person.name.replace(/\(demo\)/gi, ' '));
    const all = full.split(' ');
    const alone = [all[0] ?? '', all.at(-1) ?? ''].filter((w) => w.length >= 3 && !isOrdinary(w));
    return [full, ...alone].map((words) => ({ words, person }));
  });
  return [...Map.groupBy(called, ({ words }) => words)].map(([words, all]) => ({
    words: words.split(' '),
    means: { kind: 'person', people: [...new Set(all.map(({ person }) => person))] },
  }));
}

/** The longest name that begins at a word; its last word may have an s more. */
export function longestAt<T>(
  tokens: readonly string[],
  at: number,
  phrases: Phrases<T>,
): Phrase<T> | undefined {
  const first = tokens[at] ?? '';
  const candidates =
    phrases.get(first) ?? (first.endsWith('s') ? phrases.get(first.slice(0, -1)) : undefined);
  return candidates?.find(({ words }) =>
    words.every((word, i) => {
      const token = tokens[at + i];
      return token === word || (i === words.length - 1 && token === `${word}s`);
    }),
  );
}

/** Puts `_` between the words of measures and entries that have an `and` in them. */
export const held = (words: string, names: Names): string =>
  words.includes(' and ')
    ? indexOf(names).inseparable.reduce(
        (left, one) => left.replaceAll(one, one.replaceAll(' ', '_')),
        words,
      )
    : words;
