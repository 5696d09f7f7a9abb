import { randomUUID } from 'node:crypto';
import { invalidRequest } from './errors.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Refuses an address to which notifications cannot go: https, or http on this machine. */
export function requireAddress(property: string, address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isOwn = url?.protocol === 'http:' && loopbackNames.has(url.hostname);
  if (url?.protocol === 'https:' || isOwn) return;
  throw invalidRequest(`${property}: give an https address, or http on 127.0.0.1 or localhost.`);
}

/**
 * Asks an address to prove that it listens: a POST with `validationToken` in the query, to be
 * answered within `milliseconds` with 200, text/plain and the decoded token. 400 if it is not.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export async function proveAddress(
  property: string,
  address: string,
  milliseconds: number,
): Promise<void> {
  const token = awkwardToken();
  const url = `${address}${address.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
  const problem = await problemWith(url, token, milliseconds);
  if (problem === undefined) return;
  throw invalidRequest(`Subscription validation request failed. ${property} ${problem}`);
}

async function problemWith(
  url: string,
  token: string,
  milliseconds: number,
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(milliseconds),
    });
    const type = answer.headers.get('content-type') ?? '';
    const text = await answer.text();
    if (answer.status !== 200) return `answered ${answer.status} instead of 200.`;
    if (!/^text\/plain(;|$)/i.test(type))
      return `answered with the type '${type}', not text/plain.`;
    return text === token ? undefined : 'did not answer with the decoded validationToken.';
  } catch (error) {
    return whyUnanswered(error, milliseconds);
  }
}

function whyUnanswered(error: unknown, milliseconds: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `did not answer within ${milliseconds / 1000} seconds.`;
  }
  if (error instanceof TypeError) return 'cannot be reached.';
  throw error;
}

/** A token with every character that goes wrong when it is decoded twice, or not at all. */
function awkwardToken(): string {
  return `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()} a+b c%2Bd/e=f&g#h?i"j<k>é✓`;
}
