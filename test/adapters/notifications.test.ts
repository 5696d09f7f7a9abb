import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { composeBot } from '../../adapters/compose-bot.ts';
import { readConfiguration } from '../../adapters/config.ts';
import { READ_LISTS } from '../../adapters/sharepoint/bot-lists.ts';
import { COUNCIL_LISTS } from '../../adapters/sharepoint/council-lists.ts';
import { KPI } from './demo-site.ts';
import { worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const LISTS = [...COUNCIL_LISTS.map(({ list }) => list), ...READ_LISTS];
const HOUR = 3_600_000;
const DOVER = { District: 'Dover', Academic_x0020_Year: '2026-27', Term: 'Term 1' };

/** The bot as it runs, notified by the emulator; it looks at the lists by itself only once an hour. */
async function notifiedBot(world: World) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = readConfiguration({
    SHAREPOINT_SITE: 'https://council.example/sites/stls',
    GRAPH_BASE_URL: world.url,
    AZURE_STORAGE_CONNECTION_STRING: world.connectionString,
    PUBLIC_URL: url,
    GRAPH_UNITS_PER_MINUTE: '100000',
    LOG_LEVEL: 'fatal',
  });
  const composed = composeBot(config, { clock: world.service.clock });
  const listener = composed.server.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(async () => {
    listener.close();
    listener.closeAllConnections();
    await composed.stop();
  });
  return { ...composed, url };
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:http');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const ACCEPTED = 202;
const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** What happens within a few seconds, or not at all. */
const soon = (expectation: () => void): Promise<void> =>
  vi.waitFor(expectation, { timeout: 10_000, interval: 20 });

describe('a submission', () => {
  test('is seen as soon as Graph says that its list has changed', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    expect(
      world.emulator.subscriptions
        .list()
        .map(({ list }) => list)
        .sort(),
    ).toEqual([...LISTS].sort());
    const looked = vi.spyOn(bot.service.site, 'keep');
    await world.graph.add(KPI, DOVER);
    await soon(() => expect(looked, 'without waiting for the next poll').toHaveBeenCalledOnce());
    expect(await bot.service.memory.filings.get('KPI|Dover|2026-27|1')).toBeDefined();
  });

  test('is found by the next poll where no notification comes', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    world.emulator.subscriptions.hold();
    await world.graph.add(KPI, DOVER);
    world.emulator.requests.reset();
    await bot.runner.sweepNow();
    expect(await bot.service.memory.filings.get('KPI|Dover|2026-27|1')).toBeDefined();
  });
});

describe('a subscription', () => {
  test('is renewed before it ends, and made again after a long silence', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    const [first] = world.emulator.subscriptions.list();
    const ids = () => new Set(world.emulator.subscriptions.list().map(({ id }) => id));
    const before = ids();
    world.moveTo('2026-11-25T09:00');
    await bot.runner.sweepNow();
    expect(ids(), 'renewed').toEqual(before);
    const ends = new Date(world.emulator.subscriptions.list()[0]?.expiresAt ?? 0).getTime();
    expect(ends).toBeGreaterThan(new Date(first?.expiresAt ?? 0).getTime() + 24 * HOUR);
    world.moveTo('2026-12-14T09:00');
    expect(ids().size, 'all have ended').toBe(0);
    await bot.runner.sweepNow();
    expect(ids().size, 'made again').toBe(LISTS.length);
  });

  test('is made once, however often the bot starts', async () => {
    const world = await open(MONDAY);
    await (await notifiedBot(world)).runner.sweepNow();
    const before = world.emulator.subscriptions.list().length;
    const second = await notifiedBot(world);
    await second.runner.sweepNow();
    const now = world.emulator.subscriptions.list();
    expect(now.filter((one) => one.notificationUrl.startsWith(second.url))).toHaveLength(before);
  });

  test.each(['504 after', 'dropped after'] as const)(
    'is not there twice where its making is answered by %s',
    async (kind) => {
      const world = await open(MONDAY);
      const bot = await notifiedBot(world);
      world.emulator.faults.order([{ kind, every: 2, path: '/subscriptions', method: 'POST' }]);
      await bot.runner.sweepNow();
      const lists = world.emulator.subscriptions.list().map(({ list }) => list);
      expect(lists.sort()).toEqual([...LISTS].sort());
    },
  );

  test('that Graph removed is made again as soon as Graph says so', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    const removed = world.emulator.subscriptions.list().find(({ list }) => list === KPI);
    await world.emulator.subscriptions.remove(removed?.id ?? '');
    await soon(() => {
      const anew = world.emulator.subscriptions.list().find(({ list }) => list === KPI);
      expect(anew?.id).toBeDefined();
      expect(anew?.id).not.toBe(removed?.id);
    });
  });

  test('is authorised anew when Graph asks for it', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    const mine = () => world.emulator.subscriptions.list().find(({ list }) => list === KPI);
    const before = mine()?.expiresAt ?? '';
    world.moveTo('2026-11-23T15:00');
    await world.emulator.subscriptions.requireReauthorization(mine()?.id ?? '');
    await soon(() => expect(String(mine()?.expiresAt) > before).toBe(true));
  });

  test('whose notifications were missed makes the bot look', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    const [any] = world.emulator.subscriptions.list();
    const looks = vi.spyOn(bot.service.site, 'keep');
    await world.emulator.subscriptions.sendMissed(any?.id ?? '');
    await soon(() => expect(looks).toHaveBeenCalled());
  });
});

describe('somebody else who writes to the address', () => {
  test('proves an address and learns nothing', async () => {
    const { url } = await notifiedBot(await open(MONDAY));
    const token = '<script>alert(1)</script> +&%';
    const answer = await fetch(
      `${url}/api/notifications?validationToken=${encodeURIComponent(token)}`,
      { method: 'POST' },
    );
    expect(await answer.text()).toBe(token);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  const bodies = (id: string): Record<string, unknown> => ({
    'no secret': { value: [{ subscriptionId: id }] },
    'another secret': { value: [{ subscriptionId: id, clientState: 'x' }] },
    'an unknown subscription': { value: [{ subscriptionId: 'x', clientState: 'x' }] },
    nonsense: { value: 'everything' },
    'an event without its secret': {
      value: [{ subscriptionId: id, clientState: '', lifecycleEvent: 'subscriptionRemoved' }],
    },
  });

  test('is acknowledged, and ignored, whatever it is', async () => {
    const world = await open(MONDAY);
    const bot = await notifiedBot(world);
    await bot.runner.sweepNow();
    const before = await bot.service.memory.subscriptions.all();
    const all = bodies(world.emulator.subscriptions.list()[0]?.id ?? '');
    const looked = vi.spyOn(bot.service.site, 'keep');
    const told = vi.spyOn(bot.service.log, 'warn');
    for (const [what, body] of Object.entries(all)) {
      for (const path of ['/api/notifications', '/api/lifecycle']) {
        const { status } = await post(`${bot.url}${path}`, body);
        expect({ what, status }).toEqual({ what, status: ACCEPTED });
      }
    }
    await soon(() => expect(told).toHaveBeenCalledTimes(2 * Object.keys(all).length));
    expect(looked).not.toHaveBeenCalled();
    expect(await bot.service.memory.subscriptions.all()).toEqual(before);
  });
});
