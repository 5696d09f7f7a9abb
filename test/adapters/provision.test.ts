import { once } from 'node:events';
import type { TokenCredential } from '@azure/identity';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  chooseIdentity,
  commandCredential,
  readAskedIdentity,
  scopeOf,
  type IdentityArguments,
} from '../../adapters/credential.ts';
import { UsageError } from '../../adapters/errors.ts';
import { BOT_LISTS, SETTINGS, type BotList } from '../../adapters/sharepoint/bot-lists.ts';
import { createGraph } from '../../adapters/sharepoint/graph.ts';
import { planLists, provisionLists } from '../../adapters/sharepoint/provision-lists.ts';
import { createBudget } from '../../adapters/sharepoint/resource-units.ts';
import { named } from '../../adapters/sharepoint/site-memory.ts';
import { openSite, type Site } from '../../adapters/sharepoint/site.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import type { EmulatorOptions, RunningEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { startEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { runCommand } from '../run-command.ts';
import { asAdministrator, GraphSession } from '../infra/sharepoint/graph-session.ts';
import { SITE } from './demo-site.ts';

/**
 * How a request fails: before or after it is carried out, in a way that ends the run at once, as if
 * its process had been killed; or carried out with the connection broken, which the run may survive.
 */
type Cut = 'before' | 'after' | 'answer lost';
type Front = {
  url: string;
  emulator: RunningEmulator;
  /** As somebody else would change the site. */
  graph: GraphSession;
  /** `POST /lists`, in the order of the requests. */
  requests: string[];
  /** Fails the nth request from now. */
  cut: (nth: number, when: Cut) => void;
};

/** An emulator with a front that notes requests and cuts one of them. */
async function open(options: Partial<EmulatorOptions> = {}): Promise<Front> {
  const emulator = await startEmulator({
    port: 0,
    databaseFile: ':memory:',
    now: () => new Date('2026-09-01T08:00:00Z'),
    seed: councilWithout([]),
    ...options,
  });
  const requests: string[] = [];
  let cutAt = { left: Infinity, when: 'before' as Cut };
  const front = express();
  front.use((request, response, next) => {
    requests.push(`${request.method} ${request.url.replace(/^.*\/lists/, '/lists')}`);
    cutAt.left -= 1;
    if (cutAt.left !== 0) return next();
    if (cutAt.when === 'before') return void response.status(400).end();
    const end = response.end.bind(response);
    response.end = ((chunk: unknown) => {
      if (cutAt.when === 'answer lost') request.socket.destroy();
      const isAnswer = typeof chunk === 'string' || Buffer.isBuffer(chunk);
      if (isAnswer) response.setHeader('content-length', Buffer.byteLength(chunk));
      response.statusCode = 400;
      return isAnswer ? end(chunk) : end();
    }) as typeof response.end;
    return next();
  });
  front.use(emulator.app);
  const server = front.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await emulator.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const graph = new GraphSession(emulator);
  const path = '/sites/council.example:/sites/stls';
  const { body } = await graph.send('GET', path, undefined, asAdministrator);
  graph.site = String(Object(body).id);
  return {
    url: `http://127.0.0.1:${port}`,
    emulator,
    graph,
    requests,
    cut: (nth, when) => {
      cutAt = { left: nth, when };
    },
  };
}

/** The council's lists, without their returns. */
function councilWithout(names: readonly string[]) {
  const seed = councilSite();
  const lists = seed.lists.filter(({ displayName }) => !names.includes(displayName));
  return { ...seed, lists: lists.map((list) => ({ ...list, items: [] })) };
}

const PATIENCE = { deadlineMs: 5_000, attemptMs: 5_000, firstDelayMs: 1 };

/** A new process's view of the site. */
const siteAt = (url: string): Site => {
  const graph = createGraph(url, { budget: createBudget(1_000_000), patience: PATIENCE });
  return openSite(graph, new URL(SITE), { columnsForMs: 0 });
};

/** The first lists, columns and rows, few enough to be cut at every request. */
const FEW: readonly BotList[] = BOT_LISTS.map((list) => ({
  ...list,
  starter: list.starter.slice(0, 2),
}));

/** Everything that provisioning leaves behind, as the site has it. */
async function stateOf(url: string, lists: readonly BotList[] = FEW): Promise<unknown> {
  const site = siteAt(url);
  const all = await site.lists();
  const ours = lists.map(async ({ displayName }) => ({
    displayName,
    descriptions: all.filter((l) => l.displayName === displayName).map((l) => l.description),
    columns: [...(await site.columns(displayName)).values()],
    rows: (await site.items(displayName)).map(({ fields }) => fields),
  }));
  return { names: all.map(({ displayName }) => displayName), lists: await Promise.all(ours) };
}

