import { figureOf, showAnswer, type Answer } from '../returns/answer.ts';
import { isPercentage, showFigure, type Measure } from '../returns/measure.ts';
import type { Return } from '../returns/return.ts';
import {
  earlierFigures,
  earlierReturns,
  isUnreadIn,
  type CheckedReturn,
} from './checked-return.ts';
import {
  findingOf,
  operandOf,
  raised,
  unreadColumn,
  type Operand,
  type OperandValue,
  type Outcome,
  type Says,
} from './finding.ts';
import { judgeOutlier } from './outlier.ts';
import type { Rule } from './rule.ts';

/** A check that looks at one return, and what it makes of it: an outcome for each thing looked at. */
export type ReturnCheck = (rule: Rule, checked: CheckedReturn) => Outcome[];

const FEWEST_TO_CALL_A_COPY = 3;

const skipped = (reason: string): Outcome => ({ kind: 'skipped', reason });

/** The outcome where an answer that is looked at holds no number, and holds something. */
const unreadableAnswer = (name: string, measure?: string): Outcome => ({
  kind: 'could not run',
  reason: `${name} could not be read`,
  because: 'an answer',
  ...(measure === undefined ? {} : { measure }),
});

/** The figure that a check looks at: where the rule never skips, what is missing counts as 0. */
function figureFor(rule: Rule, answer: Answer | undefined): number | undefined {
  if (rule.missingValues !== 'never skip' || answer?.kind === 'unreadable') return figureOf(answer);
  return figureOf(answer) ?? 0;
}

/** What is missing is shown as not given, though it counted as 0. */
const givenIn = (answer: Answer | undefined): number | null => figureOf(answer) ?? null;

/** The measures that a check's left side names; `*` and nothing mean all of the form and the rule's phase. */
function named(rule: Rule, measures: readonly Measure[]): Measure[] {
  const wanted = rule.left.split(/[\s,]+/).filter((name) => name !== '' && name !== '*');
  const isOfAll = ({ phase }: Measure) => rule.phase === undefined || phase === rule.phase;
  return measures.filter((m) => (wanted.length === 0 ? isOfAll(m) : wanted.includes(m.id)));
}

/** Those of them that stand in a column that cannot be read, in this return or one it is held against. */
function unreadAmong(
  rule: Rule,
  checked: CheckedReturn,
  against: readonly (Return | undefined)[],
): Measure[] {
  if (checked.unread.length === 0) return [];
  const asked = named(rule, checked.unread).filter((m) => isUnreadIn(m.id, checked.filed, checked));
  const moved = named(rule, checked.measures).filter((m) =>
    against.some((other) => other && isUnreadIn(m.id, other, checked)),
  );
  return [...asked, ...moved];
}

/** Looks at each measure alone; of one whose column cannot be read it says that it could not. */
function ofEach(
  rule: Rule,
  checked: CheckedReturn,
  against: readonly (Return | undefined)[],
  judge: (measure: Measure) => Outcome,
): Outcome[] {
  const unread = unreadAmong(rule, checked, against);
  const ids = new Set(unread.map(({ id }) => id));
  return [
    ...named(rule, checked.measures)
      .filter((m) => !ids.has(m.id))
      .map(judge),
    ...unread.map(({ id }) => unreadColumn(id, id)),
  ];
}

function found(
  rule: Rule,
  checked: CheckedReturn,
  operands: readonly Operand[],
  says: Says,
): Outcome {
  return raised(findingOf(rule, checked.filed, operands, says));
}

const tested = (id: string, value: OperandValue, { measures }: CheckedReturn): Operand =>
  operandOf(id, value, 'tested', measures);

/**
 * Every number is the same as last term's. One that differs settles it, whatever else is missing;
 * one that is given in a single term is neither the same nor another.
 */
export const isNotRepeated: ReturnCheck = (rule, checked) => {
  const { previous, filed } = checked;
  const [unread] = unreadAmong(rule, checked, [previous]);
  if (unread) return [unreadColumn(unread.id)];
  if (!previous) return [skipped('no return is held for the term before')];
  const pairs = named(rule, checked.measures).map(({ id }) => ({
    id,
    now: filed.answers[id],
    before: previous.answers[id],
  }));
  const given = pairs.filter(
    ({ now, before }) => givenIn(now) !== null || givenIn(before) !== null,
  );
  const compared = given.flatMap((pair) => {
    const [now, before] = [figureFor(rule, pair.now), figureFor(rule, pair.before)];
    return now === undefined || before === undefined ? [] : [{ ...pair, isSame: now === before }];
  });
  if (compared.some(({ isSame }) => !isSame)) return [{ kind: 'pass' }];
  const unknown = whyUnknown(rule, pairs);
  if (unknown) return [unknown];
  if (compared.length < FEWEST_TO_CALL_A_COPY) return [skipped('too few numbers to compare')];
  const operands = compared.map(({ id, now }) => tested(id, givenIn(now), checked));
  const says = `All ${compared.length} numbers are the same as in Term ${previous.term}, ${previous.year}.`;
  const measures = compared.map(({ id }) => id);
  return [found(rule, checked, operands, { says, saysMore: true, measures })];
};

type Pair = { id: string; now: Answer | undefined; before: Answer | undefined };

