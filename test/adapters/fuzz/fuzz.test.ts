import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { look } from '../../../adapters/service/service.ts';
import { CLINICS } from '../../../adapters/sharepoint/bot-lists.ts';
import { findingCode } from '../../../cards/actions.ts';
import { worlds } from '../world.ts';
import { sentAs, SMBA } from './activities.ts';
import {
  broken,
  everything,
  garbage,
  presses,
  sayings,
  type Attack,
  type Pool,
} from './attacks.ts';
import { fuzzedBot, MONDAY, type FuzzedBot, type Written } from './fuzzed-bot.ts';
import { listening } from '../talking-bot.ts';
import { connector, postOverHttp } from './over-http.ts';
import { ACTORS } from './marked-county.ts';
import { Oracle, seenIn, type Seen } from './oracle.ts';

const { open } = worlds({ since: '2026-27' });

/** How many activities there are, and where chance begins: `FUZZ=100000 SEED=7 npm test`. */
const numRuns = Number(process.env['FUZZ'] ?? 10_000);
const seed = Number(process.env['SEED'] ?? 20261123);
const UNHURRIED_MS = Math.max(60_000, numRuns * 20);
/** What the bot may hold more after all of it: nothing grows with every turn. */
const MORE_HELD = 50_000_000;

/** Messages that a commissioner asks for are on their way when the turn is over. */
const OUTBOX = 'stlsDeliveries';

/** Anything that may be sent, of each kind as much as it is worth. */
const anything = (pool: Pool): fc.Arbitrary<Attack> =>
  fc.oneof(
    { weight: 1, arbitrary: sayings },
    { weight: 4, arbitrary: broken },
    { weight: 4, arbitrary: garbage },
    { weight: 2, arbitrary: presses(pool) },
  );

async function poolOf({ service }: FuzzedBot): Promise<Pool> {
  const { assessment } = await look(service, service.clock.now());
  const ids = [...assessment.register.keys()];
  const clinics = (await service.site.items(CLINICS)).map(({ id }) => id);
  return {
    findings: [...ids.map(findingCode), ...ids.slice(0, 3)],
    clinics,
    shown: [clinics.slice(0, 8).join(',')],
  };
}

test(
  'whatever is sent is answered, and shows and changes nothing that is not the sender’s own',
  async () => {
    const bot = await fuzzedBot(await open(MONDAY));
    const oracle = new Oracle(bot.marks);
    const before = await bot.standing();
    const held = bytesHeld();
    const taken: { seen: Seen; written: Written[] }[] = [];
    const isWell = fc.asyncProperty(anything(await poolOf(bot)), async ({ sent }) => {
      const seen = seenIn(sent.body.toString());
      const began = performance.now();
      const { answered, turn } = await bot.take(seen.actor, sent);
      taken.push({ seen: { ...seen, text: '' }, written: turn.written });
      const tookMs = performance.now() - began;
      expect(oracle.faultsOf({ seen, answered, turn, tookMs })).toEqual([]);
    });
    await fc.assert(isWell, { numRuns, seed });
    const after = await bot.standing();
    expect(taken.flatMap(({ seen, written }) => oracle.writeFaults(seen, written))).toEqual([]);
    const delivered = bot.background.filter((one) => one.in === 'table' && one.table === OUTBOX);
    expect(bot.background).toEqual(delivered);
    const written = [...taken.flatMap((turn) => turn.written), ...delivered];
    expect(changedBehind(before, after, written)).toEqual([]);
    expect(bytesHeld() - held).toBeLessThan(MORE_HELD);
  },
  UNHURRIED_MS,
);

test('every button and every question, from everybody, about two districts', async () => {
  const bot = await fuzzedBot(await open(MONDAY));
  const oracle = new Oracle(bot.marks);
  const { findings, clinics } = await poolOf(bot);
  const faults: string[] = [];
  for (const actor of ACTORS) {
    for (const [n, district] of ['Dover', 'Swale'].entries()) {
      const about = { district, finding: findings[n] ?? '', clinic: clinics[n] ?? '' };
      for (const asked of everything(actor, about)) {
        const sent = sentAs(asked);
        const seen = seenIn(sent.body.toString());
        const { answered, turn } = await bot.take(actor, sent);
        faults.push(...oracle.faultsOf({ seen, answered, turn, tookMs: 0 }));
      }
    }
  }
  expect(faults).toEqual([]);
});

test('the same goes over HTTP, and to where the connector is', async () => {
  const teams = await connector();
  const bot = await fuzzedBot(await open(MONDAY), { overHttp: true });
  const url = await listening(bot.app);
  const oracle = new Oracle(bot.marks);
  const isWell = fc.asyncProperty(anything(await poolOf(bot)), async ({ sent }) => {
    const body = Buffer.from(sent.body.toString('latin1').replaceAll(SMBA, teams.url), 'latin1');
    const seen = seenIn(body.toString());
    teams.posted.length = 0;
    const began = performance.now();
    const { value: answered, turn } = await bot.within(seen.actor, () =>
      postOverHttp(url, { ...sent, body }),
    );
    const tookMs = performance.now() - began;
    const here = { to: 'here', where: 'here' as const, json: answered.body };
    const shown = [...turn.shown, ...teams.posted, here];
    expect(oracle.faultsOf({ seen, answered, turn: { ...turn, shown }, tookMs })).toEqual([]);
  });
  await fc.assert(isWell, { numRuns: Math.min(numRuns, 400), seed: seed + 1 });
});

/** After everything was let go that can be. */
function bytesHeld(): number {
  setFlagsFromString('--expose-gc');
  const letGo: unknown = runInNewContext('gc');
  if (typeof letGo === 'function') letGo();
  return process.memoryUsage().heapUsed;
}

/** What is not as it was, though no turn is known to have written it. */
function changedBehind(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  written: readonly Written[],
): string[] {
  const known = new Set(
    written.map((one) =>
      one.in === 'table' ? `${one.table}: ${one.key}` : `${one.list}: ${one.before?.id ?? 'new'}`,
    ),
  );
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
  const isNew = (key: string) => !before.has(key) && known.has(key.replace(/\d+$/, 'new'));
  return changed.filter((key) => !known.has(key) && !isNew(key));
}
