import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Logger } from '../logger.ts';
import type { WorkQueue } from '../storage/queues.ts';
import type { Documents } from '../storage/tables.ts';
import type { ConversationRecord } from './conversations.ts';
import type { Delivering } from './delivering.ts';
import type { Handler } from './handler.ts';
import { createInHand, type Tally } from './in-hand.ts';
import { openLanes, type Board, type Lanes } from './lanes.ts';
import { nudgesFor } from './notes.ts';
import { createPosting } from './posting.ts';
import { receive } from './receive.ts';
import { createRest, type Rest } from './rest.ts';
import { DISPATCHER_SETTINGS, type DispatcherSettings } from './settings.ts';
import { createTrouble, type Trouble } from './trouble.ts';

export type Dispatcher = {
  /**
   * Puts conversations on the queue, in the order given. Gives how many it put there. Doubled or lost,
   * they do no harm: whoever knows that work waits nudges again.
   */
  nudge(whos: Iterable<string>): Promise<number>;
  /**
   * Works until nothing can be received, nothing is under way and nothing comes back in a moment. What is
   * left for later stays on the queue, out of sight, and is counted. After so many milliseconds
   * it receives nothing more, and finishes what is in hand. Throws where the queue cannot be reached.
   */
  drain(withinMs?: number): Promise<Tally>;
  /** Works in the background until it is stopped. */
  start(): void;
  /** Receives nothing more, finishes the request under way, gives back lanes and conversations. */
  stop(): Promise<void>;
  health(): Health;
};

export type Health = {
  isRunning: boolean;
  /** Conversations in hand. */
  inHand: number;
  /** Tenths of what Teams takes from the app that this process holds. */
  lanes: number;
  tally: Tally;
  lastWorkedAt: Date | undefined;
  /** What keeps this process from receiving, or from looking afresh. */
  problem: string | undefined;
};

type Dispatching = {
  queue: WorkQueue;
  conversations: Documents<ConversationRecord>;
  board: Documents<Board>;
  handler: Handler;
  log: Logger;
  settings?: Partial<DispatcherSettings>;
  /** This process, among those that deliver. */
  me?: string;
};

/**
 * Delivers what waits in conversations, beside any number of other processes that do the same. The queue
 * carries conversations, not messages: "this conversation has work". Whoever receives one claims the
 * conversation, has it brought in line by the handler, and lets it go.
 */
export function createDispatcher({
  queue,
  conversations,
  board,
  handler,
  log,
  settings: given = {},
  me = randomUUID(),
}: Dispatching): Dispatcher {
  const settings = { ...DISPATCHER_SETTINGS, ...given };
  let stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const lanes = openLanes(board, me, settings);
  const inHand = createInHand();
  const rest = createRest();
  const looking = createTrouble(settings.backOff, log);
  const receiving = createTrouble(settings.backOff, log);
  const pump = createPump(
    {
      me,
      queue,
      conversations,
      handler,
      lanes,
      inHand,
      rest,
      looking,
      ahead: pLimit(settings.ahead),
      pacedFor: createPosting(lanes, settings, { isStopping, log }),
      isStopping,
      settings,
      log,
    },
    receiving,
  );
  let background: Promise<void> | undefined;
  return {
    nudge: async (whos) => {
      const each = [...new Set(whos)];
      // One after the other: the queue hands out roughly what came first first.
      for (const text of nudgesFor(each)) await queue.send(text);
      if (each.length > 0) rest.wake();
      return each.length;
    },
    drain: async (withinMs = Infinity) => {
      const before = inHand.tally();
      try {
        await pump('empty', performance.now() + withinMs);
      } finally {
        await inHand.settled();
        if (!background) await giveBack(lanes);
      }
      return difference(inHand.tally(), before);
    },
    start: () => {
      if (isStopping()) stopping = new AbortController();
      background ??= inBackground(pump, receiving, rest, isStopping);
    },
    stop: async () => {
      stopping.abort();
      rest.wake();
      await background;
      background = undefined;
      await inHand.settled();
      await giveBack(lanes);
    },
    health: () => ({
      isRunning: background !== undefined,
      inHand: inHand.count(),
      lanes: lanes.count(),
      tally: inHand.tally(),
      lastWorkedAt: inHand.lastAt(),
      problem: receiving.now() ?? looking.now(),
    }),
  };
}

const difference = (now: Tally, before: Tally): Tally => ({
  done: now.done - before.done,
  later: now.later - before.later,
  putOff: now.putOff - before.putOff,
  failed: now.failed - before.failed,
  givenUp: now.givenUp - before.givenUp,
});

type Pump = (until: 'empty' | 'stopped', endsAt: number) => Promise<void>;

/** Receives whenever there is room in hand, sees to the lanes meanwhile, and rests in between. */
function createPump(delivering: Delivering, receiving: Trouble): Pump {
  const { lanes, inHand, rest, isStopping } = delivering;
  const { batch, batchesInHand, pollMs, shareMs } = delivering.settings;
  const isEmpty = (): boolean => inHand.count() === 0;
  const isFull = (): boolean => inHand.count() > batch * (batchesInHand - 1);
  let sharedAt = 0;
  const seeToLanes = async (): Promise<void> => {
    if (lanes.count() === 0 || Date.now() - sharedAt < shareMs) return;
    sharedAt = Date.now();
    await lanes.share(true);
  };
  return async (until, endsAt) => {
    let quietUntil = 0;
    const isAtItsEnd = (): boolean => until === 'empty' && isEmpty() && !inHand.isExpecting();
    const isDue = (): boolean => !isFull() && (Date.now() >= quietUntil || isAtItsEnd());
    while (!isStopping() && performance.now() < endsAt) {
      await seeToLanes();
      if (rest.wasWoken()) quietUntil = 0;
      if (isDue()) {
        const received = await receive(delivering);
        receiving.isOver();
        if (received === 'some') continue;
        quietUntil = Date.now() + pollMs;
        if (received === 'nothing' && isAtItsEnd()) return;
        if (received === 'nothing' && isEmpty() && until === 'stopped') await giveBack(lanes);
      }
      await rest.for(Math.max(0, Math.min(shareMs, pollMs, endsAt - performance.now())));
    }
  };
}

async function giveBack(lanes: Lanes): Promise<void> {
  if (lanes.count() > 0) await lanes.share(false);
}

/** Goes on whatever happens, until it is stopped. */
async function inBackground(
  pump: Pump,
  trouble: Trouble,
  rest: Rest,
  isStopping: () => boolean,
): Promise<void> {
  while (!isStopping()) {
    try {
      await pump('stopped', Infinity);
    } catch (error) {
      await rest.for(trouble.had('the queue could not be worked on', error));
    }
  }
}
