import type { z } from 'zod';
import type { Documents, Held, Tables } from '../../../adapters/storage/tables.ts';

/** Told of each document that is about to be written or removed. */
export type OnWrite = (table: string, key: string, before: unknown, after: unknown) => void;

type Kept = { etag: string; json: string };

/** Tables as the storage account has them: values go through JSON and their schema, and etags count. */
export function tablesInMemory(onWrite: OnWrite): Tables & { contents(): Map<string, string> } {
  const kept = new Map<string, Map<string, Kept>>();
  const tableOf = (name: string): Map<string, Kept> => {
    const table = kept.get(name) ?? new Map<string, Kept>();
    kept.set(name, table);
    return table;
  };
  return {
    documents: (name, schema, partitionOf) =>
      documentsOf(
        { name, rows: tableOf(name), schema, partitionOf: partitionOf ?? (() => '') },
        onWrite,
      ),
    ping: () => Promise.resolve(),
    contents: () =>
      new Map(
        [...kept].flatMap(([name, rows]) =>
          [...rows].map(([key, { json }]): [string, string] => [`${name}: ${key}`, json]),
        ),
      ),
  };
}

type Table<T> = {
  name: string;
  rows: Map<string, Kept>;
  schema: z.ZodType<T>;
  partitionOf: (key: string) => string;
};

let etags = 0;

function documentsOf<T>(
  { name, rows, schema, partitionOf }: Table<T>,
  onWrite: OnWrite,
): Documents<T> {
  const parsed = (row: Kept | undefined): unknown => row && (JSON.parse(row.json) as unknown);
  const read = new WeakMap<Kept, T>();
  const held = (key: string): Held<T> | undefined => {
    const row = rows.get(key);
    if (!row) return undefined;
    const value = read.get(row) ?? schema.parse(parsed(row));
    read.set(row, value);
    return { key, value, etag: row.etag };
  };
  const write = (key: string, value: T): Held<T> => {
    const row = { etag: String((etags += 1)), json: JSON.stringify(value) };
    onWrite(name, key, parsed(rows.get(key)), parsed(row));
    rows.set(key, row);
    return { key, value, etag: row.etag };
  };
  const insert = (key: string, value: T) => (rows.has(key) ? undefined : write(key, value));
  const replace = ({ key, etag }: Held<T>, value: T) =>
    rows.get(key)?.etag === etag ? write(key, value) : undefined;
  const all = (): Held<T>[] => [...rows.keys()].flatMap((key) => held(key) ?? []);
  return {
    get: async (key) => held(key)?.value,
    hold: async (key) => held(key),
    put: async (key, value) => void write(key, value),
    putAll: async (entries) => {
      for (const [key, value] of entries) write(key, value);
    },
    addAll: async (entries) => {
      for (const [key, value] of entries) insert(key, value);
    },
    add: async (key, value) => insert(key, value) !== undefined,
    insert: async (key, value) => insert(key, value),
    change: async (key, to) => {
      const before = held(key);
      const value = before && to(before.value);
      return before !== undefined && value !== undefined && replace(before, value) !== undefined;
    },
    replace: async (before, value) => replace(before, value),
    remove: async (key, etag) => {
      if (etag !== undefined && rows.get(key)?.etag !== etag) return;
      if (rows.has(key)) onWrite(name, key, parsed(rows.get(key)), undefined);
      rows.delete(key);
    },
    in: async (partition) => all().filter(({ key }) => partitionOf(key) === partition),
    all: async () => all(),
  };
}
