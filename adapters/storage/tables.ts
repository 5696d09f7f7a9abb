import { createHash } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import type { z } from 'zod';
import type { Configuration } from '../config.ts';
import { UnexpectedAnswer } from '../errors.ts';
import { openTable, openTableService } from './account.ts';
import { toldByTables as told } from './told.ts';

const SERVICE = 'Azure Table Storage';
/**
 * A string property holds 64 KiB of UTF-16: 32,768 units (learn.microsoft.com: Table service data model).
 * A character takes one unit or two, and is never cut in half.
 */
const CHUNKS = /.{1,15000}/gsu;
const PARTITION = 'all';
/** A transaction holds 100 entities of one partition (learn.microsoft.com: entity group transactions). */
const LARGEST_TRANSACTION = 100;

/** A document as it was read: what `replace` compares with. */
export type Held<T> = { key: string; value: T; etag: string };

/** Documents of one kind, by key. */
export type Documents<T> = {
  get(key: string): Promise<T | undefined>;
  /** The same, to be replaced if nobody changes it meanwhile. */
  hold(key: string): Promise<Held<T> | undefined>;
  /** Writes whatever was there before. */
  put(key: string, value: T): Promise<void>;
  /** Writes many, a hundred to a request. */
  putAll(entries: Iterable<readonly [key: string, value: T]>): Promise<void>;
  /** Writes those of which nothing is there yet, a hundred to a request. */
  addAll(entries: Iterable<readonly [key: string, value: T]>): Promise<void>;
  /** Writes only if nothing is there; false when something is. */
  add(key: string, value: T): Promise<boolean>;
  /** The same, to be replaced later; undefined when something is there. */
  insert(key: string, value: T): Promise<Held<T> | undefined>;
  /**
   * Changes what is there, if nobody else changes it meanwhile and `to` gives something; false
   * otherwise. Nothing is there: false.
   */
  change(key: string, to: (value: T) => T | undefined): Promise<boolean>;
  /** Writes over what was read; undefined where somebody else changed or removed it meanwhile. */
  replace(held: Held<T>, value: T): Promise<Held<T> | undefined>;
  /** Where an `etag` is given, only if nobody changed what was read. */
  remove(key: string, etag?: string): Promise<void>;
  /** Those of one partition that can be read, in no order. */
  in(partition: string): Promise<Held<T>[]>;
  /** Those of all partitions that can be read, in no order. */
  all(): Promise<Held<T>[]>;
};

/** A storage account's tables: one implementation for Azure and for Azurite. */
export type Tables = {
  /**
   * Documents of one table. `partitionOf` says from its key to which partition a document belongs:
   * one partition is listed by one cheap query, and is written a hundred documents to a request.
   * Without it there is one partition for all.
   */
  documents<T>(
    table: string,
    schema: z.ZodType<T>,
    partitionOf?: (key: string) => string,
  ): Documents<T>;
  /** Throws when the account cannot be reached. */
  ping(): Promise<void>;
};

/** Told of a document among others that was written by no version of this service, or was damaged. */
type OnUnreadable = (table: string, error: UnexpectedAnswer) => void;

export function openTables(
  storage: Configuration['storage'],
  credential?: TokenCredential,
  onUnreadable: OnUnreadable = () => undefined,
): Tables {
  const made = new Map<string, Promise<TableClient>>();
  const open = (table: string): Promise<TableClient> => {
    const ready = made.get(table) ?? makeTable(openTable(storage, table, credential));
    made.set(table, ready);
    ready.catch(() => made.delete(table));
    return ready;
  };
  return {
    documents: (table, schema, partitionOf) =>
      documentsIn(
        () => open(table),
        schema,
        layoutOf(partitionOf),
        (error) => onUnreadable(table, error),
      ),
    ping: async () => {
      const service = openTableService(storage, credential);
      await told('listing tables', async () => service.listTables().next());
    },
  };
}

async function makeTable(client: TableClient): Promise<TableClient> {
  await told(`making the table ${client.tableName}`, () => client.createTable());
  return client;
}

type Entity = { partitionKey: string; rowKey: string; key: string; parts: number } & Record<
  string,
  unknown
>;

/** Where the document of a key lies, and where a partition does. */
type Layout = {
  place: (key: string) => { partitionKey: string; rowKey: string };
  partitionKey: (partition: string) => string;
};

/** Keys may not hold / \ # ? nor be longer than 1 KiB; ours may, so their digest stands for them. */
const digest = (key: string): string => createHash('sha256').update(key).digest('hex');

function layoutOf(partitionOf: ((key: string) => string) | undefined): Layout {
  const partitionKey = partitionOf ? digest : () => PARTITION;
  return {
    partitionKey,
    place: (key) => ({
      partitionKey: partitionKey(partitionOf?.(key) ?? PARTITION),
      rowKey: digest(key),
    }),
  };
}

