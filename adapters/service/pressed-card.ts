import type { NoteView } from '../../cards/views.ts';
import type { Card } from '../../cards/render.ts';
import type { Delivery, UnsentWords } from '../../bot/chase/delivery.ts';
import { faceOf, keepShown } from './card-face.ts';
import { allDrafts } from './card-face.ts';
import { changeRow, rowsOf } from './outbox.ts';
import { note } from './notes.ts';
import type { Turn } from './permit.ts';
import { look } from './service.ts';

/** What a press led to: a card in place of the one pressed, a reply below it, or both. */
export type Acted = { inPlace?: Card; reply?: Card };

/** A press on the card with this activity id; `on` says which card it is, where that is to change. */
export type Press = Turn & {
  activityId: string;
  on?: 'finding' | 'findings' | 'approvals' | 'district' | undefined;
  /** What stands beside the findings of the card and is not taken. */
  unsent?: UnsentWords[] | undefined;
  /** The finding that is answered, as a button names it: what was typed beside it before is done with. */
  answered?: string;
};

export const say = (headline: string, text: string, tone?: NoteView['tone']): Acted => ({
  reply: note(headline, text, tone),
});

/** Shows the lead's card, changed as asked, and keeps its state where it is a delivered one. */
export async function showLeadCard(
  press: Press,
  state: Pick<Delivery, 'open' | 'receipt'>,
): Promise<Acted> {
  const row = withUnsent(press, (await deliveryOf(press)) ?? undelivered(press));
  const { open: _open, receipt: _receipt, ...rest } = row;
  const now = { ...rest, ...state, opened: state.open !== undefined };
  const card = await render(press, now);
  return card ? { inPlace: card } : say('Nothing to show', 'There is nothing outstanding.');
}

/** Keeps what was typed beside findings of a delivered card, or of one that is only shown, and shows it. */
export async function showTyped(press: Press): Promise<Acted> {
  const row = withUnsent(press, (await deliveryOf(press)) ?? undelivered(press));
  const card = await render(press, row);
  return card ? { inPlace: card } : {};
}

/** Keeps what was typed beside findings while another is answered. */
export async function keepUnsent(press: Press): Promise<void> {
  const row = await deliveryOf(press);
  if (row) await changeRow(press.service, row.id, (kept) => withUnsent(press, kept));
}

/** What was typed beside findings that the card has no room for just now stays. */
function withUnsent({ unsent = [], answered }: Press, row: Delivery): Delivery {
  const isNew = ({ finding }: UnsentWords) =>
    finding === answered || unsent.some((one) => one.finding === finding);
  const kept = row.unsent?.filter((one) => !isNew(one)) ?? [];
  return { ...row, unsent: [...kept, ...unsent] };
}

/** The pressed card as it stands after something about it changed. */
export async function cardAfterwards(press: Press): Promise<Pick<Acted, 'inPlace'>> {
  const row = await deliveryOf(press);
  if (!row) return {};
  const now = await look(press.service, press.now.at);
  const card = await render({ ...press, now }, withUnsent(press, row));
  return card ? { inPlace: card } : {};
}

async function render(press: Press, row: Delivery): Promise<Card | undefined> {
  const { service, now } = press;
  const face = faceOf(row, now, await allDrafts(service), service);
  if (face) await keepShown(service, press.actor, face);
  if (face && row.activityId) {
    const { open, opened, receipt, unsent } = row;
    const shown = face.digest;
    await changeRow(service, row.id, (kept) => ({
      ...kept,
      open,
      opened,
      receipt,
      unsent,
      shown,
    }));
  }
  return face?.card;
}

/** The delivered message that was pressed; only the presser's own counts. */
async function deliveryOf({ service, actor, activityId }: Press): Promise<Delivery | undefined> {
  const rows = await rowsOf(service, actor);
  return rows.find((row) => row.activityId === activityId);
}

/** A card that was asked for in words: nothing of it is kept. */
const undelivered = ({ actor, now }: Press): Delivery => ({
  id: `asked|${actor}`,
  kind: 'chase',
  person: actor,
  returns: [],
  findings: [],
  logs: [],
  decidedAt: now.at,
  status: 'waiting',
  attempts: 0,
  opened: false,
});
