import { describe, expect, test } from 'vitest';
import { RequestCounter } from '../../../infra/local/sharepoint/request-counter.ts';
import { noteOf } from '../../../infra/local/sharepoint/request-kinds.ts';
import { asAdministrator, session } from './graph-session.ts';

const list = '/sites/a,b,c/lists/STLS%20Returns';

describe('a request', () => {
  test.each([
    ['GET', '/sites/council.example:/sites/stls', 'site', 1],
    ['GET', '/sites/a,b,c', 'site', 1],
    ['GET', '/sites/a,b,c/lists?$select=id', 'lists', 2],
    ['POST', '/sites/a,b,c/lists', 'lists', 2],
    ['GET', '/sites/a,b,c/permissions', 'permissions', 5],
    ['PATCH', '/sites/a,b,c/permissions/x', 'permissions', 5],
    ['GET', list, 'lists', 1],
    ['GET', `${list}?$expand=permissions`, 'permissions', 5],
    ['GET', `${list}/columns`, 'columns', 2],
    ['GET', `${list}/columns/Title`, 'columns', 1],
    ['PATCH', `${list}/columns/Title`, 'columns', 2],
    ['GET', `${list}/items?$expand=fields`, 'items', 2],
    ['GET', `${list}/items/3`, 'item', 1],
    ['GET', `${list}/items/3/fields`, 'item', 1],
    ['GET', `${list}/items/3/versions`, 'item', 2],
    ['GET', `${list}/items/3/versions/1.0`, 'item', 1],
    ['GET', `${list}/items/delta`, 'delta', 2],
    ['GET', `${list}/items/delta()?$expand=fields`, 'delta', 2],
    ['GET', `${list}/items/delta?token=latest`, 'delta', 1],
    ['GET', `${list}/items/delta?$skiptoken=x`, 'delta', 1],
    ['POST', `${list}/items`, 'write', 2],
    ['PATCH', `${list}/items/3/fields`, 'write', 2],
    ['DELETE', `${list}/items/3`, 'write', 2],
    ['GET', `${list}/subscriptions`, 'subscriptions', 2],
    ['POST', '/subscriptions', 'subscriptions', 2],
    ['GET', '/subscriptions/x', 'subscriptions', 1],
    ['POST', '/$batch', 'batch', 0],
    ['GET', '/users', 'other', 1],
  ])('%s %s is of the kind %s and costs %i', (method, address, kind, units) => {
    expect(noteOf(method, address)).toMatchObject({ kind, units });
  });

  test('is to the list in its address, however the site is named', () => {
    const sites = ['/sites/a,b,c', '/sites/x.example:/sites/stls:', '/sites/x.example%3A/y%3A'];
    for (const site of sites) {
      const note = noteOf('GET', `${site}/lists/STLS%20Returns/items`);
      expect(note).toEqual({ kind: 'items', list: 'STLS Returns', units: 2 });
    }
  });
});

describe('the counter', () => {
  const request = {
    method: 'GET',
    kind: 'items',
    list: 'Returns',
    units: 2,
    userAgent: undefined,
  } as const;

  test('finds the busiest 60 seconds, wherever they begin', () => {
    let now = 0;
    const counter = new RequestCounter(() => now);
    for (const at of [0, 50_000, 70_000, 100_000, 109_999, 170_000]) {
      now = at;
      counter.count(request);
    }
    const { resourceUnits } = counter.read();
    expect(resourceUnits).toEqual({ total: 12, busiestMinute: 8 });
    now = 300_000;
    expect(counter.unitsInLastMinute()).toBe(0);
  });

  test('knows when units come free again', () => {
    let now = 0;
    const counter = new RequestCounter(() => now);
    for (const at of [0, 10_000, 20_000]) {
      now = at;
      counter.count(request);
    }
    expect(counter.secondsUntilBelow(6)).toBe(40);
    expect(counter.secondsUntilBelow(3)).toBe(50);
  });
});

describe('a running emulator', () => {
  test('counts by method, kind, list and User-Agent, and what failed by order', async () => {
    const graph = await session();
    const { faults, requests } = graph.emulator;
    const agent = { 'user-agent': 'NONISV|Council|Bot/1.0' };
    const { body } = await graph.send('GET', graph.list('Returns'), undefined, agent);
    await graph.page(graph.list(String(Object(body).id), '/items/delta?token=latest'), agent);
    faults.order([{ kind: '429 seconds', times: 1 }]);
    await graph.send('GET', graph.list('Returns', '/items'), undefined, agent);
    await graph.add('Training dates', { Title: 'x' });
    await graph.send('GET', graph.list('Nowhere', '/items'));
    expect(requests.read()).toMatchObject({
      total: 5,
      byMethod: { GET: 4, POST: 1 },
      byKind: { lists: 1, delta: 1, items: 2, write: 1 },
      byList: {
        Returns: { lists: 1, delta: 1, items: 1 },
        'Training dates': { write: 1 },
        Nowhere: { items: 1 },
      },
      failedByOrder: 1,
      refusedForBudget: 0,
      resourceUnits: { total: 8, busiestMinute: 8 },
      userAgents: { 'NONISV|Council|Bot/1.0': 3, node: 2 },
    });
  });

  test('shows the counts at /emulator/requests and sets them back', async () => {
    const graph = await session();
    await graph.send('GET', graph.list('Returns'));
    const read = async () => (await fetch(`${graph.url}/emulator/requests`)).json();
    expect(await read()).toMatchObject({ total: 1, byKind: { lists: 1 } });
    await fetch(`${graph.url}/emulator/requests`, { method: 'DELETE' });
    expect(await read()).toMatchObject({ total: 0, byKind: {} });
    expect(graph.emulator.requests.read().total).toBe(0);
  });

  test('does not count the administrator', async () => {
    const graph = await session();
    await graph.send('GET', graph.list('Returns'), undefined, asAdministrator);
    expect(graph.emulator.requests.read().total).toBe(0);
  });

  test('can hold the application to a budget of units', async () => {
    const graph = await session({ unitsPerMinute: 5 });
    const read = () => graph.send('GET', graph.list('Returns', '/items'));
    expect([(await read()).status, (await read()).status]).toEqual([200, 200]);
    const over = await read();
    expect(over.status).toBe(429);
    const seconds = Number(over.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(graph.emulator.requests.read().refusedForBudget).toBe(1);
  });
});
