import type { Person } from '../../bot/access/people.ts';
import type { OwnReturnsCommand } from '../../bot/conversation/families.ts';
import type { Card } from '../../cards/render.ts';
import { leadCard } from '../presenting/lead-card.ts';
import { allDrafts, draftsOf } from './card-face.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';

/** Answers what a lead asks about their own returns. */
export async function answerOnOwnReturns(turn: Turn, command: OwnReturnsCommand): Promise<Card> {
  switch (command.name) {
    case 'what is due':
      return permitted(
        turn,
        'see own tasks',
        undefined,
        (lead) => ownTasks(turn, lead),
        (refusal) => refusal,
      );
    default:
      return note('Not yet', '');
  }
}

async function ownTasks({ service, now }: Turn, lead: Person): Promise<Card> {
  const draftOf = draftsOf(lead, await allDrafts(service));
  return leadCard({ lead, look: now, card: { opened: false }, draftOf }).card;
}
