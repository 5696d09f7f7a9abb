import { describe, expect, test } from 'vitest';
import {
  FaultOrders,
  type FaultRule,
  type FaultTarget,
} from '../../../infra/local/sharepoint/fault-rules.ts';
import { asAdministrator, session, type GraphSession } from './graph-session.ts';

const add = (graph: GraphSession, headers: Record<string, string> = {}): Promise<Response> =>
  graph.raw('POST', graph.list('Returns', '/items'), { fields: { Title: 'New' } }, headers);

async function titles(graph: GraphSession): Promise<unknown[]> {
  const path = graph.list('Returns', '/items?$expand=fields');
  const items = await graph.everyItem(path, asAdministrator);
  return items.map(({ fields }) => fields?.['Title']);
}

/** Whether the item was added, whatever was answered. */
const wasDone = async (graph: GraphSession): Promise<boolean> =>
  (await titles(graph)).includes('New');

async function failing(rule: FaultRule): Promise<GraphSession> {
  const graph = await session();
  graph.emulator.faults.order([rule]);
  return graph;
}

describe('a request can be refused, nothing done:', () => {
  test('429 and 503 with seconds', async () => {
    for (const [kind, status] of [
      ['429 seconds', 429],
      ['503 seconds', 503],
    ] as const) {
      for (const [given, header] of [
        [undefined, '1'],
        [0, '0'],
        [17, '17'],
      ] as const) {
        const rule = { kind, ...(given === undefined ? {} : { retryAfterSeconds: given }) };
        const graph = await failing(rule);
        const answer = await add(graph);
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, header]);
        expect(await wasDone(graph)).toBe(false);
      }
    }
  });

  test('429 with a date', async () => {
    const graph = await failing({ kind: '429 date', retryAfterSeconds: 60 });
    const answer = await add(graph);
    const header = String(answer.headers.get('retry-after'));
    expect(new Date(header).toUTCString()).toBe(header);
    const ahead = Date.parse(header) - Date.parse(String(answer.headers.get('date')));
    expect(ahead).toBeGreaterThanOrEqual(58_000);
    expect(ahead).toBeLessThanOrEqual(62_000);
    expect(await wasDone(graph)).toBe(false);
  });

  test.each([
    ['429 bare', 429, 'activityLimitReached'],
    ['503 bare', 503, 'serviceNotAvailable'],
    ['500', 500, 'generalException'],
    ['504 before', 504, 'gatewayTimeout'],
  ] as const)('%s', async (kind, status, code) => {
    const graph = await failing({ kind });
    const answer = await add(graph);
    expect(answer.status).toBe(status);
    expect(answer.headers.has('retry-after')).toBe(false);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect(await wasDone(graph)).toBe(false);
  });

  test('502 with a page of HTML', async () => {
    const graph = await failing({ kind: '502' });
    const answer = await add(graph);
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('Bad Gateway');
    expect(await wasDone(graph)).toBe(false);
  });

  test('a connection that breaks', async () => {
    const graph = await failing({ kind: 'dropped before' });
    await expect(add(graph)).rejects.toThrow(TypeError);
    expect(await wasDone(graph)).toBe(false);
  });
});

describe('a request can be carried out and its answer spoilt:', () => {
  test('504', async () => {
    const graph = await failing({ kind: '504 after' });
    const answer = await add(graph);
    expect(answer.status).toBe(504);
    expect(answer.headers.has('etag')).toBe(false);
    expect(await answer.json()).toMatchObject({ error: { code: 'gatewayTimeout' } });
    expect(await wasDone(graph)).toBe(true);
  });

  test('504 for a delete, which has no answer of its own to spoil', async () => {
    const graph = await failing({ kind: '504 after' });
    const answer = await graph.raw('DELETE', graph.list('Returns', '/items/1'));
    expect(answer.status).toBe(504);
    expect(await titles(graph)).toEqual(['Dover, Term 1']);
  });

  test('a connection that breaks before the first byte', async () => {
    const graph = await failing({ kind: 'dropped after' });
    await expect(add(graph)).rejects.toThrow(TypeError);
    expect(await wasDone(graph)).toBe(true);
  });

  test('a body that stalls behind its head, for as long as is said', async () => {
    const graph = await failing({ kind: 'slow body', stallMilliseconds: 20 });
    const answer = await add(graph);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ fields: { Title: 'New' } });
  });

  test('a body that stalls for good, until the caller gives up', async () => {
    const graph = await failing({ kind: 'slow body' });
    const patience = new AbortController();
    const answer = await fetch(`${graph.url}/v1.0${graph.list('Returns', '/items')}`, {
      headers: { authorization: 'Bearer loopback-only' },
      signal: patience.signal,
    });
    expect(answer.status).toBe(200);
    const body = answer.text();
    patience.abort();
    await expect(body).rejects.toThrow('abort');
  });

  test('a body that is cut, with a length that agrees', async () => {
    const graph = await failing({ kind: 'truncated' });
    const answer = await add(graph);
    expect(answer.status).toBe(201);
    const text = await answer.text();
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(text.startsWith('{')).toBe(true);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(await wasDone(graph)).toBe(true);
  });
});

