import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from '../../../bot/returns/column.ts';
import { COLUMN_TYPES } from '../../../bot/returns/column.ts';
import { mapMeasures, type Home } from '../../../bot/returns/measure-map.ts';
import { UNITS, type Form, type Measure } from '../../../bot/returns/measure.ts';
import { measureOf } from '../made.ts';

const KPI = 'STLS KPI Returns';
const IN = 'STLS Bot Measures';

const columnOf = (name: string, type: ColumnType = 'number', displayName = name): Column => ({
  name,
  displayName,
  type,
  choices: [],
});

function homesWith(columns: readonly Column[] | undefined): ReadonlyMap<Form, Home> {
  const named = columns && new Map(columns.map((column) => [column.name, column]));
  const keyColumns = ['District', 'Comments'];
  return new Map<Form, Home>([
    ['KPI', { list: KPI, keyColumns, columns: named }],
    ['LAR', { list: 'STLS Local Activity Report', keyColumns, columns: named }],
  ]);
}

const COLUMNS = ['a', 'b', 'c', 'd'].map((name) => columnOf(name));
const map = (rows: readonly Measure[], columns: readonly Column[] | undefined = COLUMNS) =>
  mapMeasures(rows, homesWith(columns), IN);
const idsOf = (measures: readonly Measure[]) => measures.map(({ id }) => id);

const t = (year: string, term: number) => ({ year, term });
const EARLY = { lastTerm: t('2023-24', 6) };
const LATE = { firstTerm: t('2024-25', 1) };

describe('a row that cannot be used is named with the remedy, and the rest goes on', () => {
  test.each<[string, Measure[], RegExp]>([
    [
      'its terms are the wrong way round',
      [measureOf('a', { firstTerm: t('2026-27', 2), lastTerm: t('2026-27', 1) })],
      /^its first term, 2026-27 T2, comes after its last, 2026-27 T1; please swap/,
    ],
    [
      'another row has its id in the same terms',
      [measureOf('b'), measureOf('b', { column: 'c' })],
      /^an earlier row has the same id in the same terms, and counts; please remove/,
    ],
    [
      'another row has its id with another unit',
      [measureOf('b', EARLY), measureOf('b', { column: 'c', unit: 'money', ...LATE })],
      /^an earlier row has the same id with another form or unit/,
    ],
    [
      'another measure stands in its column',
      [measureOf('b'), measureOf('x', { column: 'b' })],
      /^the earlier row “b” uses the column b in the same terms/,
    ],
    [
      'its list is another form’s',
      [measureOf('a', { form: 'LAR' })],
      /^returns of this form are held in STLS Local Activity Report and not in “STLS KPI Returns”/,
    ],
    ['no list holds its form', [measureOf('a', { form: 'AET' })], /^returns .* in no list/],
    [
      'its column is SharePoint’s own',
      [measureOf('a', { column: 'Modified' })],
      /^the column Modified is SharePoint’s own; please name another/,
    ],
    [
      'its column says whose return it is',
      [measureOf('a', { column: 'Comments' })],
      /^the column Comments says whose return it is and holds no answer/,
    ],
    [
      'its id is the bot’s own word',
      [measureOf('remarks', { column: 'a' })],
      /please choose anoth/,
    ],
    ['its id is a word of JavaScript', [measureOf('constructor', { column: 'a' })], /itself/],
    [
      'a share of 1 is to be text',
      [measureOf('a', { unit: 'percentage of 1', storedAs: 'text' })],
      /^a percentage stored as 0 to 1 cannot be text/,
    ],
  ])('%s', (_, rows, problem) => {
    const good = measureOf('d');
    const { measures, leftOut, unread, drift } = map([...rows, good]);
    expect(leftOut).toEqual([{ id: rows.at(-1)?.id, problem: expect.stringMatching(problem) }]);
    expect(idsOf(measures)).toEqual([...idsOf(rows.slice(0, -1)), 'd']);
    expect([unread, drift]).toEqual([[], []]);
  });

  test('a measure that moved to another column has two rows, and both count', () => {
    const rows = [measureOf('a', EARLY), measureOf('a', { column: 'b', ...LATE })];
    expect(map(rows)).toMatchObject({ measures: rows, leftOut: [] });
  });

  test('two measures may use one column one after the other', () => {
    const rows = [measureOf('a', EARLY), measureOf('x', { column: 'a', ...LATE })];
    expect(map(rows)).toMatchObject({ measures: rows, leftOut: [] });
  });

  test('of any rows whatever, none clash among those that count, and each is somewhere', () => {
    const span = fc.option(
      fc.record({
        year: fc.constantFrom('2025-26', '2026-27'),
        term: fc.integer({ min: 1, max: 6 }),
      }),
      { nil: undefined },
    );
    const row = fc
      .record({ id: letter, column: letter, unit: fc.constantFrom(...UNITS), span, last: span })
      .map(({ id, column, unit, span: first, last }) =>
        measureOf(id, {
          column,
          unit,
          ...(first ? { firstTerm: first } : {}),
          ...(last ? { lastTerm: last } : {}),
        }),
      );
    const terms = ['2024-25', '2025-26', '2026-27'].flatMap((year) =>
      [1, 2, 3, 4, 5, 6].map((term) => t(year, term)),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const { measures, unread, leftOut } = map(rows);
        expect(measures.length + unread.length + leftOut.length).toBe(rows.length);
        for (const term of terms) {
          const held = measures.filter((m) => applies(m, term));
          expect(new Set(held.map((m) => m.id)).size).toBe(held.length);
          expect(new Set(held.map((m) => m.column)).size).toBe(held.length);
        }
      }),
    );
  });
});

