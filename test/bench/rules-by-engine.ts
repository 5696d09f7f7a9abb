import { Engine, Operator, type Almanac } from 'json-rules-engine';
import type { DistrictFigures } from '../../bot/directory/district.ts';
import type { Comparison, Rule } from '../../bot/findings/rule.ts';
import type { Form } from '../../bot/returns/measure.ts';
import type { Return } from '../../bot/returns/return.ts';

/**
 * The rules for json-rules-engine, an engine to each form, as its documentation has it: the figures of a
 * return are the facts of a run, and a condition compares two facts. It knows no arithmetic, so a side
 * that is more than a name is a dynamic fact, which asks the almanac for the figures that it needs. A
 * condition is true where the rule is broken.
 */
export function enginesFor(rules: readonly Rule[]): Map<Form, Engine> {
  const forms = [...new Set(rules.flatMap((rule) => rule.forms))];
  return new Map(
    forms.map((form) => [form, engineFor(rules.filter((rule) => rule.forms.includes(form)))]),
  );
}

function engineFor(rules: readonly Rule[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const rule of rules) {
    const operator = operatorFor(rule.operator, rule.tolerance);
    engine.addOperator(operator);
    const [fact, against] = [
      factFor(`left of ${rule.id}`, rule.left, engine),
      factFor(`right of ${rule.id}`, rule.right, engine),
    ];
    engine.addRule({
      conditions: { all: [{ fact, operator: operator.name, value: { fact: against } }] },
      event: { type: rule.id },
    });
  }
  return engine;
}

/** The name of the fact that a side is: a figure as it is, or one that is worked out. */
function factFor(name: string, text: string, engine: Engine): string {
  const names = text.match(/[a-z][\w.]*/gi) ?? [];
  if (names.length === 1) return text;
  const worked = text.includes('/') ? percentage : sum;
  engine.addFact(name, async (_: unknown, almanac: Almanac) =>
    worked(await Promise.all(names.map((figure) => almanac.factValue(figure)))),
  );
  return name;
}

/** All that the sides of the starter comparisons come to, the check of which is that all raise the same. */
const sum = (figures: readonly unknown[]): number =>
  figures.reduce<number>((total, figure) => total + asFigure(figure), 0);
const percentage = ([part, whole]: readonly unknown[]): number =>
  (asFigure(part) / asFigure(whole)) * 100;

/** Whatever is worked out or compared with NaN is no contradiction. */
const asFigure = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

const UNREADABLE = 'unreadable';

function operatorFor(operator: Comparison | Rule['operator'], tolerance: number): Operator {
  const name = `breaks ${operator} within ${tolerance}`;
  const slack = tolerance + 1e-9;
  if (operator === '≤') return new Operator(name, (a, b) => asFigure(a) > asFigure(b) + slack);
  if (operator === '=') {
    return new Operator(name, (a, b) => Math.abs(asFigure(a) - asFigure(b)) > slack);
  }
  if (operator === 'both or neither') {
    return new Operator(
      name,
      (a, b) => a !== UNREADABLE && b !== UNREADABLE && (a === undefined) !== (b === undefined),
    );
  }
  throw new Error(`No starter comparison says “${operator}”.`);
}

/** The facts of a run: what is given on a return, and the figures of its district. */
export function factsOf({ answers }: Return, district: DistrictFigures): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [name, answer] of Object.entries(answers)) {
    if (answer.kind === 'number') facts[name] = answer.value;
    else if (answer.kind === 'unreadable') facts[name] = UNREADABLE;
  }
  for (const [name, figure] of Object.entries(district)) facts[`district.${name}`] = figure;
  return facts;
}
