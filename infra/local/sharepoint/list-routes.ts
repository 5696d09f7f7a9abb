import { Router } from 'express';
import { z } from 'zod';
import { requestStamp } from './callers.ts';
import { columnBody, columnShape } from './column-shape.ts';
import {
  columnsOf,
  createColumn,
  deleteColumn,
  draftColumn,
  findColumn,
  updateColumn,
} from './column-store.ts';
import { builtInColumns, type Column, type ColumnDraft } from './columns.ts';
import { invalidRequest, notEmulated, notFound } from './errors.ts';
import { itemContentType, listAddress } from './item-shape.ts';
import {
  allLists,
  createList,
  deleteList,
  newGuid,
  updateList,
  type List,
  type Site,
} from './lists.ts';
import { identitySet, personWithId } from './people.ts';
import { expands, option, pageSize, pick, selected } from './query-options.ts';
import { baseUrlOf, listOf, queryOf, readBody, siteOf, type Context } from './request-context.ts';

const newListBody = z.object({
  displayName: z.string().trim().min(1).max(255),
  description: z.string().nullish(),
  columns: z.array(columnBody).optional(),
  list: z.object({ template: z.string().nullish() }).nullish(),
});
const listChanges = z.object({
  displayName: z.string().trim().min(1).max(255).optional(),
  description: z.string().nullish(),
});

const itemType = {
  id: itemContentType.id,
  name: itemContentType.name,
  description: 'Create a new list item.',
  group: 'List Content Types',
  hidden: false,
  readOnly: false,
  sealed: false,
};

/** Sites, their lists and the lists' columns. */
export function listRoutes(context: Context): Router {
  const routes = Router();
  addSiteRoutes(routes, context);
  addListRoutes(routes, context);
  addContentTypeRoutes(routes, context);
  addColumnRoutes(routes, context);
  return routes;
}

function addSiteRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site', (request, response) => {
    const site = siteOf(context, request.params.site);
    const shape = siteShape(site, baseUrlOf(context, request));
    response.json(pick(shape, selected(queryOf(request))));
  });
}

function addListRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists', (request, response) => {
    const site = siteOf(context, request.params.site);
    const query = queryOf(request);
    const baseUrl = baseUrlOf(context, request);
    const lists = allLists(context.db).filter(namedBy(option(query, 'filter')));
    const shapes = lists.slice(0, pageSize(query)).map((list) => {
      const columns = expands(query, 'columns');
      return pick(listShape(context, site, list, { baseUrl, columns }), selected(query));
    });
    response.json({ '@odata.context': `${baseUrl}/v1.0/$metadata#lists`, value: shapes });
  });

  routes.post('/sites/:site/lists', (request, response) => {
    const site = siteOf(context, request.params.site);
    const body = readBody(newListBody, request.body);
    const template = body.list?.template ?? 'genericList';
    if (template !== 'genericList') throw notEmulated(`The emulator has no ${template} lists.`);
    const wanted = {
      id: newGuid(),
      displayName: body.displayName,
      description: body.description ?? '',
    };
    const list = context.db.transaction(() =>
      createList(context.db, wanted, drafted(body.columns ?? []), requestStamp(context, request)),
    );
    const baseUrl = baseUrlOf(context, request);
    response.status(201).json(listShape(context, site, list, { baseUrl, columns: false }));
  });

  routes.get('/sites/:site/lists/:list', (request, response) => {
    const { site, list } = listOf(context, request.params.site, request.params.list);
    const query = queryOf(request);
    const baseUrl = baseUrlOf(context, request);
    const columns = expands(query, 'columns');
    response.json(pick(listShape(context, site, list, { baseUrl, columns }), selected(query)));
  });

  routes.patch('/sites/:site/lists/:list', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const { displayName, description } = readBody(listChanges, request.body);
    const changes = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(typeof description === 'string' ? { description } : {}),
    };
    context.db.transaction(() =>
      updateList(context.db, list, changes, requestStamp(context, request)),
    );
    response.status(204).end();
  });

  routes.delete('/sites/:site/lists/:list', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    context.db.transaction(() => deleteList(context.db, list));
    response.status(204).end();
  });
}

function addContentTypeRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists/:list/contentTypes', (request, response) => {
    listOf(context, request.params.site, request.params.list);
    response.json({ value: [pick(itemType, selected(queryOf(request)))] });
  });
}

function addColumnRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/lists/:list/columns', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const properties = selected(queryOf(request));
    const baseUrl = baseUrlOf(context, request);
    const shapes = columnsOf(context.db, list.key).map((column) =>
      pick(columnShape(column), properties),
    );
    response.json({ '@odata.context': `${baseUrl}/v1.0/$metadata#columns`, value: shapes });
  });

  routes.post('/sites/:site/lists/:list/columns', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const body = readBody(columnBody, request.body);
    const column = context.db.transaction(() => createColumn(context.db, list.key, body));
    response.status(201).json(columnShape(column));
  });

  routes.get('/sites/:site/lists/:list/columns/:column', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const column = columnNamed(context, list, request.params.column);
    response.json(pick(columnShape(column), selected(queryOf(request))));
  });

  routes.patch('/sites/:site/lists/:list/columns/:column', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const column = columnNamed(context, list, request.params.column);
    const body = readBody(columnBody, request.body);
    context.db.transaction(() => updateColumn(context.db, column, body));
    response.status(204).end();
  });

  routes.delete('/sites/:site/lists/:list/columns/:column', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const column = columnNamed(context, list, request.params.column);
    context.db.transaction(() => deleteColumn(context.db, column));
    response.status(204).end();
  });
}

function columnNamed(context: Context, list: List, idOrName: string): Column {
  const column = findColumn(context.db, list.key, idOrName);
  if (column === undefined) throw notFound('The column');
  return column;
}

function drafted(bodies: readonly z.infer<typeof columnBody>[]): ColumnDraft[] {
  const drafts: ColumnDraft[] = [];
  for (const body of bodies) drafts.push(draftColumn(body, [...builtInColumns, ...drafts]));
  return drafts;
}

function namedBy(filter: string | undefined): (list: List) => boolean {
  if (filter === undefined) return () => true;
  const match = /^\s*(displayName|name)\s+eq\s+'((?:[^']|'')*)'\s*$/.exec(filter);
  if (match === null) throw invalidRequest("Lists are filtered by displayName eq '…' only.");
  const wanted = (match[2] ?? '').replaceAll("''", "'").toLowerCase();
  const property = match[1] === 'name' ? 'name' : 'displayName';
  return (list) => list[property].toLowerCase() === wanted;
}

function siteShape(site: Site, baseUrl: string): object {
  return {
    '@odata.context': `${baseUrl}/v1.0/$metadata#sites/$entity`,
    createdDateTime: site.createdAt,
    description: '',
    id: site.id,
    lastModifiedDateTime: site.createdAt,
    name: site.path.split('/').at(-1) ?? site.path,
    webUrl: `${baseUrl}/`,
    displayName: site.displayName,
    root: {},
    siteCollection: { hostname: site.hostname },
  };
}

function listShape(
  context: Context,
  site: Site,
  list: List,
  wanted: { baseUrl: string; columns: boolean },
): object {
  const etag = `"${list.id},${list.version}"`;
  return {
    '@odata.context': `${wanted.baseUrl}/v1.0/$metadata#lists/$entity`,
    '@odata.etag': etag,
    createdDateTime: list.createdAt,
    description: list.description,
    eTag: etag,
    id: list.id,
    lastModifiedDateTime: list.modifiedAt,
    name: list.name,
    webUrl: listAddress(wanted.baseUrl, list),
    displayName: list.displayName,
    createdBy: identitySet(personWithId(context.db, list.createdBy)),
    lastModifiedBy: identitySet(personWithId(context.db, list.modifiedBy)),
    parentReference: { siteId: site.id },
    list: { contentTypesEnabled: false, hidden: false, template: 'genericList' },
    ...(wanted.columns ? { columns: columnsOf(context.db, list.key).map(columnShape) } : {}),
  };
}
