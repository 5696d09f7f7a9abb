import type { Measure } from '../returns/measure.ts';
import { keyOf, returnId, type Return, type ReturnKey, type Stray } from '../returns/return.ts';
import { withHistory, type CheckedReturn, type Surroundings } from './checked-return.ts';
import { compareSides, type ComparisonRule } from './comparison.ts';
import { checkProblem, compileRule } from './compile-rule.ts';
import {
  findingOf,
  operandOf,
  PASS,
  questionOf,
  raised,
  type Finding,
  type Operand,
  type Outcome,
} from './finding.ts';
import * as checks from './return-checks.ts';
import { appliesNever, listsProblem } from './reach.ts';
import type { RuleProblem } from './rule-problem.ts';
import { spareCells } from './spare-cells.ts';
import { appliesTo, isComparison, isOfLists, type Check, type Rule } from './rule.ts';

/** Everything that rules look at. */
export type Checkable = Surroundings & {
  returns: readonly Return[];
  strays: readonly Stray[];
};

/** A rule's outcome on one return. */
export type RuleOutcome = { rule: string; on: ReturnKey; outcome: Outcome };

export type CheckReport = {
  findings: readonly Finding[];
  /** In which a rule could not run. */
  couldNotRun: readonly RuleOutcome[];
  /** Rows that cannot be used. */
  problems: readonly RuleProblem[];
  /**
   * What came of every rule on every return. Nearly all of it is passes, which few want to see: they are
   * not kept, and whoever asks for the list has it worked out then.
   */
  readonly outcomes: readonly RuleOutcome[];
  /** What the rule of a finding that was raised before makes of its return now. */
  seenAgain: (finding: Finding) => SeenAgain;
};

/** A return as it is held now, and what came of one rule on it; nothing where it is not held any more. */
export type SeenAgain = { checked: CheckedReturn | undefined; outcomes: readonly Outcome[] };

const RETURN_CHECKS: Partial<Record<Check, checks.ReturnCheck>> = {
  'is not repeated from last term': checks.isNotRepeated,
  'does not fall to zero': checks.doesNotFallToZero,
  'fits its own history': checks.fitsItsHistory,
  'is between 0 and 100': checks.isBetween0And100,
  'can be read': checks.canBeRead,
};

/** A rule made ready, once for all returns. It looks at one of them after another, or at the lists. */
type Ready =
  | { looksAt: 'sides'; rule: Rule; comparison: ComparisonRule }
  | { looksAt: 'answers'; rule: Rule; onOne: checks.ReturnCheck }
  | { looksAt: 'lists'; rule: Rule; outcomes: () => OnList[] };

/**
 * Runs every rule over everything held. The order of rules and returns does not matter, and a rule
 * that cannot be used stops no other.
 */
export function check(rules: readonly Rule[], held: Checkable): CheckReport {
  const prepared = rules.map((rule) => prepare(rule, held));
  const ready = prepared.flatMap((one) => ('problem' in one ? [] : [one]));
  const checked = withHistory(held.returns, held);
  const findings: Finding[] = [];
  const couldNotRun: RuleOutcome[] = [];
  let outcomes: readonly RuleOutcome[] | undefined;
  run(ready, checked, ({ id: rule }, on, outcome) => {
    if (outcome === PASS) return;
    if ('finding' in outcome) findings.push(outcome.finding);
    else if (outcome.kind === 'could not run') couldNotRun.push({ rule, on: keyOf(on), outcome });
  });
  return {
    findings,
    couldNotRun,
    problems: prepared.flatMap((one) => ('problem' in one ? [one] : [])),
    get outcomes() {
      return (outcomes ??= everyOutcome(ready, checked));
    },
    seenAgain: (finding) => lookAgain(finding, ready, checked),
  };
}

/** Only at the answers that the finding is about: a rule may look at each alone. */
function lookAgain(
  finding: Finding,
  rules: readonly Ready[],
  all: readonly CheckedReturn[],
): SeenAgain {
  const checked = all.find(({ filed }) => questionOf(finding.rule, filed) === finding.question);
  const ready = rules.find(({ rule }) => rule.id === finding.rule);
  if (!checked || !ready || ready.looksAt === 'lists') return { checked, outcomes: [] };
  if (ready.looksAt === 'sides') {
    return { checked, outcomes: [compareSides(ready.comparison, checked)] };
  }
  const left = finding.measures.join(' ');
  return { checked, outcomes: ready.onOne({ ...ready.rule, left }, checked) };
}

function everyOutcome(rules: readonly Ready[], checked: readonly CheckedReturn[]): RuleOutcome[] {
  const outcomes: RuleOutcome[] = [];
  run(rules, checked, ({ id: rule }, on, outcome) =>
    outcomes.push({ rule, on: keyOf(on), outcome }),
  );
  return outcomes;
}

type Tell = (rule: Rule, on: ReturnKey, outcome: Outcome) => void;

