/** What a clean return of 2025-26 or 2026-27 holds: the measures asked from 2023-24 on. All made up. */
import { kpi, lar } from './columns.ts';
import {
  activeAreas,
  impactNumbers,
  madeUpPlace,
  staffNumbers,
  supportNumbers,
  type Moment,
  type Numbers,
} from './made-up-kpi.ts';
import { eyAreas, laterActivity, newActivity, peopleTrained, schoolAreas } from './made-up-lar.ts';

export type Values = Record<string, string | number>;

export function laterKpiValues(at: Moment): Values {
  const support = supportNumbers(at);
  const children = (support[kpi.activeSchools] ?? 0) + (support[kpi.activeEy] ?? 0);
  return {
    ...support,
    ...percentages(at, support),
    ...activeAreas(at, children),
    ...impactNumbers(at),
    ...staffNumbers(at),
  };
}

export function laterLarValues(at: Moment): Values {
  const activity = laterActivity(at);
  const primary = activity[lar.referralsPrimary] ?? 0;
  const secondary = activity[lar.referralsSecondary] ?? 0;
  return {
    ...activity,
    ...schoolAreas(at, primary + secondary),
    ...eyAreas(at, activity[lar.referralsEy] ?? 0),
    ...newActivity(at),
    ...peopleTrained(at),
  };
}

function percentages(at: Moment, support: Numbers): Values {
  const { earlyYearsSettings, primarySchools, secondarySchools } = at.district;
  const share = (column: string, outOf: number, measure: number) =>
    percentageText((100 * (support[column] ?? 0)) / outOf, madeUpPlace(at, measure));
  return {
    [kpi.eyPercent]: share(kpi.eySupported, earlyYearsSettings, 41),
    [kpi.primaryPercent]: share(kpi.primarySupported, primarySchools, 42),
    [kpi.secondaryPercent]: share(kpi.secondarySupported, secondarySchools, 43),
  };
}

/** People write a percentage in different ways. */
function percentageText(percentage: number, place: number): string {
  if (place < -0.5) return `${percentage.toFixed(1)} %`;
  return place < 0.3 ? `${Math.round(percentage)}%` : String(Math.round(percentage));
}
