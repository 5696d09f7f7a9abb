/** What a request to Graph is about. */
export type RequestKind =
  | 'batch'
  | 'columns'
  | 'delta'
  | 'item'
  | 'items'
  | 'lists'
  | 'other'
  | 'permissions'
  | 'site'
  | 'subscriptions'
  | 'write';

/** A request as it is counted; `list` is the id or title in its address. */
export type RequestNote = { kind: RequestKind; list: string | undefined; units: number };

const siteByAddress = /^\/sites\/[^/]+?(?::|%3A)\/.*?(?:(?::|%3A)(?=\/|$)|$)/i;
const tokens = ['token', '$deltatoken', '$skiptoken'];

/**
 * What a request is about, and its price in resource units. `address` lies below `/v1.0`, query
 * included. One item, or delta with a token, costs 1; several items, delta without a token, and
 * anything that creates, changes or deletes 2; permissions 5; the parts of a `$batch` are priced
 * one by one, and the batch itself is free.
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
export function noteOf(method: string, address: string): RequestNote {
  const { pathname, searchParams } = new URL(address, 'http://127.0.0.1');
  const [root, first, area, list, part, id, more] = pathname
    .replace(siteByAddress, '/sites/site')
    .split('/')
    .slice(1);
  const reads = method === 'GET' || method === 'HEAD';
  const named = list === undefined ? undefined : decoded(list);
  const note = (kind: RequestKind, readUnits: number): RequestNote => {
    return { kind, list: named, units: reads ? readUnits : 2 };
  };
  if (root === '$batch') return { kind: 'batch', list: undefined, units: 0 };
  if (area === 'permissions' || part === 'permissions' || expandsPermissions(searchParams)) {
    return { kind: 'permissions', list: named, units: 5 };
  }
  if (root === 'subscriptions') return note('subscriptions', first === undefined ? 2 : 1);
  if (root !== 'sites') return note('other', 1);
  if (area === undefined) return note('site', 1);
  if (area !== 'lists') return note('other', 2);
  if (list === undefined) return note('lists', 2);
  if (part === undefined) return note('lists', 1);
  if (part === 'columns') return note('columns', id === undefined ? 2 : 1);
  if (part === 'subscriptions') return note('subscriptions', id === undefined ? 2 : 1);
  if (part !== 'items') return note('other', 2);
  if (!reads) return note('write', 2);
  if (id === undefined) return note('items', 2);
  if (/^delta(\(\))?$/.test(id)) return note('delta', hasToken(searchParams) ? 1 : 2);
  return note('item', more === 'versions' && pathname.endsWith('versions') ? 2 : 1);
}

function hasToken(query: URLSearchParams): boolean {
  return tokens.some((name) => query.has(name));
}

function expandsPermissions(query: URLSearchParams): boolean {
  return (query.get('$expand') ?? query.get('expand') ?? '').includes('permissions');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
