import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answersOf,
  countyFigures,
  measureOverTime,
  rewordings,
  together,
  type MeasureOverTime,
} from '../../../bot/oversight/over-time.ts';
import type { Look } from '../../../bot/look.ts';
import type { Measure } from '../../../bot/returns/measure.ts';
import type { Return } from '../../../bot/returns/return.ts';
import { filedReturn, heldOf, measureOf, notKnown, number, T1 } from '../made.ts';
import { lookOf } from './look-of.ts';

const AT = '2026-11-23T09:00:00Z';
const districts = ['Dover', 'Swale', 'Thanet'].map((name) => ({
  name,
  otherNames: [],
  figures: [],
}));
const gave = (district: string, term: number, a: number, year = '2025-26'): Return =>
  filedReturn({ district, year, term, answers: { a: number(a) } });

function seen(returns: readonly Return[], measures: readonly Measure[] = [measureOf('a')]) {
  const look = lookOf(heldOf({ returns, measures, districts }), { at: AT });
  return { look, over: meant(look) };
}

function meant(look: Look): MeasureOverTime {
  const over = measureOverTime('a', look);
  if (!over) throw new Error('There is no such measure.');
  return over;
}

describe('the terms to look at', () => {
  test('begin with the first figure, and end with the term being gathered', () => {
    const { over } = seen([gave('Dover', 5, 3)]);
    expect(over.terms).toEqual([{ year: '2025-26', term: 5 }, { year: '2025-26', term: 6 }, T1]);
  });

  test('are those in which it was asked', () => {
    const until = { year: '2025-26', term: 5 };
    const { over } = seen([gave('Dover', 4, 3)], [measureOf('a', { lastTerm: until })]);
    expect(over.terms.map(({ term }) => term)).toEqual([4, 5]);
  });

  test('are the last that hold a figure, however long ago', () => {
    const { over } = seen([gave('Dover', 1, 3, '2022-23'), gave('Dover', 2, 4, '2022-23')]);
    expect(over.terms.map(({ term }) => term)).toEqual([1, 2]);
  });

  test('are none where no figure is held', () => {
    expect(seen([]).over.terms).toEqual([]);
  });
});

describe('a district over time', () => {
  test('has gaps where it gave no figure, told apart from no return', () => {
    const { look, over } = seen([
      gave('Dover', 4, 3),
      filedReturn({ year: '2025-26', term: 5, answers: { a: notKnown } }),
      filedReturn({ year: '2025-26', term: 6 }),
    ]);
    expect(answersOf(over, 'Dover', look).map(({ answer }) => answer?.kind)).toEqual([
      'number',
      'not known',
      'blank',
      undefined,
    ]);
  });
});

describe('the county over time', () => {
  test('is the sum of those that gave a figure, and of how many', () => {
    const { look, over } = seen([
      gave('Dover', 6, 3),
      gave('Swale', 6, 4),
      gave('Dover', 1, 5, '2026-27'),
    ]);
    expect(countyFigures(over, look)).toEqual([
      { year: '2025-26', term: 6, value: 7, given: 2, of: 3 },
      { ...T1, value: 5, given: 1, of: 3 },
    ]);
  });

  test('of percentages is the median', () => {
    const measures = [measureOf('a', { unit: 'percentage' })];
    const { look, over } = seen(
      [gave('Dover', 6, 10), gave('Swale', 6, 20), gave('Thanet', 6, 90)],
      measures,
    );
    expect(countyFigures(over, look)[0]?.value).toBe(20);
  });

  test('is a gap, and never zero, where nobody gave a figure', () => {
    const { look, over } = seen([gave('Dover', 5, 3)]);
    expect(countyFigures(over, look)[1]).toMatchObject({ value: undefined, given: 0 });
  });
});

test('a sum does not hang on the order of the districts, nor a median', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('count' as const, 'percentage' as const),
      (figures, unit) => {
        expect(together(figures.toReversed(), { unit })).toBe(together(figures, { unit }));
      },
    ),
  );
});

test('a question that is asked in other words says since when', () => {
  const before = measureOf('a', { lastTerm: { year: '2024-25', term: 6 }, question: 'Sessions' });
  const after = measureOf('a', { firstTerm: { year: '2025-26', term: 1 }, question: 'Clinics' });
  expect(rewordings([before, after])).toMatchObject([
    { from: { year: '2025-26', term: 1 }, before: { question: 'Sessions' } },
  ]);
  expect(rewordings([before, { ...before, firstTerm: T1 }])).toEqual([]);
});
