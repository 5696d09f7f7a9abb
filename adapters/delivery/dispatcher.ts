import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Received, WorkQueue } from '../storage/queues.ts';
import type { Documents } from '../storage/tables.ts';
import type { ConversationRecord } from './conversations.ts';
import { openLanes, type Board } from './lanes.ts';
import { backOffMs } from './pace.ts';
import { createPosting } from './posting.ts';
import { noteOf, nudgesFor, readNote } from './notes.ts';
import { visit, type Handle, type Outcome, type Visited } from './visit.ts';

/** What is done with conversations. */
export type Handler = {
  /**
   * Called once for each batch, after the batch was received: where a fresh look is made. What it throws
   * puts the whole batch off, and counts against no conversation. What the function that it gives throws
   * is tried again after a rest, and given up after some failures.
   */
  begin(): Promise<Handle>;
  /** Work on a conversation failed too often: its message lies in the poison queue now. */
  givenUp(who: string, error: unknown): Promise<void>;
};

/** Times are in milliseconds. */
export const DISPATCHER_SETTINGS = {
  /** Conversations received for one look, or a few more, and how many such batches are in hand at once. */
  batch: 16,
  batchesInHand: 2,
  /** Conversations that one process has claimed at once. */
  ahead: 8,
  /** How long a received message is out of sight: longer than a batch takes. */
  hideMs: 120_000,
  /** How long claims and lanes outlive a process that dies. */
  claimMs: 60_000,
  laneMs: 30_000,
  /** The longest that one request to Teams may take: the connector's own time-out, or more. */
  requestMs: 15_000,
  /** How far apart the clocks of two processes may be. */
  skewMs: 1500,
  /** The longest wait for a conversation's limits with the conversation in hand, and for a lane. */
  longestWaitMs: 250,
  patienceMs: 5000,
  /** What comes back within so long, a drain waits for. */
  drainMs: 3000,
  /** How often an idle process looks for work, and how often one at work sees to its lanes. */
  pollMs: 1500,
  shareMs: 1000,
  /** A conversation is put on the queue at most once in so long. */
  nudgeMs: 60_000,
  /** When a conversation that another process has is looked at again, at the latest. */
  busyMs: 2000,
  /** Failures of ours until a conversation's message goes to the poison queue, and the rest between. */
  mostFailures: 5,
  backOff: { baseMs: 10_000, capMs: 600_000 },
};
export type DispatcherSettings = typeof DISPATCHER_SETTINGS;

/** What became of the conversations that were received. */
export type Tally = Record<Outcome, number>;

