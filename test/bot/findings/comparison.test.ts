import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../../bot/findings/check.ts';
import { compare, compareSides } from '../../../bot/findings/comparison.ts';
import { compileRule } from '../../../bot/findings/compile-rule.ts';
import type { Outcome } from '../../../bot/findings/finding.ts';
import type { Comparison, MissingValues, Rule } from '../../../bot/findings/rule.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import {
  blank,
  filedReturn,
  measureOf,
  notKnown,
  number,
  numbers,
  ruleOf,
  unreadable,
} from '../made.ts';

const measures = ['a', 'b', 'c', 'd'].map((id) => measureOf(id));

function outcome(rule: Partial<Rule>, answers: Record<string, Answer>): Outcome {
  const compiled = compileRule(ruleOf(rule), measures);
  if ('problem' in compiled) throw new Error(compiled.problem);
  return compareSides(compiled, {
    filed: filedReturn({ answers }),
    measures,
    previous: undefined,
    lastYear: undefined,
    history: [],
    at: 0,
    unread: [],
    district: {},
  });
}

const kindOf = (rule: Partial<Rule>, answers: Record<string, Answer>) =>
  outcome(rule, answers).kind;

describe('each operator', () => {
  test.each<[Comparison, boolean, boolean, boolean]>([
    ['=', false, true, false],
    ['≠', true, false, true],
    ['<', true, false, false],
    ['≤', true, true, false],
    ['>', false, false, true],
    ['≥', false, true, true],
  ])('%s holds for less, same, more: %s, %s, %s', (operator, less, same, more) => {
    const holds = [4, 5, 6].map((a) => kindOf({ operator }, numbers({ a, b: 5 })) === 'pass');
    expect(holds).toEqual([less, same, more]);
  });

  test('binary dust is no contradiction', () => {
    expect(compare(0.1 + 0.2, '=', 0.3, 0)).toBe(true);
    expect(compare(0.1 + 0.2, '≤', 0.3, 0)).toBe(true);
    expect(compare(0.1 + 0.2, '>', 0.3, 0)).toBe(false);
    expect(compare(0.3, '<', 0.1 + 0.2, 0)).toBe(false);
  });

  test('a finding names each figure and says why it was raised', () => {
    const found = outcome({}, numbers({ a: 212, b: 189 }));
    expect(found).toMatchObject({
      kind: 'query',
      finding: {
        operands: [
          { name: 'a', label: 'Question a', value: 212, shown: '212', is: 'tested' },
          { name: 'b', label: 'Question b', value: 189, shown: '189', is: 'compared with' },
        ],
        says: '“Question a” is 212 and “Question b” is 189.',
        saysMore: false,
        why: 'A cannot be above B.',
        measures: ['a', 'b'],
      },
    });
  });
});

describe('tolerance', () => {
  const figures = fc.integer({ min: -1000, max: 1000 });
  const tolerances = fc.nat({ max: 50 });

  test('is the same in both directions', () => {
    fc.assert(
      fc.property(figures, figures, tolerances, (x, y, t) => {
        expect(compare(x, '=', y, t)).toBe(compare(y, '=', x, t));
        expect(compare(x, '≠', y, t)).toBe(compare(y, '≠', x, t));
        expect(compare(x, '≤', y, t)).toBe(compare(y, '≥', x, t));
        expect(compare(x, '<', y, t)).toBe(compare(y, '>', x, t));
      }),
    );
  });

  test('only ever lets more pass', () => {
    fc.assert(
      fc.property(figures, figures, tolerances, (x, y, t) => {
        for (const operator of ['=', '≤', '≥', '<', '>'] as const) {
          if (compare(x, operator, y, 0)) expect(compare(x, operator, y, t)).toBe(true);
        }
      }),
    );
  });

  test('is included: one point off is within one point', () => {
    expect(compare(79, '=', 78, 1)).toBe(true);
    expect(compare(79.01, '=', 78, 1)).toBe(false);
  });
});

