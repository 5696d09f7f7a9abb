import { describe, expect, test } from 'vitest';
import { assess, type Held, type Remembered } from '../../../bot/assess.ts';
import { check } from '../../../bot/findings/check.ts';
import { CHECKS, COMPARISONS, type Rule } from '../../../bot/findings/rule.ts';
import { heldMeasuresOf } from '../../../bot/returns/measure.ts';
import { returnId } from '../../../bot/returns/return.ts';
import {
  filedReturn,
  heldOf,
  measureOf,
  nothingRemembered,
  numbers,
  ruleOf,
  T1,
  unreadable,
} from '../made.ts';

const MONDAY = new Date('2026-11-23T09:00:00Z');
const BEFORE = { year: '2025-26', term: 6 };
const A = measureOf('a');
const B = measureOf('b');

/** Everything held, with the column of b gone: its answers are in no return. */
const held = (over: Partial<Held> = {}): Held =>
  heldOf({
    measures: [A],
    unreadMeasures: [B],
    returns: [filedReturn({ answers: numbers({ a: 9 }) })],
    ...over,
  });

const look = (over: Partial<Held> = {}, remembered: Partial<Remembered> = {}) =>
  assess(held(over), { ...nothingRemembered, ...remembered }, MONDAY);

const outcomesOf = (rule: Rule, over: Partial<Held> = {}) => {
  const all = { ...held(over), districts: [] };
  return check([rule], all).outcomes.map(({ outcome }) => outcome);
};

const couldNotRun = (reason: string, measure?: string) => ({
  kind: 'could not run',
  because: 'a column',
  reason,
  ...(measure ? { measure } : {}),
});

describe('a rule that names a measure whose column is gone', () => {
  test.each(COMPARISONS)('could not run: a %s b', (operator) => {
    for (const missingValues of ['skip if any is missing', 'never skip'] as const) {
      expect(outcomesOf(ruleOf({ operator, missingValues }))).toEqual([
        couldNotRun('the column of b cannot be read'),
      ]);
    }
  });

  test('is not left out as naming no measure, and nothing more is said of it', () => {
    const rules = [
      ruleOf(),
      ruleOf({ id: 'history', operator: 'fits its own history', left: 'b' }),
    ];
    expect(look({ rules }).report.problems).toEqual([]);
    expect(look({ rules }).problems).toEqual([]);
  });

  test.each(['previous.b', 'lastYear.b'])('could not run: a ≤ %s', (right) => {
    const then = right === 'previous.b' ? BEFORE : { year: '2025-26', term: 1 };
    const returns = [filedReturn({ answers: numbers({ a: 9 }) }), filedReturn(then)];
    expect(outcomesOf(ruleOf({ right }), { returns })).toContainEqual(
      couldNotRun(`the column of ${right} cannot be read`),
    );
  });

  test('is skipped as ever in terms in which the measure was not asked', () => {
    const unreadMeasures = [measureOf('b', { firstTerm: { year: '2026-27', term: 2 } })];
    expect(outcomesOf(ruleOf(), { unreadMeasures })).toEqual([
      { kind: 'skipped', reason: 'b was not asked' },
    ]);
  });

  test('runs on the terms in which the measure stood in another column', () => {
    const measures = [A, measureOf('b', { column: 'old', lastTerm: BEFORE })];
    const unreadMeasures = [measureOf('b', { firstTerm: T1 })];
    const returns = [
      filedReturn({ answers: numbers({ a: 9 }) }),
      filedReturn({ ...BEFORE, answers: numbers({ a: 9, b: 5 }) }),
    ];
    const kinds = outcomesOf(ruleOf(), { measures, unreadMeasures, returns }).map((o) => o.kind);
    expect(kinds.toSorted()).toEqual(['could not run', 'query']);
  });
});

