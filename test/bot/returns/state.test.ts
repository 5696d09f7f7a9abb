import { describe, expect, test } from 'vitest';
import { blanksOf, isFiled, stateOf, type ReturnState } from '../../../bot/returns/state.ts';
import { blank, filedReturn, measureOf, notKnown, number, unreadable } from '../made.ts';

const filed = filedReturn({ itemId: '7', etag: '"2"' });
const clean = { blanks: 0, errors: 0, openQueries: 0 };
const approval = (etag: string, itemId = '7') => ({ itemId, etag });

describe('where a return stands', () => {
  test.each<[string, ReturnState, Parameters<typeof stateOf>]>([
    ['no item', 'missing', [undefined, clean]],
    ['no item, though once approved', 'missing', [undefined, clean, approval('"2"')]],
    ['a blank left', 'part filed', [filed, { ...clean, blanks: 1 }]],
    ['an error', 'part filed', [filed, { ...clean, errors: 1 }]],
    ['an error and queries', 'part filed', [filed, { blanks: 0, errors: 1, openQueries: 3 }]],
    ['nothing open', 'filed', [filed, clean]],
    ['an open query', 'filed with open queries', [filed, { ...clean, openQueries: 1 }]],
    ['approved as it stands', 'approved', [filed, clean, approval('"2"')]],
    [
      'approved, and queried by a later rule',
      'approved',
      [filed, { ...clean, openQueries: 1 }, approval('"2"')],
    ],
    [
      'approved, and wrong by a later rule',
      'approved',
      [filed, { ...clean, errors: 1 }, approval('"2"')],
    ],
    ['edited after approval', 'amended', [filed, clean, approval('"1"')]],
    ['another item of it counts now', 'amended', [filed, clean, approval('"2"', '6')]],
    ['edited into a query', 'amended', [filed, { ...clean, openQueries: 1 }, approval('"1"')]],
    ['edited into an error', 'part filed', [filed, { ...clean, errors: 1 }, approval('"1"')]],
    ['approved, then blanked', 'part filed', [filed, { ...clean, blanks: 2 }, approval('"1"')]],
  ])('%s: %s', (_, state, found) => {
    expect(stateOf(...found)).toBe(state);
  });

  test('only what is complete counts as handed in', () => {
    const states: ReturnState[] = [
      'missing',
      'part filed',
      'filed',
      'filed with open queries',
      'approved',
      'amended',
    ];
    expect(states.filter(isFiled)).toEqual([
      'filed',
      'filed with open queries',
      'approved',
      'amended',
    ]);
  });
});

describe('what is left blank', () => {
  const measures = [measureOf('a'), measureOf('b'), measureOf('c', { required: false })];

  test('a required question without an answer, and never an optional one', () => {
    expect(blanksOf(filedReturn({ answers: { a: blank } }), measures)).toEqual(['a', 'b']);
  });

  test('zero, not known with a reason, and text that cannot be read are no blanks', () => {
    for (const answer of [number(0), notKnown, unreadable]) {
      expect(blanksOf(filedReturn({ answers: { a: answer, b: answer } }), measures)).toEqual([]);
    }
  });
});
