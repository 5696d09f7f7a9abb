import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Attempted } from '../../bot/chase/delivery.ts';
import type { Logger } from '../logger.ts';
import type { Claim } from './conversations.ts';
import type { Lanes } from './lanes.ts';
import { CONVERSATION_LIMITS, earliest } from './pace.ts';

/** What belongs to a request to Teams and to nothing else. */
type Around = {
  /** Done before the request, when its turn has come: what it throws keeps the request from being made. */
  before?: () => Promise<void>;
  /** Notes its answer, before this process makes another request. */
  after?: (attempted: Attempted) => Promise<void>;
};

/**
 * Makes one request to a conversation when Teams' limits have room for it. Throws NotYet where that
 * takes long, and ClaimLost where another process has the conversation by now: a handler lets both pass.
 */
export type Paced = (request: () => Promise<Attempted>, around?: Around) => Promise<Attempted>;

/** An answer that may be another the next time. */
export type ForNow = Extract<Attempted, { kind: 'failed' | 'not signed' }>;
export const isForNow = (attempted: Attempted): attempted is ForNow =>
  attempted.kind === 'failed' || attempted.kind === 'not signed';

/** There is no room for the request soon: the conversation is worked on again later. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly afterMs: number;
  constructor(why: string, afterMs: number) {
    super(`${why}: again in ${afterMs} ms`);
    this.afterMs = afterMs;
  }
}

type PostingSettings = {
  /** The longest wait for a conversation's own limits with the conversation in hand, in milliseconds. */
  longestWaitMs: number;
  /** The longest wait for room in a lane, in milliseconds. */
  patienceMs: number;
};

/**
 * One request at a time for this process, each noted before the next: a process that is killed leaves at
 * most one message of which nobody knows whether it arrived. What comes before a request is done while
 * the one before it is still under way, for one request ahead and no more.
 */
export function createPosting(
  lanes: Lanes,
  { longestWaitMs, patienceMs }: PostingSettings,
  { isStopping, log }: { isStopping: () => boolean; log: Logger },
): (claim: Claim) => Paced {
  const nextInLine = createPlace();
  const turn = pLimit(1);
  const goesOn = (): void => {
    if (isStopping()) throw new NotYet('this process is stopping', 1000);
  };
  const roomIn = async (claim: Claim): Promise<void> => {
    for (;;) {
      const waitMs = earliest(claim.sends(), CONVERSATION_LIMITS) - Date.now();
      if (waitMs <= 0) return;
      if (waitMs > longestWaitMs) throw new NotYet('the conversation is full', waitMs);
      await delay(waitMs);
    }
  };
  return (claim) =>
    async (request, { before, after } = {}) => {
      await roomIn(claim);
      const goAhead = await nextInLine();
      try {
        goesOn();
        await claim.keep(patienceMs);
        await before?.();
      } catch (error) {
        goAhead();
        throw error;
      }
      return turn(async () => {
        goAhead();
        const posted = await lanes.run(() => counted(claim, request), patienceMs);
        if (!posted) throw new NotYet('no lane has room', 1000);
        say(log, claim.who, posted.result);
        await after?.(posted.result);
        return posted.result;
      });
    };
}

/** How loudly each answer is told. */
const LEVELS = {
  posted: undefined,
  'no bot installed': undefined,
  failed: 'warn',
  blocked: 'info',
  gone: 'info',
  refused: 'error',
  'not signed': 'error',
} as const satisfies Record<Attempted['kind'], 'info' | 'warn' | 'error' | undefined>;

function say(log: Logger, conversation: string, attempted: Attempted): void {
  const level = LEVELS[attempted.kind];
  if (level) log[level]({ conversation, attempted }, 'Teams did not take a card');
}

/** A place that one at a time has, in the order of asking, until it calls what it is given. */
function createPlace(): () => Promise<() => void> {
  let last = Promise.resolve();
  return async () => {
    const mine = Promise.withResolvers<void>();
    const before = last;
    last = mine.promise;
    await before;
    return mine.resolve;
  };
}

async function counted(claim: Claim, request: () => Promise<Attempted>): Promise<Attempted> {
  if (!claim.lasts()) throw new NotYet('the claim ends too soon', 1000);
  try {
    return await request();
  } finally {
    claim.sent();
  }
}
