import { describe, expect, test } from 'vitest';
import { refusalOf, session, type GraphSession } from './graph-session.ts';
import { manyReturns, smallSite } from './small-site.ts';

type Seen = { ids: string[]; deleted: string[]; link: string };

async function follow(graph: GraphSession, from: string): Promise<Seen> {
  const seen: Seen = { ids: [], deleted: [], link: '' };
  let next: string | undefined = from;
  while (next !== undefined) {
    const page: Awaited<ReturnType<GraphSession['page']>> = await graph.page(next);
    for (const item of page.value) {
      (item.deleted === undefined ? seen.ids : seen.deleted).push(item.id);
    }
    seen.link = page['@odata.deltaLink'] ?? '';
    next = page['@odata.nextLink'];
  }
  return seen;
}

describe('delta', () => {
  test('without a token gives everything and then only what has changed', async () => {
    const graph = await session();
    const first = await follow(graph, graph.list('Returns', '/items/delta?$expand=fields'));
    expect(first.ids).toEqual(['1', '2']);
    expect((await follow(graph, first.link)).ids).toEqual([]);

    await graph.send('PATCH', graph.list('Returns', '/items/1/fields'), { Title: 'Changed' });
    const { id } = await graph.add('Returns', { Title: 'New' });
    const changes = await graph.page(first.link);
    expect(changes.value.map((item) => [item.id, item.fields?.['Title']])).toEqual([
      ['1', 'Changed'],
      [id, 'New'],
    ]);
  });

  test('with the token latest gives an empty page and starts from now', async () => {
    const graph = await session();
    const start = await graph.page(graph.list('Returns', '/items/delta?token=latest'));
    expect(start.value).toEqual([]);
    await graph.add('Returns', { Title: 'New' });
    expect((await follow(graph, String(start['@odata.deltaLink']))).ids).toEqual(['3']);
  });

  test('tells of deleted items by id and state alone', async () => {
    const graph = await session();
    const start = await graph.page(graph.list('Returns', '/items/delta?token=latest'));
    await graph.send('DELETE', graph.list('Returns', '/items/2'));
    const changes = await graph.page(String(start['@odata.deltaLink']));
    expect(changes.value).toEqual([{ id: '2', deleted: { state: 'deleted' } }]);
    expect((await follow(graph, graph.list('Returns', '/items/delta'))).deleted).toEqual([]);
  });

  test('gives one item once, with its latest state, however often it changed', async () => {
    const graph = await session();
    const start = await graph.page(graph.list('Returns', '/items/delta?token=latest'));
    for (const Title of ['One', 'Two', 'Three']) {
      await graph.send('PATCH', graph.list('Returns', '/items/1/fields'), { Title });
    }
    expect((await follow(graph, String(start['@odata.deltaLink']))).ids).toEqual(['1']);
  });

  test('repeats items that change or go while the pages are read, so that the last wins', async () => {
    const graph = await session({ seed: smallSite(manyReturns(5)) });
    const first = await graph.page(graph.list('Returns', '/items/delta?$top=2'));
    expect(first.value.map((item) => item.id)).toEqual(['1', '2']);
    await graph.send('PATCH', graph.list('Returns', '/items/1/fields'), { Title: 'Changed' });
    await graph.send('DELETE', graph.list('Returns', '/items/2'));
    const rest = await follow(graph, String(first['@odata.nextLink']));
    expect(rest.ids).toEqual(['3', '4', '5', '1']);
    expect(rest.deleted).toEqual(['2']);
  });

  test('is not disturbed by changes in another list', async () => {
    const graph = await session();
    const start = await graph.page(graph.list('Returns', '/items/delta?token=latest'));
    await graph.add('Training dates', { Title: 'Elsewhere' });
    const after = await follow(graph, String(start['@odata.deltaLink']));
    expect(after.ids).toEqual([]);
    await graph.add('Returns', { Title: 'Here' });
    expect((await follow(graph, after.link)).ids).toEqual(['3']);
  });

  test('answers 410 to a token it does not know and says where to start again', async () => {
    const graph = await session();
    const start = await graph.page(
      graph.list('Returns', '/items/delta?token=latest&$expand=fields'),
    );
    graph.emulator.forgetDeltaTokens();
    const unknown = graph.list('Returns', '/items/delta?token=rubbish&$expand=fields');
    for (const link of [String(start['@odata.deltaLink']), unknown]) {
      const answer = await graph.send('GET', link);
      expect(refusalOf(answer)).toMatchObject({ status: 410, code: 'resyncRequired' });
      const again = await graph.page(String(answer.headers.get('location')));
      expect(again.value.map((item) => item.fields?.['Title'])).toEqual([
        'Ashford, Term 1',
        'Dover, Term 1',
      ]);
    }
  });

  test('answers 410 to a token of another list', async () => {
    const graph = await session();
    const start = await graph.page(graph.list('Training dates', '/items/delta?token=latest'));
    const token = new URL(String(start['@odata.deltaLink'])).searchParams.get('token');
    const answer = await graph.send('GET', graph.list('Returns', `/items/delta?token=${token}`));
    expect(answer.status).toBe(410);
  });
});
