import type { Authorised } from '../../bot/access/permissions.ts';
import type { Person } from '../../bot/access/people.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { NoteView } from '../../cards/views.ts';
import { whomToAsk } from '../presenting/help-card.ts';

/** A short answer on a card. */
export const note = (headline: string, text: string, tone: NoteView['tone'] = 'default'): Card =>
  renderCard('note', { headline, text, tone });

type Why = Extract<Authorised, { allowed: false }>['why'];

/** Nobody who is unknown is told a name of any list. */
const REFUSALS: Record<Why, (people: readonly Person[]) => string> = {
  'unknown person': () =>
    'You are not in the people list of the service yet. Type “hello”, and I ask a commissioner to let you in.',
  'not this role': (people) =>
    `That is for somebody else of the service to do. Type “help” to see what you can ask for. If it should be yours to do, please ask ${whomToAsk(people)}.`,
  'not this district': (people) =>
    `That belongs to another district than yours. If you look after it too, please ask ${whomToAsk(people)} to put it beside your name.`,
  'not this school': (people) =>
    `I can only tell you about your own school or setting. If you moved, please ask ${whomToAsk(people)} to change it.`,
};

/** A kind no, with whom to ask. */
export const refused = (why: Why, people: readonly Person[]): Card =>
  note('Sorry, I cannot do that for you', REFUSALS[why](people));
