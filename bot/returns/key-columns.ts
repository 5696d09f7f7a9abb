import { readTerm } from '../calendar/terms.ts';
import { canonicalDistrict, type NamedDistrict } from '../directory/district-name.ts';
import { holds, type Column, type Columns, type ColumnType } from './column.ts';

/** What a column tells of a return, besides its answers. */
const KEY_PARTS = [
  'district',
  'year',
  'term',
  'as of',
  'phase',
  'comments',
  'submitted by',
] as const;
export type KeyPart = (typeof KEY_PARTS)[number];

/** Internal names of the columns that a list has for them. */
export type KeyColumns = Readonly<Partial<Record<KeyPart, string>>>;

const WORDS: readonly ColumnType[] = ['text', 'choice', 'calculated'];

/** What each can be read from. Without the comments, *not known* cannot be told from a blank. */
const READABLE: Record<KeyPart, readonly ColumnType[]> = {
  district: WORDS,
  year: WORDS,
  term: [...WORDS, 'number'],
  'as of': ['date', 'text'],
  phase: WORDS,
  comments: ['text'],
  'submitted by': WORDS,
};

/** Why nothing in a list can be told apart: the first key column that is gone or unreadable. */
export function unreadableKey(keys: KeyColumns, columns: Columns): string | undefined {
  const parts = KEY_PARTS.filter((part) => part !== 'submitted by');
  return parts.map((part) => troubleWith(part, keys, columns)).find((why) => why !== undefined);
}

function troubleWith(part: KeyPart, keys: KeyColumns, columns: Columns): string | undefined {
  const name = keys[part];
  if (name === undefined) return undefined;
  const column = columns.get(name);
  if (!column) {
    return `it has no column with the internal name ${name}. Please make it again with that internal name`;
  }
  if (READABLE[part].includes(column.type)) return undefined;
  return `its column “${column.displayName}” (internal name ${name}) holds ${holds(column.type)} and not ${holds(READABLE[part][0] ?? 'text')}. Please change its type back`;
}

type Where = {
  list: string;
  districts: readonly NamedDistrict[];
  /** Names the districts list, for the remedy. */
  districtsIn: string;
};

/** What commissioners should know of a list's key columns though it can be read. */
export function keyColumnProblems(keys: KeyColumns, columns: Columns, where: Where): string[] {
  const { list, districts, districtsIn } = where;
  const submitter = troubleWith('submitted by', keys, columns);
  return [
    ...(submitter
      ? [`${list}: who submitted a return is neither read nor written, for ${submitter}.`]
      : []),
    ...unknownChoices(columns.get(keys.district ?? ''), (c) => canonicalDistrict(c, districts)).map(
      (offer) =>
        `${list}: ${offer}, which no row of ${districtsIn} names. Please add it there, as a district or another name of one, or take the choice away.`,
    ),
    ...unknownChoices(columns.get(keys.term ?? ''), readTerm).map(
      (offer) =>
        `${list}: ${offer}, which is no term from 1 to 6, so a return filed under it could not be counted. Please take the choice away.`,
    ),
  ];
}

function unknownChoices(column: Column | undefined, read: (choice: string) => unknown): string[] {
  if (column?.type !== 'choice') return [];
  return column.choices
    .filter((choice) => read(choice) === undefined)
    .map(
      (choice) =>
        `the column “${column.displayName}” (internal name ${column.name}) offers “${choice}”`,
    );
}
