import { within, type TermKey } from '../calendar/terms.ts';
import type { Phase } from '../directory/directory.ts';
import { FORMS, type Form } from '../returns/measure.ts';

/** An error cannot be true: the return is not filed. A query is unusual: it needs a word. */
export type Severity = 'error' | 'query';

/** Left side against right side. */
export const COMPARISONS = ['=', '≠', '>', '≥', '<', '≤', 'both or neither', 'not both'] as const;
/** Looks at each answer of a return, or at the return as a whole; the left side may name measures. */
export const CHECKS = [
  'is not repeated from last term',
  'does not fall to zero',
  'fits its own history',
  'is between 0 and 100',
  'can be read',
  'is filed once',
  'names a known district',
  'names a known term',
] as const;

export type Comparison = (typeof COMPARISONS)[number];
export type Check = (typeof CHECKS)[number];
export type Operator = Comparison | Check;

/** What to do where an operand has no figure, as DHIS2 names it. */
export const MISSING_VALUES = [
  'skip if any is missing',
  'skip if all are missing',
  'never skip',
] as const;
export type MissingValues = (typeof MISSING_VALUES)[number];

/** A rule is a row: it says what must hold. A finding is raised where it does not. */
export type Rule = {
  id: string;
  /** The forms whose returns are checked. */
  forms: readonly Form[];
  /** An expression over measures, `previous.`, `lastYear.` and `district.` figures; or measure ids for a check. */
  left: string;
  operator: Operator;
  right: string;
  /** How far the sides may differ, in the unit of the measures. */
  tolerance: number;
  severity: Severity;
  missingValues: MissingValues;
  /** Of one phase alone: `*` stands for its measures only, and no measure of another may be named. */
  phase?: Phase;
  firstTerm?: TermKey;
  lastTerm?: TermKey;
  /** Plain English: why it is raised. */
  wording: string;
  /** What often explains it, offered as choices. */
  knownCauses: string[];
};

export const appliesTo = (rule: Rule, form: Form, key: TermKey): boolean =>
  rule.forms.includes(form) && within(key, rule.firstTerm, rule.lastTerm);

export const isComparison = (operator: Operator): operator is Comparison =>
  (COMPARISONS as readonly string[]).includes(operator);

const OF_STRAYS: readonly Operator[] = ['names a known district', 'names a known term'];

/** Checks of items that are no return of ours: they have nothing to look at where all is well. */
export const isOfStrays = (operator: Operator): boolean => OF_STRAYS.includes(operator);

/** Checks of items as a whole, whatever answers they hold. */
export const isOfLists = (operator: Operator): boolean =>
  operator === 'is filed once' || isOfStrays(operator);

/** How a row says which forms it checks: one form, or several at once. */
export const FORM_CHOICES = [...FORMS, 'KPI and LAR', 'All'] as const;

export function formsOf(choice: (typeof FORM_CHOICES)[number]): readonly Form[] {
  if (choice === 'All') return FORMS;
  return choice === 'KPI and LAR' ? ['KPI', 'LAR'] : [choice];
}
