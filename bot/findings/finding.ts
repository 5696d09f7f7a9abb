import type { Phase } from '../directory/directory.ts';
import type { Form, Measure } from '../returns/measure.ts';
import { showFigure } from '../returns/measure.ts';
import { DISTRICT_FIGURES } from './checked-return.ts';
import type { Rule, Severity } from './rule.ts';

/** A value that a finding rests on: a figure, a piece of text, or nothing given. */
export type OperandValue = number | string | null;

/** One of the values that a finding rests on, as it is shown. */
export type Operand = {
  /** As rules name it: `schoolCaseload`, `previous.schoolCaseload`, `district.primarySchools`, `usual`. */
  name: string;
  /** As people read it: `School caseload last term`. */
  label: string;
  value: OperandValue;
  /** As people read the value: `84%`, `not given`. */
  shown: string;
  /** Whether it is doubted, or what it was held against. */
  is: 'tested' | 'compared with';
};

/** Something that cannot be right, or is unusual enough to need a word. */
export type Finding = {
  /** Rule, district, term, form and operand values: the same values give the same id. */
  id: string;
  rule: string;
  severity: Severity;
  /** Of a rule of one phase alone. */
  phase?: Phase;
  form: Form;
  district: string;
  year: string;
  term: number;
  /** Every value that it rests on, those that are tested first. */
  operands: readonly Operand[];
  /** What the two sides came to, where a side is more than one value: `70 should equal 80 (within 1)`. */
  compared?: string;
  /** Plain English: every operand with its value, and why it was raised. */
  message: string;
  knownCauses: readonly string[];
  /** The return's own measures among the operands: the questions that a correction opens. */
  measures: readonly string[];
};

/** Every kind of outcome. The last two never count as passes. */
export const OUTCOMES = ['pass', 'error', 'query', 'skipped', 'could not run'] as const;

/** What came of one rule on one return. An error or a query is raised, as the rule's severity says. */
export type Outcome =
  | { kind: 'pass' }
  | { kind: 'error'; finding: Finding }
  | { kind: 'query'; finding: Finding }
  | { kind: 'skipped'; reason: string }
  | CouldNotRun;

/** The outcome of a rule that holds: the same for all. */
export const PASS: Outcome = { kind: 'pass' };

/** The outcome of a rule that does not hold. */
export const raised = (finding: Finding): Outcome => ({ kind: finding.severity, finding });

/** Why a rule was not judged: an answer that is no number, a column that is gone, or the rule itself. */
type CouldNotRun = {
  kind: 'could not run';
  reason: string;
  because: 'an answer' | 'a column' | 'the rule';
  /** The one answer that could not be looked at, where a rule looks at each alone. */
  measure?: string;
};

/** The outcome where the column of an answer is gone or cannot be read. */
export const unreadColumn = (name: string, measure?: string): CouldNotRun => ({
  kind: 'could not run',
  reason: `the column of ${name} cannot be read`,
  because: 'a column',
  ...(measure === undefined ? {} : { measure }),
});

type FindingOf = {
  form: Form;
  district: string;
  year: string;
  term: number;
  part?: string | undefined;
};

type Says = { message: string; measures: readonly string[]; compared?: string };

/** The values of a finding by the names that rules have for them. */
export const valuesOf = (operands: readonly Operand[]): Record<string, OperandValue> =>
  Object.fromEntries(operands.map(({ name, value }) => [name, value]));

/** Makes the finding of a rule on a return. */
export function findingOf(
  rule: Rule,
  on: FindingOf,
  operands: readonly Operand[],
  says: Says,
): Finding {
  const { form, district, year, term } = on;
  const values = Object.entries(valuesOf(operands)).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [rule.id, district, year, term, form, on.part ?? '', JSON.stringify(values)];
  return {
    id: parts.join('|'),
    rule: rule.id,
    severity: rule.severity,
    ...(rule.phase === undefined ? {} : { phase: rule.phase }),
    form,
    district,
    year,
    term,
    operands,
    ...(says.compared === undefined ? {} : { compared: says.compared }),
    message: says.message,
    knownCauses: rule.knownCauses,
    measures: says.measures,
  };
}

/** How a person reads the name of an operand: `School caseload last term`. */
function operandLabel(name: string, measures: readonly Measure[]): string {
  const [scope, inner] = name.split('.');
  if (!inner) return measures.find((m) => m.id === name)?.question ?? name;
  const question = measures.find((m) => m.id === inner)?.question ?? inner;
  if (scope === 'previous') return `${question} last term`;
  if (scope === 'lastYear') return `${question} in the same term last year`;
  return DISTRICT_FIGURES.get(name)?.label ?? inner;
}

/** How a person reads its value: `84%`, `not given`. */
function operandValue(name: string, value: OperandValue, measures: readonly Measure[]): string {
  if (value === null) return 'not given';
  if (typeof value === 'string') return `“${value}”`;
  const id = name.split('.').at(-1);
  return showFigure(value, measures.find((m) => m.id === id)?.unit ?? 'decimal');
}

/** A value as it is shown, named as rules name it. */
export const operandOf = (
  name: string,
  value: OperandValue,
  is: Operand['is'],
  measures: readonly Measure[],
): Operand => ({
  name,
  label: operandLabel(name, measures),
  value,
  shown: operandValue(name, value, measures),
  is,
});

/** `“Actively supported, schools” is 212 and “School caseload” is 189`. */
export function operandsInWords(operands: readonly Operand[]): string {
  const parts = operands.map(({ label, shown }) => `“${label}” is ${shown}`);
  const last = parts.pop() ?? '';
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}
