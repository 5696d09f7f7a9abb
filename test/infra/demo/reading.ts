/** Reads the demo's lists for the tests, without any of the product's code. */
import { botRows } from '../../../infra/local/demo/bot-rows.ts';
import { councilSite } from '../../../infra/local/demo/council-site.ts';
import type { SeedItem, SeedList } from '../../../infra/local/sharepoint/seed.ts';

export type Form = 'KPI' | 'LAR';

export type ReadReturn = {
  form: Form;
  district: string | undefined;
  year: string;
  term: number;
  item: SeedItem;
};

export type DistrictRow = { name: string; ey: number; primary: number; secondary: number };

const site = councilSite();

const listNames = {
  KPI: 'STLS KPI Returns',
  LAR: 'STLS Local Activity Report',
  Budget: 'STLS Budget and Spend',
  AET: 'STLS AET Training',
};

export function listOf(form: keyof typeof listNames): SeedList {
  const list = site.lists.find(({ displayName }) => displayName === listNames[form]);
  if (!list) throw new Error(`No list ${listNames[form]}`);
  return list;
}

export function returnsOf(form: Form): ReadReturn[] {
  return listOf(form).items.map((item) => ({
    form,
    district: canonical(textOf(item, 'District')),
    year: textOf(item, 'Academic_x0020_Year').replace('/', '-'),
    term: termOf(textOf(item, 'Term')),
    item,
  }));
}

export function returnsIn(form: Form, year: string, term?: number): ReadReturn[] {
  return returnsOf(form).filter(
    (each) => each.year === year && (term === undefined || each.term === term),
  );
}

/** A number, a blank (undefined), or a text that is no number. */
export type Cell = number | undefined | { unreadable: string };

export function cellOf(item: SeedItem, column: string): Cell {
  const value = item.fields[column];
  if (value === undefined || value === 'Not reported') return undefined;
  if (typeof value === 'number') return value;
  const plain = String(value).replace(/[£,%\s]/g, '');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : { unreadable: String(value) };
}

export function figure(item: SeedItem, column: string): number | undefined {
  const cell = cellOf(item, column);
  return typeof cell === 'number' ? cell : undefined;
}

export function textOf(item: SeedItem, column: string): string {
  return String(item.fields[column] ?? '');
}

/** As the districts were until 2025-26. */
export const districtRows: DistrictRow[] = rowsOf('STLS Bot Districts')
  .filter((row) => row['FirstTerm'] === undefined)
  .map((row) => ({
    name: String(row['Title']),
    ey: Number(row['EarlyYearsSettings']),
    primary: Number(row['PrimarySchools']),
    secondary: Number(row['SecondarySchools']),
  }));

export function rowsOf(list: string) {
  const rows = botRows[list];
  if (!rows) throw new Error(`No rows for ${list}`);
  return rows;
}

export function canonical(written: string): string | undefined {
  const wanted = folded(written);
  const row = rowsOf('STLS Bot Districts').find((each) =>
    [String(each['Title']), ...String(each['OtherNames'] ?? '').split('\n')].some(
      (name) => folded(name) === wanted,
    ),
  );
  return row && String(row['Title']);
}

function folded(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

function termOf(written: string): number {
  return Number(written.replace(/^(Term |T)/, ''));
}

export function sum(values: (number | undefined)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}
