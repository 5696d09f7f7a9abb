import { identitySet, personWithId, type Identity } from './people.ts';
import { columnsOf } from './column-store.ts';
import { isWritable, type Column } from './columns.ts';
import type { Database } from './database.ts';
import { etagOf, type Item, type ItemVersion } from './items.ts';
import type { List, Site } from './lists.ts';
import type { FieldsWanted } from './query-options.ts';
import type { Cell } from './values.ts';

/** The one content type that the emulator's lists have. */
export const itemContentType = { id: '0x0100A6E5D8E1C0B84A4F9D1B6C2F7E3A5D90', name: 'Item' };

/** Turns the items of one list into Graph's `listItem`. */
export type ItemShaper = {
  item: (item: Item, fields: FieldsWanted) => object;
  fields: (item: Item, wanted: FieldsWanted) => object;
  deleted: (item: Item) => object;
  version: (item: Item, version: ItemVersion) => object;
};

/** What the shaper needs to know of the surroundings; `baseUrl` is the emulator's own address. */
export type Surroundings = { db: Database; site: Site; list: List; baseUrl: string };

/** Prepares the shaper for one answer; columns and people are read once. */
export function itemShaper({ db, site, list, baseUrl }: Surroundings): ItemShaper {
  const columns = columnsOf(db, list.key);
  const person = remembered((id: number) => personWithId(db, id));
  const namesFor = remembered((wanted: FieldsWanted) => shownNames(columns, wanted));
  const context = `${baseUrl}/v1.0/$metadata#sites('${encodeURIComponent(site.id)}')/lists('${list.id}')/items`;

  const fields = (item: Item, wanted: FieldsWanted): object => {
    const own = ownFields(item, person);
    const cells = cellsOf(namesFor(wanted), item.fields);
    if (wanted === 'all' || wanted === 'none') {
      return { '@odata.etag': etagOf(item), ...systemFields(item), ...cells, ...own.always };
    }
    const chosen = { ...systemFields(item), ...own.always, ...own.lookups };
    return { '@odata.etag': etagOf(item), ...only(chosen, wanted), ...cells };
  };

  return {
    fields,
    item: (item, wanted) => ({
      '@odata.etag': etagOf(item),
      createdDateTime: item.createdAt,
      eTag: etagOf(item),
      id: String(item.id),
      lastModifiedDateTime: item.modifiedAt,
      webUrl: itemAddress(baseUrl, list, item.id),
      createdBy: identitySet(person(item.createdBy)),
      lastModifiedBy: identitySet(person(item.modifiedBy)),
      parentReference: { id: list.id, siteId: site.id },
      contentType: itemContentType,
      ...(wanted === 'none'
        ? {}
        : {
            'fields@odata.context': `${context}('${item.id}')/fields/$entity`,
            fields: fields(item, wanted),
          }),
    }),
    deleted: (item) => ({ id: String(item.id), deleted: { state: 'deleted' } }),
    version: (item, version) => ({
      id: `${version.version}.0`,
      lastModifiedDateTime: version.modifiedAt,
      lastModifiedBy: identitySet(person(version.modifiedBy)),
      fields: fields({ ...item, ...version }, 'all'),
    }),
  };
}

/** Where a person opens a list in the emulator's pages. */
export function listAddress(baseUrl: string, list: List): string {
  return `${baseUrl}/lists/${encodeURIComponent(list.name)}`;
}

/** Where a person opens an item in the emulator's pages. */
function itemAddress(baseUrl: string, list: List, id: number): string {
  return `${listAddress(baseUrl, list)}/items/${id}`;
}

function systemFields(item: Item): Record<string, Cell> {
  const title = item.fields['Title'];
  return {
    id: String(item.id),
    ContentType: itemContentType.name,
    ...(title === undefined ? {} : { LinkTitleNoMenu: title, LinkTitle: title }),
  };
}

function ownFields(
  item: Item,
  person: (id: number) => Identity,
): { always: Record<string, Cell>; lookups: Record<string, Cell> } {
  return {
    always: {
      Modified: item.modifiedAt,
      Created: item.createdAt,
      AuthorLookupId: String(item.createdBy),
      EditorLookupId: String(item.modifiedBy),
      _UIVersionString: `${item.version}.0`,
      Attachments: false,
      Edit: '',
      ItemChildCount: '0',
      FolderChildCount: '0',
    },
    lookups: {
      ID: String(item.id),
      Author: person(item.createdBy).displayName,
      Editor: person(item.modifiedBy).displayName,
    },
  };
}

function shownNames(columns: readonly Column[], wanted: FieldsWanted): string[] {
  const shown = columns.filter((column) =>
    typeof wanted === 'string' ? !column.hidden : wanted.includes(column.name),
  );
  return shown.filter(isWritable).map(({ name }) => name);
}

function cellsOf(names: readonly string[], fields: Record<string, Cell>): Record<string, Cell> {
  const entries = names.map((name) => [name, fields[name]] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Cell] => entry[1] !== undefined),
  );
}

function only(fields: Record<string, Cell>, wanted: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name)));
}

function remembered<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = read(key);
    known.set(key, value);
    return value;
  };
}
