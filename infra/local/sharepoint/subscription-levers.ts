import type { Context } from './request-context.ts';
import { allLists } from './lists.ts';
import type { Delivery, HeldChanges, LifecycleEvent, Notifier } from './notifier.ts';
import {
  findSubscription,
  livingSubscriptions,
  removeSubscription,
  type Subscription,
} from './subscriptions.ts';

/** A living subscription, with the display name of its list. */
export type SubscriptionSeen = Omit<Subscription, 'listKey'> & { list: string };

/** What a test may do to subscriptions behind the subscriber's back. */
export type SubscriptionLevers = {
  /** The subscriptions that have not expired. */
  list: () => SubscriptionSeen[];
  /** Takes a subscription away, then sends `subscriptionRemoved`. */
  remove: (id: string) => Promise<Delivery>;
  /** Sends `missed`: some notifications of this subscription were lost. */
  sendMissed: (id: string) => Promise<Delivery>;
  /** Sends `reauthorizationRequired`; `reauthorizedAt` tells when the subscriber has done it. */
  requireReauthorization: (id: string) => Promise<Delivery>;
  /** Sends no notification of a change from here on, so that only asking delta finds it. */
  hold: () => void;
  /** Notifies again; what was held back is sent late (the default), or lost. */
  release: (changes?: HeldChanges) => void;
  /** Resolves once no notification is waiting or under way. */
  settled: () => Promise<void>;
};

/** The levers of one emulator. An unknown or expired id is an `Error`. */
export function subscriptionLevers(context: Context, notifier: Notifier): SubscriptionLevers {
  const { db, now } = context;
  const tell = async (id: string, event: LifecycleEvent): Promise<Delivery> => {
    const subscription = findSubscription(db, id, now());
    if (subscription === undefined) throw new Error(`There is no subscription ${id}.`);
    if (event === 'subscriptionRemoved') db.transaction(() => removeSubscription(db, id));
    return notifier.tell(subscription, event);
  };
  return {
    list: () => livingSubscriptions(db, now()).map((each) => seen(context, each)),
    remove: (id) => tell(id, 'subscriptionRemoved'),
    sendMissed: (id) => tell(id, 'missed'),
    requireReauthorization: (id) => tell(id, 'reauthorizationRequired'),
    hold: () => notifier.hold(),
    release: (changes) => notifier.release(changes),
    settled: () => notifier.settled(),
  };
}

function seen({ db }: Context, { listKey, ...rest }: Subscription): SubscriptionSeen {
  const list = allLists(db).find(({ key }) => key === listKey);
  return { ...rest, list: list?.displayName ?? '' };
}
