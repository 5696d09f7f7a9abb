import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { reasonOf, ServiceRefused } from '../errors.ts';
import type { Graph } from './graph.ts';
import { readBy } from './read-answer.ts';
import { isPassing } from './retry.ts';
import type { Site } from './site.ts';

/** What is kept of a subscription. `secret` is its `clientState`: only Graph and the bot know it. */
export type KeptSubscription = {
  id: string;
  /** `sites/{id}/lists/{id}`. */
  resource: string;
  secret: string;
  /** Where its notifications go. */
  address: string;
  expires: Date;
};

/** Where subscriptions are kept, by list. */
export type SubscriptionStore = {
  get(list: string): Promise<KeptSubscription | undefined>;
  put(list: string, subscription: KeptSubscription): Promise<void>;
  remove(list: string): Promise<void>;
  all(): Promise<{ key: string; value: KeptSubscription }[]>;
};

/** Keeps Microsoft Graph telling the bot that a list has changed. */
export type Subscriptions = {
  /**
   * Makes, renews and replaces what is needed; gives what went wrong, in words, list by list. Where
   * Graph fails for the moment the rest is left for the next time.
   */
  keep(now: Date): Promise<string[]>;
  /** Whether any notification of a body is Graph's own: then the lists should be looked at. */
  heard(body: unknown): Promise<boolean>;
  /** Carries out lifecycle notifications; true where the lists should be looked at. */
  lifecycle(body: unknown, now: Date): Promise<boolean>;
};

/** The addresses that Graph is told to write to, below the bot's public one. */
export const NOTIFICATIONS_PATH = '/api/notifications';
export const LIFECYCLE_PATH = '/api/lifecycle';

/**
 * How long a subscription is asked for. Microsoft allows 42,300 minutes for a list
 * (learn.microsoft.com/graph/api/resources/subscription); it is renewed when half of this is left.
 */
const LIFETIME_MS = 3 * 24 * 3_600_000;
const NOT_FOUND = 404;
const SUBSCRIBING_MS = 20_000;

const made = z.object({
  id: z.string(),
  expirationDateTime: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});
const existing = z.object({
  id: z.string(),
  resource: z.string().default(''),
  notificationUrl: z.string().nullish(),
});
const notifications = z.object({
  value: z.array(
    z.object({
      subscriptionId: z.string(),
      clientState: z.string().nullish(),
      lifecycleEvent: z.string().optional(),
    }),
  ),
});
type Notification = z.infer<typeof notifications>['value'][number];

type Watching = {
  graph: Graph;
  site: Pick<Site, 'pathOf'>;
  kept: SubscriptionStore;
  lists: readonly string[];
  publicUrl: URL;
};

export function openSubscriptions({ graph, ...rest }: Watching): Subscriptions {
  const { kept, lists } = rest;
  /** Subscribing is worth no long wait: the lists are polled meanwhile. */
  const watchingFor = (): Watching => ({ graph: graph.within(SUBSCRIBING_MS), ...rest });
  /** The notifications that bear the secret of the subscription they name. */
  const genuine = async (body: unknown): Promise<{ list: string; told: Notification }[]> => {
    const read = notifications.safeParse(body);
    const all = read.success && read.data.value.length > 0 ? await kept.all() : [];
    return (read.success ? read.data.value : []).flatMap((told) => {
      const mine = all.find(({ value }) => value.id === told.subscriptionId);
      return mine && isSecret(mine.value, told) ? [{ list: mine.key, told }] : [];
    });
  };
  const keep = async (now: Date): Promise<string[]> => {
    const problems: string[] = [];
    const watching = watchingFor();
    for (const list of lists) {
      try {
        await ensure(watching, list, now);
      } catch (error) {
        problems.push(`${list}: ${reasonOf(error)}`);
        if (isPassing(error)) break;
      }
    }
    return problems;
  };
  return {
    keep,
    heard: async (body) => (await genuine(body)).length > 0,
    lifecycle: async (body, now) => {
      const told = await genuine(body);
      for (const { list, told: one } of told) {
        if (one.lifecycleEvent === 'subscriptionRemoved') await kept.remove(list);
        if (one.lifecycleEvent === 'reauthorizationRequired')
          await renewSoon(watchingFor(), list, now);
      }
      if (told.length > 0) await keep(now);
      return told.length > 0;
    },
  };
}

function isSecret({ secret }: KeptSubscription, { clientState }: Notification): boolean {
  const [expected, given] = [Buffer.from(secret), Buffer.from(clientState ?? '')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A subscription of this list that lives for a good while yet, at the present address. */
async function ensure(watching: Watching, list: string, now: Date): Promise<void> {
  const resource = (await watching.site.pathOf(list)).slice(1);
  const known = await watching.kept.get(list);
  const isMine = known?.resource === resource && known.address === addressOf(watching);
  if (!known || !isMine) return make(watching, list, resource, now);
  if (known.expires.getTime() - now.getTime() > LIFETIME_MS / 2) return;
  if (!(await renew(watching, list, known, now))) await make(watching, list, resource, now);
}

const addressOf = ({ publicUrl }: Watching): string => new URL(NOTIFICATIONS_PATH, publicUrl).href;

async function make(watching: Watching, list: string, resource: string, now: Date): Promise<void> {
  const { graph, kept, publicUrl } = watching;
  const address = addressOf(watching);
  const secret = randomBytes(32).toString('base64url');
  const expires = new Date(now.getTime() + LIFETIME_MS);
  const body = {
    changeType: 'updated',
    resource,
    notificationUrl: address,
    lifecycleNotificationUrl: new URL(LIFECYCLE_PATH, publicUrl).href,
    clientState: secret,
    expirationDateTime: expires.toISOString(),
  };
  // One whose answer was lost, or that nobody remembers, keeps its secret: it can only be removed.
  const removeOthers = () => removeForgotten(watching, resource);
  await removeOthers();
  const answer = readBy(
    made,
    await graph.post('/subscriptions', body, removeOthers),
    'a new subscription',
  );
  await kept.put(list, {
    id: answer.id,
    resource,
    secret,
    address,
    expires: answer.expirationDateTime,
  });
}

async function removeForgotten(watching: Watching, resource: string): Promise<undefined> {
  const found = await watching.graph.getAll('/subscriptions');
  const all = readBy(z.array(existing), found, 'the subscriptions');
  const forgotten = all.filter(
    (one) => one.resource.endsWith(resource) && one.notificationUrl === addressOf(watching),
  );
  for (const { id } of forgotten) await watching.graph.remove(`/subscriptions/${id}`);
}

/** False where Graph does not know it any more. */
async function renew(
  { graph, kept }: Watching,
  list: string,
  known: KeptSubscription,
  now: Date,
): Promise<boolean> {
  const expires = new Date(now.getTime() + LIFETIME_MS);
  try {
    const body = { expirationDateTime: expires.toISOString() };
    const answer = await graph.patch(`/subscriptions/${known.id}`, body);
    const { expirationDateTime } = readBy(made, answer, 'a renewed subscription');
    await kept.put(list, { ...known, expires: expirationDateTime });
    return true;
  } catch (error) {
    if (!(error instanceof ServiceRefused) || error.status !== NOT_FOUND) throw error;
    return false;
  }
}

/** Renewing gives a subscription its authorisation anew (learn.microsoft.com: lifecycle notifications). */
async function renewSoon(watching: Watching, list: string, now: Date): Promise<void> {
  const known = await watching.kept.get(list);
  if (known && !(await renew(watching, list, known, now))) await watching.kept.remove(list);
}
