import type { Person } from '../../bot/access/people.ts';
import { londonDay, shortDay, shortInstant } from '../../bot/calendar/london.ts';
import {
  brokenPromise,
  holderOf,
  promiseInWords,
  promiseKeptOpen,
  standingFor,
  type Arrangement,
  type Standing,
} from '../../bot/chase/arrangement.ts';
import { lastToManager, seenBy, type Asking } from '../../bot/chase/arranging.ts';
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

/**
 * What stands about a return that is not filed, for commissioners: parts of a sentence, which begin
 * small unless with a name.
 */
export function standsFor(status: ReturnStatus, look: Look): string[] {
  if (isFiled(status.state)) return [];
  const standing = standingFor(status, look.situation);
  const { withdrawn } = standing;
  if (withdrawn) {
    const { note, name, at } = withdrawn;
    return [`not asked for this term: “${note}” (${name}, ${shortDay(londonDay(at))})`];
  }
  const open = promiseKeptOpen(standing, look.at);
  const broken = brokenPromise(standing, look.at);
  const holder = holderOf(status, standing, look.situation.people);
  const seen = seenBy(keyOf(status), madeFor(status, look), look.situation).map(whoAndWhen);
  return [
    ...(open ? [promiseInWords(open)] : []),
    ...(broken ? [`overdue promise: ${promiseInWords(broken)}`] : []),
    ...(holder && standing.holder
      ? [`handed over to ${holder.name} by ${whoAndWhen(standing.holder)}`]
      : []),
    ...(seen.length > 0 ? [`seen by ${seen.join('; ')}`] : []),
    ...managerLine(status, standing, look),
  ];
}

function managerLine(status: ReturnStatus, { escalated }: Standing, look: Look): string[] {
  const last = lastToManager(keyOf(status), look.situation);
  if (last?.outcome === 'sent') return [`the manager was told ${shortInstant(last.at)}`];
  if (last) return ['the manager could not be reached: please telephone'];
  return escalated ? [`the manager is to be told, says ${whoAndWhen(escalated)}`] : [];
}

/** The same as lines of their own. */
export const asLines = (parts: readonly string[]): string[] =>
  parts.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`);
