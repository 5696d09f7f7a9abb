import { invalidRequest } from './errors.ts';

/** How a cell is compared with a value. */
export type Operator = 'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge' | 'startswith';

/** One comparison of a `$filter`: `field` is an internal column name. */
export type Comparison = {
  field: string;
  operator: Operator;
  value: string | number | boolean | null;
};

const startsWith = /^startswith\(\s*fields\/(\w+)\s*,\s*'((?:[^']|'')*)'\s*\)/;
const comparison =
  /^fields\/(\w+)\s+(eq|ne|lt|gt|le|ge)\s+(?:'((?:[^']|'')*)'|(true|false|null)|(\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)|(-?\d+(?:\.\d+)?))(?=\s|$)/;
const joint = /^\s+and\s+/;

/** Reads a `$filter` on fields: comparisons and `startswith`, joined by `and`. */
export function parseFilter(text: string): Comparison[] {
  const comparisons: Comparison[] = [];
  let rest = text.trim();
  for (;;) {
    const [found, read] = readComparison(rest);
    comparisons.push(found);
    rest = rest.slice(read);
    if (rest.trim() === '') return comparisons;
    const between = joint.exec(rest);
    if (between === null) throw notUnderstood(rest);
    rest = rest.slice(between[0].length);
  }
}

function readComparison(text: string): [Comparison, number] {
  const prefix = startsWith.exec(text);
  if (prefix !== null) {
    const [all, field = '', value = ''] = prefix;
    return [{ field, operator: 'startswith', value: unquoted(value) }, all.length];
  }
  const match = comparison.exec(text);
  if (match === null) throw notUnderstood(text);
  const [all, field = '', operator = ''] = match;
  return [{ field, operator: operator as Operator, value: literal(match) }, all.length];
}

function literal(match: RegExpExecArray): Comparison['value'] {
  const [, , , quoted, word, instant, number] = match;
  if (quoted !== undefined) return unquoted(quoted);
  if (word !== undefined) return word === 'null' ? null : word === 'true';
  return instant ?? Number(number);
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}

function notUnderstood(rest: string): Error {
  return invalidRequest(
    `The $filter is not understood from '${rest}'. It takes fields/Name with eq, ne, lt, gt, le, ge or startswith(fields/Name,'text'), joined by and.`,
  );
}
