import type { Answer } from '../returns/answer.ts';
import { isPercentage, showFigure, type Measure, type Unit } from '../returns/measure.ts';
import { askedIn, type Asked } from './asked.ts';
import { answerReader, figureReader, isUnread, type CheckedReturn } from './checked-return.ts';
import { figureMaker, type Expression, type FigureMaker } from './expression.ts';
import {
  describeOperand,
  findingOf,
  operandsInWords,
  PASS,
  raised,
  showOperand,
  unreadColumn,
  type DescribedOperand,
  type Operand,
  type Outcome,
} from './finding.ts';
import type { Comparison, Rule } from './rule.ts';

/** Reads an answer or figure from a return. */
type Reader = (checked: CheckedReturn) => Answer | undefined;

/** A side as it is worked out. */
type ReadySide = {
  expression: Expression;
  readers: readonly Reader[];
  /** NaN where a figure is missing. */
  worked: FigureMaker<CheckedReturn>;
  /** With 0 for what is missing. */
  workedFromZero: FigureMaker<CheckedReturn>;
};

/** A figure that a rule rests on. */
type Resting = { name: string; is: Operand['is']; read: Reader; asked: Asked };

/** A rule that compares, ready for any number of returns. */
export type ComparisonRule = {
  rule: Rule;
  operator: Comparison;
  left: ReadySide;
  right: ReadySide;
  /** Every figure that it rests on, those of the left side first. */
  restsOn: readonly Resting[];
  /** How they are called in a term, by the measures of the term. */
  describe: (measures: readonly Measure[]) => readonly DescribedOperand[];
  /** How what its sides come to is shown. */
  unit: Unit;
};

/** Makes a rule ready whose sides have been read and are alike. `measures` are those of all terms. */
export function readyComparison(
  rule: Rule,
  operator: Comparison,
  { left, right }: { left: Expression; right: Expression },
  unit: Unit,
  measures: readonly Measure[],
): ComparisonRule {
  const names = [...new Set([...left.names, ...right.names])];
  return {
    rule,
    operator,
    left: readySide(left),
    right: readySide(right),
    restsOn: names.map((name) => ({
      name,
      is: left.names.includes(name) ? 'tested' : 'compared with',
      read: answerReader(name),
      asked: askedIn(name, measures),
    })),
    describe: onceForEach((inTerm) => names.map((name) => describeOperand(name, inTerm))),
    unit,
  };
}

const readySide = (expression: Expression): ReadySide => ({
  expression,
  readers: expression.names.map(answerReader),
  worked: figureMaker(expression.root, figureReader),
  workedFromZero: figureMaker(expression.root, (name) => fromZero(figureReader(name))),
});

const fromZero =
  (read: FigureMaker<CheckedReturn>): FigureMaker<CheckedReturn> =>
  (checked) => {
    const figure = read(checked);
    return Number.isNaN(figure) ? 0 : figure;
  };

/** Remembers what was made of each: the returns of a term share their measures. */
function onceForEach<In extends object, Out>(make: (from: In) => Out): (from: In) => Out {
  const made = new WeakMap<In, Out>();
  return (from) => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };
}

/**
 * Compares the two sides of a rule on one return. Where every figure is given and it holds, which is
 * nearly always, nothing is made at all: a pass is the same for every return.
 */
export function compareSides(comparison: ComparisonRule, checked: CheckedReturn): Outcome {
  const { operator, left, right, rule } = comparison;
  if (checked.unread.length > 0) {
    const unread = comparison.restsOn.find(({ name }) => isUnread(name, checked));
    if (unread) return unreadColumn(unread.name);
  }
  if (operator === 'both or neither' || operator === 'not both') {
    return comparePresence(comparison, operator, checked);
  }
  const leftIs = left.worked(checked);
  const rightIs = right.worked(checked);
  if (!Number.isFinite(leftIs) || !Number.isFinite(rightIs)) {
    return compareWhatIsGiven(comparison, checked);
  }
  return compare(leftIs, operator, rightIs, rule.tolerance)
    ? PASS
    : raise(comparison, checked, { left: leftIs, right: rightIs });
}

function comparePresence(
  comparison: ComparisonRule,
  operator: 'both or neither' | 'not both',
  checked: CheckedReturn,
): Outcome {
  const left = isGiven(comparison.left, checked);
  const right = isGiven(comparison.right, checked);
  const unsure = left && right ? undefined : notJudged(comparison, checked);
  if (unsure) return unsure;
  const holds = operator === 'both or neither' ? left === right : !(left && right);
  return holds ? PASS : raise(comparison, checked);
}

function isGiven({ readers }: ReadySide, checked: CheckedReturn): boolean {
  for (const read of readers) {
    if (read(checked)?.kind !== 'number') return false;
  }
  return true;
}

/** Whether something is given cannot be said of what is unreadable, nor asked of what has a reason. */
function notJudged({ restsOn }: ComparisonRule, checked: CheckedReturn): Outcome | undefined {
  const without = restsOn.filter(({ read }) => read(checked)?.kind !== 'number');
  const explained = without.find(({ read }) => 'reason' in (read(checked) ?? {}));
  return (
    notAskedOrUnreadable(without, checked) ??
    (explained && { kind: 'skipped', reason: `${explained.name} is explained` })
  );
}

