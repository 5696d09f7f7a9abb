import { describe, expect, test } from 'vitest';
import { bringInLine } from '../../../adapters/delivery/bring-in-line.ts';
import { NotYet, type Paced } from '../../../adapters/delivery/posting.ts';
import type { Attempted, Delivery } from '../../../bot/chase/delivery.ts';
import { newAccount } from '../azurite.ts';
import { engine } from './engine.ts';
import { cardSaying, STORY } from './rows.ts';

/** Without limits: these tests are about rows. */
const paced: Paced = async (request, { before, after } = {}) => {
  await before?.();
  const attempted = await request();
  await after?.(attempted);
  return attempted;
};

async function line(each = 1) {
  const { outbox, decide, rowsOf, line } = await engine(newAccount());
  await decide(['Priya'], each);
  const posts: string[] = [];
  const answers = new Map<string, Attempted>();
  const posting = {
    ...line,
    post: async ({ id }: Delivery): Promise<Attempted> => {
      posts.push(id);
      return answers.get(id) ?? { kind: 'posted', activityId: `activity of ${id}` };
    },
  };
  const bring = (more: Partial<typeof posting> = {}, through = paced) =>
    bringInLine({ ...posting, ...more }, { who: 'Priya', paced: through });
  return { outbox, rowsOf, posts, posting, answers, bring };
}

