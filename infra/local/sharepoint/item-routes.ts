import { Router, type Request } from 'express';
import { z } from 'zod';
import { requestStamp } from './callers.ts';
import { changesSince } from './delta.ts';
import { notFound, resyncRequired } from './errors.ts';
import { queryItems } from './item-query.ts';
import { itemShaper, type ItemShaper } from './item-shape.ts';
import {
  createItem,
  deleteItem,
  etagOf,
  findItem,
  updateItem,
  versionsOf,
  type Item,
} from './items.ts';
import type { List } from './lists.ts';
import { fieldsWanted, option, orderWanted, pageSize, pick, selected } from './query-options.ts';
import { baseUrlOf, itemId, listOf, queryOf, readBody, type Context } from './request-context.ts';

const cells = z.record(z.string(), z.unknown());
const itemBody = z.object({ fields: cells.optional() });
const honoured = 'honornonindexedquerieswarningmayfailrandomly';

type ItemPath = { site: string; list: string };

/** The items of a list: paging, writing, versions and delta. */
export function itemRoutes(context: Context): Router {
  const routes = Router();
  addDeltaRoute(routes, context);
  addCollectionRoutes(routes, context);
  addItemRoutes(routes, context);
  addFieldRoutes(routes, context);
  addVersionRoutes(routes, context);
  return routes;
}

function addDeltaRoute(routes: Router, context: Context): void {
  const path = '/sites/:site/lists/:list/items/delta';
  // The brackets belong to the address as OData writes a function call.
  routes.get<ItemPath>([path, `${path}\\(\\)`], (request, response) => {
    const { list, shaper } = opened(context, request);
    const query = queryOf(request);
    const token = query.get('token') ?? query.get('$deltatoken') ?? query.get('$skiptoken');
    const page = changesSince(context.db, list, token ?? undefined, pageSize(query));
    if (page === undefined) throw resyncRequired(pageLink(context, request, {}));
    const link = page.last
      ? { '@odata.deltaLink': pageLink(context, request, { token: page.token }) }
      : { '@odata.nextLink': pageLink(context, request, { $skiptoken: page.token }) };
    const fields = fieldsWanted(query);
    const value = page.items.map((item) =>
      item.deleted ? shaper.deleted(item) : pick(shaper.item(item, fields), selected(query)),
    );
    response.json({ ...itemsContext(context, request), ...link, value });
  });
}

function addCollectionRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists/:list/items', (request, response) => {
    const { list, shaper } = opened(context, request);
    const query = queryOf(request);
    const page = queryItems(context.db, list, {
      filter: option(query, 'filter'),
      order: orderWanted(query),
      size: pageSize(query),
      skipToken: option(query, 'skiptoken'),
      honoursNonIndexed: (request.get('prefer') ?? '').toLowerCase().includes(honoured),
    });
    const next =
      page.skipToken === undefined
        ? {}
        : { '@odata.nextLink': pageLink(context, request, { $skiptoken: page.skipToken }) };
    const fields = fieldsWanted(query);
    const value = page.items.map((item) => pick(shaper.item(item, fields), selected(query)));
    response.json({ ...itemsContext(context, request), ...next, value });
  });

  routes.post('/sites/:site/lists/:list/items', (request, response) => {
    const { list, shaper } = opened(context, request);
    const { fields } = readBody(itemBody, request.body);
    const item = context.db.transaction(() =>
      createItem(context.db, list, fields ?? {}, requestStamp(context, request)),
    );
    const shape = { ...itemsContext(context, request), ...shaper.item(item, 'all') };
    response.status(201).set('ETag', etagOf(item)).json(shape);
  });
}

function addItemRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists/:list/items/:item', (request, response) => {
    const { list, shaper } = opened(context, request);
    const item = existing(context, list, request.params.item);
    const query = queryOf(request);
    const shape = pick(shaper.item(item, fieldsWanted(query)), selected(query));
    response.set('ETag', etagOf(item)).json({ ...itemsContext(context, request), ...shape });
  });

  routes.patch('/sites/:site/lists/:list/items/:item', (request, response) => {
    const { list, shaper } = opened(context, request);
    const { fields } = readBody(itemBody, request.body);
    const item = changed(context, request, list, { id: request.params.item, cells: fields ?? {} });
    const shape = { ...itemsContext(context, request), ...shaper.item(item, 'all') };
    response.set('ETag', etagOf(item)).json(shape);
  });

  routes.delete('/sites/:site/lists/:list/items/:item', (request, response) => {
    const { list } = opened(context, request);
    const id = itemId(request.params.item);
    context.db.transaction(() =>
      deleteItem(context.db, list, id, {
        ifMatch: request.get('if-match'),
        stamp: requestStamp(context, request),
      }),
    );
    response.status(204).end();
  });
}

function addFieldRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists/:list/items/:item/fields', (request, response) => {
    const { list, shaper } = opened(context, request);
    const item = existing(context, list, request.params.item);
    const shape = shaper.fields(item, selected(queryOf(request)) ?? 'all');
    response.set('ETag', etagOf(item)).json({ ...itemsContext(context, request), ...shape });
  });

  routes.patch('/sites/:site/lists/:list/items/:item/fields', (request, response) => {
    const { list, shaper } = opened(context, request);
    const body = readBody(cells, request.body);
    const item = changed(context, request, list, { id: request.params.item, cells: body });
    const shape = { ...itemsContext(context, request), ...shaper.fields(item, 'all') };
    response.set('ETag', etagOf(item)).json(shape);
  });
}

function addVersionRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists/:list/items/:item/versions', (request, response) => {
    const { list, shaper } = opened(context, request);
    const item = existing(context, list, request.params.item);
    const value = versionsOf(context.db, list, item).map((each) => shaper.version(item, each));
    response.json({ ...itemsContext(context, request), value });
  });

  routes.get('/sites/:site/lists/:list/items/:item/versions/:version', (request, response) => {
    const { list, shaper } = opened(context, request);
    const item = existing(context, list, request.params.item);
    const version = versionsOf(context.db, list, item).find(
      (each) => `${each.version}.0` === request.params.version,
    );
    if (version === undefined) throw notFound('The version');
    response.json({ ...itemsContext(context, request), ...shaper.version(item, version) });
  });
}

function opened(context: Context, request: Request<ItemPath>): { list: List; shaper: ItemShaper } {
  const { site, list } = listOf(context, request.params.site, request.params.list);
  const baseUrl = baseUrlOf(context, request);
  return { list, shaper: itemShaper({ db: context.db, site, list, baseUrl }) };
}

function existing(context: Context, list: List, id: string): Item {
  const item = findItem(context.db, list, itemId(id));
  if (item === undefined) throw notFound('The item');
  return item;
}

function changed(
  context: Context,
  request: Request<ItemPath>,
  list: List,
  change: { id: string; cells: Record<string, unknown> },
): Item {
  return context.db.transaction(() =>
    updateItem(context.db, list, itemId(change.id), {
      cells: withoutMarks(change.cells),
      ifMatch: request.get('if-match'),
      stamp: requestStamp(context, request),
    }),
  );
}

function withoutMarks(cells: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cells).filter(([name]) => !name.startsWith('@odata.')));
}

function itemsContext(context: Context, request: Request<ItemPath>): object {
  const path = `sites('${encodeURIComponent(request.params.site)}')/lists('${encodeURIComponent(request.params.list)}')`;
  return { '@odata.context': `${baseUrlOf(context, request)}/v1.0/$metadata#${path}/items` };
}

function pageLink(
  context: Context,
  request: Request<ItemPath>,
  place: Record<string, string>,
): string {
  const { pathname, searchParams } = new URL(request.originalUrl, baseUrlOf(context, request));
  for (const name of ['token', '$deltatoken', '$skiptoken', 'skiptoken']) searchParams.delete(name);
  const kept = [...searchParams, ...Object.entries(place)].map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  const query = kept.length === 0 ? '' : `?${kept.join('&')}`;
  return `${baseUrlOf(context, request)}${pathname}${query}`;
}
