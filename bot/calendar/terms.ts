import { daysBetween, endOfDay, shortDay, type Day } from './london.ts';

/** A term of an academic year. Days are London days; `due` is never derived from `ends`. */
export type Term = {
  /** `2026-27`. */
  year: string;
  /** 1 to 6. */
  term: number;
  starts: Day;
  ends: Day;
  due: Day;
  /** From the day after this one a return is no longer chased or changed through the bot. */
  locks: Day;
};

/** Which term: enough to name it, order it and compare it. */
export type TermKey = Pick<Term, 'year' | 'term'>;

/** Sorts terms by time: `2025-26` term 6 comes before `2026-27` term 1. */
export const compareTerms = (a: TermKey, b: TermKey): number =>
  a.year === b.year ? a.term - b.term : a.year < b.year ? -1 : 1;

export const sameTerm = (a: TermKey, b: TermKey): boolean => a.year === b.year && a.term === b.term;

/** `2026-27 T1`: how terms are written in lists and on the command line. */
export const termLabel = ({ year, term }: TermKey): string => `${year} T${term}`;

/** `Term 1, 2026-27`: how terms are written for people. */
export const termName = ({ year, term }: TermKey): string => `Term ${term}, ${year}`;

/**
 * An academic year as people and old items write it: `2026-27`, `2022/23`, `2022-2023`.
 * Undefined when it is no year, or its halves do not follow on.
 */
export function readYear(text: string): string | undefined {
  const match = /^\s*(20\d\d)\s*[-/–]\s*(?:20)?(\d\d)\s*$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const follows = (Number(match[1]) + 1) % 100 === Number(match[2]);
  return follows ? `${match[1]}-${match[2]}` : undefined;
}

/** A term as people and old items write it: `Term 1`, `T1`, `1`. Undefined when it is none of the six. */
export function readTerm(text: string): number | undefined {
  const match = /^\s*(?:t|term)?\s*([1-6])\s*$/i.exec(text);
  return match?.[1] ? Number(match[1]) : undefined;
}

/** Reads `2026-27 T1`, as a rule's first or last term is written. */
export function readTermLabel(text: string): TermKey | undefined {
  const match = /^\s*(\S+)\s+(.+?)\s*$/.exec(text);
  const year = match?.[1] ? readYear(match[1]) : undefined;
  const term = match?.[2] ? readTerm(match[2]) : undefined;
  return year && term ? { year, term } : undefined;
}

/** The term before, across years. */
export function termBefore({ year, term }: TermKey): TermKey {
  if (term > 1) return { year, term: term - 1 };
  const start = Number(year.slice(0, 4)) - 1;
  return { year: `${start}-${String((start + 1) % 100).padStart(2, '0')}`, term: 6 };
}

/** The term after, across years. */
export function termAfter({ year, term }: TermKey): TermKey {
  if (term < 6) return { year, term: term + 1 };
  const start = Number(year.slice(0, 4)) + 1;
  return { year: `${start}-${String((start + 1) % 100).padStart(2, '0')}`, term: 1 };
}

/** The same term one academic year earlier. */
export function termLastYear({ year, term }: TermKey): TermKey {
  return { year: termBefore({ year, term: 1 }).year, term };
}

/** Whether a term lies in a span whose ends may be open. */
export const within = (key: TermKey, first: TermKey | undefined, last: TermKey | undefined) =>
  (!first || compareTerms(key, first) >= 0) && (!last || compareTerms(key, last) <= 0);

export const findTerm = (terms: readonly Term[], key: TermKey): Term | undefined =>
  terms.find((term) => sameTerm(term, key));

/** The latest term that had started by a day: where a figure dated that day belongs. */
export function termOn(terms: readonly Term[], day: Day): Term | undefined {
  return terms
    .filter((term) => term.starts <= day)
    .sort(compareTerms)
    .at(-1);
}

/** A return is timely when it was first filed by the end of its due day, London time. */
export const isTimely = (term: Term, firstFiled: Date): boolean =>
  firstFiled.getTime() <= endOfDay(term.due).getTime();

/** Longer than any school term; a term that ends later than so many days after it starts is a slip. */
export const LONGEST_TERM_DAYS = 200;

/** What is wrong with a list of terms, in words for the person who edits it. */
export function calendarProblems(terms: readonly Term[]): string[] {
  if (terms.length === 0) return ['The terms list has no usable rows, so nothing is due.'];
  const sorted = [...terms].sort(compareTerms);
  return [
    ...sorted.flatMap(termProblems),
    ...sorted.slice(1).flatMap((term, i) => overlapProblems(sorted[i], term)),
  ];
}

/** Longer than the summer holiday. */
const LONGEST_HOLIDAY_DAYS = 56;

/** A term that is not listed looks like a holiday; one that is too long is told while it lasts. */
export function gapProblems(terms: readonly Term[], today: Day): string[] {
  const before = latest(terms.filter(({ starts }) => starts <= today).map(({ ends }) => ends));
  const after = earliest(terms.filter(({ starts }) => starts > today).map(({ starts }) => starts));
  const isGap = before !== undefined && after !== undefined && before < today;
  return isGap && daysBetween(before, after) > LONGEST_HOLIDAY_DAYS
    ? [
        `The terms list has no term between ${shortDay(before)} and ${shortDay(after)}, which is longer than any holiday: a row may be missing.`,
      ]
    : [];
}

const latest = (days: readonly Day[]): Day | undefined => days.toSorted().at(-1);
const earliest = (days: readonly Day[]): Day | undefined => days.toSorted()[0];

function termProblems(term: Term): string[] {
  const name = termName(term);
  return [
    ...(term.ends < term.starts ? [`${name} ends before it starts.`] : []),
    ...(daysBetween(term.starts, term.ends) > LONGEST_TERM_DAYS
      ? [`${name} ends more than ${LONGEST_TERM_DAYS} days after it starts.`]
      : []),
    ...(term.due < term.starts ? [`${name} is due before it starts.`] : []),
    ...(term.locks < term.due ? [`${name} locks before it is due.`] : []),
  ];
}

function overlapProblems(before: Term | undefined, after: Term): string[] {
  if (!before) return [];
  if (sameTerm(before, after)) return [`${termName(after)} is listed twice.`];
  return before.ends >= after.starts ? [`${termName(before)} and ${termName(after)} overlap.`] : [];
}
