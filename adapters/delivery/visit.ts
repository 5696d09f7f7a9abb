import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Documents } from '../storage/tables.ts';
import {
  claimConversation,
  ClaimLost,
  type Claim,
  type ClaimSettings,
  type ConversationRecord,
} from './conversations.ts';
import { backOffMs } from './pace.ts';
import { NotYet, type Paced } from './posting.ts';

/** A conversation to be brought in line: nobody else works on it meanwhile. */
export type Conversation = { who: string; paced: Paced };

/** How work on a conversation ended. What is left for later is worked on again without being asked for. */
export type Worked = { kind: 'done' } | { kind: 'later'; afterMs: number };

/** What is done with one conversation, by what was seen when the batch began. */
export type Handle = (conversation: Conversation) => Promise<Worked>;

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

/** A conversation that a message on the queue names. */
export type Visited = {
  who: string;
  /** How often work on it ended in a failure of ours. */
  failures: number;
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
      // It comes back after its rest by another message than this nudge.
      return visited.isBack ? later(visiting, visited, asked.forMs) : 'done';
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
    await claim.release();
    return 'done';
  } catch (error) {
    if (error instanceof NotYet) return rest(visiting, visited, claim, error.afterMs);
    if (error instanceof ClaimLost) return later(visiting, visited, visiting.settings.busyMs);
    return failed(visiting, visited, claim, error);
  }
}

/** The message first: should the process end between, the conversation comes back all the same. */
async function rest(
  visiting: Visiting,
  visited: Visited,
  claim: Claim,
  afterMs: number,
): Promise<Outcome> {
  await later(visiting, visited, afterMs);
  await claim.release(Date.now() + afterMs);
  return 'later';
}

async function failed(
  visiting: Visiting,
  visited: Visited,
  claim: Claim,
  error: unknown,
): Promise<Outcome> {
  const { settings, givenUp, setAside, log } = visiting;
  const { who } = visited;
  const failures = visited.failures + 1;
  log.error({ err: error, conversation: who, failures }, 'work on a conversation failed');
  if (failures < settings.mostFailures) {
    const afterMs = backOffMs(failures, settings.backOff);
    await rest(visiting, { ...visited, failures }, claim, afterMs);
    return 'failed';
  }
  await setAside({ ...visited, failures }, reasonOf(error));
  await claim.release();
  await givenUp(who, error);
  return 'givenUp';
}
