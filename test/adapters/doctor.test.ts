import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableServiceClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { CHECKS } from '../../adapters/doctor/checks.ts';
import { examine, type Check, type Line } from '../../adapters/doctor/examine.ts';
import { problem } from '../../adapters/doctor/diagnosis.ts';
import { subjectOf, type Call, type Machine } from '../../adapters/doctor/subject.ts';
import { inWords, verdictOn } from '../../adapters/doctor/verdict.ts';
import { CLINICS, PEOPLE, RULES, SETTINGS, TERMS } from '../../adapters/sharepoint/bot-lists.ts';
import { CONVERSATIONS_QUEUE, openQueue } from '../../adapters/storage/queues.ts';
import { openSnapshots } from '../../adapters/storage/snapshots.ts';
import { people } from '../../infra/local/demo/people.ts';
import { loopback } from '../loopback.ts';
import { runCommand } from '../run-command.ts';
import { changeRow, LAR, removeList, SITE } from './demo-site.ts';
import { at, idOf, install, installInChannel, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27', columnsForMs: 0 });
const MONDAY = '2026-11-23T09:00';
const TENANT = '11111111-2222-4333-8444-555555555555';
const BOT_ID = '0f0f0f0f-0000-4000-8000-00000000b075';

type Settings = Record<string, string>;
/** What somebody spoilt: settings, the machine, or nothing but the world. */
type Spoilt = { env?: Settings; machine?: Partial<Machine>; call?: Partial<Call> };

/** The demo, with the bot installed for everybody. */
async function healthy(): Promise<World> {
  const world = await open(MONDAY);
  await install(world, ...people.map(({ displayName }) => displayName));
  await installInChannel(world);
  return world;
}

const settings = (world: World): Settings => ({
  GRAPH_BASE_URL: world.url,
  SHAREPOINT_SITE: SITE,
  AZURE_STORAGE_CONNECTION_STRING: world.connectionString,
});

async function examined(world: World, { env, machine, call }: Spoilt = {}): Promise<Line[]> {
  const subject = subjectOf(
    { env: { ...settings(world), ...env }, site: undefined, identity: {}, tell: () => {}, ...call },
    { nodeVersion: '24.0.0', clock: world.service.clock, ...machine },
  );
  return examine(CHECKS, subject);
}

const problemsIn = (lines: readonly Line[]) =>
  lines.flatMap((line) => (line.status === 'problem' ? [line] : []));

/** A bot that proves its address, as Graph wants it. */
const proving = () =>
  loopback((request, response) => {
    response.end(new URL(request.url ?? '', 'http://x').searchParams.get('validationToken'));
  });

const refusing = () =>
  loopback((_request, response) => {
    response.writeHead(403, { 'x-ms-error-code': 'AuthorizationFailure' });
    response.end();
  });

/** A credential whose token says this of its holder. */
function holding(claims: object): TokenCredential {
  const body = Buffer.from(JSON.stringify({ tid: TENANT, ...claims })).toString('base64url');
  const token = { token: `secret.${body}.signature`, expiresOnTimestamp: Date.now() + 3_600_000 };
  return { getToken: () => Promise.resolve(token) };
}

const APP = { roles: ['Sites.Selected'] };
const withToken = (claims: object): Spoilt => ({ machine: { credential: holding(claims) } });

async function changed(world: World, method: string, path: string, body?: unknown): Promise<void> {
  const { status } = await world.graph.send(method, path, body);
  expect(status, `${method} ${path}`).toBeLessThan(300);
}

async function retyped(world: World, list: string, name: string, facet: object): Promise<void> {
  const columns = world.graph.list(list, '/columns');
  await changed(world, 'DELETE', `${columns}/${name}`);
  await changed(world, 'POST', columns, { name, ...facet });
}

type Plant = [
  what: string,
  id: string,
  remedy: string,
  plant: (world: World) => Promise<Spoilt | void> | Spoilt | void,
];

const PLANTED: Plant[] = [
  ['an old Node.js', 'node', 'Install Node.js 24', () => ({ machine: { nodeVersion: '20.19.0' } })],
  ['a port that is none', 'configuration', 'free port', () => ({ env: { PORT: '99999' } })],
  [
    'a bot that only this machine reaches, in Azure',
    'host',
    'Set HOST to 0.0.0.0',
    () => ({ env: { HOST: '127.0.0.1', IDENTITY_ENDPOINT: 'http://127.0.0.1/token' } }),
  ],
  [
    'a tenant by name',
    'bot-registration',
    'BOT_TENANT_ID',
    () => ({
      env: { BOT_ID, BOT_TENANT_ID: 'council.example', IDENTITY_ENDPOINT: 'x', HOST: '0.0.0.0' },
    }),
  ],
  [
    'a secret that nothing uses',
    'bot-registration',
    'Unset BOT_PASSWORD',
    () => ({
      env: {
        BOT_ID,
        BOT_TENANT_ID: TENANT,
        BOT_PASSWORD: 'p',
        IDENTITY_ENDPOINT: 'x',
        HOST: '0.0.0.0',
      },
    }),
  ],
  [
    'a clock that is two minutes ahead',
    'clock',
    'time server',
    async () => {
      const date = new Date(Date.now() - 120_000).toUTCString();
      const late = await loopback((_request, response) => {
        response.writeHead(401, { date });
        response.end('{}');
      });
      return { env: { GRAPH_BASE_URL: late.url } };
    },
  ],
  [
    'an address that notifications do not reach',
    'notifications',
    'PUBLIC_URL',
    async () => ({ env: { PUBLIC_URL: (await refusing()).url } }),
  ],
  [
    'a sign-in that fails',
    'credential',
    'GRAPH_BASE_URL',
    () => ({
      machine: { credential: { getToken: () => Promise.reject(new Error('AADSTS700016: x')) } },
    }),
  ],
  [
    'another tenant',
    'tenant',
    'BOT_TENANT_ID',
    () => ({ ...withToken(APP), call: { identity: { tenantId: TENANT.replace('1', '9') } } }),
  ],
  ['no consent', 'permission', 'Consent to Sites.Selected', () => withToken({ roles: [] })],
  [
    'more permission than is needed',
    'least-privilege',
    'Take Sites.FullControl.All away',
    () => withToken({ roles: ['Sites.Selected', 'Sites.FullControl.All'] }),
  ],
  ['no grant', 'site', 'New-MgSitePermission', ({ emulator }) => emulator.grant('none')],
  [
    'an address that is none',
    'site',
    'Set SHAREPOINT_SITE',
    () => ({ env: { SHAREPOINT_SITE: `${SITE}/Lists` } }),
  ],
  ['a grant to read', 'grant', "roles = @('write')", ({ emulator }) => emulator.grant('read')],
  ['a list of the council’s gone', 'council-lists', LAR, (world) => removeList(world, LAR)],
  [
    'a list of the bot’s gone',
    'bot-lists',
    'npm run provision',
    (world) => removeList(world, CLINICS),
  ],
  [
    'a list that is half made',
    'set-up',
    'npm run provision',
    ({ site }) => site.describe(SETTINGS, 'How the bot works. (being set up)'),
  ],
  [
    'a column of the bot’s gone',
    'bot-columns',
    'npm run provision',
    (world) => changed(world, 'DELETE', world.graph.list(CLINICS, '/columns/JoinLink')),
  ],
  [
    'a column of the bot’s retyped',
    'bot-columns',
    'Change its type back',
    (world) => retyped(world, CLINICS, 'JoinLink', { number: {} }),
  ],
  [
    'a list whose returns cannot be told apart',
    'reading',
    'Please make it again',
    (world) => changed(world, 'DELETE', world.graph.list(LAR, '/columns/District')),
  ],
  [
    'a measure’s column that became text',
    'council-columns',
    'STLS Bot Measures',
    (world) => retyped(world, LAR, 'Clinics_x0020_EY', { boolean: {} }),
  ],
  [
    'a row that cannot be used',
    'rows',
    `Correct the row in ${SETTINGS}`,
    (world) => changeRow(world, SETTINGS, 'quiet until', { Value: 'noon' }),
  ],
  [
    'a rule that names no measure',
    'rules',
    RULES,
    (world) =>
      changeRow(world, RULES, 'supported-within-caseload-schools', { LeftSide: 'nothing' }),
  ],
  [
    'terms that overlap',
    'terms',
    TERMS,
    (world) => changeRow(world, TERMS, '2026-27 Term 1', { Ends: '2026-11-10T00:00:00Z' }),
  ],
  [
    'terms that have ended',
    'terms',
    'add the next terms',
    (world) => world.moveTo('2028-01-10T09:00'),
  ],
  [
    'a district without a lead',
    'districts',
    PEOPLE,
    (world) => changeRow(world, PEOPLE, 'Priya Raman (demo)', { Role: "Lead's manager" }),
  ],
  [
    'a manager whom nobody knows',
    'people',
    PEOPLE,
    (world) => changeRow(world, PEOPLE, 'Priya Raman (demo)', { ManagerEmail: 'x@stls.example' }),
  ],
  [
    'a person without an object id',
    'object-ids',
    PEOPLE,
    (world) => changeRow(world, PEOPLE, 'Sam Okafor (demo)', { EntraObjectId: '' }),
  ],
  [
    'tables that refuse',
    'tables',
    'Storage Table Data Contributor',
    async (world) => ({ env: await endpoint(world, 'TableEndpoint') }),
  ],
  [
    'blobs that refuse',
    'blobs',
    'Storage Blob Data Contributor',
    async (world) => ({ env: await endpoint(world, 'BlobEndpoint') }),
  ],
  [
    'queues that refuse',
    'queues',
    'Storage Queue Data Contributor',
    async (world) => ({ env: await endpoint(world, 'QueueEndpoint') }),
  ],
  ['a conversation that was set aside', 'queues', 'Read each in the Azure portal', setAside],
  [
    'a lead without the bot',
    'lead-installations',
    'Install the app',
    ({ memory }) => memory.references.remove(idOf('Priya')),
  ],
  [
    'a commissioner without the bot',
    'commissioner-installations',
    'Install the app',
    ({ memory }) => memory.references.remove(idOf('Yusuf')),
  ],
  [
    'no channel',
    'channel',
    'add the app to the channel',
    ({ memory }) => memory.references.remove('channel'),
  ],
];

function setAside({ connectionString }: World): Promise<void> {
  return openQueue({ connectionString }, CONVERSATIONS_QUEUE).setAside('{}', 'it cannot be read');
}

const endpoint = async (world: World, name: string): Promise<Settings> =>
  storedAt(world, name, (await refusing()).url);

/** The storage of a world, of which one part is at another address. */
function storedAt({ connectionString }: World, name: string, url: string): Settings {
  const pattern = new RegExp(`${name}=[^;]+`);
  const elsewhere = connectionString.replace(pattern, `${name}=${url}/account`);
  return { AZURE_STORAGE_CONNECTION_STRING: elsewhere };
}

async function inAccount({ connectionString }: World) {
  const insecurely = { allowInsecureConnection: true };
  const tables = TableServiceClient.fromConnectionString(connectionString, insecurely);
  const blobs = BlobServiceClient.fromConnectionString(connectionString);
  const service = QueueServiceClient.fromConnectionString(connectionString);
  const [found, kept, queues]: [string[], string[], string[]] = [[], [], []];
  for await (const { name } of service.listQueues()) queues.push(name);
  for await (const { name = '' } of tables.listTables()) found.push(name);
  for await (const { name } of blobs.listContainers()) kept.push(name);
  return { tables: found, containers: kept, queues };
}

describe('the doctor', () => {
  test('finds nothing to mend where all is well', async () => {
    const world = await healthy();
    const spoilt = { env: { PUBLIC_URL: (await proving()).url }, ...withToken(APP) };
    world.emulator.grant('write');
    const lines = await examined(world, spoilt);
    expect(lines.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(lines.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(inWords(verdictOn(lines))).toMatch(/\n\nVerdict: ready\n$/);
  });

  test.each(PLANTED)('finds %s: %s', async (_what, id, remedy, plant) => {
    const world = await healthy();
    const spoilt = (await plant(world)) ?? {};
    const lines = await examined(world, spoilt);
    const found = problemsIn(lines).filter((line) => line.id === id);
    expect(
      found.map((line) => line.remedy).join('\n'),
      `in ${inWords(verdictOn(lines))}`,
    ).toContain(remedy);
    const others = problemsIn(lines).filter((line) => line.id !== id);
    // A server that only tells the time has no site.
    expect(id === 'clock' ? [] : others, 'and nothing else').toEqual([]);
  });

  test('has a planted problem for every check that it makes', () => {
    expect([...new Set(PLANTED.map(([, id]) => id))].sort()).toEqual(
      CHECKS.map(({ id }) => id).sort(),
    );
  });

  test('says of every check that another one stands in its way, and goes on to the end', async () => {
    const world = await healthy();
    world.emulator.grant('none');
    const lines = await examined(world);
    const waiting = lines.filter(({ status }) => status === 'not checked');
    expect(waiting.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['grant', 'bot-lists', 'terms', 'lead-installations']),
    );
    expect(waiting.every(({ what }) => /waits for “[a-z-]+”, above/.test(what))).toBe(true);
    expect(lines.find(({ id }) => id === 'channel')?.status, 'which needs no site').toBe('ok');
  });

  test('tells of the storage whatever else is configured wrongly', async () => {
    const world = await healthy();
    const lines = await examined(world, { env: { SHAREPOINT_SITE: '', PORT: 'x' } });
    expect(problemsIn(lines).map(({ id }) => id)).toEqual(['configuration', 'configuration']);
    expect(lines.find(({ id }) => id === 'tables')).toMatchObject({ status: 'ok' });
  });

  test('changes nothing, whatever it finds', async () => {
    const world = await healthy();
    const site = () => world.site.items(SETTINGS);
    const before = { rows: await site(), references: await world.memory.references.all() };
    world.emulator.requests.reset();
    await examined(world);
    const { byMethod } = world.emulator.requests.read();
    expect(Object.keys(byMethod).sort()).toEqual(['GET', 'PATCH']);
    expect(byMethod['PATCH'], 'the one that cannot match').toBe(1);
    expect({ rows: await site(), references: await world.memory.references.all() }).toEqual(before);
  });

  test('leaves a storage account that holds nothing as it is, and finds nothing wrong with it', async () => {
    const world = await open(MONDAY);
    const lines = await examined(world);
    const told = lines.filter(({ id }) => ['tables', 'blobs', 'queues'].includes(id));
    expect(told.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    for (const { what } of told) expect(what).toMatch(/not there yet, and the bot makes/);
    expect(await inAccount(world)).toEqual({ tables: [], containers: [], queues: [] });
  });

  test.each([
    ['tables', 'TableEndpoint', 'Storage Table Data Contributor'],
    ['blobs', 'BlobEndpoint', 'Storage Blob Data Contributor'],
    ['queues', 'QueueEndpoint', 'Storage Queue Data Contributor'],
  ])('is not content with %s that may only be read', async (id, name, role) => {
    const world = await healthy();
    const { url } = await loopback(({ method }, response) => {
      const isRead = method === 'GET' || method === 'HEAD';
      response.writeHead(isRead ? 200 : 403, { 'content-type': 'application/json' });
      response.end('{"value":[]}');
    });
    const lines = await examined(world, { env: storedAt(world, name, url) });
    const [found] = problemsIn(lines).filter((line) => line.id === id);
    expect(found?.remedy).toContain(role);
  });

  test('knows the container in which the bot keeps its copies', async () => {
    const world = await healthy();
    const snapshots = openSnapshots({ connectionString: world.connectionString });
    await snapshots.load('/sites/x/lists/y');
    const before = await inAccount(world);
    const lines = await examined(world);
    expect(lines.find(({ id }) => id === 'blobs')?.what).toBe(
      'the copies of the lists can be kept',
    );
    expect(before.containers).toHaveLength(1);
    expect(await inAccount(world)).toEqual(before);
  });

  test('minds nobody else’s list that is being set up', async () => {
    const world = await healthy();
    await world.site.describe(LAR, 'Termly returns (being set up)');
    const lines = await examined(world);
    expect(lines.find(({ id }) => id === 'set-up')?.status).toBe('ok');
  });

  test('does not take a person’s rights for the bot’s', async () => {
    const lines = await examined(await healthy(), withToken({ scp: 'Sites.Manage.All' }));
    const told = lines.filter(({ what }) => what.includes('signed in as a person'));
    expect(told.map(({ id, status }) => `${id}: ${status}`)).toEqual([
      'permission: ok',
      'least-privilege: not checked',
      'grant: not checked',
    ]);
  });

  test('says what is the matter with the Azure CLI’s token', async () => {
    const scp = 'AuditLog.Read.All Directory.AccessAsUser.All Group.ReadWrite.All';
    const [found] = problemsIn(await examined(await healthy(), withToken({ scp })));
    expect(found).toMatchObject({ id: 'permission', what: expect.stringContaining('SharePoint') });
  });

  test('never prints a token or a key', async () => {
    const world = await healthy();
    const key = /AccountKey=([^;]+)/.exec(world.connectionString)?.[1] ?? 'none';
    const broken = world.connectionString.replace(/TableEndpoint=[^;]+/, 'TableEndpoint=nonsense');
    const spoilt: Settings[] = [
      {},
      { AZURE_STORAGE_CONNECTION_STRING: broken },
      { BOT_PASSWORD: 'p4ss' },
    ];
    for (const env of spoilt) {
      const lines = await examined(world, { env, ...withToken({ roles: ['Mail.Read'] }) });
      const said = JSON.stringify(verdictOn(lines));
      for (const secret of [key, 'secret.', 'p4ss']) expect(said).not.toContain(secret);
    }
  });

  test('looks at another site than the demo’s without the demo’s settings', () => {
    const env = { GRAPH_BASE_URL: 'http://127.0.0.1:3979', SHAREPOINT_SITE: SITE, CLOCK_FILE: 'x' };
    const site = 'https://tenant.sharepoint.com/sites/stls';
    const tell = () => {};
    const other = subjectOf({ env, site, identity: {}, tell }, { nodeVersion: '24.0.0' });
    expect(other.isDesk).toBe(true);
    expect(other.place().graph.baseUrl).toBe('https://graph.microsoft.com');
    const same = subjectOf({ env, site: SITE, identity: {}, tell }, { nodeVersion: '24.0.0' });
    expect(same.place().graph.baseUrl).toBe('http://127.0.0.1:3979');
  });
});

describe('an examination', () => {
  test('survives a check that fails by itself', async () => {
    const checks: Check<undefined>[] = [
      { id: 'a', needs: [], look: () => Promise.reject(new RangeError('oh dear\n    at x.ts')) },
      { id: 'b', needs: ['a'], look: () => [problem('never', 'seen')] },
      { id: 'c', needs: [], look: () => [{ status: 'ok', what: 'fine' }] },
    ];
    expect(await examine(checks, undefined)).toEqual([
      { id: 'a', ...problem('oh dear', expect.stringContaining('report it')) },
      { id: 'b', status: 'not checked', what: 'waits for “a”, above' },
      { id: 'c', status: 'ok', what: 'fine' },
    ]);
  });
});

describe('npm run doctor', () => {
  const run = (args: readonly string[], env: Settings) =>
    runCommand('adapters/doctor.ts', args, env);

  /** The settings of the local demo, whose clock stands. */
  function demoSettings(world: World): Settings {
    const folder = mkdtempSync(join(tmpdir(), 'stls-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const clockFile = join(folder, 'clock.json');
    writeFileSync(clockFile, JSON.stringify({ now: at(MONDAY).toISOString() }));
    return { ...settings(world), CLOCK_FILE: clockFile };
  }

  test('ends with 0 and “ready” where all is well', async () => {
    const { code, out, errors } = await run([], demoSettings(await healthy()));
    expect({ code, errors }, `said: ${out}`).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(/^ok +node +Node\.js 2/);
    expect(out).toMatch(/\n\nVerdict: ready\n$/);
  });

  test('ends with 1 where one thing is to be mended, and --json prints one object', async () => {
    const world = await healthy();
    world.emulator.grant('read');
    const told = await run([], demoSettings(world));
    expect(told.code, `said: ${told.out}`).toBe(1);
    expect(told.out).toMatch(/problem +grant +.*\n +→ Give it write: Connect-MgGraph/);
    expect(told.out).toMatch(/\n\nVerdict: 1 problem\n$/);
    const { code, out } = await run(['--json'], demoSettings(world));
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toHaveLength(1);
    const entry = z.looseObject({ id: z.string(), status: z.string(), what: z.string() });
    const verdict = z
      .strictObject({
        verdict: z.literal('problems'),
        problems: z.literal(1),
        notChecked: z.literal(0),
        checks: z.array(entry),
      })
      .parse(JSON.parse(out));
    expect(verdict.checks.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
  });

  test.each([
    [['--sight', SITE], 'Unknown option'],
    [['nonsense'], 'Unexpected argument'],
    [['--site', 'the council'], '--site is “the council”'],
    [['--sign-in', 'password'], '--sign-in is “password”'],
  ])('ends with 2 and its usage for %j', async (args, expected) => {
    const { code, out, errors } = await run(args, {});
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain(expected);
    expect(errors).toContain('Usage: npm run doctor');
  });
});
