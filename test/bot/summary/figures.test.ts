import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figuresSoFar, showFigureSoFar } from '../../../bot/summary/figures.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import type { Measure } from '../../../bot/returns/measure.ts';
import { blank, filedReturn, measureOf, notKnown, number, statusOf, T1 } from '../made.ts';

const DISTRICTS = ['Dover', 'Swale', 'Thanet'];

/** The one figure of one measure, from what each district answered; undefined: no return is held. */
function figureFrom(
  answers: readonly (Answer | undefined)[],
  over: Partial<Measure> = {},
  gathered: Partial<Parameters<typeof figuresSoFar>[1]> = {},
) {
  const measure = measureOf('a', over);
  const statuses = answers.map((answer, i) => {
    const district = DISTRICTS[i] ?? 'Elsewhere';
    const filed = answer && filedReturn({ district, answers: { a: answer } });
    return statusOf({ district, state: filed ? 'filed' : 'missing', filed });
  });
  const [kpi] = figuresSoFar(T1, {
    statuses,
    measures: [measure],
    unreadMeasures: [],
    districts: DISTRICTS,
    unreadForms: new Set(),
    ...gathered,
  });
  return kpi?.figures[0];
}

const lineFrom = (...args: Parameters<typeof figureFrom>): string => {
  const figure = figureFrom(...args);
  return figure ? showFigureSoFar(figure) : 'no line';
};

describe('the figures so far', () => {
  test('are the countywide total, and from how many districts', () => {
    expect(lineFrom([number(1000), number(204), undefined])).toBe('1,204 (2 of 3)');
    expect(lineFrom([number(1.1), number(2.2)], { unit: 'decimal' })).toBe('3.3 (2 of 3)');
    expect(lineFrom([number(377_550), number(1000)], { unit: 'money' })).toBe('£378,550 (2 of 3)');
  });

  test('of percentages are the mean, and say so', () => {
    const line = lineFrom([number(35), number(38), number(36)], { unit: 'percentage of 1' });
    expect(line).toBe('mean 36.3% (3 of 3)');
  });

  test('count what was given: blank and not known are not zero', () => {
    expect(lineFrom([number(12), blank, notKnown])).toBe('12 (1 of 3)');
    expect(lineFrom([blank, notKnown, undefined])).toBe('– (0 of 3)');
  });

  test('leave out what names no district of the list, and other terms', () => {
    expect(lineFrom([number(10), number(10), number(10), number(99)])).toBe('30 (3 of 3)');
    expect(lineFrom([number(10)], { lastTerm: { year: '2025-26', term: 6 } })).toBe('no line');
  });

  test('are never told of a count below five, not even that it is none', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4 }), (few) => {
        expect(lineFrom([number(few)])).toBe('fewer than 5 (1 of 3)');
      }),
    );
    expect(lineFrom([number(5)])).toBe('5 (1 of 3)');
    expect(lineFrom([number(2.5)], { unit: 'decimal' })).toBe('2.5 (1 of 3)');
  });

  test('say where a column cannot be read, rather than that nobody gave a figure', () => {
    const gone = { measures: [], unreadMeasures: [measureOf('a')] };
    expect(lineFrom([number(5)], {}, gone)).toBe('could not be read');
  });

  test('are not told of a form whose list could not be read', () => {
    expect(lineFrom([], {}, { unreadForms: new Set(['KPI', 'LAR']) })).toBe('no line');
  });

  test('include what SharePoint works out by itself', () => {
    expect(lineFrom([number(30)], { calculated: true })).toBe('30 (1 of 3)');
  });
});
