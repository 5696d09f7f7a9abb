import { londonDay, shortDay } from '../../bot/calendar/london.ts';
import { addressedAs, nameOf } from '../../bot/chase/chase-log-row.ts';
import { compareDeliveries, type Delivery } from '../../bot/chase/delivery.ts';
import type { Look } from '../../bot/look.ts';

/** Whom the bot cannot reach besides the leads: commissioners, managers, the channel; and what to do. */
export function notReached(look: Look): string[] {
  const today = look.remembered.deliveries.filter(
    ({ kind, decidedAt }) =>
      (kind === 'alert' || kind === 'manager') && londonDay(decidedAt) === londonDay(look.at),
  );
  return [...today.flatMap((row) => personNotReached(row, look)), ...channelNotReached(look)];
}

function personNotReached(row: Delivery, { reading }: Look): string[] {
  const who = `${nameOf(row.person, reading.people)} (${addressedAs(row)}) could not be reached`;
  if (row.status === 'blocked') {
    return [`${who}: the bot was blocked or removed. Please ask them to add it again.`];
  }
  return row.status === 'no bot installed'
    ? [`${who}: the bot is not installed for them. Ask the Teams administrator to install it.`]
    : [];
}

function channelNotReached({ remembered }: Look): string[] {
  const last = remembered.deliveries
    .filter(({ kind }) => kind === 'summary')
    .toSorted(compareDeliveries)
    .at(-1);
  if (!last || (last.status !== 'no bot installed' && last.status !== 'blocked')) return [];
  const why = last.status === 'blocked' ? 'the bot was removed from it' : 'none is connected';
  return [
    `The weekly summary of ${shortDay(londonDay(last.decidedAt))} did not reach the commissioning channel: ${why}. A commissioner connects it by adding the bot to that channel.`,
  ];
}
