import type { Clause } from './clause.ts';
import { ENOUGH, isSmallTalk, type Scored } from './scoring.ts';

/** A clause with what it may mean, the likeliest first. */
export type Reading = { clause: Clause; scored: readonly Scored[] };

/** Words between two signs or joining words, read alone. */
export type Part = { words: string; reading: Reading };

export const top = ({ scored }: Reading): number => scored[0]?.score ?? 0;

/** Whether it says enough to be answered, and is no small talk. */
export const isTelling = ({ scored: [best] }: Reading): boolean =>
  best !== undefined && best.score >= ENOUGH && !isSmallTalk(best);
