import type { Person } from '../../bot/access/people.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { findingCardView } from '../presenting/finding-conversation.ts';
import { findingsView, type Listing } from '../presenting/findings-list.ts';
import type { Acted, Press } from './pressed-card.ts';

/** Findings for commissioners, by district and rule: a screenful, from the first. */
export const findingsCard = (now: Look, district = ''): Card =>
  renderCard('findings', findingsView(now, { district, terms: 'open', page: 0 }));

/** The part of the list that a button leads to: in place of the list it stands on, else below. */
export function listFindings({ now, on }: Press, listing: Listing): Acted {
  const card = renderCard('findings', findingsView(now, listing));
  return on === 'findings' ? { inPlace: card } : { reply: card };
}

/** One finding with its whole history: in place where it was decided there, else below. */
export function showFinding(
  { now, on }: Press,
  record: FindingRecord,
  who: Person,
  note?: string,
): Acted {
  const card = renderCard('finding', findingCardView(record, now, who, note));
  return on === 'finding' ? { inPlace: card } : { reply: card };
}