/** Makes the lists in one run that is cut off, and another that is not. */
async function interrupted(nth: number, when: Cut, lists = FEW): Promise<Front> {
  const front = await open();
  front.cut(nth, when);
  const broken = await provisionLists(siteAt(front.url), lists).then(
    () => false,
    () => true,
  );
  expect(broken, `cut ${when} request ${nth}`).toBe(true);
  await provisionLists(siteAt(front.url), lists);
  return front;
}

const writes = ({ requests }: Front): string[] => requests.filter((one) => !one.startsWith('GET'));

describe('provisioning that is cut off', () => {
  test.each<Cut>(['before', 'after'])(
    'ends as if it had not been, whichever request it was: %s it was carried out',
    async (when) => {
      const whole = await open();
      await provisionLists(siteAt(whole.url), FEW);
      const length = whole.requests.length;
      const expected = await stateOf(whole.url);
      for (let nth = 1; nth <= length; nth += 1) {
        const front = await interrupted(nth, when);
        expect(await stateOf(front.url), `cut ${when} request ${nth}`).toEqual(expected);
        await front.emulator.close();
      }
      expect(length).toBeGreaterThan(30);
    },
    60_000,
  );

  test('goes on within one run where only the answer was lost', async () => {
    const whole = await open();
    await provisionLists(siteAt(whole.url), FEW);
    const expected = await stateOf(whole.url);
    for (const nth of [3, 5, 7, 9, 12]) {
      const front = await open();
      front.cut(nth, 'answer lost');
      await provisionLists(siteAt(front.url), FEW);
      expect(await stateOf(front.url), `request ${nth}`).toEqual(expected);
    }
  });

  test('half way through the rows is marked in the list, and the mark goes when all are there', async () => {
    const whole = await open();
    await provisionLists(siteAt(whole.url));
    const front = await open();
    front.cut(40, 'before');
    await expect(provisionLists(siteAt(front.url))).rejects.toThrow('said no (400');
    const begun = (await siteAt(front.url).lists()).find(
      (l) => l.displayName === 'STLS Bot Measures',
    );
    expect(begun?.description).toMatch(/ \(being set up\)$/);
    await provisionLists(siteAt(front.url));
    expect(await stateOf(front.url, BOT_LISTS)).toEqual(await stateOf(whole.url, BOT_LISTS));
    const all = await siteAt(front.url).lists();
    expect(all.filter(({ description }) => description.includes('being set up'))).toEqual([]);
  });

  test('half way through the columns adds the others, each once', async () => {
    const whole = await open();
    await provisionLists(siteAt(whole.url), FEW);
    const lost = ['Starts', 'Ends', 'Locks'];
    const spoil = async (front: Front) => {
      await provisionLists(siteAt(front.url), FEW);
      for (const name of lost) {
        const path = front.graph.list('STLS Bot Terms', `/columns/${name}`);
        expect((await front.graph.send('DELETE', path)).status).toBe(204);
      }
      front.requests.length = 0;
    };
    const columnsOf = async ({ url }: Front) =>
      [...(await siteAt(url).columns('STLS Bot Terms')).keys()].sort();
    const expected = await columnsOf(whole);
    const undisturbed = await open();
    await spoil(undisturbed);
    await provisionLists(siteAt(undisturbed.url), FEW);
    const added = undisturbed.requests.flatMap((one, i) => (one.startsWith('POST') ? [i + 1] : []));
    expect(added).toHaveLength(lost.length);
    expect(await columnsOf(undisturbed)).toEqual(expected);
    for (const nth of added) {
      for (const when of ['before', 'after'] as const) {
        const front = await open();
        await spoil(front);
        front.cut(nth, when);
        await expect(provisionLists(siteAt(front.url), FEW)).rejects.toThrow('said no (400');
        await provisionLists(siteAt(front.url), FEW);
        expect(await columnsOf(front), `cut ${when} request ${nth}`).toEqual(expected);
      }
    }
  });
});

test.each(BOT_LISTS)('the first rows of $displayName have titles of their own', ({ starter }) => {
  const titles = starter.map((row) => row['Title']);
  expect(new Set(titles).size).toBe(titles.length);
});

