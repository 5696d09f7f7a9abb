import { peopleOf } from '../../bot/access/people.ts';
import { londonDay } from '../../bot/calendar/london.ts';
import type { Asking, Names } from '../../bot/conversation/asking.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { ownSchool } from '../../bot/directory/directory.ts';
import type { Look, Reading } from '../../bot/look.ts';

/** What a recogniser goes by when somebody says something. */
export function askingOf(
  { at, reading }: Pick<Look, 'at' | 'reading'>,
  actor: string,
  before: readonly Command[],
): Asking {
  const { names, askers } = knownOf(reading);
  const asker = askers.get(actor) ?? askerOf(reading, actor);
  askers.set(actor, asker);
  return { today: londonDay(at), ...asker, before, names };
}

type Asker = Pick<Asking, 'roles' | 'districts'>;

function askerOf({ people, directory }: Reading, actor: string): Asker {
  const entries = peopleOf(people, actor);
  const schools = entries.flatMap((p) => ownSchool(p, directory) ?? []);
  const districts = [...entries.flatMap((p) => p.districts), ...schools.map((s) => s.district)];
  return { roles: entries.map(({ role }) => role), districts: [...new Set(districts)] };
}

type Known = { names: Names; askers: Map<string, Asker> };

const known = new WeakMap<Reading, Known>();

/** The same for as long as a reading is used: a recogniser looks names up in what it made of them once. */
function knownOf(reading: Reading): Known {
  const found = known.get(reading);
  if (found) return found;
  const { districts, measures, directory } = reading;
  const { schools, practitioners, glossary } = directory;
  const made: Known = {
    names: { districts, schools, practitioners, measures, glossary },
    askers: new Map(),
  };
  known.set(reading, made);
  return made;
}
