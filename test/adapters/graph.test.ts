import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TokenCredential } from '@azure/identity';
import express from 'express';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../../adapters/errors.ts';
import { BOT_LISTS } from '../../adapters/sharepoint/bot-lists.ts';
import { createGraph } from '../../adapters/sharepoint/graph.ts';
import { provisionList } from '../../adapters/sharepoint/provision-lists.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { writeReturn } from '../../adapters/sharepoint/write-return.ts';
import { countingById } from '../../bot/returns/return.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import { startEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { requestProblems } from '../contract/openapi.ts';
import { demoSites, siteAt } from './demo-site.ts';

type Seen = { method: string; url: string; authorization: string | undefined };
type Loopback = { url: string; seen: Seen[] };

/** A server on this machine that notes what reaches it. */
async function loopback(
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void,
): Promise<Loopback> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, authorization: headers.authorization });
    answer(request, response, seen.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, seen };
}

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

afterEach(() => vi.unstubAllGlobals());

describe('a token', () => {
  test('on loopback is the emulator’s own, and no credential is asked for a real one', async () => {
    const graph = await loopback((_request, response) => json(response, 200, { id: 'x' }));
    const asks = credential();
    await createGraph(graph.url, asks).get('/sites/x');
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
    await expect(createGraph(graph.url).getAll('/sites/x/lists')).rejects.toThrow(UnexpectedAnswer);
    expect(elsewhere.seen).toEqual([]);
  });

  test.each([302, 307, 308])('does not follow a %i to another port', async (status) => {
    const elsewhere = await loopback((_request, response) => json(response, 200, { id: 'stolen' }));
    const graph = await loopback((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/v1.0/sites/x` });
      response.end();
    });
    const speaking = createGraph(graph.url);
    await expect(speaking.get('/sites/x')).rejects.toThrow(NetworkFailed);
    await expect(speaking.post('/sites/x', { fields: {} })).rejects.toThrow(NetworkFailed);
    expect(elsewhere.seen, 'neither the token nor what was to be written').toEqual([]);
  });

  test('is not sent where a whole address names another host', async () => {
    const elsewhere = await loopback((_request, response) => json(response, 200, {}));
    const graph = await loopback((_request, response) => json(response, 200, {}));
    const { port } = new URL(elsewhere.url);
    const speaking = createGraph(graph.url);
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
    const graph = createGraph('https://graph.microsoft.com', asks);
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
    const graph = createGraph('https://graph.microsoft.com');
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
    expect(await createGraph(graph.url).getAll('/sites/x/lists?$expand=fields')).toEqual([
      1, 2, 3, 4,
    ]);
    expect(graph.seen.slice(1).map(({ url }) => url)).toEqual(
      tokens.map((token) => `/v1.0/sites/x/lists?${token}`),
    );
    expect(new Set(graph.seen.map((one) => one.authorization)).size).toBe(1);
  });

  test('that is no collection is not taken for an empty one', async () => {
    const graph = await loopback((_request, response) => json(response, 200, { items: [] }));
    await expect(createGraph(graph.url).getAll('/sites/x/lists')).rejects.toThrow(UnexpectedAnswer);
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
    const failed = createGraph(graph.url).get('/sites/x');
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
    expect(await createGraph(graph.url).get('/sites/x')).toEqual({ id: 'x' });
    expect(graph.seen).toHaveLength(3);
  });

  test('is the network where the connection is cut or there is nothing to connect to', async () => {
    const graph = await loopback((request) => request.socket.destroy());
    await expect(createGraph(graph.url).get('/sites/x')).rejects.toThrow(NetworkFailed);
    await expect(createGraph(graph.url).post('/sites/x', {})).rejects.toThrow(NetworkFailed);
    await expect(createGraph('http://127.0.0.1:1').get('/sites/x')).rejects.toThrow(
      'Microsoft Graph could not be reached (GET /sites/x)',
    );
  });

  test('is told apart from success where the answer is no JSON', async () => {
    const graph = await loopback((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html>Bad gateway</html>');
    });
    await expect(createGraph(graph.url).get('/sites/x')).rejects.toMatchObject({ status: 502 });
  });

  test('does not make a second item where a gateway gave up after the first was made', async () => {
    const graph = await loopback((_request, response, nth) =>
      nth === 1
        ? json(response, 504, refusal('gatewayTimeout'), { 'retry-after': '0' })
        : json(response, 201, { id: '2' }),
    );
    const made = createGraph(graph.url).post('/sites/x/lists/y/items', { fields: {} });
    await expect(made).rejects.toMatchObject({ status: 504 });
    expect(graph.seen).toHaveLength(1);
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
    const made: string[] = [];
    for (const list of BOT_LISTS) {
      const dry = await provisionList(site, list, true);
      expect(await provisionList(site, list, false)).toEqual(dry);
      made.push(dry.kind);
    }
    expect(new Set(made)).toEqual(new Set(['made']));
    requests.length = 0;
    for (const list of BOT_LISTS) {
      expect(await provisionList(site, list, false)).toEqual({ kind: 'there already' });
    }
    expect(requests.filter((one) => !one.startsWith('GET'))).toEqual([]);
  });
});
