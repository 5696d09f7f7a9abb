import type { Command } from '../../bot/conversation/command.ts';
import type { Card } from '../../cards/render.ts';
import { isOfDirectory, isOfOversight, isOfOwnReturns } from '../../bot/conversation/families.ts';
import { answerInDirectory } from './answer-directory.ts';
import { answerOnOversight } from './answer-oversight.ts';
import { answerOnOwnReturns } from './answer-own-returns.ts';
import { answerTalk } from './answer-talk.ts';
import type { Turn } from './permit.ts';
import { inHaste, look, type Service } from './service.ts';

/** Answers what somebody asked in words, if they may ask it. */
export async function answer(
  patient: Service,
  actor: string,
  command: Command,
  from?: Turn['from'],
): Promise<Card> {
  const service = inHaste(patient, isOfDirectory(command) ? 'the last minute' : 'nothing');
  const turn: Turn = { service, actor, from, now: await look(service, service.clock.now()) };
  if (isOfDirectory(command)) return answerInDirectory(turn, command);
  if (isOfOwnReturns(command)) return answerOnOwnReturns(turn, command);
  if (isOfOversight(command)) return answerOnOversight(turn, command);
  return answerTalk(turn, command);
}
