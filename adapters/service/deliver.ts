import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { londonDay } from '../../bot/calendar/london.ts';
import { isWaiting, type Attempted, type Delivery } from '../../bot/chase/delivery.ts';
import { logAmended } from '../../bot/chase/history.ts';
import type { Message } from '../../bot/chase/message.ts';
import { prepare, type Prepared } from '../../bot/chase/prepare.ts';
import type { Situation } from '../../bot/chase/situation.ts';
import { whyChanged } from '../../bot/chase/why-changed.ts';
import type { Look } from '../../bot/look.ts';
import type { Card } from '../../cards/render.ts';
import {
  ATTEMPTS,
  bringInLine,
  type BringingInLine,
  type Prepared as PreparedCard,
} from '../delivery/bring-in-line.ts';
import type { Conversation, Handler, Worked } from '../delivery/handler.ts';
import { isForNow, NotYet } from '../delivery/posting.ts';
import { reasonOf } from '../errors.ts';
import { CHANNEL, type Reference } from '../storage/memory.ts';
import { allDrafts, faceOf, keepShown, type Drafts, type Face } from './card-face.ts';
import { changeRow, conversationOf, currentCards, rowsOf, withOutbox } from './outbox.ts';
import { lookForSending, type Core, type Service } from './service.ts';

/** A card that is to change, or a message that is not sent after all, and why. */
export type Change = { delivery: Delivery; because: string };
export type Changes = { updates: Change[]; withdrawals: Change[] };

/** What a look means for messages that were decided or delivered before. */
export async function changesIn(core: Core, look: Look): Promise<Changes> {
  const drafts = await allDrafts(core);
  const rows = look.remembered.deliveries;
  const withdrawals = rows
    .filter((row) => isWaiting(row, look.at))
    .flatMap((delivery) => {
      const prepared = prepare(delivery, look.situation);
      return prepared.kind === 'withdraw' ? [{ delivery, because: prepared.because }] : [];
    });
  const updates = currentCards(rows, onDayOf(look)).flatMap((delivery) => {
    const face = faceOf(delivery, look, drafts, core);
    const differs = face !== undefined && face.digest !== delivery.shown;
    return differs ? [{ delivery, because: whyChanged(delivery, look.situation) }] : [];
  });
  return { updates, withdrawals };
}

const onDayOf =
  ({ at }: Look) =>
  (day: Date): boolean =>
    londonDay(day) === londonDay(at);

/** Leads first, commissioners last: their card tells who was written to. */
const ORDER = ['chase', 'manager', 'summary', 'alert'] as const satisfies Delivery['kind'][];

/** Whose conversations a look finds out of line, in the order in which they are to be brought in line. */
export async function outOfLine(core: Core, look: Look, changes: Changes): Promise<string[]> {
  const installed = new Set((await core.memory.references.all()).map(({ key }) => key));
  const canBeSent = (row: Delivery) =>
    isWaiting(row, look.at) &&
    (row.status === 'waiting' || installed.has(conversationOf(row))) &&
    prepare(row, look.situation).kind !== 'wait';
  const rows = [
    ...look.remembered.deliveries.filter(canBeSent),
    ...changes.updates.map(({ delivery }) => delivery),
  ].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return [...new Set(rows.map(conversationOf))];
}

/**
 * What the dispatcher does with conversations: each batch begins with a fresh look, so that nobody is
 * chased for what was filed meanwhile. `delivered` is called when a message went out.
 */
export const conversationWork = (
  core: Core,
  { delivered = () => undefined, attempts = ATTEMPTS }: Partial<Delivering> = {},
): Handler => ({
  begin: async () => {
    const ask = freshly(() => see(core));
    await ask();
    const seen = () => ask().catch(notYet);
    const batch = { seen, delivered, attempts };
    return (conversation) => bringInLine(inLineWith(core, conversation.who, batch), conversation);
  },
  givenUp: (who, error) => giveUp(core, who, error),
});

type Delivering = { delivered: () => void; attempts: typeof ATTEMPTS };

/** What was seen of the lists, and what people typed and did not send in. */
type Seen = { look: Look; drafts: Drafts };
type Batch = Delivering & { seen: () => Promise<Seen> };

const see = async (core: Core): Promise<Seen> => ({
  look: await lookForSending(core),
  drafts: await allDrafts(core),
});

/** The lists went away while a batch was delivered: nobody's conversation is to blame. */
function notYet(error: unknown): never {
  throw new NotYet(`no fresh look could be made: ${reasonOf(error)}`, AGAIN_MS);
}
const AGAIN_MS = 30_000;

/** A batch that takes longer than this, as when Teams is slow, looks again. */
const FRESH_MS = 5_000;

/** What was seen a moment ago, or else is seen now; those who ask meanwhile wait for the same. */
function freshly<T>(ask: () => Promise<T>): () => Promise<T> {
  let [asked, until] = [ask(), performance.now() + FRESH_MS];
  return () => {
    if (performance.now() > until) [asked, until] = [ask(), performance.now() + FRESH_MS];
    return asked;
  };
}

function inLineWith(core: Core, who: string, batch: Batch): BringingInLine<Posting> {
  return {
    outbox: core.memory.outbox,
    now: () => core.clock.now(),
    prepare: (row) => prepareCard(core, who, row, batch),
    stillSends: async (row) => {
      const { prepared } = await decideNow(core, who, row, batch);
      const isSame = prepared.kind === 'send' && isAboutTheSame(prepared.delivery, row);
      return isSame ? 'yes' : 'wait';
    },
    post: async (_row, { to, card }) => {
      const posted = await core.teams.post(to, card);
      if (posted.kind === 'posted') batch.delivered();
      return posted;
    },
    refresh: (rows, paced) => refresh(core, { who, paced }, rows, batch),
    settings: batch.attempts,
  };
}

