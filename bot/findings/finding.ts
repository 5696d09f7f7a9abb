import type { Phase } from '../directory/directory.ts';
import type { Form, Measure, Unit } from '../returns/measure.ts';
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
  /** What it is about, without the values: the same of two findings where one made way for the other. */
  question: string;
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
  /** What was found, in a sentence: `“School caseload” is 189.` */
  says: string;
  /** Whether that says more than the values do, as how a cell reads: it is shown beside them then. */
  saysMore: boolean;
  /** What the two sides came to, where a side is more than one value: `70 should equal 80 (within 1)`. */
  compared?: string;
  /** Plain English: why it was raised, as its rule words it. */
  why: string;
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

/** What a rule says of a finding beside its values. */
export type Says = Pick<Finding, 'says' | 'compared' | 'measures'> & {
  saysMore?: boolean;
  /** The operands that make its identity: all, where some are not left out as worked out from other terms. */
  identity?: readonly Operand[];
};

/** The values of a finding by the names that rules have for them. */
export const valuesOf = (operands: readonly Operand[]): Record<string, OperandValue> =>
  Object.fromEntries(operands.map(({ name, value }) => [name, value]));

const byName = ([a]: readonly [string, OperandValue], [b]: readonly [string, OperandValue]) =>
  a < b ? -1 : 1;

/** Rule, district, term, form, and the part of the form: `caseload|Dover|2026-27|1|KPI|`. */
export const questionOf = (
  rule: string,
  { district, year, term, form, part = '' }: FindingOf,
): string => `${rule}|${district}|${year}|${term}|${form}|${part}`;

/** Makes the finding of a rule on a return. */
export function findingOf(
  rule: Rule,
  on: FindingOf,
  operands: readonly Operand[],
  says: Says,
): Finding {
  const { form, district, year, term } = on;
  const identity = says.identity ?? operands;
  const values = identity.map(({ name, value }) => [name, value] as const).sort(byName);
  const question = questionOf(rule.id, on);
  return {
    id: `${question}|${JSON.stringify(values)}`,
    question,
    rule: rule.id,
    severity: rule.severity,
    ...(rule.phase === undefined ? {} : { phase: rule.phase }),
    form,
    district,
    year,
    term,
    operands,
    says: says.says,
    saysMore: says.saysMore ?? false,
    ...(says.compared === undefined ? {} : { compared: says.compared }),
    why: rule.wording,
    knownCauses: rule.knownCauses,
    measures: says.measures,
  };
}

/** What was found and, where a side is more than one value, what the sides came to. */
export const foundInWords = ({ says, compared }: Finding): string =>
  compared === undefined ? says : `${says} ${compared}.`;

/** Plain English: every value, what it was compared with, and why the finding was raised. */
export const messageOf = (finding: Finding): string =>
  [foundInWords(finding), finding.why].filter((part) => part !== '').join(' ');

/** How people read an operand: its name as `School caseload last term`, and its value in its unit. */
export type DescribedOperand = { label: string; unit: Unit };

/** Describes an operand by the measures of the return's term. */
export function describeOperand(name: string, measures: readonly Measure[]): DescribedOperand {
  const [scope, inner] = name.split('.');
  const figure = DISTRICT_FIGURES.get(name);
  if (figure) return { label: figure.label, unit: 'count' };
  const measure = measures.find((m) => m.id === (inner ?? name));
  const question = measure?.question ?? inner ?? name;
  const when = inner === undefined ? '' : (WHEN[scope ?? ''] ?? '');
  return { label: `${question}${when}`, unit: measure?.unit ?? 'decimal' };
}

const WHEN: Record<string, string> = {
  previous: ' last term',
  lastYear: ' in the same term last year',
};

/** A value as it is shown: `84%`, `not given`. */
export const showOperand = (
  name: string,
  value: OperandValue,
  is: Operand['is'],
  { label, unit }: DescribedOperand = { label: name, unit: 'decimal' },
): Operand => ({ name, label, value, shown: shownValue(value, unit), is });

function shownValue(value: OperandValue, unit: Unit): string {
  if (value === null) return 'not given';
  return typeof value === 'string' ? `“${value}”` : showFigure(value, unit);
}

/** A value as it is shown, named as rules name it. */
export const operandOf = (
  name: string,
  value: OperandValue,
  is: Operand['is'],
  measures: readonly Measure[],
): Operand => showOperand(name, value, is, describeOperand(name, measures));

/** `“Actively supported, schools” is 212 and “School caseload” is 189`. */
export function operandsInWords(operands: readonly Operand[]): string {
  const parts = operands.map(({ label, shown }) => `“${label}” is ${shown}`);
  const last = parts.pop() ?? '';
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}
