import { addWorkingDays, type Calendar } from '../calendar/working-days.ts';
import type { Day } from '../calendar/london.ts';

/** A stage, and the day on which it is reached. */
export type Reached = { stage: number; on: Day };

/**
 * The latest stage that a day has reached, counted in working days from `from`.
 * Undefined before the first stage. Stages passed over while nothing ran are not made up for.
 */
export function latestStage(
  from: Day,
  today: Day,
  stages: readonly number[],
  calendar: Calendar,
): Reached | undefined {
  let latest: Reached | undefined;
  for (const stage of stages) {
    if (latest && stage <= latest.stage) continue;
    const on = addWorkingDays(from, stage, calendar);
    if (on !== undefined && on <= today) latest = { stage, on };
  }
  return latest;
}

/** `+3`, `-1`: how a stage is written. */
export const stageLabel = (stage: number): string => (stage < 0 ? String(stage) : `+${stage}`);

/** The stage that a label names, without what tells it apart from the same stage before. */
export const stageShown = (label: string): string => label.split(',')[0] ?? label;

/** The number that a label begins with, `query +2, asked again 2026-11-20` being 2. */
export const stageOf = (label: string): number => Number.parseInt(label.replace('query ', ''), 10);
