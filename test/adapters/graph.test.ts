import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { TokenCredential } from '@azure/identity';
import express from 'express';
import * as fc from 'fast-check';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../../adapters/errors.ts';
import { BOT_LISTS } from '../../adapters/sharepoint/bot-lists.ts';
import { createGraph, type GraphOptions } from '../../adapters/sharepoint/graph.ts';
import { provisionLists } from '../../adapters/sharepoint/provision-lists.ts';
import { createBudget, unitsOf } from '../../adapters/sharepoint/resource-units.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { writeReturn } from '../../adapters/sharepoint/write-return.ts';
import { countingById } from '../../bot/returns/return.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import { startEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { requestProblems } from '../contract/openapi.ts';
import { loopback } from '../loopback.ts';
import { demoSites, siteAt } from './demo-site.ts';

const json = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

/** A credential that notes what it was asked for. */
function credential(): TokenCredential & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    getToken: (scopes) => {
      asked.push(scopes);
      return Promise.resolve({ token: 'a-real-token', expiresOnTimestamp: Date.now() + 60_000 });
    },
  };
}

const notFound = (): Promise<undefined> => Promise.resolve(undefined);

/** Graph at an address, for a test that does not wait long. */
const speak = (url: string, options: GraphOptions = {}) =>
  createGraph(url, { patience: { deadlineMs: 400, attemptMs: 300, firstDelayMs: 5 }, ...options });

afterEach(() => vi.unstubAllGlobals());

