import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayFrom,
  daysBetween,
  endOfDay,
  instantFrom,
  londonDay,
  londonInstant,
  londonTime,
  longDay,
  mondayOf,
  shortDay,
  shortInstant,
  weekday,
} from '../../../bot/calendar/london.ts';

const instants = fc.date({
  min: new Date('2022-01-01T00:00:00Z'),
  max: new Date('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const days = instants.map(londonDay);

describe('over the clock changes', () => {
  test.each([
    ['before the clocks go forward', '2026-03-29T00:59:00Z', '2026-03-29', '00:59'],
    ['after the clocks go forward', '2026-03-29T01:00:00Z', '2026-03-29', '02:00'],
    ['summer night, still yesterday in UTC', '2026-07-09T23:30:00Z', '2026-07-10', '00:30'],
    ['the first of the two 01:30s', '2026-10-25T00:30:00Z', '2026-10-25', '01:30'],
    ['the second of the two 01:30s', '2026-10-25T01:30:00Z', '2026-10-25', '01:30'],
    ['winter night', '2026-11-18T23:59:59Z', '2026-11-18', '23:59'],
  ])('%s', (_, at, day, time) => {
    expect([londonDay(new Date(at)), londonTime(new Date(at))]).toEqual([day, time]);
  });

  test.each([
    ['2026-03-28', '2026-03-28T23:59:59.999Z'],
    ['2026-03-29', '2026-03-29T22:59:59.999Z'],
    ['2026-10-24', '2026-10-24T22:59:59.999Z'],
    ['2026-10-25', '2026-10-25T23:59:59.999Z'],
    ['2026-11-18', '2026-11-18T23:59:59.999Z'],
  ])('%s ends at 23:59:59.999 in London', (day, ends) => {
    expect(endOfDay(day).toISOString()).toBe(ends);
  });

  test('the day after the change is one day on, though it lasts 23 or 25 hours', () => {
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });
});

describe('days', () => {
  test('a wall-clock time names an instant, and the instant shows that time', () => {
    const time = fc
      .tuple(fc.integer({ min: 3, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(days, time, (day, clock) => {
        const at = londonInstant(day, clock);
        expect([londonDay(at), londonTime(at)]).toEqual([day, clock]);
      }),
    );
  });

  test('adding days and counting them agree', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -800, max: 800 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });

  test('every instant lies before the end of its day and after the end of the day before', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const day = londonDay(at);
        expect(at.getTime()).toBeLessThanOrEqual(endOfDay(day).getTime());
        expect(at.getTime()).toBeGreaterThan(endOfDay(addDays(day, -1)).getTime());
      }),
    );
  });

  test('a week begins on its Monday', () => {
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    fc.assert(fc.property(days, (day) => weekday(mondayOf(day)) === 1));
  });

  test('are written as people write them', () => {
    expect(longDay('2026-11-18')).toBe('Wednesday 18 November 2026');
    expect(shortDay('2026-11-18')).toBe('Wed 18 Nov');
    expect(shortInstant(new Date('2026-07-01T12:30:00Z'))).toBe('Wed 1 Jul, 13:30');
    expect(shortInstant(new Date('1926-11-18T13:30:00Z'))).toBe('Thu 18 Nov, 13:30');
  });
});

describe('what SharePoint stores', () => {
  test.each([
    ['2026-11-18', '2026-11-18'],
    ['2026-07-09T23:00:00Z', '2026-07-10'],
    ['2026-11-18T00:00:00Z', '2026-11-18'],
    ['2026-11-18T09:15', '2026-11-18'],
  ])('%s is %s', (stored, day) => {
    expect(dayFrom(stored)).toBe(day);
  });

  test.each(['', 'soon', '18/11/2026', '2026-02-30', '2026-11', '2026', '12', '10:30', '2026-W12'])(
    '“%s” is no date, and never today’s',
    (stored) => {
      expect(dayFrom(stored)).toBeUndefined();
      expect(instantFrom(stored)).toBeUndefined();
    },
  );

  test('a time without an offset is London’s', () => {
    expect(instantFrom('2026-07-01T09:00')?.toISOString()).toBe('2026-07-01T08:00:00.000Z');
    expect(instantFrom('2026-11-30T09:00')?.toISOString()).toBe('2026-11-30T09:00:00.000Z');
    expect(instantFrom('2026-11-30T09:00+02:00')?.toISOString()).toBe('2026-11-30T07:00:00.000Z');
  });

  test('no text makes reading a date throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => [dayFrom(text), instantFrom(text)]).not.toThrow();
      }),
    );
  });
});

describe('the London clock, whose offsets are kept by the hour', () => {
  const within = { min: new Date('2000-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z') };
  const instants = fc.date({ ...within, noInvalidDate: true });

  test('shows what Intl shows, at any instant', () => {
    const clock = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Europe/London',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    fc.assert(
      fc.property(instants, (at) => {
        expect(`${londonDay(at)}, ${londonTime(at)}`).toBe(clock.format(at));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['2026-10-25T00:59:59Z', '2026-10-25', '01:59'],
    ['2026-10-25T01:00:00Z', '2026-10-25', '01:00'],
    ['2027-03-28T00:59:59Z', '2027-03-28', '00:59'],
    ['2027-03-28T01:00:00Z', '2027-03-28', '02:00'],
    ['2026-10-24T23:00:00Z', '2026-10-25', '00:00'],
    ['2027-03-27T23:59:59Z', '2027-03-27', '23:59'],
  ])('at %s shows %s, %s, in whatever order the instants of an hour are asked', (at, day, time) => {
    const before = new Date(new Date(at).getTime() - 1);
    for (const instant of [new Date(at), before, new Date(at)]) londonDay(instant);
    expect([londonDay(new Date(at)), londonTime(new Date(at))]).toEqual([day, time]);
  });

  test('reads a day back from every one of its instants', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const day = londonDay(at);
        expect(londonInstant(day, '00:00') <= at && at <= endOfDay(day)).toBe(true);
      }),
    );
  });
});
