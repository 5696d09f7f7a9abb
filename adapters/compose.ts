import type { TokenCredential } from '@azure/identity';
import { fileClock, systemClock, type Clock } from './clock.ts';
import type { Configuration } from './config.ts';
import { credentialFor } from './credential.ts';
import { createLogger } from './logger.ts';
import { conversationRecords } from './delivery/conversations.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import { boards } from './delivery/lanes.ts';
import { DISPATCHER_SETTINGS } from './delivery/settings.ts';
import { conversationWork } from './service/deliver.ts';
import type { Core, Service } from './service/service.ts';
import { createGraph, type Graph } from './sharepoint/graph.ts';
import { createBudget } from './sharepoint/resource-units.ts';
import { PATIENT } from './sharepoint/retry.ts';
import { READ_LISTS } from './sharepoint/bot-lists.ts';
import { COUNCIL_LISTS } from './sharepoint/council-lists.ts';
import { openSubscriptions } from './sharepoint/subscriptions.ts';
import { openSite } from './sharepoint/site.ts';
import { openSnapshots } from './storage/snapshots.ts';
import { openMemory } from './storage/memory.ts';
import { CONVERSATIONS_QUEUE, openQueue } from './storage/queues.ts';
import { openTables } from './storage/tables.ts';
import { createAdapter } from './teams/adapter.ts';
import { teamsThrough } from './teams/connector.ts';

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

/** What somebody wants otherwise. */
export type Wishes = {
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
