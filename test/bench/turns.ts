import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createGraph } from '../../adapters/sharepoint/graph.ts';
import { createBudget } from '../../adapters/sharepoint/resource-units.ts';
import { provisionLists } from '../../adapters/sharepoint/provision-lists.ts';
import { openSite } from '../../adapters/sharepoint/site.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import { fillBotLists } from '../../infra/local/demo/fill-bot-lists.ts';
import { people } from '../../infra/local/demo/people.ts';
import { startEmulator, type RunningEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { startAzurite } from '../azurite.ts';
import { ACCESS_TOKEN, startBotFrameworkKeys } from '../bot-framework-keys.ts';
import type { Spent } from './turns-process.ts';

/**
 * `npm run bench:turns`: what somebody waits for an answer, beside a bare botbuilder bot that echoes what
 * it is told: the same turns, in the same run, one after the other, each to both. A turn lasts from the
 * POST of the activity until the POST is answered and the answer has arrived at the connector. The turns
 * are those of the evaluation set, in its proportions. Both run as in a tenant: each activity carries a
 * token of the Bot Framework and is verified, each answer is signed by a managed identity.
 *
 * The echo bot is made as Microsoft's samples are, and makes its connector's client anew for each turn;
 * this bot keeps it. So there is a third: an echo bot on this bot's own adapter, beside which stands what
 * this bot does itself. Last, the same turns while Graph answers 429 to everything.
 */
const TURNS = Number(process.env['TURNS'] ?? 600);
const WARM_UP = Number(process.env['WARM_UP'] ?? 150);
const GOAL_RATIO = 1.25;
const GOAL_LONGEST_MS = 5_000;
/** Between two turns: twenty a second are far more than twelve districts and their schools ask. */
const PACE_MS = Number(process.env['PACE_MS'] ?? 50);
/** As far away as Teams' connector may be, and as near as one on loopback is. */
const [FAR_MS, NEAR_MS] = [50, 1];
const BOT_ID = '11111111-1111-4111-8111-111111111111';
const TENANT_ID = '22222222-2222-4222-8222-222222222222';
const THROTTLED = { questions: 24, forMs: 9_000, retryAfterSeconds: 4 };
const NOW = '2026-11-23T09:00:00Z';

type Turn = { who: string; text: string };
type Connector = {
  url: string;
  latencyMs: number;
  arrivals: Map<string, number[]>;
  /** How many answers came without the bot's token. */
  unsigned: number;
  stop(): void;
};
type Bot = { child: ChildProcess; port: number };
/** `own`: an echo bot on this bot's adapter. */
type Bots = Record<'echo' | 'own' | 'bot', Bot>;
type Times = { echo: number[]; bot: number[] };
type Stage = { bots: Bots; connector: Connector; authorization: string; turns: readonly Turn[] };

async function bench(): Promise<void> {
  const azurite = await startAzurite(['bench']);
  const emulator = await startEmulator({
    port: 0,
    databaseFile: ':memory:',
    seed: councilSite(),
    now: () => new Date(NOW),
    isThrownAway: true,
  });
  const connector = await startConnector();
  const keys = await startBotFrameworkKeys();
  const children: ChildProcess[] = [];
  try {
    say('Making the county …');
    await fillSite(emulator);
    const env = {
      ...environment(emulator, azurite.connectionString('bench')),
      ...keys.env,
      BOT_ID,
      BOT_TENANT_ID: TENANT_ID,
    };
    const stage: Stage = {
      bots: await startAll(env, children),
      connector,
      authorization: keys.bearer({ aud: BOT_ID, serviceurl: connector.url }),
      turns: theTurns(),
    };
    await measure(stage, 'echo', WARM_UP);
    await besideAnEcho(stage);
    await whileThrottled(stage, emulator);
    if (connector.unsigned > 0) throw new Error(`${connector.unsigned} answers were not signed.`);
    line(
      'load average, cores of this machine',
      `${loadavg()[0]?.toFixed(1)}, ${availableParallelism()}`,
    );
  } finally {
    for (const child of children) child.disconnect();
    connector.stop();
    keys.stop();
    await emulator.close();
    await azurite.stop();
  }
}

async function besideAnEcho(stage: Stage): Promise<void> {
  const { bots, connector } = stage;
  bots.bot.child.send('begin');
  const near = await measure(stage, 'echo', TURNS, PACE_MS);
  const spent = await spentBy(bots.bot);
  say('');
  say('beside a bare echo bot');
  print(`one every ${PACE_MS} ms, a connector on loopback that takes ${NEAR_MS} ms`, near);
  goal(near);
  printSpent(spent, near);
  const dense = await measure(stage, 'echo', TURNS);
  print('without a pause between two', dense);
  goal(dense);
  connector.latencyMs = FAR_MS;
  const far = await measure(stage, 'echo', Math.ceil(TURNS / 4));
  print(`a connector that takes ${FAR_MS} ms`, far);
  goal(far);
  connector.latencyMs = NEAR_MS;
  say('');
  say('beside an echo bot on our own adapter: what the bot does itself');
  await measure(stage, 'own', WARM_UP);
  print(`one every ${PACE_MS} ms`, await measure(stage, 'own', TURNS, PACE_MS));
}

/** The council's lists and the bot's own, as the demo has them. */
async function fillSite({ url }: RunningEmulator): Promise<void> {
  const graph = createGraph(url, { budget: createBudget(1_000_000) });
  await provisionLists(openSite(graph, new URL('https://council.example/sites/stls')));
  await fillBotLists(url, 'council.example:/sites/stls', 'loopback-only');
}

const environment = ({ url }: RunningEmulator, storage: string): NodeJS.ProcessEnv => ({
  ...process.env,
  SHAREPOINT_SITE: 'https://council.example/sites/stls',
  GRAPH_BASE_URL: url,
  AZURE_STORAGE_CONNECTION_STRING: storage,
  // Nobody asks as much in a minute as is asked here in a second: the allowance is not what is measured.
  GRAPH_UNITS_PER_MINUTE: '1000000',
  LOG_LEVEL: 'fatal',
});

const startAll = async (env: NodeJS.ProcessEnv, all: ChildProcess[]): Promise<Bots> => ({
  echo: await start('turns-echo.ts', env, all),
  own: await start('turns-echo.ts', { ...env, ON_OWN_ADAPTER: 'yes' }, all),
  bot: await start('turns-bot.ts', env, all),
});

async function start(file: string, env: NodeJS.ProcessEnv, all: ChildProcess[]): Promise<Bot> {
  const child = fork(new URL(file, import.meta.url), { env });
  all.push(child);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended.`)));
  const [{ port }] = await Promise.race([
    once(child, 'message') as Promise<[{ port: number }]>,
    ended,
  ]);
  ended.catch(() => undefined);
  return { child, port };
}

const WHO: Readonly<Record<string, string>> = {
  senco: 'Sam Okafor',
  lead: 'Priya Raman',
  commissioner: 'Colin Marsh',
  practitioner: 'Nell Abara',
  stranger: '',
};

/** The evaluation set's utterances, shuffled in the same way each time, as often over as it takes. */
function theTurns(): Turn[] {
  const rows = readFileSync(new URL('../eval/utterances.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row) => row.split('\t'));
  const all = rows.flatMap(([role = '', text = '']): Turn[] => {
    const roles = role === 'any' ? ['senco', 'lead', 'commissioner', 'practitioner'] : [role];
    return roles.map((one) => ({ who: WHO[one] ?? '', text }));
  });
  const often = Math.ceil(Math.max(TURNS, WARM_UP) / all.length);
  return Array.from({ length: often }, (_, n) => shuffled(all, n + 1)).flat();
}

function shuffled<T>(all: readonly T[], seed: number): T[] {
  const mixed = [...all];
  let state = seed;
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

/** Stands where Teams' connector does, and notes when what reached which conversation. */
async function startConnector(): Promise<Connector> {
  const arrivals = new Map<string, number[]>();
  const server = createServer((req, res) => {
    const conversation = /\/v3\/conversations\/([^/]+)\//.exec(req.url ?? '')?.[1] ?? '';
    const known = arrivals.get(conversation) ?? [];
    arrivals.set(conversation, known);
    if (!req.headers.authorization?.startsWith(`Bearer ${ACCESS_TOKEN}`)) connector.unsigned += 1;
    let isTyping = false;
    req.once('data', (first: Buffer) => {
      isTyping = first.includes('"type":"typing"');
    });
    req.once('end', () => {
      // That the bot is typing is no answer.
      if (!isTyping) known.push(performance.now());
      setTimeout(() => {
        res.writeHead(201, { 'content-type': 'application/json' });
        res.end('{"id":"activity"}');
      }, connector.latencyMs);
    });
  });
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connector: Connector = {
    url,
    latencyMs: NEAR_MS,
    arrivals,
    unsigned: 0,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return connector;
}

/** So many turns, each to both bots; one comes first as often as the other. */
async function measure(
  stage: Stage,
  beside: 'echo' | 'own',
  many: number,
  paceMs = 0,
): Promise<Times> {
  const times: Times = { echo: [], bot: [] };
  for (const [n, turn] of stage.turns.slice(0, many).entries()) {
    for (const which of n % 2 === 0 ? (['echo', 'bot'] as const) : (['bot', 'echo'] as const)) {
      await delay(paceMs);
      times[which].push(await turnOf(stage, which === 'echo' ? beside : which, turn));
    }
  }
  return times;
}

let nth = 0;

/** How long one turn takes, in milliseconds. */
async function turnOf(stage: Stage, which: keyof Bots, turn: Turn): Promise<number> {
  const { url, arrivals } = stage.connector;
  nth += 1;
  const conversation = `${which}-${nth}`;
  const began = performance.now();
  const status = await post(stage, which, activityOf(turn, conversation, url));
  const answered = performance.now();
  if (status !== 200) throw new Error(`“${turn.text}” was answered ${status}.`);
  const arrived = arrivals.get(conversation)?.at(-1);
  if (arrived === undefined) throw new Error(`“${turn.text}” had no answer.`);
  return Math.max(arrived, answered) - began;
}

function activityOf({ who, text }: Turn, conversation: string, serviceUrl: string): object {
  const person = people.find(({ displayName }) => who !== '' && displayName.startsWith(who));
  const aadObjectId = person?.id ?? '00000000-0000-4000-8000-00000000beef';
  return {
    type: 'message',
    id: `of-${conversation}`,
    timestamp: NOW,
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${aadObjectId}`, name: who || 'Somebody New', aadObjectId },
    recipient: { id: '28:bot', name: 'Bot' },
    conversation: { id: conversation, conversationType: 'personal', tenantId: TENANT_ID },
    locale: 'en-GB',
    text,
    textFormat: 'plain',
  };
}

