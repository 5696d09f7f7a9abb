import type { z } from 'zod';
import { englishBankHolidays } from '../../adapters/bank-holidays.ts';
import {
  COUNCIL_LISTS,
  isReturn,
  isStray,
  readReturns,
} from '../../adapters/sharepoint/council-lists.ts';
import * as rows from '../../adapters/sharepoint/rows.ts';
import type { ListItem } from '../../adapters/sharepoint/site.ts';
import { starterGlossary } from '../../adapters/sharepoint/starter/glossary.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { starterRules } from '../../adapters/sharepoint/starter/rules.ts';
import type { Held } from '../../bot/assess.ts';
import type { Directory } from '../../bot/directory/directory.ts';
import { joinedDistricts } from '../../bot/directory/district.ts';
import { botRows } from '../../infra/local/demo/bot-rows.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import type { SeedItem } from '../../infra/local/sharepoint/seed.ts';

/** Everything that the demo's lists hold, read as the service reads it, without a server. */
export function demoHeld(): Held {
  const terms = usable('STLS Bot Terms', rows.termRow, botRows['STLS Bot Terms']);
  const measures = usable('STLS Bot Measures', rows.measureRow, starterMeasures);
  const rules = usable('STLS Bot Rules', rows.ruleRow, starterRules);
  const districts = joinedDistricts(
    usable('STLS Bot Districts', rows.districtRow, botRows['STLS Bot Districts']),
  );
  const read = COUNCIL_LISTS.flatMap((from) =>
    readReturns(itemsOf(from.list), from, { districts, terms, measures }),
  );
  return {
    terms,
    measures,
    unreadMeasures: [],
    ...rows.onAndOff(rules),
    districts,
    people: usable('STLS Bot People', rows.personRow, botRows['STLS Bot People']),
    policy: rows.policyFrom([]),
    bankHolidays: englishBankHolidays([2022, 2023, 2024, 2025, 2026, 2027]),
    returns: read.filter(isReturn),
    strays: read.filter(isStray),
    notChecked: [],
    rowProblems: [],
    unusableRules: [],
    unusableTerms: [],
    unusableMeasures: [],
  };
}

/** The demo's schools, link practitioners, clinics and glossary, read as the service reads them. */
export const demoDirectory = (): Directory => ({
  schools: usable('STLS Bot Schools', rows.schoolRow, botRows['STLS Bot Schools']),
  practitioners: usable(
    'STLS Bot Link Practitioners',
    rows.practitionerRow,
    botRows['STLS Bot Link Practitioners'],
  ),
  clinics: usable('STLS Bot Clinics', rows.clinicRow, botRows['STLS Bot Clinics']),
  glossary: usable('STLS Bot Glossary', rows.glossaryRow, starterGlossary),
  isComplete: true,
});

type Fields = Readonly<Record<string, string | number | boolean>>;

/** The rows of a list; one that cannot be used fails the test that needs it. */
function usable<T>(list: string, row: z.ZodType<T>, fields: readonly Fields[] = []): T[] {
  const items = fields.map((cells, i) => ({ id: String(i + 1), fields: cells }));
  const read = rows.readRows(list, items, row);
  if (read.problems.length > 0) throw new Error(read.problems.join('\n'));
  return read.rows;
}

function itemsOf(list: string): ListItem[] {
  const seed = councilSite().lists.find(({ displayName }) => displayName === list);
  if (!seed) throw new Error(`The demo has no list ${list}.`);
  return seed.items.map(asGraphGivesIt);
}

const asGraphGivesIt = (item: SeedItem, index: number): ListItem => ({
  id: String(index + 1),
  etag: `"${index + 1},1"`,
  createdDateTime: new Date(item.createdAt),
  lastModifiedDateTime: new Date(item.modifiedAt),
  fields: item.fields,
});
