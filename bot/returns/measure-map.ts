import { termLabel, within, type TermKey } from '../calendar/terms.ts';
import { holds, type Column, type Columns, type ColumnType } from './column.ts';
import type { Form, Measure, StoredAs } from './measure.ts';

/** Where a form's returns are held. */
export type Home = {
  /** Display name of the list. */
  list: string;
  /** Internal names of the columns that say whose return an item is; no measure may use them. */
  keyColumns: readonly string[];
  /** Undefined where the list could not be read: nothing is known of its columns then. */
  columns: Columns | undefined;
};

/** A row that is not used, and why, with the remedy, in words for the person who edits it. */
type LeftOut = { id: string; problem: string };

/** What the rows of the measures list come to, with the columns as they are. */
export type MeasureMap = {
  /** What can be read: what rules, cards and the summary go by. */
  measures: Measure[];
  /** Sound rows whose column is gone or of another type: nothing is known of their answers. */
  unread: Measure[];
  leftOut: LeftOut[];
  /** One line for each column that is gone or of another type, naming the measures it held. */
  drift: string[];
};

/**
 * Maps measures to columns. Of two rows that clash the first counts: the rows come in the order of
 * their item ids. `rowsIn` names the measures list, for the remedies.
 */
export function mapMeasures(
  rows: readonly Measure[],
  homes: ReadonlyMap<Form, Home>,
  rowsIn: string,
): MeasureMap {
  const { sound, leftOut } = soundRows(rows, homes);
  const measures: Measure[] = [];
  const drifted: Drifted[] = [];
  for (const row of sound) {
    const columns = homes.get(row.form)?.columns;
    const fit = columns ? fitOf(row, columns.get(row.column)) : { measure: row };
    if ('measure' in fit) measures.push(fit.measure);
    else drifted.push({ row, ...fit });
  }
  const unread = drifted.map(({ row }) => row);
  return { measures, unread, leftOut, drift: driftLines(drifted, rowsIn) };
}

function soundRows(rows: readonly Measure[], homes: ReadonlyMap<Form, Home>) {
  const sound: Measure[] = [];
  const leftOut: LeftOut[] = [];
  for (const row of rows) {
    const problem = problemOf(row, homes.get(row.form)) ?? clashOf(row, sound);
    if (problem) leftOut.push({ id: row.id, problem });
    else sound.push(row);
  }
  return { sound, leftOut };
}

/** What is wrong with one row, whatever the others say. */
function problemOf(row: Measure, home: Home | undefined): string | undefined {
  const { id, firstTerm, lastTerm, list, column, unit, storedAs } = row;
  if (TAKEN.has(id)) return `the bot uses the name “${id}” itself; please choose another id`;
  if (firstTerm && lastTerm && !within(firstTerm, undefined, lastTerm)) {
    return `its first term, ${termLabel(firstTerm)}, comes after its last, ${termLabel(lastTerm)}; please swap them or empty one`;
  }
  if (list !== home?.list) {
    return `returns of this form are held in ${home?.list ?? 'no list'} and not in “${list}”; please correct the list or the form`;
  }
  if (home.keyColumns.includes(column)) {
    return `the column ${column} says whose return it is and holds no answer; please name another column`;
  }
  if (SHAREPOINTS_OWN.has(column.toLowerCase())) {
    return `the column ${column} is SharePoint’s own; please name another column`;
  }
  if (unit === 'percentage of 1' && storedAs === 'text') {
    return 'a percentage stored as 0 to 1 cannot be text, for nobody could tell 1 from 1%; please choose the unit “percentage”, or “number”';
  }
  return undefined;
}

