import express, {
  Router,
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import { requireRole } from './access.ts';
import { answerWith, asGraphError } from './answer-error.ts';
import { batchRoutes } from './batch-routes.ts';
import { callerOf } from './callers.ts';
import { notFound, requestIds, unauthenticated } from './errors.ts';
import { itemRoutes } from './item-routes.ts';
import { listRoutes } from './list-routes.ts';
import { findSite } from './lists.ts';
import { permissionRoutes } from './permission-routes.ts';
import { decoded, type Context } from './request-context.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { watchRequests, type Watch } from './watch.ts';

const byAddress = /^\/sites\/([^/:?]+):\/([^:?]+?)\/?(?::(\/[^?]*)?)?$/;

/** Microsoft Graph v1.0, as far as SharePoint lists go. */
export function graphRoutes(context: Context, watch: Watch): Router {
  const routes = Router();
  routes.use(labelAnswer);
  routes.use(requireToken);
  routes.use(watchRequests(context, watch));
  routes.use(express.json({ limit: '4mb' }));
  routes.use(resolveAddress(context));
  routes.use(requireRole(context));
  routes.use(batchRoutes());
  routes.use(permissionRoutes(context));
  routes.use(subscriptionRoutes(context, watch.patience));
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
  if (callerOf(request) === undefined) throw unauthenticated();
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

function answerError(context: Context): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) next(error);
    else answerWith(asGraphError(error), response, context.now());
  };
}
