import type { z } from 'zod';
import type { Held, NotChecked } from '../../bot/assess.ts';
import { mergedPeople } from '../../bot/access/people.ts';
import { canonicalDistrict } from '../../bot/directory/district-name.ts';
import type { Directory } from '../../bot/directory/directory.ts';
import { englishBankHolidays } from '../bank-holidays.ts';
import { NetworkFailed, reasonOf, ServiceRefused } from '../errors.ts';
import * as lists from './bot-lists.ts';
import { COUNCIL_LISTS, isReturn, isStray, readReturn } from './council-lists.ts';
import * as rows from './rows.ts';
import type { ListItem, Site } from './site.ts';

/** Everything that the lists say at one moment. */
export type Reading = Held & { directory: Directory };

/** The bot's own lists are not there, or not readable: nothing can be decided. */
export class ListsUnavailable extends Error {
  override readonly name = 'ListsUnavailable';
}

/**
 * Reads all lists. A list of the council's that cannot be read is named in `notChecked`; without
 * the bot's own lists there is nothing to go by, and ListsUnavailable is thrown.
 */
export async function readHeld(site: Site): Promise<Reading> {
  const own = await readOwnLists(site);
  const council = await Promise.all(COUNCIL_LISTS.map((from) => tryItems(site, from.list)));
  const context = { districts: own.districts, terms: own.terms, measures: own.measures };
  const read = council.flatMap((result, i) => {
    const from = COUNCIL_LISTS[i];
    return 'items' in result && from
      ? result.items.map((item) => readReturn(item, from, context))
      : [];
  });
  const notChecked = council.flatMap((result, i): NotChecked[] => {
    const from = COUNCIL_LISTS[i];
    return 'reason' in result && from
      ? [{ list: from.list, reason: result.reason, forms: [from.form] }]
      : [];
  });
  return {
    ...own,
    bankHolidays: englishBankHolidays(yearsOf(own.terms)),
    returns: read.filter(isReturn),
    strays: read.filter(isStray),
    notChecked,
  };
}

/** The calendar years that the terms touch. */
const yearsOf = (terms: Held['terms']): number[] =>
  terms.flatMap((t) => [t.starts, t.locks]).map((day) => Number(day.slice(0, 4)));

async function readOwnLists(site: Site) {
  const problems: string[] = [];
  const unusable = new Map<string, string[]>();
  const rowsOf = async <T>(list: string, row: z.ZodType<T>): Promise<T[]> => {
    const read = rows.readRows(list, await ownItems(site, list), row);
    problems.push(...read.problems);
    unusable.set(list, read.unusable);
    return read.rows;
  };
  const [terms, measures, rules, districts, people, schools, practitioners, clinics, settings] =
    await Promise.all([
      rowsOf(lists.TERMS, rows.termRow),
      rowsOf(lists.MEASURES, rows.measureRow),
      rowsOf(lists.RULES, rows.ruleRow),
      rowsOf(lists.DISTRICTS, rows.districtRow),
      rowsOf(lists.PEOPLE, rows.personRow),
      rowsOf(lists.SCHOOLS, rows.schoolRow),
      rowsOf(lists.PRACTITIONERS, rows.practitionerRow),
      rowsOf(lists.CLINICS, rows.clinicRow),
      rowsOf(lists.SETTINGS, rows.settingRow),
    ]);
  /** A name that no district has stays as it is written: nothing matches it. */
  const canonical = (name: string): string => canonicalDistrict(name, districts) ?? name;
  return {
    terms,
    measures,
    rules: rules.filter((rule) => rule !== undefined),
    districts,
    people: mergedPeople(
      people.map((person) => ({ ...person, districts: person.districts.map(canonical) })),
    ),
    policy: rows.policyFrom(settings),
    directory: {
      schools: schools.map((s) => ({ ...s, district: canonical(s.district) })),
      practitioners,
      clinics: clinics.map((c) => ({ ...c, district: canonical(c.district) })),
    },
    rowProblems: problems,
    unusableRules: unusable.get(lists.RULES) ?? [],
    unusableMeasures: unusable.get(lists.MEASURES) ?? [],
  };
}

async function ownItems(site: Site, list: string): Promise<ListItem[]> {
  try {
    return await site.items(list);
  } catch (error) {
    if (!(error instanceof ServiceRefused) && !(error instanceof NetworkFailed)) throw error;
    const remedy =
      error instanceof ServiceRefused && error.status === 404
        ? ' Make the bot’s lists with: npm run provision -- --site <address>.'
        : '';
    const reason = reasonOf(error).replace(/\.$/, '');
    throw new ListsUnavailable(`${list} could not be read: ${reason}.${remedy}`, {
      cause: error,
    });
  }
}

async function tryItems(
  site: Site,
  list: string,
): Promise<{ items: ListItem[] } | { reason: string }> {
  try {
    return { items: await site.items(list) };
  } catch (error) {
    if (!(error instanceof ServiceRefused) && !(error instanceof NetworkFailed)) throw error;
    return { reason: reasonOf(error) };
  }
}
