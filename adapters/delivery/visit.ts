import { z } from 'zod';
import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Received } from '../storage/queues.ts';
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

/** What a message on the queue says. */
const note = z.object({
  who: z.string(),
  /** How often work on it ended in a failure of ours. */
  failures: z.number().default(0),
});
export type Note = z.infer<typeof note>;

export const written = (note: Note): string => JSON.stringify(note);

/** What a message says; undefined where it was not written by this service. */
export function readNote(text: string): Note | undefined {
  try {
    return note.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What became of a message. */
export type Outcome = 'done' | 'later' | 'failed' | 'givenUp';

export type Visiting = {
  conversations: Documents<ConversationRecord>;
  me: string;
  pacedFor: (claim: Claim) => Paced;
  givenUp: (who: string, error: unknown) => Promise<void>;
  /** Told of each conversation that comes back after so long. */
  putOff: (forMs: number) => void;
  settings: ClaimSettings & {
    busyMs: number;
    mostFailures: number;
    backOff: { baseMs: number; capMs: number };
  };
  log: Logger;
};

/** Claims the conversation that a message names, has it worked on, lets it go, and settles the message. */
export async function visit(
  visiting: Visiting,
  message: Received,
  note: Note,
  handle: Handle,
): Promise<Outcome> {
  const { conversations, me, settings } = visiting;
  const asked = await claimConversation(conversations, note.who, me, settings);
  switch (asked.kind) {
    case 'busy':
      // Not done: the other may have listed what waits before this message announced more.
      return later(visiting, message, Math.min(asked.forMs, settings.busyMs));
    case 'resting':
      return isFresh(message, note) ? done(message) : later(visiting, message, asked.forMs);
    case 'claimed':
      return work(visiting, message, note, asked.claim, handle);
  }
}

/** A nudge: the message by which the conversation comes back after its rest is another one. */
const isFresh = ({ received }: Received, { failures }: Note): boolean =>
  received === 1 && failures === 0;

async function done(message: Received): Promise<Outcome> {
  await message.done();
  return 'done';
}

async function later({ putOff }: Visiting, message: Received, afterMs: number): Promise<Outcome> {
  await message.hide(afterMs);
  putOff(afterMs);
  return 'later';
}

async function work(
  visiting: Visiting,
  message: Received,
  note: Note,
  claim: Claim,
  handle: Handle,
): Promise<Outcome> {
  try {
    const worked = await handle({ who: claim.who, paced: visiting.pacedFor(claim) });
    return await settle(visiting, message, claim, worked);
  } catch (error) {
    if (error instanceof NotYet) {
      return settle(visiting, message, claim, { kind: 'later', afterMs: error.afterMs });
    }
    if (error instanceof ClaimLost) return later(visiting, message, visiting.settings.busyMs);
    return failed(visiting, message, note, claim, error);
  }
}

/** The conversation first: a message that outlives its conversation's work does no harm. */
async function settle(
  visiting: Visiting,
  message: Received,
  claim: Claim,
  worked: Worked,
): Promise<Outcome> {
  if (worked.kind === 'done') {
    await claim.release();
    return done(message);
  }
  await claim.release(Date.now() + worked.afterMs);
  return later(visiting, message, worked.afterMs);
}

async function failed(
  { settings, givenUp, log }: Visiting,
  message: Received,
  note: Note,
  claim: Claim,
  error: unknown,
): Promise<Outcome> {
  const { who } = note;
  const failures = note.failures + 1;
  log.error({ err: error, conversation: who, failures }, 'work on a conversation failed');
  if (failures >= settings.mostFailures) {
    await claim.release();
    await message.setAside(reasonOf(error));
    await givenUp(who, error);
    return 'givenUp';
  }
  const afterMs = backOffMs(failures, settings.backOff);
  await claim.release(Date.now() + afterMs);
  await message.hide(afterMs, written({ who, failures }));
  return 'failed';
}
