import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { refusalOf, session, type Answer, type GraphSession } from './graph-session.ts';
import { subscriber, type Subscriber } from './subscriber.ts';

const start = new Date('2026-11-02T10:00:00Z');
const minute = 60_000;
const made = z.looseObject({ id: z.string(), expirationDateTime: z.string() });
const listed = z.object({ value: z.array(made) });

function inMinutes(minutes: number): string {
  return new Date(start.getTime() + minutes * minute).toISOString();
}

/** Notifications that need little patience, so that failing ones need none of ours. */
const brisk = { gather: 5, patience: 200, retries: [5, 5] };

function wanted(graph: GraphSession, url: string, changes: object = {}): object {
  return {
    changeType: 'updated',
    notificationUrl: url,
    resource: `sites/${graph.site}/lists/Returns`,
    expirationDateTime: inMinutes(1000),
    clientState: 'secret of ours',
    ...changes,
  };
}

async function subscribe(
  graph: GraphSession,
  url: string,
  changes: object = {},
): Promise<z.infer<typeof made>> {
  const answer = await graph.send('POST', '/subscriptions', wanted(graph, url, changes));
  expect(answer.status).toBe(201);
  return made.parse(answer.body);
}

async function followed(
  options: Parameters<typeof session>[0] = {},
  changes: object = {},
): Promise<{ graph: GraphSession; hook: Subscriber; id: string }> {
  const [graph, hook] = [await session({ notifications: brisk, ...options }), await subscriber()];
  const lifecycleNotificationUrl = hook.url;
  const { id } = await subscribe(graph, hook.url, { lifecycleNotificationUrl, ...changes });
  return { graph, hook, id };
}

const change = (graph: GraphSession): Promise<Answer> =>
  graph.send('PATCH', graph.list('Returns', '/items/1/fields'), { Title: 'Changed' });

describe('subscribing', () => {
  test('proves the address first and gives the secret back once only', async () => {
    const [graph, hook] = [await session(), await subscriber()];
    const { body } = await graph.send('POST', '/subscriptions', wanted(graph, hook.url));
    expect(body).toMatchObject({
      resource: `sites/${graph.site}/lists/Returns`,
      changeType: 'updated',
      clientState: 'secret of ours',
      expirationDateTime: inMinutes(1000),
    });
    expect(hook.validations).toEqual([
      expect.stringMatching(/^kept=a%20b&validationToken=[^ +]+$/),
    ]);
    const { id } = made.parse(body);
    const read = await graph.send('GET', `/subscriptions/${id}`);
    expect(read.body).toMatchObject({ id, clientState: null });
    for (const path of ['/subscriptions', graph.list('Returns', '/subscriptions')]) {
      const answer = await graph.send('GET', path);
      expect(answer.body).toMatchObject({ value: [{ id, clientState: null }] });
    }
    const elsewhere = await graph.send('GET', graph.list('Training dates', '/subscriptions'));
    expect(elsewhere.body).toMatchObject({ value: [] });
  });

  test('is refused where the token does not come back as it should', async () => {
    const graph = await session({ notifications: { patience: 50 } });
    const refusals: [Parameters<typeof subscriber>[0], RegExp][] = [
      [{ validation: (token, response) => response.writeHead(202).end(token) }, /202/],
      [
        {
          validation: (token, response) =>
            response.writeHead(200, { 'content-type': 'application/json' }).end(token),
        },
        /text\/plain/,
      ],
      [
        {
          validation: (token, response) =>
            response
              .writeHead(200, { 'content-type': 'text/plain' })
              .end(encodeURIComponent(token)),
        },
        /decoded/,
      ],
      [{ validation: () => undefined }, /within 0.05 seconds/],
    ];
    for (const [manners, reason] of refusals) {
      const hook = await subscriber(manners);
      const answer = await graph.send('POST', '/subscriptions', wanted(graph, hook.url));
      expect(refusalOf(answer)).toMatchObject({
        status: 400,
        message: expect.stringMatching(reason),
      });
    }
    const nobody = wanted(graph, 'http://127.0.0.1:9/nobody');
    expect((await graph.send('POST', '/subscriptions', nobody)).status).toBe(400);
    expect(graph.emulator.subscriptions.list()).toEqual([]);
  });

  test('proves the lifecycle address too', async () => {
    const [graph, hook] = [await session(), await subscriber()];
    const deaf = await subscriber({
      validation: (_token, response) => response.writeHead(404).end(),
    });
    const body = wanted(graph, hook.url, { lifecycleNotificationUrl: deaf.url });
    const answer = await graph.send('POST', '/subscriptions', body);
    expect(refusalOf(answer).message).toContain('lifecycleNotificationUrl');
    expect(deaf.validations).toHaveLength(1);
  });

  test.each([
    ['another change', { changeType: 'created,updated' }, 'updated'],
    ['a long secret', { clientState: 'x'.repeat(129) }, 'clientState'],
    ['a long term', { expirationDateTime: inMinutes(42_301) }, '42300 minutes'],
    ['a term that is over', { expirationDateTime: inMinutes(-1) }, 'future'],
    ['plain http elsewhere', { notificationUrl: 'http://council.example/x' }, 'https'],
    ['another resource', { resource: 'me/messages' }, 'resource'],
  ])('is refused with %s', async (_what, changes, reason) => {
    const [graph, hook] = [await session(), await subscriber()];
    const answer = await graph.send('POST', '/subscriptions', wanted(graph, hook.url, changes));
    const refusal = refusalOf(answer);
    expect(refusal.status).toBe(400);
    expect(refusal.message).toContain(reason);
    expect(hook.validations).toEqual([]);
  });

  test('to a list that is not there is not found', async () => {
    const [graph, hook] = [await session(), await subscriber()];
    const resource = `sites/${graph.site}/lists/None`;
    const answer = await graph.send(
      'POST',
      '/subscriptions',
      wanted(graph, hook.url, { resource }),
    );
    expect(answer.status).toBe(404);
  });

  test('takes 42,300 minutes and 128 characters, and makes a short term 45 minutes', async () => {
    const [graph, hook] = [await session(), await subscriber()];
    const longest = { expirationDateTime: inMinutes(42_300), clientState: 'x'.repeat(128) };
    expect((await subscribe(graph, hook.url, longest)).expirationDateTime).toBe(inMinutes(42_300));
    const short = await subscribe(graph, hook.url, { expirationDateTime: inMinutes(1) });
    expect(short.expirationDateTime).toBe(inMinutes(45));
  });
});

