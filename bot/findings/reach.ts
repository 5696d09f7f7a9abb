/**
 * Whether a rule can say anything of the returns that its row names: a row that never says anything
 * looks like one that is always met.
 */
import { compareTerms, termAfter, termLabel, within, type TermKey } from '../calendar/terms.ts';
import { isPercentage, type Form, type Measure } from '../returns/measure.ts';
import { askedIn } from './asked.ts';
import type { Expression, NamePart } from './expression.ts';
import type { RuleProblem, Side, TextProblem } from './rule-problem.ts';
import type { Check, Operator, Rule } from './rule.ts';

/** A district may file several of them for a term, so that none is the one of the term before. */
const WITHOUT_HISTORY: readonly Form[] = ['AET'];

const LOOKS_BACK: ReadonlySet<Operator> = new Set<Check>([
  'is not repeated from last term',
  'does not fall to zero',
  'fits its own history',
]);

/** Why a row of whatever kind applies to no term. */
export function appliesNever({ id, firstTerm, lastTerm }: Rule): RuleProblem | undefined {
  if (!firstTerm || !lastTerm || compareTerms(firstTerm, lastTerm) <= 0) return undefined;
  const problem = `its first term, ${termLabel(firstTerm)}, is after its last, ${termLabel(lastTerm)}, so it applies to none`;
  return { rule: id, problem };
}

/** Why a comparison can never be judged in some form that its row names. */
export function outOfReach(
  rule: Rule,
  sides: { left: Expression; right: Expression },
  measures: readonly Measure[],
): RuleProblem | undefined {
  const named = [...placed('left side', sides.left), ...placed('right side', sides.right)];
  return (
    apart(rule, named, measures) ??
    withoutHistory(rule, named) ??
    neverTogether(
      rule,
      named.map(({ part }) => part.name),
      measures,
    )
  );
}

type Placed = { side: Side; part: NamePart };

const placed = (side: Side, { named }: Expression): Placed[] =>
  named.map((part) => ({ side, part }));

const problemAt = (rule: Rule, { side, part }: Placed, problem: string): RuleProblem => ({
  rule: rule.id,
  side,
  problem,
  text: part.name,
  at: part.start,
});

/** A rule compares figures of one return: each form of its row has to ask all of them. */
function apart(
  rule: Rule,
  named: readonly Placed[],
  measures: readonly Measure[],
): RuleProblem | undefined {
  let together: readonly Form[] = rule.forms;
  let narrowed: Placed | undefined;
  for (const one of named) {
    const forms = formsOfName(one.part.name, measures, together);
    if (forms.length === 0) {
      const problem = `“${one.part.name}” and “${narrowed?.part.name}” are asked in different forms, and a rule checks one return`;
      return problemAt(rule, one, problem);
    }
    if (forms.length < together.length) narrowed ??= one;
    together = forms;
  }
  if (!narrowed) return undefined;
  const others = rule.forms.filter((form) => !together.includes(form));
  const problem = `“${narrowed.part.name}” is asked in ${together.join(' and ')}, and the rule checks ${others.join(' and ')} too: choose ${together.join(' or ')} alone`;
  return problemAt(rule, narrowed, problem);
}

function formsOfName(
  name: string,
  measures: readonly Measure[],
  among: readonly Form[],
): readonly Form[] {
  if (name.startsWith('district.')) return among;
  const id = name.split('.').at(-1);
  return among.filter((form) => measures.some((m) => m.id === id && m.form === form));
}

function withoutHistory(rule: Rule, named: readonly Placed[]): RuleProblem | undefined {
  const back = named.find(({ part }) => /^(previous|lastYear)\./.test(part.name));
  const form = rule.forms.find((one) => WITHOUT_HISTORY.includes(one));
  return (
    back && form && problemAt(rule, back, `“${back.part.name}” is never known: ${noTerm(form)}`)
  );
}

const noTerm = (form: Form): string =>
  `a district may file several ${form} sheets for a term, and none has one before it. Choose another form`;

/** Measures that are asked in different years never meet, so one of them is missing always. */
function neverTogether(
  rule: Rule,
  names: readonly string[],
  measures: readonly Measure[],
): RuleProblem | undefined {
  const asked = names.map((name) => askedIn(name, measures));
  const ids = new Set(names.map((name) => name.split('.').at(-1)));
  const terms = beginnings(
    rule,
    measures.filter((m) => ids.has(m.id)),
  );
  const form = rule.forms.find(
    (one) => !terms.some((term) => asked.every((isAsked) => isAsked(one, term))),
  );
  if (!form) return undefined;
  const problem = `no term to which it applies asks in ${form} for all that it names (${[...new Set(names)].join(', ')})`;
  return { rule: rule.id, problem };
}

