import { peopleOf } from '../../bot/access/people.ts';
import { londonDay } from '../../bot/calendar/london.ts';
import type { Asking } from '../../bot/conversation/asking.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { ownSchool } from '../../bot/directory/directory.ts';
import type { Look } from '../../bot/look.ts';

/** What a recogniser goes by when somebody says something. */
export function askingOf(
  { at, reading }: Pick<Look, 'at' | 'reading'>,
  actor: string,
  before: readonly Command[],
): Asking {
  const entries = peopleOf(reading.people, actor);
  const schools = entries.flatMap((p) => ownSchool(p.organisation, reading.directory) ?? []);
  return {
    today: londonDay(at),
    roles: entries.map(({ role }) => role),
    districts: [
      ...new Set([...entries.flatMap((p) => p.districts), ...schools.map((s) => s.district)]),
    ],
    before,
    names: {
      districts: reading.districts,
      schools: reading.directory.schools,
      practitioners: reading.directory.practitioners,
      measures: reading.measures,
      glossary: reading.directory.glossary,
    },
  };
}