export type Dispatcher = {
  /**
   * Puts conversations on the queue, each at most once a minute unless forced. Gives how many it put
   * there. Doubled or lost, they do no harm: whoever knows that work waits nudges again.
   */
  nudge(whos: Iterable<string>, options?: { force?: boolean }): Promise<number>;
  /**
   * Works until nothing can be received, nothing is under way and nothing comes back in a moment. What is
   * left for later stays on the queue, out of sight, and is counted. Throws where the queue cannot be reached.
   */
  drain(): Promise<Tally>;
  /** Works in the background until it is stopped. */
  start(): void;
  /** Looks for work now. */
  wake(): void;
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
  trouble: string | undefined;
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

/** Messages put on the queue at once, and received at once. */
const SENDS_AT_ONCE = 8;
const RECEIVED_AT_ONCE = 4;

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
  const hand = createHand();
  let stopping = new AbortController();
  let background: Promise<void> | undefined;
  let trouble: string | undefined;
  let troubles = 0;
  /** By then what was put off for a moment can be received again. */
  let backBy = 0;
  const ahead = pLimit(settings.ahead);
  const visiting = {
    conversations,
    me,
    pacedFor: createPosting(lanes, settings, () => stopping.signal.aborted),
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

  const inTrouble = (error: unknown, what: string): number => {
    troubles += 1;
    trouble = `${what}: ${reasonOf(error)}`;
    log.warn({ err: error, times: troubles }, what);
    return backOffMs(troubles, settings.backOff);
  };
  const noTrouble = (): void => {
    trouble = undefined;
    troubles = 0;
  };

  /** A fresh look for a batch; undefined where it could not be made. */
  const begin = async (): Promise<Handle | undefined> => {
    try {
      const handle = await handler.begin();
      noTrouble();
      return handle;
    } catch (error) {
      inTrouble(error, 'no fresh look could be made for a batch');
      return undefined;
    }
  };
  const attend = (visited: Visited, begun: Promise<Handle | undefined>): Promise<Outcome> => {
    const state = hand.stateOf(visited.who);
    // What waits will list all that this one announces; what is worked on may have listed it already.
    if (state === 'waits') return Promise.resolve('done');
    if (state === 'worked on') {
      return visiting.again({ ...visited, isBack: true }, settings.busyMs).then(() => 'later');
    }
    return hand.hold(visited.who, (start) =>
      ahead(async () => {
        const handle = await begun;
        if (!handle || stopping.signal.aborted) return 'putOff';
        start();
        return visit(visiting, visited, handle);
      }),
    );
  };
  /** A message is done when all its conversations are; what fails comes back when its time out of sight is over. */
  const accept = async (
    message: Received,
    visits: readonly Visited[],
    begun: Promise<Handle | undefined>,
  ): Promise<void> => {
    const outcomes = visits.map((visited) => hand.take(attend(visited, begun), stirring.stir));
    if ((await Promise.all(outcomes)).includes('putOff')) {
      await message.hide(stopping.signal.aborted ? 0 : backOffMs(troubles, settings.backOff));
    } else {
      await message.done();
    }
  };
  const setOut = (message: Received, begun: Promise<Handle | undefined>): void => {
    const visits = readNote(message.text);
    const settled = visits
      ? accept(message, visits, begun)
      : queue.setAside(message.text, 'not a message of this service').then(() => message.done());
    hand.settle(settled, (error) => {
      log.warn({ err: error, message: message.text }, 'a message could not be settled');
    });
  };

  /** A batch, or nothing where nothing waits or no lane is to be had. */
  const receive = async (): Promise<number> => {
    if (lanes.count() === 0) {
      if (!(await queue.hasVisible())) return 0;
      await lanes.share(true);
      if (lanes.count() === 0) return 0;
    }
    const messages: Received[] = [];
    let conversations = 0;
    for (;;) {
      const some = await queue.receive(RECEIVED_AT_ONCE, settings.hideMs);
      messages.push(...some);
      for (const { text } of some) conversations += readNote(text)?.length ?? 0;
      if (some.length < RECEIVED_AT_ONCE || conversations >= settings.batch) break;
    }
    if (messages.length === 0) return 0;
    const begun = begin();
    for (const message of messages) setOut(message, begun);
    return messages.length;
  };
  const giveBackLanes = async (): Promise<void> => {
    if (lanes.count() > 0) await lanes.share(false);
  };

  const pump = async (until: 'empty' | 'stopped'): Promise<void> => {
    let [quietUntil, sharedAt] = [0, Date.now()];
    while (!stopping.signal.aborted) {
      if (lanes.count() > 0 && Date.now() - sharedAt >= settings.shareMs) {
        sharedAt = Date.now();
        await lanes.share(true);
      }
      const hasRoom = hand.count() <= settings.batch * (settings.batchesInHand - 1);
      const isIdle = hand.count() === 0;
      if (stirring.isAwake()) quietUntil = 0;
      if (
        hasRoom &&
        (Date.now() >= quietUntil || (isIdle && until === 'empty' && Date.now() > backBy))
      ) {
        if ((await receive()) > 0) continue;
        quietUntil = Date.now() + settings.pollMs;
        if (hand.count() === 0) {
          if (until === 'empty' && Date.now() > backBy && !(await queue.hasVisible())) return;
          if (until === 'stopped') await giveBackLanes();
        }
      }
      await stirring.rest(Math.min(settings.shareMs, settings.pollMs));
    }
  };
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await pump('stopped');
      } catch (error) {
        await stirring.rest(inTrouble(error, 'the queue could not be worked on'));
      }
    }
  };

  const wake = (): void => stirring.wake();
  const nudged = new Map<string, number>();
  const nudge = async (whos: Iterable<string>, { force = false } = {}): Promise<number> => {
    const since = Date.now() - settings.nudgeMs;
    for (const [who, at] of nudged) if (at < since) nudged.delete(who);
    const due = [...new Set(whos)].filter((who) => force || !nudged.has(who));
    const atOnce = pLimit(SENDS_AT_ONCE);
    await Promise.all(nudgesFor(due).map((text) => atOnce(() => queue.send(text))));
    for (const who of due) nudged.set(who, Date.now());
    if (due.length > 0) wake();
    return due.length;
  };
  return {
    nudge,
    wake,
    drain: async () => {
      const before = { ...hand.tally };
      try {
        await pump('empty');
      } finally {
        await hand.settled();
        if (!background) await giveBackLanes();
      }
      return difference(hand.tally, before);
    },
    start: () => {
      if (stopping.signal.aborted) stopping = new AbortController();
      background ??= work();
    },
    stop: async () => {
      stopping.abort();
      wake();
      await background;
      background = undefined;
      await hand.settled();
      await giveBackLanes();
    },
    health: () => ({
      isRunning: background !== undefined,
      inHand: hand.count(),
      lanes: lanes.count(),
      tally: { ...hand.tally },
      lastWorkedAt: hand.lastAt(),
      trouble,
    }),
  };
}

