import type { TokenCredential } from '@azure/identity';
import type { NamedDistrict } from '../bot/directory/district-name.ts';
import { fileClock, systemClock, type Clock } from './clock.ts';
import type { Configuration } from './config.ts';
import { credentialFor } from './credential.ts';
import { createServer } from './http/server.ts';
import { createLogger } from './logger.ts';
import { conversationRecords } from './delivery/conversations.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import { boards } from './delivery/lanes.ts';
import { contend, type Contender } from './delivery/leader.ts';
import { DISPATCHER_SETTINGS } from './delivery/settings.ts';
import { conversationWork } from './service/deliver.ts';
import { listMirrors } from './service/mirror-lists.ts';
import { createRunner, moveToNextWorkingDay, type Lead } from './service/run.ts';
import type { Core, Service } from './service/service.ts';
import { createGraph, type Graph } from './sharepoint/graph.ts';
import { createBudget } from './sharepoint/resource-units.ts';
import { PATIENT } from './sharepoint/retry.ts';
import { DISTRICTS, READ_LISTS } from './sharepoint/bot-lists.ts';
import { COUNCIL_LISTS } from './sharepoint/council-lists.ts';
import { openSubscriptions, type Subscriptions } from './sharepoint/subscriptions.ts';
import { districtRow, readRows } from './sharepoint/rows.ts';
import { openSite } from './sharepoint/site.ts';
import { openSnapshots } from './storage/snapshots.ts';
import { openMemory } from './storage/memory.ts';
import { CONVERSATIONS_QUEUE, openQueue, type WorkQueue } from './storage/queues.ts';
import { openTables } from './storage/tables.ts';
import { createApplication } from './teams/application.ts';
import { createAdapter, teamsThrough } from './teams/connector.ts';

/** Teams waits some seconds for the answer to a button. */
const PRESS_MS = 4_000;
/** Far longer than SharePoint takes to carry out a request that nobody waits for any more. */
const UNCLEAR_MS = 2 * 60_000;

/** Graph as the configuration has it. */
const graphOf = ({ graph }: Configuration, credential: TokenCredential | undefined): Graph =>
  createGraph(graph.baseUrl, {
    credential,
    budget: createBudget(graph.unitsPerMinute),
    patience: { ...PATIENT, deadlineMs: graph.patienceMs },
  });

/** On which the leader is asked for a look. */
const LOOKS_QUEUE = 'stls-looks';

type Wishes = {
  /** Instead of the configuration's own. */
  clock?: Clock;
  /** Called when a message went out. */
  delivered?: () => void;
};

/** Puts the parts together, once, from the configuration. */
export function compose(
  config: Configuration,
  { clock = clockOf(config), delivered }: Wishes = {},
) {
  const log = createLogger(config.logLevel);
  const credential = credentialFor(config);
  const unreadable = new Set<string>();
  const tables = openTables(config.storage, credential, (table, error) => {
    if (unreadable.has(error.message)) return;
    unreadable.add(error.message);
    log.error({ err: error, table }, 'a document of the bot cannot be read and is left out');
  });
  const adapter = createAdapter(config);
  const graph = graphOf(config, credential);
  const core: Core = {
    clock,
    site: openSite(graph, config.site, {
      snapshots: openSnapshots(config.storage, credential),
      onSnapshotFailure: (error) =>
        log.warn({ err: error }, 'a copy of a list could not be kept or fetched'),
    }),
    memory: openMemory(tables),
    teams: teamsThrough(adapter, config.bot.id, DISPATCHER_SETTINGS.requestMs),
    log,
    pressMs: PRESS_MS,
    unclearMs: UNCLEAR_MS,
    isLocal: config.clockFile !== undefined,
  };
  const dispatcher = createDispatcher({
    queue: openQueue(config.storage, CONVERSATIONS_QUEUE, credential),
    conversations: conversationRecords(tables),
    board: boards(tables),
    handler: conversationWork(core, delivered ? { delivered } : {}),
    log,
  });
  const service: Service = { ...core, conversations: dispatcher };
  const subscriptions =
    config.publicUrl &&
    openSubscriptions({
      graph,
      site: service.site,
      kept: service.memory.subscriptions,
      lists: [...COUNCIL_LISTS.map(({ list }) => list), ...READ_LISTS],
      publicUrl: config.publicUrl,
    });
  return {
    config,
    log,
    tables,
    adapter,
    service,
    subscriptions,
    dispatcher,
    credential,
    unreadable,
  };
}