/** Before every term that anybody lists. */
const EARLIEST: TermKey = { year: '2000-01', term: 1 };
const TERMS_OF_A_YEAR = 6;

/** The terms from which on something more may be asked: if figures ever meet, they do in one of these. */
function beginnings({ firstTerm, lastTerm }: Rule, measures: readonly Measure[]): TermKey[] {
  const firsts = measures.flatMap((m) => (m.firstTerm ? [m.firstTerm] : []));
  const all = [EARLIEST, ...(firstTerm ? [firstTerm] : []), ...firsts].flatMap((term) => [
    term,
    termAfter(term),
    aYearAfter(term),
  ]);
  return all.filter((term) => within(term, firstTerm, lastTerm));
}

function aYearAfter(term: TermKey): TermKey {
  let after = term;
  for (let i = 0; i < TERMS_OF_A_YEAR; i += 1) after = termAfter(after);
  return after;
}

/** Why a check of items as a whole cannot be used as its row has it. */
export function listsProblem({ id, operator, forms, left }: Rule): RuleProblem | undefined {
  const text = left.trim();
  if (text !== '' && text !== '*') {
    const problem = `“${operator}” looks at items as a whole: name nothing before it, or “*”`;
    return { rule: id, side: 'left side', problem, text, at: left.indexOf(text) };
  }
  const form = operator === 'is filed once' && forms.find((one) => WITHOUT_HISTORY.includes(one));
  return form
    ? {
        rule: id,
        problem: `a district may file several ${form} sheets for a term. Choose another form`,
      }
    : undefined;
}

/** Why a check of each answer has nothing to look at in some form that its row names. */
export function checksNothing(
  rule: Rule,
  named: readonly NamePart[],
  measures: readonly Measure[],
): TextProblem | undefined {
  const [first] = named;
  const at = { text: first?.name ?? rule.left, at: first?.start ?? 0 };
  const past = LOOKS_BACK.has(rule.operator) && WITHOUT_HISTORY.find((f) => rule.forms.includes(f));
  if (past)
    return { ...at, problem: `“${rule.operator}” finds nothing to look back to: ${noTerm(past)}` };
  const count =
    rule.operator === 'is between 0 and 100' && named.find((one) => isNoShare(one, rule, measures));
  if (count) {
    const problem = `“${count.name}” is no percentage, and “${rule.operator}” looks at percentages alone: write “${count.name} ≤ 100”`;
    return { problem, text: count.name, at: count.start };
  }
  const silent = rule.forms.filter(
    (form) => !measures.some((m) => m.form === form && isLookedAt(m, rule, named)),
  );
  // All that a form asks may be of no interest to a check; what is named is of interest.
  const isSilent = named.length > 0 ? silent.length > 0 : silent.length === rule.forms.length;
  return isSilent ? { ...at, problem: nothingIn(silent, rule, named) } : undefined;
}

function nothingIn(
  silent: readonly Form[],
  { operator, phase }: Rule,
  named: readonly NamePart[],
): string {
  const forms = silent.join(' and ');
  if (named.length > 0) return `nothing that is named is asked in ${forms} while the rule applies`;
  const what = operator === 'is between 0 and 100' ? 'percentage' : 'measure';
  return `“*” is nothing: while the rule applies, ${forms} asks for no ${what}${phase ? ` of the phase ${phase}` : ''}`;
}

const isNoShare = ({ name }: NamePart, rule: Rule, measures: readonly Measure[]): boolean =>
  !measures.some((m) => m.id === name && rule.forms.includes(m.form) && isPercentage(m.unit));

function isLookedAt(measure: Measure, rule: Rule, named: readonly NamePart[]): boolean {
  const isNamed =
    named.length === 0
      ? rule.phase === undefined || measure.phase === rule.phase
      : named.some(({ name }) => name === measure.id);
  const isOfKind = rule.operator !== 'is between 0 and 100' || isPercentage(measure.unit);
  return isNamed && isOfKind && overlap(measure, rule);
}

type Span = Pick<Rule, 'firstTerm' | 'lastTerm'>;

const overlap = (a: Span, b: Span): boolean => startsBefore(a, b) && startsBefore(b, a);

const startsBefore = ({ firstTerm }: Span, { lastTerm }: Span): boolean =>
  !firstTerm || !lastTerm || compareTerms(firstTerm, lastTerm) <= 0;
