import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { columnsOf, jsonPath, keepsCells } from './column-store.ts';
import type { Column } from './columns.ts';
import type { Database } from './database.ts';
import { GraphError, invalidRequest, viewThresholdExceeded } from './errors.ts';
import { parseFilter, type Comparison } from './filter.ts';
import { toItem, type Item, type ItemRow } from './items.ts';
import { hasMoreItemsThan, type List } from './lists.ts';
import type { Order } from './query-options.ts';
import { packToken, unpackToken } from './tokens.ts';
import { checkCell } from './values.ts';

/** A question for the items of a list, one page at a time. */
export type ItemQuery = {
  filter: string | undefined;
  order: Order;
  size: number;
  skipToken: string | undefined;
  /** Whether the caller accepts columns without an index, at its own risk. */
  honoursNonIndexed: boolean;
};

/** One page of items; `skipToken` leads to the next, where there is one. */
export type ItemPage = { items: Item[]; skipToken: string | undefined };

type Sql = { text: string; values: SQLInputValue[] };
type SortKey = Sql & { descending: boolean };

const viewThreshold = 5000;
const place = z.object({ key: z.union([z.string(), z.number()]), id: z.int() });
const timesOfItem = new Map([
  ['Created', 'i.created_at'],
  ['Modified', 'i.modified_at'],
  ['ID', 'i.item_id'],
]);
const sqlOperators = { eq: '=', ne: '<>', lt: '<', gt: '>', le: '<=', ge: '>=' } as const;

/** The items that a query asks for; every item comes once, however many pages there are. */
export function queryItems(db: Database, list: List, query: ItemQuery): ItemPage {
  const columns = columnsOf(db, list.key);
  const comparisons = query.filter === undefined ? [] : parseFilter(query.filter);
  refuseNonIndexed(db, list, query, [
    ...comparisons.map(({ field }) => knownColumn(columns, field)),
    ...orderColumns(columns, query.order),
  ]);
  const conditions = comparisons.map((each) => condition(knownColumn(columns, each.field), each));
  const sort = sortKey(columns, query.order);
  if (query.skipToken !== undefined) conditions.push(beyond(sort, query.skipToken));
  return readPage(db, list, conditions, sort, query.size);
}

function readPage(
  db: Database,
  list: List,
  conditions: Sql[],
  sort: SortKey,
  size: number,
): ItemPage {
  const direction = sort.descending ? 'desc' : 'asc';
  const where = conditions.map(({ text }) => ` and ${text}`).join('');
  const rows = db.all<ItemRow & { sort_key: string | number }>(
    `select i.*, ${sort.text} as sort_key from items i
     where i.list_key = ? and i.deleted = 0${where}
     order by ${sort.text} ${direction}, i.item_id ${direction} limit ?`,
    ...sort.values,
    list.key,
    ...conditions.flatMap(({ values }) => values),
    ...sort.values,
    size + 1,
  );
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const more = rows.length > size && last !== undefined;
  return {
    items: page.map(toItem),
    skipToken: more ? packToken({ key: last.sort_key, id: last.item_id }) : undefined,
  };
}

function sortKey(columns: readonly Column[], { by, descending }: Order): SortKey {
  if (by === 'id') return { text: 'i.item_id', values: [], descending };
  if (by === 'lastModifiedDateTime') return { text: 'i.modified_at', values: [], descending };
  if (by === 'createdDateTime') return { text: 'i.created_at', values: [], descending };
  const column = knownColumn(columns, fieldName(by));
  const { text, values } = cellValue(column);
  const empty = column.kind === 'number' || column.kind === 'boolean' ? '-1e308' : "''";
  return { text: `coalesce(${text}, ${empty}) collate nocase`, values, descending };
}

