import { invalidRequest } from './errors.ts';

/** The longest that a subscription to a list may last, in minutes: a little under thirty days. */
const longestSubscription = 42_300;

const shortestSubscription = 45;
const minute = 60_000;

/**
 * When a subscription ends that is to end at `wanted`: less than 45 minutes becomes 45, more than
 * 42,300 or an instant that has passed is refused.
 * https://learn.microsoft.com/graph/api/resources/subscription
 */
export function endOfSubscription(wanted: string, now: Date): string {
  const end = new Date(wanted);
  if (Number.isNaN(end.getTime()) || end <= now) {
    throw invalidRequest('expirationDateTime: give an instant in the future.');
  }
  if (end.getTime() > now.getTime() + longestSubscription * minute) {
    throw invalidRequest(
      `expirationDateTime: a subscription to a list lasts at most ${longestSubscription} minutes.`,
    );
  }
  const earliest = now.getTime() + shortestSubscription * minute;
  return new Date(Math.max(end.getTime(), earliest)).toISOString();
}
