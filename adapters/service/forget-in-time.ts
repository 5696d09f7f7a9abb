import { isOutdated } from '../../bot/access/introduction.ts';
import type { Documents, Held } from '../storage/tables.ts';
import type { Service } from './service.ts';

const HOUR_MS = 60 * 60_000;
/** How long what somebody asked for is kept, in milliseconds. */
const SAID_FOR_MS = 24 * HOUR_MS;

/**
 * Forgets, after a look and at most once an hour, what people said more than a day ago and requests to be
 * let in that are outdated. `timeOfDay` is not that of a demo whose clock stands: what was said has it too.
 */
export function forgetInTime(
  { memory, log, clock }: Pick<Service, 'memory' | 'log' | 'clock'>,
  timeOfDay: () => Date = () => new Date(),
): () => Promise<void> {
  let last = -Infinity;
  return async () => {
    const now = timeOfDay().getTime();
    if (now - last < HOUR_MS) return;
    try {
      const said = await forgetWhere(memory.said, ({ at }) => now - at.getTime() > SAID_FOR_MS);
      const at = clock.now();
      const introductions = await forgetWhere(memory.introductions, (one) => isOutdated(one, at));
      last = now;
      if (said + introductions > 0) log.info({ said, introductions }, 'forgotten in time');
    } catch (error) {
      log.warn({ err: error }, 'what is to be forgotten is kept until the next look');
    }
  };
}

/** Of what somebody changes meanwhile, the new stays. Gives how many were to go. */
async function forgetWhere<T>(
  documents: Documents<T>,
  isOld: (value: T) => boolean,
): Promise<number> {
  const old: Held<T>[] = (await documents.all()).filter(({ value }) => isOld(value));
  for (const { key, etag } of old) await documents.remove(key, etag);
  return old.length;
}
