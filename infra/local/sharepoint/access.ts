import type { RequestHandler } from 'express';
import { callerOf } from './callers.ts';
import { GraphError } from './errors.ts';
import { includesRole, roleOf, type Role } from './grants.ts';
import type { Context } from './request-context.ts';

const permissions = /^\/sites\/[^/]+\/permissions(\/|$)/;
const writable = /^\/(sites\/[^/]+\/lists\/[^/]+\/items|subscriptions)(\/|$)/;

/**
 * Refuses what the application's role on the site does not cover, as `Sites.Selected` does,
 * before anything is said of whether the thing exists. Permissions are for administrators alone.
 */
export function requireRole(context: Context): RequestHandler {
  return (request, _response, next) => {
    if (callerOf(request) !== 'administrator') {
      if (permissions.test(request.path)) throw accessDenied();
      const role = roleOf(context.db, context.application.id);
      if (!includesRole(role, neededRole(request.method, request.path))) throw accessDenied();
    }
    next();
  };
}

/** The least role that a request needs; `path` lies below `/v1.0`, with the site by its id. */
function neededRole(method: string, path: string): Role {
  const reads = method === 'GET' || method === 'HEAD';
  if (!path.startsWith('/sites/') && (reads || path === '/$batch')) return 'none';
  if (reads) return 'read';
  return writable.test(path) ? 'write' : 'manage';
}

function accessDenied(): GraphError {
  return new GraphError(403, 'accessDenied', 'Access denied');
}