describe('a rule', () => {
  const target = (more: Partial<FaultTarget> = {}): FaultTarget => ({
    method: 'GET',
    list: 'Returns',
    path: '/sites/x/lists/Returns/items?$top=5',
    userAgent: 'NONISV|Council|Bot/1.0',
    ...more,
  });
  const fired = (rules: FaultRule[], targets: FaultTarget[]): boolean[] => {
    const orders = new FaultOrders();
    orders.order(rules);
    return targets.map((each) => orders.next(each) !== undefined);
  };
  const many = (count: number): FaultTarget[] => Array.from({ length: count }, () => target());

  test('fails each Nth request, and so many at most', () => {
    expect(fired([{ kind: '500', every: 3 }], many(7))).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(fired([{ kind: '500', times: 2 }], many(4))).toEqual([true, true, false, false]);
  });

  test('fails a share, the same requests for the same seed', () => {
    const rule = (seed: number): FaultRule => ({ kind: '500', rate: 0.25, seed });
    const first = fired([rule(7)], many(4000));
    expect(fired([rule(7)], many(4000))).toEqual(first);
    expect(fired([rule(8)], many(4000))).not.toEqual(first);
    const share = first.filter(Boolean).length / first.length;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
    expect(fired([{ kind: '500', rate: 0 }], many(100))).not.toContain(true);
  });

  test.each<[string, Partial<FaultRule>, Partial<FaultTarget>]>([
    ['method', { method: 'get' }, { method: 'PATCH' }],
    ['list', { list: 'returns' }, { list: 'Training dates' }],
    ['path', { path: '$top=5' }, { path: '/sites/x' }],
    ['user agent', { userAgent: 'NONISV|' }, { userAgent: undefined }],
  ])('looks at the %s', (_what, narrowed, other) => {
    expect(fired([{ kind: '500', ...narrowed }], [target(), target(other)])).toEqual([true, false]);
  });

  test('counts for itself, beside others', () => {
    const orders = new FaultOrders();
    orders.order([
      { kind: '500', every: 2 },
      { kind: '502', every: 3 },
    ]);
    const kinds = many(6).map((each) => orders.next(each)?.kind);
    expect(kinds).toEqual([undefined, '500', '502', '500', undefined, '500']);
    expect(orders.standing()).toMatchObject([
      { matched: 6, failed: 3 },
      { matched: 6, failed: 1 },
    ]);
    orders.clear();
    expect(orders.standing()).toEqual([]);
  });

  test('that makes no sense is refused', () => {
    const orders = new FaultOrders();
    for (const wrong of [{ kind: '418' }, { kind: '500', every: 0 }, { kind: '500', evry: 2 }]) {
      expect(() => orders.order([wrong as FaultRule])).toThrow('[');
    }
  });

  test('aims at one list and one kind of request of a running site', async () => {
    const graph = await failing({ kind: '503 seconds', list: 'Returns', path: '/items/delta' });
    const statusOf = async (path: string): Promise<number> => (await graph.raw('GET', path)).status;
    expect(await statusOf(graph.list('Returns', '/items/delta'))).toBe(503);
    expect(await statusOf(graph.list('Returns', '/items'))).toBe(200);
    expect(await statusOf(graph.list('Training dates', '/items/delta'))).toBe(200);
    const { body } = await graph.send('GET', `/sites/${graph.site}/lists?$select=id,displayName`);
    const id = Object(body).value.find((each: object) => Object(each).displayName === 'Returns').id;
    expect(await statusOf(graph.list(id, '/items/delta'))).toBe(503);
  });

  test('leaves the administrator, the pages and the levers alone', async () => {
    const graph = await failing({ kind: '500' });
    expect((await add(graph, asAdministrator)).status).toBe(201);
    expect((await fetch(`${graph.url}/lists/Returns`)).status).toBe(200);
    expect((await fetch(`${graph.url}/emulator/faults`)).status).toBe(200);
  });
});

describe('/emulator/faults', () => {
  const call = async (graph: GraphSession, method: string, body?: unknown) => {
    const answer = await fetch(`${graph.url}/emulator/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };

  test('orders, shows and clears the rules', async () => {
    const graph = await session();
    const rules = [{ kind: '500', every: 2 }];
    expect((await call(graph, 'PUT', { rules })).status).toBe(200);
    expect((await add(graph)).status).toBe(201);
    expect((await add(graph)).status).toBe(500);
    expect((await call(graph, 'GET')).body).toEqual({
      rules: [{ kind: '500', every: 2, matched: 2, failed: 1 }],
    });
    expect((await call(graph, 'DELETE')).status).toBe(204);
    expect((await call(graph, 'GET')).body).toEqual({ rules: [] });
  });

  test('says what is wrong with a rule', async () => {
    const graph = await session();
    const answer = await call(graph, 'PUT', { rules: [{ kind: 'sometimes' }] });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('rules[0].kind') },
    });
  });

  test('takes nothing from another website', async () => {
    const graph = await session();
    const answer = await fetch(`${graph.url}/emulator/faults`, {
      method: 'DELETE',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(answer.status).toBe(403);
  });
});
