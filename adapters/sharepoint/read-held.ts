import type { Held, NotChecked } from '../../bot/assess.ts';
import type { Reading } from '../../bot/look.ts';
import type { Columns } from '../../bot/returns/column.ts';
import type { Measure } from '../../bot/returns/measure.ts';
import { englishBankHolidays } from '../bank-holidays.ts';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import { MEASURES } from './bot-lists.ts';
import { COUNCIL_LISTS, isReturn, isStray, readReturn } from './council-lists.ts';
import { readOwnLists } from './read-own-lists.ts';
import type { ListItem, Site } from './site.ts';

type CouncilList = { items: ListItem[]; columns: Columns } | { reason: string };

/**
 * Reads all lists. A list of the council's that cannot be read is named in `notChecked`. Throws
 * ListsUnavailable where the bot's own lists, without which nothing can be decided, cannot be read.
 */
export async function readHeld(site: Site): Promise<Reading> {
  const own = await readOwnLists(site);
  const council = await Promise.all(COUNCIL_LISTS.map(({ list }) => tryList(site, list)));
  const columns = new Map(
    council.map((result, i) => [
      COUNCIL_LISTS[i]?.list,
      'columns' in result ? result.columns : undefined,
    ]),
  );
  const astray = own.measures.filter((m) => columns.get(m.list)?.has(m.column) === false);
  const measures = own.measures.filter((m) => !astray.includes(m));
  const context = { districts: own.districts, terms: own.terms, measures };
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
    measures,
    rowProblems: [...own.rowProblems, ...astray.map(astrayProblem)],
    unusableMeasures: [...own.unusableMeasures, ...astray.map((m) => m.id)],
    bankHolidays: englishBankHolidays(yearsOf(own.terms)),
    returns: read.filter(isReturn),
    strays: read.filter(isStray),
    notChecked,
  };
}

const astrayProblem = ({ id, list, column }: Measure): string =>
  `${MEASURES}: the row “${id}” is left out: ${list} has no column with the internal name ${column}.`;

/** The calendar years that the terms touch. */
const yearsOf = (terms: Held['terms']): number[] =>
  terms.flatMap((t) => [t.starts, t.locks]).map((day) => Number(day.slice(0, 4)));

async function tryList(site: Site, list: string): Promise<CouncilList> {
  try {
    const [items, columns] = await Promise.all([site.items(list), site.columns(list)]);
    return { items, columns };
  } catch (error) {
    const reason = plainReason(error);
    if (!reason) throw error;
    return { reason };
  }
}

const REASONS: Record<number, string> = {
  401: 'SharePoint did not accept the bot’s sign-in',
  403: 'SharePoint does not let the bot read it',
  404: 'the list is not on the site',
  429: 'SharePoint is too busy',
  503: 'SharePoint is too busy',
};

/** Why a list could not be read, for people: the technical words stay in the cause. */
function plainReason(error: unknown): string | undefined {
  if (error instanceof NetworkFailed) return 'SharePoint could not be reached';
  if (error instanceof UnexpectedAnswer) return 'SharePoint answered something unexpected';
  if (!(error instanceof ServiceRefused)) return undefined;
  return REASONS[error.status] ?? `SharePoint said no (${error.status} ${error.code})`;
}
