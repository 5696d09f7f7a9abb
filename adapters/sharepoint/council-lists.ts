import { readReasons } from '../../bot/returns/reasons.ts';
import { canonicalDistrict, type NamedDistrict } from '../../bot/directory/district-name.ts';
import { dayFrom } from '../../bot/calendar/london.ts';
import { readTerm, readYear, termOn, type Term, type TermKey } from '../../bot/calendar/terms.ts';
import { readAnswer, type Answer, type Cell } from '../../bot/returns/answer.ts';
import { measuresOf, type Form, type Measure } from '../../bot/returns/measure.ts';
import type { Return, Stray } from '../../bot/returns/return.ts';
import { etagOf, type ListItem } from './site.ts';

/** Where a form lives among the council's lists, and the columns that say whose return an item is. */
export type CouncilList = {
  form: Form;
  list: string;
  year: string;
  term: string;
  submittedBy: string;
  comments: string;
};

const YEAR = 'Academic_x0020_Year';

/** The four lists that a Microsoft Form and a flow have filled since September 2022. */
export const COUNCIL_LISTS: readonly CouncilList[] = [
  {
    form: 'KPI',
    list: 'STLS KPI Returns',
    year: YEAR,
    term: 'Term',
    submittedBy: 'Submitted_x0020_By',
    comments: 'Comments',
  },
  {
    form: 'LAR',
    list: 'STLS Local Activity Report',
    year: YEAR,
    term: 'Term',
    submittedBy: 'Submitted_x0020_By',
    comments: 'Comments',
  },
  {
    form: 'Budget',
    list: 'STLS Budget and Spend',
    year: YEAR,
    term: 'As_x0020_Of_x0020_Term',
    submittedBy: '',
    comments: '',
  },
  { form: 'AET', list: 'STLS AET Training', year: '', term: '', submittedBy: '', comments: '' },
];

export const DISTRICT_COLUMN = 'District';

export const councilList = (form: Form): CouncilList => {
  const found = COUNCIL_LISTS.find((one) => one.form === form);
  if (!found) throw new Error(`no list holds the form ${form}`);
  return found;
};

const AS_OF = 'As_x0020_Of';
const PHASE = 'Phase';

export type Context = {
  districts: readonly NamedDistrict[];
  terms: readonly Term[];
  measures: readonly Measure[];
};

/** Reads an item as a return; one that names no known district or term is a stray. */
export function readReturn(item: ListItem, from: CouncilList, context: Context): Return | Stray {
  const written = textOf(item.fields[DISTRICT_COLUMN]);
  const district = canonicalDistrict(written, context.districts);
  const when = termOf(item, from, context.terms);
  if (!district || !when.key) {
    return {
      form: from.form,
      list: from.list,
      itemId: item.id,
      district: written,
      year: when.year,
      term: when.term,
      ...(district ? { knownDistrict: district } : {}),
      ...(when.key ? { knownTerm: when.key } : {}),
      modifiedAt: item.lastModifiedDateTime,
    };
  }
  const { reasons, remarks } = readReasons(textOf(item.fields[from.comments]));
  const measures = measuresOf(context.measures, from.form, when.key);
  const answers = measures.map((m): [string, Answer] => {
    const answer = readAnswer(item.fields[m.column] as Cell, m.unit);
    return [m.id, answer.kind === 'blank' ? (reasons.get(m.id) ?? answer) : answer];
  });
  const part = partOf(item, from.form);
  return {
    form: from.form,
    district,
    ...when.key,
    ...(part ? { part } : {}),
    list: from.list,
    itemId: item.id,
    etag: etagOf(item),
    answers: Object.fromEntries(answers),
    remarks,
    submittedBy: textOf(item.fields[from.submittedBy]),
    createdAt: item.createdDateTime,
    modifiedAt: item.lastModifiedDateTime,
  };
}

export const isStray = (read: Return | Stray): read is Stray => !('answers' in read);

export const isReturn = (read: Return | Stray): read is Return => 'answers' in read;

/** Text of a cell; nothing where it is empty. */
const textOf = (cell: unknown): string =>
  typeof cell === 'string' ? cell.trim() : typeof cell === 'number' ? String(cell) : '';

function termOf(
  item: ListItem,
  from: CouncilList,
  terms: readonly Term[],
): { year: string; term: string; key?: TermKey } {
  if (from.form === 'AET') return termOfSheet(textOf(item.fields[AS_OF]), terms);
  const year = textOf(item.fields[from.year]);
  const term = textOf(item.fields[from.term]);
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

const partOf = (item: ListItem, form: Form): string | undefined =>
  form === 'AET'
    ? `${textOf(item.fields[PHASE])}, ${textOf(item.fields[AS_OF]).slice(0, 10)}`
    : undefined;
