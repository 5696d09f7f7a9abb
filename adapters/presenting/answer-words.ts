import { showAnswer, type Answer } from '../../bot/returns/answer.ts';
import type { Unit } from '../../bot/returns/measure.ts';
import { shortened } from './words.ts';

/** What one answer may take on a card. */
const MOST_OF_AN_ANSWER = 160;

/** An answer in words that tell apart what is blank, what is not known and what nobody can read. */
export function answerInWords(answer: Answer | undefined, unit: Unit): string {
  if (answer === undefined || answer.kind === 'blank') return 'blank';
  const shown = showAnswer(answer, unit);
  const words = answer.kind === 'unreadable' ? `could not be read: ${shown}` : shown;
  return shortened(words, MOST_OF_AN_ANSWER);
}