describe('a check of each answer', () => {
  const checks = CHECKS.filter(
    (operator) =>
      !['is filed once', 'names a known district', 'names a known term'].includes(operator),
  );

  test.each(checks)('could not run on the answer that cannot be read: %s', (operator) => {
    const unreadMeasures = [measureOf('b', { unit: 'percentage' })];
    const rule = ruleOf({ operator, left: '*', right: '' });
    const returns = [
      filedReturn({ answers: { a: unreadable } }),
      filedReturn({ ...BEFORE, answers: numbers({ a: 3 }) }),
    ];
    const outcomes = outcomesOf(rule, { unreadMeasures, returns });
    expect(outcomes).toContainEqual(
      expect.objectContaining({ kind: 'could not run', because: 'a column' }),
    );
  });

  test('still looks at the others', () => {
    const rule = ruleOf({ operator: 'can be read', left: '*', right: '' });
    const returns = [filedReturn({ answers: { a: unreadable } })];
    expect(outcomesOf(rule, { returns })).toEqual([
      expect.objectContaining({ kind: 'query' }),
      couldNotRun('the column of b cannot be read', 'b'),
    ]);
  });

  test('of percentages has nothing to say of a column that holds none', () => {
    const rule = ruleOf({ operator: 'is between 0 and 100', left: '*', right: '' });
    expect(outcomesOf(rule)).toEqual([]);
  });

  test('against history could not run where the history stood in the column that is gone', () => {
    const measures = [A, measureOf('b', { firstTerm: T1 })];
    const unreadMeasures = [measureOf('b', { column: 'old', lastTerm: BEFORE })];
    const rule = ruleOf({ operator: 'fits its own history', left: 'b', right: '' });
    const returns = [filedReturn({ answers: numbers({ b: 9 }) }), filedReturn(BEFORE)];
    const outcomes = outcomesOf(rule, { measures, unreadMeasures, returns });
    expect(outcomes).toEqual([
      couldNotRun('the column of b cannot be read', 'b'),
      couldNotRun('the column of b cannot be read', 'b'),
    ]);
  });
});

describe('while a column is gone', () => {
  const filed = filedReturn({ answers: numbers({ a: 9, b: 5 }) });
  const before = assess(heldOf({ returns: [filed] }), nothingRemembered, MONDAY);
  const without = filedReturn({ ...filed, answers: numbers({ a: 9 }) });
  const history = ruleOf({ id: 'history', operator: 'can be read', left: '*', right: '' });

  test('a finding of a rule that names it stays as it is, and comes back as it was', () => {
    expect(before.changed).toHaveLength(1);
    const during = look({ returns: [without] }, { findings: before.register });
    expect(during.changed).toEqual([]);
    const after = assess(
      heldOf({ returns: [filed] }),
      { ...nothingRemembered, findings: during.register },
      MONDAY,
    );
    expect(after.changed).toEqual([]);
  });

  test('a finding about another answer is closed when that is corrected', () => {
    const wrong = filedReturn({ ...filed, answers: { a: unreadable } });
    const found = look({ rules: [history], returns: [wrong] });
    const corrected = look({ rules: [history], returns: [without] }, { findings: found.register });
    expect(corrected.changed.map(({ status }) => status)).toEqual(['closed']);
  });

  test('a required question of it does not make the return part filed', () => {
    const { statuses } = look({ rules: [], returns: [without] });
    const [kpi] = statuses.filter((s) => returnId(s) === returnId(filed));
    expect(kpi).toMatchObject({ state: 'filed', blank: [] });
  });

  test('when a return was first filed is not frozen of those that it concerns', () => {
    const lar = filedReturn({ form: 'LAR' });
    const { newFilings } = look({ rules: [], returns: [without, lar] });
    expect([...newFilings]).toEqual([
      [returnId(without), { complete: without.createdAt }],
      [returnId(lar), lar.createdAt],
    ]);
  });
});

test('a measure that SharePoint works out is among those held, and not among the questions', () => {
  const measures = [A, measureOf('c', { calculated: true })];
  expect(heldMeasuresOf(measures, 'KPI', T1)).toHaveLength(2);
  const { statuses } = look({ measures, unreadMeasures: [], rules: [] });
  expect(statuses[0], 'nobody can be asked to fill it').toMatchObject({ blank: [] });
});
