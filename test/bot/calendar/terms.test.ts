import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calendarProblems,
  compareTerms,
  findTerm,
  isTimely,
  readTerm,
  readTermLabel,
  readYear,
  sameTerm,
  termBefore,
  termLabel,
  termLastYear,
  termName,
  termOn,
  within,
  type Term,
} from '../../../bot/calendar/terms.ts';
import { terms, T1 } from '../made.ts';

const keys = fc.record({
  year: fc.integer({ min: 2001, max: 2098 }).map((y) => `${y}-${String(y + 1).slice(2)}`),
  term: fc.integer({ min: 1, max: 6 }),
});

const term = (over: Partial<Term> = {}): Term => ({
  ...T1,
  starts: '2026-09-02',
  ends: '2026-10-21',
  due: '2026-11-18',
  locks: '2026-12-11',
  ...over,
});

describe('years and terms as people write them', () => {
  test.each(['2022-23', '2022/23', '2022-2023', '2022/2023', ' 2022 - 23 ', '2022–23'])(
    '“%s” is the year 2022-23',
    (text) => expect(readYear(text)).toBe('2022-23'),
  );

  test.each([
    '',
    '2022',
    '2022-24',
    '2023-22',
    '22-23',
    '2022-1923',
    '1922-23',
    '2022-233',
    'year',
  ])('“%s” is no academic year', (text) => expect(readYear(text)).toBeUndefined());

  test('the turn of a century follows on', () => {
    expect(readYear('2099-00')).toBe('2099-00');
  });

  test.each(['1', 'T1', 't1', 'Term 1', 'term 1', ' Term  1 ', 'T 1'])('“%s” is term 1', (text) =>
    expect(readTerm(text)).toBe(1),
  );

  test.each(['', '0', '7', 'Term 7', '11', 'Term', 'Term one', 'Autumn', '1.5', '-1', '1 2'])(
    '“%s” is none of the six terms',
    (text) => expect(readTerm(text)).toBeUndefined(),
  );

  test('every term reads back from its label', () => {
    fc.assert(fc.property(keys, (key) => sameTerm(readTermLabel(termLabel(key)) ?? T1, key)));
  });

  test.each(['2023-24', 'T1 2023-24', '2023-25 T1', '2023-24 T7', 'now'])(
    '“%s” is no term of a rule',
    (text) => expect(readTermLabel(text)).toBeUndefined(),
  );

  test('no text makes reading throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => [readYear(text), readTerm(text), readTermLabel(text)]).not.toThrow();
      }),
    );
  });

  test('a term is written for people with its year', () => {
    expect(termName(T1)).toBe('Term 1, 2026-27');
  });
});

describe('the order of terms', () => {
  test('the term before comes just before, across years', () => {
    expect(termBefore(T1)).toEqual({ year: '2025-26', term: 6 });
    expect(termBefore({ year: '2026-27', term: 4 })).toEqual({ year: '2026-27', term: 3 });
    fc.assert(fc.property(keys, (key) => compareTerms(termBefore(key), key) < 0));
  });

  test('six terms before is the same term last year', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const sixBefore = Array.from({ length: 6 }).reduce<typeof key>((at) => termBefore(at), key);
        expect(termLastYear(key)).toEqual(sixBefore);
      }),
    );
  });

  test('a span includes both its ends, and an open end has no limit', () => {
    const first = { year: '2023-24', term: 1 };
    const last = { year: '2024-25', term: 6 };
    expect(within(first, first, last)).toBe(true);
    expect(within(last, first, last)).toBe(true);
    expect(within({ year: '2022-23', term: 6 }, first, last)).toBe(false);
    expect(within({ year: '2025-26', term: 1 }, first, last)).toBe(false);
    expect(within({ year: '2001-02', term: 1 }, undefined, last)).toBe(true);
    expect(within({ year: '2090-91', term: 1 }, first, undefined)).toBe(true);
  });

  test('a figure dated in a holiday belongs to the term that last began', () => {
    expect(termOn(terms, '2026-10-28')).toMatchObject(T1);
    expect(termOn(terms, '2026-09-02')).toMatchObject(T1);
    expect(termOn(terms, '2026-09-01')).toMatchObject({ year: '2025-26', term: 6 });
    expect(termOn(terms, '2001-01-01')).toBeUndefined();
  });
});

describe('timely', () => {
  const t1 = findTerm(terms, T1) ?? term();

  test('to the last thousandth of the due day in winter', () => {
    expect(isTimely(t1, new Date('2026-11-18T23:59:59Z'))).toBe(true);
    expect(isTimely(t1, new Date('2026-11-18T23:59:59.999Z'))).toBe(true);
    expect(isTimely(t1, new Date('2026-11-19T00:00:00Z'))).toBe(false);
  });

  test('by the London clock in summer, not by UTC', () => {
    const t5 = term({ term: 5, due: '2027-06-23' });
    expect(isTimely(t5, new Date('2027-06-23T22:59:59Z'))).toBe(true);
    expect(isTimely(t5, new Date('2027-06-23T23:00:00Z'))).toBe(false);
  });

  test('whatever the last day of term is', () => {
    expect(isTimely(term({ ends: '2026-12-24' }), new Date('2026-11-19T10:00:00Z'))).toBe(false);
  });
});

describe('what is wrong with a terms list', () => {
  test('nothing, for the demo’s', () => {
    expect(calendarProblems(terms)).toEqual([]);
  });

  test('an empty list means that nothing is due, and says so', () => {
    expect(calendarProblems([])).toEqual(['The terms list has no usable rows, so nothing is due.']);
  });

  test.each([
    [{ ends: '2026-09-01' }, 'Term 1, 2026-27 ends before it starts.'],
    [{ ends: '2028-10-21' }, 'Term 1, 2026-27 ends more than 200 days after it starts.'],
    [{ due: '2026-09-01' }, 'Term 1, 2026-27 is due before it starts.'],
    [{ locks: '2026-11-17' }, 'Term 1, 2026-27 locks before it is due.'],
  ])('%o is said in words', (over, problem) => {
    expect(calendarProblems([term(over)])).toContain(problem);
  });

  test('a due day inside the term, and a lock on the due day, are fine', () => {
    expect(calendarProblems([term({ due: '2026-10-01', locks: '2026-10-01' })])).toEqual([]);
  });

  test('terms that overlap, and terms listed twice, are named', () => {
    const second = term({ term: 2, starts: '2026-10-21', ends: '2026-12-18' });
    expect(calendarProblems([second, term()])).toEqual([
      'Term 1, 2026-27 and Term 2, 2026-27 overlap.',
    ]);
    expect(calendarProblems([term(), term()])).toEqual(['Term 1, 2026-27 is listed twice.']);
  });
});