/** Whatever a rule says of missing values, nobody is blamed for what was not asked, nor let off for what cannot be read. */
function notAskedOrUnreadable(
  without: readonly Resting[],
  checked: CheckedReturn,
): Outcome | undefined {
  const { filed } = checked;
  let unread: string | undefined;
  for (const { name, asked, read } of without) {
    if (!asked(filed.form, filed)) return { kind: 'skipped', reason: `${name} was not asked` };
    if (read(checked)?.kind === 'unreadable') unread ??= name;
  }
  if (unread === undefined) return undefined;
  return { kind: 'could not run', reason: `${unread} could not be read`, because: 'an answer' };
}

/** Some figure is missing or unreadable, or a side gives no number. */
function compareWhatIsGiven(comparison: ComparisonRule, checked: CheckedReturn): Outcome {
  const { operator, rule, left, right } = comparison;
  const without: Resting[] = [];
  for (const one of comparison.restsOn) {
    if (one.read(checked)?.kind !== 'number') without.push(one);
  }
  const notJudged = notAskedOrUnreadable(without, checked);
  if (notJudged) return notJudged;
  const missing = without.map(({ name }) => name);
  if (isSkipped(comparison, missing)) {
    return { kind: 'skipped', reason: `no figure for ${missing.join(', ')}` };
  }
  const reached = { left: left.workedFromZero(checked), right: right.workedFromZero(checked) };
  if (!Number.isFinite(reached.left) || !Number.isFinite(reached.right)) return noNumber(reached);
  return compare(reached.left, operator, reached.right, rule.tolerance)
    ? PASS
    : raise(comparison, checked, reached);
}

/** What the two sides came to. */
type Reached = { left: number; right: number };

/** No figure is missing, so a side that gives no number divides by zero, or grows beyond all numbers. */
const noNumber = ({ left, right }: Reached): Outcome => ({
  kind: 'could not run',
  reason: Number.isNaN(left) || Number.isNaN(right) ? 'division by zero' : 'it gives no number',
  because: 'the rule',
});

/** Each side is judged on its own: a side that is skipped skips the rule. */
function isSkipped({ rule, left, right }: ComparisonRule, missing: readonly string[]): boolean {
  if (missing.length === 0 || rule.missingValues === 'never skip') return false;
  const isMissing = (name: string) => missing.includes(name);
  return [left, right].some(({ expression: { names } }) =>
    rule.missingValues === 'skip if any is missing'
      ? names.some(isMissing)
      : names.length > 0 && names.every(isMissing),
  );
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

function raise(comparison: ComparisonRule, checked: CheckedReturn, reached?: Reached): Outcome {
  const { rule, restsOn } = comparison;
  const described = comparison.describe(checked.measures);
  const operands = restsOn.map(({ name, is, read }, i) => {
    const answer = read(checked);
    const value = answer?.kind === 'number' ? answer.value : null;
    return showOperand(name, value, is, described[i]);
  });
  const compared = reached && comparedInWords(comparison, reached);
  const finding = findingOf(rule, checked.filed, operands, {
    says: `${operandsInWords(operands)}.`,
    measures: restsOn.map(({ name }) => name).filter((name) => !name.includes('.')),
    ...(compared === undefined ? {} : { compared }),
  });
  return raised(finding);
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
  const [one, other, areAsShown] = showApart(reached, unit);
  const areNames = left.expression.root.op === 'name' && right.expression.root.op === 'name';
  if (areNames && areAsShown) return undefined;
  const sides = `${one} ${SHOULD[operator]} ${other}`;
  return rule.tolerance === 0 ? sides : `${sides} (within ${toleranceInWords(rule, unit)})`;
}

/** Beyond this two sides differ by rounding alone. */
const MOST_DECIMALS = 9;

/** Two figures with as many decimals as tell them apart, and whether that is as they are shown elsewhere. */
function showApart(
  { left, right }: Reached,
  unit: Unit,
): [left: string, right: string, areAsShown: boolean] {
  const usual = [left, right].map((figure) => showFigure(figure, unit));
  if (usual[0] !== usual[1] || Math.abs(left - right) <= ROUNDING) {
    return [usual[0] ?? '', usual[1] ?? '', true];
  }
  let decimals = 3;
  while (
    decimals < MOST_DECIMALS &&
    showFigure(left, unit, decimals) === showFigure(right, unit, decimals)
  ) {
    decimals += 1;
  }
  return [showFigure(left, unit, decimals), showFigure(right, unit, decimals), false];
}

/** A percentage may be a number of points off. */
function toleranceInWords({ tolerance }: Rule, unit: Unit): string {
  if (!isPercentage(unit)) return showFigure(tolerance, unit, MOST_DECIMALS);
  const points = showFigure(tolerance, 'decimal', MOST_DECIMALS);
  return `${points} ${tolerance === 1 ? 'point' : 'points'}`;
}
