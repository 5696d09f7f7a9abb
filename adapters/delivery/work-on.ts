import { NetworkFailed, reasonOf, ServiceRefused } from '../errors.ts';
import { claimConversation, ClaimLost, type Claim, type Setbacks } from './conversations.ts';
import type { Delivering } from './delivering.ts';
import type { Handle } from './handler.ts';
import type { Outcome } from './in-hand.ts';
import { noteOf, type Named } from './notes.ts';
import { backOffMs } from './pace.ts';
import { NotYet } from './posting.ts';

/** Claims a conversation, has it worked on, lets it go, and sees to it that it comes back where it must. */
export async function workOn(
  delivering: Delivering,
  { who, isBack }: Named,
  handle: Handle,
): Promise<Outcome> {
  const { conversations, me, settings } = delivering;
  const asked = await claimConversation(conversations, who, me, settings);
  switch (asked.kind) {
    case 'busy':
      // The other may have listed what waits before this message announced more.
      return comesBack(delivering, who, Math.min(asked.forMs, settings.busyMs));
    case 'resting':
      // Its rest began with a message of its own: this is that one, a moment early, or another.
      return isBack && asked.forMs <= settings.busyMs
        ? comesBack(delivering, who, asked.forMs)
        : 'done';
    case 'claimed':
      return work(delivering, asked.claim, handle);
  }
}

/** Puts a conversation on the queue, to be received again after so long. */
export async function comesBack(
  { queue, inHand, settings }: Delivering,
  who: string,
  afterMs: number,
): Promise<Outcome> {
  await queue.send(noteOf({ who, isBack: true }), afterMs);
  // Messages are hidden for whole seconds.
  if (afterMs <= settings.drainMs) inHand.expect(afterMs + 1000);
  return 'later';
}

async function work(delivering: Delivering, claim: Claim, handle: Handle): Promise<Outcome> {
  try {
    const worked = await handle({ who: claim.who, paced: delivering.pacedFor(claim) });
    if (worked.kind === 'later') return await rest(delivering, claim, worked.afterMs);
    await letGo(claim);
    return 'done';
  } catch (error) {
    if (error instanceof NotYet) return rest(delivering, claim, error.afterMs);
    if (error instanceof ClaimLost) {
      return comesBack(delivering, claim.who, delivering.settings.busyMs);
    }
    if (!isOfOthers(error)) return failed(delivering, claim, error);
    delivering.log.warn({ err: error, conversation: claim.who }, 'a conversation was put off');
    return rest(delivering, claim, retryAfterOf(error));
  }
}

/** Storage or the lists are away: no fault of the conversation, nor of what was to be done with it. */
const isOfOthers = (error: unknown): error is NetworkFailed | ServiceRefused =>
  error instanceof NetworkFailed || error instanceof ServiceRefused;

const retryAfterOf = (error: NetworkFailed | ServiceRefused): number | undefined =>
  error instanceof ServiceRefused ? error.retryAfterMs : undefined;

/** For so long, or else for longer each time. */
async function rest(delivering: Delivering, claim: Claim, afterMs?: number): Promise<Outcome> {
  if (afterMs !== undefined) return restFor(delivering, claim, afterMs, claim.setbacks);
  const setbacks = { ...claim.setbacks, others: claim.setbacks.others + 1 };
  const growingMs = backOffMs(setbacks.others, delivering.settings.backOff);
  return restFor(delivering, claim, growingMs, setbacks);
}

/** The message first: should the process end between, the conversation comes back all the same. */
async function restFor(
  delivering: Delivering,
  claim: Claim,
  afterMs: number,
  setbacks: Setbacks,
): Promise<Outcome> {
  await comesBack(delivering, claim.who, afterMs);
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

async function failed(delivering: Delivering, claim: Claim, error: unknown): Promise<Outcome> {
  const { settings, handler, queue, log } = delivering;
  const { who } = claim;
  const setbacks = { ...claim.setbacks, ours: claim.setbacks.ours + 1 };
  log.error(
    { err: error, conversation: who, failures: setbacks.ours },
    'work on a conversation failed',
  );
  if (setbacks.ours < settings.mostFailures) {
    const afterMs = backOffMs(setbacks.ours, settings.backOff);
    await restFor(delivering, claim, afterMs, setbacks);
    return 'failed';
  }
  await handler.givenUp(who, error);
  await queue.setAside(noteOf({ who, isBack: true }), reasonOf(error));
  await letGo(claim);
  return 'givenUp';
}
