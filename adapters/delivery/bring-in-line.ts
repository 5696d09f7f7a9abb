import {
  afterAttempt,
  compareDeliveries,
  isWaiting,
  withdrawn,
  type Attempted,
  type Delivery,
} from '../../bot/chase/delivery.ts';
import type { Documents, Held } from '../storage/tables.ts';
import { backOffMs } from './pace.ts';
import { isForNow, NotYet, type ForNow, type Paced } from './posting.ts';
import type { Conversation, Worked } from './handler.ts';

/** What a waiting row comes to, by the look of this batch. */
export type Prepared<Card> =
  /** It is sent as this card; `row` is how it is kept from now on, `shown` the digest of the card. */
  | { kind: 'send'; row: Delivery; card: Card; shown: string }
  /** It cannot be sent, and no request is needed to know. */
  | { kind: 'settle'; attempted: Attempted }
  | { kind: 'withdraw'; because: string }
  /** Not now, and nothing is to be done about it. */
  | { kind: 'wait' };

export type BringingInLine<Card> = {
  /** Rows by their id, in partitions by conversation. */
  outbox: Documents<Delivery>;
  prepare(row: Delivery): Promise<Prepared<Card>>;
  /** Asked when the turn of a prepared row has come, which may be late: a row that waits is left as it is. */
  stillSends?(row: Delivery, card: Card): Promise<'yes' | 'wait'>;
  /** One request to Teams, without any retry. */
  post(row: Delivery, card: Card): Promise<Attempted>;
  /** After all that waits is sent: brings the present card up to date. `rows` are all of the conversation. */
  refresh(rows: readonly Delivery[], paced: Paced): Promise<Worked>;
  /** The service's time, by which rows wait, are sent and grow old. */
  now(): Date;
  settings?: Partial<typeof ATTEMPTS>;
};

/** How often a row is tried, and how long its conversation rests after an attempt that failed, in milliseconds. */
export const ATTEMPTS = { most: 20, baseMs: 2000, capMs: 600_000 };

/** How often a row that somebody else changes at the same moment is read again. */
const MOST_CONFLICTS = 8;

type Line<Card> = Omit<BringingInLine<Card>, 'settings'> & {
  attempts: typeof ATTEMPTS;
  /** The conversation's rows by key, as last read or written. */
  rows: Map<string, Delivery>;
};
type Next = { kind: 'on' } | Extract<Worked, { kind: 'later' }>;
const ON: Next = { kind: 'on' };

/**
 * Brings one conversation in line: sends what waits, in order, and then has the present card updated.
 * An attempt that Teams may take later stops the conversation, so that nothing overtakes it.
 */
export async function bringInLine<Card>(
  { settings, ...line }: BringingInLine<Card>,
  { who, paced }: Conversation,
): Promise<Worked> {
  const attempts = { ...ATTEMPTS, ...settings };
  const held = await line.outbox.in(who);
  const waiting = held
    .filter(({ value }) => isWaiting(value, line.now()))
    .sort((a, b) => compareDeliveries(a.value, b.value));
  const rows = new Map(held.map(({ key, value }) => [key, value]));
  for (const row of waiting) {
    const next = await see({ ...line, attempts, rows }, row, paced);
    if (next.kind === 'later') return next;
  }
  return line.refresh([...rows.values()], paced);
}

async function see<Card>(line: Line<Card>, held: Held<Delivery>, paced: Paced): Promise<Next> {
  const prepared = await line.prepare(held.value);
  switch (prepared.kind) {
    case 'wait':
      return ON;
    case 'withdraw':
      await keep(line, held, (row) => withdrawn(row, prepared.because, line.now()));
      return ON;
    case 'settle': {
      const { attempted } = prepared;
      await keep(line, held, (row) => afterAttempt(row, attempted, { at: line.now() }));
      return isForNow(attempted) ? rested(line, held.value, attempted) : ON;
    }
    case 'send':
      return send(line, held, prepared, paced);
  }
}

async function send<Card>(
  line: Line<Card>,
  held: Held<Delivery>,
  { row, card, shown }: Extract<Prepared<Card>, { kind: 'send' }>,
  paced: Paced,
): Promise<Next> {
  if (held.value.attempts >= line.attempts.most) {
    await keep(line, held, (now) => triedTooOften(now, line.now()));
    return ON;
  }
  let counted: Held<Delivery> | undefined;
  const before = async (): Promise<void> => {
    if ((await line.stillSends?.(row, card)) === 'wait') throw new Waits();
    counted = await line.outbox.replace(held, { ...row, attempts: held.value.attempts + 1 });
    if (!counted) throw new Overtaken();
  };
  const after = async (attempted: Attempted): Promise<void> => {
    if (counted) await record(line, counted, attempted, shown);
  };
  try {
    const attempted = await paced(() => line.post(row, card), { before, after });
    return isForNow(attempted) ? rested(line, counted?.value ?? row, attempted) : ON;
  } catch (error) {
    if (error instanceof Waits) return ON;
    if (error instanceof Overtaken) return seeAgain(line, held, paced);
    if (error instanceof NotYet && counted) await keep(line, counted, notTried);
    throw error;
  }
}

/** The attempt was counted, and then there was no room for its request. */
const notTried = (row: Delivery): Delivery => ({ ...row, attempts: row.attempts - 1 });

/** Its turn came too late, or too early. */
class Waits extends Error {
  override readonly name = 'Waits';
}

/** The row was changed between its listing and its turn: it is prepared anew, or waits no more. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

async function seeAgain<Card>(line: Line<Card>, held: Held<Delivery>, paced: Paced): Promise<Next> {
  const now = await line.outbox.hold(held.key);
  if (!now || !isWaiting(now.value, line.now())) return ON;
  return see(line, now, paced);
}

/** The attempt was counted before it was made; `afterAttempt` counts it itself. */
async function record<Card>(
  line: Line<Card>,
  counted: Held<Delivery>,
  attempted: Attempted,
  shown: string,
): Promise<void> {
  const at = line.now();
  await keep(line, counted, (row) => {
    const tried = afterAttempt(notTried(row), attempted, { at, shown });
    // Whoever pressed a button on the card already has seen it change.
    return row.shown === counted.value.shown ? tried : { ...tried, shown: row.shown };
  });
}

/**
 * Writes what has become of a row over what is there, however often somebody else changes it at the same
 * moment: `to` is given the row as it is now.
 */
async function keep<Card>(
  { outbox, rows }: Line<Card>,
  held: Held<Delivery>,
  to: (row: Delivery) => Delivery,
): Promise<void> {
  let now: Held<Delivery> | undefined = held;
  for (let n = 0; n < MOST_CONFLICTS; n += 1) {
    const written = now && (await outbox.replace(now, to(now.value)));
    if (written) rows.set(held.key, written.value);
    if (written || !now) return;
    now = await outbox.hold(held.key);
  }
  throw new Error(`the row ${held.key} is changed all the time`);
}

const triedTooOften = (row: Delivery, at: Date): Delivery => ({
  ...row,
  status: 'failed',
  settledAt: at,
  problem: `tried ${row.attempts} times${row.problem ? `; the last time: ${row.problem}` : ''}`,
});

const rested = <Card>(
  { attempts: { baseMs, capMs } }: Line<Card>,
  { attempts }: Delivery,
  { retryAfterMs }: ForNow,
): Next => ({
  kind: 'later',
  afterMs: retryAfterMs ?? backOffMs(Math.max(1, attempts), { baseMs, capMs }),
});
