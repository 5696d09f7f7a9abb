import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grouped, pageOf, type DistrictGroup } from '../../../bot/findings/grouped.ts';
import { isToDecide, type FindingRecord } from '../../../bot/findings/register.ts';
import { findingAt, recordOf } from '../made.ts';

const record = fc
  .record({
    rule: fc.constantFrom('a-rule', 'b-rule', 'c-rule'),
    district: fc.constantFrom('Dover', 'Swale', 'Thanet', '', 'dover', '__proto__'),
    severity: fc.constantFrom('error' as const, 'query' as const),
    status: fc.constantFrom('open' as const, 'explained' as const, 'sent back' as const),
    a: fc.nat({ max: 50 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ rule, district, severity, status, a, day }) =>
    recordOf({
      finding: findingAt({ id: rule, severity, a, on: { district } }),
      status,
      raisedAt: new Date(Date.UTC(2026, 10, day)),
    }),
  );

const records = fc.uniqueArray(record, { maxLength: 40, selector: ({ finding }) => finding.id });
const most = fc.integer({ min: 1, max: 10 });

const listed = (groups: readonly DistrictGroup[]): FindingRecord[] =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => rule.records));
const idsOf = (groups: readonly DistrictGroup[]): string[] =>
  listed(groups).map(({ finding }) => finding.id);

test('every finding stands exactly once on the pages, in the order of the whole', () => {
  fc.assert(
    fc.property(records, most, (given, size) => {
      const { pages } = pageOf(given, 0, size);
      const over = Array.from({ length: pages }, (_, page) => pageOf(given, page, size));
      expect(over.flatMap(({ groups }) => idsOf(groups))).toEqual(idsOf(grouped(given)));
      expect(idsOf(grouped(given)).sort()).toEqual(given.map((r) => r.finding.id).sort());
    }),
  );
});

test('no page holds more than fit, none but the last holds fewer, and none has an empty group', () => {
  fc.assert(
    fc.property(records, most, fc.nat({ max: 60 }), (given, size, page) => {
      const shown = pageOf(given, page, size);
      const count = listed(shown.groups).length;
      const isLast = shown.page === shown.pages - 1;
      expect(count).toBeLessThanOrEqual(size);
      if (!isLast) expect(count).toBe(size);
      expect(count > 0).toBe(given.length > 0);
      for (const { rules } of shown.groups) {
        for (const rule of rules) expect(rule.records).not.toEqual([]);
      }
    }),
  );
});

test('a page past the end is the last one', () => {
  fc.assert(
    fc.property(records, most, fc.nat({ max: 1000 }), (given, size, beyond) => {
      const { pages } = pageOf(given, 0, size);
      expect(pageOf(given, pages + beyond, size)).toEqual(pageOf(given, pages - 1, size));
    }),
  );
});

test('the order in which findings are held does not matter', () => {
  const shuffled = records.chain((given) =>
    fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, most, ([given, other], size) => {
      expect(grouped(other)).toEqual(grouped(given));
      expect(pageOf(other, 1, size)).toEqual(pageOf(given, 1, size));
    }),
  );
});

test('a group holds one district and one rule, the newest first, and stands once', () => {
  fc.assert(
    fc.property(records, (given) => {
      const groups = grouped(given);
      expect(new Set(groups.map(({ district }) => district)).size).toBe(groups.length);
      for (const { district, rules } of groups) {
        expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
        for (const { rule, records: mine } of rules) {
          expect(mine.every((r) => r.finding.district === district)).toBe(true);
          expect(mine.every((r) => r.finding.rule === rule)).toBe(true);
          const times = mine.map(({ raisedAt }) => raisedAt.getTime());
          expect(times).toEqual(times.toSorted((a, b) => b - a));
        }
      }
    }),
  );
});

describe('what waits for a decision', () => {
  test('brings its district, and its rule in it, to the front', () => {
    fc.assert(
      fc.property(records, (given) => {
        const groups = grouped(given);
        const waits = groups.map(({ rules }) => rules.some((r) => r.records.some(isToDecide)));
        expect(waits).toEqual(waits.toSorted((a, b) => Number(b) - Number(a)));
        for (const { rules } of groups) {
          const inside = rules.map((r) => r.records.some(isToDecide));
          expect(inside).toEqual(inside.toSorted((a, b) => Number(b) - Number(a)));
        }
      }),
    );
  });

  test('then districts go by name, and errors before queries', () => {
    const of = (district: string, rule: string, severity: 'error' | 'query') =>
      recordOf({ finding: findingAt({ id: rule, severity, on: { district } }) });
    const groups = grouped([
      of('Swale', 'a-rule', 'query'),
      of('Dover', 'a-rule', 'query'),
      of('Dover', 'b-rule', 'error'),
    ]);
    expect(groups.map(({ district, rules }) => [district, rules.map(({ rule }) => rule)])).toEqual([
      ['Dover', ['b-rule', 'a-rule']],
      ['Swale', ['a-rule']],
    ]);
  });
});
