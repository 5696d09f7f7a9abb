import { NetworkFailed, reasonOf, ServiceRefused } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Documents } from '../storage/tables.ts';
import {
  claimConversation,
  ClaimLost,
  type Claim,
  type ClaimSettings,
  type ConversationRecord,
  type Setbacks,
} from './conversations.ts';
import { backOffMs } from './pace.ts';
import { NotYet, type Paced } from './posting.ts';

/** A conversation to be brought in line: nobody else works on it meanwhile. */
export type Conversation = { who: string; paced: Paced };

/**
 * How work on a conversation ended. What is left for later is worked on again without being asked for:
 * after so many milliseconds, or else after a rest that grows each time.
 */
export type Worked = { kind: 'done' } | { kind: 'later'; afterMs?: number | undefined };

/** What is done with one conversation, by what was seen when the batch began. */
export type Handle = (conversation: Conversation) => Promise<Worked>;

/** What is done with conversations. */
export type Handler = {
  /**
   * Called once for each batch, after the batch was received: where a fresh look is made. What it throws
   * puts the whole batch off, and counts against no conversation. What the function that it gives throws
   * is tried again after a rest: NetworkFailed and ServiceRefused for as long as it takes; the rest is
   * given up after some failures.
   */
  begin(): Promise<Handle>;
  /** Work on a conversation failed too often: its message goes to the poison queue. */
  givenUp(who: string, error: unknown): Promise<void>;
};

/** A conversation that a message on the queue names. */
export type Visited = {
  who: string;
  /** Whether it comes back by itself, rather than because somebody says that work waits. */
  isBack: boolean;
};

/** What became of a visit to a conversation; `putOff`: it was not begun, and its message comes back. */
export type Outcome = 'done' | 'later' | 'putOff' | 'failed' | 'givenUp';

export type Visiting = {
  conversations: Documents<ConversationRecord>;
  me: string;
  pacedFor: (claim: Claim) => Paced;
  givenUp: (who: string, error: unknown) => Promise<void>;
  /** Puts a conversation on the queue, to be visited again after so long. */
  again: (visited: Visited, afterMs: number) => Promise<void>;
  /** Puts it into the poison queue. */
  setAside: (visited: Visited, reason: string) => Promise<void>;
  settings: ClaimSettings & {
    busyMs: number;
    mostFailures: number;
    backOff: { baseMs: number; capMs: number };
  };
  log: Logger;
};

/** Claims a conversation, has it worked on, lets it go, and sees to it that it comes back where it must. */
export async function visit(
  visiting: Visiting,
  visited: Visited,
  handle: Handle,
): Promise<Outcome> {
  const { conversations, me, settings } = visiting;
  const asked = await claimConversation(conversations, visited.who, me, settings);
  switch (asked.kind) {
    case 'busy':
      // The other may have listed what waits before this message announced more.
      return later(visiting, visited, Math.min(asked.forMs, settings.busyMs));
    case 'resting':
      // Its rest began with a message of its own: this is that one, a moment early, or another.
      return visited.isBack && asked.forMs <= settings.busyMs
        ? later(visiting, visited, asked.forMs)
        : 'done';
    case 'claimed':
      return work(visiting, visited, asked.claim, handle);
  }
}

async function later(visiting: Visiting, visited: Visited, afterMs: number): Promise<Outcome> {
  await visiting.again({ ...visited, isBack: true }, afterMs);
  return 'later';
}

async function work(
  visiting: Visiting,
  visited: Visited,
  claim: Claim,
  handle: Handle,
): Promise<Outcome> {
  try {
    const worked = await handle({ who: claim.who, paced: visiting.pacedFor(claim) });
    if (worked.kind === 'later') return await rest(visiting, visited, claim, worked.afterMs);
    await letGo(claim);
    return 'done';
  } catch (error) {
    if (error instanceof NotYet) return rest(visiting, visited, claim, error.afterMs);
    if (error instanceof ClaimLost) return later(visiting, visited, visiting.settings.busyMs);
    if (!isOfOthers(error)) return failed(visiting, visited, claim, error);
    visiting.log.warn({ err: error, conversation: claim.who }, 'a conversation was put off');
    return rest(visiting, visited, claim, retryAfterOf(error));
  }
}

/** Storage or the lists are away: no fault of the conversation, nor of what was to be done with it. */
const isOfOthers = (error: unknown): error is NetworkFailed | ServiceRefused =>
  error instanceof NetworkFailed || error instanceof ServiceRefused;

const retryAfterOf = (error: NetworkFailed | ServiceRefused): number | undefined =>
  error instanceof ServiceRefused ? error.retryAfterMs : undefined;

/** For so long, or else for longer each time. */
async function rest(
  visiting: Visiting,
  visited: Visited,
  claim: Claim,
  afterMs?: number,
): Promise<Outcome> {
  if (afterMs !== undefined) return restFor(visiting, visited, claim, afterMs, claim.setbacks);
  const setbacks = { ...claim.setbacks, others: claim.setbacks.others + 1 };
  const growingMs = backOffMs(setbacks.others, visiting.settings.backOff);
  return restFor(visiting, visited, claim, growingMs, setbacks);
}

/** The message first: should the process end between, the conversation comes back all the same. */
async function restFor(
  visiting: Visiting,
  visited: Visited,
  claim: Claim,
  afterMs: number,
  setbacks: Setbacks,
): Promise<Outcome> {
  await later(visiting, visited, afterMs);
  await letGo(claim, { notBefore: Date.now() + afterMs, setbacks });
  return 'later';
}

/** Where another process has it by now, there is nothing to let go. */
async function letGo(claim: Claim, ...rest: Parameters<Claim['release']>): Promise<void> {
  try {
    await claim.release(...rest);
  } catch (error) {
    if (!(error instanceof ClaimLost)) throw error;
  }
}

async function failed(
  visiting: Visiting,
  visited: Visited,
  claim: Claim,
  error: unknown,
): Promise<Outcome> {
  const { settings, givenUp, setAside, log } = visiting;
  const { who } = visited;
  const setbacks = { ...claim.setbacks, ours: claim.setbacks.ours + 1 };
  log.error({ err: error, conversation: who, failures: setbacks.ours }, 'work on it failed');
  if (setbacks.ours < settings.mostFailures) {
    const afterMs = backOffMs(setbacks.ours, settings.backOff);
    await restFor(visiting, visited, claim, afterMs, setbacks);
    return 'failed';
  }
  await givenUp(who, error);
  await setAside(visited, reasonOf(error));
  await letGo(claim);
  return 'givenUp';
}
