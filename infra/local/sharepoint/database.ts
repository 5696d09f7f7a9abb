import { randomUUID } from 'node:crypto';
import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite';

const schema = `
  create table if not exists meta (name text primary key, value any) strict, without rowid;
  create table if not exists site (
    id text primary key, hostname text not null, path text not null,
    display_name text not null, created_at text not null
  ) strict;
  create table if not exists people (
    id integer primary key, kind text not null, handle text not null collate nocase,
    display_name text not null, unique (kind, handle)
  ) strict;
  create table if not exists lists (
    key integer primary key, id text not null unique, name text not null collate nocase unique,
    display_name text not null collate nocase unique, description text not null,
    next_item_id integer not null, version integer not null,
    created_at text not null, modified_at text not null,
    created_by integer not null, modified_by integer not null
  ) strict;
  create table if not exists columns (
    key integer primary key, id text not null unique, list_key integer not null,
    name text not null collate nocase, display_name text not null, description text not null,
    kind text not null, required integer not null, indexed integer not null,
    hidden integer not null, read_only integer not null, built_in integer not null,
    settings text not null, unique (list_key, name)
  ) strict;
  create table if not exists items (
    list_key integer not null, item_id integer not null, unique_id text not null,
    version integer not null, change integer not null, deleted integer not null,
    created_at text not null, modified_at text not null,
    created_by integer not null, modified_by integer not null, fields text not null,
    primary key (list_key, item_id)
  ) strict;
  create index if not exists items_by_change on items (list_key, change);
  create index if not exists items_living on items (list_key, item_id) where deleted = 0;
  create index if not exists items_by_modified on items (list_key, modified_at, item_id);
  create table if not exists cells (
    column_key integer not null, item_id integer not null, value any collate nocase,
    primary key (column_key, item_id)
  ) strict, without rowid;
  create index if not exists cells_by_value on cells (column_key, value, item_id);
  create table if not exists versions (
    list_key integer not null, item_id integer not null, version integer not null,
    modified_at text not null, modified_by integer not null, fields text not null,
    primary key (list_key, item_id, version)
  ) strict;
  create table if not exists grants (
    application_id text primary key collate nocase, display_name text not null, role text not null
  ) strict;
  create table if not exists subscriptions (
    id text primary key, list_key integer not null, resource text not null,
    notification_url text not null, lifecycle_url text, client_state text,
    expires_at text not null, reauthorized_at text
  ) strict;
`;

/** The emulator's SQLite file: statements are prepared once, writes go through `transaction`. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #listeners: ((lists: readonly number[]) => void)[] = [];
  readonly #changed = new Set<number>();
  #isChanging = false;

  /** A file that is thrown away need not reach the disk. */
  constructor(file: string, isThrownAway = false) {
    this.#connection = new DatabaseSync(file);
    this.#connection.exec('pragma journal_mode = wal');
    this.#connection.exec(`pragma synchronous = ${isThrownAway ? 'off' : 'full'}`);
    this.#connection.exec('pragma busy_timeout = 5000');
    this.transaction(() => {
      this.#connection.exec(schema);
      this.run(`insert or ignore into meta values ('change', 0), ('epoch', ?)`, randomUUID());
    });
  }

  /** Every row of a query. */
  all<Row>(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...parameters) as Row[];
  }

  /** The first row of a query, where there is one. */
  get(sql: string, ...parameters: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
    return this.#statement(sql).get(...parameters);
  }

  /** Runs a statement and answers the row id that an insert made. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...parameters).lastInsertRowid);
  }

  /** All of `work`, or none of it. */
  transaction<Result>(work: () => Result): Result {
    const result = this.#allOrNothing(work);
    this.#tellOfChanges();
    return result;
  }

  /** Calls back after every transaction in which items changed, with the keys of their lists. */
  onChange(listener: (lists: readonly number[]) => void): void {
    this.#listeners.push(listener);
  }

  /** The next number in the order of all changes; delta tokens point into this order. */
  nextChange(listKey: number): number {
    this.#changed.add(listKey);
    return this.reserveChanges(1);
  }

  /** Takes so many numbers in the order of all changes, tells nobody, and answers the first. */
  reserveChanges(count: number): number {
    this.run(`update meta set value = value + ? where name = 'change'`, count);
    return this.lastChange() - count + 1;
  }

  /** Whether this is the first time that this mark is set in the file. */
  markOnce(name: string): boolean {
    const known = this.#meta(name) !== undefined;
    if (!known) this.run('insert into meta values (?, 1)', name);
    return !known;
  }

  /** The number of the latest change. */
  lastChange(): number {
    return Number(this.#meta('change'));
  }

  /** Names the run of delta tokens that still hold. */
  epoch(): string {
    return String(this.#meta('epoch'));
  }

  /** Makes every delta token given so far unknown, as SharePoint does now and then. */
  startNewEpoch(): void {
    this.run(`update meta set value = ? where name = 'epoch'`, randomUUID());
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  /** Whether a transaction is under way: what is read now may yet be undone. */
  get isChanging(): boolean {
    return this.#isChanging;
  }

  #allOrNothing<Result>(work: () => Result): Result {
    this.#connection.exec('begin immediate');
    this.#isChanging = true;
    try {
      const result = work();
      this.#connection.exec('commit');
      return result;
    } catch (error) {
      this.#connection.exec('rollback');
      this.#changed.clear();
      throw error;
    } finally {
      this.#isChanging = false;
    }
  }

  #tellOfChanges(): void {
    if (this.#changed.size === 0) return;
    const lists = [...this.#changed];
    this.#changed.clear();
    for (const listener of this.#listeners) listener(lists);
  }

  #meta(name: string): unknown {
    return (
      this.get('select value from meta where name = ?', name) as { value: unknown } | undefined
    )?.value;
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
