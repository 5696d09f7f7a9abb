import { isPercentage, showFigure, type Unit } from './measure.ts';

/**
 * The answer to one question. Blank is not zero, and what cannot be read is kept as it stands.
 * A percentage's `value` is a number of per cent, however it is stored.
 */
export type Answer =
  | { kind: 'number'; value: number; raw: string }
  | { kind: 'not known'; reason: string }
  | { kind: 'not applicable'; reason: string }
  | { kind: 'blank' }
  | { kind: 'unreadable'; raw: string; why: string };

/** A SharePoint cell: text, a number, or nothing. */
export type Cell = string | number | boolean | null | undefined;

const NOT_APPLICABLE = /^(n\/?a|not applicable)\.?$/i;
const NOT_KNOWN = /^(not known|not reported|not collected|unknown|tbc)\.?$/i;
/** 1994, 1,994 or 12.5, with an optional sign, pound or per cent: nothing else is a number. */
const NUMBER = /^(-)?(£)?\s?(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?\s?(%)?$/;
/** Superscripts, circled digits and fractions: a footnote mark must not become a digit. */
const NO_DIGIT = /\p{No}/u;
const LONGEST_RAW = 10_000;

/** Reads one cell, or what a person typed. Never throws, and never guesses a number. */
export function readAnswer(cell: Cell, unit: Unit): Answer {
  if (cell === null || cell === undefined) return { kind: 'blank' };
  if (typeof cell === 'number') return readStored(cell, unit);
  if (typeof cell === 'boolean') return unreadable(String(cell), 'it is not a number');
  return readText(cell, unit);
}

function readStored(value: number, unit: Unit): Answer {
  if (!Number.isFinite(value)) return unreadable(String(value), 'it is not a number');
  const inUnit = unit === 'percentage of 1' ? hundredfold(value) : value;
  return checkedNumber(inUnit, String(value), unit);
}

function readText(text: string, unit: Unit): Answer {
  const raw = text.slice(0, LONGEST_RAW);
  if (text.length > LONGEST_RAW) return unreadable(raw, 'it is too long');
  const tidy = raw.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (tidy === '') return { kind: 'blank' };
  if (NOT_APPLICABLE.test(tidy)) return { kind: 'not applicable', reason: `written as “${tidy}”` };
  if (NOT_KNOWN.test(tidy)) return { kind: 'not known', reason: `written as “${tidy}”` };
  const parts = NUMBER.exec(tidy);
  if (!parts || NO_DIGIT.test(raw)) return unreadable(raw, 'it is not a plain number');
  const [, minus, pound, whole = '', fraction = '', percent] = parts;
  if (pound && unit !== 'money') return unreadable(raw, 'pounds were not asked for');
  if (percent && !isPercentage(unit)) return unreadable(raw, 'a percentage was not asked for');
  const value = Number(whole.replaceAll(',', '') + fraction) * (minus ? -1 : 1);
  if (isPercentage(unit) && !percent && value > 0 && value < 1) {
    return unreadable(
      raw,
      `it could mean ${showFigure(value, unit)} or ${showFigure(hundredfold(value), unit)}`,
    );
  }
  return checkedNumber(value, raw, unit);
}

function checkedNumber(value: number, raw: string, unit: Unit): Answer {
  if (!Number.isSafeInteger(Math.trunc(value))) return unreadable(raw, 'it is too large');
  if (unit === 'count' && !Number.isInteger(value)) {
    return unreadable(raw, 'a whole number was asked for');
  }
  if (value < 0) return unreadable(raw, 'it is below zero');
  return { kind: 'number', value, raw };
}

const unreadable = (raw: string, why: string): Answer => ({ kind: 'unreadable', raw, why });

/** 0.35 → 35 without the binary dust of 0.35 × 100. */
const hundredfold = (value: number): number => Number((value * 100).toPrecision(12));

/** What is written into a cell for a number: the inverse of reading it. */
export const storedFigure = (value: number, unit: Unit): number =>
  unit === 'percentage of 1' ? Number((value / 100).toPrecision(12)) : value;

/** The figure, if the answer is one. */
export const figureOf = (answer: Answer | undefined): number | undefined =>
  answer?.kind === 'number' ? answer.value : undefined;

/** Whether two answers say the same, however they are written. */
export function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  const [one, other] = [a ?? BLANK, b ?? BLANK];
  if (one.kind === 'number') return other.kind === 'number' && one.value === other.value;
  if ('reason' in one) {
    return 'reason' in other && one.kind === other.kind && one.reason === other.reason;
  }
  if (one.kind === 'unreadable') return other.kind === 'unreadable' && one.raw === other.raw;
  return other.kind === 'blank';
}

const BLANK: Answer = { kind: 'blank' };

/** An answer as people read it: `84%`, `not known (…)`, `“12 (approx)”`, `–`. */
export function showAnswer(answer: Answer | undefined, unit: Unit): string {
  switch (answer?.kind) {
    case 'number':
      return showFigure(answer.value, unit);
    case 'not known':
    case 'not applicable':
      return `${answer.kind} (${answer.reason})`;
    case 'unreadable':
      return `“${answer.raw.slice(0, 40)}”`;
    case 'blank':
    case undefined:
      return '–';
  }
}
