import { expect, onTestFinished, test, vi } from 'vitest';
import { composeBot } from '../../adapters/compose-bot.ts';
import { readConfiguration } from '../../adapters/config.ts';
import { people } from '../../infra/local/demo/people.ts';
import { loopback, type Loopback } from '../loopback.ts';
import { changeRow, KPI } from './demo-site.ts';
import { referenceOf } from './recording-teams.ts';
import { idOf, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const LEADS = people.filter(({ role }) => role === 'District lead').map(({ id }) => id);
const COLIN = idOf('Colin');

/** Takes every message, and gives each an id. */
const connector = (): Promise<Loopback> =>
  loopback((request, response, nth) => {
    request.resume();
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: `activity-${nth}` }));
  });

const postsTo = ({ seen }: Loopback, who: string): number =>
  seen.filter(
    ({ method, url }) =>
      method === 'POST' && decodeURIComponent(url).includes(`/conversation-of-${who}/`),
  ).length;

/** A bot as one of several processes on the same lists and the same storage. */
function process(world: World) {
  const config = readConfiguration({
    SHAREPOINT_SITE: 'https://council.example/sites/stls',
    GRAPH_BASE_URL: world.url,
    AZURE_STORAGE_CONNECTION_STRING: world.connectionString,
    GRAPH_UNITS_PER_MINUTE: '100000',
    POLL_SECONDS: '3600',
    LOG_LEVEL: 'fatal',
  });
  const bot = composeBot(config, { clock: world.service.clock });
  bot.start();
  let running = true;
  const stop = async (): Promise<void> => {
    if (running) await bot.stop();
    running = false;
  };
  onTestFinished(stop);
  return { ...bot, stop };
}

const soon = (expectation: () => void): Promise<void> =>
  vi.waitFor(expectation, { timeout: 20_000, interval: 50 });

test('two processes: one looks, each person has one card, and when the leader ends the other leads', async () => {
  const world = await open(MONDAY);
  const teams = await connector();
  const serviceUrl = `${teams.url}/`;
  const installed = [...LEADS, COLIN].map(
    (id) => [id, { ...referenceOf(id), serviceUrl }] as const,
  );
  await world.memory.references.putAll(installed);
  const [one, two] = [process(world), process(world)];
  await soon(() => expect(postsTo(teams, COLIN)).toBe(1));
  const leading = [one, two].filter(({ runner }) => runner.health().leads);
  expect(leading, 'exactly one of them looks at the lists').toHaveLength(1);
  const [leader] = leading;
  const other = leader === one ? two : one;
  expect(other.runner.health().lastLook).toBeUndefined();
  await soon(() => expect(postsTo(teams, idOf('Priya'))).toBe(1));

  // Whoever is asked for a look, the leader takes it.
  await changeRow(world, KPI, 'KPI 2026-27 Term 1 Ashford', { School_x0020_Caseload: 9999 });
  const before = leader?.runner.health().lastLook ?? new Date(0);
  other.runner.lookSoon();
  await soon(() => expect(Number(leader?.runner.health().lastLook)).toBeGreaterThan(+before));

  await leader?.stop();
  world.moveTo('2026-11-25T09:00');
  await soon(() => expect(other.runner.health().leads).toBe(true));
  await soon(() => expect(postsTo(teams, idOf('Priya')), 'the next stage').toBe(2));
  await soon(() => expect(postsTo(teams, COLIN)).toBe(2));
  for (const id of LEADS) expect(postsTo(teams, id), `cards for ${id}`).toBeLessThanOrEqual(2);
});
