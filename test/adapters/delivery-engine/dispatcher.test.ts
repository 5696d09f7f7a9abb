import { describe, expect, test, vi } from 'vitest';
import { bringInLine } from '../../../adapters/delivery/bring-in-line.ts';
import {
  claimConversation,
  claimedBy,
  ClaimLost,
} from '../../../adapters/delivery/conversations.ts';
import type { Conversation, Worked } from '../../../adapters/delivery/handler.ts';
import { NetworkFailed, ServiceRefused } from '../../../adapters/errors.ts';
import type { Attempted } from '../../../bot/chase/delivery.ts';
import { newAccount } from '../azurite.ts';
import { engine } from './engine.ts';
import { lengthOf, textsIn } from './looking-into-queues.ts';
import { QUEUE } from './rows.ts';

const CLAIM = { claimMs: 1000, requestMs: 200, skewMs: 50 };
const eventually = { timeout: 8000, interval: 30 };
const NOTHING = { done: 0, later: 0, putOff: 0, failed: 0, givenUp: 0 };
const NO_SETBACKS = { ours: 0, others: 0 };
const isDone: Attempted = { kind: 'posted', activityId: '' };

describe('a conversation', () => {
  const asking = async () => {
    const { conversations } = await engine(newAccount());
    const ask = (me: string, settings = CLAIM) =>
      claimConversation(conversations, 'Priya', me, settings);
    const claim = async (me: string) => {
      const asked = await ask(me);
      if (asked.kind !== 'claimed') throw new Error(`${me} is told ${asked.kind}`);
      return asked.claim;
    };
    return { conversations, ask, claim };
  };

  test('is one process’s at a time, until it lets it go', async () => {
    const { ask, claim } = await asking();
    const asked = await Promise.all(['a', 'b', 'c', 'd'].map((me) => ask(me)));
    expect(asked.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(asked.filter(({ kind }) => kind === 'busy')).toHaveLength(3);
    const [mine] = asked.flatMap((one) => (one.kind === 'claimed' ? [one.claim] : []));
    mine?.sent();
    await mine?.release();
    const next = await claim('e');
    expect(next.sends()).toHaveLength(1);
  });

  test('outlives its process only as long as the claim; what went unrecorded is counted', async () => {
    const { ask, claim } = await asking();
    const dead = await claim('dead');
    dead.sent();
    expect((await ask('next')).kind).toBe('busy');
    const next = await vi.waitFor(() => claim('next'), eventually);
    expect(next.sends()).toHaveLength(5);
    expect(dead.lasts()).toBe(false);
    await expect(dead.keep(0)).rejects.toBeInstanceOf(ClaimLost);
    await expect(dead.release()).rejects.toBeInstanceOf(ClaimLost);
    await next.release();
  });

  test('is had again by its own process at once, should the claim be left behind', async () => {
    const { claim } = await asking();
    (await claim('me')).sent();
    expect((await claim('me')).sends(), 'as many as may be unrecorded').toHaveLength(5);
  });

  test('is kept for as long as a request takes, and its times are written down now and then', async () => {
    const { conversations, claim } = await asking();
    const mine = await claim('me');
    await mine.keep(0);
    const before = await conversations.get('Priya');
    await mine.keep(CLAIM.claimMs);
    expect((await conversations.get('Priya'))?.claim?.until).toBeGreaterThan(
      before?.claim?.until ?? Infinity,
    );
    for (let n = 0; n < 5; n += 1) mine.sent();
    await mine.keep(0);
    expect((await conversations.get('Priya'))?.sends).toHaveLength(5);
    await mine.release();
  });

  test('rests until its time', async () => {
    const { ask, claim } = await asking();
    await (await claim('me')).release({ notBefore: Date.now() + 5000, setbacks: NO_SETBACKS });
    const asked = await ask('other');
    expect(asked.kind).toBe('resting');
    expect(asked.kind === 'resting' && asked.forMs).toBeGreaterThan(4000);
  });

  test('counts what another process sent as late as clocks may be wrong', () => {
    const record = { who: 'Priya', sends: [9000, 9990], sentBy: 'other', setbacks: NO_SETBACKS };
    expect(claimedBy('me', record, 10_000, CLAIM).sends).toEqual([9050, 10_000]);
    expect(claimedBy('other', record, 10_000, CLAIM).sends).toEqual([9000, 9990]);
  });
});

describe('the dispatcher', () => {
  test('delivers what waits, in order, and leaves nothing on the queue', async () => {
    const { connector, connectionString, dispatcher, decide, rowsOf, conversations } =
      await engine(newAccount());
    await decide(['Priya', 'Kofi'], 5);
    const one = dispatcher();
    expect(await one.nudge(['Priya', 'Kofi', 'Priya'])).toBe(2);
    expect(await one.drain()).toEqual({ ...NOTHING, done: 2 });
    for (const who of ['Priya', 'Kofi']) {
      const rows = await rowsOf(who);
      expect(connector.taken(who)).toEqual(rows.map(({ id }) => id));
      expect(rows.map(({ status }) => status)).toEqual(Array(5).fill('sent'));
      const record = await conversations.get(who);
      expect(record?.claim).toBeUndefined();
      expect(record?.sends).toHaveLength(5);
    }
    expect(await lengthOf(connectionString, QUEUE)).toBe(0);
  });

  test('receives nothing more in a drain whose time is over', async () => {
    const { connector, connectionString, dispatcher, decide } = await engine(newAccount());
    await decide(['Priya']);
    const one = dispatcher();
    await one.nudge(['Priya']);
    expect(await one.drain(0)).toEqual(NOTHING);
    expect(await lengthOf(connectionString, QUEUE)).toBe(1);
    expect(await one.drain(60_000)).toEqual({ ...NOTHING, done: 1 });
    expect(connector.taken()).toHaveLength(1);
  });

  test('beside another one: each message once, in order, however often they are nudged', async () => {
    const { connector, dispatcher, decide } = await engine(newAccount());
    const whos = ['Priya', 'Kofi', 'Colin'];
    await decide(whos, 6);
    const two = [dispatcher(), dispatcher()];
    await Promise.all([...two, ...two].map((one) => one.nudge(whos)));
    for (const one of two) one.start();
    const all = whos.flatMap((who) => Array.from({ length: 6 }, (_, n) => `${who}|000${n}`));
    await vi.waitFor(() => expect(connector.taken()).toHaveLength(18), eventually);
    await Promise.all(two.map((one) => one.stop()));
    expect(connector.taken().sort()).toEqual(all.sort());
    for (const who of whos) expect(connector.taken(who)).toEqual(connector.taken(who).sort());
  });

  test('keeps to the limits of a conversation, and waits in a drain for what comes back in a moment', async () => {
    const { connector, dispatcher, decide } = await engine(newAccount());
    await decide(['Priya'], 9);
    const one = dispatcher({ drainMs: 3000 });
    await one.nudge(['Priya']);
    await one.drain();
    expect(connector.taken('Priya')).toHaveLength(9);
    const times = connector.arrivals.map(({ at }) => at);
    expect((times[7] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1000);
    expect((times[8] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2000);
  });

  test('rests after a refusal for as long as Teams asks, and nudges change nothing', async () => {
    const { connector, dispatcher, decide, rowsOf, conversations } = await engine(newAccount(), {
      fault: (_, nth) => (nth === 1 ? { status: 429, retryAfter: '2' } : undefined),
    });
    await decide(['Priya'], 2);
    const one = dispatcher();
    await one.nudge(['Priya']);
    expect(await one.drain()).toMatchObject({ later: 1 });
    const restMs = ((await conversations.get('Priya'))?.notBefore ?? 0) - Date.now();
    expect(restMs).toBeGreaterThan(1000);
    await one.nudge(['Priya']);
    expect(await one.drain()).toMatchObject({ done: 1, later: 0 });
    expect(connector.arrivals).toHaveLength(1);
    one.start();
    await vi.waitFor(async () => {
      const rows = await rowsOf('Priya');
      expect(rows.map(({ status }) => status)).toEqual(['sent', 'sent']);
    }, eventually);
    const [first, second] = connector.arrivals;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(2000);
    expect(connector.taken()).toEqual(['Priya|0000', 'Priya|0001']);
  });

  test('gives up on work that always fails, says so, and goes on with the rest', async () => {
    const { connector, connectionString, dispatcher, decide, givenUp, line } =
      await engine(newAccount());
    await decide(['Priya', 'Kofi']);
    let failures = 0;
    const handler = {
      begin: async () => async (conversation: Conversation) => {
        if (conversation.who === 'Priya') throw new Error(`failure ${(failures += 1)}`);
        return bringInLine(line, conversation);
      },
    };
    const one = dispatcher({ mostFailures: 2 }, handler);
    await one.nudge(['Priya', 'Kofi']);
    one.start();
    const ended = { ...NOTHING, done: 1, failed: 1, givenUp: 1 };
    await vi.waitFor(() => expect(one.health().tally).toEqual(ended), eventually);
    expect(givenUp).toEqual([['Priya', new Error('failure 2')]]);
    expect(connector.taken()).toEqual(['Kofi|0000']);
    const [poison] = await textsIn(connectionString, `${QUEUE}-poison`);
    expect(JSON.parse(poison ?? '')).toMatchObject({
      reason: 'failure 2',
      text: expect.stringContaining('Priya') as string,
    });
  });

  test('gives up on a conversation though another process has it by now', async () => {
    const { conversations, connectionString, dispatcher, givenUp } = await engine(newAccount());
    const takenOver = async ({ who }: Conversation) => {
      const claim = { by: 'another', until: Date.now() + 60_000 };
      await conversations.change(who, (record) => ({ ...record, claim }));
      throw new Error('our failure');
    };
    const one = dispatcher({ mostFailures: 1 }, { begin: async () => takenOver });
    await one.nudge(['Priya']);
    expect(await one.drain()).toEqual({ ...NOTHING, givenUp: 1 });
    expect(givenUp).toEqual([['Priya', new Error('our failure')]]);
    expect(await textsIn(connectionString, `${QUEUE}-poison`)).toHaveLength(1);
  });

  test('puts a conversation off while storage or the lists are away, each time for longer', async () => {
    const { conversations, dispatcher, givenUp } = await engine(newAccount());
    const setbacks: unknown[] = [];
    const work = async ({ who }: Conversation): Promise<Worked> => {
      setbacks.push((await conversations.get(who))?.setbacks);
      if (setbacks.length === 1) throw new NetworkFailed('Storage', 'reading', 'it is away');
      if (setbacks.length === 2) throw new ServiceRefused('SharePoint', 503, '', 'busy');
      return setbacks.length === 3 ? { kind: 'later' } : { kind: 'done' };
    };
    const one = dispatcher({ mostFailures: 1, drainMs: 1 }, { begin: async () => work });
    await one.nudge(['Priya']);
    expect(await one.drain()).toMatchObject({ done: 1, failed: 0, givenUp: 0 });
    expect(setbacks).toEqual([0, 1, 2, 3].map((others) => ({ ours: 0, others })));
    expect((await conversations.get('Priya'))?.setbacks).toEqual(NO_SETBACKS);
    expect(givenUp).toEqual([]);
  });

  test('says in the log, once, what Teams does not take', async () => {
    const statuses = [403, 404, 400, 401];
    const { dispatcher, decide, logged } = await engine(newAccount(), {
      fault: (_, nth) => ({ status: statuses[nth - 1] ?? 201 }),
    });
    await decide(['Priya'], 4);
    const one = dispatcher();
    await one.nudge(['Priya']);
    await one.drain();
    expect(logged).toMatchObject([
      { level: 'info', conversation: 'Priya', attempted: { kind: 'blocked' } },
      { level: 'info', conversation: 'Priya', attempted: { kind: 'gone' } },
      { level: 'error', conversation: 'Priya', attempted: { kind: 'refused' } },
      { level: 'error', conversation: 'Priya', attempted: { kind: 'not signed' } },
    ]);
  });

  test('puts a batch off when no fresh look can be made, and blames no conversation', async () => {
    const { connector, dispatcher, decide, line, givenUp } = await engine(newAccount());
    await decide(['Priya']);
    let looks = 0;
    const begin = async () => {
      looks += 1;
      if (looks <= 2) throw new Error('SharePoint is away');
      return (conversation: Conversation) => bringInLine(line, conversation);
    };
    const one = dispatcher({ mostFailures: 1 }, { begin });
    await one.nudge(['Priya']);
    one.start();
    await vi.waitFor(
      () => expect(one.health().problem).toContain('SharePoint is away'),
      eventually,
    );
    await vi.waitFor(() => expect(connector.taken()).toHaveLength(1), eventually);
    expect(one.health().problem).toBeUndefined();
    expect(givenUp).toEqual([]);
  });

  test('looks afresh after each batch was received', async () => {
    const { dispatcher, decide } = await engine(newAccount());
    const whos = ['a', 'b', 'c'];
    await decide(whos);
    const looks: string[][] = [];
    const begin = async () => {
      const look: string[] = [];
      looks.push(look);
      return async ({ who }: { who: string }) => {
        look.push(who);
        return { kind: 'done' } as const;
      };
    };
    const one = dispatcher({ batch: 1, batchesInHand: 1 }, { begin });
    for (const who of [...whos, ...whos]) await one.nudge([who]);
    await one.drain();
    // Four messages at once, of which two name the same conversation.
    expect(looks.map((look) => look.length)).toEqual([3, 2]);
  });

  test('stops in good order: what it had is another’s at once', async () => {
    const { dispatcher, conversations, board, connectionString } = await engine(newAccount());
    const { promise: begun, resolve: begins } = Promise.withResolvers<void>();
    const { promise: answered, resolve: answers } = Promise.withResolvers<void>();
    const begin =
      async () =>
      async ({ paced }: Conversation) => {
        await paced(async () => {
          begins();
          await answered;
          return isDone;
        });
        await paced(async () => isDone);
        return { kind: 'done' } as const;
      };
    const one = dispatcher({}, { begin });
    await one.nudge(['Priya']);
    one.start();
    await begun;
    const stopped = one.stop();
    answers();
    await stopped;
    const record = await conversations.get('Priya');
    expect(record?.claim).toBeUndefined();
    expect(record?.sends, 'the second was not begun').toHaveLength(1);
    expect((await board.get('app'))?.lanes.filter(({ isHeld }) => isHeld)).toEqual([]);
    expect(await lengthOf(connectionString, QUEUE), 'its message comes back').toBe(1);
  });
});
