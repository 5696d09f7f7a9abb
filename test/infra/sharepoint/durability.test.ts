import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clockFrom } from '../../../infra/local/sharepoint/clock.ts';
import { createEmulator } from '../../../infra/local/sharepoint/emulator.ts';
import { session } from './graph-session.ts';
import { smallSite } from './small-site.ts';

const entry = new URL('../../../infra/local/sharepoint/main.ts', import.meta.url).pathname;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sharepoint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function run(folder: string, port: number, more: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, SHAREPOINT_PORT: String(port), LOCAL_FOLDER: folder, ...more };
  const child = spawn(process.execPath, [entry], { env, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function firstLine(child: ChildProcess, stream: 'stdout' | 'stderr'): Promise<string> {
  const source = child[stream];
  if (source === null) throw new Error(`The process has no ${stream}.`);
  const [chunk] = (await once(source, 'data')) as [Buffer];
  return chunk.toString();
}

/** A database that holds the small site, so that the process does not load the demo's. */
function prepare(folder: string): void {
  const databaseFile = join(folder, 'sharepoint.db');
  createEmulator({ databaseFile, seed: smallSite(), now: () => new Date() }).close();
}

async function call(port: number, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1.0${path}`, {
    method,
    headers: { authorization: 'Bearer loopback-only', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

describe('the database file', () => {
  test('keeps items, indexes, versions and delta tokens over a restart', async () => {
    const databaseFile = join(temporaryFolder(), 'sharepoint.db');
    const before = await session({ databaseFile });
    const start = await before.page(before.list('Returns', '/items/delta?token=latest'));
    const token = new URL(String(start['@odata.deltaLink'])).searchParams.get('token');
    await before.add('Returns', { Title: 'Kept', District: 'Thanet' });
    const read = await before.item('Returns', '3');
    await before.emulator.close();

    const after = await session({ databaseFile });
    expect(after.site).toBe(before.site);
    expect((await after.item('Returns', '3')).fields).toEqual(read.fields);
    const filter = encodeURIComponent("fields/District eq 'Thanet'");
    const found = await after.page(after.list('Returns', `/items?$filter=${filter}`));
    expect(found.value.map((item) => item.id)).toEqual(['3']);
    const changes = await after.page(after.list('Returns', `/items/delta?token=${token}`));
    expect(changes.value.map((item) => item.id)).toEqual(['3']);
  });

  test('is left new when its seed will not load, so that the next start loads it', () => {
    const databaseFile = join(temporaryFolder(), 'sharepoint.db');
    const now = (): Date => new Date();
    const bad = smallSite([
      {
        fields: { Nonsense: 1 },
        createdAt: '2026-10-01T09:00:00Z',
        modifiedAt: '2026-10-01T09:00:00Z',
        createdBy: { displayName: 'A', email: 'a@council.example' },
      },
    ]);
    expect(() => createEmulator({ databaseFile, seed: bad, now })).toThrow(
      "Returns, item 1: there is no column 'Nonsense'.",
    );
    createEmulator({ databaseFile, seed: smallSite(), now }).close();
  });
});

describe('the process', () => {
  test('says where it listens, survives being killed and stops at once when asked', async () => {
    const folder = temporaryFolder();
    prepare(folder);
    const port = await freePort();
    const first = run(folder, port);
    expect(await firstLine(first, 'stdout')).toBe(
      `SharePoint emulator on http://127.0.0.1:${port}\n`,
    );
    const list = '/sites/council.example:/sites/stls:/lists/Returns/items';
    expect(await call(port, 'POST', list, { fields: { Title: 'Kept' } })).toMatchObject({
      id: '3',
    });
    first.kill('SIGKILL');
    await once(first, 'exit');

    const second = run(folder, port);
    await firstLine(second, 'stdout');
    expect(await call(port, 'GET', `${list}/3?$expand=fields`)).toMatchObject({
      fields: { Title: 'Kept' },
    });
    second.kill('SIGTERM');
    expect(await once(second, 'exit')).toEqual([0, null]);
  });

  test('says what to do when its port is taken', async () => {
    const folder = temporaryFolder();
    prepare(folder);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const child = run(folder, port);
    expect(await firstLine(child, 'stderr')).toBe(
      `Port ${port} is taken. Stop what uses it, or set SHAREPOINT_PORT to another.\n`,
    );
    expect(await once(child, 'exit')).toEqual([1, null]);
  });

  test('writes by the clock in its clock file, as that stands at each write', async () => {
    const folder = temporaryFolder();
    prepare(folder);
    const clock = join(folder, 'clock.json');
    writeFileSync(clock, JSON.stringify({ now: '2027-01-05T08:00:00Z' }));
    const port = await freePort();
    await firstLine(run(folder, port, { CLOCK_FILE: clock }), 'stdout');
    const list = '/sites/council.example:/sites/stls:/lists/Returns/items';
    const write = (): Promise<unknown> => call(port, 'POST', list, { fields: { Title: 'Now' } });
    expect(await write()).toMatchObject({ createdDateTime: '2027-01-05T08:00:00Z' });
    writeFileSync(clock, JSON.stringify({ now: '2027-02-01T08:00:00+01:00' }));
    expect(await write()).toMatchObject({ createdDateTime: '2027-02-01T07:00:00Z' });
  });
});

describe('the clock', () => {
  test('is the system’s where there is no file', () => {
    const before = Date.now();
    for (const clock of [clockFrom(undefined), clockFrom(join(temporaryFolder(), 'none.json'))]) {
      expect(clock().getTime()).toBeGreaterThanOrEqual(before);
    }
  });
});
