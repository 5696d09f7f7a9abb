import { Router } from 'express';
import { z } from 'zod';
import { invalidRequest, notFound } from './errors.ts';
import { allGrants, findGrant, setRole, type Grant } from './grants.ts';
import { tenantIdOf, type Site } from './lists.ts';
import { baseUrlOf, readBody, siteOf, type Context } from './request-context.ts';

const grantee = z.object({
  application: z.object({ id: z.string().min(1), displayName: z.string().nullish() }),
});
const oneRole = z.enum(['read', 'write', 'manage', 'fullcontrol', 'owner']);
const newPermission = z.object({
  roles: z.array(oneRole).length(1),
  grantedToIdentities: z.array(grantee).length(1).optional(),
  grantedToIdentitiesV2: z.array(grantee).length(1).optional(),
  grantedTo: grantee.optional(),
  grantedToV2: grantee.optional(),
});
const changedPermission = z.object({ roles: z.array(oneRole).length(1) });

/**
 * The applications' permissions on the site, for administrators only. A new permission is `read`
 * or `write`; a change may raise it to `manage` or `fullcontrol`.
 * https://learn.microsoft.com/graph/api/site-post-permissions
 */
export function permissionRoutes(context: Context): Router {
  const routes = Router();
  addCollectionRoutes(routes, context);
  addPermissionRoutes(routes, context);
  return routes;
}

function addCollectionRoutes(routes: Router, context: Context): void {
  routes.get('/sites/:site/permissions', (request, response) => {
    const site = siteOf(context, request.params.site);
    // Graph leaves the roles out of the collection: they are read one permission at a time.
    const value = allGrants(context.db).map((grant) => namedShape(site, grant));
    const baseUrl = baseUrlOf(context, request);
    response.json({ '@odata.context': `${baseUrl}/v1.0/$metadata#permissions`, value });
  });

  routes.post('/sites/:site/permissions', (request, response) => {
    const site = siteOf(context, request.params.site);
    const body = readBody(newPermission, request.body);
    const [role] = body.roles;
    if (role !== 'read' && role !== 'write') {
      throw invalidRequest("A new permission has the role 'read' or 'write'; raise it afterwards.");
    }
    const application = applicationIn(body);
    context.db.transaction(() => setRole(context.db, application, role));
    response.status(201).json(wholeShape(site, grantTo(context, application.id)));
  });
}

function addPermissionRoutes(routes: Router, context: Context): void {
  const path = '/sites/:site/permissions/:permission';
  routes.get(path, (request, response) => {
    const { site, grant } = permissionAt(context, request.params);
    response.json(wholeShape(site, grant));
  });

  routes.patch(path, (request, response) => {
    const { site, grant } = permissionAt(context, request.params);
    const [role] = readBody(changedPermission, request.body).roles;
    const application = { id: grant.applicationId, displayName: grant.displayName };
    const wanted = role === 'owner' ? 'fullcontrol' : (role ?? grant.role);
    context.db.transaction(() => setRole(context.db, application, wanted));
    response.json(wholeShape(site, grantTo(context, grant.applicationId)));
  });

  routes.delete(path, (request, response) => {
    const { grant } = permissionAt(context, request.params);
    const application = { id: grant.applicationId, displayName: grant.displayName };
    context.db.transaction(() => setRole(context.db, application, 'none'));
    response.status(204).end();
  });
}

function applicationIn(body: z.infer<typeof newPermission>): { id: string; displayName: string } {
  const named =
    body.grantedToIdentities?.[0] ??
    body.grantedToIdentitiesV2?.[0] ??
    body.grantedToV2 ??
    body.grantedTo;
  if (named === undefined) throw invalidRequest('grantedToIdentities: name one application.');
  const { id, displayName } = named.application;
  return { id, displayName: displayName ?? id };
}

function permissionAt(
  context: Context,
  params: { site: string; permission: string },
): { site: Site; grant: Grant } {
  const site = siteOf(context, params.site);
  const grant = allGrants(context.db).find(
    (each) => permissionId(site, each) === params.permission,
  );
  if (grant === undefined) throw notFound('The permission');
  return { site, grant };
}

function grantTo(context: Context, applicationId: string): Grant {
  const grant = findGrant(context.db, applicationId);
  if (grant === undefined) throw notFound('The permission');
  return grant;
}

function wholeShape(site: Site, grant: Grant): object {
  return { ...namedShape(site, grant), roles: [grant.role] };
}

function namedShape(site: Site, grant: Grant): object {
  const identity = { application: { id: grant.applicationId, displayName: grant.displayName } };
  return {
    id: permissionId(site, grant),
    grantedToV2: identity,
    grantedToIdentities: [identity],
    grantedToIdentitiesV2: [identity],
  };
}

/** SharePoint's own name of the application, packed as Graph packs it. */
function permissionId(site: Site, { applicationId }: Grant): string {
  const claim = `i:0i.t|ms.sp.ext|${applicationId.toLowerCase()}@${tenantIdOf(site)}`;
  return Buffer.from(claim).toString('base64url');
}