describe('a change', () => {
  test('is told of once for many, in Graph’s words', async () => {
    const { graph, hook, id } = await followed();
    await change(graph);
    await graph.add('Returns', { Title: 'New' });
    await graph.send('DELETE', graph.list('Returns', '/items/2'));
    await graph.emulator.subscriptions.settled();
    expect(hook.heard.length).toBeGreaterThan(0);
    expect(hook.heard.length).toBeLessThanOrEqual(3);
    expect(hook.heard[0]).toEqual({
      subscriptionId: id,
      subscriptionExpirationDateTime: inMinutes(1000),
      clientState: 'secret of ours',
      changeType: 'updated',
      resource: `sites/${graph.site}/lists/Returns`,
      siteUrl: '/sites/stls',
      tenantId: expect.any(String),
      webId: expect.any(String),
      resourceData: { '@odata.type': '#Microsoft.Graph.listItem' },
    });
  });

  test('gathers what comes within its time into one notification', async () => {
    const { graph, hook } = await followed({ notifications: { ...brisk, gather: 60_000 } });
    await change(graph);
    await change(graph);
    await graph.emulator.subscriptions.settled();
    expect(hook.heard).toHaveLength(1);
  });

  test('that a person makes on a page is told of too', async () => {
    const { graph, hook } = await followed();
    const answer = await fetch(`${graph.url}/lists/Returns/new`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ 'cell-Title': 'By hand', 'cell-District': 'Dover' }),
    });
    expect(answer.status).toBe(303);
    await hook.hears(1);
  });

  test('of another list, and one that was refused, are told to nobody', async () => {
    const { graph, hook } = await followed();
    await graph.add('Training dates', { Title: 'Elsewhere' });
    const stale = { 'if-match': '"stale,1"' };
    const path = graph.list('Returns', '/items/1/fields');
    expect((await graph.send('PATCH', path, { Title: 'Late' }, stale)).status).toBe(412);
    await graph.emulator.subscriptions.settled();
    expect(hook.heard).toEqual([]);
  });

  test('is told again until it is acknowledged', async () => {
    const graph = await session({ notifications: brisk });
    const hook = await subscriber({ status: (attempt) => (attempt < 3 ? 503 : 202) });
    await subscribe(graph, hook.url);
    await change(graph);
    await graph.emulator.subscriptions.settled();
    expect(hook.heard).toHaveLength(3);
  });

  test('is given up after a few attempts', async () => {
    const graph = await session({ notifications: brisk });
    const hook = await subscriber({ status: () => 500 });
    await subscribe(graph, hook.url);
    await change(graph);
    await graph.emulator.subscriptions.settled();
    expect(hook.heard).toHaveLength(3);
  });

  test('can be held back so that only asking delta finds it', async () => {
    const { graph, hook } = await followed();
    const { subscriptions } = graph.emulator;
    const before = await graph.page(graph.list('Returns', '/items/delta?token=latest'));
    subscriptions.hold();
    await change(graph);
    await subscriptions.settled();
    expect(hook.heard).toEqual([]);
    expect((await graph.page(String(before['@odata.deltaLink']))).value).toHaveLength(1);
    subscriptions.release('lose');
    await subscriptions.settled();
    expect(hook.heard).toEqual([]);
    subscriptions.hold();
    await change(graph);
    subscriptions.release();
    await hook.hears(1);
  });
});

