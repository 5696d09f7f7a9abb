import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fieldsOf, refusalOf, session } from './graph-session.ts';
import { manyReturns, smallSite } from './small-site.ts';

const versions = z.object({
  value: z.array(
    z.object({ id: z.string(), lastModifiedDateTime: z.string(), fields: z.looseObject({}) }),
  ),
});

describe('an item', () => {
  test('has the shape that Graph gives it', async () => {
    const graph = await session();
    const { body } = await graph.send('GET', graph.list('Returns', '/items/1?$expand=fields'));
    expect(body).toMatchObject({
      '@odata.etag': expect.stringMatching(/^"[0-9a-f-]{36},1"$/),
      eTag: expect.stringMatching(/^"[0-9a-f-]{36},1"$/),
      id: '1',
      createdDateTime: '2026-10-01T09:00:00Z',
      lastModifiedDateTime: '2026-10-02T09:00:00Z',
      createdBy: { user: { email: 'priya.nair@council.example', displayName: 'Priya Nair' } },
      parentReference: { siteId: graph.site, id: expect.any(String) },
      contentType: { id: expect.any(String), name: 'Item' },
      webUrl: `${graph.url}/lists/Returns/items/1`,
      fields: {
        '@odata.etag': expect.any(String),
        id: '1',
        ContentType: 'Item',
        Title: 'Ashford, Term 1',
        District: 'Ashford',
        Targets_x0020_Reviewed: 0.35,
        Created: '2026-10-01T09:00:00Z',
        Modified: '2026-10-02T09:00:00Z',
        AuthorLookupId: expect.stringMatching(/^\d+$/),
        EditorLookupId: expect.stringMatching(/^\d+$/),
        Attachments: false,
      },
    });
  });

  test('leaves empty cells out altogether', async () => {
    const graph = await session();
    const { fields } = await graph.item('Returns', '2');
    expect(fields).not.toHaveProperty('School_x0020_Caseload');
    expect(fields).not.toHaveProperty('Comments');
  });

  test('shows fields only when asked, and only those selected', async () => {
    const graph = await session();
    const plain = await graph.send('GET', graph.list('Returns', '/items/1'));
    expect(plain.body).not.toHaveProperty('fields');
    const chosen = await graph.page(
      graph.list('Returns', '/items?$expand=fields($select=Title,School_x0020_Caseload,Author)'),
    );
    expect(chosen.value[0]?.fields).toEqual({
      '@odata.etag': expect.any(String),
      Title: 'Ashford, Term 1',
      School_x0020_Caseload: 41,
      Author: 'Priya Nair',
    });
    const cut = await graph.send('GET', graph.list('Returns', '/items/1?$select=id'));
    expect(Object.keys(Object(cut.body)).filter((name) => !name.startsWith('@'))).toEqual(['id']);
  });

  test('that was written through Graph appears under the application’s name', async () => {
    const graph = await session();
    const { id } = await graph.add('Returns', { Title: 'By the bot' });
    const { body } = await graph.send('GET', graph.list('Returns', `/items/${id}`));
    expect(body).toMatchObject({
      createdDateTime: '2026-11-02T10:00:00Z',
      createdBy: { application: { id: expect.any(String), displayName: 'STLS Returns Bot' } },
    });
  });

  test.each(['99', '0', 'x', '1.5'])('with the id %s is not found', async (id) => {
    const graph = await session();
    const answer = await graph.send('GET', graph.list('Returns', `/items/${id}`));
    expect(refusalOf(answer)).toMatchObject({ status: 404, code: 'itemNotFound' });
  });
});

