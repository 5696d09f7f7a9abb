import { expect, test } from 'vitest';
import { refusalOf, session } from './graph-session.ts';

const KEY = { name: 'Key', text: {}, indexed: true, enforceUniqueValues: true };

async function withKeys() {
  const graph = await session();
  await graph.send('POST', graph.list('Returns', '/columns'), KEY);
  const make = (key: string) =>
    graph.send('POST', graph.list('Returns', '/items'), {
      fields: { District: 'Dover', Key: key },
    });
  return { graph, make };
}

test('a column says that its values are unique', async () => {
  const { graph } = await withKeys();
  const { body } = await graph.send('GET', graph.list('Returns', '/columns/Key'));
  expect(body).toMatchObject({ enforceUniqueValues: true, indexed: true });
});

test('a second item of the same value is refused, until the first is deleted', async () => {
  const { graph, make } = await withKeys();
  const first = await make('a');
  expect(first.status).toBe(201);
  expect(refusalOf(await make('a'))).toMatchObject({
    code: 'invalidRequest',
    message: 'One or more fields with unique constraints already has the provided value.',
  });
  expect((await make('b')).status).toBe(201);
  await graph.send('DELETE', graph.list('Returns', `/items/${String(Object(first.body).id)}`));
  expect((await make('a')).status).toBe(201);
});

test('an item may be changed and keep its value, and may not take another’s', async () => {
  const { graph, make } = await withKeys();
  const { body } = await make('a');
  await make('b');
  const fields = graph.list('Returns', `/items/${String(Object(body).id)}/fields`);
  expect((await graph.send('PATCH', fields, { Key: 'a', Title: 'again' })).status).toBe(200);
  expect((await graph.send('PATCH', fields, { Key: 'b' })).status).toBe(400);
});

test('a column that is not indexed cannot be unique', async () => {
  const graph = await session();
  const answer = await graph.send('POST', graph.list('Returns', '/columns'), {
    ...KEY,
    indexed: false,
  });
  expect(answer.status).toBe(400);
});
