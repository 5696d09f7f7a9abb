import { readTermLabel } from '../calendar/terms.ts';
import { FORM_CHOICES, formsOf, MISSING_VALUES, type Rule } from './rule.ts';

/** What somebody asks for after the rule itself. */
export type Wishes = Partial<
  Pick<Rule, 'tolerance' | 'severity' | 'missingValues' | 'forms' | 'firstTerm'>
>;

/** `example` begins with the word that the wish begins with; `value` reads the group of its pattern. */
type Wish = {
  pattern: RegExp;
  example: string;
  /** What else may be written. */
  choices?: string;
  value: (text: string) => Wishes | undefined;
};

const WISHES: readonly Wish[] = [
  { pattern: /within\s+([^\s,;]+)/iy, example: 'within 1', value: toleranceFrom },
  {
    pattern: /as\s+(?:an?\s+)?([^\s,;]+)/iy,
    example: 'as error',
    choices: 'or “as query”',
    value: severityFrom,
  },
  {
    pattern: /form\s+(KPI and LAR|[^\s,;]+)/iy,
    example: 'form KPI',
    choices: `with one of ${FORM_CHOICES.join(', ')}`,
    value: formsFrom,
  },
  {
    pattern: /from\s+([^\s,;]+(?:\s+(?:t|term)?\s*\d)?)/iy,
    example: 'from 2023-24 T1',
    value: firstTermFrom,
  },
  {
    pattern:
      /missing(?:\s+values)?\s*:?\s*(never skip|skip if a(?:ny|ll)(?:\s+(?:is|are)\s+missing)?)/iy,
    example: 'missing: never skip',
    choices: 'or “skip if any”, or “skip if all”',
    value: missingValuesFrom,
  },
];

/** How each wish is written, for a person. */
const WISHES_IN_WORDS = WISHES.map(({ example }) => `“${example}”`).join(', ');

const BEGINNING = /(?<=^|[\s,;])(?:within|as|form|from|missing)(?![\w.])/i;
const BETWEEN = /[\s,;]*/y;

/** Where the wishes of a text begin, looking from a place onwards; the end of the text where there are none. */
export function wishesBegin(text: string, from: number): number {
  const begins = BEGINNING.exec(text.slice(from))?.index;
  return begins === undefined ? text.length : from + begins;
}

/** What is wished, and where each wish stands in the text. */
export type Wished = {
  wishes: Wishes;
  places: Partial<Record<keyof Wishes, { at: number; text: string }>>;
};

/** Reads the wishes that make up the rest of a text. */
export function readWishes(
  text: string,
  from: number,
): ({ ok: true } & Wished) | { ok: false; problem: string; at: number } {
  let wishes: Wishes = {};
  let places: Wished['places'] = {};
  let at = past(BETWEEN, text, from);
  while (at < text.length) {
    const wish = WISHES.find(({ example }) => beginsWith(text, at, wordOf(example)));
    if (!wish) return { ok: false, at, problem: notUnderstood(text.slice(at)) };
    const match = matchAt(wish.pattern, text, at);
    const read = match && wish.value(match[1] ?? '');
    if (!match || !read) return { ok: false, at, problem: howTo(wish) };
    const again = Object.keys(read).some((name) => name in wishes);
    if (again) return { ok: false, at, problem: `“${wordOf(wish.example)}” is said twice` };
    wishes = { ...wishes, ...read };
    const place = { at, text: match[0] };
    places = { ...places, ...Object.fromEntries(Object.keys(read).map((name) => [name, place])) };
    at = past(BETWEEN, text, at + match[0].length);
  }
  return { ok: true, wishes, places };
}

const howTo = ({ example, choices }: Wish): string =>
  `please write it like “${example}”${choices ? `, ${choices}` : ''}`;

const wordOf = (example: string): string => /^\w+/.exec(example)?.[0] ?? '';

const beginsWith = (text: string, at: number, word: string): boolean =>
  matchAt(new RegExp(`${word}(?![\\w.])`, 'iy'), text, at) !== null;

const notUnderstood = (rest: string): string =>
  `“${rest.split(/[\s,;]/)[0]}” is not understood. After a rule may stand ${WISHES_IN_WORDS}`;

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}

const past = (sticky: RegExp, text: string, at: number): number =>
  at + (matchAt(sticky, text, at)?.[0].length ?? 0);

/** In the unit of the measures: `1`, `0.5`. Whether `1%` fits is for the rule to say. */
function toleranceFrom(text: string): Wishes | undefined {
  const number = /^(\d{1,9}(?:\.\d+)?)%?$/.exec(text)?.[1];
  return number === undefined ? undefined : { tolerance: Number(number) };
}

function severityFrom(text: string): Wishes | undefined {
  const severity = text.toLowerCase();
  return severity === 'error' || severity === 'query' ? { severity } : undefined;
}

function formsFrom(text: string): Wishes | undefined {
  const choice = FORM_CHOICES.find((one) => one.toLowerCase() === text.toLowerCase());
  return choice && { forms: formsOf(choice) };
}

function firstTermFrom(text: string): Wishes | undefined {
  const firstTerm = readTermLabel(text.replace(/(?<=\d)(?=t)/i, ' '));
  return firstTerm && { firstTerm };
}

function missingValuesFrom(text: string): Wishes | undefined {
  const words = text.toLowerCase().replaceAll(/\s+/g, ' ');
  const missingValues = MISSING_VALUES.find((one) => one.startsWith(words));
  return missingValues && { missingValues };
}
