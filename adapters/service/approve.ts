import type { Look } from '../../bot/look.ts';
import type { ReturnKey } from '../../bot/returns/return.ts';
import type { Card } from '../../cards/render.ts';
import { note } from './notes.ts';
import { say, type Acted, type Press } from './pressed-card.ts';

/** What a commissioner can approve now. */
export function approvalsCard(_now: Look): Card {
  return note('Not built yet', 'Approving is being built.');
}

/** Approves returns as they were shown: `shown` names the versions that the card was made from. */
export async function approveReturns(
  _press: Press,
  _keys: readonly ReturnKey[],
  _shown: string,
): Promise<Acted> {
  return say('Not built yet', 'Approving is being built.');
}

/** Takes approvals back. */
export async function undoApprovals(_press: Press, _keys: readonly ReturnKey[]): Promise<Acted> {
  return say('Not built yet', 'Approving is being built.');
}
