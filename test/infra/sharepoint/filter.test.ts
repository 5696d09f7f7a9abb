import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeedItem } from '../../../infra/local/sharepoint/seed.ts';
import { parseFilter } from '../../../infra/local/sharepoint/filter.ts';
import { refusalOf, session, type GraphSession } from './graph-session.ts';
import { manyReturns, seedReturn, smallSite } from './small-site.ts';

const honoured = { Prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };

async function titles(
  graph: GraphSession,
  query: string,
  headers: Record<string, string> = {},
): Promise<unknown[]> {
  const path = graph.list('Returns', `/items?$expand=fields($select=Title)&$top=2&${query}`);
  return (await graph.everyItem(path, headers)).map((item) => item.fields?.['Title']);
}

function filter(text: string): string {
  return `$filter=${encodeURIComponent(text)}`;
}

async function district(): Promise<GraphSession> {
  const rows: SeedItem['fields'][] = [
    { Title: 'a', District: 'Ashford', School_x0020_Caseload: 3 },
    { Title: 'b', District: 'Dover', School_x0020_Caseload: 10 },
    { Title: 'c', District: "King's Hill", School_x0020_Caseload: 2.5 },
    { Title: 'd', District: 'C&L' },
    { Title: 'e', School_x0020_Caseload: 100, Term: 'Term 1' },
  ];
  return session({ seed: smallSite(rows.map(seedReturn)) });
}

describe('a filter on an indexed column', () => {
  test.each([
    ["fields/District eq 'Ashford'", ['a']],
    ["fields/District eq 'ashford'", ['a']],
    ["fields/District eq 'King''s Hill'", ['c']],
    ["fields/District eq 'C&L'", ['d']],
    ["fields/District ne 'Ashford'", ['b', 'c', 'd', 'e']],
    ["startswith(fields/District,'d')", ['b']],
    ["startswith(fields/District, 'King''s')", ['c']],
    ['fields/District eq null', ['e']],
    ['fields/District ne null', ['a', 'b', 'c', 'd']],
    ['fields/School_x0020_Caseload gt 3', ['b', 'e']],
    ['fields/School_x0020_Caseload ge 3', ['a', 'b', 'e']],
    ['fields/School_x0020_Caseload lt 3', ['c']],
    ['fields/School_x0020_Caseload le 2.5', ['c']],
    ["fields/School_x0020_Caseload ge 3 and fields/District eq 'Dover'", ['b']],
    ['fields/ID gt 3', ['d', 'e']],
  ])('%s finds what it names', async (text, expected) => {
    const graph = await district();
    expect(await titles(graph, filter(text))).toEqual(expected);
  });

  test('follows what is written and deleted', async () => {
    const graph = await district();
    await graph.send('PATCH', graph.list('Returns', '/items/1/fields'), { District: 'Thanet' });
    await graph.send('DELETE', graph.list('Returns', '/items/2'));
    expect(await titles(graph, filter("fields/District eq 'Ashford'"))).toEqual([]);
    expect(await titles(graph, filter("fields/District eq 'Thanet'"))).toEqual(['a']);
    expect(await titles(graph, filter("fields/District eq 'Dover'"))).toEqual([]);
  });

  test('compares dates as instants and yes or no as such', async () => {
    const graph = await session();
    const early = await graph.add('Training dates', { Starts: '2026-09-01T08:00Z', Booked: true });
    const late = await graph.add('Training dates', { Starts: '2026-10-01T08:00Z', Booked: false });
    const found = async (text: string): Promise<string[]> => {
      const items = await graph.everyItem(graph.list('Training dates', `/items?${filter(text)}`));
      return items.map((item) => item.id);
    };
    expect(await found("fields/Starts ge '2026-09-15T00:00:00Z'")).toEqual([late.id]);
    expect(await found('fields/Starts lt 2026-09-15')).toEqual([early.id]);
    expect(await found('fields/Booked eq true')).toEqual([early.id]);
    expect(await found('fields/Booked eq 0')).toEqual([late.id]);
  });
});

