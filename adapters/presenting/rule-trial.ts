import { termLabel, type TermKey } from '../../bot/calendar/terms.ts';
import { foundInWords, OUTCOMES, type Finding } from '../../bot/findings/finding.ts';
import { TRIED } from '../../bot/findings/rule-text.ts';
import {
  FORM_CHOICES,
  formsOf,
  isComparison,
  isOfStrays,
  type Check,
  type Operator,
  type Rule,
} from '../../bot/findings/rule.ts';
import {
  raisedIn,
  sidesOf,
  type Counts,
  type Silence,
  type Trial,
  type TrialProblem,
  type Tried,
} from '../../bot/findings/trial.ts';
import type { NotChecked } from '../../bot/assess.ts';
import { notCheckedInWords } from '../../bot/look.ts';
import { formName } from '../../bot/returns/return.ts';
import type { RuleTrialView } from '../../cards/views.ts';
import { RULES } from '../sharepoint/bot-lists.ts';
import { placeOf } from './finding-words.ts';
import { beginning, count, shortened } from './words.ts';

/** How many of each fit on a screen; the command shows more. */
const MOST = { examples: 4, silences: 3, terms: 8 };
/** A rule's text, or one finding's figures, in characters. */
const LONGEST = 300;

/** What a rule would raise, for a commissioner who thinks of switching it on. */
export function ruleTrialView(tried: Tried, notChecked: readonly NotChecked[]): RuleTrialView {
  if (!tried.ok) return { ...EMPTY, problems: tried.problems.map(problemView) };
  const { trial } = tried;
  const { rule, counts, findings } = trial;
  return {
    headline: headlineOf(trial),
    tone: isSilent(trial) ? 'attention' : 'default',
    rule: shortened(ruleInWords(rule), LONGEST),
    settings: settingsInWords(rule),
    problems: [],
    counts: countsInWords(counts),
    silent: silencesInWords(trial.silences, MOST.silences),
    ...districtsView(trial.districts),
    terms: latestTerms(trial),
    examples: findings.slice(0, MOST.examples).map(exampleView),
    more: findings.length > MOST.examples ? `and ${findings.length - MOST.examples} more` : '',
    steps: stepsFor(trial),
    cells: cellsToWrite(trial).map(([column, cell]) => ({ column, cell })),
    notChecked: couldNotCheck(rule, notChecked),
  };
}

const EMPTY: RuleTrialView = {
  headline: 'This rule cannot be used',
  tone: 'attention',
  rule: '',
  settings: '',
  problems: [],
  counts: '',
  silent: [],
  rows: [],
  others: '',
  terms: '',
  examples: [],
  more: '',
  steps: '',
  cells: [],
  notChecked: [],
};

/** The text of the rule in three parts, the middle one where the fault is. */
function problemView({ problem, text, at }: TrialProblem): RuleTrialView['problems'][number] {
  const says = sentence(problem);
  if (at === undefined) return { before: shortened(text, LONGEST), marked: '', after: '', says };
  const rest = text.slice(at);
  const marked = /^(?:[\w.]+|[^\w\s.]+|.)/u.exec(rest)?.[0] ?? '';
  return {
    before: text.slice(0, at),
    marked: marked || ' …',
    after: shortened(rest.slice(marked.length), LONGEST),
    says,
  };
}

/** What is wrong, as a sentence of its own. */
export const sentence = (words: string): string =>
  `${beginning(words)}${/[.?]$/.test(words) ? '' : '.'}`;

/**
 * It was skipped or could not run wherever it was tried, or found nothing to look at, which is no pass.
 * Only items without a known district or term are looked at to be doubted alone.
 */
const isSilent = ({ rule, counts }: Trial): boolean =>
  counts.pass + raisedIn(counts) === 0 && !isOfStrays(rule.operator);

/** `Would raise 12 queries on the 864 returns held`. */
export function headlineOf(trial: Trial): string {
  const { row, wishes, returns, counts } = trial;
  const outcomes = OUTCOMES.reduce((sum, kind) => sum + counts[kind], 0);
  const inAll = outcomes > returns ? `, ${outcomes.toLocaleString('en-GB')} answers in all` : '';
  const held = `the ${count(returns, 'return')} held${inAll}`;
  if (returns === 0) return 'No return is held that this rule looks at';
  if (isSilent(trial)) return `Says nothing about any of ${held}`;
  const raised = [
    ...(counts.error > 0 ? [count(counts.error, 'error')] : []),
    ...(counts.query > 0 ? [count(counts.query, 'query', 'queries')] : []),
  ];
  const runsLikeThis = row === 'on' && Object.keys(wishes).length === 0;
  const verb = runsLikeThis ? 'Raises' : 'Would raise';
  return `${verb} ${raised.join(' and ') || 'nothing'} on ${held}`;
}

/** `schoolCaseload ≥ activelySupportedSchools`, `* fits its own history`. */
export const ruleInWords = (rule: Rule): string =>
  rule.id === TRIED ? sidesOf(rule) : `${rule.id}: ${sidesOf(rule)}`;

/** Checks to which it makes a difference what a missing figure counts as. */
const LOOKS_FOR_FIGURES: ReadonlySet<Operator> = new Set<Check>([
  'is not repeated from last term',
  'does not fall to zero',
  'fits its own history',
  'is between 0 and 100',
]);