/** A card that asks for what was filed since is prepared anew with the next look. */
const isAboutTheSame = (a: Delivery, b: Delivery): boolean => isDeepStrictEqual(a.logs, b.logs);

/** A card on its way, and where it goes. */
type Posting = { to: Reference; card: Card };

async function prepareCard(
  core: Core,
  who: string,
  row: Delivery,
  batch: Batch,
): Promise<PreparedCard<Posting>> {
  const { prepared, seen } = await decideNow(core, who, row, batch);
  if (prepared.kind === 'withdraw') return prepared;
  if (prepared.kind === 'wait') return { kind: 'wait' };
  const to = await core.memory.references.get(who);
  if (!to) return { kind: 'settle', attempted: { kind: 'no bot installed' } };
  const face = await presentFace(core, prepared.delivery, seen);
  if (!face) return { kind: 'withdraw', because: 'there is nothing to show' };
  await keepShown(core, row.person, face);
  return {
    kind: 'send',
    row: prepared.delivery,
    card: { to, card: face.card },
    shown: face.digest,
  };
}

/** Decides about a waiting message as things stand now; asked again when its turn has come. */
async function decideNow(
  core: Core,
  who: string,
  row: Delivery,
  batch: Batch,
): Promise<{ prepared: Prepared; seen: Seen }> {
  const seen = await batch.seen();
  return { prepared: prepare(row, await situationFor(core, who, row, seen.look)), seen };
}

/**
 * How things stand at this moment: the lists as they were read a moment ago, the time as it is now, and
 * what its person was sent meanwhile, by this very batch too.
 */
async function situationFor(
  core: Core,
  who: string,
  { person }: Delivery,
  { situation }: Look,
): Promise<Situation> {
  const at = core.clock.now();
  return { ...situation, at, log: logAmended(situation.log, person, await rowsOf(core, who), at) };
}

/** An alert says who was written to a moment ago, by this very batch. */
async function presentFace(
  core: Core,
  delivery: Delivery,
  { look, drafts }: Seen,
): Promise<Face | undefined> {
  const present = delivery.kind === 'alert' ? await withOutbox(core, look) : look;
  return faceOf(delivery, present, drafts, core);
}

/** Updates in place the cards that would look different now. */
async function refresh(
  core: Core,
  { who, paced }: Conversation,
  rows: readonly Delivery[],
  batch: Batch,
): Promise<Worked> {
  const seen = await batch.seen();
  for (const row of currentCards(rows, onDayOf(seen.look))) {
    const face = await presentFace(core, row, seen);
    const to = await core.memory.references.get(who);
    const { activityId } = row;
    if (!face || !to || activityId === undefined || face.digest === row.shown) continue;
    await keepShown(core, row.person, face);
    const answer = await paced(() => core.teams.update(to, activityId, face.card));
    await recordUpdate(core, row, face, answer);
    if (isForNow(answer)) return { kind: 'later', afterMs: answer.retryAfterMs };
  }
  return { kind: 'done' };
}

/**
 * A press may have shown the same card anew meanwhile: then nobody knows which of the two stands, and
 * the next look shows it once more.
 */
async function recordUpdate(
  core: Core,
  row: Delivery,
  face: Face,
  answer: Attempted,
): Promise<void> {
  if (answer.kind === 'posted') {
    await changeRow(core, row.id, (kept) => ({
      ...kept,
      shown: kept.shown === row.shown ? face.digest : undefined,
    }));
    return;
  }
  if (isForNow(answer)) return;
  if (answer.kind === 'refused') {
    // It stays as it is, and is tried again when it would look different.
    await changeRow(core, row.id, (kept) => ({ ...kept, shown: face.digest }));
    return;
  }
  // The card is gone, or nobody may write there: it is asked for no more.
  await changeRow(core, row.id, ({ activityId: _gone, ...kept }) => ({
    ...kept,
    problem: 'reason' in answer ? answer.reason : '',
  }));
}

/** Our own code failed, again and again: said to commissioners, and not tried until tomorrow. */
async function giveUp(core: Core, who: string, error: unknown): Promise<void> {
  const at = core.clock.now();
  const problem = `The bot itself failed: ${reasonOf(error)}`;
  for (const row of (await rowsOf(core, who)).filter((one) => isWaiting(one, at))) {
    await changeRow(core, row.id, (kept) => ({
      ...kept,
      status: 'failed',
      settledAt: at,
      problem,
    }));
  }
}

/** How long somebody who pressed a button waits for cards to go out, in milliseconds. */
const PATIENCE_MS = 2_500;
const LOOK_EVERY_MS = 100;

/**
 * Has messages delivered at once, by whichever process takes them, and waits a moment for it: until all
 * are settled, or somebody who pressed a button has waited long enough.
 */
export async function deliverNow(service: Service, messages: readonly Message[]): Promise<void> {
  const { conversations, memory, log } = service;
  await conversations.nudge(messages.map(({ person }) => person?.id ?? CHANNEL));
  conversations.drain(PATIENCE_MS).catch((error: unknown) => {
    log.error({ err: error }, 'messages that were asked for could not be delivered at once');
  });
  const until = performance.now() + PATIENCE_MS;
  const isSettled = async ({ id }: Message) => (await memory.outbox.get(id))?.status !== 'waiting';
  while (performance.now() < until) {
    if ((await Promise.all(messages.map(isSettled))).every(Boolean)) return;
    await delay(LOOK_EVERY_MS);
  }
}
