import { randomUUID } from 'node:crypto';
import { internalName } from './column-names.ts';
import { kindAskedFor, settingsAskedFor, type ColumnBody } from './column-shape.ts';
import type { Column, ColumnDraft, ColumnKind, ColumnSettings } from './columns.ts';
import type { Database } from './database.ts';
import { GraphError, invalidRequest, nameTaken, notEmulated } from './errors.ts';
import { checkCell, type Cell } from './values.ts';

/** A column to be added; `id` is given where it must be the same on every fresh start. */
export type NewColumn = ColumnDraft & { id?: string };

type ColumnRow = {
  key: number;
  id: string;
  list_key: number;
  name: string;
  display_name: string;
  description: string;
  kind: ColumnKind;
  required: number;
  indexed: number;
  hidden: number;
  read_only: number;
  built_in: number;
  settings: string;
};

const mostIndexedColumns = 20;

/** The columns of a list, in the order in which they were made. */
export function columnsOf(db: Database, listKey: number): readonly Column[] {
  const lists = known.get(db) ?? new Map<number, readonly Column[]>();
  const before = lists.get(listKey);
  if (before) return before;
  const rows = db.all<ColumnRow>('select * from columns where list_key = ? order by key', listKey);
  const columns = rows.map(toColumn);
  if (!db.isChanging) known.set(db, lists.set(listKey, columns));
  return columns;
}

/** Every request asks for columns, which seldom change. */
const known = new WeakMap<Database, Map<number, readonly Column[]>>();

/** A column by its id or its internal name. */
export function findColumn(db: Database, listKey: number, idOrName: string): Column | undefined {
  return columnsOf(db, listKey).find(
    (column) => column.id === idOrName || column.name === idOrName,
  );
}

