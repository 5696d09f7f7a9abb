import { isPercentage, showFigure, type Unit } from './measure.ts';

/**
 * The answer to one question. Blank is not zero, and what cannot be read is kept as it stands.
 * A percentage's `value` is a number of per cent, however it is stored. `raw` is the cell's own
 * text to the letter, as far as {@link LONGEST_RAW}; a cell that held no text has none.
 */
export type Answer =
  | { kind: 'number'; value: number; raw: string }
  | { kind: 'not known'; reason: string; raw?: string }
  | { kind: 'not applicable'; reason: string; raw?: string }
  | { kind: 'blank'; raw?: string }
  | { kind: 'unreadable'; raw: string; why: string };

const NOT_APPLICABLE = /^(n\/?a|not applicable)\.?$/i;
const NOT_KNOWN = /^(not known|not reported|not collected|unknown|tbc)\.?$/i;
/** 1994, 1,994 or 12.5, with an optional sign, pound or per cent: nothing else is a number. */
const NUMBER = /^(-)?(£)?\s?(\d+|[1-9]\d{0,2}(?:,\d{3})+)(\.\d+)?\s?(%)?$/;
/** How much of a cell's text is kept, in UTF-16 code units. */
export const LONGEST_RAW = 10_000;
/** 104% is real: schools of other districts were counted. 200% is not. */
const LARGEST_OF_1 = 1.5;

/**
 * Reads one cell, whatever Graph sends for it, or what a person typed. Never throws, and never
 * guesses: what could mean two figures is unreadable, and says which two.
 */
export function readAnswer(cell: unknown, unit: Unit): Answer {
  if (cell === null || cell === undefined) return { kind: 'blank' };
  if (typeof cell === 'number') return readStored(cell, unit);
  if (typeof cell === 'string') return readText(cell, unit);
  return unreadable(textOfOther(cell), 'it is not a number');
}

/** Yes or no, a person, several choices: as JSON, where it can be. */
function textOfOther(cell: unknown): string {
  try {
    return keptText(JSON.stringify(cell) ?? String(cell));
  } catch (error) {
    return `a ${typeof cell} that has no text (${error instanceof Error ? error.name : 'unknown'})`;
  }
}

function readStored(stored: number, unit: Unit): Answer {
  const raw = String(stored);
  if (!Number.isFinite(stored)) return unreadable(raw, 'it is not a number');
  const ofOne = unit === 'percentage of 1';
  if (ofOne && stored > LARGEST_OF_1) {
    return unreadable(raw, eitherOf(stored, hundredfold(stored), unit));
  }
  if (unit === 'percentage' && isFraction(stored)) {
    return unreadable(raw, eitherOf(stored, hundredfold(stored), unit));
  }
  if (unit === 'money') return checkedNumber(inPence(stored), raw, unit);
  return checkedNumber(ofOne ? hundredfold(stored) : stored, raw, unit);
}

function readText(text: string, unit: Unit): Answer {
  if (text === '') return { kind: 'blank' };
  const raw = keptText(text);
  if (raw !== text) {
    const [all, kept] = [text.length, raw.length].map((n) => n.toLocaleString('en-GB'));
    return unreadable(raw, `it is too long (${all} characters, of which ${kept} are kept)`);
  }
  const tidy = narrow(raw).replace(/\s+/g, ' ').trim();
  if (tidy === '') return { kind: 'blank', raw };
  const reason = `written as “${tidy}”`;
  if (NOT_APPLICABLE.test(tidy)) return { kind: 'not applicable', reason, raw };
  if (NOT_KNOWN.test(tidy)) return { kind: 'not known', reason, raw };
  const parts = NUMBER.exec(tidy);
  if (!parts) return unreadable(raw, 'it is not a plain number');
  return readParts(parts, raw, unit);
}

function readParts(parts: RegExpExecArray, raw: string, unit: Unit): Answer {
  const [, minus, pound, whole = '', fraction = '', percent] = parts;
  if (pound && unit !== 'money') return unreadable(raw, 'pounds were not asked for');
  if (percent && !isPercentage(unit)) return unreadable(raw, 'a percentage was not asked for');
  const value = Number(whole.replaceAll(',', '') + fraction);
  if (isPercentage(unit) && !percent && isFraction(value)) {
    return unreadable(raw, eitherOf(value, hundredfold(value), unit));
  }
  if ((unit === 'money' || unit === 'decimal') && isGroupedWithPoint(whole, fraction)) {
    const [point, thousands] = [`${whole}${fraction}`, `${whole},${fraction.slice(1)}`];
    return unreadable(raw, `it could mean ${point} or ${thousands}`);
  }
  return checkedNumber(minus ? -value : value, raw, unit);
}

function checkedNumber(value: number, raw: string, unit: Unit): Answer {
  if (!Number.isSafeInteger(Math.trunc(value))) return unreadable(raw, 'it is too large');
  if (value < 0) return unreadable(raw, 'it is below zero');
  if (unit === 'count' && !Number.isInteger(value)) {
    return unreadable(raw, 'a whole number was asked for');
  }
  if (unit === 'money' && value !== Number(value.toFixed(2))) {
    return unreadable(raw, 'money has two decimals at most');
  }
  return { kind: 'number', value: value === 0 ? 0 : value, raw };
}

const unreadable = (raw: string, why: string): Answer => ({ kind: 'unreadable', raw, why });

const eitherOf = (one: number, other: number, unit: Unit): string =>
  `it could mean ${showFigure(one, unit)} or ${showFigure(other, unit)}`;

/** A percentage below 1 could be a share of 1: 0.84 is 0.84% or 84%. */
const isFraction = (value: number): boolean => value > 0 && value < 1;

/** `1.994`: one to three digits, a point and three more, as some write 1,994. Never `0.994`. */
const isGroupedWithPoint = (whole: string, fraction: string): boolean =>
  /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 4;

/**
 * Full-width letters and digits, as some keyboards type them, in their usual width. Nothing else is
 * folded: a superscript or circled digit is a footnote mark, and not a figure.
 */
const narrow = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('￡', '£');

/** The beginning of a text, never cut between the halves of a character. */
function keptText(text: string): string {
  if (text.length <= LONGEST_RAW) return text;
  return text.slice(0, LONGEST_RAW).replace(/[\uD800-\uDBFF]$/, '');
}

/** 0.1 + 0.2 is stored as 0.30000000000000004, and is 30 pence; 0.305 is left as it stands. */
function inPence(value: number): number {
  const pence = Number(value.toFixed(2));
  return Math.abs(pence - value) <= 1e-9 * Math.max(1, Math.abs(value)) ? pence : value;
}

const withoutDust = (value: number): number => Number(value.toPrecision(12));

/** 0.35 → 35 without the binary dust of 0.35 × 100. */
const hundredfold = (value: number): number => withoutDust(value * 100);

/** What is written into a cell for a number: the inverse of reading it. */
export const storedFigure = (value: number, unit: Unit): number =>
  unit === 'percentage of 1' ? withoutDust(value / 100) : value;

/** Never `1e-7`: what is written must read back. */
const plainNumber = new Intl.NumberFormat('en-GB', {
  maximumFractionDigits: 10,
  useGrouping: false,
});

/** A figure as text that reads back as the same: `82.5%`, `655550`, and `8.1250`, for 8.125 could be 8,125. */
export function figureAsText(value: number, unit: Unit): string {
  const digits = plainNumber.format(value);
  if (isPercentage(unit)) return `${digits}%`;
  const [whole = '', fraction] = digits.split('.');
  return fraction && isGroupedWithPoint(whole, `.${fraction}`) ? `${digits}0` : digits;
}

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
