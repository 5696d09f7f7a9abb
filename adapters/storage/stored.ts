import type { TokenCredential } from '@azure/identity';
import type { QueueClient } from '@azure/storage-queue';
import type { Configuration } from '../config.ts';
import { openBlobs, openQueueService, openTable, openTableService } from './account.ts';
import { openMemory, type Reference } from './memory.ts';
import { CONVERSATIONS_QUEUE, poisonOf } from './queues.ts';
import { CONTAINER } from './snapshots.ts';
import { openTables, type Tables } from './tables.ts';
import { toldByBlobs, toldByQueues, toldByTables } from './told.ts';

type Storage = Configuration['storage'];

/** What is stored, as it is: nothing is made, changed or taken away. */
export type Stored = {
  /** The bot's tables that are not there. Throws where they may not be read and written. */
  missingTables(): Promise<readonly string[]>;
  /** Whether there is a container for copies of lists. Throws where it may not be written to. */
  hasContainer(): Promise<boolean>;
  /**
   * About how many messages wait on the queue of conversations, and how many were set aside. Undefined
   * where there is no queue yet. Throws where it may not be worked on.
   */
  conversationsQueued(): Promise<{ waiting: number; setAside: number } | undefined>;
  /** Who can be written to, by id in small letters. */
  references(): Promise<Map<string, Reference>>;
};

const NOBODYS = 'nothing has this name';
const NO_VERSION = `W/"datetime'2000-01-01T00%3A00%3A00.0000000Z'"`;
/** The storage clients try for minutes; whoever looks does not wait that long. */
const MOST_MS = 15_000;
const soon = (): AbortSignal => AbortSignal.timeout(MOST_MS);
/** No such table, container or blob, or none in that version. */
const NOT_THERE = [404, 412] as const;

/**
 * Opens the storage to look at it. Whether it can be written to is found out by taking away what is
 * not there, in a version that nothing has: whoever may write is told so (404 or 412), anybody else
 * is refused first (403), whether or not there is a table or a container.
 */
export function openStored(storage: Storage, credential: TokenCredential | undefined): Stored {
  let listed: Promise<Set<string>> | undefined;
  const there = (): Promise<Set<string>> => (listed ??= tablesIn(storage, credential));
  const names: string[] = [];
  const memory = openMemory(
    onlyReading(openTables(storage, credential), async (name) => (await there()).has(name), names),
  );
  return {
    missingTables: async () => {
      const found = await there();
      await tryTable(storage, names[0] ?? '', credential);
      return names.filter((name) => !found.has(name));
    },
    hasContainer: () => lookAtContainer(storage, credential),
    conversationsQueued: () => lookAtQueues(storage, credential),
    references: async () =>
      new Map((await memory.references.all()).map(({ value }) => [value.who.toLowerCase(), value])),
  };
}

/** Tables of which only those that are there are opened: opening makes a table. `names` takes their names. */
function onlyReading(
  tables: Tables,
  isThere: (name: string) => Promise<boolean>,
  names: string[],
): Tables {
  const refuse = () =>
    Promise.reject(new Error('nothing is written where storage is only looked at'));
  return {
    ...tables,
    documents: (name, schema, partitionOf) => {
      names.push(name);
      const documents = tables.documents(name, schema, partitionOf);
      return {
        get: async (key) => ((await isThere(name)) ? documents.get(key) : undefined),
        hold: async (key) => ((await isThere(name)) ? documents.hold(key) : undefined),
        in: async (partition) => ((await isThere(name)) ? documents.in(partition) : []),
        all: async () => ((await isThere(name)) ? documents.all() : []),
        put: refuse,
        putAll: refuse,
        addAll: refuse,
        add: refuse,
        insert: refuse,
        change: refuse,
        replace: refuse,
        remove: refuse,
      };
    },
  };
}

async function tablesIn(storage: Storage, credential?: TokenCredential): Promise<Set<string>> {
  const service = openTableService(storage, credential);
  return toldByTables('listing tables', async () => {
    const names = new Set<string>();
    const tables = service.listTables({ abortSignal: soon() });
    for await (const { name } of tables) if (name) names.add(name);
    return names;
  });
}

async function tryTable(storage: Storage, name: string, credential?: TokenCredential) {
  const table = openTable(storage, name, credential);
  const options = { etag: NO_VERSION, abortSignal: soon() };
  const remove = () => table.deleteEntity(NOBODYS, NOBODYS, options);
  await toldByTables('trying to write', remove, ...NOT_THERE);
}

async function lookAtContainer(storage: Storage, credential?: TokenCredential): Promise<boolean> {
  const container = openBlobs(storage, credential).getContainerClient(CONTAINER);
  const abortSignal = soon();
  const options = { conditions: { ifMatch: NO_VERSION }, abortSignal };
  const isThere = await toldByBlobs('looking for the container', () =>
    container.exists({ abortSignal }),
  );
  const remove = () => container.getBlobClient(NOBODYS).delete(options);
  await toldByBlobs('trying to write', remove, ...NOT_THERE);
  return isThere;
}

/** Well formed, as receipts are; nobody was given it. */
const NOBODYS_MESSAGE = '00000000-0000-4000-8000-000000000000';
const NOBODYS_RECEIPT = 'AgAAAAMAAAAAAAAAAAAAAAAAAAA=';

async function lookAtQueues(storage: Storage, credential?: TokenCredential) {
  const service = openQueueService(storage, credential);
  const queue = service.getQueueClient(CONVERSATIONS_QUEUE);
  const aside = service.getQueueClient(poisonOf(CONVERSATIONS_QUEUE));
  const abortSignal = soon();
  const remove = () => queue.deleteMessage(NOBODYS_MESSAGE, NOBODYS_RECEIPT, { abortSignal });
  // The receipt is nobody’s (400), or nothing is there.
  await toldByQueues('trying to work on a queue', remove, 400, ...NOT_THERE);
  const waiting = await lengthOf(queue, abortSignal);
  const setAside = await lengthOf(aside, abortSignal);
  return waiting === undefined ? undefined : { waiting, setAside: setAside ?? 0 };
}

/** Undefined where there is no such queue. */
async function lengthOf(queue: QueueClient, abortSignal: AbortSignal): Promise<number | undefined> {
  const read = () => queue.getProperties({ abortSignal });
  const found = await toldByQueues('counting messages', read, 404);
  return found && (found.approximateMessagesCount ?? 0);
}