const agent = new Agent({ keepAlive: true });

async function post(
  { bots, authorization }: Stage,
  which: keyof Bots,
  body: object,
): Promise<number> {
  const asked = httpRequest({
    port: bots[which].port,
    host: '127.0.0.1',
    path: '/api/messages',
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', authorization },
  });
  asked.end(JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [
    { statusCode?: number; resume(): void } & NodeJS.ReadableStream,
  ];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode ?? 0;
}

async function spentBy({ child }: Bot): Promise<Spent> {
  child.send('say');
  const [spent] = (await once(child, 'message')) as [Spent];
  return spent;
}

/** Everything of Graph is refused for a while: every question is answered within five seconds, and completed later. */
async function whileThrottled(stage: Stage, emulator: RunningEmulator): Promise<void> {
  const { bots, connector } = stage;
  const { questions, forMs, retryAfterSeconds } = THROTTLED;
  emulator.faults.order([{ kind: '429 seconds', retryAfterSeconds }]);
  bots.bot.child.send('forget');
  await delay(100);
  const turns = [
    { who: 'Sam Okafor', text: 'when is the next clinic?' },
    { who: 'Colin Marsh', text: 'who is missing?' },
    { who: 'Priya Raman', text: 'what is due?' },
    { who: 'Sam Okafor', text: 'who is my link practitioner?' },
  ];
  const asked = Array.from({ length: questions }, async (_, n) => {
    await delay(n * 100);
    const conversation = `throttled-${n}`;
    const began = performance.now();
    await post(
      stage,
      'bot',
      activityOf(turns[n % turns.length] as Turn, conversation, connector.url),
    );
    return { conversation, ms: performance.now() - began };
  });
  const all = Promise.all(asked);
  await delay(forMs);
  emulator.faults.clear();
  const answered = await all;
  const completed = () =>
    answered.filter(({ conversation }) => (connector.arrivals.get(conversation)?.length ?? 0) > 1);
  const until = performance.now() + 60_000;
  while (completed().length < questions && performance.now() < until) await delay(100);
  const longest = Math.max(...answered.map(({ ms }) => ms));
  say('');
  say(`while Graph answers 429 to everything for ${forMs / 1000} s`);
  line('the longest of so many turns, seconds', `${(longest / 1000).toFixed(2)} of ${questions}`);
  line(`goal below ${GOAL_LONGEST_MS / 1000} s`, longest < GOAL_LONGEST_MS ? 'met' : 'missed');
  line('questions answered in full afterwards', `${completed().length} of ${questions}`);
}

function print(what: string, { echo, bot }: Times): void {
  say('');
  say(`${bot.length} turns: ${what}`);
  line('echo bot: median, 95th percentile, ms', bothOf(echo));
  line('whole bot: median, 95th percentile, ms', bothOf(bot));
  line('ratio of the medians', ratioOf({ echo, bot }).toFixed(3));
}

const goal = (times: Times): void =>
  line(`goal at most ${GOAL_RATIO}`, ratioOf(times) <= GOAL_RATIO ? 'met' : 'missed');

const ratioOf = ({ echo, bot }: Times): number => quantile(bot, 0.5) / quantile(echo, 0.5);

function printSpent(spent: Spent, { bot }: Times): void {
  for (const [what, times] of Object.entries(spent)) {
    line(`  of it ${what}: median, 95th, ms`, bothOf(times));
  }
  line('  longest turn, ms', Math.max(...bot).toFixed(1));
}

const bothOf = (times: readonly number[]): string =>
  `${quantile(times, 0.5).toFixed(2)}, ${quantile(times, 0.95).toFixed(2)}`;

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

const line = (name: string, value: string): void => say(`${name.padEnd(44)}${value}`);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await bench();
