import type { Held, NotChecked } from '../../bot/assess.ts';
import type { Reading } from '../../bot/look.ts';
import type { NamedDistrict } from '../../bot/directory/district-name.ts';
import type { Columns } from '../../bot/returns/column.ts';
import { keyColumnProblems, unreadableKey } from '../../bot/returns/key-columns.ts';
import { mapMeasures, type Home, type MeasureMap } from '../../bot/returns/measure-map.ts';
import type { Form } from '../../bot/returns/measure.ts';
import { englishBankHolidays } from '../bank-holidays.ts';
import { DISTRICTS, MEASURES, READ_LISTS, TERMS } from './bot-lists.ts';
import {
  COUNCIL_LISTS,
  isReturn,
  isStray,
  readReturns,
  type CouncilList,
} from './council-lists.ts';
import { plainReason } from './plain-reason.ts';
import { readOwnLists } from './read-own-lists.ts';
import type { ListItem, Site } from './site.ts';

type Read = { items: readonly ListItem[]; columns: Columns } | { reason: string };
type ReadList = { from: CouncilList; read: Read };

/**
 * Reads all lists. A list of the council's that cannot be read, or whose key columns are gone, is
 * named in `notChecked`. Throws ListsUnavailable where the bot's own lists, without which nothing can
 * be decided, cannot be read.
 */
export async function readHeld(site: Site): Promise<Reading> {
  const answers = await askAll(site);
  const known = readBefore(answers);
  if (known) return known;
  const reading = await interpret({ ...site, read: (list) => answerOf(answers, list) });
  keep(answers, reading);
  return reading;
}

type ListAnswer = Awaited<ReturnType<Site['read']>>;
/** What was answered of each list: its items and columns, or why there are none. */
type Answers = ReadonlyMap<string, PromiseSettledResult<ListAnswer>>;

const LISTS: readonly string[] = [...READ_LISTS, ...COUNCIL_LISTS.map(({ list }) => list)];

async function askAll(site: Site): Promise<Answers> {
  const answers = await Promise.allSettled(LISTS.map((list) => site.read(list)));
  return new Map(LISTS.flatMap((list, i) => (answers[i] ? [[list, answers[i]]] : [])));
}

async function answerOf(answers: Answers, list: string): Promise<ListAnswer> {
  const answer = answers.get(list);
  if (!answer) throw new Error(`“${list}” is none of the lists that are read.`);
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}

/** The last reading, by the items of its terms list: where nothing changed since, it is the same. */
const readings = new WeakMap<object, { answers: Answers; reading: Reading }>();

const itemsOf = (answers: Answers, list: string): readonly ListItem[] | undefined => {
  const answer = answers.get(list);
  return answer?.status === 'fulfilled' ? answer.value.items : undefined;
};

function readBefore(answers: Answers): Reading | undefined {
  const terms = itemsOf(answers, TERMS);
  const last = terms && readings.get(terms);
  return last && LISTS.every((list) => isSame(answers.get(list), last.answers.get(list)))
    ? last.reading
    : undefined;
}

/** A list that did not change gives the very items and columns that it gave before. */
const isSame = (
  one: PromiseSettledResult<ListAnswer> | undefined,
  other: PromiseSettledResult<ListAnswer> | undefined,
): boolean =>
  one?.status === 'fulfilled' &&
  other?.status === 'fulfilled' &&
  one.value.items === other.value.items &&
  one.value.columns === other.value.columns;

function keep(answers: Answers, reading: Reading): void {
  const terms = itemsOf(answers, TERMS);
  if (terms) readings.set(terms, { answers, reading });
}

async function interpret(site: Site): Promise<Reading> {
  const own = await readOwnLists(site);
  const council = await Promise.all(
    COUNCIL_LISTS.map(async (from) => ({ from, read: await tryList(site, from) })),
  );
  const map = mapMeasures(own.measures, homesOf(council), MEASURES);
  const context = { districts: own.districts, terms: own.terms, measures: map.measures };
  const read = council.flatMap(({ from, read: one }) =>
    'items' in one ? readReturns(one.items, from, context) : [],
  );
  return {
    ...own,
    measures: map.measures,
    unreadMeasures: map.unread,
    rowProblems: [
      ...own.rowProblems,
      ...map.leftOut.map(
        ({ id, problem }) => `${MEASURES}: the row “${id}” is left out: ${problem}.`,
      ),
      ...map.drift,
      ...council.flatMap((one) => keyProblems(one, own.districts)),
    ],
    unusableMeasures: [...own.unusableMeasures, ...notJudgedBy(map)],
    bankHolidays: englishBankHolidays(yearsOf(own.terms)),
    returns: read.filter(isReturn),
    strays: read.filter(isStray),
    notChecked: council.flatMap(({ from, read: one }): NotChecked[] =>
      'reason' in one ? [{ list: from.list, reason: one.reason, forms: [from.form] }] : [],
    ),
  };
}

/** Measures that returns are not judged by; of two rows that clash the first does. */
const notJudgedBy = ({ measures, leftOut }: MeasureMap): string[] =>
  leftOut.map(({ id }) => id).filter((id) => !measures.some((m) => m.id === id));

const homesOf = (council: readonly ReadList[]): Map<Form, Home> =>
  new Map(
    council.map(({ from, read }) => [
      from.form,
      {
        list: from.list,
        keyColumns: Object.values(from.keys),
        columns: 'columns' in read ? read.columns : undefined,
      },
    ]),
  );

const keyProblems = ({ from, read }: ReadList, districts: readonly NamedDistrict[]): string[] =>
  'columns' in read
    ? keyColumnProblems(from.keys, read.columns, {
        list: from.list,
        districts,
        districtsIn: DISTRICTS,
      })
    : [];

/** The calendar years that the terms touch. */
const yearsOf = (terms: Held['terms']): number[] =>
  terms.flatMap((t) => [t.starts, t.locks]).map((day) => Number(day.slice(0, 4)));

async function tryList(site: Site, { list, keys }: CouncilList): Promise<Read> {
  try {
    const { items, columns } = await site.read(list);
    const reason = unreadableKey(keys, columns);
    return reason ? { reason } : { items, columns };
  } catch (error) {
    const reason = plainReason(error);
    if (!reason) throw error;
    return { reason };
  }
}
