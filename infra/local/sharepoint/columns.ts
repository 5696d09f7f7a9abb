/** What a column holds. `person` and `computed` are SharePoint's own and cannot be written. */
export type ColumnKind =
  'text' | 'note' | 'number' | 'choice' | 'dateTime' | 'boolean' | 'person' | 'computed';

/** What depends on the kind of column. */
export type ColumnSettings = {
  choices?: string[];
  fillIn?: boolean;
  percentage?: boolean;
  decimals?: number;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  dateOnly?: boolean;
  defaultValue?: string;
  /** No two items hold the same value. */
  unique?: boolean;
};

/** A column before it has a place in the database. */
export type ColumnDraft = {
  name: string;
  displayName: string;
  description: string;
  kind: ColumnKind;
  required: boolean;
  indexed: boolean;
  hidden: boolean;
  readOnly: boolean;
  builtIn: boolean;
  settings: ColumnSettings;
};

/** A column of a list. `name` is the internal name and never changes. */
export type Column = ColumnDraft & { key: number; id: string; listKey: number };

/** The columns that every SharePoint list starts with. */
export const builtInColumns: readonly ColumnDraft[] = [
  builtIn('ContentType', 'Content Type', 'computed', { readOnly: true }),
  builtIn('Title', 'Title', 'text', { readOnly: false, settings: { maxLength: 255 } }),
  builtIn('Modified', 'Modified', 'dateTime', { readOnly: true }),
  builtIn('Created', 'Created', 'dateTime', { readOnly: true }),
  builtIn('Author', 'Created By', 'person', { readOnly: true }),
  builtIn('Editor', 'Modified By', 'person', { readOnly: true }),
  builtIn('Attachments', 'Attachments', 'computed', { readOnly: true }),
  builtIn('Edit', 'Edit', 'computed', { readOnly: true }),
  builtIn('LinkTitleNoMenu', 'Title', 'computed', { readOnly: true }),
  builtIn('LinkTitle', 'Title', 'computed', { readOnly: true }),
  builtIn('ID', 'ID', 'number', { readOnly: true, indexed: true }),
];

/** Whether people and applications may write the column's cells. */
export function isWritable(column: Column): boolean {
  return !column.readOnly && column.kind !== 'person' && column.kind !== 'computed';
}

/** The columns that a person fills in on a form: Title and the list's own. */
export function formColumns(columns: readonly Column[]): Column[] {
  return columns.filter((column) => isWritable(column) && !column.hidden);
}

function builtIn(
  name: string,
  displayName: string,
  kind: ColumnKind,
  more: Partial<ColumnDraft>,
): ColumnDraft {
  return {
    name,
    displayName,
    kind,
    description: '',
    required: false,
    indexed: false,
    hidden: false,
    readOnly: false,
    builtIn: true,
    settings: {},
    ...more,
  };
}
