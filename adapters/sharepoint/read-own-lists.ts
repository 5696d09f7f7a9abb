import type { z } from 'zod';
import type { Held } from '../../bot/assess.ts';
import { mergedPeople, type Person } from '../../bot/access/people.ts';
import { canonicalDistrict, type NamedDistrict } from '../../bot/directory/district-name.ts';
import type { Directory } from '../../bot/directory/directory.ts';
import { directoryProblems } from '../../bot/directory/directory-problems.ts';
import { districtProblems, joinedDistricts } from '../../bot/directory/district.ts';
import type { Columns } from '../../bot/returns/column.ts';
import { NetworkFailed, reasonOf, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import * as lists from './bot-lists.ts';
import * as rows from './rows.ts';
import type { Site } from './site.ts';

/** A list without which nothing can be decided is not there, or not readable. */
export class ListsUnavailable extends Error {
  override readonly name = 'ListsUnavailable';
}

/** What the bot's own lists say; `measures` are the rows in their order, before they meet the columns. */
type OwnLists = Omit<
  Held,
  'bankHolidays' | 'returns' | 'strays' | 'notChecked' | 'unreadMeasures'
> & {
  directory: Directory;
};

/**
 * Reads the bot's own lists. Rows that cannot be used are named in `rowProblems` and left out, and so
 * is a list of the directory or the settings that cannot be read; without the others
 * ListsUnavailable is thrown.
 */
export async function readOwnLists(site: Site): Promise<OwnLists> {
  const problems: string[] = [];
  const unusable = new Map<string, string[]>();
  const needed = async <T>(list: string, row: z.ZodType<T>): Promise<T[]> => {
    const { items, columns } = await neededItems(site, list);
    const read = rows.readRows(list, items, row);
    problems.push(...missingColumns(list, columns), ...read.problems);
    unusable.set(list, read.unusable);
    return read.rows;
  };
  const optional = async <T>(list: string, row: z.ZodType<T>): Promise<T[] | undefined> => {
    try {
      return await needed(list, row);
    } catch (error) {
      if (!(error instanceof ListsUnavailable)) throw error;
      problems.push(error.message);
      return undefined;
    }
  };
  const only = <T>(list: string, all: readonly T[], idOf: (row: T) => string): T[] => {
    const repeated = repeatedIds(all.map(idOf));
    problems.push(
      ...repeated.map((id) => `${list}: “${id}” is listed twice; the first row counts.`),
    );
    return [...new Map(all.toReversed().map((row) => [idOf(row), row])).values()].toReversed();
  };
  const [
    terms,
    measures,
    rules,
    districts,
    people,
    schools,
    practitioners,
    clinics,
    glossary,
    settings,
  ] = await Promise.all([
    needed(lists.TERMS, rows.termRow),
    needed(lists.MEASURES, rows.measureRow),
    needed(lists.RULES, rows.ruleRow),
    needed(lists.DISTRICTS, rows.districtRow),
    needed(lists.PEOPLE, rows.personRow),
    optional(lists.SCHOOLS, rows.schoolRow),
    optional(lists.PRACTITIONERS, rows.practitionerRow),
    optional(lists.CLINICS, rows.clinicRow),
    optional(lists.GLOSSARY, rows.glossaryRow),
    optional(lists.SETTINGS, rows.settingRow),
  ]);
  const read = rows.readSettings(settings ?? []);
  problems.push(...read.problems.map((problem) => `${lists.SETTINGS}: ${problem}`));
  const known = joinedDistricts(districts);
  problems.push(...districtProblems(known, terms).map((text) => `${lists.DISTRICTS}: ${text}`));
  const switched = rows.onAndOff(rules);
  /** A name that no district has stays as it is written: nothing matches it. */
  const canonical = (name: string): string => canonicalDistrict(name, known) ?? name;
  const led = people.map((person) => ({ ...person, districts: person.districts.map(canonical) }));
  problems.push(...unknownDistricts(led, new Set(known.map(({ name }) => name))));
  const directory: Directory = {
    schools: (schools ?? []).map((s) => ({ ...s, district: canonical(s.district) })),
    practitioners: practitioners ?? [],
    clinics: (clinics ?? []).map((c) => ({ ...c, district: canonical(c.district) })),
    glossary: glossary ?? [],
    isComplete: [schools, practitioners, clinics].every((list) => list !== undefined),
  };
  problems.push(...misfits(directory, led, known));
  return {
    terms,
    measures,
    rules: only(lists.RULES, switched.rules, (rule) => rule.id),
    rulesOff: switched.rulesOff,
    unusableOff: switched.unusableOff,
    districts: known,
    people: mergedPeople(led),
    policy: read.policy,
    directory,
    rowProblems: problems,
    unusableRules: unusable.get(lists.RULES) ?? [],
    unusableMeasures: unusable.get(lists.MEASURES) ?? [],
    unusableTerms: unusable.get(lists.TERMS) ?? [],
  };
}

const repeatedIds = (ids: readonly string[]): string[] => [
  ...new Set(ids.filter((id, i) => ids.indexOf(id) !== i)),
];

const unknownDistricts = (people: readonly Person[], known: ReadonlySet<string>): string[] =>
  people.flatMap((person) =>
    person.districts
      .filter((name) => !known.has(name))
      .map(
        (name) =>
          `${lists.PEOPLE}: ${person.name} has the district “${name}”, which no row of the districts list names.`,
      ),
  );

/** What names something that another list does not have; nothing while a list cannot be read. */
function misfits(
  directory: Directory,
  people: readonly Person[],
  districts: readonly NamedDistrict[],
): string[] {
  if (!directory.isComplete) return [];
  const found = directoryProblems(directory, people, new Set(districts.map(({ name }) => name)));
  return [
    ...found.people.map((text) => `${lists.PEOPLE}: ${text}`),
    ...found.schools.map((text) => `${lists.SCHOOLS}: ${text}`),
    ...found.practitioners.map((text) => `${lists.PRACTITIONERS}: ${text}`),
    ...found.clinics.map((text) => `${lists.CLINICS}: ${text}`),
  ];
}

/** What a list lacks that this version of the bot reads or writes. */
function missingColumns(list: string, columns: Columns): string[] {
  const own = lists.BOT_LISTS.find(({ displayName }) => displayName === list)?.columns ?? [];
  const absent = own.filter(({ name }) => !columns.has(name)).map(({ name }) => name);
  return absent.length === 0
    ? []
    : [
        `${list} lacks ${absent.length === 1 ? 'the column' : 'the columns'} ${absent.join(', ')}.${PROVISION}`,
      ];
}

const PROVISION = ' Make what is missing with: npm run provision -- --site <address>.';

async function neededItems(site: Site, list: string): Promise<Awaited<ReturnType<Site['read']>>> {
  try {
    return await site.read(list);
  } catch (error) {
    const isAnswer = error instanceof ServiceRefused || error instanceof UnexpectedAnswer;
    if (!isAnswer && !(error instanceof NetworkFailed)) throw error;
    const remedy = error instanceof ServiceRefused && error.status === 404 ? PROVISION : '';
    const reason = reasonOf(error).replace(/\.$/, '');
    throw new ListsUnavailable(`${list} could not be read: ${reason}.${remedy}`, { cause: error });
  }
}
