import express, {
  Router,
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import { z } from 'zod';
import { columnsOf } from './column-store.ts';
import { formColumns, type Column } from './columns.ts';
import { GraphError, notFound } from './errors.ts';
import { html, type Html } from './html.ts';
import { readForm, shownCell, shownInstant, typedFrom, type Typed } from './item-form.ts';
import { queryItems } from './item-query.ts';
import { createItem, etagOf, findItem, updateItem, type Item } from './items.ts';
import { allLists, findList, findSite, itemCount, type List } from './lists.ts';
import { siteOwner } from './load-seed.ts';
import { requireOwnOrigin } from './loopback.ts';
import { inputName, itemForm, type FormState } from './page-form.ts';
import { breadcrumb, page, styleSheet } from './page-layout.ts';
import { ensurePerson, personWithId, usersOfSite, type Identity } from './people.ts';
import { itemId, queryOf, stampFor, type Context } from './request-context.ts';

type User = Extract<Identity, { kind: 'user' }>;

const pageLength = 50;
const formBody = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const changedMeanwhile =
  'Somebody else saved this item after you opened it. Your entries are kept below; saving again replaces what they saved.';

/** Plain pages in the place of SharePoint's own, for what a person does by hand. */
export function pageRoutes(context: Context): Router {
  const routes = Router();
  routes.use(protectPage);
  routes.use(requireOwnOrigin);
  routes.use(express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 500 }));
  addReadingRoutes(routes, context);
  addNewItemRoutes(routes, context);
  addEditRoutes(routes, context);
  routes.use(() => {
    throw notFound('The page');
  });
  routes.use(answerError);
  return routes;
}

function addReadingRoutes(routes: Router, context: Context): void {
  routes.get('/style.css', (_request, response) => {
    response.type('text/css').send(styleSheet);
  });
  routes.get('/', (_request, response) => {
    send(response, listsPage(context));
  });
  routes.get('/lists/:list', (request, response) => {
    const list = listNamed(context, request.params.list);
    send(response, itemsPage(context, list, queryOf(request)));
  });
}

function addNewItemRoutes(routes: Router, context: Context): void {
  routes.get('/lists/:list/new', (request, response) => {
    const list = listNamed(context, request.params.list);
    send(response, formPage(list, 'New item', blankForm(context, list)));
  });

  routes.post('/lists/:list/new', (request, response) => {
    const list = listNamed(context, request.params.list);
    const form = blankForm(context, list);
    const sent = sentForm(form, request);
    const { cells, problems } = readForm(form.columns, sent.typed, {});
    if (problems.size > 0) {
      send(response, formPage(list, 'New item', { ...form, ...sent, problems }), 422);
      return;
    }
    const item = context.db.transaction(() =>
      createItem(context.db, list, cells, stampFor(context, userWith(context, sent.savedBy))),
    );
    response.redirect(303, `${listPath(list)}?added=${item.id}`);
  });
}

function addEditRoutes(routes: Router, context: Context): void {
  routes.get('/lists/:list/items/:item', (request, response) => {
    const list = listNamed(context, request.params.list);
    const item = itemNumbered(context, list, request.params.item);
    send(response, formPage(list, `Edit item ${item.id}`, filledForm(context, list, item)));
  });

  routes.post('/lists/:list/items/:item', (request, response) => {
    const list = listNamed(context, request.params.list);
    const item = itemNumbered(context, list, request.params.item);
    const form = filledForm(context, list, item);
    const sent = sentForm(form, request);
    const { cells, problems } = readForm(form.columns, sent.typed, item.fields);
    const refusal = sent.etag === etagOf(item) ? {} : { refusal: changedMeanwhile };
    if (problems.size > 0 || 'refusal' in refusal) {
      const state = { ...form, ...sent, ...refusal, etag: etagOf(item), problems };
      send(response, formPage(list, `Edit item ${item.id}`, state), 422);
      return;
    }
    context.db.transaction(() =>
      updateItem(context.db, list, item.id, {
        cells,
        stamp: stampFor(context, userWith(context, sent.savedBy)),
      }),
    );
    response.redirect(303, `${listPath(list)}?saved=${item.id}`);
  });
}

