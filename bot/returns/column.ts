/** What a SharePoint column holds, as far as answers go. */
export const COLUMN_TYPES = [
  'number',
  'text',
  'choice',
  'date',
  'yes or no',
  'calculated',
  'other',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A column of a SharePoint list. `name` is the internal name, which a rename does not change. */
export type Column = {
  name: string;
  displayName: string;
  type: ColumnType;
  /** What may be chosen; empty unless `type` is `choice`. */
  choices: readonly string[];
};

/** A list's columns by internal name. */
export type Columns = ReadonlyMap<string, Column>;

const HOLDS: Record<ColumnType, string> = {
  number: 'numbers',
  text: 'text',
  choice: 'choices',
  date: 'dates',
  'yes or no': 'yes or no',
  calculated: 'something calculated',
  other: 'something else (a person, a lookup or the like)',
};

/** What a column of a type holds, in words. */
export const holds = (type: ColumnType): string => HOLDS[type];
