import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFailed, onTestFinished, test } from 'vitest';
import type { DispatcherSettings } from '../../../adapters/delivery/settings.ts';
import { openQueue } from '../../../adapters/storage/queues.ts';
import { openTables } from '../../../adapters/storage/tables.ts';
import { nudgesFor } from '../../../adapters/delivery/notes.ts';
import { newAccount } from '../azurite.ts';
import { startConnector, type RecordingConnector } from './recording-connector.ts';
import { outboxIn, QUEUE, waitingRow } from './rows.ts';

/**
 * How often a process is killed, how many messages wait, and by which chances: `KILLS=100 MESSAGES=1000
 * SEED=7`, or `SEED=random`.
 */
const KILLS = Number(process.env['KILLS'] ?? 4);
const MESSAGES = Number(process.env['MESSAGES'] ?? 60);
const SEED = seedFrom(process.env['SEED'] ?? '3');
const EACH = 10;
const WORKERS = 3;
/** What a dead process leaves behind is over in two seconds. */
const SETTINGS: Partial<DispatcherSettings> = {
  hideMs: 2000,
  claimMs: 2000,
  laneMs: 2000,
  requestMs: 1000,
  skewMs: 50,
  pollMs: 200,
  shareMs: 250,
  busyMs: 1000,
};
/** The documented ones: not even a death may exceed them. */
const LIMITS = {
  conversation: [
    { most: 7, withinMs: 1000 },
    { most: 8, withinMs: 2000 },
    { most: 60, withinMs: 30_000 },
  ],
  app: { most: 50, withinMs: 1000 },
};

function seedFrom(text: string): number {
  return text === 'random' ? Math.floor(Math.random() * 1_000_000) + 1 : Number(text);
}

/** The same numbers from 0 to 1 for the same seed (Lehmer). */
function chances(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const WHOS = Array.from({ length: Math.ceil(MESSAGES / EACH) }, (_, i) => `person${i}`);

async function startWorker(storage: string, connector: string): Promise<ChildProcess> {
  const worker = fork(
    new URL('worker.ts', import.meta.url),
    ['--storage', storage, '--connector', connector].concat([
      '--settings',
      JSON.stringify(SETTINGS),
    ]),
  );
  onTestFinished(() => void worker.kill('SIGKILL'));
  await once(worker, 'message');
  return worker;
}

/** Keeps three processes alive, of which two work at least, and kills one at moments spread over all messages. */
async function killing(storage: string, connector: RecordingConnector): Promise<number> {
  const chance = chances(SEED);
  const working: ChildProcess[] = [];
  const starting = new Set<Promise<unknown>>();
  const start = (): void => {
    const started = startWorker(storage, connector.url).then((worker) => {
      starting.delete(started);
      return working.push(worker);
    });
    starting.add(started);
  };
  for (let n = 0; n < WORKERS; n += 1) start();
  let kills = 0;
  for (let n = 0; n < KILLS; n += 1) {
    while (working.length < WORKERS - 1) await Promise.race(starting);
    const due = Math.floor(((n + chance()) * MESSAGES) / KILLS);
    while (connector.arrivals.length < due) await delay(2);
    // Before, while or after something is sent, answered or noted.
    await delay(chance() * 60);
    const [worker] = working.splice(Math.floor(chance() * working.length), 1);
    if (worker?.kill('SIGKILL')) kills += 1;
    start();
  }
  while (new Set(connector.taken()).size < MESSAGES) await delay(20);
  await Promise.all(starting);
  await Promise.all(working.map(stop));
  return kills;
}

async function stop(worker: ChildProcess): Promise<void> {
  const ended = once(worker, 'exit');
  worker.send('stop');
  await ended;
}

/** As the leader does each minute, here each second: what still waits is put on the queue again. */
async function nudging(connectionString: string, connector: RecordingConnector): Promise<void> {
  const queue = openQueue({ connectionString }, QUEUE);
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  for (;;) {
    const taken = new Set(connector.taken());
    const waiting = WHOS.filter((who) => rowsOf(who).some(({ id }) => !taken.has(id)));
    if (waiting.length === 0 || stopping.signal.aborted) return;
    for (const text of nudgesFor(waiting)) await queue.send(text);
    await delay(1000);
  }
}

const rowsOf = (who: string) => Array.from({ length: EACH }, (_, n) => waitingRow(who, n));

describe('processes that are killed while they deliver', () => {
  test(
    'lose nothing, double at most one message each, and change no order',
    { timeout: 30_000 + KILLS * 10_000 },
    async () => {
      const storage = newAccount();
      const connector = await startConnector({ limits: LIMITS, latencyMs: 5 });
      onTestFinished(() => connector.stop());
      const outbox = outboxIn(openTables({ connectionString: storage }));
      for (const who of WHOS) await outbox.putAll(rowsOf(who).map((row) => [row.id, row]));
      const began = performance.now();
      const [kills] = await Promise.all([killing(storage, connector), nudging(storage, connector)]);
      const told = tell(connector, kills, (performance.now() - began) / 1000);
      if (process.env['KILLS']) process.stdout.write(`${told}\n`);
      onTestFailed(() => void process.stdout.write(`again with SEED=${SEED}: ${told}\n`));
      const all = WHOS.flatMap((who) => rowsOf(who).map(({ id }) => id));
      const taken = connector.taken();
      expect(new Set(taken)).toEqual(new Set(all));
      expect(taken.length - all.length).toBeLessThanOrEqual(kills);
      expect(kills).toBe(KILLS);
      expect(outOfOrder(connector)).toEqual([]);
      const throttled = connector.arrivals.filter(({ status }) => status === 429);
      expect(throttled).toEqual([]);
      const rows = (await outbox.all()).map(({ value }) => value.status);
      expect(new Set(rows)).toEqual(new Set(['sent']));
    },
  );
});

/** A message arrives after the one before it; a doubled one is the one just before. */
function outOfOrder(connector: RecordingConnector): string[] {
  return WHOS.flatMap((who) => {
    const taken = connector.taken(who);
    const expected = rowsOf(who).map(({ id }) => id);
    const wrong = taken.filter((id, i) => {
      const isAgain = i > 0 && taken[i - 1] === id;
      const distinct = new Set(taken.slice(0, i + 1)).size;
      return !isAgain && expected[distinct - 1] !== id;
    });
    return wrong.map((id) => `${id} in ${taken.join(' ')}`);
  });
}

function tell(connector: RecordingConnector, kills: number, seconds: number): string {
  const taken = connector.taken();
  const distinct = new Set(taken).size;
  return [
    `${MESSAGES} messages to ${WHOS.length} conversations, ${kills} kills, seed ${SEED}:`,
    `${MESSAGES - distinct} lost, ${taken.length - distinct} doubled,`,
    `${outOfOrder(connector).length} out of order,`,
    `${connector.arrivals.filter(({ status }) => status === 429).length} throttled,`,
    `${seconds.toFixed(1)} s`,
  ].join(' ');
}
