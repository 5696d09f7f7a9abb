import type { TokenCredential } from '@azure/identity';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import type { Configuration } from '../config.ts';
import { ServiceRefused } from '../errors.ts';
import { required, toldBy } from './tables.ts';

/** The queue of conversations that have something to be done. */
export const CONVERSATIONS_QUEUE = 'stls-conversations';

const told = toldBy('Azure Queue Storage');
/** A request that is lost is soon made again by whoever wanted it: short, and twice at most. */
const retryOptions = { maxTries: 2, retryDelayInMs: 200, tryTimeoutInMs: 10_000 };
/** What Azure says of a receipt that ran out: the message is gone, or somebody else has it now. */
const NOT_OURS_ANY_MORE = new Set(['MessageNotFound', 'PopReceiptMismatch']);

/** A message of which nobody else hears until its time out of sight is over. */
export type Received = {
  text: string;
  /** How often it has been handed out, this time included. */
  received: number;
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
  /** About how many messages there are, those out of sight included. */
  length(): Promise<number>;
  /** What lies in the poison queue, at most 32, without taking it away. */
  poison(): Promise<string[]>;
  /** Throws when the queue cannot be reached. Makes nothing. */
  ping(): Promise<void>;
};

/**
 * The queue of this name and its `-poison` queue in a storage account; both are made when missing.
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
  let made: Promise<unknown> | undefined;
  const ready = async (): Promise<void> => {
    made ??= told('making the queues', () =>
      Promise.all([queue, poison].map((client) => client.createIfNotExists())),
    );
    await made.catch((error: unknown) => {
      made = undefined;
      throw error;
    });
  };
  return {
    send: async (text, afterMs = 0) => {
      await ready();
      const hidden = afterMs > 0 ? { visibilityTimeout: seconds(afterMs) } : {};
      await told('sending', () => queue.sendMessage(encode(text), hidden));
    },
    setAside: async (text, reason) => {
      await ready();
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
    length: async () => {
      await ready();
      const { approximateMessagesCount } = await told('counting', () => queue.getProperties());
      return approximateMessagesCount ?? 0;
    },
    poison: async () => {
      await ready();
      const answer = await told('peeking', () => poison.peekMessages({ numberOfMessages: 32 }));
      return answer.peekedMessageItems.map((item) => decode(item.messageText));
    },
    ping: async () => {
      // Not yet made is reached as well.
      await told('reading the properties of the queue', () => queue.getProperties(), 404);
    },
  };
}

/** Where messages of a queue are set aside that nobody can do anything with. */
export const poisonOf = (queue: string): string => `${queue}-poison`;

/** Tables and queues of an account differ in one word of their address. */
export function openQueueService(storage: Configuration['storage'], credential?: TokenCredential) {
  if ('connectionString' in storage) {
    return QueueServiceClient.fromConnectionString(storage.connectionString, { retryOptions });
  }
  const url = storage.accountUrl.replace('.table.', '.queue.');
  return new QueueServiceClient(url, required(credential), { retryOptions });
}

type Item = { messageId: string; popReceipt: string; messageText: string; dequeueCount: number };

function receivedFrom(queue: QueueClient, item: Item): Received {
  const { messageId, dequeueCount } = item;
  const text = decode(item.messageText);
  let receipt = item.popReceipt;
  return {
    text,
    received: dequeueCount,
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