describe('writing', () => {
  test('keeps numbers, line breaks and odd characters exactly', async () => {
    const graph = await session();
    const cells = {
      Title: `O’Neill & <b>"Sons"</b> 🙂`,
      Comments: 'One\n\nTwo; drop table items',
      Targets_x0020_Reviewed: 0.1,
      School_x0020_Caseload: 1e15,
    };
    const { id } = await graph.add('Returns', cells);
    const { fields } = await graph.item('Returns', id);
    expect(fields).toMatchObject(cells);
  });

  test('gives every change a new etag and refuses a stale one', async () => {
    const graph = await session();
    const path = graph.list('Returns', '/items/1/fields');
    const before = await graph.item('Returns', '1');
    const etag = String(before.eTag);
    const first = await graph.send(
      'PATCH',
      path,
      { School_x0020_Caseload: 42 },
      { 'if-match': etag },
    );
    expect(first.status).toBe(200);
    expect(fieldsOf(first)).toMatchObject({ id: '1', School_x0020_Caseload: 42 });
    expect(fieldsOf(first)['@odata.etag']).not.toBe(etag);
    const stale = await graph.send(
      'PATCH',
      path,
      { School_x0020_Caseload: 43 },
      { 'if-match': etag },
    );
    expect(refusalOf(stale)).toMatchObject({ status: 412, code: 'resourceModified' });
    expect((await graph.item('Returns', '1')).fields).toMatchObject({ School_x0020_Caseload: 42 });
    const any = await graph.send('PATCH', path, { School_x0020_Caseload: 44 }, { 'if-match': '*' });
    expect(any.status).toBe(200);
    const plain = await graph.send('PATCH', path, { School_x0020_Caseload: 45 });
    expect(plain.status).toBe(200);
  });

  test('touches only the cells that are named, and null empties one', async () => {
    const graph = await session();
    await graph.send('PATCH', graph.list('Returns', '/items/1'), {
      fields: { School_x0020_Caseload: null, Comments: 'Checked' },
    });
    const answer = await graph.send('GET', graph.list('Returns', '/items/1/fields'));
    expect(fieldsOf(answer)).toMatchObject({ Title: 'Ashford, Term 1', Comments: 'Checked' });
    expect(fieldsOf(answer)).not.toHaveProperty('School_x0020_Caseload');
  });

  test.each([
    [{ Nonsense: 1 }, "Field 'Nonsense' is not recognized"],
    [{ 'School Caseload': 1 }, "Field 'School Caseload' is not recognized"],
    [{ School_x0020_Caseload: 'many' }, 'must be a number'],
    [{ School_x0020_Caseload: '12' }, 'must be a number'],
    [{ Title: 12 }, 'must be text'],
    [{ Title: 'x'.repeat(256) }, '255 characters'],
    [{ Term: 'Term 9' }, 'must be one of the choices'],
    [{ Comments: ['one', 'two'] }, 'must be text'],
    [{ Created: '2026-01-01T00:00:00Z' }, 'read-only'],
    [{ AuthorLookupId: '3' }, 'not recognized'],
  ])('is refused for %j and changes nothing', async (cells, reason) => {
    const graph = await session();
    const before = await graph.item('Returns', '1');
    const patched = await graph.send('PATCH', graph.list('Returns', '/items/1/fields'), cells);
    const added = await graph.send('POST', graph.list('Returns', '/items'), { fields: cells });
    for (const answer of [patched, added]) {
      expect(refusalOf(answer)).toMatchObject({ status: 400, code: 'invalidRequest' });
      expect(refusalOf(answer).message).toContain(reason);
    }
    expect(await graph.item('Returns', '1')).toEqual(before);
    expect(await graph.everyItem(graph.list('Returns', '/items'))).toHaveLength(2);
  });

  test('takes a value of one’s own where fill-in is allowed, and keeps an old choice', async () => {
    const graph = await session();
    const path = graph.list('Returns', '/items/1/fields');
    expect((await graph.send('PATCH', path, { District: 'Folkestone' })).status).toBe(200);
    expect((await graph.send('PATCH', path, { Term: 'T1' })).status).toBe(200);
  });

  test('brings dates into UTC and refuses days that do not exist', async () => {
    const graph = await session();
    const item = await graph.add('Training dates', {
      As_x0020_Of: '2026-09-30',
      Starts: '2026-09-30T10:00:00+01:00',
    });
    expect(item.fields).toMatchObject({
      As_x0020_Of: '2026-09-30T00:00:00Z',
      Starts: '2026-09-30T09:00:00Z',
    });
    const path = graph.list('Training dates', '/items');
    for (const Starts of ['2026-02-30', 'tomorrow', '30/09/2026', 20260930]) {
      expect((await graph.send('POST', path, { fields: { Starts } })).status).toBe(400);
    }
  });

  test('refuses a body that is not JSON in Graph’s shape', async () => {
    const graph = await session();
    const answer = await fetch(`${graph.url}/v1.0${graph.list('Returns', '/items')}`, {
      method: 'POST',
      headers: { authorization: 'Bearer loopback-only', 'content-type': 'application/json' },
      body: '{"fields":',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'BadRequest' } });
  });

  test('of the removal of an item heeds the etag, and numbers are not used again', async () => {
    const graph = await session();
    const path = graph.list('Returns', '/items/2');
    const stale = { 'if-match': '"nothing,1"' };
    expect((await graph.send('DELETE', path, undefined, stale)).status).toBe(412);
    expect((await graph.send('DELETE', path)).status).toBe(204);
    expect((await graph.send('DELETE', path)).status).toBe(404);
    expect((await graph.add('Returns', { Title: 'Next' })).id).toBe('3');
  });

  test('keeps what an item held before as versions', async () => {
    const graph = await session({ now: () => new Date('2026-11-03T08:00:00Z') });
    const path = graph.list('Returns', '/items/1/fields');
    await graph.send('PATCH', path, { School_x0020_Caseload: 50 });
    await graph.send('PATCH', path, { School_x0020_Caseload: 51 });
    const answer = await graph.send('GET', graph.list('Returns', '/items/1/versions'));
    const read = versions.parse(answer.body).value;
    expect(
      read.map(({ id, lastModifiedDateTime, fields }) => [
        id,
        lastModifiedDateTime,
        fields['School_x0020_Caseload'],
      ]),
    ).toEqual([
      ['3.0', '2026-11-03T08:00:00Z', 51],
      ['2.0', '2026-11-03T08:00:00Z', 50],
      ['1.0', '2026-10-02T09:00:00Z', 41],
    ]);
    const one = await graph.send('GET', graph.list('Returns', '/items/1/versions/1.0'));
    expect(one.body).toMatchObject({ fields: { School_x0020_Caseload: 41 } });
    expect((await graph.send('GET', graph.list('Returns', '/items/1/versions/9.0'))).status).toBe(
      404,
    );
  });
});

