import type { Received } from '../storage/queues.ts';
import type { Delivering } from './delivering.ts';
import type { Handle } from './handler.ts';
import type { Outcome } from './in-hand.ts';
import { readNote, type Named } from './notes.ts';
import { comesBack, workOn } from './work-on.ts';

/** Messages received at once. */
const AT_ONCE = 4;

/** Conversations that were received together, and the look that was made for them; none: it failed. */
type Batch = { look: Promise<Handle | undefined> };

/**
 * Receives a batch of conversations and sets out on the work, whose end it does not await. Only a process
 * that has a lane, to send what they lead to, receives any.
 */
export async function receive(delivering: Delivering): Promise<'some' | 'nothing' | 'no lane'> {
  const { queue, lanes, inHand, log } = delivering;
  if (lanes.count() === 0) {
    if (!(await queue.hasVisible())) return 'nothing';
    await lanes.share(true);
    if (lanes.count() === 0) return 'no lane';
  }
  const messages = await batchOf(delivering);
  if (messages.length === 0) return 'nothing';
  const batch: Batch = { look: lookAfresh(delivering) };
  for (const message of messages) {
    inHand.settle(settle(delivering, message, batch), (error) => {
      // It comes back when its time out of sight is over.
      log.warn({ err: error, message: message.text }, 'a message could not be settled');
    });
  }
  return 'some';
}

/** As many messages as name enough conversations. */
async function batchOf({ queue, settings }: Delivering): Promise<Received[]> {
  const messages: Received[] = [];
  let conversations = 0;
  for (;;) {
    const some = await queue.receive(AT_ONCE, settings.hideMs);
    messages.push(...some);
    for (const { text } of some) conversations += readNote(text)?.length ?? 0;
    if (some.length < AT_ONCE || conversations >= settings.batch) return messages;
  }
}

/** Undefined where no fresh look could be made. */
async function lookAfresh({ handler, looking }: Delivering): Promise<Handle | undefined> {
  try {
    const handle = await handler.begin();
    looking.isOver();
    return handle;
  } catch (error) {
    looking.had('no fresh look could be made for a batch', error);
    return undefined;
  }
}

async function settle(delivering: Delivering, message: Received, batch: Batch): Promise<void> {
  const named = readNote(message.text);
  if (!named) {
    await delivering.queue.setAside(message.text, 'not a message of this service');
    await message.done();
    return;
  }
  const outcomes = await Promise.all(named.map((one) => attend(delivering, one, batch)));
  // The whole message comes back: what of it was worked on already is found in line then.
  if (outcomes.includes('putOff')) await message.hide(restMs(delivering));
  else await message.done();
}

const restMs = ({ isStopping, looking }: Delivering): number =>
  isStopping() ? 0 : looking.restMs();

async function attend(delivering: Delivering, named: Named, batch: Batch): Promise<Outcome> {
  try {
    return await delivering.inHand.take(onceAtATime(delivering, named, batch));
  } finally {
    delivering.rest.interrupt();
  }
}

async function onceAtATime(delivering: Delivering, named: Named, batch: Batch): Promise<Outcome> {
  const { inHand, ahead, isStopping, settings } = delivering;
  const other = inHand.batchOf(named.who);
  // What it announces was there when its batch was received, so the other work of the batch finds it.
  if (other === batch) return 'done';
  if (other) return comesBack(delivering, named.who, settings.busyMs);
  return inHand.hold(named.who, batch, () =>
    ahead(async () => {
      const handle = await batch.look;
      return handle && !isStopping() ? workOn(delivering, named, handle) : 'putOff';
    }),
  );
}
