import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { session, type GraphSession } from './graph-session.ts';
import { manyReturns, seedReturn, smallSite } from './small-site.ts';

type Fields = Record<string, string>;

async function open(graph: GraphSession, path: string): Promise<string> {
  const answer = await fetch(`${graph.url}${path}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

async function submit(
  graph: GraphSession,
  path: string,
  fields: Fields,
  headers: Fields = { origin: graph.url },
): Promise<{ status: number; location: string; text: string }> {
  const answer = await fetch(`${graph.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(fields),
  });
  const location = answer.headers.get('location') ?? '';
  return { status: answer.status, location, text: await answer.text() };
}

function etagIn(page: string): string {
  return (/name="etag" value="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"');
}

function statusWithHost(graph: GraphSession, host: string, path: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request(`${graph.url}${path}`, { headers: { host } }, (answer) => {
    answer.resume();
    resolve(answer.statusCode ?? 0);
  });
  sent.on('error', reject).end();
  return promise;
}

describe('the pages', () => {
  test('list the lists with how many items each holds', async () => {
    const graph = await session({ seed: smallSite(manyReturns(1234)) });
    const page = await open(graph, '/');
    expect(page).toContain('SharePoint emulator: demo data, fictional people');
    expect(page).toContain('<a href="/lists/Training%20dates">Training dates</a>');
    expect(page).toContain('1,234');
  });

  test('show a list’s items newest first under display names, page by page', async () => {
    const graph = await session({ seed: smallSite(manyReturns(51)) });
    const first = await open(graph, '/lists/Returns');
    expect(first).toContain('<th scope="col" class="number">School Caseload</th>');
    expect(first.indexOf('Return 51')).toBeLessThan(first.indexOf('Return 50'));
    expect(first).not.toContain('Edit 1<');
    const older = /href="(\/lists\/Returns\?after=[^"]+)"/.exec(first)?.[1] ?? '';
    expect(await open(graph, older)).toContain('Edit 1<');
  });

  test('show percentages, dates and yes or no as people read them', async () => {
    const graph = await session();
    await graph.add('Training dates', {
      As_x0020_Of: '2026-06-30T23:00:00Z',
      Starts: '2026-07-01T08:30:00Z',
      Booked: true,
    });
    const dates = await open(graph, '/lists/Training%20dates');
    expect(dates).toContain('>1 Jul 2026</td>');
    expect(dates).toContain('>1 Jul 2026, 09:30</td>');
    expect(dates).toContain('>Yes</td>');
    expect(await open(graph, '/lists/Returns')).toContain('>35%<');
  });

  test('add an item as the person chosen, and say so', async () => {
    const graph = await session();
    const sent = await submit(graph, '/lists/Returns/new', {
      'cell-Title': 'Thanet, Term 2',
      'cell-District': 'Thanet',
      'cell-Term': 'Term 2',
      'cell-School_x0020_Caseload': '1,234.5',
      'cell-Targets_x0020_Reviewed': '35',
      'cell-Comments': 'First line\r\nSecond line',
      'saved-by': 'priya.nair@council.example',
    });
    expect(sent).toMatchObject({ status: 303, location: '/lists/Returns?added=3' });
    expect(await open(graph, sent.location)).toContain('Item 3 was added.');
    const { body } = await graph.send('GET', graph.list('Returns', '/items/3?$expand=fields'));
    expect(body).toMatchObject({
      createdBy: { user: { email: 'priya.nair@council.example' } },
      createdDateTime: '2026-11-02T10:00:00Z',
      fields: {
        Title: 'Thanet, Term 2',
        School_x0020_Caseload: 1234.5,
        Targets_x0020_Reviewed: 0.35,
        Comments: 'First line\nSecond line',
      },
    });
  });

  test('keep what was typed beside a plain message when it will not do', async () => {
    const graph = await session();
    const sent = await submit(graph, '/lists/Returns/new', {
      'cell-Title': 'Kept as typed',
      'cell-District': '',
      'cell-Term': 'Term 9',
      'cell-School_x0020_Caseload': 'about forty',
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('Choose a value for District.');
    expect(sent.text).toContain('School Caseload must be a number, such as 12 or 0.5.');
    expect(sent.text).toContain('Term must be one of the choices of the column.');
    expect(sent.text).toContain('value="Kept as typed"');
    expect(sent.text).toContain('value="about forty"');
    expect(sent.text).toContain('aria-invalid="true"');
    expect(await graph.everyItem(graph.list('Returns', '/items'))).toHaveLength(2);
  });

  test('edit an item, and an old choice may stay', async () => {
    const graph = await session();
    const form = await open(graph, '/lists/Returns/items/1');
    expect(form).toContain('<option value="T1" selected>T1</option>');
    const sent = await submit(graph, '/lists/Returns/items/1', {
      etag: etagIn(form),
      'cell-Title': 'Ashford, Term 1',
      'cell-District': 'Folkestone',
      'cell-Term': 'T1',
      'cell-School_x0020_Caseload': '',
      'cell-Targets_x0020_Reviewed': '35',
      'cell-Comments': '',
    });
    expect(sent).toMatchObject({ status: 303, location: '/lists/Returns?saved=1' });
    const { fields } = await graph.item('Returns', '1');
    expect(fields).toMatchObject({ District: 'Folkestone', Targets_x0020_Reviewed: 0.35 });
    expect(fields).not.toHaveProperty('School_x0020_Caseload');
  });

  test('do not overwrite what somebody saved after the form was opened', async () => {
    const graph = await session();
    const form = await open(graph, '/lists/Returns/items/1');
    await graph.send('PATCH', graph.list('Returns', '/items/1/fields'), {
      School_x0020_Caseload: 77,
    });
    const sent = await submit(graph, '/lists/Returns/items/1', {
      etag: etagIn(form),
      'cell-Title': 'Mine',
      'cell-District': 'Ashford',
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('Somebody else saved this item');
    expect(sent.text).toContain('value="Mine"');
    expect((await graph.item('Returns', '1')).fields).toMatchObject({ School_x0020_Caseload: 77 });
  });

  test('keep a day as midnight by the site’s clock and a tick as yes', async () => {
    const graph = await session();
    await submit(graph, '/lists/Training%20dates/new', {
      'cell-As_x0020_Of': '2026-07-01',
      'cell-Starts': '2026-12-01T09:30',
      'cell-Booked': 'yes',
    });
    const { fields } = await graph.item('Training dates', '1');
    expect(fields).toMatchObject({
      As_x0020_Of: '2026-06-30T23:00:00Z',
      Starts: '2026-12-01T09:30:00Z',
      Booked: true,
    });
    const form = await open(graph, '/lists/Training%20dates/items/1');
    expect(form).toContain('value="2026-07-01"');
    expect(form).toContain('value="2026-12-01T09:30"');
    expect(form).toMatch(/value="yes"[^>]*checked/);
  });

  test('escape everything that people wrote', async () => {
    const attack = `"><script>alert(1)</script><textarea>' &amp;`;
    const graph = await session({
      seed: smallSite([seedReturn({ Title: attack, District: attack, Comments: `\n${attack}` })]),
    });
    for (const path of ['/lists/Returns', '/lists/Returns/items/1', '/lists/%3Cb%3E/new']) {
      const page = await (await fetch(`${graph.url}${path}`)).text();
      expect(page).not.toContain('<script>');
      expect(page).not.toContain('<b>');
    }
    const sent = await submit(graph, '/lists/Returns/new', { 'cell-Title': attack });
    expect(sent.text).not.toContain('<script>');
    expect(await open(graph, '/lists/Returns?added=%3Cscript%3E')).not.toContain('<script>');
  });

  test.each(['http://evil.example', 'null', 'http://127.0.0.1:1'])(
    'take no form from the origin %s',
    async (origin) => {
      const graph = await session();
      const fields = { 'cell-Title': 'Forged', 'cell-District': 'Dover' };
      const sent = await submit(graph, '/lists/Returns/new', fields, { origin });
      expect(sent.status).toBe(403);
      expect(await graph.everyItem(graph.list('Returns', '/items'))).toHaveLength(2);
    },
  );

  test('answer on the loopback host only', async () => {
    const graph = await session();
    const port = new URL(graph.url).port;
    expect(await statusWithHost(graph, `localhost:${port}`, '/')).toBe(200);
    for (const host of [
      'council.example',
      `127.0.0.1.evil.example:${port}`,
      'localhost@evil.example',
      'evil@localhost',
    ]) {
      expect(await statusWithHost(graph, host, '/')).toBe(403);
      expect(await statusWithHost(graph, host, '/v1.0/sites/x')).toBe(403);
    }
  });

  test('say plainly what they cannot find', async () => {
    const graph = await session();
    for (const path of ['/nowhere', '/lists/Nothing', '/lists/Returns/items/99']) {
      const answer = await fetch(`${graph.url}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('was not found.');
    }
  });
});