describe('a subscription', () => {
  test('that has expired sends nothing and is not found', async () => {
    let now = start;
    const { graph, hook, id } = await followed({ now: () => now });
    now = new Date(start.getTime() + 1000 * minute);
    await change(graph);
    await graph.emulator.subscriptions.settled();
    expect(hook.heard).toEqual([]);
    expect((await graph.send('GET', `/subscriptions/${id}`)).status).toBe(404);
    const body = { expirationDateTime: inMinutes(5000) };
    expect((await graph.send('PATCH', `/subscriptions/${id}`, body)).status).toBe(404);
    expect(listed.parse((await graph.send('GET', '/subscriptions')).body).value).toEqual([]);
  });

  test('is renewed for another term within the limit', async () => {
    const { graph, id } = await followed();
    const renewed = await graph.send('PATCH', `/subscriptions/${id}`, {
      expirationDateTime: inMinutes(42_300),
    });
    expect(renewed.body).toMatchObject({ id, expirationDateTime: inMinutes(42_300) });
    const tooLong = await graph.send('PATCH', `/subscriptions/${id}`, {
      expirationDateTime: inMinutes(42_301),
    });
    expect(refusalOf(tooLong).message).toContain('42300 minutes');
  });

  test('that is deleted sends nothing more', async () => {
    const { graph, hook, id } = await followed();
    expect((await graph.send('DELETE', `/subscriptions/${id}`)).status).toBe(204);
    await change(graph);
    await graph.emulator.subscriptions.settled();
    expect(hook.heard).toEqual([]);
    expect((await graph.send('DELETE', `/subscriptions/${id}`)).status).toBe(404);
  });

  test('can be removed behind the subscriber’s back, who is told of it', async () => {
    const { graph, hook, id } = await followed();
    expect(await graph.emulator.subscriptions.remove(id)).toBe('acknowledged');
    expect(hook.heard).toMatchObject([
      { subscriptionId: id, clientState: 'secret of ours', lifecycleEvent: 'subscriptionRemoved' },
    ]);
    expect((await graph.send('GET', `/subscriptions/${id}`)).status).toBe(404);
    await expect(graph.emulator.subscriptions.remove(id)).rejects.toThrow(id);
  });

  test('tells of what was missed and asks to be reauthorised', async () => {
    const { graph, hook, id } = await followed();
    const { subscriptions } = graph.emulator;
    expect(await subscriptions.sendMissed(id)).toBe('acknowledged');
    expect(await subscriptions.requireReauthorization(id)).toBe('acknowledged');
    expect(hook.heard.map(({ lifecycleEvent }) => lifecycleEvent)).toEqual([
      'missed',
      'reauthorizationRequired',
    ]);
    expect(subscriptions.list()).toMatchObject([{ id, list: 'Returns', reauthorizedAt: null }]);
    expect((await graph.send('POST', `/subscriptions/${id}/reauthorize`)).status).toBe(204);
    expect(subscriptions.list()).toMatchObject([{ id, reauthorizedAt: start.toISOString() }]);
  });

  test('without a lifecycle address says nothing of itself', async () => {
    const { graph, id } = await followed({}, { lifecycleNotificationUrl: null });
    expect(await graph.emulator.subscriptions.sendMissed(id)).toBe('no address');
  });

  test('outlives a restart, and goes with its list', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sharepoint-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const databaseFile = join(folder, 'sharepoint.db');
    const first = await followed({ databaseFile });
    await first.graph.emulator.close();
    const graph = await session({ databaseFile, notifications: brisk });
    await change(graph);
    expect(await first.hook.hears(1)).toMatchObject([{ subscriptionId: first.id }]);
    await graph.send('DELETE', graph.list('Returns'));
    expect((await graph.send('GET', `/subscriptions/${first.id}`)).status).toBe(404);
  });
});
