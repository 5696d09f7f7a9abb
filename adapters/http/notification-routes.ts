import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import {
  LIFECYCLE_PATH,
  NOTIFICATIONS_PATH,
  type Subscriptions,
} from '../sharepoint/subscriptions.ts';
import type { Service } from '../service/service.ts';

/** Longer than any token that Graph sends to prove an address. */
const validation = z.object({ validationToken: z.string().max(4_096) });

/**
 * Where Microsoft Graph says that a list has changed. An address is proved by giving back the token
 * that Graph sends (learn.microsoft.com/graph/change-notifications-delivery-webhooks); everything
 * else is acknowledged at once with 202, and a notification without the right secret changes nothing.
 */
export function notificationRoutes(
  service: Pick<Service, 'clock' | 'log'>,
  subscriptions: Subscriptions,
  lookSoon: () => void,
): Router {
  const routes = express.Router();
  const answering =
    (isWorthALook: (body: unknown) => Promise<boolean>) =>
    (request: Request, response: Response): void => {
      const proof = validation.safeParse(request.query);
      if (proof.success) {
        // Plain text, whatever it looks like: nobody's browser may take it for a page.
        response.set('x-content-type-options', 'nosniff').type('text/plain');
        response.send(proof.data.validationToken);
        return;
      }
      response.status(202).end();
      isWorthALook(request.body).then(
        (worth) =>
          worth ? lookSoon() : service.log.warn('a notification without the right secret'),
        (error: unknown) => service.log.error({ err: error }, 'a notification could not be read'),
      );
    };
  routes.post(
    NOTIFICATIONS_PATH,
    answering((body) => subscriptions.heard(body)),
  );
  routes.post(
    LIFECYCLE_PATH,
    answering((body) => subscriptions.lifecycle(body, service.clock.now())),
  );
  return routes;
}