describe('a conversation is brought in line', () => {
  test('what waits is sent in order and kept as sent, and then the card of the present is seen to', async () => {
    const { bring, posts, rowsOf } = await line(3);
    const seen: Delivery[][] = [];
    const refresh = async (rows: readonly Delivery[]) => {
      seen.push([...rows]);
      return { kind: 'later', afterMs: 5 } as const;
    };
    expect(await bring({ refresh })).toEqual({ kind: 'later', afterMs: 5 });
    expect(posts).toEqual(['Priya|0000', 'Priya|0001', 'Priya|0002']);
    const rows = await rowsOf('Priya');
    expect(rows).toMatchObject(
      posts.map((id) => ({
        id,
        status: 'sent',
        attempts: 1,
        activityId: `activity of ${id}`,
        shown: id,
        settledAt: STORY,
      })),
    );
    expect(seen).toEqual([rows]);
    await bring();
    expect(posts, 'once').toHaveLength(3);
  });

  test.each([
    [{ kind: 'blocked', reason: 'why' }, 'blocked'],
    [{ kind: 'gone', reason: 'why' }, 'blocked'],
    [{ kind: 'refused', reason: 'why' }, 'failed'],
  ] as const)('%j is kept as %s, and the next is tried', async (answer, status) => {
    const { bring, answers, rowsOf, posts } = await line(2);
    answers.set('Priya|0000', answer);
    expect(await bring()).toEqual({ kind: 'done' });
    expect((await rowsOf('Priya'))[0]).toMatchObject({ status, problem: 'why', attempts: 1 });
    expect(posts).toHaveLength(2);
  });

  test('what Teams does not take for the moment stops it: nothing overtakes', async () => {
    const { bring, answers, rowsOf, posts } = await line(2);
    answers.set('Priya|0000', { kind: 'failed', reason: 'why', retryAfterMs: 4321 });
    expect(await bring()).toEqual({ kind: 'later', afterMs: 4321 });
    answers.set('Priya|0000', { kind: 'failed', reason: 'why' });
    const { afterMs } = (await bring({ settings: { baseMs: 50, capMs: 70 } })) as never;
    expect(afterMs).toBeGreaterThanOrEqual(50);
    expect(afterMs).toBeLessThanOrEqual(70);
    expect(posts).toEqual(['Priya|0000', 'Priya|0000']);
    expect((await rowsOf('Priya'))[0]).toMatchObject({ status: 'waiting', attempts: 2 });
  });

  test('without a request, where none is needed to know', async () => {
    const { bring, posts, rowsOf } = await line(2);
    await bring({
      prepare: async (row) =>
        row.id.endsWith('0')
          ? { kind: 'withdraw', because: 'it is filed' }
          : { kind: 'settle', attempted: { kind: 'no bot installed' } },
    });
    expect(posts).toEqual([]);
    expect(await rowsOf('Priya')).toMatchObject([
      { status: 'withdrawn', problem: 'it is filed', attempts: 0 },
      { status: 'no bot installed', attempts: 0 },
    ]);
  });

  test('a button pressed before the answer is noted keeps what it changed', async () => {
    const { bring, outbox, posting, rowsOf } = await line();
    const receipt = {
      key: { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 },
      at: STORY,
      by: 'Priya',
    } as const;
    await bring({
      post: async (row) => {
        await outbox.change(row.id, (now) => ({ ...now, receipt, opened: true, shown: 'newer' }));
        return posting.post(row);
      },
    });
    const [row] = await rowsOf('Priya');
    expect(row).toMatchObject({ status: 'sent', attempts: 1, opened: true, shown: 'newer' });
    expect(row?.receipt).toBeDefined();
  });

  test('a row that changes before its turn is prepared anew, or not sent', async () => {
    const { bring, outbox, posts, rowsOf } = await line(2);
    const prepared: string[] = [];
    await bring({
      prepare: async (row) => {
        prepared.push(`${row.id} ${row.district}`);
        if (prepared.length === 1)
          await outbox.change(row.id, (now) => ({ ...now, district: 'Dover' }));
        if (row.id === 'Priya|0001') {
          await outbox.change(row.id, (now) => ({ ...now, status: 'withdrawn' }));
        }
        return { kind: 'send', row, card: cardSaying(row.id), shown: row.id };
      },
    });
    expect(prepared).toEqual(['Priya|0000 undefined', 'Priya|0000 Dover', 'Priya|0001 undefined']);
    expect(posts).toEqual(['Priya|0000']);
    expect((await rowsOf('Priya'))[0]).toMatchObject({ status: 'sent', district: 'Dover' });
  });

  test.each(['failed', 'not signed'] as const)('what %s for now waits', async (kind) => {
    const { bring, answers, rowsOf, posts } = await line(2);
    answers.set('Priya|0000', { kind, reason: 'why', retryAfterMs: 7 });
    expect(await bring()).toEqual({ kind: 'later', afterMs: 7 });
    expect((await rowsOf('Priya'))[0]).toMatchObject({ status: 'waiting', problem: 'why' });
    expect(posts).toHaveLength(1);
  });

  test('what was counted and then had no room for its request was not tried', async () => {
    const { bring, posts, rowsOf } = await line();
    const noRoom: Paced = async (_request, { before } = {}) => {
      await before?.();
      throw new NotYet('no lane has room', 1);
    };
    const settings = { most: 2, baseMs: 1, capMs: 1 };
    for (let n = 0; n < 3; n += 1) {
      await expect(bring({ settings }, noRoom)).rejects.toBeInstanceOf(NotYet);
    }
    expect(await rowsOf('Priya')).toMatchObject([{ status: 'waiting', attempts: 0 }]);
    await bring({ settings });
    expect(await rowsOf('Priya')).toMatchObject([{ status: 'sent', attempts: 1 }]);
    expect(posts).toHaveLength(1);
  });

  test('what is to wait when its turn has come is left as it is, and the next is sent', async () => {
    const { bring, posts, rowsOf } = await line(2);
    const [first] = await rowsOf('Priya');
    await bring({ stillSends: async ({ id }) => (id === 'Priya|0000' ? 'wait' : 'yes') });
    expect(posts).toEqual(['Priya|0001']);
    expect((await rowsOf('Priya'))[0]).toEqual(first);
  });

  test('an attempt is counted before it is made; a row that never ends well is given up', async () => {
    const { bring, posts, rowsOf } = await line(2);
    const dies = async (): Promise<Attempted> => {
      throw new Error('the process dies');
    };
    await expect(bring({ post: dies })).rejects.toThrow('the process dies');
    await expect(bring({ post: dies })).rejects.toThrow('the process dies');
    expect(await rowsOf('Priya')).toMatchObject([{ attempts: 2 }, { attempts: 0 }]);
    await bring({ settings: { most: 2, baseMs: 1, capMs: 1 } });
    expect(await rowsOf('Priya')).toMatchObject([
      { status: 'failed', problem: 'tried 2 times', attempts: 2 },
      { status: 'sent', attempts: 1 },
    ]);
    expect(posts).toEqual(['Priya|0001']);
  });
});
