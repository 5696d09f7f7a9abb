import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../../infra/local/sharepoint/grants.ts';
import { asAdministrator, refusalOf, session, type GraphSession } from './graph-session.ts';

const bot = { id: '0f0f0f0f-0000-4000-8000-00000000b075', displayName: 'Returns bot' };
const other = { id: '0f0f0f0f-0000-4000-8000-0000000000ff', displayName: 'Another' };
const permission = z.looseObject({ id: z.string(), roles: z.array(z.string()) });

type Act = [name: string, act: (graph: GraphSession) => Promise<{ status: number }>];

const reads: Act[] = [
  ['the site', (graph) => graph.send('GET', '/sites/council.example:/sites/stls')],
  ['its lists', (graph) => graph.send('GET', `/sites/${graph.site}/lists`)],
  ['items', (graph) => graph.send('GET', graph.list('Returns', '/items'))],
  ['delta', (graph) => graph.send('GET', graph.list('Returns', '/items/delta'))],
];
const itemWrites: Act[] = [
  ['adding', (graph) => graph.send('POST', graph.list('Returns', '/items'), { fields: {} })],
  ['changing', (graph) => graph.send('PATCH', graph.list('Returns', '/items/1/fields'), {})],
  ['deleting', (graph) => graph.send('DELETE', graph.list('Returns', '/items/2'))],
];
const listWrites: Act[] = [
  [
    'a new list',
    (graph) => graph.send('POST', `/sites/${graph.site}/lists`, { displayName: 'New' }),
  ],
  [
    'a new column',
    (graph) => graph.send('POST', graph.list('Returns', '/columns'), { name: 'N', text: {} }),
  ],
  ['a renamed list', (graph) => graph.send('PATCH', graph.list('Returns'), { description: 'x' })],
  ['a removed list', (graph) => graph.send('DELETE', graph.list('Training dates'))],
];

async function statuses(graph: GraphSession, acts: Act[]): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  for (const [name, act] of acts) done[name] = (await act(graph)).status;
  return done;
}

function all(acts: Act[], expected: (status: number) => boolean, done: Record<string, number>) {
  const wrong = acts
    .map(([name]) => ({ name, status: done[name] ?? 0 }))
    .filter(({ status }) => !expected(status));
  expect(wrong).toEqual([]);
}

describe('the application’s role', () => {
  test.each<[Role, Act[], Act[]]>([
    ['none', [], [...reads, ...itemWrites, ...listWrites]],
    ['read', reads, [...itemWrites, ...listWrites]],
    ['write', [...reads, ...itemWrites], listWrites],
    ['manage', [...reads, ...itemWrites, ...listWrites], []],
    ['fullcontrol', [...reads, ...itemWrites, ...listWrites], []],
  ])('%s allows what it should and no more', async (role, allowed, refused) => {
    const graph = await session({ role });
    all(refused, (status) => status === 403, await statuses(graph, refused));
    all(allowed, (status) => status >= 200 && status < 300, await statuses(graph, allowed));
  });

  test('is manage unless another is asked for', async () => {
    const graph = await session();
    const done = await statuses(graph, listWrites);
    all(listWrites, (status) => status >= 200 && status < 300, done);
  });

  test('is checked before anything is said of what exists', async () => {
    const graph = await session({ role: 'read' });
    const stale = { 'if-match': '"stale,1"' };
    for (const path of ['/items/1/fields', '/items/99/fields']) {
      const answer = await graph.send('PATCH', graph.list('Returns', path), {}, stale);
      expect(refusalOf(answer)).toMatchObject({ status: 403, code: 'accessDenied' });
    }
    const nowhere = await graph.send('DELETE', graph.list('No such list', '/items/1'));
    expect(nowhere.status).toBe(403);
  });

  test('can be changed while the emulator runs', async () => {
    const graph = await session({ role: 'write' });
    const write = () => graph.send('PATCH', graph.list('Returns', '/items/1/fields'), {});
    expect((await write()).status).toBe(200);
    graph.emulator.grant('read');
    expect((await write()).status).toBe(403);
    graph.emulator.grant('write');
    expect((await write()).status).toBe(200);
  });

  test('is kept over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sharepoint-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const databaseFile = join(folder, 'sharepoint.db');
    const first = await session({ databaseFile, role: 'none' });
    await first.emulator.close();
    const graph = await session({ databaseFile });
    expect((await graph.send('GET', `/sites/${graph.site}`)).status).toBe(403);
  });

  test('does not bind the administrator, who writes under the site owner’s name', async () => {
    const graph = await session({ role: 'none' });
    const path = graph.list('Returns', '/items');
    const answer = await graph.send('POST', path, { fields: { Title: 'x' } }, asAdministrator);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ createdBy: { user: { displayName: 'Site Owner' } } });
  });
});

