import { readTerm } from '../../bot/calendar/terms.ts';
import { figureAsText, storedFigure, type Answer } from '../../bot/returns/answer.ts';
import type { Measure } from '../../bot/returns/measure.ts';
import { writeReasons, type Reasons } from '../../bot/returns/reasons.ts';
import { holds, type Column, type Columns } from '../../bot/returns/column.ts';
import { formName, type Return, type ReturnKey } from '../../bot/returns/return.ts';
import { ServiceRefused } from '../errors.ts';
import { councilList } from './council-lists.ts';
import { alreadyHolds, type Fields, type ListItem } from './list-item.ts';
import type { Site } from './site.ts';

/**
 * Answers ready to be written. Only the columns of `measures` are touched; what is held in others, and
 * the reasons for what is not, stays.
 */
export type AnswersToWrite = {
  key: ReturnKey;
  measures: readonly Measure[];
  /** Every question of the return, for the wording of those reasons; `measures` where it is absent. */
  questions?: readonly Measure[];
  answers: Readonly<Record<string, Answer>>;
  remarks: string;
  submittedBy: string;
};

type Written =
  | { kind: 'written' }
  /** Somebody changed the item since it was read. */
  | { kind: 'changed meanwhile' };

/**
 * Makes the item of a return, or changes the one that is held, if it is still as it was read. What is
 * written is what the columns take now: text into text, numbers into numbers. Throws ServiceRefused,
 * also where a column has meanwhile gone or become another: an answer is never dropped.
 */
export async function writeReturn(
  site: Site,
  filing: AnswersToWrite,
  held: Return | undefined,
): Promise<Written> {
  const { list } = councilList(filing.key.form);
  const columns = await site.columns(list);
  const answers = answerFields(filing, held, columns);
  if (!held) {
    const key = keyFields(filing.key, columns);
    return makeItem(site, list, key, { ...key, ...newFields(filing, columns), ...answers });
  }
  try {
    await site.update(list, held.itemId, answers, held.etag);
    return { kind: 'written' };
  } catch (error) {
    if (error instanceof ServiceRefused && error.status === 412)
      return { kind: 'changed meanwhile' };
    throw error;
  }
}

/** Makes the one item of a return; whatever item has the same key is not made again. */
async function makeItem(site: Site, list: string, key: Fields, fields: Fields): Promise<Written> {
  const isOfTheReturn = (item: ListItem) => alreadyHolds(item, key);
  // Read at this moment: what was made a moment ago, by whomever, is not made again.
  if ((await site.items(list)).some(isOfTheReturn)) return { kind: 'changed meanwhile' };
  const item = await site.create(list, fields, isOfTheReturn);
  return alreadyHolds(item, fields) ? { kind: 'written' } : { kind: 'changed meanwhile' };
}

/** Whose return it is. */
function keyFields(key: ReturnKey, columns: Columns): Fields {
  const { keys } = councilList(key.form);
  return {
    [keys.district ?? '']: key.district,
    [keys.year ?? '']: key.year,
    [keys.term ?? '']: termCell(key.term, columns.get(keys.term ?? '')),
  };
}

/** What a new item says besides. */
function newFields({ key, submittedBy }: AnswersToWrite, columns: Columns): Fields {
  const submitter = councilList(key.form).keys['submitted by'];
  return {
    Title: `${key.district} ${formName(key.form)} ${key.year} Term ${key.term}`,
    ...(submitter && takesText(columns.get(submitter)) ? { [submitter]: submittedBy } : {}),
  };
}

/** The term as the column offers it: `Term 1`, or `T1`, or 1. */
function termCell(term: number, column: Column | undefined): string | number {
  if (column?.type === 'number') return term;
  return column?.choices.find((choice) => readTerm(choice) === term) ?? `Term ${term}`;
}

const takesText = (column: Column | undefined): boolean =>
  column?.type === 'text' || column?.type === 'choice';

function answerFields(
  { key, measures, questions = measures, answers, remarks }: AnswersToWrite,
  held: Return | undefined,
  columns: Columns,
): Fields {
  const { list, keys } = councilList(key.form);
  const reasons = reasonsHeld(held);
  for (const { id } of measures) {
    const answer = answers[id];
    if (answer && 'reason' in answer) reasons.set(id, answer);
    else reasons.delete(id);
  }
  const cells = measures.map((m): [string, string | number | null] => [
    m.column,
    cellOf(answers[m.id], m, columnOf(list, m.column, columns)),
  ]);
  const comments = writeReasons(remarks, reasons, questions);
  if (held && comments === writeReasons(held.remarks, reasonsHeld(held), questions)) {
    return Object.fromEntries(cells);
  }
  return {
    ...Object.fromEntries(cells),
    [columnOf(list, keys.comments ?? '', columns).name]: comments || null,
  };
}

/** Those that stand in the comments; a cell that says itself why it has no figure keeps its text. */
function reasonsHeld(held: Return | undefined): Reasons {
  const inComments = Object.entries(held?.answers ?? {}).flatMap(([id, answer]) =>
    'reason' in answer && answer.raw === undefined ? [[id, answer] as const] : [],
  );
  return new Map([...inComments, ...(held?.otherReasons ?? [])]);
}

function columnOf(list: string, name: string, columns: Columns): Column {
  const column = columns.get(name);
  if (column) return column;
  throw changedColumn(`${list} has no column with the internal name ${name} any more`);
}

/** The code of a refusal where a column went or became another between reading and writing. */
export const COLUMN_CHANGED = 'columnChanged';

const changedColumn = (message: string): ServiceRefused =>
  new ServiceRefused('SharePoint', 409, COLUMN_CHANGED, message);

/** A figure as its column takes it; null empties the cell. */
function cellOf(
  answer: Answer | undefined,
  { unit }: Measure,
  { type, name }: Column,
): string | number | null {
  if (answer?.kind !== 'number') return null;
  if (type === 'number') return storedFigure(answer.value, unit);
  if (type !== 'text') {
    throw changedColumn(`the column ${name} holds ${holds(type)}, so no figure can be written`);
  }
  return figureAsText(answer.value, unit);
}
