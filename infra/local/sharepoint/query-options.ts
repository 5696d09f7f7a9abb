import { invalidRequest } from './errors.ts';

/** What `$expand=fields` asks for: no fields, all of them, or those named. */
export type FieldsWanted = 'none' | 'all' | readonly string[];

/** The order that `$orderby` asks for. */
export type Order = { by: string; descending: boolean };

const defaultPage = 200;
const largestPage = 5000;

/** A system query option, with or without its dollar sign, as Graph takes both. */
export function option(query: URLSearchParams, name: string): string | undefined {
  return query.get(`$${name}`) ?? query.get(name) ?? undefined;
}

/** The page size: 200 unless `$top` says otherwise, at most 5,000. */
export function pageSize(query: URLSearchParams): number {
  const top = option(query, 'top');
  if (top === undefined) return defaultPage;
  if (!/^\d+$/.test(top) || Number(top) === 0) {
    throw invalidRequest(`Invalid value '${top}' for $top: give a whole number from 1.`);
  }
  return Math.min(Number(top), largestPage);
}

/** Reads `$expand=fields` and `$expand=fields($select=A,B)`. */
export function fieldsWanted(query: URLSearchParams): FieldsWanted {
  const expand = option(query, 'expand');
  if (expand === undefined) return 'none';
  const match = /(?:^|,)\s*fields\s*(?:\(\s*\$?select\s*=([^)]*)\))?\s*(?:,|$)/.exec(expand);
  if (match === null) throw invalidRequest(`The expression '${expand}' is not valid for $expand.`);
  return match[1] === undefined ? 'all' : names(match[1]);
}

/** The properties that `$select` names; `undefined` when there is none. */
export function selected(query: URLSearchParams): string[] | undefined {
  const select = option(query, 'select');
  return select === undefined || select === '*' ? undefined : names(select);
}

/** Whether `$expand` names a navigation property. */
export function expands(query: URLSearchParams, property: string): boolean {
  return names(option(query, 'expand') ?? '').includes(property);
}

/** Reads `$orderby`: a field, an item's own property, or the id when there is none. */
export function orderWanted(query: URLSearchParams): Order {
  const orderBy = option(query, 'orderby');
  if (orderBy === undefined) return { by: 'id', descending: false };
  const match = /^\s*(fields\/\w+|\w+)(?:\s+(asc|desc))?\s*$/.exec(orderBy);
  if (match?.[1] === undefined) {
    throw invalidRequest(`The expression '${orderBy}' is not valid for $orderby.`);
  }
  return { by: match[1], descending: match[2] === 'desc' };
}

/** Keeps the properties that `$select` names, and OData's own marks. */
export function pick(shape: object, properties: readonly string[] | undefined): object {
  if (properties === undefined) return shape;
  const wanted = new Set([...properties, 'fields', 'fields@odata.context', 'columns']);
  return Object.fromEntries(
    Object.entries(shape).filter(([name]) => name.startsWith('@odata.') || wanted.has(name)),
  );
}

function names(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
