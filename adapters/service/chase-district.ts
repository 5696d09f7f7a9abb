import { leadsOf, type Person } from '../../bot/access/people.ts';
import { addDays, daysBetween, londonDay, shortDay } from '../../bot/calendar/london.ts';
import { chaseMessage, wasWrittenToToday } from '../../bot/chase/decide.ts';
import { outstandingIn } from '../../bot/chase/outstanding.ts';
import { pauseFor } from '../../bot/chase/situation.ts';
import type { Card } from '../../cards/render.ts';
import { deliver, enqueue } from './deliver.ts';
import type { Look } from './look.ts';
import { note } from './notes.ts';
import type { Turn } from './permit.ts';

/** Chases a district's leads now, unless they have today's card already. */
export async function chaseDistrict({ service, now }: Turn, district: string): Promise<Card> {
  const leads = leadsOf(now.reading.people, district);
  if (leads.length === 0) {
    return note(
      `${district} has no lead`,
      'The people list names no lead for this district. Please add one there.',
    );
  }
  const messages = leads.flatMap((lead) => {
    const items = outstandingIn(lead.districts, now.situation);
    const done = items.length === 0 || wasWrittenToToday(lead.id, now.situation);
    return done ? [] : [chaseMessage(lead, items, now.situation)];
  });
  if (messages.length === 0) return note(`${district} was not chased again`, whyNot(district, now));
  await enqueue(service, messages, now.at);
  await deliver(service, now);
  const rows = await Promise.all(messages.map((m) => service.memory.outbox.get(m.id)));
  const names = messages.map((m) => m.person?.name).join(', ');
  return rows.some((row) => row?.status === 'sent')
    ? note(`${district} was chased`, `A card went to ${names}.`, 'good')
    : note(
        `${district} could not be reached`,
        `${names} has no bot installed, or has blocked it. Please telephone, and ask the Teams administrator to install the bot.`,
        'attention',
      );
}

function whyNot(district: string, now: Look): string {
  return outstandingIn([district], now.situation).length === 0
    ? 'Nothing of this district is outstanding.'
    : 'Its lead already has today’s card, which shows everything outstanding. Nobody gets two cards a day.';
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
