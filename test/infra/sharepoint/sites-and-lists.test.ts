import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusalOf, session } from './graph-session.ts';

const list = z.object({ id: z.string(), displayName: z.string() });
const lists = z.object({ value: z.array(list) });
const column = z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() });
const columns = z.object({ value: z.array(column) });

describe('the site', () => {
  test('is found by its address and by its id, which is host name and two ids', async () => {
    const graph = await session();
    expect(graph.site).toMatch(/^council\.example,[0-9a-f-]{36},[0-9a-f-]{36}$/);
    expect(await graph.send('GET', `/sites/${graph.site}`)).toMatchObject({
      status: 200,
      body: { displayName: 'Specialist teaching', siteCollection: { hostname: 'council.example' } },
    });
  });

  test('leads to its lists straight from its address', async () => {
    const graph = await session();
    const answer = await graph.send('GET', '/sites/council.example:/sites/stls:/lists/Returns');
    expect(answer).toMatchObject({ status: 200, body: { displayName: 'Returns' } });
  });

  test('keeps its id on a fresh start', async () => {
    const [one, other] = [await session(), await session()];
    expect(one.site).toBe(other.site);
  });

  test('is not found under another address or id', async () => {
    const graph = await session();
    for (const path of ['/sites/council.example:/sites/other', '/sites/nowhere', '/sites/a,b,c']) {
      const answer = await graph.send('GET', path);
      expect(refusalOf(answer)).toMatchObject({ status: 404, code: 'itemNotFound' });
    }
  });
});

describe('access', () => {
  test.each([undefined, 'Bearer something-else', 'loopback-only'])(
    'is refused in Graph’s shape with the authorization %s',
    async (authorization) => {
      const graph = await session();
      const answer = await fetch(`${graph.url}/v1.0/sites/${graph.site}`, {
        headers: {
          'client-request-id': 'mine',
          ...(authorization === undefined ? {} : { authorization }),
        },
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        error: {
          code: 'InvalidAuthenticationToken',
          innerError: { 'client-request-id': 'mine' },
        },
      });
    },
  );

  test('to an unknown route is refused as not found', async () => {
    const graph = await session();
    const answer = await fetch(`${graph.url}/v1.0/planner/tasks`, {
      headers: { authorization: 'Bearer loopback-only' },
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'itemNotFound' } });
  });
});

describe('lists', () => {
  test('are listed, filtered by title and cut to the properties asked for', async () => {
    const graph = await session();
    const all = await graph.send('GET', `/sites/${graph.site}/lists`);
    expect(lists.parse(all.body).value.map((each) => each.displayName)).toEqual([
      'Returns',
      'Training dates',
    ]);
    const filter = encodeURIComponent("displayName eq 'Training dates'");
    const one = await graph.send(
      'GET',
      `/sites/${graph.site}/lists?$filter=${filter}&$select=id,displayName`,
    );
    expect(lists.parse(one.body).value.map((each) => each.displayName)).toEqual(['Training dates']);
    expect(one.body).not.toHaveProperty('value.0.createdDateTime');
  });

  test('are found by id and by title, and an unknown one is not', async () => {
    const graph = await session();
    const byTitle = await graph.send('GET', graph.list('Returns'));
    const { id } = list.parse(byTitle.body);
    expect((await graph.send('GET', graph.list(id))).body).toEqual(byTitle.body);
    expect(refusalOf(await graph.send('GET', graph.list('Nothing')))).toMatchObject({
      status: 404,
      code: 'itemNotFound',
    });
  });

  test('are made with columns of every type and then carry them beside SharePoint’s own', async () => {
    const graph = await session();
    const made = await graph.send('POST', `/sites/${graph.site}/lists`, {
      displayName: 'STLS Bot Terms',
      list: { template: 'genericList' },
      columns: [
        { name: 'Starts', dateTime: { format: 'dateOnly' }, indexed: true },
        { name: 'Stage', choice: { choices: ['One', 'Two'], allowTextEntry: false } },
        { name: 'Days', number: { decimalPlaces: 'none', minimum: 0 }, required: true },
        { name: 'Open', boolean: {}, defaultValue: { value: '1' } },
        { name: 'Wording', text: { allowMultipleLines: true }, description: 'What people read.' },
        { name: 'Code', text: { maxLength: 8 } },
      ],
    });
    expect(made.status).toBe(201);
    const read = await graph.send('GET', graph.list('STLS Bot Terms', '?$expand=columns'));
    const names = z.object({ columns: z.array(column) }).parse(read.body).columns;
    const byName = new Map(names.map((each) => [each.name, each]));
    for (const builtIn of ['Title', 'Created', 'Modified', 'Author', 'Editor']) {
      expect(byName.has(builtIn)).toBe(true);
    }
    expect(byName.get('Starts')).toMatchObject({ indexed: true, dateTime: { format: 'dateOnly' } });
    expect(byName.get('Stage')).toMatchObject({
      choice: { choices: ['One', 'Two'], allowTextEntry: false },
    });
    expect(byName.get('Days')).toMatchObject({ required: true, number: { minimum: 0 } });
    expect(byName.get('Open')).toMatchObject({ boolean: {}, defaultValue: { value: '1' } });
    expect(byName.get('Wording')).toMatchObject({
      description: 'What people read.',
      text: { allowMultipleLines: true },
    });
    const item = await graph.add('STLS Bot Terms', { Title: 'Term 1' });
    expect(item.fields).toMatchObject({ Title: 'Term 1', Open: true });
    const long = await graph.send('POST', graph.list('STLS Bot Terms', '/items'), {
      fields: { Code: 'far too long' },
    });
    expect(refusalOf(long)).toMatchObject({ status: 400, code: 'invalidRequest' });
  });

  test('have one content type, that of their items', async () => {
    const graph = await session();
    const { body } = await graph.send('GET', graph.list('Returns', '/contentTypes'));
    const { body: item } = await graph.send('GET', graph.list('Returns', '/items/1'));
    const { id, name } = Object(item).contentType;
    expect(body).toMatchObject({ value: [{ id, name }] });
  });

  test('cannot share a title', async () => {
    const graph = await session();
    const answer = await graph.send('POST', `/sites/${graph.site}/lists`, {
      displayName: 'returns',
    });
    expect(refusalOf(answer)).toMatchObject({ status: 409, code: 'nameAlreadyExists' });
  });

  test('can be renamed by anybody and keep their id', async () => {
    const graph = await session();
    const { id } = list.parse((await graph.send('GET', graph.list('Returns'))).body);
    const changes = { displayName: 'Returns from districts' };
    expect((await graph.send('PATCH', graph.list(id), changes)).status).toBe(204);
    expect((await graph.send('GET', graph.list(id))).body).toMatchObject(changes);
  });

  test('disappear with their items when they are deleted', async () => {
    const graph = await session();
    expect((await graph.send('DELETE', graph.list('Returns'))).status).toBe(204);
    expect((await graph.send('GET', graph.list('Returns', '/items'))).status).toBe(404);
  });
});

