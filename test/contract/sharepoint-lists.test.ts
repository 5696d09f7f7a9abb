/**
 * What the bot relies on of Microsoft Graph's SharePoint lists. The same expectations hold for the
 * emulator, against which they run unless told otherwise, and for a real site:
 *
 *     CONTRACT_SITE=https://TENANT.sharepoint.com/sites/NAME CONTRACT_TOKEN=… \
 *       npx vitest run --config test/vitest.config.ts test/contract
 *
 * The token is one for Microsoft Graph whose application or person may make lists on that site
 * (`Sites.Selected` with a grant of `manage`, or `Sites.Manage.All`), such as
 * `az account get-access-token --resource https://graph.microsoft.com --query accessToken -o tsv`.
 * The suite makes one list, named `STLS Contract ` and a random id, deletes it at the end, and
 * touches nothing else. Every request and answer is held against Microsoft's OpenAPI.
 */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openGraph, type GraphUnderTest } from './graph-under-test.ts';
import { columns, ListUnderTest } from './list-under-test.ts';

const threeMinutes = 180_000;
const named = z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() });
const manyNamed = z.object({ value: z.array(named) });
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

let graph: GraphUnderTest;
let list: ListUnderTest;

/** Waits until a change shows where Graph may take its time; the emulator has none to take. */
async function eventually(check: () => Promise<void>): Promise<void> {
  if (graph.patience === 0) await check();
  else await vi.waitFor(check, { timeout: graph.patience, interval: 2000 });
}

async function columnsNow(): Promise<z.infer<typeof named>[]> {
  return manyNamed.parse((await list.send('GET', '/columns')).body).value;
}

beforeAll(async () => {
  graph = await openGraph();
  list = await ListUnderTest.make(graph);
  return async () => {
    await list.remove();
    await graph.close();
  };
}, threeMinutes);

describe('a site', { timeout: threeMinutes }, () => {
  test('is found by its address and has an id of three parts', async () => {
    const { body } = await graph.send('GET', `/sites/${list.siteId}`);
    expect(list.siteId.split(',')).toHaveLength(3);
    expect(body).toMatchObject({ id: list.siteId });
  });

  test('lets nobody in without a token', async () => {
    const answer = await graph.send('GET', graph.sitePath, undefined, { authorization: '' });
    expect(answer.status).toBe(401);
  });

  test('names its lists', async () => {
    const { body } = await graph.send(
      'GET',
      `/sites/${list.siteId}/lists?$select=id,name,displayName`,
    );
    expect(manyNamed.parse(body).value).toContainEqual(
      expect.objectContaining({ id: list.id, displayName: list.title }),
    );
  });

  test('finds a list by its title too', async () => {
    const title = encodeURIComponent(list.title);
    const answer = await graph.send('GET', `/sites/${list.siteId}/lists/${title}`);
    expect(answer.body).toMatchObject({ id: list.id });
  });

  test('has no two lists of one name', async () => {
    const answer = await graph.send('POST', `/sites/${list.siteId}/lists`, {
      displayName: list.title,
      list: { template: 'genericList' },
    });
    expect(answer.status).toBe(409);
  });

  test('answers 404 for a list that is not there', async () => {
    const nowhere = `/sites/${list.siteId}/lists/00000000-0000-4000-8000-000000000000`;
    expect((await graph.send('GET', nowhere)).status).toBe(404);
  });
});

describe('columns', { timeout: threeMinutes }, () => {
  test('that are unique take no value a second time, which a client is told of with 400', async () => {
    const key = randomUUID();
    const first = await list.add({ Title: 'the first', Key: key });
    const again = await list.send('POST', '/items', { fields: { Title: 'again', Key: key } });
    expect(again.status).toBe(400);
    expect(refusal.parse(again.body).error.code).toBe('invalidRequest');
    expect((await list.change(first.id, { Key: key })).status).toBe(200);
  });

  test('are there as they were asked for, with Title and the system’s own', async () => {
    const now = await columnsNow();
    const names = now.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([...columns.map(({ name }) => name), 'Title', 'Created', 'Modified']),
    );
    const byName = Object.fromEntries(now.map((column) => [column.name, column]));
    expect(byName['District']).toMatchObject({
      choice: { choices: ['Ashford', 'Dover'] },
      indexed: true,
    });
    expect(byName['Caseload']).toMatchObject({ number: {}, indexed: true });
    expect(byName['Comments']).toMatchObject({ text: { allowMultipleLines: true } });
    expect(byName['Held']).toMatchObject({ dateTime: { format: 'dateOnly' } });
    expect(byName['Answered']).toMatchObject({ boolean: {} });
  });

  test('keep their name when people rename them', async () => {
    const answer = await list.send('POST', '/columns', { name: 'Renamed', text: {} });
    expect(answer.status).toBe(201);
    const { id } = named.parse(answer.body);
    const item = await list.add({ Title: 'Before', Renamed: 'Kept' });
    const renaming = await list.send('PATCH', `/columns/${id}`, {
      displayName: 'Called otherwise',
    });
    expect([200, 204]).toContain(renaming.status);
    await eventually(async () => {
      const column = named.parse((await list.send('GET', `/columns/${id}`)).body);
      expect(column).toMatchObject({ name: 'Renamed', displayName: 'Called otherwise' });
    });
    expect((await list.item(item.id)).fields).toMatchObject({ Renamed: 'Kept' });
  });
});

