import { z } from 'zod';
import type { Column, Columns, ColumnType } from '../../bot/returns/column.ts';
import { ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import type { Graph } from './graph.ts';

const siteAnswer = z.object({ id: z.string() });
const columnAnswer = z.object({
  name: z.string(),
  displayName: z.string().default(''),
  number: z.object({}).optional(),
  currency: z.object({}).optional(),
  text: z.object({}).optional(),
  choice: z.object({ choices: z.array(z.string()).default([]) }).optional(),
  dateTime: z.object({}).optional(),
  boolean: z.object({}).optional(),
  calculated: z.object({}).optional(),
});
const listAnswer = z.object({ id: z.string(), displayName: z.string() });

/** An item as Graph gives it: only what the bot uses. */
export const listItem = z.object({
  id: z.string(),
  '@odata.etag': z.string().optional(),
  eTag: z.string().optional(),
  createdDateTime: z.coerce.date(),
  lastModifiedDateTime: z.coerce.date(),
  fields: z.record(z.string(), z.unknown()).default({}),
});
export type ListItem = z.infer<typeof listItem>;

/** The version that a change must still meet. */
export const etagOf = (item: ListItem): string => item['@odata.etag'] ?? item.eTag ?? '*';

/** The council's site: its lists by display name. */
export type Site = {
  /** Whether the site has a list of this name. */
  has(list: string): Promise<boolean>;
  items(list: string): Promise<ListItem[]>;
  /** A list's columns by internal name. */
  columns(list: string): Promise<Columns>;
  create(list: string, fields: Fields): Promise<ListItem>;
  /** Throws ServiceRefused 412 when the item has changed since `etag`. */
  update(list: string, id: string, fields: Fields, etag: string): Promise<void>;
  createList(list: NewList): Promise<void>;
};

/** Values by internal column name; null empties a cell. */
export type Fields = Readonly<Record<string, string | number | boolean | null>>;

export type NewList = { displayName: string; description: string; columns: readonly unknown[] };

/** Opens the site at an address such as `https://tenant.sharepoint.com/sites/name`. */
export function openSite(graph: Graph, address: URL): Site {
  let siteId: Promise<string> | undefined;
  let listIds: Promise<Map<string, string>> | undefined;

  const site = () =>
    (siteId ??= forgetOnFailure(findSite(graph, address), () => (siteId = undefined)));
  const lists = () =>
    (listIds ??= forgetOnFailure(
      site().then((id) => findLists(graph, id)),
      () => (listIds = undefined),
    ));
  /** A list by name, asked again once when it is not among those known. */
  const pathOf = async (list: string): Promise<string> => {
    const known = (await lists()).get(list);
    if (!known) listIds = undefined;
    const id = known ?? (await lists()).get(list);
    if (!id) {
      throw new ServiceRefused(
        'Microsoft Graph',
        404,
        'itemNotFound',
        `the site has no list “${list}”`,
      );
    }
    return `/sites/${await site()}/lists/${id}`;
  };
  /** A list that was made anew has another id: after a 404 the lists are asked for again. */
  const forgetLists = (error: unknown): never => {
    if (error instanceof ServiceRefused && error.status === 404) listIds = undefined;
    throw error;
  };

  return {
    has: async (list) => (await lists()).has(list),
    items: async (list) => {
      const path = `${await pathOf(list)}/items?$expand=fields&$top=500`;
      return (await graph.getAll(path).catch(forgetLists)).map((raw) => readItem(raw, list));
    },
    columns: async (list) => {
      const answers = await graph.getAll(`${await pathOf(list)}/columns?$top=500`);
      const columns = z.array(columnAnswer).parse(answers).map(readColumn);
      return new Map(columns.map((column) => [column.name, column]));
    },
    create: async (list, fields) =>
      readItem(await graph.post(`${await pathOf(list)}/items`, { fields }), list),
    update: async (list, id, fields, etag) => {
      await graph.patch(`${await pathOf(list)}/items/${id}/fields`, fields, etag);
    },
    createList: async ({ displayName, description, columns }) => {
      const body = { displayName, description, columns, list: { template: 'genericList' } };
      await graph.post(`/sites/${await site()}/lists`, body);
      listIds = undefined;
    },
  };
}

async function forgetOnFailure<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    forget();
    throw error;
  }
}

async function findSite(graph: Graph, address: URL): Promise<string> {
  const path = address.pathname.replace(/\/+$/, '');
  const answer = await graph.get(`/sites/${address.hostname}${path ? `:${path}` : ''}`);
  return siteAnswer.parse(answer).id;
}

async function findLists(graph: Graph, site: string): Promise<Map<string, string>> {
  const answers = z.array(listAnswer).parse(await graph.getAll(`/sites/${site}/lists`));
  return new Map(answers.map(({ displayName, id }) => [displayName, id]));
}

/** A columnDefinition says its type by the one facet that it has (learn.microsoft.com: columnDefinition). */
function readColumn(answer: z.infer<typeof columnAnswer>): Column {
  const { name, displayName, choice } = answer;
  return { name, displayName, type: typeOf(answer), choices: choice?.choices ?? [] };
}

function typeOf(answer: z.infer<typeof columnAnswer>): ColumnType {
  if (answer.calculated) return 'calculated';
  if (answer.number ?? answer.currency) return 'number';
  if (answer.choice) return 'choice';
  if (answer.dateTime) return 'date';
  if (answer.boolean) return 'yes or no';
  return answer.text ? 'text' : 'other';
}

function readItem(raw: unknown, list: string): ListItem {
  const item = listItem.safeParse(raw);
  if (!item.success) {
    throw new UnexpectedAnswer('Microsoft Graph', `an item of ${list}`, item.error.message);
  }
  return item.data;
}
