import type { Outcome } from './visit.ts';

/** What a process has in hand: conversations, the batches they came in, and the messages that name them. */
export type Hand = ReturnType<typeof createHand>;

export function createHand() {
  const visits = new Set<Promise<unknown>>();
  const messages = new Set<Promise<unknown>>();
  const batches = new Map<string, object>();
  const tally: Record<Outcome, number> = { done: 0, later: 0, putOff: 0, failed: 0, givenUp: 0 };
  let lastAt: Date | undefined;
  return {
    tally,
    count: (): number => visits.size,
    lastAt: (): Date | undefined => lastAt,
    settled: async (): Promise<void> => {
      while (messages.size + visits.size > 0) await Promise.allSettled([...messages, ...visits]);
    },
    /** The batch in which a conversation came that waits for its visit, or is visited. */
    batchOf: (who: string): object | undefined => batches.get(who),
    hold: async <T>(who: string, batch: object, work: () => Promise<T>): Promise<T> => {
      batches.set(who, batch);
      try {
        return await work();
      } finally {
        batches.delete(who);
      }
    },
    /** Counts a visit until it is over. */
    take: async (visit: Promise<Outcome>, then: () => void): Promise<Outcome> => {
      visits.add(visit);
      try {
        const outcome = await visit;
        tally[outcome] += 1;
        return outcome;
      } finally {
        lastAt = new Date();
        visits.delete(visit);
        then();
      }
    },
    /** Keeps a message in mind until it is settled, or cannot be. */
    settle: (message: Promise<void>, failed: (error: unknown) => void): void => {
      const over = message.catch(failed).finally(() => messages.delete(over));
      messages.add(over);
    },
  };
}