/** All rules look at a return before the next one is taken up: its answers are at hand then. */
function run(rules: readonly Ready[], checked: readonly CheckedReturn[], tell: Tell): void {
  const applying = applyingAmong(rules);
  for (const one of checked) runOn(one, applying(one), tell);
  for (const one of rules) {
    if (one.looksAt !== 'lists') continue;
    for (const { on, outcome } of one.outcomes()) tell(one.rule, on, outcome);
  }
}

/** The rules that apply to a return: the same for all of its form and term, which share their measures. */
function applyingAmong(rules: readonly Ready[]): (checked: CheckedReturn) => readonly Ready[] {
  const known = new Map<readonly Measure[], readonly Ready[]>();
  return ({ filed, measures }) => {
    const found = known.get(measures);
    if (found) return found;
    const applying = rules.filter(({ rule }) => appliesTo(rule, filed.form, filed));
    known.set(measures, applying);
    return applying;
  };
}

function runOn(checked: CheckedReturn, rules: readonly Ready[], tell: Tell): void {
  const { filed } = checked;
  for (const ready of rules) {
    const { rule } = ready;
    if (ready.looksAt === 'sides') {
      tell(rule, filed, compareSides(ready.comparison, checked));
    } else if (ready.looksAt === 'answers') {
      for (const outcome of ready.onOne(rule, checked)) tell(rule, filed, outcome);
    }
  }
}

function prepare(rule: Rule, held: Checkable): Ready | RuleProblem {
  const { operator } = rule;
  const never = appliesNever(rule);
  if (never) return never;
  const measures = [...held.measures, ...held.unreadMeasures];
  if (isComparison(operator)) {
    const comparison = compileRule(rule, measures);
    return 'problem' in comparison ? comparison : { looksAt: 'sides', rule, comparison };
  }
  const spare = spareCells(rule);
  if (spare) return spare;
  if (isOfLists(operator)) {
    const outcomes = () =>
      operator === 'is filed once' ? repeated(rule, held.returns) : strays(rule, held.strays);
    return listsProblem(rule) ?? { looksAt: 'lists', rule, outcomes };
  }
  const onOne = RETURN_CHECKS[operator];
  if (!onOne) return { rule: rule.id, problem: `the operator “${operator}” is not known` };
  return checkProblem(rule, measures) ?? { looksAt: 'answers', rule, onOne };
}

type OnList = { on: ReturnKey; outcome: Outcome };

const outcomeOf = (on: ReturnKey, outcome: Outcome): OnList => ({ on: keyOf(on), outcome });

function repeated(rule: Rule, returns: readonly Return[]): OnList[] {
  const candidates = returns.filter((r) => r.part === undefined && appliesTo(rule, r.form, r));
  return [...Map.groupBy(candidates, returnId).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    if (group.length === 1) return [outcomeOf(first, PASS)];
    const operands: Operand[] = [
      {
        name: 'items',
        label: 'Items filed',
        value: group.length,
        shown: String(group.length),
        is: 'tested',
      },
    ];
    const says = `${group.length} items are filed for this district and term.`;
    const finding = findingOf(rule, first, operands, { says, saysMore: true, measures: [] });
    return [outcomeOf(first, raised(finding))];
  });
}

/** Items that read the same wrong name are one finding, which names them all. */
function strays(rule: Rule, all: readonly Stray[]): OnList[] {
  const isDistrict = rule.operator === 'names a known district';
  const doubted = all.filter(
    (s) => rule.forms.includes(s.form) && (isDistrict ? !s.knownDistrict : !s.knownTerm),
  );
  const written = ({ district, year, term }: Stray) => (isDistrict ? { district } : { year, term });
  const alike = Map.groupBy(doubted, (s) => JSON.stringify([placeOf(s), written(s)]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const operands = Object.entries(written(first)).map(([name, text]) =>
      operandOf(name, text, 'tested', []),
    );
    const reads = operands.map(({ shown }) => shown).join(', ');
    const says = `${itemsInWords(group)} ${group.length === 1 ? 'reads' : 'read'} ${reads}.`;
    const on = placeOf(first);
    const finding = findingOf(rule, on, operands, { says, saysMore: true, measures: [] });
    return [outcomeOf(on, raised(finding))];
  });
}

const placeOf = ({ form, district, year, knownDistrict, knownTerm }: Stray): ReturnKey => ({
  form,
  district: knownDistrict ?? district,
  year: knownTerm?.year ?? year,
  term: knownTerm?.term ?? 0,
});

/** So many are named. */
const MOST_ITEMS = 20;

/** `Item 5 of STLS KPI Returns`, `Items 5 and 9 of STLS KPI Returns`: a form has one list. */
function itemsInWords(strays: readonly Stray[]): string {
  const ids = strays.map(({ itemId }) => itemId).sort((a, b) => Number(a) - Number(b));
  const more = ids.length - MOST_ITEMS;
  const shown = [...ids.slice(0, MOST_ITEMS), ...(more > 0 ? [`${more} more`] : [])];
  const last = shown.pop() ?? '';
  const named = shown.length > 0 ? `Items ${shown.join(', ')} and ${last}` : `Item ${last}`;
  return `${named} of ${strays[0]?.list ?? ''}`;
}