function documentsIn<T>(
  open: () => Promise<TableClient>,
  schema: z.ZodType<T>,
  { place, partitionKey }: Layout,
  onUnreadable: (error: UnexpectedAnswer) => void,
): Documents<T> {
  const encode = (key: string, value: T): Entity => ({ ...place(key), ...encoded(key, value) });
  const hold = async (key: string): Promise<Held<T> | undefined> => {
    const client = await open();
    const at = place(key);
    const read = () => client.getEntity<Entity>(at.partitionKey, at.rowKey);
    const entity = await told('reading', read, 404);
    return entity && heldIn(entity, schema);
  };
  const replace = async ({ key, etag }: Held<T>, value: T): Promise<Held<T> | undefined> => {
    const client = await open();
    const write = () => client.updateEntity(encode(key, value), 'Replace', { etag });
    // Removed meanwhile (404) or changed meanwhile (412).
    const answer = await told('changing', write, 404, 412);
    return answer && { key, value, etag: answer.etag ?? '' };
  };
  const insert = async (key: string, value: T): Promise<Held<T> | undefined> => {
    const client = await open();
    const answer = await told('adding', () => client.createEntity(encode(key, value)), 409);
    return answer && { key, value, etag: answer.etag ?? '' };
  };
  /** One that cannot be read is left out: the others are not held up by it. */
  const readable = (entity: Entity): Held<T>[] => {
    try {
      return [heldIn(entity, schema)];
    } catch (error) {
      if (!(error instanceof UnexpectedAnswer)) throw error;
      onUnreadable(error);
      return [];
    }
  };
  const list = async (partition?: string): Promise<Held<T>[]> => {
    const client = await open();
    const filter = partition === undefined ? undefined : inPartition(partitionKey(partition));
    return told('listing', async () => {
      const found: Held<T>[] = [];
      const entities = client.listEntities<Entity>({ queryOptions: filter ? { filter } : {} });
      for await (const entity of entities) found.push(...readable(entity));
      return found;
    });
  };
  return {
    hold,
    replace,
    get: async (key) => (await hold(key))?.value,
    put: async (key, value) => {
      const client = await open();
      await told('writing', () => client.upsertEntity(encode(key, value), 'Replace'));
    },
    putAll: async (entries) => {
      const client = await open();
      const entities = [...entries].map(([key, value]) => encode(key, value));
      for (const group of Map.groupBy(entities, (entity) => entity.partitionKey).values()) {
        await putTogether(client, group);
      }
    },
    insert,
    addAll: async (entries) => {
      const client = await open();
      const all = [...entries];
      const entities = all.map(([key, value]) => encode(key, value));
      for (const group of Map.groupBy(entities, (entity) => entity.partitionKey).values()) {
        if (await addTogether(client, group)) continue;
        const keys = new Set(group.map(({ key }) => key));
        for (const [key, value] of all) if (keys.has(key)) await insert(key, value);
      }
    },
    add: async (key, value) => (await insert(key, value)) !== undefined,
    change: async (key, to) => {
      const held = await hold(key);
      const value = held && to(held.value);
      if (!held || value === undefined) return false;
      return (await replace(held, value)) !== undefined;
    },
    remove: async (key, etag = '*') => {
      const client = await open();
      const at = place(key);
      const remove = () => client.deleteEntity(at.partitionKey, at.rowKey, { etag });
      // Removed already (404) or changed meanwhile (412).
      await told('removing', remove, 404, 412);
    },
    in: list,
    all: () => list(),
  };
}

const inPartition = (key: string): string => odata`PartitionKey eq ${key}`;

/** Writes entities of one partition. */
async function putTogether(client: TableClient, entities: readonly Entity[]): Promise<void> {
  const [only] = entities;
  if (only && entities.length === 1) {
    await told('writing', () => client.upsertEntity(only, 'Replace'));
    return;
  }
  for (let i = 0; i < entities.length; i += LARGEST_TRANSACTION) {
    const actions = entities
      .slice(i, i + LARGEST_TRANSACTION)
      .map((entity): TransactionAction => ['upsert', entity, 'Replace']);
    await told('writing many', () => client.submitTransaction(actions));
  }
}

/** Adds entities of one partition; false where any of a hundred is there already: none of these is added. */
async function addTogether(client: TableClient, entities: readonly Entity[]): Promise<boolean> {
  for (let i = 0; i < entities.length; i += LARGEST_TRANSACTION) {
    const actions = entities
      .slice(i, i + LARGEST_TRANSACTION)
      .map((entity): TransactionAction => ['create', entity]);
    if (!(await told('adding many', () => client.submitTransaction(actions), 409))) return false;
  }
  return true;
}

function encoded(key: string, value: unknown): { key: string; parts: number } {
  const chunks = JSON.stringify(value).match(CHUNKS) ?? [];
  return {
    key,
    parts: chunks.length,
    ...Object.fromEntries(chunks.map((chunk, i) => [`json${i}`, chunk])),
  };
}

const heldIn = <T>(entity: Entity & { etag?: string }, schema: z.ZodType<T>): Held<T> => ({
  key: entity.key,
  value: decode(entity, schema),
  etag: entity.etag ?? '',
});

function decode<T>(entity: Entity, schema: z.ZodType<T>): T {
  const chunks = Array.from({ length: entity.parts }, (_, i) => textOf(entity[`json${i}`]));
  const doing = `the document ${entity.key}`;
  const read = schema.safeParse(parsed(chunks.join(''), doing));
  if (read.success) return read.data;
  throw new UnexpectedAnswer(SERVICE, doing, read.error.message);
}

function parsed(json: string, doing: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UnexpectedAnswer(SERVICE, doing, 'it is no JSON', error);
  }
}

const textOf = (property: unknown): string => (typeof property === 'string' ? property : '');