describe('items', { timeout: threeMinutes }, () => {
  const whole = {
    Title: `O’Neill & <b>"Sons"</b> 🙂`,
    District: 'Dover',
    Caseload: 41,
    Reviewed: 0.35,
    Comments: 'One\nTwo',
    Answered: true,
  };

  test('keep what was written, numbers and odd characters exactly', async () => {
    const { id, eTag } = await list.add(whole);
    expect(id).toMatch(/^\d+$/);
    expect(eTag).toBeTypeOf('string');
    const { fields = {} } = await list.item(id);
    const comments = String(fields['Comments']).replaceAll('\r\n', '\n');
    expect({ ...fields, Comments: comments }).toMatchObject(whole);
    expect(fields['AuthorLookupId']).toMatch(/^\d+$/);
  });

  test('leave blank cells out', async () => {
    const { id } = await list.add({ Title: 'Nearly blank' });
    const { fields } = await list.item(id);
    for (const name of ['Caseload', 'Reviewed', 'Comments', 'District', 'Held']) {
      expect(fields).not.toHaveProperty(name);
    }
  });

  test('give a nought that was written, which is not blank', async () => {
    const { id } = await list.add({ Title: 'Nought', Caseload: 0 });
    expect((await list.item(id)).fields).toMatchObject({ Caseload: 0 });
  });

  test('give a day as an instant', async () => {
    const { id } = await list.add({ Title: 'A day', Held: '2026-09-30' });
    const { fields } = await list.item(id);
    expect(fields?.['Held']).toMatch(/^2026-09-(29|30)T\d{2}:\d{2}:\d{2}Z$/);
  });

  test('show the fields that are selected, and none unless asked', async () => {
    const { id } = await list.add(whole);
    const { fields } = await list.item(id, '?$expand=fields($select=Title,Caseload)');
    expect(fields).toMatchObject({ Title: whole.Title, Caseload: 41 });
    expect(fields).not.toHaveProperty('District');
    expect((await list.item(id, '')).fields).toBeUndefined();
  });

  test('change in the cells that are sent and no others', async () => {
    const { id } = await list.add(whole);
    const answer = await list.change(id, { Caseload: 42 });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ Caseload: 42 });
    expect((await list.item(id)).fields).toMatchObject({ Caseload: 42, District: 'Dover' });
  });

  test('are blank again where null is sent', async () => {
    const { id } = await list.add(whole);
    expect((await list.change(id, { Caseload: null })).status).toBe(200);
    expect((await list.item(id)).fields).not.toHaveProperty('Caseload');
  });

  test('refuse a change by somebody who has not seen the latest', async () => {
    const { id, eTag = '' } = await list.add(whole);
    const first = await list.change(id, { Caseload: 42 }, { 'if-match': eTag });
    expect(first.status).toBe(200);
    const stale = await list.change(id, { Caseload: 43 }, { 'if-match': eTag });
    expect(stale.status).toBe(412);
    const { eTag: now = '', fields } = await list.item(id);
    expect(now).not.toBe(eTag);
    expect(fields).toMatchObject({ Caseload: 42 });
    expect((await list.change(id, { Caseload: 44 }, { 'if-match': now })).status).toBe(200);
  });

  test('refuse a column that is not there, and write nothing', async () => {
    const { id } = await list.add(whole);
    const answer = await list.change(id, { Caseload: 50, NoSuchColumn: 'x' });
    expect(answer.status).toBe(400);
    expect(refusal.parse(answer.body).error.message).toContain('NoSuchColumn');
    expect((await list.item(id)).fields).toMatchObject({ Caseload: 41 });
  });

  test('are gone once deleted', async () => {
    const { id } = await list.add(whole);
    expect((await list.send('DELETE', `/items/${id}`)).status).toBe(204);
    expect((await list.send('GET', `/items/${id}`)).status).toBe(404);
    expect((await list.change(id, { Caseload: 1 })).status).toBe(404);
  });
});

