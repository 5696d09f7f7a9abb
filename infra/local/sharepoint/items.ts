import { randomUUID } from 'node:crypto';
import { checkCells, defaults, filled, merged, type Cells } from './cells.ts';
import { columnsOf, keepsCells } from './column-store.ts';
import type { Column } from './columns.ts';
import type { Database } from './database.ts';
import { invalidRequest, notFound, resourceModified } from './errors.ts';
import type { List, Stamp } from './lists.ts';
import type { Cell } from './values.ts';

/** An item of a list; `fields` holds the filled cells by internal column name. */
export type Item = {
  id: number;
  uniqueId: string;
  version: number;
  change: number;
  deleted: boolean;
  createdAt: string;
  modifiedAt: string;
  createdBy: number;
  modifiedBy: number;
  fields: Record<string, Cell>;
};

/** An item as its row stands in the database. */
export type ItemRow = {
  item_id: number;
  unique_id: string;
  version: number;
  change: number;
  deleted: number;
  created_at: string;
  modified_at: string;
  created_by: number;
  modified_by: number;
  fields: string;
};

/** What an item held before it was changed. */
export type ItemVersion = Pick<Item, 'version' | 'modifiedAt' | 'modifiedBy' | 'fields'>;

/** An item to be added, its cells checked. */
export type NewItem = {
  fields: Record<string, Cell>;
  created: Stamp;
  modified: Stamp;
  uniqueId?: string;
};

/** The mark by which a caller says which state of the item it has read. */
export function etagOf(item: Item): string {
  return `"${item.uniqueId},${item.version}"`;
}

/** An item that has not been deleted. */
export function findItem(db: Database, list: List, id: number): Item | undefined {
  const row = db.get(
    'select * from items where list_key = ? and item_id = ? and deleted = 0',
    list.key,
    id,
  ) as ItemRow | undefined;
  return row === undefined ? undefined : toItem(row);
}

/** Adds an item; the list numbers it. */
export function createItem(db: Database, list: List, cells: Cells, stamp: Stamp): Item {
  const columns = columnsOf(db, list.key);
  const fields = { ...defaults(columns), ...filled(checkCells(columns, cells)) };
  refuseRepeated(db, columns, fields);
  return insertItem(db, list, columns, { fields, created: stamp, modified: stamp });
}

/** Adds an item whose cells have been checked. */
function insertItem(db: Database, list: List, columns: readonly Column[], item: NewItem): Item {
  const { fields, created, modified } = item;
  const uniqueId = item.uniqueId ?? randomUUID();
  const id = takeItemIds(db, list, modified, 1);
  const change = db.nextChange(list.key);
  writeNewItem(db, list, columns, { ...item, uniqueId, id, change });
  const times = { createdAt: created.at, modifiedAt: modified.at };
  const people = { createdBy: created.by, modifiedBy: modified.by };
  return { id, uniqueId, version: 1, change, deleted: false, ...times, ...people, fields };
}

/**
 * Adds many items whose cells have been checked, a thousand at a time, so that a long list needs
 * little memory. Runs inside the caller's transaction; nobody is notified.
 */
export function insertItems(
  db: Database,
  list: List,
  columns: readonly Column[],
  items: Iterable<NewItem>,
): void {
  const indexed = columns.filter(keepsCells);
  for (const chunk of chunksOf(items, 1000)) {
    const latest = chunk.reduce((one, other) =>
      other.modified.at > one.modified.at ? other : one,
    );
    const firstId = takeItemIds(db, list, latest.modified, chunk.length);
    const firstChange = db.reserveChanges(chunk.length);
    for (const [index, item] of chunk.entries()) {
      const place = { id: firstId + index, change: firstChange + index };
      const uniqueId = item.uniqueId ?? randomUUID();
      writeNewItem(db, list, indexed, { ...item, uniqueId, ...place });
    }
  }
}