describe('a token', () => {
  test('on loopback is the emulator’s own, and no credential is asked for a real one', async () => {
    const graph = await loopback((_request, response) => json(response, 200, { id: 'x' }));
    const asks = credential();
    await speak(graph.url, { credential: asks }).get('/sites/x');
    expect(graph.seen).toEqual([
      { method: 'GET', url: '/v1.0/sites/x', authorization: 'Bearer loopback-only' },
    ]);
    expect(asks.asked).toEqual([]);
  });

  test('does not follow a next link to another host or port, and the pages are refused', async () => {
    const elsewhere = await loopback((_request, response) => json(response, 200, { value: [] }));
    const graph = await loopback((_request, response) =>
      json(response, 200, {
        value: [{ id: '1' }],
        '@odata.nextLink': `${elsewhere.url}/v1.0/sites/x/lists?$skiptoken=2`,
      }),
    );
    await expect(speak(graph.url).getAll('/sites/x/lists')).rejects.toThrow(UnexpectedAnswer);
    expect(elsewhere.seen).toEqual([]);
  });

  test.each([302, 307, 308])('does not follow a %i to another port', async (status) => {
    const elsewhere = await loopback((_request, response) => json(response, 200, { id: 'stolen' }));
    const graph = await loopback((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/v1.0/sites/x` });
      response.end();
    });
    const speaking = speak(graph.url);
    await expect(speaking.get('/sites/x')).rejects.toThrow(NetworkFailed);
    await expect(speaking.post('/sites/x', { fields: {} }, notFound)).rejects.toThrow(
      NetworkFailed,
    );
    expect(elsewhere.seen, 'neither the token nor what was to be written').toEqual([]);
  });

  test('is not sent where a whole address names another host', async () => {
    const elsewhere = await loopback((_request, response) => json(response, 200, {}));
    const graph = await loopback((_request, response) => json(response, 200, {}));
    const { port } = new URL(elsewhere.url);
    const speaking = speak(graph.url);
    for (const address of [`https://127.0.0.1:${port}/v1.0/x`, 'https://graph.microsoft.com/x']) {
      await expect(speaking.get(address)).rejects.toThrow('was stopped');
    }
    expect([...elsewhere.seen, ...graph.seen]).toEqual([]);
  });

  test('of the app’s identity is asked for Graph, and goes to https://graph.microsoft.com alone', async () => {
    const sent: { url: string; authorization: string | null }[] = [];
    vi.stubGlobal('fetch', (url: string, options: RequestInit) => {
      sent.push({ url, authorization: new Headers(options.headers).get('authorization') });
      const next = { '@odata.nextLink': 'https://graph.microsoft.com.attacker.example/v1.0/x' };
      return Promise.resolve(Response.json({ value: [], ...next }));
    });
    const asks = credential();
    const graph = speak('https://graph.microsoft.com', { credential: asks });
    await expect(graph.getAll('/sites/x/lists')).rejects.toThrow(UnexpectedAnswer);
    await expect(graph.get('https://attacker.example/v1.0/x')).rejects.toThrow('was stopped');
    expect(sent).toEqual([
      {
        url: 'https://graph.microsoft.com/v1.0/sites/x/lists',
        authorization: 'Bearer a-real-token',
      },
    ]);
    expect(asks.asked).toEqual(['https://graph.microsoft.com/.default']);
  });

  test('that nobody gives stops the request before it leaves', async () => {
    const fetched = vi.fn<typeof fetch>();
    vi.stubGlobal('fetch', fetched);
    const graph = speak('https://graph.microsoft.com');
    await expect(graph.get('/sites/x')).rejects.toThrow('no credential gave a token');
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('a collection', () => {
  test('is read to its last page, and the token of each link is kept to the letter', async () => {
    const tokens = [
      '$skiptoken=Paged%3dTRUE%26p_ID%3d200',
      '$top=2&$skiptoken=aGVsbG8%2BdGhlcmU%3D',
      '$skiptoken=UGFnZWQ9VFJVRSZwX0lEPTI=',
    ];
    const graph = await loopback((_request, response, nth) => {
      const token = tokens[nth - 1];
      const link = token ? { '@odata.nextLink': `${graph.url}/v1.0/sites/x/lists?${token}` } : {};
      json(response, 200, { value: [nth], ...link });
    });
    expect(await speak(graph.url).getAll('/sites/x/lists?$expand=fields')).toEqual([1, 2, 3, 4]);
    expect(graph.seen.slice(1).map(({ url }) => url)).toEqual(
      tokens.map((token) => `/v1.0/sites/x/lists?${token}`),
    );
    expect(new Set(graph.seen.map((one) => one.authorization)).size).toBe(1);
  });

  test('that is no collection is not taken for an empty one', async () => {
    const graph = await loopback((_request, response) => json(response, 200, { items: [] }));
    await expect(speak(graph.url).getAll('/sites/x/lists')).rejects.toThrow(UnexpectedAnswer);
  });
});

describe('what went wrong', () => {
  const refusal = (code: string) => ({ error: { code, message: `because of ${code}` } });

  test.each([
    [401, 'unauthenticated'],
    [403, 'accessDenied'],
    [404, 'itemNotFound'],
    [412, 'preconditionFailed'],
    [429, 'tooManyRequests'],
    [500, 'generalException'],
    [503, 'serviceNotAvailable'],
  ])('is a refusal where Graph answers %i %s', async (status, code) => {
    const graph = await loopback((_request, response) =>
      json(response, status, refusal(code), { 'retry-after': '0' }),
    );
    const failed = speak(graph.url).get('/sites/x');
    await expect(failed).rejects.toThrow(ServiceRefused);
    await expect(failed).rejects.toMatchObject({ status, code, service: 'Microsoft Graph' });
    await expect(failed).rejects.toThrow(`GET /sites/x: because of ${code}`);
  });

  test('passes by itself where Graph only asks to wait', async () => {
    const graph = await loopback((_request, response, nth) =>
      nth < 3
        ? json(response, 429, refusal('tooManyRequests'), { 'retry-after': '0' })
        : json(response, 200, { id: 'x' }),
    );
    expect(await speak(graph.url).get('/sites/x')).toEqual({ id: 'x' });
    expect(graph.seen).toHaveLength(3);
  });

  test('is the network where the connection is cut or there is nothing to connect to', async () => {
    const graph = await loopback((request) => request.socket.destroy());
    await expect(speak(graph.url).get('/sites/x')).rejects.toThrow(NetworkFailed);
    await expect(speak(graph.url).post('/sites/x', {}, notFound)).rejects.toThrow(NetworkFailed);
    await expect(speak('http://127.0.0.1:1').get('/sites/x')).rejects.toThrow(
      'Microsoft Graph could not be reached (GET /sites/x)',
    );
  });

  test('is told apart from success where the answer is no JSON', async () => {
    const graph = await loopback((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html>Bad gateway</html>');
    });
    await expect(speak(graph.url).get('/sites/x')).rejects.toMatchObject({ status: 502 });
  });
});

describe('a failure that passes', () => {
  const cut = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '8' });
    response.end('{"id": "');
  };
  const failures: Record<string, (response: ServerResponse) => void> = {
    '429 with seconds': (r) => json(r, 429, {}, { 'retry-after': '0' }),
    '429 with a date': (r) => json(r, 429, {}, { 'retry-after': new Date().toUTCString() }),
    '429 without a header': (r) => json(r, 429, {}),
    '503 with seconds': (r) => json(r, 503, {}, { 'retry-after': '0' }),
    '500': (r) => json(r, 500, {}),
    '502 that is no JSON': (r) => {
      r.writeHead(502, { 'content-type': 'text/html' });
      r.end('<html>Bad gateway</html>');
    },
    '504': (r) => json(r, 504, {}),
    'a cut connection': (r) => r.socket?.destroy(),
    'JSON that breaks off': cut,
    'a body that does not come': (r) => {
      r.writeHead(200, { 'content-type': 'application/json' });
      r.write('{"id":');
    },
  };
  const PATIENCE = { deadlineMs: 5_000, attemptMs: 100, firstDelayMs: 1 };

  test.each(Object.keys(failures))('is not noticed: %s', async (kind) => {
    const graph = await loopback((_request, response, nth) =>
      nth < 3 ? failures[kind]?.(response) : json(response, 200, { id: 'x' }),
    );
    const speaking = speak(graph.url, { patience: PATIENCE });
    expect(await speaking.get('/sites/x')).toEqual({ id: 'x' });
    expect(graph.seen).toHaveLength(3);
  });

  test('is waited out as long as Retry-After asks, and a moment more', async () => {
    const times: number[] = [];
    const graph = await loopback((_request, response, nth) => {
      times.push(performance.now());
      return nth === 1
        ? json(response, 429, {}, { 'retry-after': '1' })
        : json(response, 200, { id: 'x' });
    });
    await speak(graph.url, { patience: PATIENCE }).get('/sites/x');
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThanOrEqual(1_000);
  });

  test('that would outlast the deadline is told at once', async () => {
    const graph = await loopback((_request, response) =>
      json(response, 429, {}, { 'retry-after': '3600' }),
    );
    const asked = speak(graph.url, { patience: PATIENCE }).get('/sites/x');
    await expect(asked).rejects.toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
    expect(graph.seen).toHaveLength(1);
  });

  test('that does not pass ends with the deadline, not after it', async () => {
    const graph = await loopback((_request, response) => json(response, 500, {}));
    const began = performance.now();
    const impatient = speak(graph.url, { patience: PATIENCE }).within(200);
    await expect(impatient.get('/sites/x')).rejects.toMatchObject({ status: 500 });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(graph.seen.length).toBeGreaterThan(1);
  });

  test.each([400, 401, 403, 404, 409, 412])(
    'is not what %i is: it is told at once',
    async (status) => {
      const graph = await loopback((_request, response) => json(response, status, {}));
      await expect(speak(graph.url).get('/sites/x')).rejects.toMatchObject({ status });
      expect(graph.seen).toHaveLength(1);
    },
  );

  test.each(['500', '504', 'a cut connection', 'JSON that breaks off'])(
    'makes nothing twice: after %s it is looked for, and found',
    async (kind) => {
      const graph = await loopback((_request, response) => failures[kind]?.(response));
      const speaking = speak(graph.url, { patience: PATIENCE });
      const made = await speaking.post('/sites/x/lists/y/items', {}, () => Promise.resolve('it'));
      expect(made).toBe('it');
      expect(graph.seen).toHaveLength(1);
    },
  );

  test('makes it again where it was looked for and was not made', async () => {
    let looked = 0;
    const graph = await loopback((_request, response, nth) =>
      nth === 1 ? failures['504']?.(response) : json(response, 201, { id: '2' }),
    );
    const speaking = speak(graph.url, { patience: PATIENCE });
    const find = () => Promise.resolve(void (looked += 1));
    expect(await speaking.post('/sites/x/lists/y/items', {}, find)).toEqual({ id: '2' });
    expect({ looked, asked: graph.seen.length }).toEqual({ looked: 1, asked: 2 });
  });

  test('needs no looking where Graph said that it did nothing', async () => {
    const graph = await loopback((_request, response, nth) =>
      nth === 1 ? failures['429 with seconds']?.(response) : json(response, 201, { id: '2' }),
    );
    const find = () => Promise.reject(new Error('nobody needs to look'));
    expect(await speak(graph.url).post('/sites/x/lists/y/items', {}, find)).toEqual({ id: '2' });
  });
});

describe('the bot’s own share of requests', () => {
  test.each([
    ['GET', '/sites/s/lists/l/items/7?$expand=fields', 1],
    ['GET', '/sites/s/lists/l/items/delta?token=abc', 1],
    ['GET', '/sites/s/lists/l/items/delta?$expand=fields', 2],
    ['GET', '/sites/s/lists/l/items?$expand=fields', 2],
    ['PATCH', '/sites/s/lists/l/items/7/fields', 2],
    ['POST', '/sites/s/lists/l/items', 2],
    ['GET', '/sites/s/permissions', 5],
  ])('counts %s %s as Microsoft does: %i', (method, path, units) => {
    expect(unitsOf(method, path)).toBe(units);
  });

  test('is never exceeded, in whatever minute one counts', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const request = fc.record({ units: fc.integer({ min: 1, max: 5 }), pauseMs: fc.nat(900) });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 200, maxLength: 400 }), async (requests) => {
        const budget = createBudget(600);
        const taken: { at: number; units: number }[] = [];
        for (const { units, pauseMs } of requests) {
          vi.advanceTimersByTime(pauseMs);
          if (await budget.take(units, 0)) taken.push({ at: performance.now(), units });
        }
        for (const { at } of taken) {
          const minute = taken.filter((one) => one.at >= at && one.at < at + 60_000);
          expect(minute.reduce((sum, one) => sum + one.units, 0)).toBeLessThanOrEqual(600);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is told at once to somebody who cannot wait for it', async () => {
    const graph = await loopback((_request, response) => json(response, 200, { id: 'x' }));
    const few = createBudget(60);
    const speaking = speak(graph.url, { budget: few });
    const all = Array.from({ length: 40 }, () => speaking.get('/sites/x'));
    const ended = await Promise.allSettled(all);
    expect(ended.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(15);
    const refused = expect.objectContaining({ status: 429, code: 'ownBudget' }) as unknown;
    expect(ended).toContainEqual({ status: 'rejected', reason: refused });
  });
});

describe('every request', () => {
  const sites = demoSites();

  /** Stands in front of an emulator and holds each request against Microsoft's OpenAPI. */
  async function inspected(app: express.Express): Promise<{ url: string; requests: string[] }> {
    const requests: string[] = [];
    const inspector = express();
    inspector.use(express.json({ limit: '4mb' }));
    inspector.use((request, _response, next) => {
      requests.push(`${request.method} ${request.url}`);
      const problems = requestProblems(request.method, request.originalUrl, request.body);
      expect.soft(problems, `${request.method} ${request.originalUrl}`).toEqual([]);
      next();
    });
    inspector.use(app);
    const server = inspector.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, requests };
  }

  test('of reading and of writing a return is as Microsoft’s OpenAPI has it', async () => {
    const demo = await sites.open(() => new Date('2026-11-23T09:00:00Z'));
    const { url, requests } = await inspected(demo.emulator.app);
    const site = siteAt(url);
    const held = await readHeld(site);
    expect(held.returns.length).toBeGreaterThan(300);

    const measures = held.measures.filter((m) => m.id === 'schoolCaseload');
    const filing = {
      key: { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 } as const,
      measures,
      answers: { schoolCaseload: { kind: 'number', value: 178, raw: '178' } as const },
      remarks: 'Äpfel & “quotes”',
      submittedBy: 'priya.raman@stls.example',
    };
    await writeReturn(site, filing, undefined);
    const mine = countingById((await readHeld(site)).returns).get('KPI|Dover|2026-27|1');
    expect(mine).toBeDefined();
    expect(await writeReturn(site, filing, mine)).toEqual({ kind: 'written' });
    expect(requests.filter((one) => !one.startsWith('GET'))).toEqual([
      expect.stringMatching(/^POST \/v1\.0\/sites\/.*\/items$/),
      expect.stringMatching(/^PATCH \/v1\.0\/sites\/.*\/items\/\d+\/fields$/),
    ]);
  });

  test('of provisioning is too, and provisioning again changes nothing', async () => {
    const emulator = await startEmulator({
      port: 0,
      databaseFile: ':memory:',
      seed: councilSite(),
      now: () => new Date('2026-09-01T08:00:00Z'),
    });
    onTestFinished(() => emulator.close());
    const { url, requests } = await inspected(emulator.app);
    const site = siteAt(url);
    await provisionLists(site);
    const written = requests.filter((one) => !one.startsWith('GET'));
    expect(written.length).toBeGreaterThan(BOT_LISTS.length);
    requests.length = 0;
    await provisionLists(site);
    expect(requests.filter((one) => !one.startsWith('GET'))).toEqual([]);
  });
});