describe('many items', { timeout: threeMinutes }, () => {
  beforeAll(async () => {
    for (const Caseload of [901, 902, 903, 904, 905]) {
      await list.add({ Title: 'Many', District: 'Ashford', Caseload });
    }
  }, threeMinutes);

  test('come page by page, each once, as the links lead', async () => {
    const { items, pages } = await list.read('/items?$expand=fields($select=Caseload)&$top=2');
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(pages).toBeGreaterThanOrEqual(3);
    const caseloads = items.map(({ fields }) => fields?.['Caseload']);
    expect(caseloads).toEqual(expect.arrayContaining([901, 902, 903, 904, 905]));
  });

  test('are found by an indexed column', async () => {
    const filter = encodeURIComponent('fields/Caseload ge 903 and fields/Caseload le 905');
    await eventually(async () => {
      const { items } = await list.read(`/items?$expand=fields&$filter=${filter}`);
      const caseloads = items.map(({ fields }) => Number(fields?.['Caseload']));
      expect(caseloads.sort((one, other) => one - other)).toEqual([903, 904, 905]);
    });
  });

  test('are found by another column only at the caller’s own risk', async () => {
    const filter = encodeURIComponent("fields/Title eq 'Many'");
    const path = `/items?$expand=fields&$filter=${filter}`;
    const answer = await list.send('GET', path);
    expect(answer.status).toBe(400);
    expect(refusal.parse(answer.body).error.message).toContain('HonorNonIndexed');
    const prefer = 'HonorNonIndexedQueriesWarningMayFailRandomly';
    expect((await list.read(path, { prefer })).items).toHaveLength(5);
  });
});

describe('delta', { timeout: threeMinutes }, () => {
  const everything = '/items/delta?$expand=fields';

  async function latest(): Promise<string> {
    return String((await list.read('/items/delta?token=latest&$expand=fields')).deltaLink);
  }

  test('gives everything without a token, and a link to come back with', async () => {
    const { id } = await list.add({ Title: 'In delta' });
    await eventually(async () => {
      const { items, deltaLink } = await list.read(everything);
      expect(items.find((item) => item.id === id)?.fields).toMatchObject({ Title: 'In delta' });
      expect(deltaLink).toBeTypeOf('string');
    });
  });

  test('gives nothing for the latest token, and then what has changed since', async () => {
    const start = await list.read('/items/delta?token=latest&$expand=fields');
    expect(start.items).toEqual([]);
    const { id } = await list.add({ Title: 'New', Caseload: 7 });
    await eventually(async () => {
      const { items } = await list.read(String(start.deltaLink));
      expect(items.find((item) => item.id === id)?.fields).toMatchObject({ Caseload: 7 });
    });
  });

  test('gives an item’s latest state last, however often it changed', async () => {
    const { id } = await list.add({ Title: 'Often' });
    const link = await latest();
    for (const Caseload of [1, 2, 3]) await list.change(id, { Caseload });
    await eventually(async () => {
      const { items } = await list.read(link);
      const last = items.findLast((item) => item.id === id);
      expect(last?.fields).toMatchObject({ Caseload: 3 });
    });
  });

  test('tells of what was deleted', async () => {
    const { id } = await list.add({ Title: 'To go' });
    const link = await latest();
    await list.send('DELETE', `/items/${id}`);
    await eventually(async () => {
      const { items } = await list.read(link);
      const last = items.findLast((item) => item.id === id);
      expect(last?.deleted).toBeTruthy();
      expect(last?.fields).toBeUndefined();
    });
  });

  test('repeats nothing once it has been seen', async () => {
    await list.add({ Title: 'Seen' });
    await eventually(async () => {
      const { deltaLink } = await list.read(await latest());
      expect((await list.read(String(deltaLink))).items).toEqual([]);
    });
  });

  test('can be read again from the same link', async () => {
    const link = await latest();
    const { id } = await list.add({ Title: 'Twice' });
    await eventually(async () => {
      const ids = async () => (await list.read(link)).items.map((item) => item.id);
      expect(await ids()).toContain(id);
      expect(await ids()).toContain(id);
    });
  });
});

describe('a batch', { timeout: threeMinutes }, () => {
  test('answers each part under its own id, good and bad', async () => {
    const { id } = await list.add({ Title: 'In a batch' });
    const answer = await graph.send('POST', '/$batch', {
      requests: [
        { id: 'read', method: 'GET', url: list.path(`/items/${id}?$expand=fields`) },
        {
          id: 'write',
          method: 'PATCH',
          url: list.path(`/items/${id}/fields`),
          headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
          body: { Caseload: 12 },
          dependsOn: ['read'],
        },
        { id: 'none', method: 'GET', url: list.path('/items/999999999') },
      ],
    });
    expect(answer.status).toBe(200);
    const { responses } = z
      .object({ responses: z.array(z.looseObject({ id: z.string(), status: z.number() })) })
      .parse(answer.body);
    const byId = Object.fromEntries(responses.map((each) => [each.id, each.status]));
    expect(byId).toEqual({ read: 200, write: 200, none: 404 });
    expect((await list.item(id)).fields).toMatchObject({ Caseload: 12 });
  });
});