/** `Query · KPI return · within 1 · skip if any is missing · from 2023-24 T1`. */
export function settingsInWords(rule: Rule): string {
  const { severity, forms, phase, tolerance, operator, missingValues, firstTerm, lastTerm } = rule;
  return [
    severity === 'error' ? 'Error' : 'Query',
    forms.map(formName).join(', '),
    ...(phase ? [phase] : []),
    ...(tolerance > 0 ? [`within ${tolerance}`] : []),
    ...(isComparison(operator) || LOOKS_FOR_FIGURES.has(operator) ? [missingValues] : []),
    ...(firstTerm ? [`from ${termLabel(firstTerm)}`] : []),
    ...(lastTerm ? [`until ${termLabel(lastTerm)}`] : []),
  ].join(' · ');
}

/** All five, for none of them is another: `pass 812 · error 0 · query 12 · …`. */
const countsInWords = (counts: Counts): string =>
  OUTCOMES.map((kind) => `${kind} ${counts[kind].toLocaleString('en-GB')}`).join(' · ');

/** `Skipped 40 times: no figure for schoolCaseload`; what could not run first, and how many reasons more there are. */
export function silencesInWords(silences: readonly Silence[], most: number): string[] {
  const shown = silences
    .slice(0, most)
    .map(({ kind, reason, times }) => `${kind} ${count(times, 'time')}: ${reason}`);
  const rest = silences.length - shown.length;
  return [
    ...shown.map((words) => shortened(sentence(words).slice(0, -1), LONGEST)),
    ...(rest > 0 ? [`and for ${count(rest, 'other reason')}`] : []),
  ];
}

const districtRow = (district: string, counts: Counts): RuleTrialView['rows'][number] => ({
  district,
  raised: String(raisedIn(counts)),
  pass: String(counts.pass),
  skipped: String(counts.skipped),
  couldNotRun: String(counts['could not run']),
});

/** Those that have something to look at, each in a row; the others, where all is well, in a line. */
function districtsView(districts: Trial['districts']): Pick<RuleTrialView, 'rows' | 'others'> {
  const isQuiet = ({ counts }: Trial['districts'][number]) =>
    raisedIn(counts) === 0 && counts.pass > 0 && counts['could not run'] === 0;
  return {
    rows: districts
      .filter((one) => !isQuiet(one))
      .toSorted((a, b) => raisedIn(b.counts) - raisedIn(a.counts))
      .map(({ district, counts }) => districtRow(district, counts)),
    others: districts
      .filter(isQuiet)
      .map(({ district }) => district)
      .join(', '),
  };
}

/** The latest terms in which something is raised: `2026-27 T1: 3 · 2025-26 T6: 1`. */
function latestTerms({ terms }: Trial): string {
  const raising = terms.filter(({ counts }) => raisedIn(counts) > 0).toReversed();
  const shown = raising
    .slice(0, MOST.terms)
    .map((term) => `${termInWords(term)}: ${raisedIn(term.counts)}`);
  const earlier = raising.slice(MOST.terms).reduce((sum, { counts }) => sum + raisedIn(counts), 0);
  return [...shown, ...(earlier > 0 ? [`earlier: ${earlier}`] : [])].join(' · ');
}

const exampleView = (finding: Finding) => ({
  about: placeOf(finding),
  text: shortened(foundInWords(finding), LONGEST),
});

/** What to do in the rules list to have the rule run. */
export function stepsFor({ rule, row, wishes }: Trial): string {
  if (!row) return `To switch it on, add a row to ${RULES}:`;
  if (row === 'off') return `To switch it on, change the row “${rule.id}” of ${RULES}:`;
  return Object.keys(wishes).length === 0
    ? `The row “${rule.id}” of ${RULES} is on already.`
    : `The row “${rule.id}” of ${RULES} is on. To have it like this, change:`;
}

/** The cells that have to be written, by the name of their column. */
export function cellsToWrite({ rule, row, wishes }: Trial): [column: string, cell: string][] {
  const on: [string, string][] = row === 'on' ? [] : [['On', 'Yes']];
  const wished = (name: keyof Trial['wishes']) => !row || name in wishes;
  const settings: [string, string][] = [
    ...(wished('forms') ? [['Form', formChoice(rule)] as [string, string]] : []),
    ...(wished('tolerance') && (row || rule.tolerance > 0)
      ? [['Tolerance', String(rule.tolerance)] as [string, string]]
      : []),
    ...(wished('severity') ? [['Severity', rule.severity] as [string, string]] : []),
    ...(wished('missingValues')
      ? [['Missing values', rule.missingValues] as [string, string]]
      : []),
    ...(wished('firstTerm') && rule.firstTerm
      ? [['First term', termLabel(rule.firstTerm)] as [string, string]]
      : []),
  ];
  if (row) return [...settings, ...on];
  return [
    ['Title', 'an id of your own'],
    ['Left side', rule.left],
    ['Operator', rule.operator],
    ...(rule.right === '' ? [] : [['Right side', rule.right] as [string, string]]),
    ...settings,
    ['Wording', 'why it is raised, in plain English'],
    ...on,
  ];
}

function formChoice({ forms }: Rule): string {
  const choice = FORM_CHOICES.find((one) => {
    const chosen = formsOf(one);
    return chosen.length === forms.length && chosen.every((form) => forms.includes(form));
  });
  return choice ?? forms.join(', ');
}

/** Lists that the rule would have looked at, and could not. */
export const couldNotCheck = (rule: Rule, notChecked: readonly NotChecked[]): string[] =>
  notCheckedInWords(
    notChecked.filter(({ forms }) => forms.some((form) => rule.forms.includes(form))),
  );

/** A term as a table has it; of an item that names none, what it says. */
export const termInWords = (term: TermKey): string =>
  term.term === 0 ? `${term.year}, no known term` : termLabel(term);
