import type { Columns } from '../../bot/returns/column.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { readColumns } from './column-definition.ts';
import type { Graph } from './graph.ts';
import { holds, readItem, type Fields, type ListItem } from './list-item.ts';
import { isPassing } from './retry.ts';
import { SiteMemory, type ListInfo, type SiteOptions } from './site-memory.ts';

export type { Fields, ListItem } from './list-item.ts';

/** A list's or column's definition, as Graph takes it. */
export type NewList = { displayName: string; description: string; columns: readonly unknown[] };

/** The council's site: its lists by display name, or by the name in their address. */
export type Site = {
  /** Whether the site has a list of this name. */
  has(list: string): Promise<boolean>;
  /** The lists, asked for anew. */
  lists(): Promise<ListInfo[]>;
  /** Every item, by id: the whole list the first time, and then one delta query. */
  items(list: string): Promise<readonly ListItem[]>;
  /** A list's columns by internal name. */
  columns(list: string): Promise<Columns>;
  /** Items and the columns that they were read under. */
  read(list: string): Promise<{ items: readonly ListItem[]; columns: Columns }>;
  /** `sure` is false where an earlier attempt may have made it: then it is looked for first. */
  create(list: string, fields: Fields, how?: { sure: boolean }): Promise<ListItem>;
  /** Throws ServiceRefused 412 when the item has changed since `etag`, and does not hold these cells. */
  update(list: string, id: string, fields: Fields, etag: string): Promise<void>;
  createList(list: NewList): Promise<void>;
  addColumn(list: string, definition: { name: string }): Promise<void>;
  describe(list: string, description: string): Promise<void>;
  /** The path of a list, such as `/sites/{id}/lists/{id}`. */
  pathOf(list: string): Promise<string>;
  /**
   * The same site for somebody who waits: a request has this many milliseconds, and where the items
   * cannot be had in that time those of the last minute do.
   */
  within(deadlineMs: number): Site;
  /** Keeps the copies of the lists for the next process. */
  keep(): Promise<void>;
};

/** Opens the site at an address such as `https://tenant.sharepoint.com/sites/name`. */
export function openSite(graph: Graph, address: URL, options: SiteOptions = {}): Site {
  return siteThrough(graph, new SiteMemory(graph, address, options));
}

function siteThrough(graph: Graph, memory: SiteMemory, waitMs = Infinity): Site {
  const inTime = <T>(doing: string, answer: Promise<T>) => before(waitMs, doing, answer);
  const items = (list: string) => inTime(`reading ${list}`, memory.items(list));
  const readAgain = async (list: string, path: string): Promise<ListItem> =>
    memory.put(list, readItem(await graph.get(`${path}?$expand=fields`), list));
  const itemsNow = (list: string) =>
    waitMs === Infinity ? items(list) : orRecent(items(list), () => memory.recentItems(list));
  const columnsNow = (list: string) =>
    orRecent(inTime(`reading the columns of ${list}`, memory.columns(list)), () =>
      waitMs === Infinity ? undefined : memory.lastColumns(list),
    );
  return {
    has: async (list) => (await memory.find(list)) !== undefined,
    lists: () => memory.lists(),
    items: itemsNow,
    columns: columnsNow,
    read: async (list) => {
      const read = await itemsNow(list);
      // After the items: a cell that a deleted column took with it must not be taken for a blank.
      const columns = await columnsNow(list);
      return { items: memory.isOutdated(list) ? await itemsNow(list) : read, columns };
    },
    create: async (list, fields, { sure } = { sure: true }) => {
      const path = `${await memory.pathOf(list)}/items`;
      const find = async () => (await items(list)).findLast((item) => holds(item, fields));
      const there = sure ? undefined : await find();
      if (there) return there;
      let found: ListItem | undefined;
      const made = await graph.post(path, { fields }, async () => (found = await find()));
      return found ?? memory.put(list, readItem(made, list));
    },
    update: async (list, id, fields, etag) => {
      const path = `${await memory.pathOf(list)}/items/${id}`;
      try {
        await graph.patch(`${path}/fields`, fields, etag);
      } catch (error) {
        if (!(error instanceof ServiceRefused) || error.status !== CHANGED) throw error;
        // An earlier attempt, whose answer was lost, may have done it.
        if (!holds(await readAgain(list, path), fields)) throw error;
        return;
      }
      await readAgain(list, path).catch(whereItPasses);
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
    within: (deadlineMs) => siteThrough(graph.within(deadlineMs), memory, deadlineMs),
    keep: () => memory.keep(),
  };
}

const CHANGED = 412;

/** What was written is written, whether it can be read again now or with the next catching up. */
function whereItPasses(error: unknown): void {
  if (!isPassing(error)) throw error;
}

/** An answer, or NetworkFailed for whoever cannot wait any longer. */
async function before<T>(waitMs: number, doing: string, answer: Promise<T>): Promise<T> {
  if (waitMs === Infinity) return answer;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new NetworkFailed('Microsoft Graph', doing, 'it took too long')),
    waitMs,
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is asked for; or, where it cannot be had for the moment, what was read a moment ago. */
async function orRecent<T>(asked: Promise<T>, recent: () => T | undefined): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const known = isPassing(error) ? recent() : undefined;
    if (known === undefined) throw error;
    return known;
  }
}
