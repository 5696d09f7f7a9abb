import { z } from 'zod';
import { ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import type { Graph } from './graph.ts';
import { readItem, type ListItem } from './list-item.ts';

/** A list as it was when SharePoint gave `link`: asked with it, SharePoint tells what changed since. */
export type ListCopy = {
  link: string;
  /** By id. */
  items: ReadonlyMap<string, ListItem>;
  /**
   * The columns under which the items were read, as {@link shapeOf} writes them; unknown until the
   * columns are. A column that goes takes its cells along, and no item counts as changed.
   */
  shape?: string;
};

/** What came of asking for changes. */
export type Caught = {
  copy: ListCopy;
  /** How many items came or went; the whole list where it was read anew. */
  changes: number;
  readAnew: boolean;
};

/** As many items to a page as SharePoint gives; fewer come where it thinks better of it. */
const PAGE = 1000;
/** The link is too old (410), or is not understood any more (400): the list is read anew. */
const LINK_REFUSED = new Set([400, 410]);
const deletedItem = z.object({ id: z.string(), deleted: z.object({}) });

/**
 * Brings a copy of a list up to date, or makes one: first every item, page by page, then only what
 * changed (learn.microsoft.com/graph/api/listitem-delta). An item may come twice: the last counts.
 * Where the link is refused the list is read anew. Fails as a whole or not at all.
 */
export async function catchUp(
  graph: Graph,
  { path, name }: { path: string; name: string },
  before: ListCopy | undefined,
): Promise<Caught> {
  const everything = `${path}/items/delta?$expand=fields&$top=${PAGE}`;
  if (!before) return readAll(graph, everything, name);
  try {
    const changed = await follow(graph, before.link, name);
    return {
      copy: { ...before, link: changed.link, items: merged(before.items, changed.items) },
      changes: changed.items.size,
      readAnew: false,
    };
  } catch (error) {
    if (!(error instanceof ServiceRefused) || !LINK_REFUSED.has(error.status)) throw error;
    return readAll(graph, everything, name);
  }
}

async function readAll(graph: Graph, path: string, name: string): Promise<Caught> {
  const { items, link } = await follow(graph, path, name);
  const living = merged(new Map(), items);
  return { copy: { link, items: living }, changes: living.size, readAnew: true };
}

type Changes = { link: string; items: Map<string, ListItem | undefined> };

/** Follows the pages from a path to the link that the last one gives. A deleted item is undefined. */
async function follow(graph: Graph, path: string, name: string): Promise<Changes> {
  const items: Changes['items'] = new Map();
  for (let next: string | undefined = path; next;) {
    const page = await graph.page(next);
    for (const raw of page.value) {
      const gone = deletedItem.safeParse(raw);
      if (gone.success) items.set(gone.data.id, undefined);
      else {
        const item = readItem(raw, name);
        items.set(item.id, item);
      }
    }
    if (page.delta) return { link: page.delta, items };
    next = page.next;
  }
  throw new UnexpectedAnswer('Microsoft Graph', `the changes of ${name}`, 'no delta link came');
}

function merged(before: ListCopy['items'], changes: Changes['items']): ListCopy['items'] {
  if (changes.size === 0) return before;
  const items = new Map(before);
  for (const [id, item] of changes) {
    if (item) items.set(id, item);
    else items.delete(id);
  }
  return items;
}
