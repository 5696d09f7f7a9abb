import { shortDay, shortInstant } from '../../bot/calendar/london.ts';
import {
  clinicsFor,
  linkContact,
  placesLeft,
  type Clinic,
  type Directory,
  type School,
} from '../../bot/directory/directory.ts';
import type { ClinicsView, LinkPractitionerView, NoteView } from '../../cards/views.ts';
import { count } from './words.ts';

const MOST_CLINICS = 3;

/** Who a school's link practitioner is, or what to do where none is named. */
export function linkPractitionerView(
  school: School,
  directory: Directory,
  at: Date,
): LinkPractitionerView | NoteView {
  const contact = linkContact(school, directory, at);
  if (contact.kind === 'none named') {
    return {
      headline: 'No link practitioner is named yet',
      text: `The list has no link practitioner for ${school.name}. Please ask the lead of the ${school.district} team.`,
      tone: 'default',
    };
  }
  const reach =
    contact.kind === 'away' ? (contact.cover ?? contact.practitioner) : contact.practitioner;
  return {
    headline:
      contact.kind === 'away' && contact.cover ? 'Who to ask now' : 'Your link practitioner',
    school: school.name,
    name: reach.name,
    away:
      contact.kind === 'away'
        ? awayLine(contact.practitioner.name, contact.until, contact.cover?.name)
        : '',
    email: reach.email,
    phone: reach.phone,
  };
}

const awayLine = (name: string, until: string, cover: string | undefined): string =>
  cover
    ? `${name} is away until ${shortDay(until)}. ${cover} covers meanwhile.`
    : `${name} is away until ${shortDay(until)}, and no cover is named. Messages are read on return.`;

/** The next clinics open to a school, with the next that still has a place first in mind. */
export function clinicsView(school: School, directory: Directory, at: Date): ClinicsView {
  const clinics = clinicsFor(school, directory, at);
  const next = clinics.find((clinic) => placesLeft(clinic) > 0);
  const shown = clinics.slice(0, MOST_CLINICS);
  if (next && !shown.includes(next)) shown.splice(MOST_CLINICS - 1, 1, next);
  return {
    headline: headlineOf(clinics, next),
    clinics: shown.map((clinic) => ({
      title: clinic.title,
      when: shortInstant(clinic.starts),
      where: clinic.place || (clinic.joinLink ? 'Online' : 'Place to be confirmed'),
      joinLink: clinic.joinLink,
      places: placesLeft(clinic) === 0 ? 'Full' : `${count(placesLeft(clinic), 'place')} left`,
    })),
    empty:
      clinics.length === 0
        ? `No clinic for ${school.phase.toLowerCase()} in ${school.district} is in the list yet. Your link practitioner can tell you more.`
        : '',
  };
}

function headlineOf(clinics: readonly Clinic[], next: Clinic | undefined): string {
  if (clinics.length === 0) return 'No clinic is planned yet';
  if (!next) return 'The next clinics are full';
  return `Next clinic with a place: ${shortInstant(next.starts)}`;
}
