import { leadsOf, type Person } from '../../bot/access/people.ts';
import { addDays, daysBetween, londonDay, shortDay } from '../../bot/calendar/london.ts';
import { chaseMessage, wasWrittenToToday } from '../../bot/chase/decide.ts';
import { outstandingIn } from '../../bot/chase/outstanding.ts';
import { pauseFor, quietReason, type Message } from '../../bot/chase/situation.ts';
import type { Card } from '../../cards/render.ts';
import type { Delivery } from '../storage/memory.ts';
import { deliver, enqueue } from './deliver.ts';
import type { Look } from '../../bot/look.ts';
import { note } from './notes.ts';
import type { Turn } from './permit.ts';

/** Chases a district's leads now: in working hours, unless it is paused or they have today's card. */
export async function chaseDistrict(turn: Turn, district: string): Promise<Card> {
  const { service, now } = turn;
  const why = whyNot(district, now);
  if (why) return note(`${district} was not chased`, why);
  const leads = leadsOf(now.reading.people, district).filter(
    (lead) => !wasWrittenToToday(lead.id, now.situation),
  );
  const messages = leads.map((lead) => chaseMessage(lead, chaseable(lead, now), now.situation));
  await enqueue(service, messages, now.at);
  await deliver(service, now);
  const lines = await Promise.all(messages.map((message) => outcomeOf(turn, message)));
  const reached = lines.some((line) => line.reached);
  return note(
    reached ? `${district} was chased` : `${district} could not be reached`,
    lines.map((line) => line.text).join(' '),
    reached ? 'good' : 'attention',
  );
}

/** What a lead's card is about: everything outstanding in districts that are not paused. */
const chaseable = (lead: Person, { situation }: Look) =>
  outstandingIn(lead.districts, situation).filter((item) => !pauseFor(item.district, situation));

function whyNot(district: string, now: Look): string | undefined {
  const leads = leadsOf(now.reading.people, district);
  const pause = pauseFor(district, now.situation);
  if (leads.length === 0)
    return 'The people list names no lead for this district. Please add one there.';
  if (outstandingIn([district], now.situation).length === 0)
    return 'Nothing of this district is to be chased now.';
  if (pause)
    return `It is paused until ${shortDay(pause.until)} by ${pause.by}. To end the pause, type “show ${district}”.`;
  if (quietReason(now.situation)) {
    const { quietUntil, quietFrom } = now.reading.policy;
    return `Nobody is written to outside ${quietUntil} to ${quietFrom} on working days.`;
  }
  return leads.every((lead) => wasWrittenToToday(lead.id, now.situation))
    ? 'Its lead already has today’s card, which shows everything outstanding. Nobody gets two cards a day.'
    : undefined;
}

const OUTCOMES: Partial<Record<Delivery['status'], string>> = {
  'no bot installed':
    'has no bot installed: please telephone, and ask the Teams administrator to install it.',
  blocked: 'has blocked or removed the bot: please telephone.',
  failed: 'could not be sent the card just now; it is tried again.',
};

async function outcomeOf({ service }: Turn, { id, person }: Message) {
  const status = (await service.memory.outbox.get(id))?.status ?? 'failed';
  const name = person?.name ?? 'The lead';
  return status === 'sent'
    ? { reached: true, text: `A card went to ${name}.` }
    : { reached: false, text: `${name} ${OUTCOMES[status] ?? 'was not written to.'}` };
}

const LONGEST_PAUSE_DAYS = 60;

/** Leaves a district in peace until the end of a day. */
export async function pauseDistrict(
  { service, now }: Turn,
  district: string,
  wanted: string,
  who: Person,
): Promise<Card> {
  const today = londonDay(now.at);
  const until = wanted === '' ? addDays(today, 1) : wanted;
  if (!isPauseDay(until, today)) {
    return note(
      'Please choose another date',
      `A pause ends on a day from today to ${LONGEST_PAUSE_DAYS} days ahead.`,
      'attention',
    );
  }
  await service.memory.pauses.put(district, { district, until, by: who.name, at: now.at });
  return note(
    `${district} is paused`,
    `Nobody of ${district} is chased until the end of ${shortDay(until)}. To end it sooner, type “show ${district}”.`,
    'good',
  );
}

/** Takes a pause back: the district is chased again from the next stage on. */
export async function resumeDistrict(
  { service, now }: Turn,
  district: string,
  who: Person,
): Promise<Card> {
  if (!pauseFor(district, now.situation)) {
    return note(`${district} is not paused`, 'There is no pause to end.');
  }
  await service.memory.pauses.remove(district);
  service.log.info({ district, by: who.id }, 'a pause was ended');
  return note(`${district} is chased again`, 'The pause has ended.', 'good');
}

const isPauseDay = (day: string, today: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && day >= today && daysBetween(today, day) <= LONGEST_PAUSE_DAYS;