describe('provisioning again', () => {
  test('writes nothing', async () => {
    const front = await open();
    await provisionLists(siteAt(front.url));
    expect(writes(front).length).toBeGreaterThan(80);
    front.requests.length = 0;
    await provisionLists(siteAt(front.url));
    expect(front.requests.length).toBeGreaterThan(0);
    expect(writes(front)).toEqual([]);
  });

  test('brings back nothing that a commissioner deleted or changed', async () => {
    const front = await open();
    await provisionLists(siteAt(front.url));
    const site = siteAt(front.url);
    const [first, second, third] = await site.items(SETTINGS);
    const row = (id = '') => front.graph.list(SETTINGS, `/items/${id}`);
    await front.graph.send('DELETE', row(first?.id));
    await front.graph.send('PATCH', `${row(second?.id)}/fields`, { Title: 'renamed' });
    await front.graph.send('PATCH', `${row(third?.id)}/fields`, { Value: '7' });
    const before = await stateOf(front.url, BOT_LISTS);
    await provisionLists(siteAt(front.url));
    expect(await stateOf(front.url, BOT_LISTS)).toEqual(before);
  });

  test('leaves a list empty that somebody emptied, and says so', async () => {
    const front = await open();
    await provisionLists(siteAt(front.url));
    for (const { id } of await siteAt(front.url).items(SETTINGS)) {
      await front.graph.send('DELETE', front.graph.list(SETTINGS, `/items/${id}`));
    }
    await provisionLists(siteAt(front.url));
    expect(await siteAt(front.url).items(SETTINGS)).toEqual([]);
    const plan = (await planLists(siteAt(front.url))).find((p) => p.list.displayName === SETTINGS);
    expect(plan).toMatchObject({ found: 'complete', columns: [], rows: [] });
    expect(plan?.remarks.join()).toContain('stays empty');
  });

  test('knows a list that somebody renamed by its address, and makes no second one', async () => {
    const front = await open();
    await provisionLists(siteAt(front.url));
    await front.graph.send('PATCH', front.graph.list(SETTINGS), { displayName: 'Bot settings' });
    front.requests.length = 0;
    await provisionLists(siteAt(front.url));
    expect(writes(front)).toEqual([]);
  });

  test('changes no column that holds something else by now, and says so', async () => {
    const front = await open();
    await provisionLists(siteAt(front.url));
    const columns = front.graph.list(SETTINGS, '/columns');
    await front.graph.send('DELETE', `${columns}/Value`);
    await front.graph.send('POST', columns, { name: 'Value', number: {} });
    front.requests.length = 0;
    await provisionLists(siteAt(front.url));
    expect(writes(front)).toEqual([]);
    const plan = (await planLists(siteAt(front.url))).find((p) => p.list.displayName === SETTINGS);
    expect(plan?.remarks).toEqual(['its column Value holds numbers and not text']);
  });

  test('touches nothing of the council’s', async () => {
    const front = await open();
    const council = councilSite().lists.map(({ displayName }) => displayName);
    const before = await stateOf(front.url, namedLists(council));
    await provisionLists(siteAt(front.url));
    const after = (await stateOf(front.url, namedLists(council))) as { lists: unknown };
    expect(after.lists).toEqual((before as { lists: unknown }).lists);
  });
});

const namedLists = (names: readonly string[]): BotList[] =>
  names.map((displayName) => ({
    displayName,
    description: '',
    title: '',
    columns: [],
    starter: [],
  }));

describe('who signs in', () => {
  const BOT = { BOT_ID: '0f0f0f0f-0000-4000-8000-00000000b075', BOT_TENANT_ID: 'tenant-of-bot' };
  const IN_AZURE = { IDENTITY_ENDPOINT: 'http://127.0.0.1/msi/token' };
  const choose = (asked: IdentityArguments, env: Record<string, string>, isLoopback = false) =>
    chooseIdentity(readAskedIdentity(asked), { isLoopback }, env);

  test.each<[string, IdentityArguments, Record<string, string>, string]>([
    ['the bot in Azure', {}, { ...BOT, ...IN_AZURE }, 'managed-identity'],
    [
      'the bot in older parts of Azure',
      {},
      { ...BOT, MSI_ENDPOINT: 'http://x' },
      'managed-identity',
    ],
    ['a person where Azure has no bot', {}, IN_AZURE, 'device-code'],
    ['a person at a desk with the bot’s settings', {}, BOT, 'device-code'],
    [
      'a person where the bot has a secret',
      {},
      { ...BOT, ...IN_AZURE, BOT_TYPE: 'SingleTenant' },
      'device-code',
    ],
    ['whoever was asked for', { 'sign-in': 'azure-cli' }, { ...BOT, ...IN_AZURE }, 'azure-cli'],
  ])('is %s', (_who, asked, env, signIn) => {
    expect(choose(asked, env).signIn).toBe(signIn);
  });

  test('is nobody on loopback, whatever was asked', () => {
    const nobody = choose({ 'sign-in': 'device-code' }, BOT, true);
    expect(nobody.signIn).toBe('none');
    expect(commandCredential(nobody, () => {})).toBeUndefined();
  });

  test('is refused where there is no such way', () => {
    expect(() => choose({ 'sign-in': 'password' }, {})).toThrow(UsageError);
    expect(() => choose({ 'sign-in': 'password' }, {}, true)).toThrow(
      'managed-identity, azure-cli',
    );
  });

  test('goes through Microsoft’s public client with the one permission, unless another is named', () => {
    const usual = choose({}, BOT);
    expect(usual).toEqual({
      signIn: 'device-code',
      tenantId: 'tenant-of-bot',
      clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    });
    expect(scopeOf(usual)).toBe('https://graph.microsoft.com/Sites.Manage.All');
    expect(choose({ tenant: 't', 'client-id': 'own' }, BOT)).toMatchObject({
      tenantId: 't',
      clientId: 'own',
    });
  });

  test('of the bot is its own identity, with all that was consented to and no more', () => {
    const bot = choose({}, { ...BOT, ...IN_AZURE });
    expect(bot.clientId).toBe(BOT.BOT_ID);
    expect(scopeOf(bot)).toBe('https://graph.microsoft.com/.default');
  });

  test.each([
    ['managed-identity', 'ManagedIdentityCredential'],
    ['azure-cli', 'AzureCliCredential'],
    ['device-code', 'DeviceCodeCredential'],
  ])('%s is a %s', (signIn, name) => {
    const credential: TokenCredential | undefined = commandCredential(
      choose({ 'sign-in': signIn }, BOT),
      () => {},
    );
    expect(credential?.constructor.name).toBe(name);
  });
});

