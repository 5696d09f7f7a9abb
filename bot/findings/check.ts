import {
  countingById,
  keyOf,
  returnId,
  type Return,
  type ReturnKey,
  type Stray,
} from '../returns/return.ts';
import {
  besideNothing,
  withHistory,
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

/**
 * Runs every rule over everything held. The order of rules and returns does not matter, and a rule
 * that cannot be used stops no other.
 */
export function check(rules: readonly Rule[], held: Checkable): CheckReport {
  const byForm = Map.groupBy(judgedOf(held), ({ on }) => on.form);
  const report: CheckReport = { findings: [], outcomes: [], problems: [] };
  const tell: Tell = (rule, on, outcome) => {
    report.outcomes.push({ rule: rule.id, on, outcome });
    if ('finding' in outcome) report.findings.push(outcome.finding);
  };
  for (const rule of rules) {
    const run = prepare(rule, held);
    if ('problem' in run) report.problems.push(run);
    else {
      const returns = rule.forms.flatMap((form) => byForm.get(form) ?? []);
      run.on(
        appliesAlways(rule) ? returns : returns.filter(({ on }) => appliesTo(rule, on.form, on)),
        tell,
      );
    }
  }
  return report;
}

function judgedOf(held: Checkable): Judged[] {
  const alone = besideNothing(held);
  const [sheets, whole] = [
    held.returns.filter((r) => r.part !== undefined),
    held.returns.filter((r) => r.part === undefined),
  ];
  return [
    ...withHistory([...countingById(whole).values()], held),
    ...sheets.map((filed) => alone(filed)),
  ].map((checked) => ({ on: keyOf(checked.filed), checked }));
}

type Tell = (rule: Rule, on: ReturnKey, outcome: Outcome) => void;

/** A rule made ready: it tells what came of each of the returns, or of the lists. */
type Run = { on: (returns: readonly Judged[], tell: Tell) => void };

function prepare(rule: Rule, held: Checkable): Run | RuleProblem {
  const measures = [...held.measures, ...held.unreadMeasures];
  if (isComparison(rule.operator)) {
    const comparison = compileRule(rule, measures);
    return 'problem' in comparison ? comparison : onSides(comparison);
  }
  if (rule.operator === 'is filed once') return onList(() => repeated(rule, held.returns));
  if (rule.operator === 'names a known district' || rule.operator === 'names a known term') {
    return onList(() => strays(rule, held.strays));
  }
  const problem = checkProblem(rule, measures);
  if (problem) return problem;
  const onOne = RETURN_CHECKS[rule.operator];
  if (!onOne) return { rule: rule.id, problem: `the operator “${rule.operator}” is not known` };
  return onAnswers(rule, onOne);
}

const onSides = (comparison: ComparisonRule): Run => ({
  on: (returns, tell) => {
    for (const { on, checked } of returns) {
      tell(comparison.rule, on, compareSides(comparison, checked));
    }
  },
});

const onAnswers = (rule: Rule, onOne: checks.ReturnCheck): Run => ({
  on: (returns, tell) => {
    for (const { on, checked } of returns) {
      for (const outcome of onOne(rule, checked)) tell(rule, on, outcome);
    }
  },
});

const onList = (outcomes: () => OnList[]): Run => ({
  on: (_, tell) => {
    for (const { rule, on, outcome } of outcomes()) tell(rule, on, outcome);
  },
});

const appliesAlways = ({ firstTerm, lastTerm }: Rule): boolean => !firstTerm && !lastTerm;

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