const NOTHING: Tally = { done: 0, later: 0, putOff: 0, failed: 0, givenUp: 0 };

const difference = (now: Tally, before: Tally): Tally => ({
  done: now.done - before.done,
  later: now.later - before.later,
  putOff: now.putOff - before.putOff,
  failed: now.failed - before.failed,
  givenUp: now.givenUp - before.givenUp,
});

/** A rest that ends early when something stirs; `wake` also says that there is work to look for. */
function createStirring() {
  let next = Promise.withResolvers<void>();
  let awake = false;
  const stir = (): void => {
    next.resolve();
    next = Promise.withResolvers();
  };
  return {
    stir,
    wake: (): void => {
      awake = true;
      stir();
    },
    /** Whether somebody woke it since this was last asked. */
    isAwake: (): boolean => {
      const was = awake;
      awake = false;
      return was;
    },
    rest: async (ms: number): Promise<void> => {
      if (awake) return;
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, ms);
      await Promise.race([next.promise, over.promise]);
      clearTimeout(timer);
    },
  };
}

type State = 'waits' | 'worked on';

/** What a process has in hand: conversations, and the messages that name them. */
function createHand() {
  const visits = new Set<Promise<unknown>>();
  const messages = new Set<Promise<unknown>>();
  const states = new Map<string, State>();
  const tally = { ...NOTHING };
  let lastAt: Date | undefined;
  return {
    tally,
    count: (): number => visits.size,
    lastAt: (): Date | undefined => lastAt,
    settled: async (): Promise<void> => {
      while (messages.size + visits.size > 0) await Promise.allSettled([...messages, ...visits]);
    },
    stateOf: (who: string): State | undefined => states.get(who),
    /** Runs work on a conversation, which waits until the work says that it starts. */
    hold: async <T>(who: string, work: (start: () => void) => Promise<T>): Promise<T> => {
      states.set(who, 'waits');
      try {
        return await work(() => states.set(who, 'worked on'));
      } finally {
        states.delete(who);
      }
    },
    /** Counts a visit until it is over. */
    take: async (visit: Promise<Outcome>, then: () => void): Promise<Outcome> => {
      visits.add(visit);
      try {
        const outcome = await visit;
        tally[outcome] += 1;
        return outcome;
      } finally {
        lastAt = new Date();
        visits.delete(visit);
        then();
      }
    },
    /** Keeps a message in mind until it is settled, or cannot be. */
    settle: (message: Promise<void>, failed: (error: unknown) => void): void => {
      const over = message.catch(failed).finally(() => messages.delete(over));
      messages.add(over);
    },
  };
}
