import { londonDay } from '../../bot/calendar/london.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import type { Look } from '../../bot/look.ts';
import { CHANNEL } from '../storage/memory.ts';
import { allDrafts, faceOf, keepShown, type Drafts } from './card-face.ts';
import { changeRow, conversationOf, currentCards, rowsOf } from './outbox.ts';
import type { Service } from './service.ts';

/** After an installation the present cards are sent anew: what was shown before went with the earlier one. */
export async function postCardsAnew(service: Service, person: string, look: Look): Promise<void> {
  const drafts = await allDrafts(service);
  const isToday = (at: Date) => londonDay(at) === londonDay(look.at);
  for (const row of currentCards(await rowsOf(service, person), isToday)) {
    await postAnew(service, row, look, drafts);
  }
}

/** Posts the summary of the week into the channel that was just connected. */
export async function postSummaryAnew(service: Service, look: Look): Promise<void> {
  const latest = (await rowsOf(service, CHANNEL)).findLast(({ status }) => status === 'sent');
  if (latest) await postAnew(service, latest, look, new Map());
}

async function postAnew(
  service: Service,
  row: Delivery,
  look: Look,
  drafts: Drafts,
): Promise<void> {
  const to = await service.memory.references.get(conversationOf(row));
  const face = faceOf(row, look, drafts, service);
  if (!to || !face) return;
  await keepShown(service, row.person, face);
  const posted = await service.teams.post(to, face.card);
  // When it was sent first, and at which stage, is history and stays.
  await changeRow(service, row.id, ({ activityId: _earlier, ...kept }) =>
    posted.kind === 'posted'
      ? { ...kept, activityId: posted.activityId, shown: face.digest }
      : kept,
  );
}