/** Why two returns cannot be called the same: a number stands against something that is none. */
function whyUnknown(rule: Rule, pairs: readonly Pair[]): Outcome | undefined {
  const unreadable = pairs.find(({ now, before }) =>
    [now, before].some((answer) => answer?.kind === 'unreadable'),
  );
  if (unreadable) return unreadableAnswer(unreadable.id);
  const single = pairs.find(
    ({ now, before }) =>
      (figureFor(rule, now) === undefined) !== (figureFor(rule, before) === undefined),
  );
  return single && skipped(`${single.id} has a figure in one of the two terms only`);
}

/** Nothing now, where there was something last term. */
export const doesNotFallToZero: ReturnCheck = (rule, checked) =>
  ofEach(rule, checked, [checked.previous], (m) => {
    const [now, then] = [checked.filed.answers[m.id], checked.previous?.answers[m.id]];
    if (now?.kind === 'unreadable') return unreadableAnswer(m.id, m.id);
    if (then?.kind === 'unreadable') return unreadableAnswer(`previous.${m.id}`, m.id);
    const [is, was] = [figureFor(rule, now), figureFor(rule, then)];
    if (is === undefined || was === undefined)
      return skipped(`${m.id} has no figure in both terms`);
    if (is !== 0 || was === 0) return { kind: 'pass' };
    const value = givenIn(now);
    const says = `“${m.question}” is ${shown(value, m)} this term and was ${showFigure(was, m.unit)} last term.`;
    const before = operandOf(`previous.${m.id}`, was, 'compared with', checked.measures);
    const operands = [tested(m.id, value, checked), before];
    return found(rule, checked, operands, { says, measures: [m.id] });
  });

const shown = (value: number | null, { unit }: Measure): string =>
  value === null ? 'not given' : showFigure(value, unit);

/** The outcome of a check of one figure where there is none. */
const noFigure = (id: string, answer: Answer | undefined): Outcome =>
  answer?.kind === 'unreadable' ? unreadableAnswer(id, id) : skipped(`${id} has no figure`);

/** Far from the district's own earlier figures. */
export const fitsItsHistory: ReturnCheck = (rule, checked) => {
  const before = earlierReturns(checked);
  return ofEach(rule, checked, [checked.lastYear, ...before], (m) => {
    const answer = checked.filed.answers[m.id];
    const value = figureFor(rule, answer);
    if (value === undefined) return noFigure(m.id, answer);
    const earlier = earlierFigures(m.id, before);
    const lastYear = checked.lastYear?.answers[m.id];
    const judged = judgeOutlier(value, earlier, figureOf(lastYear));
    if (!judged && lastYear?.kind === 'unreadable') {
      return unreadableAnswer(`lastYear.${m.id}`, m.id);
    }
    if (!judged) return skipped(`too few earlier figures for ${m.id}`);
    if (!judged.outlier) return { kind: 'pass' };
    const usual =
      judged.basis === 'own history'
        ? `usually about ${showFigure(judged.against, m.unit)} in this district (${earlier.length} earlier terms)`
        : `${showFigure(judged.against, m.unit)} in the same term last year`;
    const says = `“${m.question}” is ${shown(givenIn(answer), m)}; it was ${usual}.`;
    const against: Operand = {
      name: 'usual',
      label: judged.basis === 'own history' ? 'Usual in this district' : 'The same term last year',
      value: judged.against,
      shown: showFigure(judged.against, m.unit),
      is: 'compared with',
    };
    const own = tested(m.id, givenIn(answer), checked);
    // What is usual moves with every correction of another term: an explanation of this figure stands.
    return found(rule, checked, [own, against], { says, identity: [own], measures: [m.id] });
  });
};

/** A percentage above 100. */
export const isBetween0And100: ReturnCheck = (rule, checked) => {
  const percentages = (measures: readonly Measure[]) =>
    measures.filter((m) => isPercentage(m.unit));
  const only = {
    ...checked,
    measures: percentages(checked.measures),
    unread: percentages(checked.unread),
  };
  return ofEach(rule, only, [], (m) => {
    const answer = checked.filed.answers[m.id];
    const value = figureFor(rule, answer);
    if (value === undefined) return noFigure(m.id, answer);
    if (value >= 0 && value <= 100) return { kind: 'pass' };
    const says = `“${m.question}” is ${showFigure(value, m.unit)}.`;
    return found(rule, checked, [tested(m.id, value, checked)], { says, measures: [m.id] });
  });
};

/** A cell that holds something, and no number. */
export const canBeRead: ReturnCheck = (rule, checked) =>
  ofEach(rule, checked, [], (m) => {
    const answer = checked.filed.answers[m.id];
    if (answer?.kind === 'number') return { kind: 'pass' };
    if (answer?.kind !== 'unreadable') return skipped(`${m.id} has nothing to be read`);
    const says = `“${m.question}” reads ${showAnswer(answer, m.unit)}: ${answer.why}.`;
    const operands = [tested(m.id, asOperand(answer.raw), checked)];
    return found(rule, checked, operands, { says, saysMore: true, measures: [m.id] });
  });

const LONGEST_OPERAND = 200;

/** An operand is part of a finding's identity, which travels with buttons. */
const asOperand = (raw: string): string =>
  raw.length <= LONGEST_OPERAND
    ? raw
    : `${raw.slice(0, LONGEST_OPERAND)}… (${raw.length} characters)`;
