import { office365 } from 'calendar-link';
import { londonDay, londonTime } from '../../bot/calendar/london.ts';
import { endOf } from '../../bot/directory/clinics.ts';
import type { Clinic } from '../../bot/directory/directory.ts';

/** No card has room for more; a title in another alphabet takes nine characters for each letter. */
const LONGEST = 1_200;

/** The address at which Outlook on the web opens with the clinic filled in; empty where it is too long. */
export function calendarLink(clinic: Clinic): string {
  const when = { start: wallClock(clinic.starts), end: wallClock(endOf(clinic)) };
  const { title, joinLink } = clinic;
  const place = clinic.place || joinLink;
  const where = {
    ...(place ? { location: place } : {}),
    ...(joinLink.startsWith('https://') ? { description: joinLink } : {}),
  };
  const whole = office365({ title, ...when, ...where });
  if (whole.length <= LONGEST) return whole;
  const short = office365({ title, ...when });
  return short.length <= LONGEST ? short : '';
}

/**
 * Outlook takes a time without a zone for the reader's own, and the library keeps it as it is given:
 * so it is London's, wherever the service runs.
 */
const wallClock = (at: Date): string => `${londonDay(at)}T${londonTime(at)}:00`;
