import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { session, type GraphSession } from './graph-session.ts';

const json = { 'Content-Type': 'application/json' };
const answers = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    }),
  ),
});
type PartAnswer = z.infer<typeof answers>['responses'][number];

async function batch(
  graph: GraphSession,
  requests: object[],
): Promise<Record<string, PartAnswer | undefined>> {
  const answer = await graph.send('POST', '/$batch', { requests });
  expect(answer.status).toBe(200);
  const { responses } = answers.parse(answer.body);
  return Object.fromEntries(responses.map((each) => [each.id, each]));
}

const reading = (graph: GraphSession, id: string): object => ({
  id,
  method: 'GET',
  url: graph.list('Returns', '/items/1?$expand=fields'),
});

describe('a batch', () => {
  test('answers each part on its own', async () => {
    const graph = await session();
    const { a, b, c, d } = await batch(graph, [
      reading(graph, 'a'),
      {
        id: 'b',
        method: 'POST',
        url: graph.list('Returns', '/items').slice(1),
        headers: json,
        body: { fields: { Title: 'New' } },
      },
      { id: 'c', method: 'DELETE', url: graph.list('Returns', '/items/2') },
      { id: 'd', method: 'GET', url: graph.list('Returns', '/items/99') },
    ]);
    expect(a).toMatchObject({ status: 200, body: { id: '1', fields: { District: 'Ashford' } } });
    expect(b).toMatchObject({ status: 201, headers: { ETag: expect.any(String) } });
    expect(c).toEqual({ id: 'c', status: 204, headers: {} });
    expect(d).toMatchObject({ status: 404, body: { error: { code: 'itemNotFound' } } });
    expect((await graph.item('Returns', '3')).fields).toMatchObject({ Title: 'New' });
  });

  test('answers in another order than it was asked', async () => {
    const graph = await session();
    const requests = ['1', '2', '3'].map((id) => reading(graph, id));
    const { body } = await graph.send('POST', '/$batch', { requests });
    expect(answers.parse(body).responses.map(({ id }) => id)).not.toEqual(['1', '2', '3']);
  });

  test('holds 20 parts and refuses 21', async () => {
    const graph = await session();
    const parts = Array.from({ length: 21 }, (_, index) => reading(graph, String(index)));
    expect(Object.keys(await batch(graph, parts.slice(0, 20)))).toHaveLength(20);
    const answer = await graph.raw('POST', '/$batch', { requests: parts });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('at most 20');
  });

  test('refuses an id that is there twice and an unknown dependency', async () => {
    const graph = await session();
    const twice = [reading(graph, 'a'), reading(graph, 'a')];
    const unknown = [{ ...reading(graph, 'a'), dependsOn: ['b'] }];
    const untyped = [{ id: 'a', method: 'POST', url: graph.list('Returns', '/items'), body: {} }];
    for (const requests of [twice, unknown, untyped]) {
      const answer = await graph.raw('POST', '/$batch', { requests });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { code: 'invalidRequest' } });
    }
  });

  test('takes no whole addresses and no batch within a batch', async () => {
    const graph = await session();
    const { a, b } = await batch(graph, [
      { id: 'a', method: 'GET', url: `${graph.url}/v1.0/sites/${graph.site}` },
      { id: 'b', method: 'POST', url: '/$batch', headers: json, body: { requests: [] } },
    ]);
    expect([a?.status, b?.status]).toEqual([400, 400]);
  });

  test('waits for what a part depends on, and fails with it', async () => {
    const graph = await session();
    const write = (id: string, item: string, Title: string, dependsOn: string[]): object => ({
      id,
      method: 'PATCH',
      url: graph.list('Returns', `/items/${item}/fields`),
      headers: json,
      body: { Title },
      dependsOn,
    });
    const done = await batch(graph, [
      write('1', '1', 'First', []),
      write('2', '1', 'Second', ['1']),
      write('3', '99', 'Nowhere', ['2']),
      write('4', '2', 'Never', ['3']),
      write('5', '2', 'Nor this', ['4']),
    ]);
    expect(['1', '2', '3', '4', '5'].map((id) => done[id]?.status)).toEqual([
      200, 200, 404, 424, 424,
    ]);
    expect((await graph.item('Returns', '1')).fields).toMatchObject({ Title: 'Second' });
    expect((await graph.item('Returns', '2')).fields).toMatchObject({ Title: 'Dover, Term 1' });
  });

  test('throttles its parts one by one inside a 200', async () => {
    const graph = await session();
    graph.emulator.faults.order([{ kind: '429 seconds', every: 2, retryAfterSeconds: 7 }]);
    const done = await batch(
      graph,
      ['1', '2', '3', '4'].map((id) => reading(graph, id)),
    );
    const throttled = Object.values(done).filter((each) => each?.status === 429);
    expect(throttled).toHaveLength(2);
    for (const each of throttled) expect(each?.headers).toMatchObject({ 'Retry-After': '7' });
    expect(Object.values(done).filter((each) => each?.status === 200)).toHaveLength(2);
  });

  test('answers 504 for a part whose connection breaks', async () => {
    const graph = await session();
    graph.emulator.faults.order([{ kind: 'dropped after', list: 'Returns', method: 'PATCH' }]);
    const { a } = await batch(graph, [
      {
        id: 'a',
        method: 'PATCH',
        url: graph.list('Returns', '/items/1/fields'),
        headers: json,
        body: { Title: 'Done all the same' },
      },
    ]);
    expect(a?.status).toBe(504);
    expect((await graph.item('Returns', '1')).fields).toMatchObject({
      Title: 'Done all the same',
    });
  });

  test('can itself be failed by its path', async () => {
    const graph = await session();
    graph.emulator.faults.order([{ kind: '503 seconds', path: '$batch' }]);
    const answer = await graph.send('POST', '/$batch', { requests: [reading(graph, 'a')] });
    expect(answer.status).toBe(503);
  });

  test('is free, and its parts are counted one by one', async () => {
    const graph = await session();
    await batch(graph, [reading(graph, 'a'), reading(graph, 'b')]);
    expect(graph.emulator.requests.read()).toMatchObject({
      total: 3,
      byKind: { batch: 1, item: 2 },
      resourceUnits: { total: 2 },
    });
  });
});
