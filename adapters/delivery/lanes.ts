import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Documents, Tables } from '../storage/tables.ts';
import { APP_LIMIT, earliest, type Limit } from './pace.ts';

const lane = z.object({
  /** The process that has it, or had it last. */
  by: z.string(),
  /** By then its last request is answered, or given up: milliseconds since 1970 by its clock. */
  until: z.number(),
  isHeld: z.boolean(),
  /** Its holder uses it from then on: a window after the one before. */
  from: z.number(),
});
const board = z.object({
  lanes: z.array(lane),
  /** The processes that have something to send, and until when that is known. */
  working: z.array(z.object({ by: z.string(), until: z.number() })),
});
/** What the processes agree on about the lanes: one small document. */
export type Board = z.infer<typeof board>;

export const boards = (tables: Tables): Documents<Board> =>
  tables.documents('stlsLanes', board, (key) => key);
const KEY = 'app';

/** Lanes of so many requests each: together they are what Teams takes from the app. */
export const LANES = 10;
export const LANE_LIMIT: Limit = { ...APP_LIMIT, most: APP_LIMIT.most / LANES };

type LaneSettings = {
  /** How long a lane is held that is not renewed, in milliseconds. */
  laneMs: number;
  /** The longest that one request to Teams may take, in milliseconds. */
  requestMs: number;
  /** How far apart the clocks of two processes may be, in milliseconds. */
  skewMs: number;
};

/**
 * How all processes together stay under what Teams takes from the app in a second, without asking each
 * other for every message.
 *
 * The allowance is split into lanes. A lane is held by one process at a time, which keeps an exact
 * sliding log of its own requests in it, by answer; so a lane never carries more than its share in any
 * window, and the lanes together never more than the allowance. What is left is handing over:
 *
 * - A request begins in a lane only while the lane is held for longer than the request may take and
 *   clocks may differ. So at `until` the last request has been answered or given up, even if its
 *   process died with it.
 * - Whoever has a lane from another uses it only a whole window, and what clocks may differ, after that.
 *   Neither needs to know what the other sent.
 * - A lane is given back only while no request is under way in it.
 *
 * Processes that have something to send share the lanes evenly; an idle one gives them back.
 */
export type Lanes = {
  /**
   * Takes, renews and gives back what is this process's share just now; asks again where another
   * process changed the board meanwhile. To be called about once a second while there is work.
   */
  share(works: boolean): Promise<void>;
  /** How many lanes this process may use now or soon. */
  count(): number;
  /** Waits for room, runs a request in it and counts its answer. Undefined: no room came for so long. */
  run<T>(request: () => Promise<T>, patienceMs: number): Promise<{ result: T } | undefined>;
};

/** A lane as its holder may use it, by the clock of this machine. */
export type Use = { from: number; until: number };

export function openLanes(documents: Documents<Board>, me: string, settings: LaneSettings): Lanes {
  let mine: ReadonlyMap<number, Use> = new Map();
  const answered = Array.from({ length: LANES }, (): number[] => []);
  const busy = new Set<number>();

  const attempt = async (works: boolean): Promise<boolean> => {
    const held = await documents.hold(KEY);
    const now = held?.value ?? EMPTY;
    const next = nextBoard(now, { me, works, at: Date.now(), busy }, settings);
    // What is given back is not used from here on, whatever becomes of the writing.
    mine = new Map([...mine].filter(([index]) => isMine(next, index, me)));
    if (!isWorthWriting(now, next, me, settings)) return true;
    const isWritten = held
      ? (await documents.replace(held, next)) !== undefined
      : await documents.add(KEY, next);
    if (isWritten) mine = usesAfter(next, me);
    return isWritten;
  };
  const soonest = (): { index: number; wait: number } | undefined => {
    const [at, tick] = [Date.now(), performance.now()];
    let best: { index: number; wait: number } | undefined;
    for (const [index, use] of mine) {
      if (busy.has(index)) continue;
      const reopens = at + earliest(answered[index] ?? [], [LANE_LIMIT]) - tick;
      const wait = waitMs(use, reopens, at, settings);
      if (wait !== undefined && wait < (best?.wait ?? Infinity)) best = { index, wait };
    }
    return best;
  };
  const inLane = async <T>(index: number, request: () => Promise<T>): Promise<T> => {
    busy.add(index);
    try {
      return await request();
    } finally {
      busy.delete(index);
      answered[index] = [...(answered[index] ?? []), performance.now()].slice(-LANE_LIMIT.most);
    }
  };
  return {
    share: async (works) => {
      for (let n = 0; n < MOST_CONFLICTS; n += 1) if (await attempt(works)) return;
    },
    count: () => mine.size,
    run: async (request, patienceMs) => {
      const began = performance.now();
      for (;;) {
        const next = soonest();
        if (next && next.wait <= 0) return { result: await inLane(next.index, request) };
        if (performance.now() - began > patienceMs) return undefined;
        await delay(Math.ceil(Math.min(next?.wait ?? LOOK_MS, LOOK_MS)));
      }
    },
  };
}

