import pLimit from 'p-limit';
import type { WorkQueue } from '../storage/queues.ts';
import { nudgesFor } from './notes.ts';

/** Messages put on the queue at once. */
const AT_ONCE = 8;

/** Puts conversations on the queue, each at most once in so long unless forced. Gives how many it put there. */
export function createNudging(queue: WorkQueue, onceInMs: number) {
  const nudged = new Map<string, number>();
  return async (whos: Iterable<string>, { force = false } = {}): Promise<number> => {
    const since = Date.now() - onceInMs;
    for (const [who, at] of nudged) if (at < since) nudged.delete(who);
    const due = [...new Set(whos)].filter((who) => force || !nudged.has(who));
    const atOnce = pLimit(AT_ONCE);
    await Promise.all(nudgesFor(due).map((text) => atOnce(() => queue.send(text))));
    for (const who of due) nudged.set(who, Date.now());
    return due.length;
  };
}
