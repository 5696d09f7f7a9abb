import type { Role } from '../../../bot/access/people.ts';
import type { Asking, Names } from '../../../bot/conversation/asking.ts';
import { demoDirectory, demoHeld } from '../demo-held.ts';

const { districts, measures } = demoHeld();

/** What a recogniser knows of the demo's lists. */
export const demoNames: Names = { districts, measures, ...demoDirectory() };

/** Monday 23 November 2026, when the demo begins. */
const TODAY = '2026-11-23';

const asker = (roles: readonly Role[], districts: readonly string[]): Asking => ({
  today: TODAY,
  roles,
  districts,
  before: [],
  names: demoNames,
});

export const ASKERS = {
  senco: asker(['SENCO'], ['Dover']),
  lead: asker(['District lead'], ['Dover']),
  commissioner: asker(['Commissioner'], []),
  practitioner: asker(['Link practitioner'], ['Dover']),
  stranger: asker([], []),
};
export type Asker = keyof typeof ASKERS;