describe('a filter on a column without an index', () => {
  test('is refused in SharePoint’s words, unless the caller takes the risk', async () => {
    const graph = await district();
    const path = graph.list('Returns', `/items?${filter("fields/Term eq 'Term 1'")}`);
    const refused = refusalOf(await graph.send('GET', path));
    expect(refused).toMatchObject({ status: 400, code: 'invalidRequest' });
    expect(refused.message).toContain(
      "Field 'Term' cannot be referenced in filter or orderby as it is not indexed.",
    );
    expect(refused.message).toContain('HonorNonIndexedQueriesWarningMayFailRandomly');
    expect(await titles(graph, filter("fields/Term eq 'Term 1'"), honoured)).toEqual(['e']);
    expect(await titles(graph, filter("startswith(fields/Title,'C')"), honoured)).toEqual(['c']);
    expect(await titles(graph, filter("fields/Term ne 'Term 1'"), honoured)).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  test('works once the column is indexed', async () => {
    const graph = await district();
    await graph.send('PATCH', graph.list('Returns', '/columns/Term'), { indexed: true });
    expect(await titles(graph, filter("fields/Term eq 'Term 1'"))).toEqual(['e']);
    await graph.send('PATCH', graph.list('Returns', '/columns/Term'), { indexed: false });
    const path = graph.list('Returns', `/items?${filter("fields/Term eq 'Term 1'")}`);
    expect((await graph.send('GET', path)).status).toBe(400);
  });

  test('fails past 5,000 items however often it is tried', async () => {
    const graph = await session({ seed: smallSite(manyReturns(5001)) });
    const path = graph.list('Returns', `/items?${filter("fields/Term eq 'Term 1'")}`);
    const answer = await graph.send('GET', path, undefined, honoured);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('10');
    const indexed = filter('fields/School_x0020_Caseload gt 4999');
    expect(await titles(graph, indexed)).toEqual(['Return 5000', 'Return 5001']);
  });
});

describe('a filter', () => {
  test.each([
    "fields/District eq 'C",
    "District eq 'Dover'",
    "fields/District eq 'Dover' or fields/District eq 'Ashford'",
    "contains(fields/District,'Do')",
    "fields/Nonsense eq 'x'",
    'fields/School_x0020_Caseload eq banana',
    "fields/School_x0020_Caseload eq '3'",
    "fields/Comments eq 'x'",
    'fields/School_x0020_Caseload gt null',
    '',
  ])('of %j is refused', async (text) => {
    const graph = await district();
    const path = graph.list('Returns', `/items?${filter(text)}`);
    const answer = await graph.send('GET', path, undefined, honoured);
    expect(refusalOf(answer)).toMatchObject({ status: 400, code: 'invalidRequest' });
  });

  test('whose ampersand was not encoded is cut short and refused', async () => {
    const graph = await district();
    const address = `${graph.url}/v1.0${graph.list('Returns', '/items')}`;
    const answer = await fetch(`${address}?$filter=fields/District%20eq%20'C&L'`, {
      headers: { authorization: 'Bearer loopback-only' },
    });
    expect(answer.status).toBe(400);
  });

  test('reads every text that is quoted as OData quotes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const text = `fields/A eq '${value.replaceAll("'", "''")}' and startswith(fields/B,'x')`;
        expect(parseFilter(text)).toEqual([
          { field: 'A', operator: 'eq', value },
          { field: 'B', operator: 'startswith', value: 'x' },
        ]);
      }),
    );
  });
});

describe('an order', () => {
  test.each([
    ['fields/School_x0020_Caseload', ['d', 'c', 'a', 'b', 'e']],
    ['fields/School_x0020_Caseload desc', ['e', 'b', 'a', 'c', 'd']],
    ['fields/District asc', ['e', 'a', 'd', 'b', 'c']],
    ['id desc', ['e', 'd', 'c', 'b', 'a']],
    ['lastModifiedDateTime desc', ['e', 'd', 'c', 'b', 'a']],
  ])('by %s holds over page after page', async (order, expected) => {
    const graph = await district();
    expect(await titles(graph, `$orderby=${encodeURIComponent(order)}`)).toEqual(expected);
  });

  test('by a column without an index needs the same header as a filter', async () => {
    const graph = await district();
    const path = graph.list('Returns', '/items?$orderby=fields/Title');
    expect((await graph.send('GET', path)).status).toBe(400);
    expect((await graph.send('GET', path, undefined, honoured)).status).toBe(200);
  });
});
