import { leadsOf, type Person } from '../access/people.ts';
import { shortDay } from '../calendar/london.ts';
import { pauseFor } from './arrangement.ts';
import { chaseMessage } from './decide.ts';
import { historyOf } from './history.ts';
import type { Message } from './message.ts';
import { askedOf, inDistricts, outstandingItems, type Item } from './outstanding.ts';
import { quietReason, type Situation } from './situation.ts';
import { whyNotInWords } from './why-not.ts';

/** Who is written to because a commissioner says so, or why nobody is. */
type ChaseNow = { ok: true; messages: Message[] } | { ok: false; reason: string };

/**
 * *Chase now*: the leads of a district are written to, whatever was sent at this stage before. As ever in
 * working hours, about what is neither muted nor with a colleague, and on one card a day.
 */
export function decideChaseNow(district: string, by: Person, now: Situation): ChaseNow {
  const { items } = outstandingItems(now);
  const why = whyNobody(district, now) ?? whyNothing(district, items, now);
  if (why) return { ok: false, reason: why };
  const messages = free(district, items, now).map((lead) => ({
    ...chaseMessage(lead, askedOf(lead, items), now),
    askedBy: by.id,
  }));
  return messages.length > 0 ? { ok: true, messages } : { ok: false, reason: HAS_CARD };
}

const HAS_CARD =
  'Its lead already has today’s card, which shows everything outstanding. Nobody gets two cards a day.';

/** The leads who are asked for something of the district, and have no card of today. */
function free(district: string, items: readonly Item[], now: Situation): Person[] {
  const history = historyOf(now.log, now.at);
  return leadsOf(now.people, district).filter(
    (lead) =>
      lead.id !== '' &&
      !history.wasWrittenToToday(lead.id) &&
      askedOf(lead, items).some((item) => item.district === district),
  );
}

function whyNobody(district: string, { people, contradictions }: Situation): string | undefined {
  if (contradictions.length > 0) {
    return 'The terms in the list contradict each other. Until that is put right nobody is chased.';
  }
  const all = leadsOf(people, district);
  if (all.length === 0) {
    return 'The people list names no lead for this district. Please add one there.';
  }
  return all.every(({ id }) => id === '')
    ? 'The people list has no Entra object id for its lead. Please add it there.'
    : undefined;
}

function whyNothing(district: string, all: readonly Item[], now: Situation): string | undefined {
  const items = inDistricts([district], all);
  if (items.length === 0) return 'Nothing of this district is to be chased now.';
  const paused = pauseFor(district, now);
  if (paused) {
    return `It is paused until ${shortDay(paused.until)} by ${paused.name}. To end the pause, type “show ${district}”.`;
  }
  if (items.every(({ muted }) => muted)) return mutedInWords(items);
  const { quietUntil, quietFrom } = now.policy;
  return quietReason(now)
    ? `Nobody is written to outside ${quietUntil} to ${quietFrom} on working days.`
    : undefined;
}

/** `It is promised (Priya Raman said: by Fri 27 Nov).` */
function mutedInWords(items: readonly Item[]): string {
  const reasons = items.flatMap(({ muted }) => (muted ? [whyNotInWords(muted)] : []));
  return [...new Set(reasons)]
    .map((why) => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`)
    .join(' ');
}
