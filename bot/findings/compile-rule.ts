import type { Phase } from '../directory/directory.ts';
import type { Measure } from '../returns/measure.ts';
import { compare, readyComparison, type ComparisonRule } from './comparison.ts';
import { DISTRICT_FIGURES } from './checked-return.ts';
import { readExpression, type Expression, type NamePart } from './expression.ts';
import { nearestName } from './nearest-name.ts';
import { checksNothing, outOfReach } from './reach.ts';
import type { RuleProblem, Side, TextProblem } from './rule-problem.ts';
import { isComparison, type Comparison, type Rule } from './rule.ts';
import { presenceWithoutSense, withoutSense, zeroDivisor } from './sense.ts';
import {
  dimensionOf,
  isProblem,
  shownUnit,
  unitOfName,
  unlikeSides,
  type Dimension,
} from './units.ts';

type ReadSide = { expression: Expression; dimension: Dimension };

/** Makes a comparison ready to run, or says why it cannot be used, and where in its text. */
export function compileRule(
  rule: Rule,
  measures: readonly Measure[],
): ComparisonRule | RuleProblem {
  const { operator } = rule;
  if (!isComparison(operator)) return { rule: rule.id, problem: `${operator} has no two sides` };
  const left = readSide(rule, 'left side', rule.left, measures);
  if ('problem' in left) return left;
  const right = readSide(rule, 'right side', rule.right, measures);
  if ('problem' in right) return right;
  const sides = { left: left.expression, right: right.expression };
  const problem =
    outOfReach(rule, sides, measures) ??
    unlike(rule, operator, left, right) ??
    senselessness(rule, operator, sides);
  if (problem) return problem;
  const asked = askedBy(rule, measures);
  const units = [...sides.left.names, ...sides.right.names].map((n) => unitOfName(n, asked));
  /** A side that is only a number is shown as the other is. */
  const dimension = left.dimension === 'number' ? right.dimension : left.dimension;
  return readyComparison(rule, operator, sides, shownUnit(dimension, units), measures);
}

function readSide(
  rule: Rule,
  side: Side,
  text: string,
  measures: readonly Measure[],
): ReadSide | RuleProblem {
  const wrong = (problem: TextProblem): RuleProblem => ({ rule: rule.id, side, ...problem });
  if (text.trim() === '') return { rule: rule.id, side, problem: 'it is empty' };
  const read = readExpression(text);
  if (!read.ok) {
    const { problem, text, at } = read;
    return wrong({ problem, text, at });
  }
  const { expression } = read;
  const unknown = firstUnknown(expression.named, rule, measures);
  if (unknown) return wrong(unknown);
  const asked = askedBy(rule, measures);
  const dimension = dimensionOf(expression.root, text, (name) => unitOfName(name, asked));
  if (isProblem(dimension)) return wrong(dimension);
  const zero = zeroDivisor(expression.root, text);
  return zero ? wrong(zero) : { expression, dimension };
}

/** The measures of the forms that a rule checks: of another form the same id may be another figure. */
const askedBy = ({ forms }: Rule, measures: readonly Measure[]): Measure[] =>
  measures.filter(({ form }) => forms.includes(form));

function unlike(
  rule: Rule,
  operator: Comparison,
  left: ReadSide,
  right: ReadSide,
): RuleProblem | undefined {
  if (operator === 'both or neither' || operator === 'not both') return undefined;
  const problem = unlikeSides(left.dimension, right.dimension, right.expression);
  return problem && { rule: rule.id, side: 'right side', ...problem };
}

function senselessness(
  rule: Rule,
  operator: Comparison,
  sides: { left: Expression; right: Expression },
): RuleProblem | undefined {
  const problem =
    operator === 'both or neither' || operator === 'not both'
      ? presenceWithoutSense(operator, sides)
      : withoutSense(operator, sides, (difference, sign) =>
          compare(difference, sign, 0, rule.tolerance),
        );
  return problem === undefined ? undefined : { rule: rule.id, problem };
}

/** The measures that a check of each answer names, with their places: `*` is all of them. */
function namedInCheck(text: string): NamePart[] {
  return [...text.matchAll(/[^\s,]+/g)]
    .filter(([name]) => name !== '*')
    .map(({ 0: name, index }) => ({ op: 'name', name, start: index, end: index + name.length }));
}

/** Why a check of each answer cannot be used, if it cannot. */
export function checkProblem(rule: Rule, measures: readonly Measure[]): RuleProblem | undefined {
  const named = namedInCheck(rule.left);
  const problem =
    firstUnknown(named, rule, measures, { onlyMeasures: true }) ??
    checksNothing(rule, named, measures);
  return problem && { rule: rule.id, side: 'left side', ...problem };
}

function firstUnknown(
  named: readonly NamePart[],
  rule: Rule,
  measures: readonly Measure[],
  { onlyMeasures = false } = {},
): TextProblem | undefined {
  for (const { name, start: at } of named) {
    const why = whyUnknown(name, rule, measures, onlyMeasures);
    if (why) return { problem: `“${name}” ${why}`, text: name, at };
  }
  return undefined;
}

/** Why a rule may not use a name, with the remedy. */
function whyUnknown(
  name: string,
  rule: Rule,
  measures: readonly Measure[],
  onlyMeasures: boolean,
): string | undefined {
  const [scope, inner] = name.split('.');
  if (inner !== undefined && onlyMeasures)
    return 'is no measure: a check names measures, or * for all';
  if (inner !== undefined && scope === 'district') return whyNoDistrictFigure(name, rule);
  const id = inner ?? name;
  const rows = measures.filter((m) => m.id === id);
  if (rows.length === 0) return `is no measure or figure${meant(id, rule, measures)}`;
  const asked = rows.filter((m) => rule.forms.includes(m.form));
  if (asked.length === 0)
    return `is asked in ${formsIn(rows)}, and the rule checks ${rule.forms.join(', ')}`;
  const phases = asked.map(({ phase }) => phase);
  return whyOtherPhase(phases, rule);
}

function whyNoDistrictFigure(name: string, rule: Rule): string | undefined {
  const figure = DISTRICT_FIGURES.get(name);
  if (figure) return whyOtherPhase([figure.phase], rule);
  return `is no figure of a district: there are ${[...DISTRICT_FIGURES.keys()].join(', ')}`;
}

function whyOtherPhase(
  phases: readonly (Phase | undefined)[],
  { phase }: Rule,
): string | undefined {
  if (!phase || phases.some((p) => p === undefined || p === phase)) return undefined;
  return `is of the phase ${phases[0]}, and the rule of ${phase}: name another, or empty the rule’s phase`;
}

function meant(id: string, rule: Rule, measures: readonly Measure[]): string {
  const ids = measures.filter((m) => rule.forms.includes(m.form)).map((m) => m.id);
  const near = nearestName(id, ids);
  return near === undefined ? '' : ` (perhaps “${near}” is meant)`;
}

const formsIn = (rows: readonly Measure[]): string =>
  [...new Set(rows.map(({ form }) => form))].join(', ');