/** The lanes that a process may use once the board that it made is written. */
export const usesAfter = ({ lanes }: Board, me: string): Map<number, Use> =>
  new Map(
    lanes.flatMap(({ by, isHeld, from, until }, index) =>
      isHeld && by === me ? [[index, { from, until }] as const] : [],
    ),
  );

/**
 * How long until a request may begin in a lane whose log has room from `reopens` on, in milliseconds
 * from `at`; undefined where the lane ends too soon.
 */
export function waitMs(
  { from, until }: Use,
  reopens: number,
  at: number,
  { requestMs, skewMs }: LaneSettings,
): number | undefined {
  const wait = Math.max(0, from - at, reopens - at);
  return at + wait + requestMs + skewMs < until ? wait : undefined;
}

/** How often the board is tried again at once, when others write to it too. */
const MOST_CONFLICTS = 10;
/** How often a process that waits for room looks whether it was given another lane, in milliseconds. */
const LOOK_MS = 50;
const FREE = { by: '', until: 0, isHeld: false, from: 0 };
export const EMPTY: Board = { lanes: Array.from({ length: LANES }, () => FREE), working: [] };

const isMine = (board: Board, index: number, me: string): boolean => {
  const lane = board.lanes[index];
  return lane !== undefined && lane.isHeld && lane.by === me;
};

/** The board as this process would have it: its fair share taken, renewed, or given back. */
export function nextBoard(
  { lanes, working }: Board,
  { me, works, at, busy }: { me: string; works: boolean; at: number; busy: ReadonlySet<number> },
  { laneMs, skewMs }: LaneSettings,
): Board {
  const others = working.filter(({ by, until }) => by !== me && until > at);
  const known = works ? [...others, { by: me, until: at + laneMs }] : others;
  const share = works ? shareOf(me, known) : 0;
  const isKept = (index: number) => isMine({ lanes, working }, index, me);
  const isFree = (lane: Board['lanes'][number]) => !lane.isHeld || lane.until + skewMs < at;
  let left = share - [...busy].filter(isKept).length;
  // Half at first, then one by one: of two that start together, the second finds some.
  const hasSome = lanes.some((_, index) => isKept(index));
  let toTake = hasSome ? 1 : Math.ceil(LANES / 2);
  const kept = lanes.map((lane, index) => {
    if (!isKept(index)) return lane;
    const stays = busy.has(index) || left > 0;
    if (!busy.has(index)) left -= 1;
    return stays ? { ...lane, until: at + laneMs } : { ...lane, until: at, isHeld: false };
  });
  const taken = kept.map((lane, index) => {
    if (isKept(index) || !isFree(lane) || left <= 0 || toTake <= 0) return lane;
    left -= 1;
    toTake -= 1;
    // This process's own log goes back further than any window.
    const from = [me, ''].includes(lane.by) ? lane.from : lane.until + LANE_LIMIT.withinMs + skewMs;
    return { by: me, until: at + laneMs, isHeld: true, from };
  });
  return { lanes: taken, working: known };
}

/** An even share; what does not divide goes to the first by name. */
function shareOf(me: string, working: Board['working']): number {
  const names = working.map(({ by }) => by).sort();
  const extra = names.indexOf(me) < LANES % names.length ? 1 : 0;
  return Math.floor(LANES / names.length) + extra;
}

/** Whether lanes change hands, or it is time to renew: when a third of their time is over. */
function isWorthWriting(now: Board, next: Board, me: string, { laneMs }: LaneSettings): boolean {
  const changes = next.lanes.some(
    (lane, index) => lane.isHeld !== now.lanes[index]?.isHeld || lane.by !== now.lanes[index]?.by,
  );
  const entry = (board: Board) => board.working.find(({ by }) => by === me)?.until ?? 0;
  return changes || Math.abs(entry(next) - entry(now)) > laneMs / 3;
}
