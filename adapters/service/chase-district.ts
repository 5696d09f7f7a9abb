import type { Person } from '../../bot/access/people.ts';
import { addDays, londonDay, shortDay } from '../../bot/calendar/london.ts';
import { districtSubject } from '../../bot/chase/arrangement.ts';
import { pause, resume } from '../../bot/chase/arranging.ts';
import { decideChaseNow } from '../../bot/chase/chase-now.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import type { Message } from '../../bot/chase/message.ts';
import type { Card } from '../../cards/render.ts';
import { append } from './arrange.ts';
import { deliverNow } from './deliver.ts';
import { note } from './notes.ts';
import { enqueue } from './outbox.ts';
import type { Turn } from './permit.ts';

/** Chases a district's leads now: in working hours, unless it is paused or they have today's card. */
export async function chaseDistrict(turn: Turn, district: string, who: Person): Promise<Card> {
  const { service, now } = turn;
  const decided = decideChaseNow(district, who, now.situation);
  if (!decided.ok) return note(`${district} was not chased`, decided.reason);
  const { messages } = decided;
  await enqueue(service, messages, now.at);
  await deliverNow(service, messages);
  const lines = await Promise.all(messages.map((message) => outcomeOf(turn, message)));
  const text = lines.map((line) => line.text).join(' ');
  if (lines.some((line) => line.reached)) return note(`${district} was chased`, text, 'good');
  return lines.some((line) => line.isUnderWay)
    ? note(`${district} is being chased`, text)
    : note(`${district} could not be reached`, text, 'attention');
}

const OUTCOMES: Partial<Record<Delivery['status'], string>> = {
  waiting: 'is being sent the card: it waits its turn, or Teams is slow to take it.',
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
    : {
        reached: false,
        isUnderWay: status === 'waiting',
        text: `${name} ${OUTCOMES[status] ?? 'was not written to.'}`,
      };
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
  if (!arranging.ok && arranging.isSo) return note('It is so already', arranging.reason);
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
