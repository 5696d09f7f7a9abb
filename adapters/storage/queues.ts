import type { TokenCredential } from '@azure/identity';
import type { QueueClient } from '@azure/storage-queue';
import type { Configuration } from '../config.ts';
import { ServiceRefused } from '../errors.ts';
import { openQueueService } from './account.ts';
import { toldByQueues as told } from './told.ts';

/** The queue of conversations that have something to be done. */
export const CONVERSATIONS_QUEUE = 'stls-conversations';

/** What Azure says of a receipt that ran out: the message is gone, or somebody else has it now. */
const NOT_OURS_ANY_MORE = new Set(['MessageNotFound', 'PopReceiptMismatch']);

/** A message of which nobody else hears until its time out of sight is over. */
export type Received = {
  text: string;
  /** Removes it. Where somebody else has it by now, nothing happens. */
  done(): Promise<void>;
  /** Keeps it out of sight for so many milliseconds from now (whole seconds, rounded up), unless somebody else has it. */
  hide(forMs: number): Promise<void>;
};

/**
 * A queue of texts, each handed out until somebody says that it is done: at least once, in no firm
 * order. Throws ServiceRefused and NetworkFailed.
 */
export type WorkQueue = {
  /** To be received after so many milliseconds (whole seconds, rounded up), or at once. */
  send(text: string, afterMs?: number): Promise<void>;
  /** Puts into the poison queue what cannot be worked on, as `{"text", "reason", "at"}`. */
  setAside(text: string, reason: string): Promise<void>;
  /** At most 32, out of sight for everybody else for so many milliseconds. */
  receive(most: number, hideMs: number): Promise<Received[]>;
  /** Whether something can be received just now; receives nothing. */
  hasVisible(): Promise<boolean>;
};

/**
 * The queue of this name in a storage account, made when missing, and its `-poison` queue, made when
 * the first message is set aside.
 * Texts travel as Base64 of UTF-8, as Azure's own tools and Functions expect.
 */
export function openQueue(
  storage: Configuration['storage'],
  name: string,
  credential?: TokenCredential,
): WorkQueue {
  const service = openQueueService(storage, credential);
  const queue = service.getQueueClient(name);
  const poison = service.getQueueClient(poisonOf(name));
  const ready = madeOnce(queue);
  const poisonReady = madeOnce(poison);
  return {
    send: async (text, afterMs = 0) => {
      await ready();
      const hidden = afterMs > 0 ? { visibilityTimeout: seconds(afterMs) } : {};
      await told('sending', () => queue.sendMessage(encode(text), hidden));
    },
    setAside: async (text, reason) => {
      await ready();
      await poisonReady();
      const note = JSON.stringify({ text, reason, at: new Date().toISOString() });
      await told('setting aside', () => poison.sendMessage(encode(note)));
    },
    receive: async (most, hideMs) => {
      await ready();
      const answer = await told('receiving', () =>
        queue.receiveMessages({ numberOfMessages: most, visibilityTimeout: seconds(hideMs) }),
      );
      return answer.receivedMessageItems.map((item) => receivedFrom(queue, item));
    },
    hasVisible: async () => {
      await ready();
      const answer = await told('peeking', () => queue.peekMessages({ numberOfMessages: 1 }));
      return answer.peekedMessageItems.length > 0;
    },
  };
}

/** Where messages of a queue are set aside that nobody can do anything with. */
export const poisonOf = (queue: string): string => `${queue}-poison`;

/** Makes a queue if it is missing, the first time it is asked to. */
function madeOnce(queue: QueueClient): () => Promise<void> {
  let made: Promise<unknown> | undefined;
  return async () => {
    made ??= told('making a queue', () => queue.createIfNotExists());
    await made.catch((error: unknown) => {
      made = undefined;
      throw error;
    });
  };
}

type Item = { messageId: string; popReceipt: string; messageText: string };

function receivedFrom(queue: QueueClient, item: Item): Received {
  const { messageId } = item;
  const text = decode(item.messageText);
  let receipt = item.popReceipt;
  return {
    text,
    done: async () => {
      await ifOurs('removing', () => queue.deleteMessage(messageId, receipt));
    },
    hide: async (forMs) => {
      const update = () =>
        queue.updateMessage(messageId, receipt, item.messageText, seconds(forMs));
      const answer = await ifOurs('hiding', update);
      receipt = answer?.popReceipt ?? receipt;
    },
  };
}

/** Undefined where the message is not ours any more. */
async function ifOurs<T>(doing: string, request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await told(doing, request);
  } catch (error) {
    if (error instanceof ServiceRefused && NOT_OURS_ANY_MORE.has(error.code)) return undefined;
    throw error;
  }
}

/** Azure hides messages for whole seconds: 1 second to 7 days. */
const seconds = (ms: number): number => Math.min(604_800, Math.max(1, Math.ceil(ms / 1000)));

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
