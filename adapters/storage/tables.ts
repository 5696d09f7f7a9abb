import { createHash } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import {
  RestError,
  TableClient,
  TableServiceClient,
  type TransactionAction,
} from '@azure/data-tables';
import { z } from 'zod';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import { isLoopback, type Configuration } from '../config.ts';

const SERVICE = 'Azure Table Storage';
/**
 * A string property holds 64 KiB of UTF-16: 32,768 units (learn.microsoft.com: Table service data model).
 * A character takes one unit or two, and is never cut in half.
 */
const CHUNKS = /.{1,15000}/gsu;
const PARTITION = 'all';
/** A transaction holds 100 entities of one partition (learn.microsoft.com: entity group transactions). */
const LARGEST_TRANSACTION = 100;

/** Documents of one kind, by key. */
export type Documents<T> = {
  get(key: string): Promise<T | undefined>;
  /** Writes whatever was there before. */
  put(key: string, value: T): Promise<void>;
  /** Writes many, a hundred to a request. */
  putAll(entries: Iterable<readonly [key: string, value: T]>): Promise<void>;
  /** Writes only if nothing is there; false when something is. */
  add(key: string, value: T): Promise<boolean>;
  /**
   * Changes what is there, if nobody else changes it meanwhile and `to` gives something; false
   * otherwise. Nothing is there: false.
   */
  change(key: string, to: (value: T) => T | undefined): Promise<boolean>;
  remove(key: string): Promise<void>;
  all(): Promise<{ key: string; value: T }[]>;
};

/** A storage account's tables: one implementation for Azure and for Azurite. */
export type Tables = {
  documents<T>(table: string, schema: z.ZodType<T>): Documents<T>;
  /** Throws when the account cannot be reached. */
  ping(): Promise<void>;
};

export function openTables(
  storage: Configuration['storage'],
  credential?: TokenCredential,
): Tables {
  const made = new Map<string, Promise<TableClient>>();
  const open = (table: string): Promise<TableClient> => {
    const ready = made.get(table) ?? makeTable(clientFor(storage, table, credential));
    made.set(table, ready);
    ready.catch(() => made.delete(table));
    return ready;
  };
  return {
    documents: (table, schema) => documentsIn(() => open(table), schema),
    ping: async () => {
      const service =
        'connectionString' in storage
          ? TableServiceClient.fromConnectionString(
              storage.connectionString,
              insecureOnLoopback(storage.connectionString),
            )
          : new TableServiceClient(storage.accountUrl, required(credential));
      await told('listing tables', async () => service.listTables().next());
    },
  };
}

/** Plain http is for a storage emulator on this machine, and nothing else. */
export function insecureOnLoopback(connectionString: string): { allowInsecureConnection: boolean } {
  const endpoint = /TableEndpoint=([^;]+)/.exec(connectionString)?.[1];
  return {
    allowInsecureConnection: endpoint !== undefined && isLoopback(new URL(endpoint).hostname),
  };
}

function clientFor(storage: Configuration['storage'], table: string, credential?: TokenCredential) {
  if ('accountUrl' in storage)
    return new TableClient(storage.accountUrl, table, required(credential));
  const { connectionString } = storage;
  return TableClient.fromConnectionString(
    connectionString,
    table,
    insecureOnLoopback(connectionString),
  );
}

export function required(credential: TokenCredential | undefined): TokenCredential {
  if (!credential) throw new Error('storage by account URL needs a credential');
  return credential;
}

async function makeTable(client: TableClient): Promise<TableClient> {
  await told(`making the table ${client.tableName}`, () => client.createTable());
  return client;
}

type Entity = { partitionKey: string; rowKey: string; key: string; parts: number } & Record<
  string,
  unknown
>;

function documentsIn<T>(open: () => Promise<TableClient>, schema: z.ZodType<T>): Documents<T> {
  return {
    get: async (key) => {
      const client = await open();
      const entity = await told(
        'reading',
        () => client.getEntity<Entity>(PARTITION, rowKey(key)),
        404,
      );
      return entity ? decode(entity, schema) : undefined;
    },
    put: async (key, value) => {
      const client = await open();
      await told('writing', () => client.upsertEntity(encode(key, value), 'Replace'));
    },
    putAll: async (entries) => {
      const client = await open();
      const all = [...entries].map(([key, value]) => encode(key, value));
      for (let i = 0; i < all.length; i += LARGEST_TRANSACTION) {
        const actions = all
          .slice(i, i + LARGEST_TRANSACTION)
          .map((entity): TransactionAction => ['upsert', entity, 'Replace']);
        await told('writing many', () => client.submitTransaction(actions));
      }
    },
    add: async (key, value) => {
      const client = await open();
      return (
        (await told('adding', () => client.createEntity(encode(key, value)), 409)) !== undefined
      );
    },
    change: async (key, to) => {
      const client = await open();
      const entity = await told(
        'reading',
        () => client.getEntity<Entity>(PARTITION, rowKey(key)),
        404,
      );
      const value = entity && to(decode(entity, schema));
      if (!entity || value === undefined) return false;
      const { etag } = entity;
      const changed = await told(
        'changing',
        () => client.updateEntity(encode(key, value), 'Replace', { etag }),
        412,
      );
      return changed !== undefined;
    },
    remove: async (key) => {
      const client = await open();
      await told('removing', () => client.deleteEntity(PARTITION, rowKey(key)), 404);
    },
    all: async () => {
      const client = await open();
      return told('listing', async () => {
        const found: { key: string; value: T }[] = [];
        for await (const entity of client.listEntities<Entity>()) {
          found.push({ key: entity.key, value: decode(entity, schema) });
        }
        return found;
      });
    },
  };
}

/** Row keys may not hold / \ # ? nor be longer than 1 KiB; ours may, so their digest is the key. */
const rowKey = (key: string): string => createHash('sha256').update(key).digest('hex');

function encode(key: string, value: unknown): Entity {
  const chunks = JSON.stringify(value).match(CHUNKS) ?? [];
  return {
    partitionKey: PARTITION,
    rowKey: rowKey(key),
    key,
    parts: chunks.length,
    ...Object.fromEntries(chunks.map((chunk, i) => [`json${i}`, chunk])),
  };
}

function decode<T>(entity: Entity, schema: z.ZodType<T>): T {
  const chunks = Array.from({ length: entity.parts }, (_, i) => textOf(entity[`json${i}`]));
  const read = schema.safeParse(JSON.parse(chunks.join('')));
  if (read.success) return read.data;
  throw new UnexpectedAnswer(SERVICE, `the document ${entity.key}`, read.error.message);
}

const textOf = (property: unknown): string => (typeof property === 'string' ? property : '');

/** Runs a request; the status in `expected` gives undefined instead of an error. */
async function told<T>(
  doing: string,
  request: () => Promise<T>,
  expected: number,
): Promise<T | undefined>;
async function told<T>(doing: string, request: () => Promise<T>): Promise<T>;
async function told<T>(doing: string, request: () => Promise<T>, expected?: number) {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    if (error.statusCode !== undefined && error.statusCode === expected) return undefined;
    if (error.statusCode === undefined) throw new NetworkFailed(SERVICE, doing, error);
    throw new ServiceRefused(
      SERVICE,
      error.statusCode,
      error.code ?? '',
      `${doing}: ${error.message}`,
      error,
    );
  }
}
