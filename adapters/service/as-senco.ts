import { peopleOf } from '../../bot/access/people.ts';
import { sencoAt, type Senco } from '../../bot/directory/asked-about.ts';
import type { School } from '../../bot/directory/directory.ts';
import type { Card } from '../../cards/render.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';

/** What only a SENCO does: at their own school, or with what is theirs already. */
type SencoPermission = 'book a clinic' | 'cancel a booking' | 'see own bookings';

/**
 * Runs something for a SENCO, about their own school or setting, if the table allows it now; of several
 * schools about the first that fits.
 */
export async function asSenco<T>(
  turn: Turn,
  permission: SencoPermission,
  run: (senco: Senco) => T | Promise<T>,
  otherwise: (instead: Card) => T,
  fits?: (school: School) => boolean,
): Promise<T> {
  const unable = cannotTell(turn);
  if (unable) return otherwise(unable);
  const { people, directory } = turn.now.reading;
  const senco = sencoAt(peopleOf(people, turn.actor), directory, fits);
  return permitted(
    turn,
    permission,
    permission === 'see own bookings' ? undefined : senco?.school,
    (who) => (senco ? run({ ...senco, who }) : otherwise(CANNOT_LOOK_UP)),
    otherwise,
  );
}

const CANNOT_LOOK_UP = note(
  'I cannot look that up just now',
  'The lists of schools, link practitioners or clinics cannot be read at the moment. The commissioners are told. Please try again later.',
);

/** What to say to somebody of the service where the lists do not tell; undefined where they do. */
export function cannotTell({ actor, now }: Turn): Card | undefined {
  const { people, directory } = now.reading;
  const entries = peopleOf(people, actor);
  if (entries.length > 0 && !directory.isComplete) return CANNOT_LOOK_UP;
  const [first] = entries;
  const isOnlySenco = first !== undefined && entries.every(({ role }) => role === 'SENCO');
  return isOnlySenco && !sencoAt(entries, directory)
    ? note(
        'Your school is not in the list yet',
        `The schools list has no “${first.organisation}”. Please ask a commissioner to add it.`,
      )
    : undefined;
}
