import { addColumn, columnsOf } from './column-store.ts';
import type { Column, ColumnDraft } from './columns.ts';
import type { Database } from './database.ts';
import { insertItems, type NewItem } from './items.ts';
import { graphInstant } from './london-time.ts';
import { createList, createSite, guidFor, type List, type Site } from './lists.ts';
import { ensurePerson, type Identity } from './people.ts';
import type { SeedColumn, SeedItem, SeedList, SeedSite } from './seed.ts';
import { checkCell, type Cell } from './values.ts';

/** The person who made the site and works in the pages unless another is chosen. */
export function siteOwner(hostname: string): Extract<Identity, { kind: 'user' }> {
  return { kind: 'user', email: `site.owner@${hostname}`, displayName: 'Site Owner' };
}

/** Makes the site with its lists and items, all of it or nothing. */
export function loadSeed(db: Database, seed: SeedSite<Iterable<SeedItem>>, now: Date): Site {
  return db.transaction(() => {
    const at = graphInstant(now);
    const { hostname, path, displayName } = seed;
    const site = createSite(db, { hostname, path, displayName, createdAt: at });
    const stamp = { by: ensurePerson(db, siteOwner(hostname)), at };
    for (const list of seed.lists) loadList(db, site, list, stamp);
    return site;
  });
}

function loadList(
  db: Database,
  site: Site,
  seed: SeedList<Iterable<SeedItem>>,
  stamp: { by: number; at: string },
): void {
  const { displayName, description } = seed;
  const id = guidFor(`${site.id}/${displayName}`);
  const list = createList(db, { id, displayName, description }, [], stamp);
  for (const column of seed.columns) addSeedColumn(db, list, column);
  const columns = columnsOf(db, list.key);
  insertItems(db, list, columns, seedItems(db, list, columns, seed.items));
}

function addSeedColumn(db: Database, list: List, column: SeedColumn): void {
  const id = guidFor(`${list.id}/${column.name}`);
  addColumn(db, list.key, { ...seedDraft(column), id });
}

function seedDraft(column: SeedColumn): ColumnDraft {
  const { name, displayName, type, choices, fillIn, percentage, decimals, dateOnly } = column;
  const settings = Object.fromEntries(
    Object.entries({ choices, fillIn, percentage, decimals, dateOnly }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return {
    name,
    displayName,
    description: column.description ?? '',
    kind: type,
    required: column.required ?? false,
    indexed: column.indexed ?? false,
    hidden: false,
    readOnly: false,
    builtIn: false,
    settings,
  };
}

function* seedItems(
  db: Database,
  list: List,
  columns: readonly Column[],
  items: Iterable<SeedItem>,
): Generator<NewItem> {
  const byName = new Map(columns.map((column) => [column.name, column]));
  let number = 0;
  for (const item of items) {
    number += 1;
    const where = `${list.displayName}, item ${number}`;
    const by = ensurePerson(db, { kind: 'user', ...item.createdBy });
    yield {
      fields: seedFields(byName, item, where),
      created: { by, at: seedInstant(item.createdAt, where) },
      modified: { by, at: seedInstant(item.modifiedAt, where) },
      uniqueId: guidFor(`${list.id}/${where}`),
    };
  }
}

function seedFields(
  columns: ReadonlyMap<string, Column>,
  item: SeedItem,
  where: string,
): Record<string, Cell> {
  const fields: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(item.fields)) {
    const column = columns.get(name);
    if (column === undefined) throw new Error(`${where}: there is no column '${name}'.`);
    const checked = checkCell(column, value, 'any choice');
    if (!checked.ok) throw new Error(`${where}: '${name}' ${checked.problem}.`);
    if (checked.value !== null) fields[name] = checked.value;
  }
  return fields;
}

function seedInstant(text: string, where: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new Error(`${where}: '${text}' is not an instant.`);
  return graphInstant(instant);
}
