import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { backOffMs } from './pace.ts';

/** What keeps a process from its work as a whole, how often in a row, and how long it rests for it. */
export type Trouble = ReturnType<typeof createTrouble>;

export function createTrouble(backOff: { baseMs: number; capMs: number }, log: Logger) {
  let times = 0;
  let what: string | undefined;
  const restMs = (): number => backOffMs(Math.max(1, times), backOff);
  return {
    now: (): string | undefined => what,
    restMs,
    /** Gives how long to rest, in milliseconds. */
    had: (doing: string, error: unknown): number => {
      times += 1;
      what = `${doing}: ${reasonOf(error)}`;
      log.warn({ err: error, times }, doing);
      return restMs();
    },
    isOver: (): void => {
      times = 0;
      what = undefined;
    },
  };
}
