import Table from 'cli-table3';

/** Rows of cells; a cell may have several lines. */
export type Rows = readonly (readonly string[])[];

/** A space on either side. */
const PADDING = 2;
/** No frame: what is copied out of it stays readable. */
const NO_FRAME = Object.fromEntries(
  ['top', 'bottom', 'left', 'right'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, '']),
  ),
);

/**
 * A table of plain text, a line under its head. Wrapped at words to so many characters; only words that
 * are longer than their column make it wider.
 */
export function textTable(head: readonly string[], rows: Rows, width: number): string {
  const table = new Table({
    head: [...head],
    colWidths: columnWidths([head, ...rows], width),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
    chars: { ...NO_FRAME, mid: '─', 'mid-mid': '─', middle: ' ' },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Narrow columns have what they need; the wide ones share what is left, their longest words at least. */
function columnWidths(rows: Rows, width: number): number[] {
  const columns = (rows[0] ?? []).map((_, i) => rows.map((row) => row[i] ?? ''));
  const wanted = columns.map((cells) => longest(cells, '\n') + PADDING);
  const least = columns.map((cells) => longest(cells, /\s/) + PADDING);
  const widths = new Map<number, number>();
  let left = width - (columns.length - 1);
  let owed = least.reduce((sum, one) => sum + one, 0);
  for (const i of [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))) {
    const share = Math.floor(left / (columns.length - widths.size));
    owed -= least[i] ?? 0;
    const mine = Math.max(Math.min(wanted[i] ?? 0, share, left - owed), least[i] ?? 0);
    widths.set(i, mine);
    left -= mine;
  }
  return columns.map((_, i) => widths.get(i) ?? PADDING);
}

const longest = (cells: readonly string[], between: string | RegExp): number =>
  Math.max(...cells.flatMap((cell) => cell.split(between)).map((part) => part.length));
