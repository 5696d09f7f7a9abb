import type { Look } from '../../bot/look.ts';
import type { Card } from '../../cards/render.ts';
import { note } from './notes.ts';

/** What a rule would have raised on the returns held, for whoever thinks of switching it on. */
export function ruleTrialCard(_now: Look, _text: string): Card {
  return note('Not built yet', 'Trying a rule is being built.');
}
