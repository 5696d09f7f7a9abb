import { z } from 'zod';
import type { Columns } from '../../bot/returns/column.ts';
import { ServiceRefused } from '../errors.ts';
import { readBy } from './read-answer.ts';
import { readColumns, shapeOf } from './column-definition.ts';
import type { Graph } from './graph.ts';
import { catchUp, type Caught, type ListCopy } from './list-copy.ts';
import type { ListItem } from './list-item.ts';

const siteAnswer = z.object({ id: z.string() });
const listAnswer = z.object({
  id: z.string(),
  displayName: z.string(),
  name: z.string().default(''),
  description: z.string().nullish(),
});

/** A list of the site. `name` is the part of its address, which stays when it is renamed. */
export type ListInfo = { id: string; name: string; displayName: string; description: string };

/** Where copies of lists are kept between processes, by the list's path. */
export type Snapshots = {
  load(path: string): Promise<ListCopy | undefined>;
  save(path: string, copy: ListCopy): Promise<void>;
};

export type SiteOptions = {
  snapshots?: Snapshots;
  /** How long a list's columns are taken to be as they were read, in milliseconds. */
  columnsForMs?: number;
  /** Told when a copy could not be kept or fetched: the lists are then read whole. */
  onSnapshotFailure?: (error: unknown) => void;
};

const COLUMNS_FOR_MS = 5 * 60_000;
/** Another list may have taken the name of one that was put away. */
const LISTS_FOR_MS = 5 * 60_000;
/** How old items may be where they cannot be had anew. */
const RECENT_MS = 60_000;
/** How often a copy that changed is kept anew. */
const KEEP_EVERY_MS = 10 * 60_000;
const NOT_FOUND = 404;

type HeldList = {
  path: string;
  copy: ListCopy;
  /** By id. */
  sorted: readonly ListItem[];
  caughtUpAt: number;
  /** What the kept copy does not have: nothing, something, or everything. */
  unkept: 'nothing' | 'changes' | 'all';
  keptAt: number;
  isOutdated: boolean;
};

type Reading = Promise<readonly ListItem[]>;
type HeldColumns = { asked: Promise<Columns>; until: number; last: Columns | undefined };

/** What is known of the site: where it is, its lists, their columns, and a copy of each list that was read. */
export class SiteMemory {
  readonly #graph: Graph;
  readonly #address: URL;
  readonly #options: SiteOptions;
  readonly #held = new Map<string, HeldList>();
  readonly #columns = new Map<string, HeldColumns>();
  readonly #running = new Map<string, Reading>();
  readonly #waiting = new Map<string, Reading>();
  #keeping: Promise<void> = Promise.resolve();
  #site: Promise<string> | undefined;
  #lists: Promise<ListInfo[]> | undefined;
  #listsUntil = 0;

  constructor(graph: Graph, address: URL, options: SiteOptions) {
    this.#graph = graph;
    this.#address = address;
    this.#options = options;
  }