const letter = fc.constantFrom('a', 'b', 'c');
const order = ({ year, term }: { year: string; term: number }) => `${year} ${term}`;
const applies = ({ firstTerm, lastTerm }: Measure, term: { year: string; term: number }) =>
  (!firstTerm || order(firstTerm) <= order(term)) && (!lastTerm || order(term) <= order(lastTerm));

describe('a column that is not what it was', () => {
  test('and gone is told in one line: the list, the column, the measures, the remedy', () => {
    const rows = [measureOf('x', EARLY), measureOf('y', { column: 'x', ...LATE }), measureOf('a')];
    const { measures, unread, leftOut, drift } = map(rows);
    expect(idsOf(measures)).toEqual(['a']);
    expect(idsOf(unread)).toEqual(['x', 'y']);
    expect(leftOut, 'the rows are sound').toEqual([]);
    expect(drift).toEqual([
      'STLS KPI Returns has no column with the internal name x, so “Question x” (x) and “Question y” (y) are not asked, and checks that name them could not run. Please make it again, or put the internal name of its new column into STLS Bot Measures.',
    ]);
  });

  test('and of another type is told by its display name and its internal name', () => {
    const columns = [columnOf('a', 'date', 'School Caseload')];
    const { drift } = map([measureOf('a', { storedAs: 'number' })], columns);
    expect(drift).toEqual([
      'STLS KPI Returns: the column “School Caseload” (internal name a) holds dates and not numbers, so “Question a” (a) is not asked, and checks that name it could not run. Please change its type back, or correct its row in STLS Bot Measures.',
    ]);
  });

  test('is not judged where the list could not be read', () => {
    const rows = [measureOf('x', { storedAs: 'text' })];
    expect(mapMeasures(rows, homesWith(undefined), IN)).toMatchObject({
      measures: rows,
      drift: [],
    });
  });

  const FITS: Record<string, readonly ColumnType[]> = {
    count: ['number', 'text', 'calculated'],
    decimal: ['number', 'text', 'calculated'],
    money: ['number', 'text', 'calculated'],
    percentage: ['number', 'text'],
    'percentage of 1': ['number'],
  };

  test.each(UNITS)('fits %s where the row does not say how it is stored', (unit) => {
    const fits = COLUMN_TYPES.filter(
      (type) => map([measureOf('a', { unit })], [columnOf('a', type)]).measures.length === 1,
    );
    expect(fits).toEqual(FITS[unit]?.toSorted(byOrder));
  });

  test.each(['number', 'text'] as const)('fits %s and nothing else where the row says so', (as) => {
    const fits = COLUMN_TYPES.filter(
      (type) =>
        map([measureOf('a', { storedAs: as })], [columnOf('a', type)]).measures.length === 1,
    );
    expect(fits).toEqual([as]);
  });

  test('that is calculated is read and checked, and not asked', () => {
    const { measures } = map([measureOf('a')], [columnOf('a', 'calculated')]);
    expect(measures).toEqual([measureOf('a', { calculated: true })]);
  });
});

const byOrder = (a: ColumnType, b: ColumnType) => COLUMN_TYPES.indexOf(a) - COLUMN_TYPES.indexOf(b);
