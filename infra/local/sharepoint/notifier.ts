import { setTimeout } from 'node:timers/promises';
import type { Database } from './database.ts';
import { findSite, tenantIdOf, guidFor, type Site } from './lists.ts';
import { livingSubscriptions, type Subscription } from './subscriptions.ts';

/** What Graph tells of a subscription itself. */
export type LifecycleEvent = 'missed' | 'reauthorizationRequired' | 'subscriptionRemoved';

/** What became of a notification: acknowledged with 2xx, given up, or nowhere to send it. */
export type Delivery = 'acknowledged' | 'given up' | 'no address';

/** Times of the notifier in milliseconds. */
export type NotifierTimes = {
  /** How long changes are gathered before one notification tells of them. */
  gather: number;
  /** How long a subscriber may take to acknowledge. */
  patience: number;
  /** The pauses before each further attempt. */
  retries: readonly number[];
};

/** What `release` does with the changes that were held back. */
export type HeldChanges = 'send' | 'lose';

const usualTimes: NotifierTimes = { gather: 30, patience: 10_000, retries: [100, 500, 2000] };

/**
 * Tells subscribers, soon after and once for many changes, that a list has changed: a POST of
 * `{ value: [{ subscriptionId, clientState, changeType: 'updated', … }] }`. An attempt that is
 * not acknowledged with 2xx is repeated a few times, then given up.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export class Notifier {
  readonly #db: Database;
  readonly #now: () => Date;
  readonly #times: NotifierTimes;
  readonly #changed = new Set<number>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #held = false;

  constructor(db: Database, now: () => Date, times: Partial<NotifierTimes> = {}) {
    this.#db = db;
    this.#now = now;
    this.#times = { ...usualTimes, ...times };
    db.onChange((lists) => this.#noteChanges(lists));
  }

  /** Sends no notification of a change from here on, so that only asking delta finds it. */
  hold(): void {
    this.#held = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Notifies again; what was held back is sent late, or lost. */
  release(changes: HeldChanges = 'send'): void {
    this.#held = false;
    if (changes === 'lose') this.#changed.clear();
    this.#schedule();
  }

  /** Sends a lifecycle notification, with the same attempts as any other. */
  async tell(subscription: Subscription, lifecycleEvent: LifecycleEvent): Promise<Delivery> {
    const { lifecycleNotificationUrl: url } = subscription;
    const site = findSite(this.#db);
    if (url === null || site === undefined) return 'no address';
    return this.#watched(this.#deliver(url, { ...common(subscription, site), lifecycleEvent }));
  }

  /** Resolves once no notification is waiting or under way. Held changes do not wait. */
  async settled(): Promise<void> {
    while (this.#timer !== undefined || this.#underWay.size > 0) {
      if (this.#timer !== undefined) this.#sendGathered();
      await Promise.all(this.#underWay);
    }
  }

  /** How long a subscriber may take to answer, in milliseconds. */
  get patience(): number {
    return this.#times.patience;
  }

  /** Stops everything that waits or is under way. */
  close(): void {
    this.hold();
    this.#closing.abort();
  }

  #noteChanges(lists: readonly number[]): void {
    for (const list of lists) this.#changed.add(list);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#held || this.#changed.size === 0 || this.#closing.signal.aborted) return;
    this.#timer ??= globalThis.setTimeout(() => this.#sendGathered(), this.#times.gather);
  }

  #sendGathered(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lists = new Set(this.#changed);
    this.#changed.clear();
    const site = findSite(this.#db);
    if (site === undefined) return;
    for (const subscription of livingSubscriptions(this.#db, this.#now())) {
      if (!lists.has(subscription.listKey)) continue;
      const delivery = this.#deliver(subscription.notificationUrl, change(subscription, site));
      void this.#watched(delivery);
    }
  }

  async #deliver(url: string, notification: object): Promise<Delivery> {
    const body = JSON.stringify({ value: [notification] });
    for (const pause of [0, ...this.#times.retries]) {
      if (!(await this.#waited(pause))) return 'given up';
      if (await this.#isAcknowledged(url, body)) return 'acknowledged';
    }
    return 'given up';
  }

  async #isAcknowledged(url: string, body: string): Promise<boolean> {
    const signal = AbortSignal.any([
      this.#closing.signal,
      AbortSignal.timeout(this.#times.patience),
    ]);
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const sent = fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const acknowledged = sent.then(async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    });
    // Unreachable, too slow or closing: as good as no answer, so the next attempt follows.
    return acknowledged.catch(() => false);
  }

  /** Waits, unless everything is to stop. */
  async #waited(milliseconds: number): Promise<boolean> {
    const { signal } = this.#closing;
    if (milliseconds > 0 && !signal.aborted) {
      // Only the end of everything breaks the pause off, and that is told by the answer.
      await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
    }
    return !signal.aborted;
  }

  #watched(delivery: Promise<Delivery>): Promise<Delivery> {
    this.#underWay.add(delivery);
    return delivery.finally(() => this.#underWay.delete(delivery));
  }
}

function change(subscription: Subscription, site: Site): object {
  return {
    ...common(subscription, site),
    changeType: 'updated',
    resource: subscription.resource,
    siteUrl: `/${site.path.replace(/^\//, '')}`,
    webId: guidFor(`${site.hostname}/${site.path}`),
    resourceData: { '@odata.type': '#Microsoft.Graph.listItem' },
  };
}

function common(subscription: Subscription, site: Site): object {
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: subscription.expiresAt,
    clientState: subscription.clientState,
    tenantId: tenantIdOf(site),
  };
}