  /** The path of the site. */
  async site(): Promise<string> {
    this.#site ??= findSite(this.#graph, this.#address);
    return forgetOnFailure(this.#site, () => (this.#site = undefined));
  }

  /** The lists, asked for anew. */
  async lists(): Promise<ListInfo[]> {
    this.#listsUntil = performance.now() + LISTS_FOR_MS;
    this.#lists = this.site().then((site) => findLists(this.#graph, site));
    return forgetOnFailure(this.#lists, () => (this.#lists = undefined));
  }

  forgetLists(): void {
    this.#lists = undefined;
  }

  forgetColumns(list: string): void {
    const known = this.#columns.get(list);
    if (known) known.until = 0;
  }

  /** A row or an item that is new may go with a column that is new. */
  #forgetAllColumns(): void {
    for (const list of this.#columns.keys()) this.forgetColumns(list);
  }

  /** A list by name, asked for again when it is not among those known. */
  async find(list: string): Promise<ListInfo | undefined> {
    const isKnown = this.#lists !== undefined && performance.now() < this.#listsUntil;
    const known = isKnown && this.#lists ? named(list, await this.#lists) : undefined;
    return known ?? named(list, await this.lists());
  }

  async pathOf(list: string): Promise<string> {
    const found = await this.find(list);
    if (found) return `${await this.site()}/lists/${found.id}`;
    const what = `the site has no list “${list}”`;
    throw new ServiceRefused('Microsoft Graph', NOT_FOUND, 'itemNotFound', what);
  }

  async columns(list: string): Promise<Columns> {
    const known = this.#columns.get(list);
    if (known && performance.now() < known.until) return known.asked;
    const asked = this.#onList(list, async (path) => {
      const answers = await this.#graph.getAll(`${path}/columns?$top=500`);
      this.#compareShape(list, shapeOf(answers));
      return readColumns(answers);
    });
    const until = performance.now() + (this.#options.columnsForMs ?? COLUMNS_FOR_MS);
    const held: HeldColumns = { asked, until, last: known?.last };
    this.#columns.set(list, held);
    held.last = await forgetOnFailure(asked, () => this.forgetColumns(list));
    return held.last;
  }

  /** The items of a list whose columns changed are read anew: a cell may have gone with its column. */
  #compareShape(list: string, shape: string): void {
    const held = this.#held.get(list);
    if (!held) return;
    held.isOutdated ||= held.copy.shape !== undefined && lacks(held.copy.shape, shape);
    held.copy = { ...held.copy, shape };
  }

  /** Whether the items were read under other columns than the list has now. */
  isOutdated(list: string): boolean {
    return this.#held.get(list)?.isOutdated ?? false;
  }

  /** The columns as they were last read, however long ago. */
  lastColumns(list: string): Columns | undefined {
    return this.#columns.get(list)?.last;
  }

  /**
   * Catches up with SharePoint. Of each list one reading is under way and at most one waits, which all
   * share who ask meanwhile: it begins after they asked.
   */
  items(list: string): Promise<readonly ListItem[]> {
    const running = this.#running.get(list);
    if (!running) return this.#begin(list);
    const waiting = this.#waiting.get(list) ?? this.#beginAfter(list, running);
    this.#waiting.set(list, waiting);
    return waiting;
  }

