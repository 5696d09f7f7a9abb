/** So many requests at most in any stretch of so many milliseconds. */
export type Limit = { most: number; withinMs: number };

/**
 * What Teams takes from a bot in one conversation, and from an app in a tenant (learn.microsoft.com:
 * "Optimize your bot with rate limiting in Teams": per bot per thread, send to conversation; and the
 * global limit per app per tenant).
 */
export const CONVERSATION_LIMITS: readonly Limit[] = [
  { most: 7, withinMs: 1000 },
  { most: 8, withinMs: 2000 },
  { most: 60, withinMs: 30_000 },
  { most: 1800, withinMs: 3_600_000 },
];
export const APP_LIMIT: Limit = { most: 50, withinMs: 1000 };

/**
 * When one more request may begin, in the milliseconds in which `sent` is given: 0 where it may at once.
 *
 * `sent`, in rising order, are the times at which earlier requests were *answered*. Each had arrived
 * before its answer, and the next one arrives after it begins; so between two arrivals lies at least what
 * lies between an answer and a beginning, whatever the network did. Times may have been rounded down to
 * whole milliseconds, so windows are counted closed at both ends: one millisecond more.
 */
export const earliest = (sent: readonly number[], limits: readonly Limit[]): number =>
  Math.max(0, ...limits.map((limit) => reopening(sent, limit)));

function reopening(sent: readonly number[], { most, withinMs }: Limit): number {
  const first = sent.at(-most);
  return sent.length < most || first === undefined ? 0 : first + withinMs + 1;
}

/** The times that still count at `at`: those within the longest window. */
export function stillCounting(
  sent: readonly number[],
  limits: readonly Limit[],
  at: number,
): number[] {
  const longest = Math.max(...limits.map(({ withinMs }) => withinMs));
  const most = Math.max(...limits.map(({ most }) => most));
  return sent.filter((time) => time + longest >= at).slice(-most);
}

/**
 * How long to rest before attempt `nth` is repeated: anything up to a bound that doubles each time and
 * is capped ("full jitter", so that those who failed together do not come back together).
 */
export function backOffMs(
  nth: number,
  { baseMs, capMs }: { baseMs: number; capMs: number },
  random: () => number = Math.random,
): number {
  const bound = Math.min(capMs, baseMs * 2 ** Math.min(nth - 1, 30));
  return Math.max(Math.min(baseMs, 1000), Math.round(random() * bound));
}
