import type { Answer } from '../returns/answer.ts';
import { isPercentage, showFigure, type Unit } from '../returns/measure.ts';
import { figureReader, isUnread, lookUp, type CheckedReturn } from './checked-return.ts';
import { figureMaker, type Expression, type FigureMaker } from './expression.ts';
import {
  findingOf,
  operandOf,
  operandsInWords,
  PASS,
  raised,
  unreadColumn,
  type Outcome,
} from './finding.ts';
import type { Comparison, Rule } from './rule.ts';

/** A side as it is worked out. */
type ReadySide = {
  expression: Expression;
  /** From a return, as fast as may be: NaN where a figure is missing. */
  onReturn: FigureMaker<CheckedReturn>;
  /** From figures by name. */
  onFigures: FigureMaker<Figures>;
};

/** A rule that compares, ready for any number of returns. */
export type ComparisonRule = {
  rule: Rule;
  operator: Comparison;
  left: ReadySide;
  right: ReadySide;
  /** Every figure that it rests on, those of the left side first. */
  names: readonly string[];
  /** How what its sides come to is shown. */
  unit: Unit;
};

type Figures = ReadonlyMap<string, number>;
type Operand = { name: string; answer: Answer | undefined };

/** Makes a rule ready whose sides have been read and are alike. */
export function readyComparison(
  rule: Rule,
  operator: Comparison,
  sides: { left: Expression; right: Expression },
  unit: Unit,
): ComparisonRule {
  return {
    rule,
    operator,
    left: readySide(sides.left),
    right: readySide(sides.right),
    names: [...new Set([...sides.left.names, ...sides.right.names])],
    unit,
  };
}

const readySide = (expression: Expression): ReadySide => ({
  expression,
  onReturn: figureMaker(expression.root, figureReader),
  onFigures: figureMaker(
    expression.root,
    (name) => (figures: Figures) => figures.get(name) ?? Number.NaN,
  ),
});

/**
 * Compares the two sides of a rule on one return. Where every figure is given, which is nearly always,
 * nothing is made but the outcome, and a pass is the same for all.
 */
export function compareSides(comparison: ComparisonRule, checked: CheckedReturn): Outcome {
  const { operator, left, right, rule } = comparison;
  if (checked.unread.length > 0) {
    const unread = comparison.names.find((name) => isUnread(name, checked));
    if (unread) return unreadColumn(unread);
  }
  if (isPresence(operator)) return compareAnswers(comparison, checked);
  const leftIs = left.onReturn(checked);
  const rightIs = right.onReturn(checked);
  if (!Number.isFinite(leftIs) || !Number.isFinite(rightIs)) {
    return compareAnswers(comparison, checked);
  }
  return compare(leftIs, operator, rightIs, rule.tolerance)
    ? PASS
    : raise(comparison, operandsOf(comparison, checked), checked, { left: leftIs, right: rightIs });
}

const isPresence = (operator: Comparison) =>
  operator === 'both or neither' || operator === 'not both';

const operandsOf = ({ names }: ComparisonRule, checked: CheckedReturn): Operand[] =>
  names.map((name) => ({ name, answer: lookUp(name, checked) }));

/** Compares answer by answer: some may be missing or unreadable. */
function compareAnswers(comparison: ComparisonRule, checked: CheckedReturn): Outcome {
  const operands = operandsOf(comparison, checked);
  const unreadable = operands.find(({ answer }) => answer?.kind === 'unreadable');
  if (unreadable) {
    const reason = `${unreadable.name} could not be read`;
    return { kind: 'could not run', reason, because: 'an answer' };
  }
  return isPresence(comparison.operator)
    ? comparePresence(comparison, operands, checked)
    : compareFigures(comparison, operands, checked);
}

function comparePresence(
  comparison: ComparisonRule,
  operands: readonly Operand[],
  checked: CheckedReturn,
): Outcome {
  const reasoned = operands.find(({ answer }) => answer !== undefined && 'reason' in answer);
  if (reasoned) return { kind: 'skipped', reason: `${reasoned.name} is explained` };
  const given = ({ expression }: ReadySide) =>
    expression.names.every(
      (name) => operands.find((o) => o.name === name)?.answer?.kind === 'number',
    );
  const left = given(comparison.left);
  const right = given(comparison.right);
  const holds = comparison.operator === 'both or neither' ? left === right : !(left && right);
  return holds ? PASS : raise(comparison, operands, checked);
}

