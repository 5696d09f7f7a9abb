import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { readRetryAfter } from '../../adapters/sharepoint/retry.ts';
import { loopbackToken } from '../../infra/local/sharepoint/callers.ts';
import { startEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { smallSite } from '../infra/sharepoint/small-site.ts';
import { requestProblems, responseProblems } from './openapi.ts';

/** What Graph answered. */
export type Answer = { status: number; body: unknown; headers: Headers };

/** Graph with one site: the emulator, or a real one. */
export type GraphUnderTest = {
  /** How a site is addressed before its id is known: `/sites/{hostname}:/{path}`. */
  sitePath: string;
  /** How long a change may take to show, in milliseconds. */
  patience: number;
  /** Sends a request; `path` begins below `/v1.0`, or is a link that Graph gave. */
  send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  close: () => Promise<void>;
};

type Place = Pick<GraphUnderTest, 'sitePath' | 'patience' | 'close'> & {
  url: string;
  token: string;
};

const mostWaits = 5;
/** Where Graph asks for patience and does not say for how long, in milliseconds. */
const usualWait = 5_000;

/**
 * Opens the site that the environment names, or an emulator with a small site where it names none.
 * Variables: `CONTRACT_SITE` (`https://tenant.sharepoint.com/sites/name`) and `CONTRACT_TOKEN` (an
 * access token for Microsoft Graph), both or neither. The token goes to graph.microsoft.com only.
 */
export async function openGraph(env = process.env): Promise<GraphUnderTest> {
  const [site, token] = [env['CONTRACT_SITE'] ?? '', env['CONTRACT_TOKEN'] ?? ''];
  if ((site === '') !== (token === '')) {
    throw new Error('Set CONTRACT_SITE and CONTRACT_TOKEN, both or neither.');
  }
  const place = site === '' ? await emulated() : realPlace(new URL(site), token);
  const { sitePath, patience, close } = place;
  return {
    sitePath,
    patience,
    close,
    send: (method, path, body, headers = {}) => sent(place, { method, path, body, headers }),
  };
}

async function emulated(): Promise<Place> {
  const emulator = await startEmulator({
    databaseFile: ':memory:',
    seed: smallSite(),
    now: () => new Date(),
    port: 0,
  });
  const sitePath = '/sites/council.example:/sites/stls';
  return { url: emulator.url, token: loopbackToken, sitePath, patience: 0, close: emulator.close };
}

function realPlace(site: URL, token: string): Place {
  const path = site.pathname.replace(/\/$/, '');
  const sitePath = `/sites/${site.hostname}${path === '' ? '' : `:${path}`}`;
  const close = () => Promise.resolve();
  return { url: 'https://graph.microsoft.com', token, sitePath, patience: 60_000, close };
}

type Asked = { method: string; path: string; body: unknown; headers: Record<string, string> };

/** Sends a request, waits where Graph asks for it, and holds both sides against the OpenAPI. */
async function sent(place: Place, { method, path, body, headers }: Asked): Promise<Answer> {
  const address = addressOf(place, path);
  // A link is Graph's own affair: its query is nobody else's to judge.
  const isLink = path.startsWith('http');
  if (!isLink) assert.deepEqual(requestProblems(method, address, body), []);
  for (let waits = 0; ; waits += 1) {
    const answer = await fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${place.token}`,
        'content-type': 'application/json',
        'user-agent': 'NONISV|STLS|Contract/1.0',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if ([429, 503].includes(answer.status) && waits < mostWaits) {
      await setTimeout(readRetryAfter(answer.headers.get('retry-after')) ?? usualWait);
      continue;
    }
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    assert.deepEqual(responseProblems(method, address, answer.status, parsed), []);
    return { status: answer.status, body: parsed, headers: answer.headers };
  }
}

function addressOf({ url }: Place, path: string): string {
  const address = new URL(path.startsWith('http') ? path : `${url}/v1.0${path}`);
  assert.equal(address.origin, new URL(url).origin, 'a link leads to another host');
  return address.href;
}
