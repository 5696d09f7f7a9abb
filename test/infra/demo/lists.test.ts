import { describe, expect, test } from 'vitest';
import { councilSite } from '../../../infra/local/demo/council-site.ts';
import type { SeedColumn } from '../../../infra/local/sharepoint/seed.ts';
import { returnsIn, rowsOf, textOf } from './reading.ts';

const site = councilSite();

test('the site', () => {
  expect(site).toMatchObject({
    hostname: 'council.example',
    path: 'sites/stls',
    displayName: 'Specialist Teaching and Learning Service (demo)',
  });
  expect(site.lists.map(({ displayName, columns }) => [displayName, columns.length])).toEqual([
    ['STLS KPI Returns', 24],
    ['STLS Local Activity Report', 30],
    ['STLS Budget and Spend', 11],
    ['STLS AET Training', 5],
  ]);
});

test('the site is the same each time, and each copy is its own', () => {
  expect(councilSite()).toEqual(site);
  expect(councilSite().lists[0]?.items[0]).not.toBe(site.lists[0]?.items[0]);
});

describe.each(site.lists)('$displayName', ({ columns, items, description }) => {
  test('has a description, and internal names cut at 32 characters, each once', () => {
    const names = columns.map(({ name }) => name);
    expect(description).not.toBe('');
    expect(new Set(names).size).toBe(names.length);
    const long = names.filter((name) => name.length > 32);
    expect(long.filter((name) => !names.includes(name.slice(0, 32)) || name.length > 33)).toEqual(
      [],
    );
  });

  test('items use its columns, with values of their type and no empty cells', () => {
    const types = new Map<string, SeedColumn['type']>(
      columns.map(({ name, type }) => [name, type]),
    );
    for (const { fields } of items) {
      for (const [name, value] of Object.entries(fields)) {
        if (name === 'Title') continue;
        expect([name, typeof value]).toEqual([
          name,
          types.get(name) === 'number' ? 'number' : 'string',
        ]);
        expect(value).not.toBe('');
      }
    }
  });

  test('percentages are kept from 0 to 1', () => {
    const shown = columns.filter(({ percentage }) => percentage).map(({ name }) => name);
    for (const { fields } of items) {
      for (const name of shown) {
        expect(Number(fields[name] ?? 0)).toBeGreaterThanOrEqual(0);
        expect(Number(fields[name] ?? 0)).toBeLessThanOrEqual(1);
      }
    }
  });

  test('instants are whole and in order', () => {
    for (const { createdAt, modifiedAt } of items) {
      expect(createdAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:00Z$/);
      expect(modifiedAt >= createdAt).toBe(true);
    }
  });
});

test('older returns were filed after their term ended and in time, but for four', () => {
  const dates = new Map(
    rowsOf('STLS Bot Terms').map((row) => [`${row['AcademicYear']} ${row['Term']}`, row]),
  );
  const all = ['2022-23', '2025-26'].flatMap((year) => [
    ...returnsIn('KPI', year),
    ...returnsIn('LAR', year),
  ]);
  const late = all.filter(({ year, term, item }) => {
    const row = dates.get(`${year} ${Math.min(term, 6)}`);
    expect(item.createdAt > String(row?.['Ends'])).toBe(true);
    return item.createdAt > `${row?.['Due']}T23:59:59Z`;
  });
  expect(
    late.map(({ form, year, term, item }) => [
      form,
      year,
      term,
      textOf(item, 'District').trim().toLowerCase(),
    ]),
  ).toEqual([
    ['KPI', '2022-23', 1, 'tunbridge  wells'],
    ['LAR', '2022-23', 2, 'swale'],
    ['KPI', '2025-26', 5, 'dartford'],
    ['LAR', '2025-26', 3, 'swale'],
  ]);
});

test('whoever submitted a return is one of the leads', () => {
  const leads = rowsOf('STLS Bot People')
    .filter((row) => row['Role'] === 'District lead')
    .map((row) => row['Email']);
  const submitted = site.lists
    .flatMap(({ items }) => items)
    .flatMap(({ fields }) => fields['Submitted_x0020_By'] ?? []);
  expect(submitted.filter((email) => !leads.includes(String(email)))).toEqual([]);
});