function compareFigures(
  comparison: ComparisonRule,
  operands: readonly Operand[],
  checked: CheckedReturn,
): Outcome {
  const missing = operands.filter(({ answer }) => answer?.kind !== 'number').map((o) => o.name);
  const skip = skipReason(comparison, missing);
  if (skip) return { kind: 'skipped', reason: skip };
  const figures = new Map(
    operands.map(({ name, answer }) => [name, answer?.kind === 'number' ? answer.value : 0]),
  );
  const left = comparison.left.onFigures(figures);
  const right = comparison.right.onFigures(figures);
  if (!Number.isFinite(left) || !Number.isFinite(right)) return noNumber(left, right);
  return compare(left, comparison.operator, right, comparison.rule.tolerance)
    ? PASS
    : raise(comparison, operands, checked, { left, right });
}

/** No figure is missing, so a side that gives none divides by zero, or grows beyond all numbers. */
const noNumber = (left: number, right: number): Outcome => ({
  kind: 'could not run',
  reason: Number.isNaN(left) || Number.isNaN(right) ? 'division by zero' : 'it gives no number',
  because: 'the rule',
});

/** Each side is judged on its own: a side that is skipped skips the rule. */
function skipReason(
  { rule, left, right }: ComparisonRule,
  missing: readonly string[],
): string | undefined {
  if (missing.length === 0 || rule.missingValues === 'never skip') return undefined;
  const isMissing = (name: string) => missing.includes(name);
  const skips = [left, right].some(({ expression: { names } }) =>
    rule.missingValues === 'skip if any is missing'
      ? names.some(isMissing)
      : names.length > 0 && names.every(isMissing),
  );
  return skips ? `no figure for ${missing.join(', ')}` : undefined;
}

/** Differences far below any tolerance a person writes are rounding, not contradictions. */
const ROUNDING = 1e-9;

/** Whether `left operator right` holds, with both sides allowed to differ by the tolerance. */
export function compare(left: number, operator: Comparison, right: number, tolerance: number) {
  const slack = tolerance + ROUNDING;
  switch (operator) {
    case '=':
      return Math.abs(left - right) <= slack;
    case '≠':
      return Math.abs(left - right) > slack;
    case '≤':
      return left <= right + slack;
    case '≥':
      return left >= right - slack;
    case '<':
      return left < right + tolerance - ROUNDING;
    case '>':
      return left > right - tolerance + ROUNDING;
    case 'both or neither':
    case 'not both':
      throw new Error(`${operator} does not compare figures`);
  }
}

type Reached = { left: number; right: number };

function raise(
  comparison: ComparisonRule,
  operands: readonly Operand[],
  checked: CheckedReturn,
  reached?: Reached,
): Outcome {
  const { rule, left, names } = comparison;
  const values = operands.map(({ name, answer }) =>
    operandOf(
      name,
      answer?.kind === 'number' ? answer.value : null,
      left.expression.names.includes(name) ? 'tested' : 'compared with',
      checked.measures,
    ),
  );
  const message = `${operandsInWords(values)}. ${rule.wording}`;
  const measures = names.filter((name) => !name.includes('.'));
  const compared = reached && comparedInWords(comparison, reached);
  const says = { message, measures, ...(compared === undefined ? {} : { compared }) };
  return raised(findingOf(rule, checked.filed, values, says));
}

const SHOULD: Record<Comparison, string> = {
  '=': 'should equal',
  '≠': 'should not equal',
  '>': 'should be above',
  '≥': 'should be at least',
  '<': 'should be below',
  '≤': 'should be at most',
  'both or neither': '',
  'not both': '',
};

/** `70 should equal 80 (within 1)`, unless each side is a figure that is shown already. */
function comparedInWords(
  { rule, operator, left, right, unit }: ComparisonRule,
  reached: Reached,
): string | undefined {
  if (left.expression.root.op === 'name' && right.expression.root.op === 'name') return undefined;
  const sides = `${showFigure(reached.left, unit)} ${SHOULD[operator]} ${showFigure(reached.right, unit)}`;
  return rule.tolerance === 0 ? sides : `${sides} (within ${toleranceInWords(rule, unit)})`;
}

/** A percentage may be a number of points off. */
function toleranceInWords({ tolerance }: Rule, unit: Unit): string {
  if (!isPercentage(unit)) return showFigure(tolerance, unit);
  return `${showFigure(tolerance, 'decimal')} ${tolerance === 1 ? 'point' : 'points'}`;
}