describe('npm run provision', () => {
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    runCommand('adapters/provision.ts', args, { GRAPH_PATIENCE_SECONDS: '2', ...env });
  const BOT_ID = '0f0f0f0f-0000-4000-8000-00000000b075';

  test('says its plan, what it made, and the command that lets the bot at the site', async () => {
    const front = await open();
    const env = { GRAPH_BASE_URL: front.url };
    const { code, out, errors } = await run(['--site', SITE, '--bot-id', BOT_ID], env);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const order = [
      'STLS Bot Measures             to be made, with 13 columns and 54 rows',
      'STLS Bot Measures: made',
      'STLS Bot Measures: row 54 of 54',
      'Done. Added: 12 lists, 0 columns, 102 rows.',
      'Connect-MgGraph -Scopes Sites.FullControl.All',
      `New-MgSitePermission -SiteId '${front.graph.site}' -BodyParameter @{ roles = @('write')`,
    ].map((text) => out.indexOf(text));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order, `in ${out}`).not.toContain(-1);
    expect(out).toContain(`application = @{ id = '${BOT_ID}'; displayName = 'STLS returns' }`);
    const again = await run(['--site', SITE], env);
    expect(again.out).toContain('Nothing was missing, and nothing was changed.');
    expect(again.out).toContain("id = '<BOT_ID>'");
  });

  test('--dry-run says the same plan and writes nothing', async () => {
    const front = await open();
    const { code, out } = await run(['--site', SITE, '--dry-run'], { GRAPH_BASE_URL: front.url });
    expect(code).toBe(0);
    expect(out).toContain('STLS Bot Settings             to be made, with 2 columns and 7 rows');
    expect(out).toContain('A dry run: nothing was changed.');
    expect(out).toContain('New-MgSitePermission');
    expect(writes(front)).toEqual([]);
  });

  test('warns of a list of the council’s that is not there, and does not make it', async () => {
    const front = await open({ seed: councilWithout(['STLS AET Training']) });
    const { code, out } = await run(['--site', SITE], { GRAPH_BASE_URL: front.url });
    expect(code).toBe(0);
    expect(out).toContain('Warning: STLS AET Training is not on this site.');
    const lists = await siteAt(front.url).lists();
    expect(named('STLS AET Training', lists)).toBeUndefined();
  });

  test('says in one sentence what to do where the service refuses', async () => {
    const weak = await open({ role: 'read' });
    const good = await open();
    const refused: [Awaited<ReturnType<typeof run>>, RegExp][] = [
      [await run(['--site', SITE], { GRAPH_BASE_URL: weak.url }), /refused \(403\).*“manage”/],
      [
        await run(['--site', `${SITE}-other`], { GRAPH_BASE_URL: good.url }),
        /no site at .*stls-other \(404\): copy its address/,
      ],
      [
        await run(['--site', SITE], { GRAPH_BASE_URL: 'http://127.0.0.1:1' }),
        /could not be reached.*goes on where it stopped/,
      ],
    ];
    for (const [{ code, errors }, expected] of refused) {
      expect(code).toBe(1);
      expect(errors.trim().split('\n')).toHaveLength(1);
      expect(errors).toMatch(expected);
    }
  });

  test.each([
    [['--sight', SITE], 'Unknown option'],
    [[], '--site is missing'],
    [['--site', 'the council'], '--site is “the council”'],
    [['--site', SITE, '--sign-in', 'password'], '--sign-in is “password”'],
    [['--site', SITE, '--bot-id', "x'; Remove-Item"], 'which is no app id'],
  ])('ends with 2 and its usage for %j', async (args, expected) => {
    const { code, out, errors } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain(expected);
    expect(errors).toContain('Usage: npm run provision -- --site');
  });
});
