/** Puts a county into the council's lists, as Graph would give the items. */
import {
  councilList,
  isReturn,
  isStray,
  readReturns,
} from '../../../../adapters/sharepoint/council-lists.ts';
import type { ListItem } from '../../../../adapters/sharepoint/site.ts';
import { starterMeasures } from '../../../../adapters/sharepoint/starter/measures.ts';
import type { Held } from '../../../../bot/assess.ts';
import type { Checkable } from '../../../../bot/findings/check.ts';
import { termAt, yearAt, type Cell, type County, type Form, type Sheet } from './county.ts';

const FORMS = ['KPI', 'LAR', 'Budget', 'AET'] as const;

const columns = new Map(
  starterMeasures.map((row) => [
    String(row['Title']),
    { column: String(row['ColumnName']), unit: String(row['Unit']) },
  ]),
);

/** What the service holds of a county once it has read the lists. */
export function heldOf({ sheets, strays }: County, lists: Held): Checkable {
  const items = new Map<Form, ListItem[]>(FORMS.map((form) => [form, []]));
  for (const sheet of sheets) {
    const all = items.get(sheet.form);
    for (let copy = 1; copy <= sheet.items; copy += 1) {
      const isMeant = copy === sheet.items;
      all?.push(itemOf(all.length, isMeant ? fieldsOf(sheet) : namesOf(sheet), copy));
    }
  }
  for (const { form, district, year, term } of strays) {
    const all = items.get(form);
    all?.push(itemOf(all.length, keyFields(district, year, term), 1));
  }
  const read = FORMS.flatMap((form) =>
    readReturns(items.get(form) ?? [], councilList(form), lists),
  );
  return {
    returns: read.filter(isReturn),
    strays: read.filter(isStray),
    measures: lists.measures,
    unreadMeasures: [],
    districts: lists.districts,
  };
}

/** Later copies are modified later, and so they count. */
const itemOf = (index: number, fields: ListItem['fields'], copy: number): ListItem => ({
  id: String(index + 1),
  etag: `"${index + 1},1"`,
  createdDateTime: new Date('2026-01-05T10:00:00Z'),
  lastModifiedDateTime: new Date(Date.UTC(2026, 0, 5, 10, copy)),
  fields,
});

const keyFields = (district: string, year: string, term: string) => ({
  District: district,
  Academic_x0020_Year: year,
  Term: term,
});

/** Which return it is, in one of the ways that people write it. */
function namesOf({ form, district, at, part }: Sheet): Record<string, string> {
  const year = at < 6 ? yearAt(at).replace('-', '/') : yearAt(at);
  const term = at < 6 ? `T${termAt(at)}` : `Term ${termAt(at)}`;
  if (form === 'AET') {
    const summer = `20${yearAt(at).slice(-2)}-07-31T00:00:00Z`;
    return { District: district, Phase: part ?? '', As_x0020_Of: summer };
  }
  return form === 'Budget'
    ? { District: district, Academic_x0020_Year: year, As_x0020_Of_x0020_Term: term }
    : keyFields(district, year, term);
}

function fieldsOf(sheet: Sheet): ListItem['fields'] {
  const fields: Record<string, string | number> = namesOf(sheet);
  const reasons: string[] = [];
  for (const [id, cell] of Object.entries(sheet.cells)) {
    const { column, unit } = columns.get(id) ?? { column: '', unit: '' };
    const written = writtenAs(cell, unit, sheet.at);
    if (written !== undefined) fields[column] = written;
    else if (cell !== 'blank') reasons.push(reasonFor(id, cell));
  }
  return { ...fields, Comments: reasons.join('\n') };
}

/** As the columns hold it: numbers, or text as the report prints it. Nothing where it is in the comments. */
function writtenAs(cell: Cell, unit: string, at: number): string | number | undefined {
  if (cell === 'blank') return undefined;
  if (typeof cell === 'object') return cell.text;
  const asText = unit === 'percentage' || unit === 'money';
  if (cell === 'not known') return asText ? 'Not reported' : undefined;
  if (cell === 'not applicable') return asText ? 'n/a' : undefined;
  if (unit === 'percentage of 1') return Number((cell / 100).toFixed(6));
  if (unit === 'money') return at < 6 ? `£${cell.toLocaleString('en-GB')}` : String(cell);
  if (unit === 'percentage') return at % 2 === 0 ? `${cell}%` : String(cell);
  return cell;
}

const reasonFor = (id: string, cell: Cell): string =>
  `${cell === 'not known' ? 'Not known' : 'Not applicable'} – The question [${id}]: the register was being moved`;