function* chunksOf<One>(all: Iterable<One>, size: number): Generator<One[]> {
  let chunk: One[] = [];
  for (const one of all) {
    chunk.push(one);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function writeNewItem(
  db: Database,
  list: List,
  columns: readonly Column[],
  item: NewItem & { uniqueId: string; id: number; change: number },
): void {
  const { id, uniqueId, change, created, modified, fields } = item;
  db.run(
    'insert into items values (?, ?, ?, 1, ?, 0, ?, ?, ?, ?, ?)',
    list.key,
    id,
    uniqueId,
    change,
    created.at,
    modified.at,
    created.by,
    modified.by,
    JSON.stringify(fields),
  );
  for (const column of columns.filter(keepsCells)) addCell(db, column, id, fields);
}

/** Changes cells of an item and keeps what it held as an earlier version. */
export function updateItem(
  db: Database,
  list: List,
  id: number,
  update: { cells: Cells; ifMatch?: string | undefined; stamp: Stamp },
): Item {
  const before = existingItem(db, list, id, update.ifMatch);
  const columns = columnsOf(db, list.key);
  const fields = merged(before.fields, checkCells(columns, update.cells, before.fields));
  refuseRepeated(db, columns, fields, id);
  const { at, by } = update.stamp;
  keepVersion(db, list, before);
  const change = db.nextChange(list.key);
  db.run(
    `update items set version = version + 1, change = ?, modified_at = ?, modified_by = ?,
       fields = ? where list_key = ? and item_id = ?`,
    change,
    at,
    by,
    JSON.stringify(fields),
    list.key,
    id,
  );
  writeCells(db, columns, id, fields);
  touchList(db, list, update.stamp);
  return { ...before, version: before.version + 1, change, modifiedAt: at, modifiedBy: by, fields };
}

/** Removes an item; a mark stays behind so that delta can tell of it. */
export function deleteItem(
  db: Database,
  list: List,
  id: number,
  removal: { ifMatch?: string | undefined; stamp: Stamp },
): void {
  existingItem(db, list, id, removal.ifMatch);
  db.run(
    `update items set deleted = 1, fields = '{}', change = ? where list_key = ? and item_id = ?`,
    db.nextChange(list.key),
    list.key,
    id,
  );
  db.run('delete from versions where list_key = ? and item_id = ?', list.key, id);
  writeCells(db, columnsOf(db, list.key), id, {});
  touchList(db, list, removal.stamp);
}

/** Every version of an item, the latest first. */
export function versionsOf(db: Database, list: List, item: Item): ItemVersion[] {
  const rows = db.all<Pick<ItemRow, 'version' | 'modified_at' | 'modified_by' | 'fields'>>(
    `select version, modified_at, modified_by, fields from versions
     where list_key = ? and item_id = ? order by version desc`,
    list.key,
    item.id,
  );
  const earlier = rows.map((row) => ({
    version: row.version,
    modifiedAt: row.modified_at,
    modifiedBy: row.modified_by,
    fields: parseFields(row.fields),
  }));
  return [item, ...earlier];
}

/** A row as an item. */
export function toItem(row: ItemRow): Item {
  return {
    id: row.item_id,
    uniqueId: row.unique_id,
    version: row.version,
    change: row.change,
    deleted: row.deleted === 1,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    createdBy: row.created_by,
    modifiedBy: row.modified_by,
    fields: parseFields(row.fields),
  };
}

/** SharePoint's own words, as Microsoft Graph passes them on. */
function refuseRepeated(
  db: Database,
  columns: readonly Column[],
  fields: Record<string, Cell>,
  id = 0,
): void {
  for (const column of columns.filter(({ settings }) => settings.unique)) {
    const value = fields[column.name];
    if (value === undefined) continue;
    const other = db.get(
      'select item_id from cells where column_key = ? and value = ? and item_id <> ?',
      column.key,
      typeof value === 'boolean' ? Number(value) : value,
      id,
    );
    if (other === undefined) continue;
    throw invalidRequest(
      'One or more fields with unique constraints already has the provided value.',
    );
  }
}

function existingItem(db: Database, list: List, id: number, ifMatch: string | undefined): Item {
  const item = findItem(db, list, id);
  if (item === undefined) throw notFound('The item');
  if (ifMatch !== undefined && !matches(ifMatch, item)) throw resourceModified();
  return item;
}

function matches(ifMatch: string, item: Item): boolean {
  const wanted = ifMatch.split(/,\s*(?=W\/|")/).map((each) => each.trim().replace(/^W\//, ''));
  return wanted.some((each) => each === '*' || each === etagOf(item));
}

function takeItemIds(db: Database, list: List, stamp: Stamp, count: number): number {
  const row = db.get(
    `update lists set next_item_id = next_item_id + ?1, version = version + ?1,
       modified_at = max(modified_at, ?2), modified_by = ?3
     where key = ?4 returning next_item_id - ?1 as id`,
    count,
    stamp.at,
    stamp.by,
    list.key,
  ) as { id: number } | undefined;
  if (row === undefined) throw notFound('The list');
  return row.id;
}

function touchList(db: Database, list: List, stamp: Stamp): void {
  db.run(
    'update lists set version = version + 1, modified_at = ?, modified_by = ? where key = ?',
    stamp.at,
    stamp.by,
    list.key,
  );
}

function keepVersion(db: Database, list: List, item: Item): void {
  const { id, version, modifiedAt, modifiedBy, fields } = item;
  db.run(
    'insert into versions values (?, ?, ?, ?, ?, ?)',
    list.key,
    id,
    version,
    modifiedAt,
    modifiedBy,
    JSON.stringify(fields),
  );
}

function writeCells(
  db: Database,
  columns: readonly Column[],
  id: number,
  fields: Record<string, Cell>,
): void {
  for (const column of columns.filter(keepsCells)) {
    db.run('delete from cells where column_key = ? and item_id = ?', column.key, id);
    addCell(db, column, id, fields);
  }
}

function addCell(db: Database, column: Column, id: number, fields: Record<string, Cell>): void {
  const value = fields[column.name];
  if (value === undefined) return;
  const kept = typeof value === 'boolean' ? Number(value) : value;
  db.run('insert into cells values (?, ?, ?)', column.key, id, kept);
}

function parseFields(text: string): Record<string, Cell> {
  return JSON.parse(text) as Record<string, Cell>;
}
