import type { Names } from './asking.ts';

type Listed = Names['measures'][number];

/** What people call a measure that they do not name in full. Only measures of the list count. */
const USUAL: readonly (readonly [RegExp, string])[] = [
  [/\bcaseloads?\b/, 'schoolCaseload'],
  [/\bactively supported\b/, 'activelySupportedSchools'],
  [/\bvacanc(?:y|ies)\b/, 'fteVacancies'],
  [/\bstaff(?:ing)?\b/, 'fteTotal'],
  [/\btraining\b/, 'trainingCourses'],
];

const LITTLE = new Set([
  'in',
  'of',
  'for',
  'the',
  'with',
  'and',
  'or',
  'on',
  'to',
  'at',
  'from',
  '',
]);

/** A measure, and all the words that name it. */
type Own = readonly [id: string, words: readonly string[]];
/** By the longest of their words. */
type Index = ReadonlyMap<string, readonly Own[]>;
const known = new WeakMap<readonly Listed[], Index>();

/** The measure that words name: all the words of its question, or of its id, stand among them. */
export function measureIn(words: string, measures: Names['measures']): string | undefined {
  const said = new Set(parts(words));
  const byLongest = indexed(measures);
  const named: Own[] = [];
  for (const word of said) {
    for (const one of byLongest.get(word) ?? [])
      if (one[1].every((other) => said.has(other))) named.push(one);
  }
  if (named.length > 0) {
    const most = Math.max(...named.map(([, own]) => own.length));
    const best = new Set(named.filter(([, own]) => own.length === most).map(([id]) => id));
    if (best.size === 1) return [...best][0];
  }
  const usual = USUAL.find(([pattern]) => pattern.test(words))?.[1];
  return usual && measures.some(({ id }) => id === usual) ? usual : undefined;
}

function indexed(measures: readonly Listed[]): Index {
  const before = known.get(measures);
  if (before) return before;
  const all = measures.flatMap(({ id, question }) =>
    [parts(spacedOut(id)), parts(question)]
      .filter((own) => own.length > 0)
      .map((own): Own => [id, own]),
  );
  const index = Map.groupBy(all, ([, own]) => longest(own));
  known.set(measures, index);
  return index;
}

const longest = (words: readonly string[]): string =>
  words.reduce((one, other) => (other.length > one.length ? other : one), '');

/** `school Caseload` of `schoolCaseload`, `referrals early years` of `referralsEY`. */
const spacedOut = (id: string): string =>
  id
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/\bey\b/gi, 'early years')
    .replace(/\bpct\b/gi, 'percentage');

/** How a measure is said: `school caseload` of `schoolCaseload`. */
export const measureWords = (id: string): string => spacedOut(id).toLowerCase();

const parts = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('%', ' percentage ')
    .split(/[^a-z]+/)
    .filter((word) => !LITTLE.has(word))
    .map((word) => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word));
