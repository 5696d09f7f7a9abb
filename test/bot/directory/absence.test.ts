import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  coversAtWork,
  NOBODY,
  planAbsence,
  type AbsenceTyped,
} from '../../../bot/directory/absence.ts';
import type { LinkPractitioner } from '../../../bot/directory/directory.ts';

const TODAY = '2026-11-23';
const named = (name: string, over: Partial<LinkPractitioner> = {}): LinkPractitioner => ({
  name,
  email: `${name.toLowerCase()}@stls.example`,
  phone: '',
  coverEmail: '',
  ...over,
});
const nell = named('Nell');
const fern = named('Fern');
const amos = named('Amos', { awayFrom: '2026-12-03', awayUntil: '2026-12-10' });
const ALL = [nell, fern, amos];

const plan = (over: Partial<AbsenceTyped> = {}) =>
  planAbsence(
    nell,
    { from: '2026-12-01', until: '2026-12-04', cover: fern.email, ...over },
    ALL,
    TODAY,
  );

describe('an absence', () => {
  test('is planned with its days and its cover', () => {
    expect(plan({ cover: 'FERN@stls.example' })).toEqual({
      kind: 'away',
      from: '2026-12-01',
      until: '2026-12-04',
      cover: fern,
    });
    expect(plan({ cover: NOBODY })).toMatchObject({ kind: 'away', cover: undefined });
    expect(plan({ from: TODAY, until: TODAY })).toMatchObject({ from: TODAY, until: TODAY });
  });

  test.each<[Partial<AbsenceTyped>, RegExp]>([
    [{ from: '' }, /^$/],
    [{ until: '' }, /^$/],
    [{ cover: '' }, /^$/],
    [{ from: '2026-11-22' }, /begin with today/],
    [{ from: '2026-11-10', until: '2026-11-20' }, /over already/],
    [{ until: '2026-11-30' }, /before the first/],
    [{ until: '2027-12-03' }, /more than a year/],
    [{ from: '2030-12-01', until: '2030-12-02' }, /more than a year/],
    [{ cover: nell.email }, /from the list/],
    [{ cover: 'somebody@else.example' }, /from the list/],
    [{ cover: amos.email }, /Amos is away then too/],
    [{ from: '2026-02-30' }, /^$/],
    [{ from: 'tomorrow' }, /^$/],
  ])('%j is asked again: %s', (over, why) => {
    expect(plan(over)).toEqual({ kind: 'asked again', why: expect.stringMatching(why) });
  });

  test('of whatever is typed is asked again, or lies ahead with a cover who is at work', () => {
    const day = fc.oneof(
      fc
        .date({ min: new Date('2026-10-01'), max: new Date('2028-01-01'), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10)),
      fc.string(),
    );
    const cover = fc.oneof(fc.constantFrom(...ALL.map(({ email }) => email), NOBODY), fc.string());
    fc.assert(
      fc.property(fc.record({ from: day, until: day, cover }), (typed) => {
        const planned = planAbsence(nell, typed, ALL, TODAY);
        if (planned.kind === 'asked again') return;
        expect(planned.from >= TODAY && planned.until >= planned.from).toBe(true);
        expect(planned.cover).not.toBe(nell);
        if (planned.cover) expect(coversAtWork(nell, typed, ALL)).toContain(planned.cover);
      }),
    );
  });
});

test('covers are offered who are at work on those days, as far as these are known', () => {
  const names = (from: string, until: string) =>
    coversAtWork(nell, { from, until }, ALL).map(({ name }) => name);
  expect(names('', '')).toEqual(['Fern', 'Amos']);
  expect(names('2026-12-03', '')).toEqual(['Fern']);
  expect(names('2026-12-01', '2026-12-03')).toEqual(['Fern']);
  expect(names('2026-12-01', '2026-12-02')).toEqual(['Fern', 'Amos']);
});
