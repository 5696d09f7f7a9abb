import type { Acted, Press } from './pressed-card.ts';
import { say } from './pressed-card.ts';

/** First and last day away as typed, and the e-mail address of whoever covers. */
export type AwayTyped = { from: string; until: string; cover: string };

export async function markAway(_press: Press, _typed: AwayTyped): Promise<Acted> {
  return say('Not yet', '');
}

export async function markBack(_press: Press): Promise<Acted> {
  return say('Not yet', '');
}
