import { within, type TermKey } from '../calendar/terms.ts';
import type { Phase } from '../directory/directory.ts';

/** What a district files: two termly returns, and two sheets that are checked but not chased. */
export type Form = 'KPI' | 'LAR' | 'Budget' | 'AET';

export const FORMS = ['KPI', 'LAR', 'Budget', 'AET'] as const satisfies readonly Form[];

/** The forms that every district owes every term. */
export const OWED_FORMS = ['KPI', 'LAR'] as const satisfies readonly Form[];

/**
 * How a measure's figure is stored. `percentage of 1` is stored 0–1 and shown 0–100;
 * everywhere in `bot/` a percentage is a number of per cent.
 */
export const UNITS = ['count', 'percentage of 1', 'percentage', 'money', 'decimal'] as const;
export type Unit = (typeof UNITS)[number];

/** What kind of column holds the answers. */
export const STORED_AS = ['number', 'text'] as const;
export type StoredAs = (typeof STORED_AS)[number];

/** A question of a form: a row of the measures list. */
export type Measure = {
  /**
   * `schoolCaseload`: how rules name it. A measure that moved to another column has two rows with
   * one id, whose terms do not overlap: look one up by id among the measures of a term.
   */
  id: string;
  form: Form;
  /** The question in a few words, as the card shows it. */
  question: string;
  /** What exactly is counted, shown where the question is asked. */
  definition: string;
  section: string;
  /** The phase that it is about, if it is about one alone. */
  phase?: Phase;
  unit: Unit;
  /** The SharePoint list and the internal name of the column that holds the answer. */
  list: string;
  column: string;
  /** As the row says or, where it says nothing and the column is known, as the column is. */
  storedAs?: StoredAs;
  /** SharePoint works it out: it is read and checked, and cannot be asked for or written. */
  calculated?: true;
  required: boolean;
  firstTerm?: TermKey;
  lastTerm?: TermKey;
  position: number;
};

/** The measures of a form in a term: an old return is judged by the measures of its own term. */
export function heldMeasuresOf(measures: readonly Measure[], form: Form, key: TermKey): Measure[] {
  return measures
    .filter((m) => m.form === form && within(key, m.firstTerm, m.lastTerm))
    .sort((a, b) => a.position - b.position);
}

/** Those of them that people are asked for: the questions of a form in a term. */
export const measuresOf = (measures: readonly Measure[], form: Form, key: TermKey): Measure[] =>
  heldMeasuresOf(measures, form, key).filter((m) => !m.calculated);

export const isPercentage = (unit: Unit): boolean =>
  unit === 'percentage' || unit === 'percentage of 1';

const PENCE = 2;

/** A figure as people write it: `84%`, `£655,550`, `£655,550.40`, `1,994`. */
export function showFigure(value: number, unit: Unit, decimals = PENCE): string {
  if (isPercentage(unit)) return `${showNumber(value, decimals)}%`;
  return unit === 'money' ? showMoney(value, decimals) : showNumber(value, decimals);
}

/** Whole pounds have no pence. */
function showMoney(value: number, decimals: number): string {
  const isWhole = Number.isInteger(Number(value.toFixed(decimals)));
  return formatter('money', isWhole ? 0 : PENCE, decimals).format(value);
}

/** Nearly every figure is a small whole number, and needs none of the formatter's work. */
const showNumber = (value: number, decimals: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000
    ? String(value)
    : formatter('number', 0, decimals).format(value);

const formatters = new Map<string, Intl.NumberFormat>();

/** Made once for each way of writing. */
function formatter(what: 'money' | 'number', least: number, most: number): Intl.NumberFormat {
  const way = `${what} ${least} ${most}`;
  const known = formatters.get(way);
  if (known) return known;
  const made = new Intl.NumberFormat('en-GB', {
    ...(what === 'money' ? { style: 'currency', currency: 'GBP' } : {}),
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
  formatters.set(way, made);
  return made;
}