describe('missing values, as DHIS2 has them: each side on its own', () => {
  const sum: Partial<Rule> = { left: 'a + b', operator: '=', right: 'c + d' };
  const cases: [string, Record<string, Answer>, Record<MissingValues, Outcome['kind']>][] = [
    [
      'nothing missing, and it holds',
      numbers({ a: 1, b: 2, c: 3, d: 0 }),
      { 'skip if any is missing': 'pass', 'skip if all are missing': 'pass', 'never skip': 'pass' },
    ],
    [
      'one of a side missing',
      { ...numbers({ a: 1, c: 3, d: 0 }), b: blank },
      {
        'skip if any is missing': 'skipped',
        'skip if all are missing': 'query',
        'never skip': 'query',
      },
    ],
    [
      'one of each side missing',
      numbers({ a: 1, c: 1 }),
      {
        'skip if any is missing': 'skipped',
        'skip if all are missing': 'pass',
        'never skip': 'pass',
      },
    ],
    [
      'a whole side missing',
      numbers({ a: 1, b: 2 }),
      {
        'skip if any is missing': 'skipped',
        'skip if all are missing': 'skipped',
        'never skip': 'query',
      },
    ],
    [
      'everything missing',
      { a: blank, b: notKnown },
      {
        'skip if any is missing': 'skipped',
        'skip if all are missing': 'skipped',
        'never skip': 'pass',
      },
    ],
  ];

  test.each(cases)('%s', (_, answers, expected) => {
    const strategies = Object.keys(expected) as MissingValues[];
    const kinds = strategies.map((missingValues) => kindOf({ ...sum, missingValues }, answers));
    expect(Object.fromEntries(strategies.map((s, i) => [s, kinds[i]]))).toEqual(expected);
  });

  test('a side that is only a number is never missing', () => {
    const limit: Partial<Rule> = {
      left: 'a',
      right: '100',
      missingValues: 'skip if all are missing',
    };
    expect(kindOf(limit, numbers({ a: 104 }))).toBe('query');
    expect(kindOf(limit, {})).toBe('skipped');
  });

  test('a skip says which figures are missing', () => {
    expect(outcome(sum, numbers({ a: 1, b: 1, c: 1 }))).toEqual({
      kind: 'skipped',
      reason: 'no figure for d',
    });
  });

  test('a blank that counts as 0 is still shown as not given', () => {
    const found = outcome({ missingValues: 'never skip' }, { a: number(5), b: blank });
    expect(found).toMatchObject({
      kind: 'query',
      finding: {
        operands: [
          { value: 5, shown: '5' },
          { value: null, shown: 'not given' },
        ],
      },
    });
  });
});

describe('what was not asked', () => {
  const NEW = { year: '2026-27', term: 1 };
  const asked = [measureOf('a'), measureOf('b', { firstTerm: NEW })];
  const strategies = ['skip if any is missing', 'skip if all are missing', 'never skip'] as const;
  const inTerms = (rule: Partial<Rule>, ...returns: ReturnType<typeof filedReturn>[]) =>
    check([ruleOf(rule)], {
      returns,
      strays: [],
      measures: asked,
      unreadMeasures: [],
      districts: [],
    }).outcomes.map(({ outcome: { kind } }) => kind);
  const before = filedReturn({ year: '2025-26', term: 6, answers: numbers({ a: 9 }) });
  const since = filedReturn({ ...NEW, answers: { a: number(9), b: blank } });

  test.each(strategies)('is no missing value of an old return: %s', (missingValues) => {
    const isCounted = missingValues === 'never skip';
    expect(inTerms({ missingValues }, before, since)).toEqual([
      'skipped',
      isCounted ? 'query' : 'skipped',
    ]);
    expect(inTerms({ missingValues, operator: 'both or neither' }, before, since)).toEqual([
      'skipped',
      'query',
    ]);
  });

  test.each(strategies)(
    'is none either where the term before is held against: %s',
    (missingValues) => {
      const rule = { left: 'a', right: 'previous.b', missingValues };
      expect(inTerms(rule, before, since)).toEqual(['skipped', 'skipped']);
    },
  );

  test('is told apart from what is missing', () => {
    const reasons = check([ruleOf({ missingValues: 'never skip' })], {
      returns: [before],
      strays: [],
      measures: asked,
      unreadMeasures: [],
      districts: [],
    }).outcomes.map(({ outcome: o }) => ('reason' in o ? o.reason : ''));
    expect(reasons).toEqual(['b was not asked']);
  });
});

describe('both or neither, and not both', () => {
  const present = number(0);
  test.each<[string, Answer, Answer, Outcome['kind'], Outcome['kind']]>([
    ['both given', present, present, 'pass', 'query'],
    ['neither given', blank, blank, 'pass', 'pass'],
    ['only the left', present, blank, 'query', 'pass'],
    ['only the right', blank, present, 'query', 'pass'],
    ['one explained as not known', present, notKnown, 'skipped', 'skipped'],
    ['one unreadable', present, unreadable, 'could not run', 'could not run'],
  ])('%s', (_, a, b, bothOrNeither, notBoth) => {
    expect(kindOf({ operator: 'both or neither' }, { a, b })).toBe(bothOrNeither);
    expect(kindOf({ operator: 'not both' }, { a, b })).toBe(notBoth);
  });
});

describe('a rule that cannot be worked out', () => {
  test('could not run where a figure is unreadable, whatever the strategy', () => {
    for (const missingValues of ['skip if any is missing', 'never skip'] as const) {
      expect(outcome({ missingValues }, { a: number(5), b: unreadable })).toEqual({
        kind: 'could not run',
        reason: 'b could not be read',
        because: 'an answer',
      });
    }
  });

  test('could not run where it divides by zero', () => {
    expect(outcome({ right: 'a / b * c' }, numbers({ a: 5, b: 0, c: 1 }))).toEqual({
      kind: 'could not run',
      reason: 'division by zero',
      because: 'the rule',
    });
  });

  test('never counts as a pass and raises nothing', () => {
    const report = check([ruleOf()], {
      returns: [filedReturn({ answers: { a: number(5), b: unreadable } })],
      strays: [],
      unreadMeasures: [],
      measures,
      districts: [],
    });
    expect(report.findings).toEqual([]);
    expect(report.outcomes.map(({ outcome: o }) => o.kind)).toEqual(['could not run']);
  });
});
