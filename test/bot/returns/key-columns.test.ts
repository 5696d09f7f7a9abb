import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from '../../../bot/returns/column.ts';
import {
  keyColumnProblems,
  unreadableKey,
  type KeyColumns,
  type KeyPart,
} from '../../../bot/returns/key-columns.ts';

const KEYS: KeyColumns = {
  district: 'District',
  year: 'Year',
  term: 'Term',
  'submitted by': 'By',
  comments: 'Comments',
};
const SHEET: KeyColumns = { district: 'District', phase: 'Phase', 'as of': 'As_x0020_Of' };

const named = (name: string, type: ColumnType, choices: string[] = []): [string, Column] => [
  name,
  { name, displayName: `The ${name}`, type, choices },
];

const usual = (keys: KeyColumns): Map<string, Column> =>
  new Map(
    Object.entries(keys).map(([part, name]) => named(name, part === 'as of' ? 'date' : 'text')),
  );

const changed = (name: string, type: ColumnType, choices: string[] = [], keys = KEYS) =>
  new Map([...usual(keys), named(name, type, choices)]);

function without(name: string, keys = KEYS): Map<string, Column> {
  const columns = usual(keys);
  columns.delete(name);
  return columns;
}

const where = {
  list: 'STLS KPI Returns',
  districts: [{ name: 'Folkestone and Hythe', otherNames: ['F&H'] }],
  districtsIn: 'STLS Bot Districts',
};

describe('a column without which nothing can be told apart', () => {
  test('may be there as it was', () => {
    expect(unreadableKey(KEYS, usual(KEYS))).toBeUndefined();
    expect(unreadableKey(SHEET, usual(SHEET))).toBeUndefined();
  });

  test.each<[KeyPart, KeyColumns]>([
    ['district', KEYS],
    ['year', KEYS],
    ['term', KEYS],
    ['comments', KEYS],
    ['phase', SHEET],
    ['as of', SHEET],
  ])('and that is gone says which: %s', (part, keys) => {
    const name = keys[part] ?? '';
    expect(unreadableKey(keys, without(name, keys))).toBe(
      `it has no column with the internal name ${name}. Please make it again with that internal name`,
    );
  });

  test.each<[KeyPart, ColumnType, KeyColumns]>([
    ['district', 'date', KEYS],
    ['district', 'other', KEYS],
    ['year', 'number', KEYS],
    ['term', 'yes or no', KEYS],
    ['comments', 'choice', KEYS],
    ['as of', 'number', SHEET],
  ])('and that holds something else says what: %s, %s', (part, type, keys) => {
    const name = keys[part] ?? '';
    expect(unreadableKey(keys, changed(name, type, [], keys))).toMatch(
      new RegExp(
        `^its column “The ${name}” \\(internal name ${name}\\) holds .+ and not .+\\. Please`,
      ),
    );
  });

  test.each<[KeyPart, ColumnType]>([
    ['district', 'choice'],
    ['term', 'number'],
    ['term', 'choice'],
    ['submitted by', 'other'],
  ])('and that can be read all the same stops nothing: %s, %s', (part, type) => {
    expect(unreadableKey(KEYS, changed(KEYS[part] ?? '', type))).toBeUndefined();
  });
});

describe('what commissioners are told of a list that can be read', () => {
  test('nothing, while all is as it was', () => {
    const choices = ['Folkestone & Hythe', 'F&H', ' folkestone and hythe '];
    expect(keyColumnProblems(KEYS, usual(KEYS), where)).toEqual([]);
    expect(keyColumnProblems(KEYS, changed('District', 'choice', choices), where)).toEqual([]);
    expect(
      keyColumnProblems(KEYS, changed('Term', 'choice', ['Term 1', 'T2', '3']), where),
    ).toEqual([]);
  });

  test('a new district among the choices, before anybody files under it', () => {
    const columns = changed('District', 'choice', ['Folkestone and Hythe', 'Medway']);
    expect(keyColumnProblems(KEYS, columns, where)).toEqual([
      'STLS KPI Returns: the column “The District” (internal name District) offers “Medway”, which no row of STLS Bot Districts names. Please add it there, as a district or another name of one, or take the choice away.',
    ]);
  });

  test('a new term among the choices', () => {
    const columns = changed('Term', 'choice', ['Term 1', 'Summer']);
    expect(keyColumnProblems(KEYS, columns, where)).toEqual([
      expect.stringMatching(/^STLS KPI Returns: .*“The Term”.* offers “Summer”, which is no term/),
    ]);
  });

  test.each([
    ['gone', without('By')],
    ['a person now', changed('By', 'other')],
  ])('that who submitted a return is not written, where its column is %s', (_, columns) => {
    expect(keyColumnProblems(KEYS, columns, where)).toEqual([
      expect.stringMatching(
        /^STLS KPI Returns: who submitted a return is neither read nor written, for .*By/,
      ),
    ]);
  });
});
