import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { districtRow } from '../../../adapters/sharepoint/rows.ts';
import {
  districtProblems,
  figuresOf,
  joinedDistricts,
  type DistrictRow,
} from '../../../bot/directory/district.ts';
import { compareTerms, termLabel, type TermKey } from '../../../bot/calendar/terms.ts';
import { check } from '../../../bot/findings/check.ts';
import { filedReturn, measureOf, numbers, ruleOf, terms } from '../made.ts';

/** A row as it is filled in SharePoint. */
const row = (PrimarySchools: number, FirstTerm = '', LastTerm = '', Title = 'Dover') =>
  districtRow.parse({ Title, PrimarySchools, FirstTerm, LastTerm });

const OLD = row(42, '', '2025-26 T6');
const NEW = row(38, '2026-27 T1');
const term = (label: string): TermKey => ({ year: label.slice(0, 7), term: Number(label.at(-1)) });

function primaryIn(rows: readonly DistrictRow[], label: string): number | undefined {
  return figuresOf(joinedDistricts(rows)[0], term(label))['primarySchools'];
}

const problems = (rows: readonly DistrictRow[], listed: readonly TermKey[] = terms): string[] =>
  districtProblems(joinedDistricts(rows), listed);

describe('the figures of a district', () => {
  test('are those of the row for the term', () => {
    expect(primaryIn([OLD, NEW], '2025-26 T6')).toBe(42);
    expect(primaryIn([OLD, NEW], '2026-27 T1')).toBe(38);
    expect(primaryIn([NEW], '2025-26 T6'), 'no row says what they were').toBeUndefined();
    expect(primaryIn([row(40)], '1999-00 T1'), 'a row without terms is for all').toBe(40);
  });

  test('of a district that is in no list are none', () => {
    expect(figuresOf(undefined, term('2026-27 T1'))).toEqual({});
  });

  test('judge an old return as they were then', () => {
    const filed = (label: string) => filedReturn({ answers: numbers({ a: 40 }), ...term(label) });
    const report = check([ruleOf({ right: 'district.primarySchools' })], {
      returns: [filed('2025-26 T6'), filed('2026-27 T1')],
      strays: [],
      measures: [measureOf('a')],
      unreadMeasures: [],
      districts: joinedDistricts([OLD, NEW]),
    });
    expect(report.findings.map((f) => [termLabel(f), f.operands[1]?.value])).toEqual([
      ['2026-27 T1', 38],
    ]);
  });

  test('added for a new year leave the years before as they were, whatever is added', () => {
    const any = fc.record({
      before: fc.nat(90),
      after: fc.nat(90),
      from: fc.constantFrom(...terms),
    });
    fc.assert(
      fc.property(any, fc.constantFrom(...terms), ({ before, after, from }, at) => {
        const [first] = joinedDistricts([{ ...row(before), lastTerm: from }]);
        const added = { ...row(after, '2026-27 T6') };
        const [both] = joinedDistricts([{ ...row(before), lastTerm: from }, added]);
        if (compareTerms(at, from) <= 0) expect(figuresOf(both, at)).toEqual(figuresOf(first, at));
      }),
    );
  });
});

describe('rows of one district', () => {
  test('are one district with the names of all', () => {
    const rows = [
      districtRow.parse({
        Title: 'Folkestone and Hythe',
        OtherNames: 'Folkstone',
        LastTerm: '2025-26 T6',
      }),
      districtRow.parse({ Title: 'Dover' }),
      districtRow.parse({
        Title: 'folkestone & Hythe ',
        OtherNames: 'F&H; Folkstone',
        FirstTerm: '2026-27 T1',
      }),
    ];
    expect(joinedDistricts(rows)).toMatchObject([
      { name: 'Folkestone and Hythe', otherNames: ['Folkstone', 'F&H'], figures: [{}, {}] },
      { name: 'Dover', otherNames: [], figures: [{}] },
    ]);
  });

  test('that follow one another are nobody’s problem, and neither is one row without terms', () => {
    expect(problems([OLD, NEW])).toEqual([]);
    expect(problems([row(40), row(30, '', '', 'Swale')])).toEqual([]);
  });

  test.each<[string, DistrictRow[], string, string]>([
    ['both without terms', [row(40), row(41)], 'all terms', '2022-23 T1'],
    ['the first without a last term', [row(40), NEW], '2026-27 T1 and after', '2026-27 T1'],
    ['one term too many', [row(40, '', '2026-27 T1'), NEW], '2026-27 T1', '2026-27 T1'],
    [
      'a year too many',
      [row(40, '2024-25 T1', '2026-27 T6'), row(41, '2026-27 T1', '2027-28 T6')],
      '2026-27 T1 to 2026-27 T6',
      '2026-27 T6',
    ],
    [
      'both from the beginning',
      [row(40, '', '2023-24 T6'), row(41, '', '2026-27 T6')],
      '2023-24 T6 and before',
      '2023-24 T6',
    ],
  ])('that overlap are told, and the first counts: %s', (_, rows, when, shared) => {
    const told = problems(rows).filter((text) => text.includes('two rows'));
    expect(told).toEqual([
      `Dover has two rows for ${when}: the first counts. Please give one a last term before the other’s first.`,
    ]);
    expect(primaryIn(rows, shared)).toBe(40);
  });

  test('that leave a term of the list out are told, of all districts that do at once', () => {
    const late = (name: string) => [
      row(40, '', '2025-26 T4', name),
      row(41, '2026-27 T2', '', name),
    ];
    expect(problems([...late('Dover'), ...late('Swale'), row(9, '', '', 'Thanet')])).toEqual([
      'Dover, Swale: no row is for 2025-26 T5 to 2026-27 T1, so rules that need the number of schools are skipped there. Please add a row.',
    ]);
    expect(problems(late('Dover'), [term('2026-27 T3')]), 'no term of the list is without').toEqual(
      [],
    );
    expect(problems([row(40, '2023-24 T1', '2026-27 T5')])).toEqual([
      expect.stringContaining('no row is for 2022-23 T1 to 2022-23 T6, 2026-27 T6, so'),
    ]);
  });

  test('that end before they begin are told, and count for no term', () => {
    const rows = [row(40, '2026-27 T1', '2025-26 T6'), OLD, NEW];
    expect(problems(rows)).toEqual([
      'Dover has a row whose last term is before its first. Please put them right.',
    ]);
    expect(primaryIn(rows, '2026-27 T1')).toBe(38);
  });
});