/** What the row contradicts among those before it. */
function clashOf(row: Measure, before: readonly Measure[]): string | undefined {
  const twins = before.filter(({ id }) => id === row.id);
  if (twins.some((twin) => overlap(twin, row))) {
    return 'an earlier row has the same id in the same terms, and counts; please remove one of them, or end the first before this one begins';
  }
  if (twins.some((twin) => twin.form !== row.form || twin.unit !== row.unit)) {
    return 'an earlier row has the same id with another form or unit, and counts; please give this one another id';
  }
  const neighbour = before.find(
    (other) => other.list === row.list && other.column === row.column && overlap(other, row),
  );
  return neighbour
    ? `the earlier row “${neighbour.id}” uses the column ${row.column} in the same terms, and counts; please give each a column or terms of its own`
    : undefined;
}

type Span = { firstTerm?: TermKey; lastTerm?: TermKey };

function overlap(a: Span, b: Span): boolean {
  const begins = (one: Span, other: Span) =>
    !one.firstTerm || within(one.firstTerm, undefined, other.lastTerm);
  return begins(a, b) && begins(b, a);
}

const words = (text: string): string[] => text.split(' ');

/** Ids that would be taken for something else: the remarks box, the scopes and words of rules. */
const TAKEN: ReadonlySet<string> = new Set([
  ...words('remarks previous lastYear district usual items year term true false null in as break'),
  ...words('const continue else for function if import let loop package namespace return var void'),
  'while',
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Columns that SharePoint fills, or that every list has, in small letters. */
const SHAREPOINTS_OWN: ReadonlySet<string> = new Set([
  ...words('id title created modified author editor authorlookupid editorlookupid contenttype'),
  ...words('contenttypeid attachments edit linktitle linktitlenomenu docicon itemchildcount'),
  ...words('folderchildcount appauthor appeditor appauthorlookupid appeditorlookupid'),
  ...words('_uiversionstring _complianceflags _compliancetag _compliancetagwrittentime'),
  ...words('_compliancetaguserid _isrecord _colortag @odata.etag'),
]);

type Fit = { measure: Measure } | { column: Column | undefined; wanted: string };

/** The measure as its column can hold it, or what the column should be. */
function fitOf(row: Measure, column: Column | undefined): Fit {
  const usable = usableTypes(row);
  const { type } = column ?? { type: 'gone' };
  if (!usable.includes(type as ColumnType)) return { column, wanted: inWords(usable) };
  if (type === 'calculated') return { measure: { ...row, calculated: true } };
  return { measure: { ...row, storedAs: type as StoredAs } };
}

function usableTypes({ storedAs, unit }: Measure): readonly ColumnType[] {
  if (storedAs) return [storedAs];
  if (unit === 'percentage of 1') return ['number'];
  return unit === 'percentage' ? ['number', 'text'] : ['number', 'text', 'calculated'];
}

const inWords = (types: readonly ColumnType[]): string => types.map(holds).join(' or ');

type Drifted = { row: Measure; column: Column | undefined; wanted: string };

/** One line a column, whatever it held. */
function driftLines(drifted: readonly Drifted[], rowsIn: string): string[] {
  const byColumn = Map.groupBy(drifted, ({ row }) => `${row.list}|${row.column}`);
  return [...byColumn.values()].flatMap((all) => {
    const [first] = all;
    return first ? [driftLine(first, [...new Set(all.map(({ row }) => named(row)))], rowsIn)] : [];
  });
}

const named = ({ id, question }: Measure): string => `“${question}” (${id})`;

function driftLine({ row, column, wanted }: Drifted, measures: string[], rowsIn: string): string {
  const affected = `so ${measures.join(' and ')} ${measures.length === 1 ? 'is' : 'are'} not asked, and checks that name ${measures.length === 1 ? 'it' : 'them'} could not run`;
  if (!column) {
    return `${row.list} has no column with the internal name ${row.column}, ${affected}. Please make it again, or put the internal name of its new column into ${rowsIn}.`;
  }
  return `${row.list}: the column “${column.displayName}” (internal name ${row.column}) holds ${holds(column.type)} and not ${wanted}, ${affected}. Please change its type back, or correct its row in ${rowsIn}.`;
}