describe('the site’s permissions', () => {
  const permissions = (graph: GraphSession, id = ''): string =>
    `/sites/${graph.site}/permissions${id === '' ? '' : `/${id}`}`;
  const asked = (roles: string[], application = bot): object => ({
    roles,
    grantedToIdentities: [{ application }],
  });
  const send = (graph: GraphSession, method: string, path: string, body?: unknown) =>
    graph.send(method, path, body, asAdministrator);

  test('are not for the application, whatever its role', async () => {
    const graph = await session({ role: 'fullcontrol', application: bot });
    for (const answer of [
      await graph.send('GET', permissions(graph)),
      await graph.send('POST', permissions(graph), asked(['read'])),
    ]) {
      expect(refusalOf(answer)).toMatchObject({ status: 403, code: 'accessDenied' });
    }
  });

  test('begin as read or write, and are raised, lowered and taken away', async () => {
    const graph = await session({ role: 'none', application: bot });
    const newList = () => graph.send('POST', `/sites/${graph.site}/lists`, { displayName: 'New' });
    for (const roles of [['manage'], ['fullcontrol'], ['owner']]) {
      const answer = await send(graph, 'POST', permissions(graph), asked(roles));
      expect(refusalOf(answer).status).toBe(400);
    }
    const granted = await send(graph, 'POST', permissions(graph), asked(['write']));
    expect(granted.status).toBe(201);
    const { id, roles } = permission.parse(granted.body);
    expect(roles).toEqual(['write']);
    expect((await graph.send('GET', graph.list('Returns'))).status).toBe(200);
    expect((await newList()).status).toBe(403);

    const raised = await send(graph, 'PATCH', permissions(graph, id), { roles: ['manage'] });
    expect(raised.body).toMatchObject({ id, roles: ['manage'] });
    expect((await newList()).status).toBe(201);

    expect((await send(graph, 'DELETE', permissions(graph, id))).status).toBe(204);
    expect((await graph.send('GET', graph.list('Returns'))).status).toBe(403);
    expect((await send(graph, 'GET', permissions(graph, id))).status).toBe(404);
  });

  test('name their applications in the collection, and their roles one by one', async () => {
    const graph = await session({ role: 'read', application: bot });
    await send(graph, 'POST', permissions(graph), asked(['write'], other));
    const { body } = await send(graph, 'GET', permissions(graph));
    expect(body).toMatchObject({
      value: [
        { grantedToIdentitiesV2: [{ application: bot }] },
        { grantedToIdentitiesV2: [{ application: other }] },
      ],
    });
    const ids = z.object({ value: z.array(z.looseObject({ id: z.string() })) }).parse(body).value;
    const roles = [];
    for (const { id } of ids) {
      const one = await send(graph, 'GET', permissions(graph, id));
      roles.push(permission.parse(one.body).roles);
    }
    expect(roles).toEqual([['read'], ['write']]);
    expect(ids.every((each) => !('roles' in each))).toBe(true);
  });
});
