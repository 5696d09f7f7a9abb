import type { Paced } from './posting.ts';

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
