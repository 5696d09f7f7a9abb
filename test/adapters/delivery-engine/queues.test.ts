import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { NetworkFailed, ServiceRefused } from '../../../adapters/errors.ts';
import { openQueue } from '../../../adapters/storage/queues.ts';
import { openTables } from '../../../adapters/storage/tables.ts';
import { newAccount } from '../azurite.ts';
import { lengthOf, textsIn } from './looking-into-queues.ts';

const opened = () => {
  const connectionString = newAccount();
  return { connectionString, queue: openQueue({ connectionString }, 'work') };
};
const LONG = 60_000;

describe('a queue', () => {
  test('hands out each text until it is done', async () => {
    const { queue, connectionString } = opened();
    const texts = ['{"who":"Priya"}', 'naïve < & > \u0001 \ud83d\ude00'];
    for (const text of texts) await queue.send(text);
    expect(await queue.hasVisible()).toBe(true);
    const received = await queue.receive(16, LONG);
    expect(received.map(({ text }) => text).sort()).toEqual(texts.sort());
    expect(await queue.receive(16, LONG), 'others do not see them').toEqual([]);
    expect(await queue.hasVisible()).toBe(false);
    await Promise.all(received.map((one) => one.done()));
    expect(await lengthOf(connectionString, 'work')).toBe(0);
  });

  test('hands out again what was hidden', async () => {
    const { queue, connectionString } = opened();
    await queue.send('first');
    await queue.send('not before tomorrow', 86_400_000);
    const [message, ...others] = await queue.receive(2, LONG);
    expect(others).toEqual([]);
    await message?.hide(1);
    const again = await vi.waitFor(async () => {
      const [one] = await queue.receive(2, LONG);
      expect(one).toBeDefined();
      return one;
    }, 3000);
    expect(again).toMatchObject({ text: 'first' });
    await again?.done();
    await again?.done();
    await again?.hide(LONG);
    expect(await lengthOf(connectionString, 'work'), 'done twice is done').toBe(1);
  });

  test('keeps apart, with the reason, what cannot be worked on', async () => {
    const { queue, connectionString } = opened();
    await queue.setAside('bad', 'it is bad');
    expect(await queue.hasVisible()).toBe(false);
    const [kept] = await textsIn(connectionString, 'work-poison');
    expect(JSON.parse(kept ?? '')).toMatchObject({ text: 'bad', reason: 'it is bad' });
  });

  test('says who failed', async () => {
    const connectionString = newAccount();
    const wrong = connectionString.replace(/AccountKey=[^;]+/, 'AccountKey=YWJjZA==');
    await expect(openQueue({ connectionString: wrong }, 'work').send('a')).rejects.toBeInstanceOf(
      ServiceRefused,
    );
    const nowhere = connectionString.replace(
      /QueueEndpoint=http:\/\/127\.0\.0\.1:\d+/,
      'QueueEndpoint=http://127.0.0.1:1',
    );
    await expect(openQueue({ connectionString: nowhere }, 'work').send('a')).rejects.toBeInstanceOf(
      NetworkFailed,
    );
  });
});

describe('documents in partitions', () => {
  const byPerson = () =>
    openTables({ connectionString: newAccount() }).documents(
      'things',
      z.object({ n: z.number() }),
      (key) => key.split('|')[0] ?? '',
    );

  test('are listed by partition and all together', async () => {
    const things = byPerson();
    const many = Array.from({ length: 120 }, (_, n) => [`a/b?#|${n}`, { n }] as const);
    await things.putAll([...many, ['Kofi|0', { n: 7 }]]);
    expect(await things.in('a/b?#')).toHaveLength(120);
    expect(await things.in('Kofi')).toMatchObject([{ key: 'Kofi|0', value: { n: 7 } }]);
    expect(await things.in('nobody')).toEqual([]);
    expect(await things.all()).toHaveLength(121);
    expect(await things.get('a/b?#|3')).toEqual({ n: 3 });
  });

  test('are replaced only as they were read', async () => {
    const things = byPerson();
    const made = await things.insert('Kofi|1', { n: 1 });
    expect(await things.insert('Kofi|1', { n: 2 }), 'something is there').toBeUndefined();
    if (!made) throw new Error('nothing was made');
    const [listed] = await things.in('Kofi');
    expect(listed).toEqual(made);
    const second = await things.replace(made, { n: 2 });
    expect(second).toMatchObject({ key: 'Kofi|1', value: { n: 2 } });
    expect(await things.replace(made, { n: 3 }), 'it was changed').toBeUndefined();
    expect(second && (await things.replace(second, { n: 4 }))).toMatchObject({ value: { n: 4 } });
    await things.remove('Kofi|1');
    expect(second && (await things.replace(second, { n: 5 })), 'it is gone').toBeUndefined();
  });
});
