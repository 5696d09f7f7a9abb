import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boards,
  EMPTY,
  LANE_LIMIT,
  LANES,
  nextBoard,
  openLanes,
  usesAfter,
  waitMs,
  type Board,
  type Lanes,
  type Use,
} from '../../../adapters/delivery/lanes.ts';
import { APP_LIMIT, earliest } from '../../../adapters/delivery/pace.ts';
import { openTables } from '../../../adapters/storage/tables.ts';
import { newAccount } from '../azurite.ts';

const SETTINGS = { laneMs: 3000, requestMs: 800, skewMs: 300 };

const mostInAnySecond = (unsorted: readonly number[]): number => {
  const times = unsorted.toSorted((a, b) => a - b);
  let [from, most] = [0, 0];
  for (const [to, time] of times.entries()) {
    while ((times[from] ?? time) <= time - 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
};

/** A process of the model: its clock is wrong by `skew`, and at `diesAt` it does nothing more. */
type Life = { skew: number; startsAt: number; restsAt: number; diesAt: number; seed: number };

/** Steps of a virtual millisecond or more, in which processes share lanes and send as fast as they may. */
function sendingOf(lives: readonly Life[], untilMs: number): { arrivals: number[]; board: Board } {
  let board = EMPTY;
  const arrivals: number[] = [];
  const processes = lives.map((life, i) => modelled(life, `p${i}`));
  for (let now = 100_000; now < 100_000 + untilMs; now += 4) {
    for (const process of processes) {
      board = process.share(board, now);
      arrivals.push(...process.send(now));
    }
  }
  return { arrivals, board };
}

function modelled({ skew, startsAt, restsAt, diesAt, seed }: Life, me: string) {
  let uses = new Map<number, Use>();
  let random = seed;
  let sharedAt = 0;
  let busyUntil = 0;
  const logs = new Map<number, number[]>();
  const busy = new Set<number>();
  const chance = (): number => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
  const isAlive = (now: number): boolean => now >= 100_000 + startsAt && now < 100_000 + diesAt;
  return {
    share: (board: Board, now: number): Board => {
      if (!isAlive(now) || now - sharedAt < 250) return board;
      sharedAt = now;
      if (now > busyUntil) busy.clear();
      const works = now < 100_000 + restsAt;
      const next = nextBoard(board, { me, works, at: now + skew, busy }, SETTINGS);
      uses = usesAfter(next, me);
      return next;
    },
    send: (now: number): number[] => {
      if (!isAlive(now) || now < busyUntil || now >= 100_000 + restsAt) return [];
      busy.clear();
      const free = [...uses].find(([index, use]) => {
        const reopens = earliest(logs.get(index) ?? [], [LANE_LIMIT]) + skew;
        return waitMs(use, reopens, now + skew, SETTINGS) === 0;
      });
      if (!free) return [];
      const takes = chance() < 0.02 ? SETTINGS.requestMs * chance() : 8 * chance();
      busyUntil = now + takes;
      busy.add(free[0]);
      logs.set(
        free[0],
        [...(logs.get(free[0]) ?? []), Math.floor(busyUntil)].slice(-LANE_LIMIT.most),
      );
      return [now + takes * chance()];
    },
  };
}

describe('lanes', () => {
  const life = fc.record({
    skew: fc.integer({ min: -SETTINGS.skewMs / 2, max: SETTINGS.skewMs / 2 }),
    startsAt: fc.integer({ min: 0, max: 6000 }),
    restsAt: fc.integer({ min: 3000, max: 20_000 }),
    diesAt: fc.integer({ min: 500, max: 40_000 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  });

  test('carry no more than the app may send in any second, whoever dies and whatever clocks say', () => {
    fc.assert(
      fc.property(fc.array(life, { minLength: 1, maxLength: 4 }), (lives) => {
        const { arrivals } = sendingOf(lives, 20_000);
        expect(mostInAnySecond(arrivals)).toBeLessThanOrEqual(APP_LIMIT.most);
      }),
      { numRuns: 25 },
    );
  });

  test('go all to whoever is left', () => {
    const always = { skew: 0, startsAt: 0, restsAt: 99_999, seed: 7 };
    const lives = [
      { ...always, diesAt: 2000 },
      { ...always, diesAt: 99_999 },
    ];
    const { board } = sendingOf(lives, 20_000);
    expect(board.lanes.filter(({ isHeld, by }) => isHeld && by === 'p1')).toHaveLength(LANES);
  });

  test('are shared evenly by those who work', () => {
    let board = EMPTY;
    for (let at = 0; at < 20_000; at += 1000) {
      for (const me of ['a', 'b', 'c']) {
        board = nextBoard(board, { me, works: true, at, busy: new Set() }, SETTINGS);
      }
    }
    const held = ['a', 'b', 'c'].map((me) => board.lanes.filter(({ by }) => by === me).length);
    expect(held).toEqual([4, 3, 3]);
  });

  test('of two processes over storage carry no more than the app may send, and outlive one of them', async () => {
    const documents = boards(openTables({ connectionString: newAccount() }));
    const settings = { laneMs: 1500, requestMs: 100, skewMs: 100 };
    const [dying, surviving] = [
      openLanes(documents, 'dying', settings),
      openLanes(documents, 'surviving', settings),
    ];
    const arrivals: number[] = [];
    const sends = async (lanes: Lanes, isOver: () => boolean): Promise<void> => {
      while (!isOver()) {
        await lanes.share(true);
        await lanes.run(async () => arrivals.push(performance.now()), 100);
      }
    };
    const until = performance.now() + 1200;
    const first = sends(dying, () => performance.now() > until);
    let fullSince = Infinity;
    const second = sends(surviving, () => {
      if (surviving.count() === LANES) fullSince = Math.min(fullSince, performance.now());
      return performance.now() > fullSince + 1500;
    });
    await Promise.all([first, second]);
    expect(mostInAnySecond(arrivals)).toBeLessThanOrEqual(APP_LIMIT.most);
    expect(arrivals.length).toBeGreaterThan(APP_LIMIT.most);
  });
});
