import { createHash, randomUUID } from 'node:crypto';
import { addColumn, type NewColumn } from './column-store.ts';
import { builtInColumns } from './columns.ts';
import type { Database } from './database.ts';
import { nameTaken } from './errors.ts';

/** The one site that the emulator holds. */
export type Site = {
  id: string;
  hostname: string;
  path: string;
  displayName: string;
  createdAt: string;
};

/** A list of the site. `name` is the part of its address, `displayName` what people see. */
export type List = {
  key: number;
  id: string;
  name: string;
  displayName: string;
  description: string;
  version: number;
  createdAt: string;
  modifiedAt: string;
  createdBy: number;
  modifiedBy: number;
};

/** Who writes, and when. */
export type Stamp = { by: number; at: string };

/** A list to be made. */
export type NewList = { id: string; displayName: string; description: string };

const siteFields = 'id, hostname, path, display_name as displayName, created_at as createdAt';
const listFields = `key, id, name, display_name as displayName, description, version,
  created_at as createdAt, modified_at as modifiedAt, created_by as createdBy,
  modified_by as modifiedBy`;

/** The site, once it has been made. */
export function findSite(db: Database): Site | undefined {
  return db.get(`select ${siteFields} from site`) as Site | undefined;
}

/** Makes the site; its id depends on its address alone, so that it outlives a fresh start. */
export function createSite(db: Database, site: Omit<Site, 'id'>): Site {
  const { hostname, path, displayName, createdAt } = site;
  const id = `${hostname},${guidFor(hostname)},${guidFor(`${hostname}/${path}`)}`;
  db.run(`insert into site values (?, ?, ?, ?, ?)`, id, hostname, path, displayName, createdAt);
  return { ...site, id };
}

/** The tenant that the site lies in: always the same for the same host name. */
export function tenantIdOf(site: Site): string {
  return guidFor(`tenant/${site.hostname}`);
}

/** Every list, by display name. */
export function allLists(db: Database): List[] {
  return db.all<List>(`select ${listFields} from lists order by display_name`);
}

/** A list by its id, its title or the name in its address. */
export function findList(db: Database, idOrTitle: string): List | undefined {
  return db.get(
    `select ${listFields} from lists where id = ?1 or display_name = ?2 or name = ?2 limit 1`,
    idOrTitle.toLowerCase(),
    idOrTitle,
  ) as List | undefined;
}

/** How many items a list holds. */
export function itemCount(db: Database, list: List): number {
  const row = db.get(
    'select count(*) as count from items where list_key = ? and deleted = 0',
    list.key,
  ) as { count: number } | undefined;
  return row?.count ?? 0;
}

/** Whether a list holds more items than `limit`; cheap however long the list is. */
export function hasMoreItemsThan(db: Database, list: List, limit: number): boolean {
  const row = db.get(
    `select 1 as found from items where list_key = ? and deleted = 0
     order by item_id limit 1 offset ?`,
    list.key,
    limit,
  ) as { found: number } | undefined;
  return row !== undefined;
}

/** Makes a list with SharePoint's own columns and those asked for. */
export function createList(
  db: Database,
  wanted: NewList,
  columns: readonly NewColumn[],
  stamp: Stamp,
): List {
  const { id, displayName, description } = wanted;
  if (findList(db, displayName) !== undefined) {
    throw nameTaken(`A list named '${displayName}' already exists in this site.`);
  }
  const key = db.run(
    `insert into lists (id, name, display_name, description, next_item_id, version,
       created_at, modified_at, created_by, modified_by)
     values (?, ?, ?, ?, 1, 0, ?, ?, ?, ?)`,
    id,
    displayName,
    displayName,
    description,
    stamp.at,
    stamp.at,
    stamp.by,
    stamp.by,
  );
  for (const column of [...builtInColumns, ...columns]) addColumn(db, key, column);
  const version = 0;
  const times = { createdAt: stamp.at, modifiedAt: stamp.at };
  const people = { createdBy: stamp.by, modifiedBy: stamp.by };
  return { key, name: displayName, ...wanted, version, ...times, ...people };
}

/** Changes what people read of a list; its id and address stay. */
export function updateList(
  db: Database,
  list: List,
  changes: { displayName?: string; description?: string },
  stamp: Stamp,
): void {
  const taken = changes.displayName === undefined ? undefined : findList(db, changes.displayName);
  if (taken !== undefined && taken.key !== list.key) {
    throw nameTaken(`A list named '${changes.displayName}' already exists in this site.`);
  }
  db.run(
    `update lists set display_name = ?, description = ?, version = version + 1,
       modified_at = ?, modified_by = ? where key = ?`,
    changes.displayName ?? list.displayName,
    changes.description ?? list.description,
    stamp.at,
    stamp.by,
    list.key,
  );
}

/** Removes a list and everything in it. */
export function deleteList(db: Database, list: List): void {
  db.run(
    'delete from cells where column_key in (select key from columns where list_key = ?)',
    list.key,
  );
  for (const table of ['columns', 'items', 'versions', 'subscriptions']) {
    db.run(`delete from ${table} where list_key = ?`, list.key);
  }
  db.run('delete from lists where key = ?', list.key);
}

/** A new random id. */
export function newGuid(): string {
  return randomUUID();
}

/** An id that is always the same for the same text. */
export function guidFor(text: string): string {
  const hex = createHash('sha256').update(text.toLowerCase()).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return `${parts.join('-')}-${hex.slice(20, 32)}`;
}
