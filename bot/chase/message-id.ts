import type { Day } from '../calendar/london.ts';
import type { MessageKind } from './message.ts';

/** One message for a person, of a kind, on a day: `chase|{Entra object id}|2026-11-23`. */
export const messageId = (
  kind: Exclude<MessageKind, 'summary'>,
  person: string,
  day: Day,
): string => `${kind}|${person}|${day}`;

/** One summary for the channel in a week, by its Monday: `summary|2026-11-23`. */
export const summaryId = (monday: Day): string => `summary|${monday}`;

/** The Entra object id of whoever a message is for; undefined where it is for the channel. */
export function addresseeOf(id: string): string | undefined {
  const [kind, person] = id.split('|');
  return kind === 'summary' ? undefined : person;
}