describe('paging', () => {
  test('gives 200 items at first and every item once', async () => {
    const graph = await session({ seed: smallSite(manyReturns(450)) });
    const path = graph.list('Returns', '/items?$expand=fields($select=Title)');
    const first = await graph.page(path);
    expect(first.value).toHaveLength(200);
    expect(first['@odata.nextLink']).toContain(`${graph.url}/v1.0/`);
    const ids = (await graph.everyItem(path)).map((item) => item.id);
    expect(ids).toHaveLength(450);
    expect(new Set(ids).size).toBe(450);
  });

  test('carries the fields asked for from page to page', async () => {
    const graph = await session({ seed: smallSite(manyReturns(5)) });
    const path = graph.list('Returns', '/items?$expand=fields($select=Title)&$top=2');
    const items = await graph.everyItem(path);
    expect(items.map((item) => item.fields?.['Title'])).toEqual(
      [1, 2, 3, 4, 5].map((number) => `Return ${number}`),
    );
  });

  test('has no next link when the last page is exactly full', async () => {
    const graph = await session({ seed: smallSite(manyReturns(4)) });
    const page = await graph.page(graph.list('Returns', '/items?$top=4'));
    expect(page).not.toHaveProperty('@odata.nextLink');
  });

  test('neither repeats nor loses items that stay while others come and go', async () => {
    const graph = await session({ seed: smallSite(manyReturns(6)) });
    const first = await graph.page(graph.list('Returns', '/items?$top=3'));
    await graph.send('DELETE', graph.list('Returns', '/items/1'));
    await graph.send('PATCH', graph.list('Returns', '/items/2/fields'), { Title: 'Changed' });
    const rest = await graph.everyItem(String(first['@odata.nextLink']));
    expect(rest.map((item) => item.id)).toEqual(['4', '5', '6']);
  });

  test.each([
    '$top=0',
    '$top=-1',
    '$top=many',
    '$skiptoken=rubbish',
    '$orderby=fields/',
    '$expand=x',
  ])('is refused for %s', async (query) => {
    const graph = await session();
    const answer = await graph.send('GET', graph.list('Returns', `/items?${query}`));
    expect(refusalOf(answer)).toMatchObject({ status: 400, code: 'invalidRequest' });
  });
});
