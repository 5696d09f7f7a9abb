import type { TokenCredential } from '@azure/identity';
import { RestError as TableError, TableClient, TableServiceClient } from '@azure/data-tables';
import { RestError as BlobError } from '@azure/storage-blob';
import type { QueueClient } from '@azure/storage-queue';
import type { Configuration } from '../config.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { openMemory, type Reference } from './memory.ts';
import { CONVERSATIONS_QUEUE, openQueueService, poisonOf } from './queues.ts';
import { CONTAINER, openBlobs } from './snapshots.ts';
import { insecureOnLoopback, openTables, required, type Tables } from './tables.ts';

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

const TABLES = 'Azure Table Storage';
const BLOBS = 'Azure Blob Storage';
const QUEUES = 'Azure Queue Storage';
const NOBODYS = 'nothing has this name';
const NO_VERSION = `W/"datetime'2000-01-01T00%3A00%3A00.0000000Z'"`;
/** The storage clients try for minutes; whoever looks does not wait that long. */
const MOST_MS = 15_000;

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
  const service =
    'connectionString' in storage
      ? TableServiceClient.fromConnectionString(
          storage.connectionString,
          insecureOnLoopback(storage.connectionString),
        )
      : new TableServiceClient(storage.accountUrl, required(credential));
  return asked(TABLES, 'listing tables', async (abortSignal) => {
    const names = new Set<string>();
    for await (const { name } of service.listTables({ abortSignal })) if (name) names.add(name);
    return names;
  });
}

async function tryTable(storage: Storage, name: string, credential?: TokenCredential) {
  const table =
    'connectionString' in storage
      ? TableClient.fromConnectionString(
          storage.connectionString,
          name,
          insecureOnLoopback(storage.connectionString),
        )
      : new TableClient(storage.accountUrl, name, required(credential));
  await asked(TABLES, 'trying to write', (abortSignal) =>
    table.deleteEntity(NOBODYS, NOBODYS, { etag: NO_VERSION, abortSignal }).catch(unlessAbsent),
  );
}

async function lookAtContainer(storage: Storage, credential?: TokenCredential): Promise<boolean> {
  const container = openBlobs(storage, credential).getContainerClient(CONTAINER);
  return asked(BLOBS, 'looking for the container', async (abortSignal) => {
    const isThere = await container.exists({ abortSignal });
    const conditions = { ifMatch: NO_VERSION };
    await container.getBlobClient(NOBODYS).delete({ conditions, abortSignal }).catch(unlessAbsent);
    return isThere;
  });
}

/** Well formed, as receipts are; nobody was given it. */
const NOBODYS_MESSAGE = '00000000-0000-4000-8000-000000000000';
const NOBODYS_RECEIPT = 'AgAAAAMAAAAAAAAAAAAAAAAAAAA=';

async function lookAtQueues(storage: Storage, credential?: TokenCredential) {
  const service = openQueueService(storage, credential);
  const queue = service.getQueueClient(CONVERSATIONS_QUEUE);
  const aside = service.getQueueClient(poisonOf(CONVERSATIONS_QUEUE));
  return asked(QUEUES, 'looking at the queues', async (abortSignal) => {
    await queue
      .deleteMessage(NOBODYS_MESSAGE, NOBODYS_RECEIPT, { abortSignal })
      .catch(unlessNobodys);
    const waiting = await lengthOf(queue, abortSignal);
    const setAside = await lengthOf(aside, abortSignal);
    return waiting === undefined ? undefined : { waiting, setAside: setAside ?? 0 };
  });
}

/** Undefined where there is no such queue. */
async function lengthOf(queue: QueueClient, abortSignal: AbortSignal): Promise<number | undefined> {
  try {
    return (await queue.getProperties({ abortSignal })).approximateMessagesCount ?? 0;
  } catch (error) {
    unlessAbsent(error);
    return undefined;
  }
}

/** Nothing is there, or the receipt is nobody’s. */
function unlessNobodys(error: unknown): void {
  if (!isAnswer(error) || error.statusCode !== 400) unlessAbsent(error);
}

const isAnswer = (error: unknown): error is TableError | BlobError =>
  error instanceof TableError || error instanceof BlobError;

function unlessAbsent(error: unknown): void {
  if (!isAnswer(error) || ![404, 412].includes(error.statusCode ?? 0)) throw error;
}

/** Asks for some seconds, and tells apart that storage said no and that it could not be reached. */
async function asked<T>(
  service: string,
  doing: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(MOST_MS);
  try {
    return await ask(signal);
  } catch (error) {
    if (signal.aborted) throw new NetworkFailed(service, doing, 'it took too long');
    if (!isAnswer(error)) throw error;
    if (error.statusCode === undefined) throw new NetworkFailed(service, doing, error);
    const { statusCode, code = '', message } = error;
    throw new ServiceRefused(service, statusCode, code, `${doing}: ${message}`, error);
  }
}
