import type { WorkQueue } from '../storage/queues.ts';
import { nudgesFor } from './notes.ts';

/**
 * Puts conversations on the queue in the order given, each at most once in so long unless forced. Gives
 * how many it put there.
 */
export function createNudging(queue: WorkQueue, onceInMs: number) {
  const nudged = new Map<string, number>();
  return async (whos: Iterable<string>, { force = false } = {}): Promise<number> => {
    const since = Date.now() - onceInMs;
    for (const [who, at] of nudged) if (at < since) nudged.delete(who);
    const due = [...new Set(whos)].filter((who) => force || !nudged.has(who));
    // One after the other: the queue hands out roughly what came first first.
    for (const text of nudgesFor(due)) await queue.send(text);
    for (const who of due) nudged.set(who, Date.now());
    return due.length;
  };
}
