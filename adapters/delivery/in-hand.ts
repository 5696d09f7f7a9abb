/**
 * What became of a conversation that a message named; `putOff`: it was not begun, and its message comes
 * back.
 */
export type Outcome = 'done' | 'later' | 'putOff' | 'failed' | 'givenUp';

/** What became of the conversations that were received. */
export type Tally = Record<Outcome, number>;

/** What a process has in hand: conversations, the batches they came in, and the messages that name them. */
export type InHand = ReturnType<typeof createInHand>;

export function createInHand() {
  const working = new Set<Promise<unknown>>();
  const messages = new Set<Promise<unknown>>();
  const batches = new Map<string, object>();
  const tally: Tally = { done: 0, later: 0, putOff: 0, failed: 0, givenUp: 0 };
  let lastAt: Date | undefined;
  let backBy = 0;
  return {
    /** How many conversations are worked on, or wait for it. */
    count: (): number => working.size,
    tally: (): Tally => ({ ...tally }),
    /** When work on a conversation ended last. */
    lastAt: (): Date | undefined => lastAt,
    /** When nothing is in hand any more. */
    settled: async (): Promise<void> => {
      while (messages.size + working.size > 0) {
        await Promise.allSettled([...messages, ...working]);
      }
    },
    /** Something was put back on the queue, and can be received again in so many milliseconds. */
    expect: (inMs: number): void => {
      backBy = Math.max(backBy, Date.now() + inMs);
    },
    isExpecting: (): boolean => Date.now() <= backBy,
    /** The batch in which a conversation came that is worked on, or waits for it. */
    batchOf: (who: string): object | undefined => batches.get(who),
    hold: async <T>(who: string, batch: object, work: () => Promise<T>): Promise<T> => {
      batches.set(who, batch);
      try {
        return await work();
      } finally {
        batches.delete(who);
      }
    },
    /** Counts work on a conversation until it is over. */
    take: async (work: Promise<Outcome>): Promise<Outcome> => {
      working.add(work);
      try {
        const outcome = await work;
        tally[outcome] += 1;
        return outcome;
      } finally {
        lastAt = new Date();
        working.delete(work);
      }
    },
    /** Keeps a message in mind until it is settled, or cannot be. */
    settle: (message: Promise<void>, failed: (error: unknown) => void): void => {
      const over = message.catch(failed).finally(() => messages.delete(over));
      messages.add(over);
    },
  };
}
