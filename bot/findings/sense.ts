/**
 * Whether a rule can be true at all, and whether it can be broken. No figure is below zero (an answer
 * below zero is unreadable), and any figure may be as large as it likes.
 *
 * The left side less the right is written as a sum: a number, and so many times each name. What is
 * no plain sum (a figure times or over another) counts as one more name, which lies somewhere in an
 * interval worked out from its parts. From that follows the interval in which the difference lies; it
 * may be wider than it is in truth, and never narrower, so that nothing sensible is ever left out.
 */
import type { Comparison } from './rule.ts';
import type { Expression, Part } from './expression.ts';
import type { TextProblem } from './rule-problem.ts';

/** From `low` to `high`; either may be infinite. */
type Interval = { low: number; high: number };

type Summand = { times: number; interval: Interval };

/** A number, and so many times each thing by its text. */
type Sum = { number: number; of: ReadonlyMap<string, Summand> };

const ANY_FIGURE: Interval = { low: 0, high: Infinity };
const ANYTHING: Interval = { low: -Infinity, high: Infinity };

/** Whether `difference operator 0` holds, as the comparison judges it. */
type Holds = (difference: number, operator: '≤' | '≥' | '<' | '>') => boolean;

/** Why a comparison of figures says nothing, or undefined where it may hold and may not. */
export function withoutSense(
  operator: Exclude<Comparison, 'both or neither' | 'not both'>,
  { left, right }: { left: Expression; right: Expression },
  holds: Holds,
): string | undefined {
  if (left.names.length + right.names.length === 0) {
    return 'both sides are only numbers: one has to name a measure';
  }
  const difference = intervalOf(plus(sumOf(left.root), sumOf(right.root), -1));
  if (isAlways(operator, difference, holds))
    return `it is always true${WHATEVER}, so it would find nothing`;
  if (isNever(operator, difference, holds)) {
    return `it can never be true${WHATEVER}, so it would be raised on every return`;
  }
  return undefined;
}

const WHATEVER = ' whatever the figures are (none is below zero)';

/** Why a question of which sides are given says nothing. */
export function presenceWithoutSense(
  operator: 'both or neither' | 'not both',
  { left, right }: { left: Expression; right: Expression },
): string | undefined {
  if (left.names.length === 0 || right.names.length === 0) {
    return `each side of “${operator}” has to name a measure`;
  }
  const same = left.names.toSorted().join() === right.names.toSorted().join();
  if (!same) return undefined;
  return operator === 'both or neither'
    ? 'it is always true, because both sides name the same figures'
    : 'both sides name the same figures, so it would be raised wherever they are given';
}

/** Where a side divides by what is zero whatever the figures are. */
export function zeroDivisor(part: Part, text: string): TextProblem | undefined {
  if (part.op === 'number' || part.op === 'name') return undefined;
  if (part.op === 'minus') return zeroDivisor(part.of, text);
  const within = zeroDivisor(part.left, text) ?? zeroDivisor(part.right, text);
  if (within || part.op !== '/') return within;
  const { low, high } = intervalOf(sumOf(part.right));
  if (low !== 0 || high !== 0) return undefined;
  const divisor = text.slice(part.right.start, part.right.end);
  return {
    problem: `“${divisor}” is zero, and nothing can be divided by it`,
    text: divisor,
    at: part.right.start,
  };
}

function isAlways(operator: string, { low, high }: Interval, holds: Holds): boolean {
  switch (operator) {
    case '=':
      return holds(high, '≤') && holds(low, '≥');
    case '≠':
      return !holds(low, '≤') || !holds(high, '≥');
    case '≤':
    case '<':
      return holds(high, operator);
    case '≥':
    case '>':
      return holds(low, operator);
    default:
      return false;
  }
}

function isNever(operator: string, { low, high }: Interval, holds: Holds): boolean {
  switch (operator) {
    case '=':
      return isAlways('≠', { low, high }, holds);
    case '≠':
      return isAlways('=', { low, high }, holds);
    case '≤':
    case '<':
      return !holds(low, operator);
    case '≥':
    case '>':
      return !holds(high, operator);
    default:
      return false;
  }
}

function sumOf(part: Part): Sum {
  if (part.op === 'number') return { number: part.value, of: new Map() };
  if (part.op === 'name') return single(part.name, ANY_FIGURE);
  if (part.op === 'minus') return scaled(sumOf(part.of), -1);
  const [left, right] = [sumOf(part.left), sumOf(part.right)];
  if (part.op === '+') return plus(left, right, 1);
  if (part.op === '-') return plus(left, right, -1);
  if (part.op === '*') return product(left, right);
  return quotient(left, right);
}

const single = (name: string, interval: Interval): Sum => ({
  number: 0,
  of: new Map([[name, { times: 1, interval }]]),
});

const scaled = ({ number, of }: Sum, by: number): Sum => ({
  number: number * by,
  of: new Map(
    [...of].map(([name, { times, interval }]) => [name, { times: times * by, interval }]),
  ),
});

function plus(left: Sum, right: Sum, sign: 1 | -1): Sum {
  const of = new Map(left.of);
  for (const [name, { times, interval }] of right.of) {
    of.set(name, { times: (of.get(name)?.times ?? 0) + sign * times, interval });
  }
  return { number: left.number + sign * right.number, of };
}

function product(left: Sum, right: Sum): Sum {
  if (left.of.size === 0) return scaled(right, left.number);
  if (right.of.size === 0) return scaled(left, right.number);
  const name = `(${[nameOf(left), nameOf(right)].sort().join(') * (')})`;
  return single(name, timesInterval(intervalOf(left), intervalOf(right)));
}

function quotient(left: Sum, right: Sum): Sum {
  if (right.of.size === 0 && right.number !== 0) return scaled(left, 1 / right.number);
  const name = `(${nameOf(left)}) / (${nameOf(right)})`;
  return single(name, timesInterval(intervalOf(left), reciprocal(intervalOf(right))));
}

/** The same for sums that are the same, in whatever order they are written. */
const nameOf = ({ number, of }: Sum): string =>
  [String(number), ...[...of].map(([name, { times }]) => `${times} * ${name}`).sort()].join(' + ');

/** Coefficients below this are what rounding leaves of none. */
const DUST = 1e-12;

function intervalOf({ number, of }: Sum): Interval {
  const summands = [...of.values()].filter(({ times }) => Math.abs(times) > DUST);
  const ends = summands.map(({ times, interval }) =>
    timesInterval({ low: times, high: times }, interval),
  );
  return {
    low: ends.reduce((total, { low }) => total + low, number),
    high: ends.reduce((total, { high }) => total + high, number),
  };
}

function timesInterval(a: Interval, b: Interval): Interval {
  const corners = [
    finiteTimes(a.low, b.low),
    finiteTimes(a.low, b.high),
    finiteTimes(a.high, b.low),
    finiteTimes(a.high, b.high),
  ];
  return { low: Math.min(...corners), high: Math.max(...corners) };
}

/** Zero times what may be as large as it likes is zero. */
const finiteTimes = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** One over a figure that is not zero: where it is, the rule is not worked out. */
function reciprocal({ low, high }: Interval): Interval {
  if (low >= 0) return { low: 1 / high, high: low === 0 ? Infinity : 1 / low };
  if (high <= 0) return { low: high === 0 ? -Infinity : 1 / high, high: 1 / low };
  return ANYTHING;
}
