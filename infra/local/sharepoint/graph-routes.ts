import express, {
  Router,
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import {
  errorBody,
  GraphError,
  invalidRequest,
  notFound,
  requestIds,
  unauthenticated,
  type RequestIds,
} from './errors.ts';
import { itemRoutes } from './item-routes.ts';
import { listRoutes } from './list-routes.ts';
import { findSite } from './lists.ts';
import type { Context } from './request-context.ts';

/** The bearer token that callers must send; it opens nothing beyond this machine. */
export const loopbackToken = 'loopback-only';

const byAddress = /^\/sites\/([^/:?]+):\/([^:?]+?)\/?(?::(\/[^?]*)?)?$/;

/** Microsoft Graph v1.0, as far as SharePoint lists go. */
export function graphRoutes(context: Context): Router {
  const routes = Router();
  routes.use(labelAnswer);
  routes.use(requireToken);
  routes.use(express.json({ limit: '4mb' }));
  routes.use(resolveAddress(context));
  routes.use(listRoutes(context));
  routes.use(itemRoutes(context));
  routes.use((request) => {
    throw notFound(`The resource ${request.path}`);
  });
  routes.use(answerError(context));
  return routes;
}

function labelAnswer(request: Request, response: Response, next: NextFunction): void {
  const ids = requestIds(request.get('client-request-id'));
  response.locals['ids'] = ids;
  response.set({ 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId });
  next();
}

function requireToken(request: Request, _response: Response, next: NextFunction): void {
  if (request.get('authorization') !== `Bearer ${loopbackToken}`) throw unauthenticated();
  next();
}

/** Turns `/sites/{hostname}:/{path}` into the site's id before the routes see it. */
function resolveAddress(context: Context) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const [path = '', query] = request.url.split('?', 2);
    const match = byAddress.exec(decoded(path));
    if (match === null) {
      next();
      return;
    }
    const [, hostname = '', sitePath = '', rest = ''] = match;
    const site = findSite(context.db);
    const found =
      site?.hostname.toLowerCase() === hostname.toLowerCase() &&
      site.path.replace(/^\//, '').toLowerCase() === sitePath.toLowerCase();
    if (!found) throw notFound('The site');
    request.url = `/sites/${site.id}${encodeURI(rest)}${query === undefined ? '' : `?${query}`}`;
    next();
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) throw invalidRequest('The address is not well formed.');
    throw error;
  }
}

function answerError(context: Context): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = asGraphError(error);
    const ids = response.locals['ids'] as RequestIds;
    response
      .status(refusal.status)
      .set(refusal.headers)
      .json(errorBody(refusal, ids, context.now()));
  };
}

function asGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  if (isHttpError(error)) return new GraphError(error.status, 'BadRequest', error.message);
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new GraphError(500, 'generalException', 'General exception while processing');
}

function isHttpError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
