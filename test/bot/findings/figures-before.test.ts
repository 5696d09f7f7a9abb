import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { termBefore, type TermKey } from '../../../bot/calendar/terms.ts';
import { figuresBefore, MOST_POINTS } from '../../../bot/findings/figures-before.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import type { Return, ReturnKey } from '../../../bot/returns/return.ts';
import { blank, filedReturn, notKnown, number, T1, unreadable } from '../made.ts';

const on: ReturnKey = { form: 'KPI', district: 'Dover', ...T1 };

/** Returns of the terms up to this one, the last for this one; undefined where none was filed. */
function filed(answers: readonly (Answer | undefined)[], over: Partial<Return> = {}): Return[] {
  let term: TermKey = T1;
  return answers.toReversed().flatMap((answer) => {
    const { year, term: number } = term;
    term = termBefore(term);
    return answer ? [filedReturn({ year, term: number, answers: { a: answer }, ...over })] : [];
  });
}

const figures = (returns: readonly Return[], measure = 'a') =>
  figuresBefore(returns, measure, on)?.map(({ figure }) => figure);

describe('a district’s own history', () => {
  test('runs up to the term in doubt, oldest first', () => {
    const returns = filed([150, 155, 160, 412].map(number));
    expect(figuresBefore(returns, 'a', on)).toEqual([
      { year: '2025-26', term: 4, figure: 150 },
      { year: '2025-26', term: 5, figure: 155 },
      { year: '2025-26', term: 6, figure: 160 },
      { ...T1, figure: 412 },
    ]);
  });

  test('has a gap where no figure was given, and never a zero', () => {
    const given = [number(5), blank, notKnown, undefined, number(0), number(6), number(9)];
    expect(figures(filed(given))).toEqual([5, undefined, undefined, undefined, 0, 6, 9]);
    const unread = [number(5), unreadable, number(7), number(6), number(9)];
    expect(figures(filed(unread))).toEqual([5, undefined, 7, 6, 9]);
  });

  test('is no picture where fewer than three earlier terms have a figure, or the term itself has none', () => {
    expect(figures(filed([5, 6, 9].map(number)))).toBeUndefined();
    expect(figures(filed([number(5), blank, number(6), number(9)]))).toBeUndefined();
    expect(figures(filed([number(5), number(6), number(7), blank]))).toBeUndefined();
    expect(figures(filed([5, 6, 7, 8, 9].map(number)), 'b')).toBeUndefined();
  });

  test('is nobody else’s, of no other form, and of the return that counts', () => {
    const own = filed([5, 6, 7, 9].map(number));
    const others = [
      ...filed([50, 60, 70, 90].map(number), { district: 'Swale' }),
      ...filed([51, 61, 71, 91].map(number), { form: 'LAR' }),
      filedReturn({
        answers: { a: number(8) },
        modifiedAt: new Date('2026-11-01T10:00:00Z'),
      }),
    ];
    expect(figures([...others, ...own])).toEqual([5, 6, 7, 9]);
  });

  test('whatever was filed: the figures as they are, a year of terms at the most, in any order', () => {
    const answer = fc.option(fc.oneof(fc.nat().map(number), fc.constantFrom(blank, notKnown)), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 20 }), fc.nat(), (answers, seed) => {
        const returns = filed([...answers, number(1)]);
        const turned = returns.toSorted(
          (a, b) => Number(a.itemId) * seed - Number(b.itemId) * seed,
        );
        const points = figures(returns);
        expect(figures(turned)).toEqual(points);
        const last = answers
          .slice(-(MOST_POINTS - 1))
          .map((a) => ('value' in (a ?? {}) ? a : undefined));
        const given = last.filter((a) => a !== undefined).length;
        expect(points === undefined).toBe(given < 3);
        expect(points?.length ?? 0).toBeLessThanOrEqual(MOST_POINTS);
        expect(points?.filter((figure) => figure !== undefined).length ?? 4).toBe(
          points ? given + 1 : 4,
        );
      }),
    );
  });
});