  async #beginAfter(list: string, running: Reading): Reading {
    await Promise.allSettled([running]);
    this.#waiting.delete(list);
    return this.#begin(list);
  }

  #begin(list: string): Reading {
    const reading = this.#onList(list, (path) => this.#catchUp(list, path)).finally(() =>
      this.#running.delete(list),
    );
    this.#running.set(list, reading);
    return reading;
  }

  /** The items as they were within the last minute. */
  recentItems(list: string): readonly ListItem[] | undefined {
    const held = this.#held.get(list);
    return held && performance.now() - held.caughtUpAt < RECENT_MS ? held.sorted : undefined;
  }

  /** What was just written, before SharePoint tells of it. */
  put(list: string, item: ListItem): ListItem {
    const held = this.#held.get(list);
    if (held) {
      const items = new Map(held.copy.items).set(item.id, item);
      const unkept = unkeptAfter(1, held);
      this.#held.set(list, { ...held, ...inOrder({ ...held.copy, items }), unkept });
    }
    return item;
  }

  /**
   * Keeps what was read whole at once, and what changed now and then: the link tells the rest. One after
   * the other: storage takes two that keep a list at the same moment for one that lost its thread.
   */
  keep(): Promise<void> {
    this.#keeping = this.#keeping.then(() => this.#keepWhatIsDue());
    return this.#keeping;
  }

  async #keepWhatIsDue(): Promise<void> {
    const { snapshots, onSnapshotFailure } = this.#options;
    for (const [list, held] of this.#held) {
      if (!snapshots || !isDue(held)) continue;
      try {
        await snapshots.save(held.path, held.copy);
        const now = this.#held.get(list);
        if (!now) continue;
        now.keptAt = performance.now();
        if (now.copy === held.copy) now.unkept = 'nothing';
      } catch (error) {
        onSnapshotFailure?.(error);
      }
    }
  }

  async #catchUp(list: string, path: string): Reading {
    const known = this.#held.get(list);
    const before = known?.path === path && !known.isOutdated ? known.copy : undefined;
    const last = before ?? (known?.isOutdated ? undefined : await this.#kept(path));
    const caught = await catchUp(this.#graph, { path, name: list }, last);
    // What was written or learnt of the columns meanwhile is known now.
    const present = this.#held.get(list);
    const held = present?.path === path ? present : undefined;
    this.#forgetColumnsAfter(list, caught, held);
    const isSame = held?.copy === before && caught.changes === 0 && !caught.readAnew;
    const shape = caught.readAnew ? undefined : held?.copy.shape;
    const copy = shape === undefined ? caught.copy : { ...caught.copy, shape };
    const now = held && isSame ? { copy, sorted: held.sorted } : inOrder(copy);
    this.#held.set(list, {
      path,
      ...now,
      unkept: caught.readAnew ? 'all' : unkeptAfter(caught.changes, held),
      keptAt: held?.keptAt ?? -Infinity,
      isOutdated: caught.readAnew ? false : (held?.isOutdated ?? false),
      caughtUpAt: performance.now(),
    });
    return now.sorted;
  }

  #forgetColumnsAfter(list: string, { changes, readAnew }: Caught, held?: HeldList): void {
    if (held && changes > 0) this.#forgetAllColumns();
    else if (changes > 0 || readAnew) this.forgetColumns(list);
  }

  async #kept(path: string): Promise<ListCopy | undefined> {
    try {
      return await this.#options.snapshots?.load(path);
    } catch (error) {
      this.#options.onSnapshotFailure?.(error);
      return undefined;
    }
  }

  /** A list that was made anew has another id: after a 404 the lists are asked for again. */
  async #onList<T>(list: string, ask: (path: string) => Promise<T>): Promise<T> {
    try {
      return await ask(await this.pathOf(list));
    } catch (error) {
      if (error instanceof ServiceRefused && error.status === NOT_FOUND) this.forgetLists();
      throw error;
    }
  }
}

const unkeptAfter = (changes: number, held: HeldList | undefined): HeldList['unkept'] =>
  held?.unkept === 'all' || changes === 0 ? (held?.unkept ?? 'nothing') : 'changes';

const isDue = ({ unkept, keptAt }: HeldList): boolean =>
  unkept === 'all' || (unkept === 'changes' && performance.now() - keptAt > KEEP_EVERY_MS);

/** Whether any column of one shape is missing from the other, or is another there. */
function lacks(before: string, now: string): boolean {
  const columns = new Set(now.split('\n'));
  return before.split('\n').some((column) => !columns.has(column));
}

const inOrder = (copy: ListCopy): Pick<HeldList, 'copy' | 'sorted'> => ({
  copy,
  sorted: [...copy.items.values()].sort((a, b) => Number(a.id) - Number(b.id)),
});

export const named = (list: string, lists: readonly ListInfo[]): ListInfo | undefined =>
  lists.find(({ displayName }) => displayName === list) ?? lists.find(({ name }) => name === list);

async function forgetOnFailure<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    forget();
    throw error;
  }
}

export async function findSite(graph: Graph, address: URL): Promise<string> {
  const path = address.pathname.replace(/\/+$/, '');
  const answer = await graph.get(`/sites/${address.hostname}${path ? `:${path}` : ''}`);
  return `/sites/${readBy(siteAnswer, answer, 'the site').id}`;
}

async function findLists(graph: Graph, site: string): Promise<ListInfo[]> {
  const all = await graph.getAll(`${site}/lists`);
  const answers = readBy(z.array(listAnswer), all, 'the lists of the site');
  return answers.map((one) => ({ ...one, description: one.description ?? '' }));
}
