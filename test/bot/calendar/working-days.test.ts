import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../bot/calendar/london.ts';
import {
  addWorkingDays,
  firstWorkingDayOfWeek,
  isWorkingDay,
} from '../../../bot/calendar/working-days.ts';
import { calendar } from '../made.ts';

const everyDay = Array.from({ length: 1700 }, (_, i) => addDays('2022-09-01', i));
const workingDays = everyDay.filter((day) => isWorkingDay(day, calendar));
const anyWorkingDay = fc.constantFrom(...workingDays);
const anyDay = fc.constantFrom(...everyDay);
const steps = fc.integer({ min: -20, max: 20 });

describe('a working day', () => {
  test.each([
    ['2026-11-18', true, 'a Wednesday in term'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-10-26', false, 'half-term'],
    ['2026-12-25', false, 'Christmas Day'],
    ['2026-12-21', false, 'the Christmas holiday'],
    ['2027-05-03', false, 'the May bank holiday, in term'],
    ['2026-09-02', true, 'the first day of term'],
    ['2026-10-21', true, 'the last day of term'],
    ['2026-10-22', false, 'the day after term'],
  ])('%s: %s, %s', (day, works) => {
    expect(isWorkingDay(day, calendar)).toBe(works);
  });

  test('there is none without terms', () => {
    expect(isWorkingDay('2026-11-18', { ...calendar, terms: [] })).toBe(false);
  });
});

describe('counting working days', () => {
  test('steps over a weekend, half-term and a bank holiday', () => {
    expect(addWorkingDays('2026-11-20', 1, calendar)).toBe('2026-11-23');
    expect(addWorkingDays('2026-10-21', 1, calendar)).toBe('2026-11-02');
    expect(addWorkingDays('2027-04-30', 1, calendar)).toBe('2027-05-04');
    expect(addWorkingDays('2026-11-18', -5, calendar)).toBe('2026-11-11');
  });

  test('gives up where the terms list ends, instead of guessing', () => {
    expect(addWorkingDays('2027-07-22', 1, calendar)).toBeUndefined();
    expect(addWorkingDays('2022-09-01', -1, calendar)).toBeUndefined();
  });

  test('back again leads to the same working day', () => {
    fc.assert(
      fc.property(anyWorkingDay, steps, (day, count) => {
        const there = addWorkingDays(day, count, calendar);
        if (there) expect(addWorkingDays(there, -count, calendar)).toBe(day);
      }),
    );
  });

  test('lands on a working day, and further on for more days', () => {
    fc.assert(
      fc.property(anyDay, steps, (day, count) => {
        const there = addWorkingDays(day, count, calendar);
        const further = addWorkingDays(day, count + 1, calendar);
        if (there && count !== 0) expect(isWorkingDay(there, calendar)).toBe(true);
        if (there && further) expect(there <= further).toBe(true);
      }),
    );
  });

  test('a later day never comes out earlier', () => {
    fc.assert(
      fc.property(anyDay, anyDay, steps, (a, b, count) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const first = addWorkingDays(early, count, calendar);
        const second = addWorkingDays(late, count, calendar);
        if (first && second) expect(first <= second).toBe(true);
      }),
    );
  });
});

describe('the first working day of a week', () => {
  test.each<[string, string | undefined, string]>([
    ['2026-11-19', '2026-11-16', 'a Monday in term'],
    ['2027-05-05', '2027-05-04', 'Tuesday after a bank holiday'],
    ['2026-09-04', '2026-09-02', 'Wednesday when term begins'],
    ['2026-10-28', undefined, 'none in half-term'],
  ])('of the week of %s is %s: %s', (day, first, _why) => {
    expect(firstWorkingDayOfWeek(day, calendar)).toBe(first);
  });
});
