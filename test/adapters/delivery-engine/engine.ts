import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { bringInLine, type BringingInLine } from '../../../adapters/delivery/bring-in-line.ts';
import { conversationRecords } from '../../../adapters/delivery/conversations.ts';
import { createDispatcher } from '../../../adapters/delivery/dispatcher.ts';
import type { DispatcherSettings } from '../../../adapters/delivery/settings.ts';
import type { Handler } from '../../../adapters/delivery/handler.ts';
import { boards } from '../../../adapters/delivery/lanes.ts';
import { readConfiguration } from '../../../adapters/config.ts';
import { openQueue } from '../../../adapters/storage/queues.ts';
import { openTables } from '../../../adapters/storage/tables.ts';
import { createAdapter } from '../../../adapters/teams/adapter.ts';
import { teamsThrough } from '../../../adapters/teams/connector.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import type { Card } from '../../../cards/render.ts';
import { startConnector, type Arrival, type Fault } from './recording-connector.ts';
import { cardSaying, outboxIn, QUEUE, referenceAt, STORY, waitingRow } from './rows.ts';

const REQUEST_MS = 500;
/** Short enough for a test: what a process leaves behind is over in a second. */
export const QUICK: Partial<DispatcherSettings> = {
  claimMs: 2000,
  laneMs: 2000,
  requestMs: REQUEST_MS,
  skewMs: 50,
  pollMs: 50,
  shareMs: 100,
  busyMs: 500,
  drainMs: 0,
  backOff: { baseMs: 1, capMs: 1 },
};

const adapter = createAdapter(
  readConfiguration({
    SHAREPOINT_SITE: 'https://example.org/sites/none',
    AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
  }),
);

/** Storage and a connector of one test, and what delivers from one to the other. */
export async function engine(
  connectionString: string,
  {
    fault = () => undefined,
  }: { fault?: (arrival: Arrival, nth: number) => Fault | undefined } = {},
) {
  const connector = await startConnector({ fault });
  onTestFinished(() => connector.stop());
  const storage = { connectionString };
  const tables = openTables(storage);
  const queue = openQueue(storage, QUEUE);
  const outbox = outboxIn(tables);
  const conversations = conversationRecords(tables);
  const board = boards(tables);
  const teams = teamsThrough(adapter, '', REQUEST_MS);
  const line: BringingInLine<Card> = {
    outbox,
    prepare: async (row) => ({ kind: 'send', row, card: cardSaying(row.id), shown: row.id }),
    post: async ({ person }, card) => teams.post(referenceAt(connector.url, person), card),
    refresh: async () => ({ kind: 'done' }),
    now: () => STORY,
  };
  const logged: { level: string; conversation?: string; msg: string }[] = [];
  const log = pino(
    { level: 'info', formatters: { level: (level) => ({ level }) } },
    { write: (text) => void logged.push(JSON.parse(text) as (typeof logged)[number]) },
  );
  const givenUp: [who: string, error: unknown][] = [];
  const delivering: Handler = {
    begin: async () => (conversation) => bringInLine(line, conversation),
    givenUp: async (who, error) => void givenUp.push([who, error]),
  };
  const dispatcher = (
    settings: Partial<DispatcherSettings> = {},
    handler: Partial<Handler> = {},
  ) => {
    const made = createDispatcher({
      queue,
      conversations,
      board,
      handler: { ...delivering, ...handler },
      log,
      settings: { ...QUICK, ...settings },
    });
    onTestFinished(() => made.stop());
    return made;
  };
  return {
    connectionString,
    connector,
    logged,
    queue,
    outbox,
    conversations,
    board,
    line,
    givenUp,
    dispatcher,
    /** Puts so many waiting messages to each into the outbox. */
    decide: async (whos: readonly string[], each = 1): Promise<void> => {
      for (const who of whos) {
        const rows = Array.from({ length: each }, (_, nth) => waitingRow(who, nth));
        await outbox.putAll(rows.map((row): [string, Delivery] => [row.id, row]));
      }
    },
    rowsOf: async (who: string): Promise<Delivery[]> =>
      (await outbox.in(who)).map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
