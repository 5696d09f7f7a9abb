import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

/** A subscription to the changes of a list. Instants are ISO 8601 in UTC. */
export type Subscription = {
  id: string;
  listKey: number;
  /** As the subscriber wrote it: `sites/{site-id}/lists/{list-id}`. */
  resource: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expiresAt: string;
  /** When the subscriber last renewed or reauthorised it. */
  reauthorizedAt: string | null;
};

const fields = `id, list_key as listKey, resource, notification_url as notificationUrl,
  lifecycle_url as lifecycleNotificationUrl, client_state as clientState, expires_at as expiresAt,
  reauthorized_at as reauthorizedAt`;

/** Keeps a new subscription and gives it an id. */
export function addSubscription(
  db: Database,
  wanted: Omit<Subscription, 'id' | 'reauthorizedAt'>,
): Subscription {
  const id = randomUUID();
  db.run(
    `insert into subscriptions values (?, ?, ?, ?, ?, ?, ?, null)`,
    id,
    wanted.listKey,
    wanted.resource,
    wanted.notificationUrl,
    wanted.lifecycleNotificationUrl,
    wanted.clientState,
    wanted.expiresAt,
  );
  return { ...wanted, id, reauthorizedAt: null };
}

/** Every subscription that has not expired, oldest first. */
export function livingSubscriptions(db: Database, now: Date): Subscription[] {
  return db.all<Subscription>(
    `select ${fields} from subscriptions where expires_at > ? order by rowid`,
    now.toISOString(),
  );
}

/** A subscription that has not expired. */
export function findSubscription(db: Database, id: string, now: Date): Subscription | undefined {
  return livingSubscriptions(db, now).find((subscription) => subscription.id === id);
}

/** Lets a subscription last until another instant, which reauthorises it too. */
export function renewSubscription(db: Database, id: string, expiresAt: string, now: Date): void {
  db.run(
    'update subscriptions set expires_at = ?, reauthorized_at = ? where id = ?',
    expiresAt,
    now.toISOString(),
    id,
  );
}

/** Notes that the subscriber has reauthorised a subscription. */
export function reauthorize(db: Database, id: string, now: Date): void {
  db.run('update subscriptions set reauthorized_at = ? where id = ?', now.toISOString(), id);
}

/** Forgets a subscription. */
export function removeSubscription(db: Database, id: string): void {
  db.run('delete from subscriptions where id = ?', id);
}
