import { Router, type Request } from 'express';
import { z } from 'zod';
import { invalidRequest, notFound } from './errors.ts';
import type { List } from './lists.ts';
import { baseUrlOf, decoded, listOf, readBody, type Context } from './request-context.ts';
import { proveAddress, requireAddress } from './subscriber-address.ts';
import { endOfSubscription } from './subscription-term.ts';
import {
  addSubscription,
  findSubscription,
  livingSubscriptions,
  reauthorize,
  removeSubscription,
  renewSubscription,
  type Subscription,
} from './subscriptions.ts';

const longestClientState = 128;
const newSubscription = z.object({
  changeType: z.string(),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullish(),
  resource: z.string(),
  expirationDateTime: z.iso.datetime({ offset: true }),
  clientState: z.string().max(longestClientState).nullish(),
});
const renewal = z.strictObject({ expirationDateTime: z.iso.datetime({ offset: true }) });

/**
 * Subscriptions to the changes of a list, as Graph has them: `updated` only, 42,300 minutes at
 * most, and only for an address that proves within `patience` milliseconds that it listens. The
 * secret `clientState` is given back by the request that made the subscription and by no other.
 * https://learn.microsoft.com/graph/api/subscription-post-subscriptions
 */
export function subscriptionRoutes(context: Context, patience: number): Router {
  const routes = Router();
  addCreation(routes, context, patience);
  addReading(routes, context);
  addKeeping(routes, context);
  return routes;
}

function addCreation(routes: Router, context: Context, patience: number): void {
  routes.post('/subscriptions', async (request, response) => {
    const body = readBody(newSubscription, request.body);
    if (body.changeType !== 'updated') {
      throw invalidRequest("changeType: a list is subscribed to with 'updated' only.");
    }
    const lifecycleNotificationUrl = body.lifecycleNotificationUrl ?? null;
    const list = listIn(context, body.resource);
    const expiresAt = endOfSubscription(body.expirationDateTime, context.now());
    await proveAddresses(body.notificationUrl, lifecycleNotificationUrl, patience);
    const subscription = context.db.transaction(() =>
      addSubscription(context.db, {
        listKey: list.key,
        resource: body.resource,
        notificationUrl: body.notificationUrl,
        lifecycleNotificationUrl,
        clientState: body.clientState ?? null,
        expiresAt,
      }),
    );
    const { clientState } = subscription;
    response.status(201).json({ ...shape(context, request, subscription), clientState });
  });
}

function addReading(routes: Router, context: Context): void {
  routes.get('/subscriptions', (request, response) => {
    const value = livingSubscriptions(context.db, context.now());
    response.json({ value: value.map((each) => shape(context, request, each)) });
  });

  routes.get('/subscriptions/:subscription', (request, response) => {
    const subscription = subscriptionAt(context, request.params.subscription);
    response.json(shape(context, request, subscription));
  });

  routes.get('/sites/:site/lists/:list/subscriptions', (request, response) => {
    const { list } = listOf(context, request.params.site, request.params.list);
    const value = livingSubscriptions(context.db, context.now()).filter(
      ({ listKey }) => listKey === list.key,
    );
    response.json({ value: value.map((each) => shape(context, request, each)) });
  });
}

function addKeeping(routes: Router, context: Context): void {
  routes.patch('/subscriptions/:subscription', (request, response) => {
    const { id } = subscriptionAt(context, request.params.subscription);
    const { expirationDateTime } = readBody(renewal, request.body);
    const now = context.now();
    const expiresAt = endOfSubscription(expirationDateTime, now);
    context.db.transaction(() => renewSubscription(context.db, id, expiresAt, now));
    response.json(shape(context, request, subscriptionAt(context, id)));
  });

  routes.delete('/subscriptions/:subscription', (request, response) => {
    const { id } = subscriptionAt(context, request.params.subscription);
    context.db.transaction(() => removeSubscription(context.db, id));
    response.status(204).end();
  });

  routes.post('/subscriptions/:subscription/reauthorize', (request, response) => {
    const { id } = subscriptionAt(context, request.params.subscription);
    context.db.transaction(() => reauthorize(context.db, id, context.now()));
    response.status(204).end();
  });
}

function listIn(context: Context, resource: string): List {
  const match = /^\/?sites\/([^/]+)\/lists\/([^/]+)\/?$/i.exec(resource);
  const [, site, list] = match ?? [];
  if (site === undefined || list === undefined) {
    throw invalidRequest('resource: the emulator takes sites/{site-id}/lists/{list-id} only.');
  }
  return listOf(context, decoded(site), decoded(list)).list;
}

async function proveAddresses(
  notificationUrl: string,
  lifecycleNotificationUrl: string | null,
  patience: number,
): Promise<void> {
  requireAddress('notificationUrl', notificationUrl);
  if (lifecycleNotificationUrl !== null) {
    requireAddress('lifecycleNotificationUrl', lifecycleNotificationUrl);
  }
  await proveAddress('notificationUrl', notificationUrl, patience);
  if (lifecycleNotificationUrl === null || lifecycleNotificationUrl === notificationUrl) return;
  await proveAddress('lifecycleNotificationUrl', lifecycleNotificationUrl, patience);
}

function subscriptionAt(context: Context, id: string): Subscription {
  const subscription = findSubscription(context.db, id, context.now());
  if (subscription === undefined) throw notFound('The subscription');
  return subscription;
}

function shape(context: Context, request: Request, subscription: Subscription): object {
  return {
    '@odata.context': `${baseUrlOf(context, request)}/v1.0/$metadata#subscriptions/$entity`,
    id: subscription.id,
    resource: subscription.resource,
    applicationId: context.application.id,
    changeType: 'updated',
    clientState: null,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: subscription.expiresAt,
    creatorId: context.application.id,
    includeResourceData: null,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
