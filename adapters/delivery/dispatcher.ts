import { randomUUID } from 'node:crypto';
import type { Logger } from '../logger.ts';
import type { WorkQueue } from '../storage/queues.ts';
import type { Documents } from '../storage/tables.ts';
import type { ConversationRecord } from './conversations.ts';
import { createHand } from './hand.ts';
import { openLanes, type Board, type Lanes } from './lanes.ts';
import { noteOf, nudgesFor } from './notes.ts';
import { createPosting } from './posting.ts';
import { createReception, type Reception } from './reception.ts';
import { DISPATCHER_SETTINGS, type DispatcherSettings } from './settings.ts';
import { createStirring, type Stirring } from './stirring.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import type { Handler, Outcome, Visited } from './visit.ts';

export type { Handler } from './visit.ts';

/** What became of the conversations that were received. */
export type Tally = Record<Outcome, number>;

export type Dispatcher = {
  /**
   * Puts conversations on the queue, in the order given. Gives how many it put there. Doubled or lost,
   * they do no harm: whoever knows that work waits nudges again.
   */
  nudge(whos: Iterable<string>): Promise<number>;
  /**
   * Works until nothing can be received, nothing is under way and nothing comes back in a moment. What is
   * left for later stays on the queue, out of sight, and is counted. Throws where the queue cannot be reached.
   */
  drain(): Promise<Tally>;
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
  const lanes = openLanes(board, me, settings);
  const stirring = createStirring();
  const receiving = createTrouble(settings.backOff, log);
  const looking = createTrouble(settings.backOff, log);
  const hand = createHand();
  let stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  /** By then what was put off for a moment can be received again. */
  let backBy = 0;
  const visiting = {
    conversations,
    me,
    pacedFor: createPosting(lanes, settings, { isStopping, log }),
    givenUp: (who: string, error: unknown) => handler.givenUp(who, error),
    again: async (visited: Visited, afterMs: number) => {
      await queue.send(noteOf(visited), afterMs);
      // Messages are hidden for whole seconds.
      if (afterMs <= settings.drainMs) backBy = Math.max(backBy, Date.now() + afterMs + 1000);
    },
    setAside: (visited: Visited, reason: string) => queue.setAside(noteOf(visited), reason),
    settings,
    log,
  };
  const reception = createReception({
    queue,
    handler,
    lanes,
    visiting,
    hand,
    isStopping,
    settings,
    log,
    looking,
    stir: stirring.stir,
  });
  const pump = createPump({
    reception,
    receiving,
    lanes,
    stirring,
    settings,
    isStopping,
    isEmpty: () => hand.count() === 0,
    isFull: () => hand.count() > settings.batch * (settings.batchesInHand - 1),
    comesBack: () => Date.now() <= backBy,
  });
  let background: Promise<void> | undefined;
  return {
    nudge: async (whos) => {
      const each = [...new Set(whos)];
      // One after the other: the queue hands out roughly what came first first.
      for (const text of nudgesFor(each)) await queue.send(text);
      if (each.length > 0) stirring.wake();
      return each.length;
    },
    drain: async () => {
      const before = { ...hand.tally };
      try {
        await pump('empty');
      } finally {
        await hand.settled();
        if (!background) await giveBack(lanes);
      }
      return difference(hand.tally, before);
    },
    start: () => {
      if (isStopping()) stopping = new AbortController();
      background ??= inBackground(pump, receiving, stirring, isStopping);
    },
    stop: async () => {
      stopping.abort();
      stirring.wake();
      await background;
      background = undefined;
      await hand.settled();
      await giveBack(lanes);
    },
    health: () => ({
      isRunning: background !== undefined,
      inHand: hand.count(),
      lanes: lanes.count(),
      tally: { ...hand.tally },
      lastWorkedAt: hand.lastAt(),
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

type Pump = (until: 'empty' | 'stopped') => Promise<void>;

/** Receives whenever there is room in hand, sees to the lanes meanwhile, and rests in between. */
function createPump({
  reception,
  receiving,
  lanes,
  stirring,
  settings: { pollMs, shareMs },
  isStopping,
  isEmpty,
  isFull,
  comesBack,
}: {
  reception: Reception;
  receiving: Trouble;
  lanes: Lanes;
  stirring: Stirring;
  settings: DispatcherSettings;
  isStopping: () => boolean;
  isEmpty: () => boolean;
  isFull: () => boolean;
  /** Whether something that was put off comes back in a moment. */
  comesBack: () => boolean;
}): Pump {
  let sharedAt = 0;
  const seeToLanes = async (): Promise<void> => {
    if (lanes.count() === 0 || Date.now() - sharedAt < shareMs) return;
    sharedAt = Date.now();
    await lanes.share(true);
  };
  return async (until) => {
    let quietUntil = 0;
    const isDue = (): boolean =>
      !isFull() && (Date.now() >= quietUntil || (until === 'empty' && isEmpty() && !comesBack()));
    while (!isStopping()) {
      await seeToLanes();
      if (stirring.wasWoken()) quietUntil = 0;
      if (isDue()) {
        const received = await reception();
        receiving.isOver();
        if (received === 'some') continue;
        quietUntil = Date.now() + pollMs;
        const isOver = received === 'nothing' && isEmpty();
        if (isOver && until === 'empty' && !comesBack()) return;
        if (isOver && until === 'stopped') await giveBack(lanes);
      }
      await stirring.rest(Math.min(shareMs, pollMs));
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
  stirring: Stirring,
  isStopping: () => boolean,
): Promise<void> {
  while (!isStopping()) {
    try {
      await pump('stopped');
    } catch (error) {
      await stirring.rest(trouble.had('the queue could not be worked on', error));
    }
  }
}
