import { setTimeout as delay } from 'node:timers/promises';
import type { Card } from '../../cards/render.ts';
import type { Posted, Service } from '../service/service.ts';
import type { Reference } from '../storage/memory.ts';

/** Where an answer goes that comes after its turn. */
export type Posting = {
  post(card: Card): Promise<void>;
  update(activityId: string, card: Card): Promise<void>;
};

/** Before each attempt, in milliseconds: somebody waits, and was told that an answer comes. */
const ATTEMPTS_MS = [0, 1_000, 5_000];

export function postingTo({ teams, log }: Pick<Service, 'teams' | 'log'>, to: Reference): Posting {
  const persistently = async (attempt: () => Promise<Posted>): Promise<void> => {
    for (const waitMs of ATTEMPTS_MS) {
      if (waitMs > 0) await delay(waitMs);
      const posted = await attempt();
      if (posted.kind === 'posted') return;
      log.warn({ who: to.who, ...posted }, 'an answer that was owed could not be posted');
      if (posted.kind !== 'failed') return;
    }
  };
  return {
    post: (card) => persistently(() => teams.post(to, card)),
    update: (activityId, card) => persistently(() => teams.update(to, activityId, card)),
  };
}
