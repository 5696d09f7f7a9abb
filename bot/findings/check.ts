import { heldMeasuresOf, type Measure } from '../returns/measure.ts';
import {
  countingById,
  keyOf,
  returnId,
  type Return,
  type ReturnKey,
  type Stray,
} from '../returns/return.ts';
import { compareSides, type ComparisonRule } from './comparison.ts';
import {
  knownNames,
  withHistory,
  type CheckedReturn,
  type Surroundings,
} from './checked-return.ts';
import { compileExpression } from './expression.ts';
import {
  findingIn,
  findingOf,
  operandOf,
  raised,
  type Finding,
  type Operand,
  type Outcome,
} from './finding.ts';
import * as checks from './return-checks.ts';
import { appliesTo, isComparison, type Check, type Rule } from './rule.ts';

/** Everything that rules look at. */
export type Checkable = Surroundings & {
  returns: readonly Return[];
  strays: readonly Stray[];
};

/** A rule's outcome on one return. */
type RuleOutcome = { rule: string; on: ReturnKey; outcome: Outcome };

/** A row of the rules list that could not be used, in words for the person who edits it. */
type RuleProblem = { rule: string; problem: string };

export type CheckReport = {
  findings: Finding[];
  outcomes: RuleOutcome[];
  problems: RuleProblem[];
};

const RETURN_CHECKS: Partial<Record<Check, checks.ReturnCheck>> = {
  'is not repeated from last term': checks.isNotRepeated,
  'does not fall to zero': checks.doesNotFallToZero,
  'fits its own history': checks.fitsItsHistory,
  'is between 0 and 100': checks.isBetween0And100,
  'can be read': checks.canBeRead,
};

/** Runs every rule over everything held. The order of rules and returns does not matter. */
export function check(rules: readonly Rule[], held: Checkable): CheckReport {
  const counting = countingById(held.returns.filter((r) => r.part === undefined));
  const parts = held.returns.filter((r) => r.part !== undefined);
  const whole = withHistory(counting, held);
  const sheets = parts.map((filed) => aloneOf(filed, held));
  const byForm = Map.groupBy([...whole, ...sheets], ({ filed }) => filed.form);
  const report: CheckReport = { findings: [], outcomes: [], problems: [] };
  for (const rule of rules) {
    const run = prepare(rule, held);
    if ('problem' in run) {
      report.problems.push({ rule: rule.id, problem: run.problem });
      continue;
    }
    const returns = rule.forms
      .flatMap((form) => byForm.get(form) ?? [])
      .filter((c) => appliesTo(rule, c.filed.form, c.filed));
    report.outcomes.push(...run.onReturns(returns), ...run.onList());
  }
  report.findings = report.outcomes.flatMap(({ outcome }) => findingIn(outcome) ?? []);
  return report;
}

/** A sheet of figures that has no term before it to be compared with. */
const aloneOf = (filed: Return, held: Checkable): CheckedReturn => ({
  filed,
  measures: heldMeasuresOf(held.measures, filed.form, filed),
  unread: held.unreadMeasures.filter((m) => m.form === filed.form),
  previous: undefined,
  lastYear: undefined,
  earlier: [],
  district: held.districts.get(filed.district) ?? {},
});

type Run = {
  onReturns: (returns: readonly CheckedReturn[]) => RuleOutcome[];
  onList: () => RuleOutcome[];
};

const nothing = (): RuleOutcome[] => [];

function prepare(rule: Rule, held: Checkable): Run | { problem: string } {
  const measures = [...held.measures, ...held.unreadMeasures];
  if (isComparison(rule.operator)) {
    const compiled = compileRule(rule, measures);
    if ('problem' in compiled) return compiled;
    return {
      onReturns: (returns) =>
        returns.map((c) => outcomeOf(rule, c.filed, compareSides(compiled, c))),
      onList: nothing,
    };
  }
  if (rule.operator === 'is filed once') {
    return { onReturns: nothing, onList: () => repeated(rule, held.returns) };
  }
  if (rule.operator === 'names a known district' || rule.operator === 'names a known term') {
    return { onReturns: nothing, onList: () => strays(rule, held.strays) };
  }
  const unknown = unknownMeasure(rule, measures);
  if (unknown) return { problem: `“${unknown}” is no measure` };
  const onOne = RETURN_CHECKS[rule.operator];
  if (!onOne) return { problem: `the operator “${rule.operator}” is not known` };
  return {
    onReturns: (returns) =>
      returns.flatMap((c) => onOne(rule, c).map((outcome) => outcomeOf(rule, c.filed, outcome))),
    onList: nothing,
  };
}

const outcomeOf = (rule: Rule, on: ReturnKey, outcome: Outcome): RuleOutcome => ({
  rule: rule.id,
  on: keyOf(on),
  outcome,
});

function unknownMeasure(rule: Rule, measures: readonly Measure[]): string | undefined {
  const ids = new Set(measures.filter((m) => rule.forms.includes(m.form)).map((m) => m.id));
  return rule.left.split(/[\s,]+/).find((name) => name !== '' && name !== '*' && !ids.has(name));
}

/** Compiles both sides of a comparison, or says which side does not read. */
export function compileRule(
  rule: Rule,
  measures: readonly Measure[],
): ComparisonRule | { problem: string } {
  if (!isComparison(rule.operator)) return { problem: `${rule.operator} has no two sides` };
  const known = knownNames(rule.forms, measures);
  const left = compileExpression(rule.left, known);
  if (!left.ok) return { problem: `left side: ${left.problem}` };
  const right = compileExpression(rule.right, known);
  if (!right.ok) return { problem: `right side: ${right.problem}` };
  return { rule, operator: rule.operator, left: left.expression, right: right.expression };
}

function repeated(rule: Rule, returns: readonly Return[]): RuleOutcome[] {
  const candidates = returns.filter((r) => r.part === undefined && appliesTo(rule, r.form, r));
  return [...Map.groupBy(candidates, returnId).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    if (group.length === 1) return [outcomeOf(rule, first, { kind: 'pass' })];
    const operands: Operand[] = [
      {
        name: 'items',
        label: 'Items filed',
        value: group.length,
        shown: String(group.length),
        is: 'tested',
      },
    ];
    const message = `${group.length} items are filed for this district and term. ${rule.wording}`;
    const finding = findingOf(rule, first, operands, { message, measures: [] });
    return [outcomeOf(rule, first, raised(finding))];
  });
}

function strays(rule: Rule, all: readonly Stray[]): RuleOutcome[] {
  const district = rule.operator === 'names a known district';
  return all
    .filter((s) => rule.forms.includes(s.form) && (district ? !s.knownDistrict : !s.knownTerm))
    .map((stray) => {
      const on: ReturnKey = {
        form: stray.form,
        district: stray.knownDistrict ?? stray.district,
        year: stray.knownTerm?.year ?? stray.year,
        term: stray.knownTerm?.term ?? 0,
      };
      const operands = district
        ? [operandOf('district', stray.district, 'tested', [])]
        : [
            operandOf('year', stray.year, 'tested', []),
            operandOf('term', stray.term, 'tested', []),
          ];
      const says = district ? `“${stray.district}”` : `“${stray.year}”, “${stray.term}”`;
      const message = `Item ${stray.itemId} of ${stray.list} reads ${says}. ${rule.wording}`;
      const finding = findingOf(rule, on, operands, { message, measures: [] });
      return outcomeOf(rule, on, raised(finding));
    });
}
