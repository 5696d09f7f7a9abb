import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersSideBySide, latestBothFiled, pairOf } from '../../../bot/oversight/side-by-side.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import {
  blank,
  filedReturn,
  measureOf,
  notKnown,
  number,
  statusOf,
  T1,
  unreadable,
} from '../made.ts';

const T6 = { year: '2025-26', term: 6 };
const BOTH = ['Dover', 'Swale'] as const;
const held = (district: string, of = T1, answers: Record<string, Answer> = {}) =>
  statusOf({ district, ...of, state: 'filed', filed: filedReturn({ district, ...of, answers }) });

describe('the term to compare', () => {
  test('is the latest that both have filed', () => {
    const statuses = [held('Dover', T6), held('Dover'), held('Swale', T6)];
    expect(latestBothFiled('KPI', BOTH, statuses)).toEqual(T6);
  });

  test('is none where one of them filed nothing, or only in part', () => {
    const statuses = [held('Dover'), { ...held('Swale'), state: 'part filed' as const }];
    expect(latestBothFiled('KPI', BOTH, statuses)).toBeUndefined();
  });
});

describe('figures side by side', () => {
  const measures = [
    measureOf('a'),
    measureOf('b', { position: 20 }),
    measureOf('later', { firstTerm: { year: '2027-28', term: 1 } }),
  ];
  const shown = (one: Record<string, Answer>, other: Record<string, Answer>) => {
    const statuses = [held('Dover', T1, one), held('Swale', T1, other)];
    return answersSideBySide('KPI', T1, BOTH, { statuses, measures });
  };

  test('are of the questions that were asked in that term', () => {
    const pairs = shown({ a: number(3), later: number(1) }, { a: number(5), later: number(2) });
    expect(pairs.map(({ measure, difference }) => [measure.id, difference])).toEqual([['a', 2]]);
  });

  test('have no difference where either gave no figure', () => {
    for (const answer of [blank, notKnown, unreadable]) {
      expect(shown({ a: number(3) }, { a: answer })[0]?.difference).toBeUndefined();
    }
  });
});

const answer = fc.oneof(
  fc.integer({ min: 0, max: 5000 }).map(number),
  fc.double({ min: 0, max: 100, noNaN: true }).map(number),
  fc.constantFrom(blank, notKnown, unreadable),
);

test('the other way round, only the sign of the difference is another', () => {
  fc.assert(
    fc.property(answer, answer, (one, other) => {
      const [there, back] = [
        pairOf(measureOf('a'), one, other).difference,
        pairOf(measureOf('a'), other, one).difference,
      ];
      expect(back === undefined ? undefined : -back || 0).toBe(there);
    }),
  );
});
