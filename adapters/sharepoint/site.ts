import type { Columns } from '../../bot/returns/column.ts';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import { readColumns } from './column-definition.ts';
import type { Graph } from './graph.ts';
import { alreadyHolds, readItem, type Fields, type ListItem } from './list-item.ts';
import { isPassing } from './retry.ts';
import { SiteMemory, type ListInfo, type SiteOptions } from './site-memory.ts';

export type { Fields, ListItem } from './list-item.ts';

/** A list's definition, as Graph takes it. */
type NewList = { displayName: string; description: string; columns: readonly unknown[] };

/** The council's site: its lists by display name, or by the name in their address. */
export type Site = {
  /** The lists, asked for anew. */
  lists(): Promise<ListInfo[]>;
  /** Every item, by id: the whole list the first time, and then one delta query. */
  items(list: string): Promise<readonly ListItem[]>;
  /** A list's columns by internal name. */
  columns(list: string): Promise<Columns>;
  /** Items and the columns that they were read under. */
  read(list: string): Promise<{ items: readonly ListItem[]; columns: Columns }>;
  /**
   * Makes an item. Where no clear answer came, an item that `isIt` knows (one that holds these cells,
   * unless told otherwise) is looked for before it is made again, and is given back.
   */
  create(list: string, fields: Fields, isIt?: (item: ListItem) => boolean): Promise<ListItem>;
  /** Throws ServiceRefused 412 when the item has changed since `etag`, and does not hold these cells. */
  update(list: string, id: string, fields: Fields, etag: string): Promise<void>;
  createList(list: NewList): Promise<void>;
  addColumn(list: string, definition: { name: string }): Promise<void>;
  describe(list: string, description: string): Promise<void>;
  /** The path of a list, such as `/sites/{id}/lists/{id}`. */
  pathOf(list: string): Promise<string>;
  /**
   * The same site for somebody who waits: everything asked of it has so many milliseconds from now,
   * together. Where items cannot be had in that time those of the last minute do, unless only what
   * is read now will do.
   */
  within(forMs: number, otherwise?: 'the last minute' | 'nothing'): Site;
  /** Keeps the copies of the lists for the next process. */
  keep(): Promise<void>;
};

/** Opens the site at an address such as `https://tenant.sharepoint.com/sites/name`. */
export function openSite(graph: Graph, address: URL, options: SiteOptions = {}): Site {
  return siteThrough(graph, new SiteMemory(graph, address, options));
}

/** Until when somebody waits, by `performance.now()`, and whether what was read a moment ago will do. */
type Manner = { untilMs: number; orRecent: boolean };
const PATIENTLY: Manner = { untilMs: Infinity, orRecent: false };

function siteThrough(graph: Graph, memory: SiteMemory, manner: Manner = PATIENTLY): Site {
  const inTime = <T>(doing: string, answer: Promise<T>) => before(manner.untilMs, doing, answer);
  const recently = <T>(known: () => T | undefined) => (manner.orRecent ? known() : undefined);
  const items = (list: string) => inTime(`reading ${list}`, memory.items(list));
  const pathOf = (list: string) => inTime(`looking for ${list}`, memory.pathOf(list));
  const readAgain = async (list: string, path: string): Promise<ListItem> =>
    memory.put(list, readItem(await graph.get(`${path}?$expand=fields`), list));
  const itemsNow = (list: string) =>
    orElse(items(list), () => recently(() => memory.recentItems(list)));
  const columnsNow = (list: string) =>
    orElse(inTime(`reading the columns of ${list}`, memory.columns(list)), () =>
      recently(() => memory.lastColumns(list)),
    );
  return {
    lists: () => memory.lists(),
    items: itemsNow,
    columns: columnsNow,
    read: async (list) => {
      const read = await itemsNow(list);
      // After the items: a cell that a deleted column took with it must not be taken for a blank.
      const columns = await columnsNow(list);
      return { items: memory.isOutdated(list) ? await itemsNow(list) : read, columns };
    },
    create: async (list, fields, isIt = (item) => alreadyHolds(item, fields)) => {
      const path = `${await pathOf(list)}/items`;
      const find = async () => (await items(list)).findLast(isIt);
      let found: ListItem | undefined;
      const made = await graph.post(path, { fields }, async () => (found = await find()));
      return found ?? memory.put(list, readItem(made, list));
    },
    update: async (list, id, fields, etag) => {
      const path = `${await pathOf(list)}/items/${id}`;
      try {
        await graph.patch(`${path}/fields`, fields, etag);
      } catch (error) {
        if (!(error instanceof ServiceRefused) || error.status !== CHANGED) throw error;
        // An earlier attempt, whose answer was lost, may have done it.
        if (!alreadyHolds(await readAgain(list, path), fields)) throw error;
        return;
      }
      await readAgain(list, path).catch(theNextReadBringsIt);
    },
    createList: async ({ displayName, description, columns }) => {
      const body = { displayName, description, columns, list: { template: 'genericList' } };
      const find = async () => (await memory.lists()).find((l) => l.displayName === displayName);
      await graph.post(`${await memory.site()}/lists`, body, find);
      memory.forgetLists();
    },
    addColumn: async (list, definition) => {
      const path = `${await memory.pathOf(list)}/columns`;
      const find = async () => readColumns(await graph.getAll(path)).get(definition.name);
      await graph.post(path, definition, find);
      memory.forgetColumns(list);
    },
    describe: async (list, description) => {
      await graph.patch(await memory.pathOf(list), { description });
      memory.forgetLists();
    },
    pathOf: (list) => memory.pathOf(list),
    within: (forMs, otherwise = 'the last minute') =>
      siteThrough(graph.within(forMs), memory, {
        untilMs: Math.min(performance.now() + forMs, manner.untilMs),
        orRecent: otherwise === 'the last minute',
      }),
    keep: () => memory.keep(),
  };
}

const CHANGED = 412;

/** What was written is written, whether it can be read again at once or not. */
function theNextReadBringsIt(error: unknown): void {
  const isAnswer = error instanceof ServiceRefused || error instanceof UnexpectedAnswer;
  if (!isAnswer && !(error instanceof NetworkFailed)) throw error;
}

/** An answer, or NetworkFailed for whoever cannot wait any longer. */
async function before<T>(untilMs: number, doing: string, answer: Promise<T>): Promise<T> {
  if (untilMs === Infinity) return answer;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new NetworkFailed('Microsoft Graph', doing, 'it took too long')),
    Math.max(0, untilMs - performance.now()),
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is asked for; or, where it cannot be had for the moment, what was read a moment ago. */
async function orElse<T>(asked: Promise<T>, recent: () => T | undefined): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const known = isPassing(error) ? recent() : undefined;
    if (known === undefined) throw error;
    return known;
  }
}
