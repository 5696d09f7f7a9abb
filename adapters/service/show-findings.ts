import type { Person } from '../../bot/access/people.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import type { Card } from '../../cards/render.ts';
import { note } from './notes.ts';
import { say, type Acted, type Press } from './pressed-card.ts';

/** Findings for commissioners, by district and rule: so many to a screenful, and the page asked for. */
export function findingsCard(_now: Look, _district: string | undefined, _page: number): Card {
  return note('Not built yet', 'The list of findings is being built.');
}

/** One finding with its whole history. */
export async function showFinding(
  _press: Press,
  _record: FindingRecord,
  _who: Person,
): Promise<Acted> {
  return say('Not built yet', 'The history of a finding is being built.');
}
