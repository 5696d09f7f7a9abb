import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { parseArgs } from 'node:util';
import { bringInLine } from '../../../adapters/delivery/bring-in-line.ts';
import { conversationRecords } from '../../../adapters/delivery/conversations.ts';
import { createDispatcher } from '../../../adapters/delivery/dispatcher.ts';
import {
  DISPATCHER_SETTINGS,
  type DispatcherSettings,
} from '../../../adapters/delivery/settings.ts';
import { boards } from '../../../adapters/delivery/lanes.ts';
import { createLogger } from '../../../adapters/logger.ts';
import { openQueue } from '../../../adapters/storage/queues.ts';
import { openTables } from '../../../adapters/storage/tables.ts';
import { createAdapter } from '../../../adapters/teams/adapter.ts';
import { teamsThrough } from '../../../adapters/teams/connector.ts';
import { readConfiguration } from '../../../adapters/config.ts';
import { cardSaying, outboxIn, QUEUE, referenceAt, STORY } from './rows.ts';

/**
 * A process that delivers, of which a test or a bench starts several: the dispatcher and the connector
 * as the service has them, with cards that say the id of their row. It says `ready` to its parent; at
 * the first message from there it ends in good order, and says what it asked of storage.
 */
const { values } = parseArgs({
  options: {
    storage: { type: 'string', default: '' },
    connector: { type: 'string', default: '' },
    settings: { type: 'string', default: '{}' },
  },
});
const settings = {
  ...DISPATCHER_SETTINGS,
  ...(JSON.parse(values.settings) as Partial<DispatcherSettings>),
};
const storage = { connectionString: values.storage };
const config = readConfiguration({
  SHAREPOINT_SITE: 'https://example.org/sites/none',
  AZURE_STORAGE_CONNECTION_STRING: values.storage,
});
const tables = openTables(storage);
const teams = teamsThrough(createAdapter(config), '', settings.requestMs);
const line = {
  outbox: outboxIn(tables),
  prepare: async (row: { id: string }) =>
    ({ kind: 'send', row, card: cardSaying(row.id), shown: row.id }) as never,
  post: async (row: { person: string }, card: never) =>
    teams.post(referenceAt(values.connector, row.person), card),
  refresh: async () => ({ kind: 'done' }) as const,
  now: () => STORY,
};
const dispatcher = createDispatcher({
  queue: openQueue(storage, QUEUE),
  conversations: conversationRecords(tables),
  board: boards(tables),
  handler: {
    begin: async () => (conversation) => bringInLine(line, conversation),
    givenUp: async () => undefined,
  },
  log: createLogger(process.env['LOG_LEVEL'] ?? 'error'),
  settings,
});
/** What this process asked of storage, by method and service. */
const asked: Record<string, number> = {};
subscribe('http.client.request.start', (message) => {
  const { method, host, path } = (message as { request: ClientRequest }).request;
  const [kind = ''] = /^\/[^/]+\/[a-zA-Z-]+/.exec(path) ?? [];
  if (values.connector.includes(host) && path.startsWith('/v3/')) return;
  asked[`${method} ${kind}`] = (asked[`${method} ${kind}`] ?? 0) + 1;
});
dispatcher.start();
process.send?.('ready');
const end = (): void => {
  dispatcher.stop().then(
    () => process.send?.({ asked, tally: dispatcher.health().tally }, () => process.exit(0)),
    () => process.exit(1),
  );
};
process.once('message', end);
process.once('disconnect', () => process.exit(0));
