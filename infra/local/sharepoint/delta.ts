import { z } from 'zod';
import type { Database } from './database.ts';
import { toItem, type Item, type ItemRow } from './items.ts';
import type { List } from './lists.ts';
import { packToken, unpackToken } from './tokens.ts';

/** A page of changes: either more follows (`next`), or this is the state to come back with. */
export type DeltaPage = { items: Item[]; token: string; last: boolean };

const deltaToken = z.object({
  epoch: z.string(),
  list: z.string(),
  /** The last change that the caller has seen. */
  seen: z.int(),
  /** Deletions up to here never reached the caller as items, so they are left out. */
  start: z.int(),
});
type DeltaToken = z.infer<typeof deltaToken>;

/**
 * The changes since a token, oldest first; without one, every item. An item that changes
 * between two pages comes again on a later one. `undefined` for a token that does not hold.
 */
export function changesSince(
  db: Database,
  list: List,
  token: string | undefined,
  size: number,
): DeltaPage | undefined {
  const state = stateOf(db, list, token);
  if (state === undefined) return undefined;
  const rows = db.all<ItemRow>(
    `select * from items where list_key = ? and change > ? and (deleted = 0 or change > ?)
     order by change limit ?`,
    list.key,
    state.seen,
    state.start,
    size + 1,
  );
  const items = rows.slice(0, size).map(toItem);
  const last = rows.length <= size;
  const seen = last ? db.lastChange() : (items.at(-1)?.change ?? state.seen);
  return { items, last, token: packToken({ ...state, seen, start: last ? seen : state.start }) };
}

function stateOf(db: Database, list: List, token: string | undefined): DeltaToken | undefined {
  const now = db.lastChange();
  const fresh = { epoch: db.epoch(), list: list.id, start: now };
  if (token === undefined) return { ...fresh, seen: 0 };
  if (token === 'latest') return { ...fresh, seen: now };
  const state = unpackToken(deltaToken, token);
  const holds =
    state !== undefined &&
    state.epoch === fresh.epoch &&
    state.list === list.id &&
    state.seen <= now;
  return holds ? state : undefined;
}
