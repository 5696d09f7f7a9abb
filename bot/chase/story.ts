import { termName } from '../calendar/terms.ts';
import type { Look } from '../look.ts';
import { formName, type ReturnKey } from '../returns/return.ts';
import type { StoryLine } from './story-line.ts';
import { whatComesNext } from './story-next.ts';
import { standsNow } from './story-now.ts';
import { happened } from './story-so-far.ts';

/** The whole story of one return, for people. */
export type Story = {
  /** `Dover, KPI return, Term 1, 2026-27`. */
  heading: string;
  /** What happened, oldest first. */
  lines: StoryLine[];
  /** Where it stands, and who is or is not chased for it at this moment, and why. */
  now: string[];
  /** What comes, and when. */
  next: string[];
};

/** Tells what happened to a return, where it stands and what comes next. Pure: all of it is in the look. */
export const tellStory = (look: Look, key: ReturnKey): Story => ({
  heading: `${key.district}, ${formName(key.form)}, ${termName(key)}`,
  lines: happened(look, key).sort(byTime),
  now: standsNow(look, key),
  next: whatComesNext(look, key),
});

const byTime = (a: StoryLine, b: StoryLine): number =>
  (a.at?.getTime() ?? -Infinity) - (b.at?.getTime() ?? -Infinity);
