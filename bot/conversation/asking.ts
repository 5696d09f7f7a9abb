import type { Role } from '../access/people.ts';
import type { Day } from '../calendar/london.ts';
import type { LinkPractitioner, School } from '../directory/directory.ts';
import type { NamedDistrict } from '../directory/district-name.ts';
import type { GlossaryEntry } from '../directory/glossary.ts';
import type { Measure } from '../returns/measure.ts';
import type { Command } from './command.ts';

/** The names that people use: all that a recogniser knows of the lists. */
export type Names = {
  districts: readonly NamedDistrict[];
  schools: readonly Pick<School, 'name' | 'otherNames' | 'district'>[];
  practitioners: readonly Pick<LinkPractitioner, 'name'>[];
  measures: readonly Pick<Measure, 'id' | 'question' | 'phase'>[];
  glossary: readonly Pick<GlossaryEntry, 'name' | 'otherNames'>[];
};

/** Who says something, when, and what was said before. */
export type Asking = {
  /** The London day on which it is said. */
  today: Day;
  /** Nobody whom the people list knows has none. */
  roles: readonly Role[];
  /** The asker's own districts; of a SENCO, the school's. */
  districts: readonly string[];
  /** What their last message asked for, where that was a moment ago. */
  before: readonly Command[];
  names: Names;
};
