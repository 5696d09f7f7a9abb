import type { Answer } from '../returns/answer.ts';
import { isUnread, lookUp, type CheckedReturn } from './checked-return.ts';
import type { Expression } from './expression.ts';
import {
  findingOf,
  operandOf,
  operandsInWords,
  raised,
  unreadColumn,
  type Outcome,
} from './finding.ts';
import type { Comparison, Rule } from './rule.ts';

export type ComparisonRule = {
  rule: Rule;
  operator: Comparison;
  left: Expression;
  right: Expression;
};

type Operand = { name: string; answer: Answer | undefined };

/** Compares the two sides of a rule on one return. */
export function compareSides(comparison: ComparisonRule, checked: CheckedReturn): Outcome {
  const names = namesOf(comparison);
  const unread = names.find((name) => isUnread(name, checked));
  if (unread) return unreadColumn(unread);
  const operands = names.map((name) => ({ name, answer: lookUp(name, checked) }));
  const unreadable = operands.find(({ answer }) => answer?.kind === 'unreadable');
  if (unreadable) {
    const reason = `${unreadable.name} could not be read`;
    return { kind: 'could not run', reason, because: 'an answer' };
  }
  return isPresence(comparison.operator)
    ? comparePresence(comparison, operands, checked)
    : compareFigures(comparison, operands, checked);
}

const namesOf = ({ left, right }: ComparisonRule): string[] => [
  ...new Set([...left.names, ...right.names]),
];

const isPresence = (operator: Comparison) =>
  operator === 'both or neither' || operator === 'not both';

function comparePresence(
  comparison: ComparisonRule,
  operands: readonly Operand[],
  checked: CheckedReturn,
): Outcome {
  const reasoned = operands.find(({ answer }) => answer !== undefined && 'reason' in answer);
  if (reasoned) return { kind: 'skipped', reason: `${reasoned.name} is explained` };
  const given = ({ names }: Expression) =>
    names.every((name) => operands.find((o) => o.name === name)?.answer?.kind === 'number');
  const left = given(comparison.left);
  const right = given(comparison.right);
  const holds = comparison.operator === 'both or neither' ? left === right : !(left && right);
  return holds ? { kind: 'pass' } : raise(comparison, operands, checked);
}

function compareFigures(
  comparison: ComparisonRule,
  operands: readonly Operand[],
  checked: CheckedReturn,
): Outcome {
  const missing = operands.filter(({ answer }) => answer?.kind !== 'number').map((o) => o.name);
  const skip = skipReason(comparison, missing);
  if (skip) return { kind: 'skipped', reason: skip };
  const figures = Object.fromEntries(
    operands.map(({ name, answer }) => [name, answer?.kind === 'number' ? answer.value : 0]),
  );
  try {
    const left = comparison.left.evaluate(figures);
    const right = comparison.right.evaluate(figures);
    const holds = compare(left, comparison.operator, right, comparison.rule.tolerance);
    return holds ? { kind: 'pass' } : raise(comparison, operands, checked);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error.message.split('\n')[0] ?? 'unknown';
    return { kind: 'could not run', reason, because: 'the rule' };
  }
}

/** Each side is judged on its own: a side that is skipped skips the rule. */
function skipReason(
  { rule, left, right }: ComparisonRule,
  missing: readonly string[],
): string | undefined {
  if (missing.length === 0 || rule.missingValues === 'never skip') return undefined;
  const isMissing = (name: string) => missing.includes(name);
  const skips = [left, right].some(({ names }) =>
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

function raise(
  { rule, left, right }: ComparisonRule,
  operands: readonly Operand[],
  checked: CheckedReturn,
): Outcome {
  const values = operands.map(({ name, answer }) =>
    operandOf(
      name,
      answer?.kind === 'number' ? answer.value : null,
      left.names.includes(name) ? 'tested' : 'compared with',
      checked.measures,
    ),
  );
  const message = `${operandsInWords(values)}. ${rule.wording}`;
  const own = [...left.names, ...right.names].filter((name) => !name.includes('.'));
  const says = { message, measures: [...new Set(own)] };
  return raised(findingOf(rule, checked.filed, values, says));
}