function listsPage(context: Context): Html {
  const site = findSite(context.db);
  const rows = allLists(context.db).map(
    (list) =>
      html`<tr>
        <td><a href="${listPath(list)}">${list.displayName}</a></td>
        <td>${list.description}</td>
        <td class="number">${itemCount(context.db, list).toLocaleString('en-GB')}</td>
        <td>${shownInstant(list.modifiedAt)}</td>
      </tr>`,
  );
  const content = html`<h1>${site?.displayName ?? 'No site yet'}</h1>
    <p class="quiet">${site === undefined ? '' : `${site.hostname}/${site.path}`}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Lists">
      <table>
        <thead>
          <tr>
            <th scope="col">List</th>
            <th scope="col">Description</th>
            <th scope="col" class="number">Items</th>
            <th scope="col">Modified</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
  return page('Lists', undefined, content);
}

function itemsPage(context: Context, list: List, query: URLSearchParams): Html {
  const columns = formColumns(columnsOf(context.db, list.key));
  const { items, skipToken } = queryItems(context.db, list, {
    filter: undefined,
    order: { by: 'id', descending: true },
    size: pageLength,
    skipToken: query.get('after') ?? undefined,
    honoursNonIndexed: false,
  });
  const count = itemCount(context.db, list);
  const content = html`<h1>${list.displayName}</h1>
    <p class="quiet">${list.description}</p>
    ${confirmation(query)}
    <div class="actions">
      <a class="button" href="${listPath(list)}/new">New item</a>
      <span>${count.toLocaleString('en-GB')} ${count === 1 ? 'item' : 'items'}, newest first</span>
    </div>
    ${itemsTable(context, list, columns, items)}
    <div class="actions">
      ${query.has('after') ? html`<a href="${listPath(list)}">Newest</a>` : undefined}
      ${
        skipToken === undefined
          ? undefined
          : html`<a href="${listPath(list)}?after=${skipToken}">Older items</a>`
      }
    </div>`;
  return page(list.displayName, breadcrumb({ text: 'Lists', href: '/' }), content);
}

function itemsTable(
  context: Context,
  list: List,
  columns: readonly Column[],
  items: readonly Item[],
): Html {
  const rows = items.map(
    (item) =>
      html`<tr>
        <td class="short"><a href="${listPath(list)}/items/${item.id}">Edit ${item.id}</a></td>
        ${columns.map((column) => cell(column, item))}
        <td class="short">${shownInstant(item.modifiedAt)}</td>
        <td class="short">${personWithId(context.db, item.modifiedBy).displayName}</td>
      </tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Items">
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          ${columns.map(heading)}
          <th scope="col">Modified</th>
          <th scope="col">Modified By</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function heading({ kind, displayName, name }: Column): Html {
  const looks = kind === 'number' ? 'number' : kind === 'note' || name === 'Title' ? 'long' : '';
  return html`<th scope="col" class="${looks}">${displayName}</th>`;
}

function cell(column: Column, item: Item): Html {
  const text = shownCell(column, item.fields[column.name]);
  const unbroken = column.kind === 'choice' || column.kind === 'dateTime';
  const looks = column.kind === 'number' ? 'number' : unbroken ? 'short' : '';
  return html`<td class="${looks}">${text}</td>`;
}

function confirmation(query: URLSearchParams): Html | undefined {
  const [added, saved] = [query.get('added'), query.get('saved')];
  const id = added ?? saved;
  if (id === null || !/^\d+$/.test(id)) return undefined;
  const text = added === null ? `Item ${id} was saved.` : `Item ${id} was added.`;
  return html`<p class="notice" role="status">${text}</p>`;
}

function formPage(list: List, title: string, state: FormState): Html {
  const trail = breadcrumb(
    { text: 'Lists', href: '/' },
    { text: list.displayName, href: listPath(list) },
  );
  const content = html`<h1>${title}</h1>
    <p class="quiet">${list.displayName}</p>
    ${itemForm(state, listPath(list))}`;
  return page(`${title}, ${list.displayName}`, trail, content);
}

function blankForm(context: Context, list: List): FormState {
  const columns = formColumns(columnsOf(context.db, list.key));
  const people = usersOfSite(context.db);
  const savedBy = defaultUser(context).email;
  return { columns, typed: {}, problems: new Map(), people, savedBy };
}

function filledForm(context: Context, list: List, item: Item): FormState {
  const form = blankForm(context, list);
  return { ...form, typed: typedFrom(form.columns, item.fields), etag: etagOf(item) };
}

function sentForm(
  form: FormState,
  request: Request,
): { typed: Typed; savedBy: string; etag: string } {
  const body = formBody.parse(request.body ?? {});
  const sent = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value : (value?.at(-1) ?? '');
  };
  const typed = form.columns.map((column) => [column.name, sent(inputName(column))]);
  return {
    typed: Object.fromEntries(typed) as Typed,
    savedBy: sent('saved-by'),
    etag: sent('etag'),
  };
}

function userWith(context: Context, email: string): User {
  const known = usersOfSite(context.db).find((user) => user.email === email);
  return known ?? defaultUser(context);
}

function defaultUser(context: Context): User {
  const owner = siteOwner(findSite(context.db)?.hostname ?? 'localhost');
  ensurePerson(context.db, owner);
  return owner;
}

function listNamed(context: Context, name: string): List {
  const list = findList(context.db, name);
  if (list === undefined) throw notFound('The list');
  return list;
}

function itemNumbered(context: Context, list: List, id: string): Item {
  const item = findItem(context.db, list, itemId(id));
  if (item === undefined) throw notFound('The item');
  return item;
}

function listPath(list: List): string {
  return `/lists/${encodeURIComponent(list.name)}`;
}

function send(response: Response, content: Html, status = 200): void {
  response.status(status).type('text/html').send(content.markup);
}

function protectPage(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
}

const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const known = error instanceof GraphError ? error : undefined;
  if (known === undefined) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
  const message = known?.message ?? 'Something went wrong. Nothing was saved.';
  const content = html`<h1>${message}</h1>
    <p><a href="/">Go to the lists</a></p>`;
  send(response, page('Not shown', undefined, content), known?.status ?? 500);
};
