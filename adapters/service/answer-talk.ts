import { peopleOf } from '../../bot/access/people.ts';
import type { TalkCommand } from '../../bot/conversation/families.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { helpView } from '../presenting/help-card.ts';
import type { Turn } from './permit.ts';

/** Answers greetings, calls for help, and what could not be understood. */
export async function answerTalk(turn: Turn, command: TalkCommand): Promise<Card> {
  return helpFor(turn, command.name === 'not understood');
}

function helpFor({ service, actor, now }: Turn, lost = false): Card {
  const view = helpView(
    peopleOf(now.reading.people, actor).map((p) => p.role),
    service.isLocal,
  );
  return renderCard(
    'help',
    lost && view.examples.length > 0
      ? { ...view, headline: 'I did not understand that. You could ask:' }
      : view,
  );
}
