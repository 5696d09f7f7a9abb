import { addWorkingDays, type Calendar } from '../calendar/working-days.ts';
import type { Day } from '../calendar/london.ts';

/**
 * The latest stage that a day has reached, counted in working days from `from`.
 * Undefined before the first stage. Stages passed over while nothing ran are not made up for.
 */
export function latestStage(
  from: Day,
  today: Day,
  stages: readonly number[],
  calendar: Calendar,
): number | undefined {
  return [...stages]
    .sort((a, b) => b - a)
    .find((stage) => {
      const day = addWorkingDays(from, stage, calendar);
      return day !== undefined && day <= today;
    });
}

/** `+3`, `-1`: how a stage is written. */
export const stageLabel = (stage: number): string => (stage < 0 ? String(stage) : `+${stage}`);
