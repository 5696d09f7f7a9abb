import type { Command } from '../../bot/conversation/command.ts';
import type { Card } from '../../cards/render.ts';
import {
  isOfDirectory,
  isOfOversight,
  isOfOwnReturns,
  isWriting,
} from '../../bot/conversation/families.ts';
import { answerInDirectory } from './answer-directory.ts';
import { answerOnOversight } from './answer-oversight.ts';
import { answerOnOwnReturns } from './answer-own-returns.ts';
import { answerTalk } from './answer-talk.ts';
import type { Turn } from './permit.ts';
import type { RecentLook } from './recent-look.ts';
import { inHaste, look, type Service } from './service.ts';
import { welcomeFirst } from './welcome.ts';

/**
 * Answers what somebody asked in words, if they may ask it: from a fresh look, or from a recent one
 * where there is one and nothing is to be changed.
 */
export async function answer(
  patient: Service,
  actor: string,
  command: Command,
  from?: Turn['from'],
  recent?: Pick<RecentLook, 'get'>,
): Promise<Card> {
  const isReading = !isWriting(command);
  const otherwise = isReading && isOfDirectory(command) ? 'the last minute' : 'nothing';
  const now =
    isReading && recent
      ? await recent.get(otherwise)
      : await look(inHaste(patient, otherwise), patient.clock.now());
  return answerFrom({ service: inHaste(patient, otherwise), actor, from, now }, command);
}

/** The same from a look that was taken for it. */
export async function answerFrom(turn: Turn, command: Command): Promise<Card> {
  await welcomeFirst(turn, command);
  if (isOfDirectory(command)) return answerInDirectory(turn, command);
  if (isOfOwnReturns(command)) return answerOnOwnReturns(turn, command);
  if (isOfOversight(command)) return answerOnOversight(turn, command);
  return answerTalk(turn, command);
}
