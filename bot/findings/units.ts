/**
 * What the figures of a rule are counted in, so that unlike things are never added or compared.
 *
 * - A count (also of a district, and a decimal such as full-time equivalents) and money are two
 *   dimensions. A percentage has neither, like every ratio of like things: both are shares.
 * - Added, subtracted or compared, two figures must be alike. A number written in the rule fits
 *   anything: `schoolCaseload + 5`, `targetsReviewed ≤ 100`.
 * - Multiplied or divided, dimensions go along: `slaTotal / schoolCaseload` is money ÷ count, a count
 *   divided by a count is a share, and a number written in the rule changes nothing: `… * 100`.
 *
 * Whether a share is meant as 0 to 1 or as 0 to 100 is left to whoever writes `* 100`.
 */
import type { Measure, Unit } from '../returns/measure.ts';
import type { Part } from './expression.ts';
import type { TextProblem } from './rule-problem.ts';

const BASES = ['count', 'money'] as const;
type Base = (typeof BASES)[number];

/** How often each is multiplied in; a number written in the rule has none and fits anything. */
export type Dimension = 'number' | Readonly<Record<Base, number>>;

const SHARE = { count: 0, money: 0 };

const DIMENSIONS: Record<Unit, Dimension> = {
  count: { ...SHARE, count: 1 },
  money: { ...SHARE, money: 1 },
  decimal: { ...SHARE, count: 1 },
  percentage: SHARE,
  'percentage of 1': SHARE,
};

/** The unit of a name: that of its measure, in whatever term; a district's figures are counts. */
export const unitOfName = (name: string, measures: readonly Measure[]): Unit => {
  const id = name.split('.').at(-1);
  if (name.startsWith('district.')) return 'count';
  return measures.find((m) => m.id === id)?.unit ?? 'decimal';
};

/** What a part is counted in, or where in it unlike things are added. */
export function dimensionOf(
  part: Part,
  text: string,
  unitOf: (name: string) => Unit,
): Dimension | TextProblem {
  if (part.op === 'number') return 'number';
  if (part.op === 'name') return DIMENSIONS[unitOf(part.name)];
  if (part.op === 'minus') return dimensionOf(part.of, text, unitOf);
  const left = dimensionOf(part.left, text, unitOf);
  if (isProblem(left)) return left;
  const right = dimensionOf(part.right, text, unitOf);
  if (isProblem(right)) return right;
  if (part.op === '*') return multiplied(left, right, 1);
  if (part.op === '/') return multiplied(left, right, -1);
  if (areAlike(left, right)) return left === 'number' ? right : left;
  const [one, other] = [textOf(part.left, text), textOf(part.right, text)];
  const verb = part.op === '+' ? 'added' : 'subtracted';
  const problem = `“${other}” is ${inWords(right)} and “${one}” ${inWords(left)}: they cannot be ${verb}`;
  return { problem, text: other, at: part.right.start };
}

/** Why two sides cannot be compared, told at the right one. */
export function unlikeSides(
  left: Dimension,
  right: Dimension,
  { root, text }: { root: Part; text: string },
): TextProblem | undefined {
  if (areAlike(left, right)) return undefined;
  const problem = `the left side is ${inWords(left)} and the right side ${inWords(right)}: they cannot be compared`;
  return { problem, text: textOf(root, text), at: root.start };
}

export const isProblem = (found: Dimension | TextProblem): found is TextProblem =>
  typeof found === 'object' && 'problem' in found;

const areAlike = (left: Dimension, right: Dimension): boolean =>
  left === 'number' || right === 'number' || BASES.every((base) => left[base] === right[base]);

function multiplied(left: Dimension, right: Dimension, sign: 1 | -1): Dimension {
  if (left === 'number' && right === 'number') return 'number';
  const [a, b] = [left, right].map((d) => (d === 'number' ? SHARE : d));
  const power = (base: Base) => (a?.[base] ?? 0) + sign * (b?.[base] ?? 0);
  return { count: power('count'), money: power('money') };
}

const textOf = ({ start, end }: Part, text: string): string => text.slice(start, end);

const SINGLE: Record<Base, string> = { count: 'a count', money: 'money' };

/** `a count`, `money`, `a share`, `money ÷ count`. */
function inWords(dimension: Dimension): string {
  if (dimension === 'number') return 'a number';
  const repeated = (sign: 1 | -1) =>
    BASES.flatMap((base) =>
      Array.from({ length: Math.max(0, sign * dimension[base]) }, () => base),
    );
  const [over, under] = [repeated(1), repeated(-1)];
  const [only] = over;
  if (over.length + under.length === 0) return 'a percentage or share';
  if (only && over.length === 1 && under.length === 0) return SINGLE[only];
  return [over.join(' × ') || '1', ...under].join(' ÷ ');
}

/** The unit in which what a side comes to is shown; `units` are those of all the rule's names. */
export function shownUnit(dimension: Dimension, units: readonly Unit[]): Unit {
  if (dimension === 'number') return 'decimal';
  if (areAlike(dimension, DIMENSIONS.money)) return 'money';
  const isShare = areAlike(dimension, SHARE);
  return isShare && units.some((unit) => unit.startsWith('percentage')) ? 'percentage' : 'decimal';
}
