import {
  afterAttempt,
  compareDeliveries,
  deliveryOf,
  givesWay,
  type Delivery,
} from '../../bot/chase/delivery.ts';
import { lookAt, type Look } from '../../bot/look.ts';
import { UnexpectedAnswer } from '../errors.ts';
import { CHANNEL } from '../storage/memory.ts';
import type { Service } from './service.ts';
import type { Message } from '../../bot/chase/message.ts';

type Kept = Pick<Service, 'memory'>;

/** In whose conversation a message is: an Entra object id, or the channel, for the summary and nothing else. */
export const conversationOf = ({ kind, person }: Pick<Delivery, 'kind' | 'person'>): string =>
  kind === 'summary' ? CHANNEL : person;

/**
 * Puts decided messages into the outbox, each once however often it is decided. One that was withdrawn
 * earlier in the day waits again; who has no bot installed is known at once.
 */
export async function enqueue(
  { memory, log }: Pick<Service, 'memory' | 'log'>,
  messages: readonly Message[],
  at: Date,
): Promise<void> {
  if (messages.length === 0) return;
  const installed = new Set((await memory.references.all()).map(({ key }) => key));
  for (const message of messages) {
    const decided = deliveryOf(message, at);
    const delivery = installed.has(conversationOf(decided))
      ? decided
      : afterAttempt(decided, { kind: 'no bot installed' }, { at });
    const isNew = await memory.outbox.add(delivery.id, delivery);
    if (!isNew) await takePlace({ memory, log }, delivery);
  }
}

async function takePlace(
  { memory, log }: Pick<Service, 'memory' | 'log'>,
  delivery: Delivery,
): Promise<void> {
  try {
    await memory.outbox.change(delivery.id, (kept) => (givesWay(kept) ? delivery : undefined));
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    // What is there cannot be read. It keeps nobody else from being written to.
    log.error({ err: error, delivery: delivery.id }, 'a message cannot be kept in its place');
  }
}

export const allRows = async ({ memory }: Kept): Promise<Delivery[]> =>
  (await memory.outbox.all()).map(({ value }) => value).sort(compareDeliveries);

/** The same look with the outbox as it is now: what was decided and delivered since is in it. */
export const withOutbox = async (kept: Kept, { reading, remembered, at }: Look): Promise<Look> =>
  lookAt(reading, { ...remembered, deliveries: await allRows(kept) }, at);

/** The messages of one conversation, oldest first. */
export const rowsOf = async ({ memory }: Kept, conversation: string): Promise<Delivery[]> =>
  (await memory.outbox.in(conversation)).map(({ value }) => value).sort(compareDeliveries);

/** How often somebody else may come in between: each time something else of the row was changed. */
const MOST_ROUNDS = 10;

/** Changes a message as it is kept now, whoever else changes it meanwhile. False where it is gone. */
export async function changeRow(
  { memory }: Kept,
  id: string,
  to: (delivery: Delivery) => Delivery,
): Promise<boolean> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    if (await memory.outbox.change(id, to)) return true;
    if ((await memory.outbox.get(id)) === undefined) return false;
  }
  throw new Error(`The message ${id} was changed by others ${MOST_ROUNDS} times in a row.`);
}

/** The cards that speak of the present: the latest of each kind, and of alerts the one of today. */
export function currentCards(
  rows: readonly Delivery[],
  isToday: (at: Date) => boolean,
): Delivery[] {
  const speaking = rows.filter(
    ({ kind, status, activityId, decidedAt }) =>
      status === 'sent' &&
      activityId !== undefined &&
      (kind === 'chase' || kind === 'manager' || (kind === 'alert' && isToday(decidedAt))),
  );
  const groups = Map.groupBy(speaking, (row) => `${row.kind}|${row.person}`);
  return [...groups.values()].flatMap((group) => [...group].sort(compareDeliveries).slice(-1));
}