/** Adds a column exactly as drafted. */
export function addColumn(db: Database, listKey: number, draft: NewColumn): Column {
  const { name, displayName, description, kind, settings } = draft;
  const flags = [draft.required, draft.indexed, draft.hidden, draft.readOnly, draft.builtIn];
  const id = draft.id ?? randomUUID();
  known.delete(db);
  const key = db.run(
    `insert into columns (id, list_key, name, display_name, description, kind,
       required, indexed, hidden, read_only, built_in, settings)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    listKey,
    name,
    displayName,
    description,
    kind,
    ...flags.map(Number),
    JSON.stringify(settings),
  );
  return { ...draft, key, id, listKey };
}

/** Adds a column that a caller asked for, under a free internal name. */
export function createColumn(db: Database, listKey: number, body: ColumnBody): Column {
  const columns = columnsOf(db, listKey);
  const draft = draftColumn(body, columns);
  refuseTakenDisplayName(columns, draft.displayName);
  if (draft.indexed) refuseImpossibleIndex(columns, draft.kind);
  return addColumn(db, listKey, draft);
}

/** A caller's column as it will stand beside the columns that exist. */
export function draftColumn(body: ColumnBody, existing: readonly { name: string }[]): ColumnDraft {
  const wanted = body.name ?? body.displayName;
  if (wanted === undefined) throw invalidRequest('A column needs a name or a displayName.');
  const kind = kindAskedFor(body) ?? 'text';
  const settings = settingsAskedFor(body, {});
  if (settings.unique && body.indexed !== true) {
    throw invalidRequest('A column must be indexed to enforce unique values.');
  }
  if (kind === 'choice' && (settings.choices ?? []).length === 0) {
    throw invalidRequest('A choice column needs at least one choice.');
  }
  return {
    name: internalName(
      wanted,
      existing.map((column) => column.name),
    ),
    displayName: body.displayName ?? wanted,
    description: body.description ?? '',
    kind,
    required: body.required ?? false,
    indexed: body.indexed ?? false,
    hidden: body.hidden ?? false,
    readOnly: false,
    builtIn: false,
    settings,
  };
}

/** Changes a column; its internal name and its type stay what they are. */
export function updateColumn(db: Database, column: Column, body: ColumnBody): void {
  refuseNewNameOrType(column, body);
  if (body.enforceUniqueValues === true && column.settings.unique !== true) {
    throw notEmulated('The emulator makes no column unique that is there already.');
  }
  const others = columnsOf(db, column.listKey).filter((other) => other.key !== column.key);
  if (body.displayName !== undefined) refuseTakenDisplayName(others, body.displayName);
  const indexed = body.indexed ?? column.indexed;
  if (indexed && !column.indexed) refuseImpossibleIndex(others, column.kind);
  known.delete(db);
  db.run(
    `update columns set display_name = ?, description = ?, required = ?, indexed = ?, hidden = ?,
       settings = ? where key = ?`,
    body.displayName ?? column.displayName,
    body.description ?? column.description,
    Number(body.required ?? column.required),
    Number(indexed),
    Number(body.hidden ?? column.hidden),
    JSON.stringify(settingsAskedFor(body, column.settings)),
    column.key,
  );
  if (indexed !== column.indexed) rebuildIndex(db, column, indexed);
}

/** Removes a column and what its cells held. */
export function deleteColumn(db: Database, column: Column): void {
  if (column.builtIn) {
    throw new GraphError(403, 'accessDenied', `The column '${column.name}' cannot be deleted.`);
  }
  known.delete(db);
  db.run('delete from cells where column_key = ?', column.key);
  db.run('delete from columns where key = ?', column.key);
  db.run(
    'update items set fields = json_remove(fields, ?1) where list_key = ?2 and fields ->> ?1 is not null',
    jsonPath(column),
    column.listKey,
  );
}

/** Where a column's value lies in an item's fields. */
export function jsonPath(column: Column): string {
  return `$."${column.name}"`;
}

/** Whether an indexed column keeps its values in the index of cells. */
export function keepsCells(column: Column): boolean {
  return column.indexed && !column.readOnly;
}

/** The value that a new item gets where the caller gave none. */
export function defaultCell(column: Column): Cell | undefined {
  const text = column.settings.defaultValue;
  if (text === undefined) return undefined;
  const checked = checkCell(column, typedDefault(column.kind, text), 'any choice');
  return checked.ok ? (checked.value ?? undefined) : undefined;
}

function typedDefault(kind: ColumnKind, text: string): unknown {
  if (kind === 'number') return Number(text);
  if (kind === 'boolean') return text === '1' || text.toLowerCase() === 'true';
  return text;
}

function rebuildIndex(db: Database, column: Column, indexed: boolean): void {
  db.run('delete from cells where column_key = ?', column.key);
  if (!keepsCells({ ...column, indexed })) return;
  db.run(
    `insert into cells select ?1, item_id, json_extract(fields, ?2) from items
     where list_key = ?3 and deleted = 0 and json_extract(fields, ?2) is not null`,
    column.key,
    jsonPath(column),
    column.listKey,
  );
}

function refuseTakenDisplayName(columns: readonly Column[], displayName: string): void {
  const wanted = displayName.toLowerCase();
  if (columns.some((column) => column.displayName.toLowerCase() === wanted)) {
    throw nameTaken(`A duplicate field name "${displayName}" was found.`);
  }
}

function refuseImpossibleIndex(others: readonly Column[], kind: ColumnKind): void {
  if (kind === 'note') throw invalidRequest('A column of multiple lines cannot be indexed.');
  const indexed = others.filter((column) => column.indexed && !column.builtIn).length;
  if (indexed >= mostIndexedColumns) {
    throw invalidRequest(`A list has at most ${mostIndexedColumns} indexed columns.`);
  }
}

function refuseNewNameOrType(column: Column, body: ColumnBody): void {
  if (body.name !== undefined && body.name !== column.name) {
    throw invalidRequest(`The name of the column '${column.name}' cannot be changed.`);
  }
  const kind = kindAskedFor(body);
  if (kind === undefined || kind === column.kind) return;
  const sameFacet = body.text !== undefined && body.text.allowMultipleLines === undefined;
  if (sameFacet && column.kind === 'note') return;
  throw invalidRequest(`The type of the column '${column.name}' cannot be changed.`);
}

function toColumn(row: ColumnRow): Column {
  return {
    key: row.key,
    id: row.id,
    listKey: row.list_key,
    name: row.name,
    displayName: row.display_name,
    description: row.description,
    kind: row.kind,
    required: row.required === 1,
    indexed: row.indexed === 1,
    hidden: row.hidden === 1,
    readOnly: row.read_only === 1,
    builtIn: row.built_in === 1,
    settings: JSON.parse(row.settings) as ColumnSettings,
  };
}
