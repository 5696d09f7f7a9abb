import type { Attempted, Delivery } from '../../bot/chase/delivery.ts';
import { isWaiting } from '../../bot/chase/delivery.ts';
import { prepare } from '../../bot/chase/prepare.ts';
import { whyChanged } from '../../bot/chase/why-changed.ts';
import { londonDay } from '../../bot/calendar/london.ts';
import type { Look } from '../../bot/look.ts';
import type { Card } from '../../cards/render.ts';
import { reasonOf } from '../errors.ts';
import { bringInLine, type Conversation, type Worked } from '../delivery/bring-in-line.ts';
import { allDrafts, faceOf, keepShown, type Drafts, type Face } from './card-face.ts';
import { changeRow, conversationOf, currentCards, rowsOf } from './outbox.ts';
import { lookAtReading, lookForSending, type Core, type Service } from './service.ts';

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
 * chased for what was filed meanwhile. `afterwards` is told when a message went out.
 */
export const conversationWork = (core: Core, afterwards: () => void = () => undefined) => ({
  begin: async (): Promise<(conversation: Conversation) => Promise<Worked>> => {
    const look = await lookForSending(core);
    const drafts = await allDrafts(core);
    return (conversation) => bring(core, conversation, { look, drafts, afterwards });
  },
  givenUp: (who: string, error: unknown) => giveUp(core, who, error),
});

type Batch = { look: Look; drafts: Drafts; afterwards: () => void };

async function bring(
  core: Core,
  { who, paced }: Conversation,
  { look, drafts, afterwards }: Batch,
): Promise<Worked> {
  return bringInLine({
    rows: await rowsOf(core, who),
    at: look.at,
    prepare: async (row) => {
      const prepared = prepare(row, look.situation);
      if (prepared.kind !== 'send') return prepared;
      // Who was written to a moment ago stands on it.
      const present =
        row.kind === 'alert' ? await lookAtReading(core, look.reading, look.at) : look;
      const face = faceOf(prepared.delivery, present, drafts, core);
      if (!face) return { kind: 'withdraw', because: 'there is nothing to show' };
      await keepShown(core, row.person, face);
      return { kind: 'send', row: prepared.delivery, card: face.card, shown: face.digest };
    },
    post: (card) => paced(() => post(core, who, card)),
    change: (id, to) => changeRow(core, id, to),
    sent: afterwards,
    refresh: (rows) => refresh(core, { who, paced }, rows, { look, drafts, afterwards }),
  });
}

async function post(core: Core, who: string, card: Card): Promise<Attempted> {
  const to = await core.memory.references.get(who);
  return to ? core.teams.post(to, card) : { kind: 'no bot installed' };
}

/** Updates in place the cards that would look different now. */
async function refresh(
  core: Core,
  { who, paced }: Conversation,
  rows: readonly Delivery[],
  { look, drafts }: Batch,
): Promise<Attempted[]> {
  const answers: Attempted[] = [];
  for (const row of currentCards(rows, onDayOf(look))) {
    const present = row.kind === 'alert' ? await lookAtReading(core, look.reading, look.at) : look;
    const face = faceOf(row, present, drafts, core);
    const to = await core.memory.references.get(who);
    const { activityId } = row;
    if (!face || !to || activityId === undefined || face.digest === row.shown) continue;
    await keepShown(core, row.person, face);
    const answer = await paced(() => core.teams.update(to, activityId, face.card));
    answers.push(answer);
    await recordUpdate(core, row, face, answer);
  }
  return answers;
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
  core.log.warn({ delivery: row.id, answer }, 'a card could not be updated');
  if (answer.kind === 'failed') return;
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

/** Brings people's conversations in line at once, as far as that can be done now. */
export async function deliverNow(
  { conversations }: Service,
  people: readonly string[],
): Promise<void> {
  await conversations.nudge(people);
  await conversations.drain();
}
