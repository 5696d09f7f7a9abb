import { leadsOf, type Person } from '../../bot/access/people.ts';
import { addDays, londonDay, shortDay } from '../../bot/calendar/london.ts';
import { districtSubject, pauseFor } from '../../bot/chase/arrangement.ts';
import { pause, resume } from '../../bot/chase/arranging.ts';
import { chaseMessage } from '../../bot/chase/decide.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import { historyOf } from '../../bot/chase/history.ts';
import type { Message } from '../../bot/chase/message.ts';
import { outstandingIn, type Item } from '../../bot/chase/outstanding.ts';
import { quietReason } from '../../bot/chase/situation.ts';
import type { Look } from '../../bot/look.ts';
import type { Card } from '../../cards/render.ts';
import { append } from './arrange.ts';
import { deliverNow } from './deliver.ts';
import { note } from './notes.ts';
import { enqueue } from './outbox.ts';
import type { Turn } from './permit.ts';

/** Chases a district's leads now: in working hours, unless it is paused or they have today's card. */
export async function chaseDistrict(turn: Turn, district: string, who: Person): Promise<Card> {
  const { service, now } = turn;
  const why = whyNot(district, now);
  if (why) return note(`${district} was not chased`, why);
  const messages = free(district, now).map((lead) => ({
    ...chaseMessage(lead, chaseable(lead, now), now.situation),
    askedBy: who.name,
  }));
  await enqueue(service, messages, now.at);
  await deliverNow(
    service,
    messages.flatMap(({ person }) => person?.id ?? []),
  );
  const lines = await Promise.all(messages.map((message) => outcomeOf(turn, message)));
  const reached = lines.some((line) => line.reached);
  return note(
    reached ? `${district} was chased` : `${district} could not be reached`,
    lines.map((line) => line.text).join(' '),
    reached ? 'good' : 'attention',
  );
}

/** The leads who are asked for something of the district, and have no card of today. */
function free(district: string, now: Look): Person[] {
  const history = historyOf(now.situation.log, now.at);
  return leadsOf(now.reading.people, district).filter(
    (lead) =>
      lead.id !== '' &&
      !history.wasWrittenToToday(lead.id) &&
      chaseable(lead, now).some((item) => item.district === district),
  );
}

/** What a lead's card is about: everything outstanding that is not muted, nor with a colleague. */
const chaseable = (lead: Person, { situation }: Look): Item[] =>
  outstandingIn(lead.districts, situation).filter(
    ({ muted, holder }) => !muted && (holder === undefined || holder === lead.id),
  );

function whyNot(district: string, now: Look): string | undefined {
  const { situation } = now;
  const paused = pauseFor(district, situation);
  const items = outstandingIn([district], situation);
  const all = leadsOf(now.reading.people, district);
  if (all.length === 0)
    return 'The people list names no lead for this district. Please add one there.';
  if (all.every(({ id }) => id === ''))
    return 'The people list has no Entra object id for its lead. Please add it there.';
  if (items.length === 0) return 'Nothing of this district is to be chased now.';
  if (paused)
    return `It is paused until ${shortDay(paused.until)} by ${paused.name}. To end the pause, type “show ${district}”.`;
  if (items.every(({ muted }) => muted)) return mutedInWords(items);
  if (quietReason(situation)) {
    const { quietUntil, quietFrom } = now.reading.policy;
    return `Nobody is written to outside ${quietUntil} to ${quietFrom} on working days.`;
  }
  return free(district, now).length === 0
    ? 'Its lead already has today’s card, which shows everything outstanding. Nobody gets two cards a day.'
    : undefined;
}

const MUTED: Record<string, string> = {
  'muted by promise': 'It is promised',
  withdrawn: 'It is not asked for this term',
};

/** `It is promised: Priya Raman said: by Fri 27 Nov.` */
function mutedInWords(items: readonly Item[]): string {
  const reasons = items.flatMap(({ muted }) =>
    muted ? [`${MUTED[muted.why] ?? 'It is paused'}: ${muted.detail}.`] : [],
  );
  return [...new Set(reasons)].join(' ');
}

const OUTCOMES: Partial<Record<Delivery['status'], string>> = {
  waiting: 'could not be sent the card just now; it is tried again.',
  withdrawn: 'was not written to: nothing is outstanding any more.',
  'no bot installed':
    'has no bot installed: please telephone, and ask the Teams administrator to install it.',
  blocked: 'has blocked or removed the bot: please telephone.',
  failed: 'could not be sent the card: please telephone.',
};

async function outcomeOf({ service }: Turn, { id, person }: Message) {
  const status = (await service.memory.outbox.get(id))?.status ?? 'failed';
  const name = person?.name ?? 'The lead';
  return status === 'sent'
    ? { reached: true, text: `A card went to ${name}.` }
    : { reached: false, text: `${name} ${OUTCOMES[status] ?? 'was not written to.'}` };
}

/** Leaves a district in peace until the end of a day. */
export async function pauseDistrict(
  { service, now }: Turn,
  district: string,
  wanted: string,
  who: Person,
): Promise<Card> {
  const until = wanted === '' ? addDays(londonDay(now.at), 1) : wanted;
  const { arranging } = await append(service, districtSubject(district), (made) =>
    pause({ district, who, now: now.situation, made }, until),
  );
  if (!arranging.ok) return note('Please choose another date', arranging.reason, 'attention');
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
  const { arranging } = await append(service, districtSubject(district), (made) =>
    resume({ district, who, now: now.situation, made }),
  );
  return arranging.ok
    ? note(`${district} is chased again`, 'The pause has ended.', 'good')
    : note(`${district} is not paused`, arranging.reason);
}
