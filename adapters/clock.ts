import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** What time it is. */
export type Clock = { now(): Date };

/** A clock that stands still until it is told to move: local mode only. */
export type MovableClock = Clock & { moveTo(at: Date): void };

export const systemClock: Clock = { now: () => new Date() };

const clockFile = z.object({ now: z.coerce.date() });

/**
 * The local clock: a file `{"now": "2026-11-23T09:00:00.000Z"}` that the SharePoint emulator reads
 * too, so that items bear the times of the story.
 */
export function fileClock(path: string): MovableClock {
  return {
    now: () => clockFile.parse(JSON.parse(readFileSync(path, 'utf8'))).now,
    moveTo: (at) => {
      const next = `${path}.next`;
      writeFileSync(next, JSON.stringify({ now: at.toISOString() }));
      renameSync(next, path);
    },
  };
}

export const isMovable = (clock: Clock): clock is MovableClock => 'moveTo' in clock;
