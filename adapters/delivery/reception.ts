import pLimit from 'p-limit';
import type { Logger } from '../logger.ts';
import type { Received, WorkQueue } from '../storage/queues.ts';
import type { Hand } from './hand.ts';
import type { Lanes } from './lanes.ts';
import { readNote } from './notes.ts';
import type { DispatcherSettings } from './settings.ts';
import type { Trouble } from './trouble.ts';
import {
  visit,
  type Handle,
  type Handler,
  type Outcome,
  type Visited,
  type Visiting,
} from './visit.ts';

/** Messages received at once. */
const AT_ONCE = 4;

type Receiving = {
  queue: WorkQueue;
  handler: Handler;
  lanes: Lanes;
  visiting: Visiting;
  hand: Hand;
  looking: Trouble;
  isStopping: () => boolean;
  /** Called whenever a visit is over. */
  stir: () => void;
  settings: DispatcherSettings;
  log: Logger;
};

/** Conversations that were received together, and the look that was made for them; none: it failed. */
type Batch = { look: Promise<Handle | undefined> };

/** Receives a batch and sets out on its visits, whose end it does not await. */
export type Reception = () => Promise<'some' | 'nothing' | 'no lane'>;

/** Messages are received only by a process that has a lane to send what they lead to. */
export function createReception(receiving: Receiving): Reception {
  const { queue, lanes, hand, log, settings } = receiving;
  const attend = createAttendance(receiving);
  const accept = async (
    message: Received,
    visits: readonly Visited[],
    batch: Batch,
  ): Promise<void> => {
    const outcomes = visits.map((visited) => hand.take(attend(visited, batch), receiving.stir));
    if ((await Promise.all(outcomes)).includes('putOff')) await putOff(receiving, message);
    else await message.done();
  };
  const setAside = async (message: Received): Promise<void> => {
    await queue.setAside(message.text, 'not a message of this service');
    await message.done();
  };
  return async () => {
    if (lanes.count() === 0) {
      if (!(await queue.hasVisible())) return 'nothing';
      await lanes.share(true);
      if (lanes.count() === 0) return 'no lane';
    }
    const messages = await batchFrom(queue, settings);
    if (messages.length === 0) return 'nothing';
    const batch: Batch = { look: begin(receiving) };
    for (const message of messages) {
      const visits = readNote(message.text);
      hand.settle(visits ? accept(message, visits, batch) : setAside(message), (error) => {
        // It comes back when its time out of sight is over.
        log.warn({ err: error, message: message.text }, 'a message could not be settled');
      });
    }
    return 'some';
  };
}

/** As many messages as name enough conversations. */
async function batchFrom(
  queue: WorkQueue,
  { batch, hideMs }: DispatcherSettings,
): Promise<Received[]> {
  const messages: Received[] = [];
  let conversations = 0;
  for (;;) {
    const some = await queue.receive(AT_ONCE, hideMs);
    messages.push(...some);
    for (const { text } of some) conversations += readNote(text)?.length ?? 0;
    if (some.length < AT_ONCE || conversations >= batch) return messages;
  }
}

/** A fresh look; undefined where it could not be made. */
async function begin({ handler, looking }: Receiving): Promise<Handle | undefined> {
  try {
    const handle = await handler.begin();
    looking.isOver();
    return handle;
  } catch (error) {
    looking.had('no fresh look could be made for a batch', error);
    return undefined;
  }
}

/** The whole message comes back: what of it was visited already is found in line then. */
const putOff = (receiving: Receiving, message: Received): Promise<void> =>
  message.hide(receiving.isStopping() ? 0 : receiving.looking.restMs());

/** One visit to each conversation at a time, and only so many to conversations at once. */
function createAttendance({ visiting, hand, isStopping, settings }: Receiving) {
  const ahead = pLimit(settings.ahead);
  return async (visited: Visited, batch: Batch): Promise<Outcome> => {
    const other = hand.batchOf(visited.who);
    // What it announces was there when its batch was received, so the other visit of the batch finds it.
    if (other === batch) return 'done';
    if (other) {
      await visiting.again({ ...visited, isBack: true }, settings.busyMs);
      return 'later';
    }
    return hand.hold(visited.who, batch, () =>
      ahead(async () => {
        const handle = await batch.look;
        return handle && !isStopping() ? visit(visiting, visited, handle) : 'putOff';
      }),
    );
  };
}
