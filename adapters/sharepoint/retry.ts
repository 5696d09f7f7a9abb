import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { NetworkFailed, ServiceRefused } from '../errors.ts';

/** How patient requests are, in milliseconds. */
export type Patience = {
  /** All attempts of one request together, waiting included. */
  deadlineMs: number;
  /** When all requests together must have ended, by `performance.now()`. */
  untilMs?: number;
  /** One attempt, to the last byte of its answer. */
  attemptMs: number;
  /** Before the second attempt; doubled, and jittered, before each later one. */
  firstDelayMs: number;
};

/** Long enough to sit out what SharePoint asks for in its `Retry-After`. */
export const PATIENT: Patience = { deadlineMs: 60_000, attemptMs: 30_000, firstDelayMs: 250 };

const LONGEST_DELAY_MS = 15_000;
const MOST_ATTEMPTS = 30;
const SHORTEST_ATTEMPT_MS = 100;
/** Throttled, or failed on the other side: the same request may fare better later. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

const deadlineOf = ({ deadlineMs, untilMs = Infinity }: Patience): number =>
  Math.min(performance.now() + deadlineMs, untilMs);

/** A failure that may pass by itself, however it is answered. */
export const isPassing = (error: unknown): boolean =>
  error instanceof NetworkFailed || (error instanceof ServiceRefused && PASSING.has(error.status));

/**
 * The one retry layer: tries until it works, it is clear that it will not, or the time is up. Waits
 * as long as `Retry-After` asks (seconds or a date), and a jittered moment more. The attempt is told
 * how many milliseconds are left.
 */
export async function persist<T>(
  attempt: (leftMs: number) => Promise<T>,
  patience: Patience,
): Promise<T> {
  const deadline = deadlineOf(patience);
  let last: Error | undefined;
  const inTime = async (): Promise<T> => {
    const left = deadline - performance.now();
    // An attempt that is sure to be cut short would leave open whether it was carried out.
    if (last !== undefined && left < SHORTEST_ATTEMPT_MS) throw last;
    try {
      return await attempt(Math.max(0, left));
    } catch (error) {
      // An attempt that the deadline cut short says less than the one before it.
      const isCutShort = error instanceof NetworkFailed && performance.now() >= deadline;
      const told = isCutShort ? (last ?? error) : error;
      last = told instanceof Error ? told : undefined;
      throw told;
    }
  };
  return pRetry(inTime, {
    retries: MOST_ATTEMPTS,
    minTimeout: patience.firstDelayMs,
    maxTimeout: LONGEST_DELAY_MS,
    maxRetryTime: Math.max(0, deadline - performance.now()),
    randomize: true,
    shouldRetry: ({ error }) => isPassing(error),
    onFailedAttempt: async ({ error }) => {
      if (!isPassing(error)) return;
      const wait = error instanceof ServiceRefused ? (error.retryAfterMs ?? 0) : 0;
      if (performance.now() + wait >= deadline) throw error;
      if (wait > 0) await delay(wait);
    },
  });
}

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | null | undefined, now = Date.now()) {
  if (!header) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
