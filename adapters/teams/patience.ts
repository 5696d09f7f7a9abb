import type { Logger } from '../logger.ts';

/** What was waited for is not there yet. */
export const LATE = Symbol('late');

/** One turn that somebody waits for. */
export type Waiting = {
  /** Whether its time is over: what it still owes comes afterwards. */
  isLate(): boolean;
  /** What comes while its time lasts. */
  soon<T>(work: Promise<T>): Promise<T | typeof LATE>;
  /** Goes on when the turn is over, with one thing after the other. */
  afterwards(work: () => Promise<void>): void;
};

/** Who waits, and what is still owed to those who were asked to wait. */
export type Patience = {
  begin(forMs: number): Waiting;
  /** Waits a moment for what is owed, and abandons the rest. */
  stop(): Promise<void>;
};

/** How long stopping waits for what is owed, in milliseconds. */
const STOP_MS = 5_000;

export function createPatience(log: Logger, stopMs = STOP_MS): Patience {
  const owed = new Set<Promise<void>>();
  const carryOn = (work: Promise<void>): Promise<void> => {
    const done = work
      .catch((error: unknown) => log.error({ err: error }, 'what was to follow a turn failed'))
      .finally(() => owed.delete(done));
    owed.add(done);
    return done;
  };
  return {
    begin: (forMs) => {
      const until = performance.now() + forMs;
      let late = false;
      let last = Promise.resolve();
      return {
        isLate: () => late,
        soon: async (work) => {
          const came = await inTime(work, until - performance.now());
          late ||= came === LATE;
          return came;
        },
        afterwards: (work) => {
          last = carryOn(last.then(work));
        },
      };
    },
    stop: async () => {
      const left = owed.size;
      const done = await inTime(Promise.all(owed), stopMs);
      if (done === LATE) log.warn({ of: left }, 'answers that were owed are abandoned');
    },
  };
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T | typeof LATE> {
  const late = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => late.resolve(LATE), Math.max(0, ms));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
