import { defaultCell } from './column-store.ts';
import { isWritable, type Column } from './columns.ts';
import { invalidRequest } from './errors.ts';
import { checkCell, type Cell, type ChoiceRule } from './values.ts';

/** Cells to write, by internal column name; `null` empties a cell. */
export type Cells = Record<string, unknown>;

/** Checks cells against their columns; a value that the item already holds may stay. */
export function checkCells(
  columns: readonly Column[],
  cells: Cells,
  before: Record<string, Cell> = {},
): Record<string, Cell | null> {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const entries = Object.entries(cells).map(([name, value]) => {
    const column = byName.get(name);
    if (column === undefined) throw invalidRequest(`Field '${name}' is not recognized`);
    if (!isWritable(column)) throw invalidRequest(`Field '${name}' is read-only`);
    return [name, checkedCell(column, value, before[name])] as const;
  });
  return Object.fromEntries(entries);
}

function checkedCell(column: Column, value: unknown, before: Cell | undefined): Cell | null {
  const rule: ChoiceRule = value === before ? 'any choice' : 'listed choices only';
  const checked = checkCell(column, value, rule);
  if (!checked.ok) throw invalidRequest(`Field '${column.name}' ${checked.problem}`);
  return checked.value;
}

/** What a new item holds in the columns that nobody fills in. */
export function defaults(columns: readonly Column[]): Record<string, Cell> {
  const entries = columns.map((column) => [column.name, defaultCell(column) ?? null] as const);
  return filled(Object.fromEntries(entries));
}

/** The cells that hold something. */
export function filled(cells: Record<string, Cell | null>): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(cells).filter((entry): entry is [string, Cell] => entry[1] !== null),
  );
}

/** What an item holds once cells have been written over it. */
export function merged(
  before: Record<string, Cell>,
  changes: Record<string, Cell | null>,
): Record<string, Cell> {
  return filled({ ...before, ...changes });
}
