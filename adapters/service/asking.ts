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
  const entries = peopleOf(reading.people, actor);
  const schools = entries.flatMap((p) => ownSchool(p, reading.directory) ?? []);
  return {
    today: londonDay(at),
    roles: entries.map(({ role }) => role),
    districts: [
      ...new Set([...entries.flatMap((p) => p.districts), ...schools.map((s) => s.district)]),
    ],
    before,
    names: namesIn(reading),
  };
}

const known = new WeakMap<Reading, Names>();

/** The same for as long as a reading is used: a recogniser looks names up in what it made of them once. */
function namesIn(reading: Reading): Names {
  const { districts, measures, directory } = reading;
  const { schools, practitioners, glossary } = directory;
  const names = known.get(reading) ?? { districts, schools, practitioners, measures, glossary };
  known.set(reading, names);
  return names;
}
