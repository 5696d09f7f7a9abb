import type { Column } from './columns.ts';
import { fromLondon, graphInstant, toLondon } from './london-time.ts';
import { checkCell, type Cell } from './values.ts';

/** A form as a person filled it in: what was typed, by internal column name. */
export type Typed = Record<string, string>;

/** The cells that a form asks for, and what is wrong with those it cannot give. */
export type FormReading = { cells: Record<string, Cell | null>; problems: Map<string, string> };

/** Reads what was typed into cells; a value that the item already holds may stay. */
export function readForm(
  columns: readonly Column[],
  typed: Typed,
  before: Record<string, Cell>,
): FormReading {
  const cells: Record<string, Cell | null> = {};
  const problems = new Map<string, string>();
  for (const column of columns) {
    const read = readField(column, typed[column.name]?.trim() ?? '', before[column.name]);
    if (read.problem === undefined) cells[column.name] = read.value;
    else problems.set(column.name, read.problem);
  }
  return { cells, problems };
}

/** What stands in a form before anybody has typed. */
export function typedFrom(columns: readonly Column[], fields: Record<string, Cell>): Typed {
  return Object.fromEntries(
    columns.map((column) => [column.name, typedCell(column, fields[column.name])]),
  );
}

/** A cell as people read it in a table. */
export function shownCell(column: Column, cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (column.kind === 'dateTime') return shownInstant(String(cell), column.settings.dateOnly);
  if (column.settings.percentage && typeof cell === 'number') return `${hundredfold(cell)}%`;
  return String(cell);
}

/** An instant by the site's clock, as people read it. */
export function shownInstant(instant: string, dayOnly = false): string {
  const [day = '', time = ''] = toLondon(new Date(instant)).split('T');
  const shownDay = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00Z`));
  return dayOnly ? shownDay : `${shownDay}, ${time}`;
}

type FieldReading = { value: Cell | null; problem?: undefined } | { problem: string };

function readField(column: Column, text: string, before: Cell | undefined): FieldReading {
  if (column.kind === 'boolean') return { value: text === 'yes' };
  if (text === '') return column.required ? { problem: missing(column) } : { value: null };
  if (before !== undefined && text === typedCell(column, before).trim()) return { value: before };
  const asked = askedFor(column, text.replaceAll('\r\n', '\n'));
  if (asked === undefined) return { problem: misread(column) };
  const checked = checkCell(column, asked, 'listed choices only');
  if (!checked.ok) return { problem: `${column.displayName} ${checked.problem}.` };
  return { value: checked.value };
}

function askedFor(column: Column, text: string): string | number | undefined {
  if (column.kind === 'number') return askedNumber(column, text);
  if (column.kind === 'dateTime') return askedInstant(text, column.settings.dateOnly ?? false);
  return text;
}

function askedNumber(column: Column, text: string): number | undefined {
  const plain = text.replaceAll(',', '').replace(/\s*%$/, '');
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  if (text.includes('%') && !column.settings.percentage) return undefined;
  return column.settings.percentage ? rounded(Number(plain) / 100) : Number(plain);
}

function askedInstant(text: string, dayOnly: boolean): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?)?$/.exec(text);
  const [, day, time] = match ?? [];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T00:00Z`))) return undefined;
  // A day is kept as midnight by the site's clock, which in summer is the evening before in UTC.
  const instant = fromLondon(`${day}T${dayOnly ? '00:00' : (time ?? '00:00')}`);
  return Number.isNaN(instant.getTime()) ? undefined : graphInstant(instant);
}

function typedCell(column: Column, cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : '';
  if (column.kind === 'dateTime') {
    return toLondon(new Date(String(cell))).slice(0, column.settings.dateOnly ? 10 : 16);
  }
  if (column.settings.percentage && typeof cell === 'number') return String(hundredfold(cell));
  return String(cell);
}

function missing({ kind, displayName }: Column): string {
  return kind === 'choice' ? `Choose a value for ${displayName}.` : `Enter ${displayName}.`;
}

function misread({ kind, displayName }: Column): string {
  return kind === 'number'
    ? `${displayName} must be a number, such as 12 or 0.5.`
    : `${displayName} must be a real date.`;
}

function hundredfold(share: number): number {
  return rounded(share * 100);
}

function rounded(value: number): number {
  return Number(value.toPrecision(15));
}
