import type { Column } from './columns.ts';
import { graphInstant } from './london-time.ts';

/** What a filled cell holds; an empty cell has no value at all. */
export type Cell = string | number | boolean;

/** A value that suits its column (`null` empties the cell), or what is wrong with it. */
export type Checked = { ok: true; value: Cell | null } | { ok: false; problem: string };

/** Whether a choice must be among the column's choices: history may hold values since removed. */
export type ChoiceRule = 'listed choices only' | 'any choice';

const longestText = 255;
const dayOrInstant =
  /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Checks a value for a column and brings it into the form in which SharePoint keeps it. */
export function checkCell(column: Column, value: unknown, choices: ChoiceRule): Checked {
  if (value === null || value === '') return { ok: true, value: null };
  switch (column.kind) {
    case 'number':
      return checkNumber(column, value);
    case 'boolean':
      return typeof value === 'boolean' ? good(value) : bad('must be true or false');
    case 'dateTime':
      return checkInstant(value);
    case 'choice':
      return checkChoice(column, value, choices);
    case 'text':
      return checkText(value, column.settings.maxLength ?? longestText);
    case 'note':
      return checkText(value, Number.POSITIVE_INFINITY);
    case 'person':
    case 'computed':
      return bad('is read-only');
  }
}

function checkNumber({ settings }: Column, value: unknown): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value)) return bad('must be a number');
  if (settings.minimum !== undefined && value < settings.minimum) {
    return bad(`must be ${settings.minimum} or more`);
  }
  if (settings.maximum !== undefined && value > settings.maximum) {
    return bad(`must be ${settings.maximum} or less`);
  }
  return good(value);
}

function checkText(value: unknown, longest: number): Checked {
  if (typeof value !== 'string') return bad('must be text');
  if (value.length > longest) return bad(`must be ${longest} characters or fewer`);
  return good(value);
}

function checkChoice({ settings }: Column, value: unknown, rule: ChoiceRule): Checked {
  if (typeof value !== 'string') return bad('must be text');
  const free = rule === 'any choice' || settings.fillIn === true;
  if (!free && !(settings.choices ?? []).includes(value)) {
    return bad('must be one of the choices of the column');
  }
  return checkText(value, longestText);
}

function checkInstant(value: unknown): Checked {
  const match = typeof value === 'string' ? dayOrInstant.exec(value) : null;
  const [text, day, time, , , , zone] = match ?? [];
  if (text === undefined || day === undefined || !isCalendarDay(day)) {
    return bad('must be a date, such as 2026-09-30, or a date and time, such as 2026-09-30T09:00Z');
  }
  const instant = new Date(time === undefined ? `${day}T00:00Z` : `${text}${zone ? '' : 'Z'}`);
  return good(graphInstant(instant));
}

function isCalendarDay(day: string): boolean {
  const instant = new Date(`${day}T00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

function good(value: Cell): Checked {
  return { ok: true, value };
}

function bad(problem: string): Checked {
  return { ok: false, problem };
}
