import type { Person } from '../../bot/access/people.ts';
import { londonDay, shortDay, shortInstant } from '../../bot/calendar/london.ts';
import {
  brokenPromise,
  holderOf,
  promiseInWords,
  promiseKeptOpen,
  standingFor,
  type Arrangement,
} from '../../bot/chase/arrangement.ts';
import { managerTold, seenBy, type Asking } from '../../bot/chase/arranging.ts';
import type { ReturnStatus } from '../../bot/chase/situation.ts';
import type { Look } from '../../bot/look.ts';
import { keyOf, returnId, type ReturnKey } from '../../bot/returns/return.ts';
import { isFiled } from '../../bot/returns/state.ts';

/** What was arranged about a return so far, oldest first. */
export const madeFor = (key: ReturnKey, { situation }: Look): readonly Arrangement[] =>
  situation.arrangements.get(returnId(key)) ?? [];

/** What somebody may arrange is decided from this, when they are shown it and again when they press. */
export const askingOf = (key: ReturnKey, who: Person, look: Look): Asking => ({
  key: keyOf(key),
  who,
  now: look.situation,
  made: madeFor(key, look),
});

/** `Priya Raman, Mon 23 Nov, 09:14`. */
export const whoAndWhen = ({ name, at }: Pick<Arrangement, 'name' | 'at'>): string =>
  `${name}, ${shortInstant(at)}`;

/** What stands about a return that is not filed, a line each, for commissioners. */
export function standsFor(status: ReturnStatus, look: Look): string[] {
  if (isFiled(status.state)) return [];
  const { situation } = look;
  const standing = standingFor(status, situation);
  const { withdrawn, escalated } = standing;
  if (withdrawn) {
    const { note, name, at } = withdrawn;
    return [`Not asked for this term: “${note}” (${name}, ${shortDay(londonDay(at))})`];
  }
  const open = promiseKeptOpen(standing, look.at);
  const broken = brokenPromise(standing, look.at);
  const holder = holderOf(status, standing, situation.people);
  const seen = seenBy(keyOf(status), madeFor(status, look), situation).map(whoAndWhen);
  const told = managerTold(keyOf(status), situation);
  return [
    ...(open ? [promiseInWords(open)] : []),
    ...(broken ? [`Overdue promise: ${promiseInWords(broken)}`] : []),
    ...(holder && standing.holder
      ? [`Handed over to ${holder.name} by ${whoAndWhen(standing.holder)}`]
      : []),
    ...(seen.length > 0 ? [`Seen by ${seen.join('; ')}`] : []),
    ...(told ? [`The manager was told ${shortInstant(told)}`] : []),
    ...(escalated && !told ? [`The manager is to be told, says ${whoAndWhen(escalated)}`] : []),
  ];
}
