import { createHash } from 'node:crypto';
import type { Person } from '../../bot/access/people.ts';
import { returnId } from '../../bot/returns/return.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { alertView } from '../presenting/commissioner-cards.ts';
import { leadCardView } from '../presenting/lead-card.ts';
import { managerNote } from '../presenting/manager-note.ts';
import { summaryView } from '../presenting/summary-card.ts';
import type { Delivery, Draft } from '../storage/memory.ts';
import type { Look } from './look.ts';

/** Drafts by return id and Entra object id. */
export type Drafts = ReadonlyMap<string, Draft>;

export const draftKey = (returnId: string, person: string): string => `${returnId}|${person}`;

/** What a delivered message looks like now; undefined when it has nothing to say any more. */
export function cardOf(
  delivery: Delivery,
  look: Look,
  drafts: Drafts,
  { isLocal }: { isLocal: boolean },
): Card | undefined {
  if (delivery.kind === 'summary') {
    const view = summaryView(look);
    return view && renderCard('summary', view);
  }
  const person = look.reading.people.find((p) => p.id === delivery.person && roleFits(p, delivery));
  if (!person) return undefined;
  if (delivery.kind === 'alert') return renderCard('alert', alertView(look, isLocal));
  if (person.role === 'District lead') {
    const draftOf = (key: Parameters<typeof returnId>[0]) =>
      drafts.get(draftKey(returnId(key), person.id));
    return renderCard('lead', leadCardView({ lead: person, look, card: delivery, draftOf }));
  }
  return renderCard('note', managerNote(delivery.returns, look));
}

function roleFits(person: Person, delivery: Delivery): boolean {
  if (delivery.kind === 'alert') return person.role === 'Commissioner';
  return delivery.id.startsWith('manager|')
    ? person.role !== 'District lead'
    : person.role === 'District lead';
}

/** Tells whether a card would look different from the one on display. */
export const digestOf = (card: Card): string =>
  createHash('sha256').update(JSON.stringify(card)).digest('hex');