describe('columns', () => {
  test('get internal names as SharePoint makes them: escaped, cut and numbered', async () => {
    const graph = await session();
    const names: string[] = [];
    for (const displayName of [
      'EY Referrals C&I',
      'EY Referrals C&L',
      'Active Sensory/Physical',
      '2nd visit',
    ]) {
      const answer = await graph.send('POST', graph.list('Returns', '/columns'), {
        name: displayName,
        displayName,
        number: {},
      });
      expect(answer.status).toBe(201);
      names.push(column.parse(answer.body).name);
    }
    expect(names).toEqual([
      'EY_x0020_Referrals_x0020_C_x0026',
      'EY_x0020_Referrals_x0020_C_x00260',
      'Active_x0020_Sensory_x002f_Physi',
      '_x0032_nd_x0020_visit',
    ]);
  });

  test('keep their internal name, their type and their cells when they are renamed', async () => {
    const graph = await session();
    const path = graph.list('Returns', '/columns/School_x0020_Caseload');
    const { id } = column.parse((await graph.send('GET', path)).body);
    const renamed = { displayName: 'Caseload in schools' };
    expect((await graph.send('PATCH', path, renamed)).status).toBe(204);
    const read = await graph.send('GET', graph.list('Returns', `/columns/${id}`));
    expect(read.body).toMatchObject({ ...renamed, name: 'School_x0020_Caseload' });
    const item = await graph.item('Returns', '1');
    expect(item.fields).toMatchObject({ School_x0020_Caseload: 41 });
    for (const change of [{ name: 'Other' }, { text: {} }]) {
      expect((await graph.send('PATCH', path, change)).status).toBe(400);
    }
  });

  test('take with them what their cells held when they are deleted', async () => {
    const graph = await session();
    const path = graph.list('Returns', '/columns/School_x0020_Caseload');
    expect((await graph.send('DELETE', path)).status).toBe(204);
    expect((await graph.send('GET', path)).status).toBe(404);
    await graph.send('POST', graph.list('Returns', '/columns'), {
      name: 'School Caseload',
      number: {},
    });
    const item = await graph.item('Returns', '1');
    expect(item.fields).not.toHaveProperty('School_x0020_Caseload');
  });

  test('of SharePoint’s own cannot be deleted', async () => {
    const graph = await session();
    const answer = await graph.send('DELETE', graph.list('Returns', '/columns/Title'));
    expect(refusalOf(answer)).toMatchObject({ status: 403, code: 'accessDenied' });
  });

  test('cannot share a display name, nor be of a type that is not emulated', async () => {
    const graph = await session();
    const path = graph.list('Returns', '/columns');
    const twice = await graph.send('POST', path, { name: 'District', text: {} });
    expect(refusalOf(twice)).toMatchObject({ status: 409, code: 'nameAlreadyExists' });
    const lookup = await graph.send('POST', path, { name: 'School', lookup: {} });
    expect(refusalOf(lookup)).toMatchObject({ status: 501, code: 'notSupported' });
  });

  test('show two more columns called Title, which nobody can write', async () => {
    const graph = await session();
    const answer = await graph.send('GET', graph.list('Returns', '/columns'));
    const titles = columns.parse(answer.body).value.filter((each) => each.displayName === 'Title');
    expect(titles.map((each) => [each.name, each['readOnly']])).toEqual([
      ['Title', false],
      ['LinkTitleNoMenu', true],
      ['LinkTitle', true],
    ]);
  });

  test('that are hidden appear among the fields only when they are selected', async () => {
    const graph = await session();
    await graph.send('POST', graph.list('Returns', '/columns'), {
      name: 'Mark',
      text: {},
      hidden: true,
    });
    const item = await graph.add('Returns', { Mark: 'seen' });
    expect(item.fields).not.toHaveProperty('Mark');
    const chosen = await graph.send(
      'GET',
      graph.list('Returns', `/items/${item.id}?$expand=fields($select=Mark)`),
    );
    expect(chosen.body).toMatchObject({ fields: { Mark: 'seen' } });
  });
});
