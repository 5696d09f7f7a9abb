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