const clockOf = ({ clockFile }: Configuration): Clock =>
  clockFile ? fileClock(clockFile) : systemClock;

/** The whole bot, ready to listen. */
export function composeBot(config: Configuration, wishes: Pick<Wishes, 'clock'> = {}) {
  // What was delivered belongs on the commissioners' card of the day.
  const delivered = () => runner.lookSoon();
  const parts = compose(config, { ...wishes, delivered });
  const { log, tables, adapter, service, subscriptions, dispatcher, credential } = parts;
  const contender = contend({ storage: config.storage, credential, log });
  const looks = openQueue(config.storage, LOOKS_QUEUE, credential);
  const keepSubscribed = subscriptionKeeper(service, subscriptions);
  const mirror = listMirrors(service);
  const runner = createRunner(service, {
    lead: leadThrough(contender, looks),
    afterLook: async ({ look }) => {
      await keepSubscribed();
      await mirror(look);
    },
  });
  const application = createApplication({
    service,
    adapter,
    botId: config.bot.id,
    inTurn: runner.inTurn,
    districts: rememberFor(60_000, () => readDistricts(service)),
    lookSoon: () => runner.lookSoon(),
    nextWorkingDay: service.isLocal
      ? (actor) => moveToNextWorkingDay(service, runner, actor)
      : undefined,
  });
  const server = createServer({
    service,
    runner,
    adapter,
    verifies: config.bot.id !== '',
    run: (context) => application.run(context),
    pingStorage: () => tables.ping(),
    problems: () => [
      ...named('delivery', dispatcher.health().problem),
      ...named('lead', contender.problem()),
      ...[...parts.unreadable].map((problem) => `storage: ${problem}`),
    ],
    subscriptions,
  });
  const stop = async (): Promise<void> => {
    await runner.stop();
    await dispatcher.stop();
    await contender.stop();
  };
  const start = (): void => {
    runner.start(config.pollSeconds);
    dispatcher.start();
  };
  return { server, runner, service, log, start, stop };
}

const named = (what: string, problem: string | undefined): string[] =>
  problem === undefined ? [] : [`${what}: ${problem}`];

/** How long a request for a look is out of sight while it is taken off the queue, in milliseconds. */
const HIDE_MS = 30_000;
const MOST_ASKED = 32;

/** One process looks at the lists; the others ask it to over a queue. */
const leadThrough = (contender: Contender, looks: WorkQueue): Lead => ({
  isLeader: () => contender.isLeader(),
  ask: () => looks.send('look'),
  wasAsked: async () => {
    const asked = await looks.receive(MOST_ASKED, HIDE_MS);
    await Promise.all(asked.map((one) => one.done()));
    return asked.length > 0;
  },
});

/** Keeps Graph notifying; a problem is logged once, not with every look. */
function subscriptionKeeper(service: Service, subscriptions: Subscriptions | undefined) {
  let told = '';
  return async (): Promise<void> => {
    const problems = (await subscriptions?.keep(service.clock.now())) ?? [];
    const now = problems.join('\n');
    if (now !== told && now !== '') {
      service.log.warn({ problems }, 'lists cannot notify the bot; they are polled all the same');
    }
    told = now;
  };
}

async function readDistricts({ site }: Service): Promise<NamedDistrict[]> {
  return readRows(DISTRICTS, await site.items(DISTRICTS), districtRow).rows;
}

/** Asks again only after a while; a failure is not remembered. */
function rememberFor<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let known: { value: T; until: number } | undefined;
  return async () => {
    if (known && Date.now() < known.until) return known.value;
    const value = await ask();
    known = { value, until: Date.now() + milliseconds };
    return value;
  };
}
