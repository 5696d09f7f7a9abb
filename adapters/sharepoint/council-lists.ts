import { readReasons } from '../../bot/returns/reasons.ts';
import { canonicalDistrict, type NamedDistrict } from '../../bot/directory/district-name.ts';
import { dayFrom } from '../../bot/calendar/london.ts';
import { readTerm, readYear, termOn, type Term, type TermKey } from '../../bot/calendar/terms.ts';
import { readAnswer, type Answer } from '../../bot/returns/answer.ts';
import type { KeyColumns, KeyPart } from '../../bot/returns/key-columns.ts';
import { heldMeasuresOf, type Form, type Measure } from '../../bot/returns/measure.ts';
import { countingById, type Return, type Stray } from '../../bot/returns/return.ts';
import type { ListItem } from './site.ts';

/** Where a form lives among the council's lists, and the columns that say whose return an item is. */
export type CouncilList = { form: Form; list: string; keys: KeyColumns };

const KEYS: KeyColumns = {
  district: 'District',
  year: 'Academic_x0020_Year',
  term: 'Term',
  'submitted by': 'Submitted_x0020_By',
  comments: 'Comments',
};

/** The four lists that a Microsoft Form and a flow have filled since September 2022. */
export const COUNCIL_LISTS: readonly CouncilList[] = [
  { form: 'KPI', list: 'STLS KPI Returns', keys: KEYS },
  { form: 'LAR', list: 'STLS Local Activity Report', keys: KEYS },
  {
    form: 'Budget',
    list: 'STLS Budget and Spend',
    keys: {
      district: 'District',
      year: 'Academic_x0020_Year',
      term: 'As_x0020_Of_x0020_Term',
    },
  },
  {
    form: 'AET',
    list: 'STLS AET Training',
    keys: { district: 'District', phase: 'Phase', 'as of': 'As_x0020_Of' },
  },
];

export const councilList = (form: Form): CouncilList => {
  const found = COUNCIL_LISTS.find((one) => one.form === form);
  if (!found) throw new Error(`no list holds the form ${form}`);
  return found;
};

export type Context = {
  districts: readonly NamedDistrict[];
  terms: readonly Term[];
  measures: readonly Measure[];
};

/**
 * Reads the items of a list as returns; one that names no known district or term is a stray. Of
 * several items for one return the answers of the one that counts are read, and of no other.
 */
export function readReturns(
  items: readonly ListItem[],
  from: CouncilList,
  context: Context,
): (Return | Stray)[] {
  const read = items.map((item) => ({ item, is: identify(item, from, context) }));
  const identified = read.map(({ is }) => is).filter(isReturn);
  const counting = new Set(countingById(identified).values());
  return read.map(({ item, is }) => {
    if (isStray(is)) return is;
    return is.part !== undefined || counting.has(is)
      ? { ...is, ...answersOf(item, from, context, is) }
      : { ...is, isSuperseded: true };
  });
}

const NO_ANSWERS: Answered = { answers: {}, remarks: '', otherReasons: new Map() };

/** Whose return an item is, without its answers. */
function identify(item: ListItem, from: CouncilList, context: Context): Return | Stray {
  const cell = cellsOf(item, from);
  const district = canonicalDistrict(cell('district'), context.districts);
  const when = termOf(cell, from, context.terms);
  if (!district || !when.key) {
    return {
      form: from.form,
      list: from.list,
      itemId: item.id,
      district: cell('district'),
      year: when.year,
      term: when.term,
      ...(district ? { knownDistrict: district } : {}),
      ...(when.key ? { knownTerm: when.key } : {}),
      modifiedAt: item.lastModifiedDateTime,
    };
  }
  const part = partOf(cell, from.form);
  return {
    form: from.form,
    district,
    ...when.key,
    ...(part ? { part } : {}),
    list: from.list,
    itemId: item.id,
    etag: item.etag,
    ...NO_ANSWERS,
    submittedBy: cell('submitted by'),
    createdAt: item.createdDateTime,
    modifiedAt: item.lastModifiedDateTime,
  };
}

type Answered = Pick<Return, 'answers' | 'remarks' | 'otherReasons'>;

/** The answers in the columns and, where a column is blank, the reason for it in the comments. */
function answersOf(item: ListItem, from: CouncilList, context: Context, key: TermKey): Answered {
  const measures = heldMeasuresOf(context.measures, from.form, key);
  const { reasons, remarks } = readReasons(cellsOf(item, from)('comments'));
  const answers = measures.map((m): [string, Answer] => {
    const answer = readAnswer(item.fields[m.column], m.unit);
    return [m.id, answer.kind === 'blank' ? (reasons.get(m.id) ?? answer) : answer];
  });
  const ids = new Set(measures.filter((m) => !m.calculated).map(({ id }) => id));
  const others = [...reasons].filter(([id]) => !ids.has(id));
  return {
    answers: Object.fromEntries(answers),
    remarks,
    otherReasons: new Map(others),
  };
}

export const isStray = (read: Return | Stray): read is Stray => !('answers' in read);

export const isReturn = (read: Return | Stray): read is Return => 'answers' in read;

/** Text of a cell; nothing where it is empty. */
const textOf = (cell: unknown): string => {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number') return String(cell);
  // A column of several choices gives all that were chosen.
  return Array.isArray(cell) ? cell.map(textOf).join(', ') : '';
};

type Cells = (part: KeyPart) => string;

const cellsOf =
  ({ fields }: ListItem, { keys }: CouncilList): Cells =>
  (part) =>
    textOf(fields[keys[part] ?? '']);

function termOf(
  cell: Cells,
  from: CouncilList,
  terms: readonly Term[],
): { year: string; term: string; key?: TermKey } {
  if (from.form === 'AET') return termOfSheet(cell('as of'), terms);
  const [year, term] = [cell('year'), cell('term')];
  const known = { year: readYear(year), term: readTerm(term) };
  if (!known.year || !known.term) return { year, term };
  return { year, term, key: { year: known.year, term: known.term } };
}

/** AET figures are dated, not filed for a term: they belong to the term that had last begun. */
function termOfSheet(asOf: string, terms: readonly Term[]) {
  const day = dayFrom(asOf);
  const term = day ? termOn(terms, day) : undefined;
  const key = term ? { key: { year: term.year, term: term.term } } : {};
  return { year: asOf, term: asOf, ...key };
}

const partOf = (cell: Cells, form: Form): string | undefined =>
  form === 'AET' ? `${cell('phase')}, ${dayFrom(cell('as of')) ?? cell('as of')}` : undefined;
