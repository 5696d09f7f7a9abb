import type { Asking } from './asking.ts';
import { datesIn, type When } from './dates.ts';
import { marked, worded, type Marked, type Worded } from './marks.ts';
import { held, indexOf } from './names.ts';
import { measureIn } from './measures-in-words.ts';
import type { Said } from './normalise.ts';
import { spelled } from './spelling.ts';

/** A message with its slips put right, and what it names replaced by marks. */
export type Message = Omit<Marked, 'words'> & {
  said: Said;
  /** With `|` and `,` between sentences and their parts. */
  words: string;
  dates: readonly When[];
  /** Abbreviations in capitals, in lower case. */
  abbreviations: ReadonlySet<string>;
};

/** Some of its words, with what they name. */
export type Clause = {
  words: string;
  districts: readonly string[];
  schools: Message['schools'];
  people: Message['people'];
  dates: readonly When[];
  worded: Worded;
  /** The measure that they name, by its id. */
  measure: string | undefined;
};

export function messageOf(said: Said, { names, today }: Pick<Asking, 'names' | 'today'>): Message {
  const right = spelled(said.words, indexOf(names).spelling);
  const { words, ...named } = marked(right, names);
  const dated = datesIn(words, today);
  return {
    said,
    ...named,
    dates: dated.dates,
    words: held(dated.words, names),
    abbreviations: abbreviationsIn(said.written),
  };
}

/** Somebody who writes in capitals throughout abbreviates nothing. */
const abbreviationsIn = (written: string): ReadonlySet<string> =>
  /[A-Z]{2}/.test(written) && /\p{Ll}/u.test(written)
    ? new Set([...written.matchAll(/\b[A-Z]{2,7}\b/g)].map(([short]) => short.toLowerCase()))
    : NONE;
const NONE: ReadonlySet<string> = new Set();

const DISTRICT = /@district([a-z])/g;
const SCHOOL = /@school([a-z])/g;
const PERSON = /@person([a-z])/g;
const DATE = /@date([a-z])/g;

/** The clause that some words of a message are: only what they name is theirs. */
export function clauseOf(
  words: string,
  message: Message,
  { names }: Pick<Asking, 'names'>,
): Clause {
  const plain = words.replace(/[|,_]/g, ' ').replace(/ +/g, ' ').trim();
  return {
    words: plain,
    districts: ownOf(plain, DISTRICT, message.districts),
    schools: ownOf(plain, SCHOOL, message.schools),
    people: ownOf(plain, PERSON, message.people),
    dates: ownOf(plain, DATE, message.dates),
    worded: worded(plain, names, message.abbreviations),
    measure: measureIn(plain, names.measures),
  };
}

function ownOf<T>(words: string, mark: RegExp, all: readonly T[]): T[] {
  if (all.length === 0) return [];
  return [...words.matchAll(mark)].flatMap(([, letter = 'a']) => {
    const own = all[letter.charCodeAt(0) - 97];
    return own === undefined ? [] : [own];
  });
}
