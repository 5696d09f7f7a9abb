import type { Held } from '../assess.ts';
import { compareTerms, termLabel, type TermKey } from '../calendar/terms.ts';
import { returnId } from '../returns/return.ts';
import { check, type CheckReport, type RuleOutcome } from './check.ts';
import { OUTCOMES, type Finding, type Outcome } from './finding.ts';
import type { RuleProblem } from './rule-problem.ts';
import { readRule, type ReadRule } from './rule-text.ts';
import { appliesTo, type Rule } from './rule.ts';

/** How often each outcome came. A rule that looks at each answer has one for each answer. */
export type Counts = Record<Outcome['kind'], number>;

/** Why a rule said nothing, and how often. */
export type Silence = { kind: 'skipped' | 'could not run'; reason: string; times: number };

/** What a rule raises on the returns held. */
export type Trial = Pick<ReadRule, 'text' | 'rule' | 'row' | 'wishes'> & {
  /** How many returns it looked at. */
  returns: number;
  counts: Counts;
  /** By name. */
  districts: { district: string; counts: Counts }[];
  /** Oldest first. */
  terms: (TermKey & { counts: Counts })[];
  /** What could not run first, and the most frequent first. */
  silences: Silence[];
  /** The most telling first: of each district the latest, and of one term what is furthest off. */
  findings: Finding[];
};

/** Why a rule cannot be used: `at` is the place in `text`, which is the rule as typed or a side of its row. */
export type TrialProblem = { problem: string; text: string; at?: number };

export type Tried = { ok: true; trial: Trial } | { ok: false; problems: TrialProblem[] };

/** Tries a rule, as somebody typed it, on everything held. Nothing is written, and no register is kept. */
export function tryRule(typed: string, held: Held): Tried {
  const read = readRule(typed, held);
  if (!read.ok) {
    const { problem, text, at } = read;
    return { ok: false, problems: [{ problem, text, at }] };
  }
  const report = check([read.rule], held);
  return report.problems.length > 0
    ? { ok: false, problems: report.problems.map((problem) => placed(problem, read)) }
    : { ok: true, trial: trialOf(read, report, returnsFor(read.rule, held)) };
}

function placed(
  { problem, side, at }: RuleProblem,
  { text, rule, row, sides }: ReadRule,
): TrialProblem {
  if (!side) return { problem, text: row ? sidesOf(rule) : text };
  const place = at === undefined ? {} : { at };
  if (!sides) return { problem, text: side === 'left side' ? rule.left : rule.right, ...place };
  return at === undefined ? { problem, text } : { problem, text, at: sides[side] + at };
}

/** `schoolCaseload ≥ activelySupportedSchools`. */
export const sidesOf = ({ left, operator, right }: Rule): string =>
  [left, operator, right].join(' ').trim();

/** How many returns a rule looks at: of several items of one return the one that counts, and every sheet. */
function returnsFor(rule: Rule, { returns }: Held): number {
  const looked = returns.filter((one) => appliesTo(rule, one.form, one));
  const sheets = looked.filter(({ part }) => part !== undefined);
  const whole = looked.filter(({ part }) => part === undefined);
  return sheets.length + new Set(whole.map(returnId)).size;
}

function trialOf(
  { text, rule, row, wishes }: ReadRule,
  { outcomes, findings }: CheckReport,
  returns: number,
): Trial {
  const byDistrict = Map.groupBy(outcomes, ({ on }) => on.district);
  const byTerm = Map.groupBy(outcomes, ({ on }) => termLabel(on));
  return {
    text,
    rule,
    ...(row ? { row } : {}),
    wishes,
    returns,
    counts: countsOf(outcomes),
    districts: [...byDistrict]
      .map(([district, all]) => ({ district, counts: countsOf(all) }))
      .sort((a, b) => a.district.localeCompare(b.district)),
    terms: [...byTerm.values()].flatMap(ofOneTerm).sort(compareTerms),
    silences: silencesOf(outcomes),
    findings: mostTellingFirst(findings),
  };
}

function ofOneTerm(outcomes: readonly RuleOutcome[]): Trial['terms'] {
  const [first] = outcomes;
  if (!first) return [];
  const { year, term } = first.on;
  return [{ year, term, counts: countsOf(outcomes) }];
}

function countsOf(outcomes: readonly RuleOutcome[]): Counts {
  const counts = Object.fromEntries(OUTCOMES.map((kind) => [kind, 0])) as Counts;
  for (const { outcome } of outcomes) counts[outcome.kind] += 1;
  return counts;
}

/** What a rule raised, whatever it calls it. */
export const raisedIn = ({ error, query }: Counts): number => error + query;

function silencesOf(outcomes: readonly RuleOutcome[]): Silence[] {
  const silent = outcomes.flatMap(({ outcome }) => ('reason' in outcome ? [outcome] : []));
  const alike = Map.groupBy(silent, ({ kind, reason }) => `${kind}|${reason}`);
  return [...alike.values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ kind: first.kind, reason: first.reason, times: group.length }] : [];
    })
    .sort((a, b) => Number(isTrouble(b)) - Number(isTrouble(a)) || b.times - a.times);
}

const isTrouble = ({ kind }: Silence): boolean => kind === 'could not run';

/** Each district has its turn: its latest finding, and after everybody's first everybody's second. */
function mostTellingFirst(findings: readonly Finding[]): Finding[] {
  const telling = findings.toSorted((a, b) => compareTerms(b, a) || gapIn(b) - gapIn(a));
  const turns = new Map<string, number>();
  const inTurn = telling.map((finding) => {
    const turn = turns.get(finding.district) ?? 0;
    turns.set(finding.district, turn + 1);
    return { finding, turn };
  });
  return inTurn.sort((a, b) => a.turn - b.turn).map(({ finding }) => finding);
}

/** How far one figure is from what it is held against, as a share of the larger; 0 where there are more. */
function gapIn({ operands }: Finding): number {
  const [tested, against, ...more] = operands.map(({ value }) => value);
  if (typeof tested !== 'number' || typeof against !== 'number' || more.length > 0) return 0;
  const larger = Math.max(Math.abs(tested), Math.abs(against));
  return larger === 0 ? 0 : Math.abs(tested - against) / larger;
}
