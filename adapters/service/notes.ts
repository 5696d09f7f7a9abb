import type { Authorised } from '../../bot/access/permissions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { NoteView } from '../../cards/views.ts';

/** A short answer on a card. */
export const note = (headline: string, text: string, tone: NoteView['tone'] = 'default'): Card =>
  renderCard('note', { headline, text, tone });

type Why = Extract<Authorised, { allowed: false }>['why'];

const REFUSALS: Record<Why, string> = {
  'unknown person':
    'You are not in the people list of the service yet. Please ask a commissioner to add you.',
  'not this role':
    'That is for somebody else of the service to do. Type “help” to see what you can ask for.',
  'not this district': 'That belongs to another district than yours.',
  'not this school': 'I can only tell you about your own school or setting.',
};

/** A kind no. */
export const refused = (why: Why): Card => note('Sorry, I cannot do that for you', REFUSALS[why]);
