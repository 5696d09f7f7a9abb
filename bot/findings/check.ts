import { within } from '../calendar/terms.ts';
import type { Form } from '../returns/measure.ts';
import { keyOf, returnId, type Return, type ReturnKey, type Stray } from '../returns/return.ts';
import {
  withHistory,
  withoutHistory,
  type CheckedReturn,
  type Surroundings,
} from './checked-return.ts';
import { compareSides, type ComparisonRule } from './comparison.ts';
import { checkProblem, compileRule } from './compile-rule.ts';
import {
  findingOf,
  operandOf,
  PASS,
  raised,
  type Finding,
  type Operand,
  type Outcome,
} from './finding.ts';
import * as checks from './return-checks.ts';
import type { RuleProblem } from './rule-problem.ts';
import { appliesTo, isComparison, type Check, type Rule } from './rule.ts';

/** Everything that rules look at. */
export type Checkable = Surroundings & {
  returns: readonly Return[];
  strays: readonly Stray[];
};

/** A rule's outcome on one return. */
type RuleOutcome = { rule: string; on: ReturnKey; outcome: Outcome };

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

/** A return with the key under which its outcomes are reported. */
type Judged = { on: ReturnKey; checked: CheckedReturn };

type Tell = (rule: Rule, on: ReturnKey, outcome: Outcome) => void;

/** A rule made ready, once for all returns: it looks at one of them after another, or at the lists. */
type Ready = { rule: Rule } & (
  { onReturn: (judged: Judged, tell: Tell) => void } | { onLists: (tell: Tell) => void }
);

/**
 * Runs every rule over everything held. The order of rules and returns does not matter, and a rule
 * that cannot be used stops no other. All rules look at a return before the next one is taken up: its
 * answers are at hand then.
 */
export function check(rules: readonly Rule[], held: Checkable): CheckReport {
  const report: CheckReport = { findings: [], outcomes: [], problems: [] };
  const tell: Tell = (rule, on, outcome) => {
    report.outcomes.push({ rule: rule.id, on, outcome });
    if ('finding' in outcome) report.findings.push(outcome.finding);
  };
  const runs: Ready[] = [];
  for (const rule of rules) {
    const ready = prepare(rule, held);
    if ('problem' in ready) report.problems.push(ready);
    else runs.push(ready);
  }
  onEachReturn(runs, held, tell);
  for (const run of runs) if ('onLists' in run) run.onLists(tell);
  return report;
}

function onEachReturn(runs: readonly Ready[], held: Checkable, tell: Tell): void {
  const runsOn = (form: Form) =>
    runs.flatMap((run) => ('onReturn' in run && run.rule.forms.includes(form) ? [run] : []));
  for (const [form, judged] of Map.groupBy(judgedOf(held), ({ on }) => on.form)) {
    const mine = runsOn(form);
    for (const one of judged) {
      for (const { rule, onReturn } of mine) {
        if (within(one.on, rule.firstTerm, rule.lastTerm)) onReturn(one, tell);
      }
    }
  }
}

const judgedOf = (held: Checkable): Judged[] => {
  const [whole, sheets] = [
    held.returns.filter((r) => r.part === undefined),
    held.returns.filter((r) => r.part !== undefined),
  ];
  return [...withHistory(whole, held), ...withoutHistory(sheets, held)].map((checked) => ({
    on: keyOf(checked.filed),
    checked,
  }));
};

function prepare(rule: Rule, held: Checkable): Ready | RuleProblem {
  const { operator } = rule;
  const measures = [...held.measures, ...held.unreadMeasures];
  if (isComparison(operator)) {
    const comparison = compileRule(rule, measures);
    return 'problem' in comparison ? comparison : { rule, onReturn: onSides(comparison) };
  }
  if (operator === 'is filed once') {
    return { rule, onLists: (tell) => tellAll(repeated(rule, held.returns), tell) };
  }
  if (operator === 'names a known district' || operator === 'names a known term') {
    return { rule, onLists: (tell) => tellAll(strays(rule, held.strays), tell) };
  }
  const onOne = RETURN_CHECKS[operator];
  if (!onOne) return { rule: rule.id, problem: `the operator “${operator}” is not known` };
  return checkProblem(rule, measures) ?? { rule, onReturn: onAnswers(rule, onOne) };
}

const onSides =
  (comparison: ComparisonRule) =>
  ({ on, checked }: Judged, tell: Tell): void =>
    tell(comparison.rule, on, compareSides(comparison, checked));

const onAnswers =
  (rule: Rule, onOne: checks.ReturnCheck) =>
  ({ on, checked }: Judged, tell: Tell): void => {
    for (const outcome of onOne(rule, checked)) tell(rule, on, outcome);
  };

function tellAll(outcomes: readonly OnList[], tell: Tell): void {
  for (const { rule, on, outcome } of outcomes) tell(rule, on, outcome);
}

type OnList = { rule: Rule; on: ReturnKey; outcome: Outcome };

const outcomeOf = (rule: Rule, on: ReturnKey, outcome: Outcome): OnList => ({
  rule,
  on: keyOf(on),
  outcome,
});

function repeated(rule: Rule, returns: readonly Return[]): OnList[] {
  const candidates = returns.filter((r) => r.part === undefined && appliesTo(rule, r.form, r));
  return [...Map.groupBy(candidates, returnId).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    if (group.length === 1) return [outcomeOf(rule, first, PASS)];
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

function strays(rule: Rule, all: readonly Stray[]): OnList[] {
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
