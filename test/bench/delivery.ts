import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createDispatcher } from '../../adapters/delivery/dispatcher.ts';
import { conversationRecords } from '../../adapters/delivery/conversations.ts';
import { boards } from '../../adapters/delivery/lanes.ts';
import { createLogger } from '../../adapters/logger.ts';
import { openQueue } from '../../adapters/storage/queues.ts';
import { openTables } from '../../adapters/storage/tables.ts';
import {
  startConnector,
  type Arrival,
  type Enforced,
} from '../adapters/delivery-engine/recording-connector.ts';
import { outboxIn, QUEUE, waitingRow } from '../adapters/delivery-engine/rows.ts';
import { startAzurite } from '../azurite.ts';

/**
 * `npm run bench:delivery`: so many reminders, nearly all to conversations of their own, delivered by two
 * processes through a connector that answers 429 to whatever exceeds a documented limit. The named
 * reference is the least time in which any sender could do it: see {@link leastSeconds}.
 */
const REMINDERS = Number(process.env['REMINDERS'] ?? 10_000);
const WORKERS = 2;
/** A few conversations have several messages, so that their own limits bite. */
const BUSY = { conversations: 10, messages: 20 };
const LATENCY_MS = 5;
/** learn.microsoft.com, "Optimize your bot with rate limiting in Teams". Written out here on purpose. */
const LIMITS: Enforced = {
  conversation: [
    { most: 7, withinMs: 1000 },
    { most: 8, withinMs: 2000 },
    { most: 60, withinMs: 30_000 },
    { most: 1800, withinMs: 3_600_000 },
  ],
  app: { most: 50, withinMs: 1000 },
};

async function bench(): Promise<void> {
  const azurite = await startAzurite(['bench']);
  const connector = await startConnector({ limits: LIMITS, latencyMs: LATENCY_MS });
  const storage = azurite.connectionString('bench');
  const counts = messagesByConversation();
  try {
    say(`Putting ${total(counts)} reminders to ${counts.size} conversations into the outbox …`);
    await fill(storage, counts);
    const workers = await Promise.all(
      Array.from({ length: WORKERS }, () => startWorker(storage, connector.url)),
    );
    say(`Delivering them by ${WORKERS} processes …`);
    const began = performance.now();
    await nudge(storage, counts.keys());
    while (connector.taken().length < total(counts)) {
      await delay(100);
      if (performance.now() - began > 2000 * leastSeconds(counts) + 60_000) break;
    }
    const ended = connector.arrivals.at(-1)?.at ?? performance.now();
    const asked = await Promise.all(workers.map(stop));
    print(counts, connector.arrivals, { began, ended }, asked);
  } finally {
    await connector.stop();
    await azurite.stop();
  }
}