function beyond({ text, values, descending }: SortKey, skipToken: string): Sql {
  const after = unpackToken(place, skipToken);
  if (after === undefined) {
    throw new GraphError(
      400,
      'invalidRequest',
      'One of the provided arguments is not acceptable.',
      {
        innerCode: 'badArgument',
      },
    );
  }
  const sign = descending ? '<' : '>';
  return {
    text: `(${text} ${sign} ? or (${text} = ? and i.item_id ${sign} ?))`,
    values: [...values, after.key, ...values, after.key, after.id],
  };
}

function condition(column: Column, { operator, value }: Comparison): Sql {
  if (value === null) return emptiness(column, operator);
  const wanted = comparable(column, value);
  if (operator === 'startswith') {
    const text = String(wanted);
    return among(column, 'substr(VALUE, 1, ?) = ? collate nocase', [text.length, text], true);
  }
  // SharePoint counts an empty cell as unequal to every value.
  if (operator === 'ne') return among(column, 'VALUE = ?', [wanted], false);
  return among(column, `VALUE ${sqlOperators[operator]} ?`, [wanted], true);
}

function emptiness(column: Column, operator: string): Sql {
  if (operator !== 'eq' && operator !== 'ne') {
    throw invalidRequest(`null goes with eq or ne only, not with ${operator}.`);
  }
  return among(column, 'VALUE is not null', [], operator === 'ne');
}

function among(column: Column, test: string, values: SQLInputValue[], holds: boolean): Sql {
  if (keepsCells(column)) {
    const cells = `select item_id from cells where column_key = ?`;
    const text = `i.item_id ${holds ? '' : 'not '}in (${cells} and ${test.replace('VALUE', 'value')})`;
    return { text, values: [column.key, ...values] };
  }
  const cell = cellValue(column);
  const text = `${holds ? '' : 'not '}coalesce(${test.replace('VALUE', cell.text)}, 0)`;
  return { text, values: [...cell.values, ...values] };
}

function cellValue(column: Column): Sql {
  const own = timesOfItem.get(column.name);
  if (column.builtIn && own !== undefined) return { text: own, values: [] };
  return { text: 'json_extract(i.fields, ?) collate nocase', values: [jsonPath(column)] };
}

function comparable(column: Column, value: string | number | boolean): string | number {
  const asked = column.kind === 'boolean' && typeof value === 'number' ? value === 1 : value;
  const checked = checkCell(column, asked === '' ? null : asked, 'any choice');
  if (!checked.ok) throw invalidRequest(`The value for '${column.name}' ${checked.problem}`);
  return typeof checked.value === 'boolean' ? Number(checked.value) : (checked.value ?? '');
}

function orderColumns(columns: readonly Column[], { by }: Order): Column[] {
  return by.startsWith('fields/') ? [knownColumn(columns, fieldName(by))] : [];
}

function fieldName(by: string): string {
  if (by.startsWith('fields/')) return by.slice('fields/'.length);
  throw invalidRequest(`'${by}' is not valid for $orderby: name a field as fields/Name.`);
}

function knownColumn(columns: readonly Column[], name: string): Column {
  const column = columns.find((each) => each.name === name);
  if (column === undefined) throw invalidRequest(`Field '${name}' is not recognized`);
  if (column.kind === 'person' || column.kind === 'computed' || column.kind === 'note') {
    throw invalidRequest(`Field '${name}' cannot be referenced in filter or orderby.`);
  }
  return column;
}

function refuseNonIndexed(
  db: Database,
  list: List,
  query: ItemQuery,
  columns: readonly Column[],
): void {
  const plain = columns.find((column) => !column.indexed);
  if (plain === undefined) return;
  if (!query.honoursNonIndexed) {
    throw invalidRequest(
      `Field '${plain.name}' cannot be referenced in filter or orderby as it is not indexed. Provide the 'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to allow this, but be warned that such queries may fail on large lists.`,
    );
  }
  if (hasMoreItemsThan(db, list, viewThreshold)) throw viewThresholdExceeded();
}
