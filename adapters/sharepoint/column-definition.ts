import { z } from 'zod';
import { readBy } from './read-answer.ts';
import type { Column, Columns, ColumnType } from '../../bot/returns/column.ts';

const columnAnswer = z.object({
  name: z.string(),
  displayName: z.string().default(''),
  number: z.object({}).nullish(),
  currency: z.object({}).nullish(),
  text: z.object({}).nullish(),
  choice: z.object({ choices: z.array(z.string()).default([]) }).nullish(),
  dateTime: z.object({}).nullish(),
  boolean: z.object({}).nullish(),
  calculated: z.object({}).nullish(),
});
type ColumnAnswer = z.infer<typeof columnAnswer>;

/** Columns as Graph gives them, by internal name. */
export function readColumns(answers: readonly unknown[]): Columns {
  const columns = readBy(z.array(columnAnswer), answers, 'the columns of a list').map(readColumn);
  return new Map(columns.map((column) => [column.name, column]));
}

const identified = z.object({ id: z.string(), name: z.string() });

/** What tells one set of columns from another: a column that was made anew has another id. */
export const shapeOf = (answers: readonly unknown[]): string =>
  answers
    .map((answer) => {
      const { id, name } = readBy(identified, answer, 'a column');
      return `${name} ${id} ${typeOf(readBy(columnAnswer, answer, 'a column'))}`;
    })
    .sort()
    .join('\n');

/** A columnDefinition says its type by the one facet that it has (learn.microsoft.com: columnDefinition). */
function readColumn(answer: ColumnAnswer): Column {
  const { name, displayName, choice } = answer;
  return { name, displayName, type: typeOf(answer), choices: choice?.choices ?? [] };
}

function typeOf(answer: ColumnAnswer): ColumnType {
  if (answer.calculated) return 'calculated';
  if (answer.number ?? answer.currency) return 'number';
  if (answer.choice) return 'choice';
  if (answer.dateTime) return 'date';
  if (answer.boolean) return 'yes or no';
  return answer.text ? 'text' : 'other';
}