function messagesByConversation(): Map<string, number> {
  const single = REMINDERS - BUSY.conversations * BUSY.messages;
  return new Map([
    ...Array.from({ length: BUSY.conversations }, (_, i) => [`busy${i}`, BUSY.messages] as const),
    ...Array.from({ length: Math.max(0, single) }, (_, i) => [`person${i}`, 1] as const),
  ]);
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((a, b) => a + b, 0);

async function fill(connectionString: string, counts: ReadonlyMap<string, number>): Promise<void> {
  const outbox = outboxIn(openTables({ connectionString }));
  const rows = [...counts].flatMap(([who, n]) =>
    Array.from({ length: n }, (_, i) => waitingRow(who, i)),
  );
  const left = rows.values();
  const work = async (): Promise<void> => {
    for (const row of left) await outbox.put(row.id, row);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

async function startWorker(storage: string, url: string): Promise<ChildProcess> {
  const program = new URL('../adapters/delivery-engine/worker.ts', import.meta.url);
  const worker = fork(program, ['--storage', storage, '--connector', url]);
  await once(worker, 'message');
  return worker;
}

/** As the leader does after a sweep; this process delivers nothing itself. */
async function nudge(connectionString: string, whos: Iterable<string>): Promise<void> {
  const storage = { connectionString };
  const tables = openTables(storage);
  const dispatcher = createDispatcher({
    queue: openQueue(storage, QUEUE),
    conversations: conversationRecords(tables),
    board: boards(tables),
    handler: {
      begin: () => Promise.reject(new Error('this process only nudges')),
      givenUp: () => Promise.resolve(),
    },
    log: createLogger('error'),
  });
  await dispatcher.nudge(whos);
}

type Said = { asked: Record<string, number> };

async function stop(worker: ChildProcess): Promise<Said> {
  worker.send('stop');
  const [said] = (await once(worker, 'message')) as [Said];
  return said;
}

/**
 * The reference: no sender, however quick, can have the last request arrive earlier without exceeding a
 * window. The `n`th request of a stream may arrive once all its windows have room, counting from 0.
 */
function leastSeconds(counts: ReadonlyMap<string, number>): number {
  const busiest = Math.max(...counts.values());
  return Math.max(
    lastArrival(total(counts), [LIMITS.app]),
    lastArrival(busiest, LIMITS.conversation),
  );
}

function lastArrival(requests: number, windows: Enforced['conversation']): number {
  const times: number[] = [];
  for (let n = 0; n < requests; n += 1) {
    const reopenings = windows.map(
      ({ most, withinMs }) => (times[n - most] ?? -withinMs) + withinMs,
    );
    times.push(Math.max(0, ...reopenings));
  }
  return (times.at(-1) ?? 0) / 1000;
}

function print(
  counts: ReadonlyMap<string, number>,
  arrivals: readonly Arrival[],
  { began, ended }: { began: number; ended: number },
  said: readonly Said[],
): void {
  const seconds = (ended - began) / 1000;
  const first = arrivals[0]?.at ?? ended;
  const least = leastSeconds(counts);
  const throttled = arrivals.filter(({ status }) => status === 429).length;
  const delivered = new Set(arrivals.filter((a) => a.status === 201).map(({ text }) => text));
  const kinds = new Map<string, number>();
  for (const [kind, n] of said.flatMap(({ asked }) => Object.entries(asked))) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + n);
  }
  const requests = [...kinds.values()].reduce((a, b) => a + b, 0);
  const lines = {
    reminders: `${total(counts)} to ${counts.size} conversations, by ${WORKERS} processes`,
    delivered: delivered.size,
    attempts: arrivals.length,
    'throttled answers': throttled,
    'most in any second': mostInAnySecond(arrivals),
    seconds: seconds.toFixed(1),
    'least that the limits allow, seconds': least.toFixed(1),
    'until the first arrived, seconds': ((first - began) / 1000).toFixed(1),
    'a second, of the middle half': middleRate(arrivals).toFixed(1),
    ratio: (seconds / least).toFixed(3),
    'storage requests a message': (requests / delivered.size).toFixed(2),
    'load average, cores of this machine': `${loadavg()[0]?.toFixed(1)}, ${availableParallelism()}`,
  };
  say('');
  for (const [name, value] of Object.entries(lines)) say(`${name.padEnd(38)}${value}`);
  for (const [kind, n] of [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 10)) {
    say(`  ${kind.padEnd(36)}${(n / delivered.size).toFixed(2)} a message`);
  }
}

/** Without the beginning and the end. */
function middleRate(arrivals: readonly Arrival[]): number {
  const [from, to] = [Math.floor(arrivals.length / 4), Math.floor((3 * arrivals.length) / 4)];
  const ms = (arrivals[to]?.at ?? 0) - (arrivals[from]?.at ?? 0);
  return ((to - from) / ms) * 1000;
}

function mostInAnySecond(arrivals: readonly Arrival[]): number {
  let [from, most] = [0, 0];
  for (const [to, { at }] of arrivals.entries()) {
    while ((arrivals[from]?.at ?? at) <= at - 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await bench();
