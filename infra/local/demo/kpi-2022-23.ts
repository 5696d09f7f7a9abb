/** The numbers of the KPI returns of 2022-23: made up but for the countywide means of the impact measures. */
import { kpi } from './columns.ts';
import { countywide } from './countywide-2022-23.ts';
import { districts } from './districts.ts';
import {
  impactOffset,
  staffNumbers,
  supportNumbers,
  type Moment,
  type Numbers,
} from './made-up-kpi.ts';

/** The report: no impact measures from these two. */
const withoutImpact = ['Dartford', 'Sevenoaks'];
const withImpact = districts.filter(({ name }) => !withoutImpact.includes(name));

/** The report does not name the districts that could not yet count these; made up. */
const withoutActiveAtFirst = ['Gravesham', 'Swale', 'Tunbridge Wells'];

/** The report: Swale had vacancies for most of the year, all filled by its end. Numbers made up. */
const swaleVacancies = [2.4, 2.2, 2, 1.6, 1, 0.2];

/** Schools of other districts joined a shared course and were counted (made up, after figure 1). */
const outOfDistrict: Record<string, Numbers> = {
  'Thanet 5': { [kpi.primarySupported]: 35 },
  'Dartford 6': { [kpi.secondarySupported]: 10 },
};

export function kpiNumbers202223(at: Moment): Numbers {
  const {
    [kpi.activeSchools]: schools = 0,
    [kpi.activeEy]: ey = 0,
    ...support
  } = supportNumbers(at);
  const notCounted = at.term < 3 && withoutActiveAtFirst.includes(at.district.name);
  return {
    ...support,
    ...(notCounted ? {} : { [kpi.activeSchools]: schools, [kpi.activeEy]: ey }),
    ...impact(at),
    ...staffNumbers(at),
    ...(at.district.name === 'Swale'
      ? { [kpi.fteVacancies]: swaleVacancies[at.term - 1] ?? 0 }
      : {}),
    ...outOfDistrict[`${at.district.name} ${at.term}`],
  };
}

/** The districts' percentages, made up around the report's mean. */
function impact({ district, term }: Moment): Numbers {
  const index = withImpact.indexOf(district);
  if (index < 0) return {};
  const wobbles = [-2, -1, -1, 0, 0, 0, 0, 1, 1, 2];
  const percentage = (byTerm: number[], measure: number) => {
    const wobble = wobbles[(index + 3 * term + measure) % wobbles.length] ?? 0;
    return ((byTerm[term - 1] ?? 0) + impactOffset(district) + wobble) / 100;
  };
  return {
    [kpi.targetsReviewed]: percentage(countywide.targetsReviewed, 0),
    [kpi.targetsAmended]: percentage(countywide.targetsAmended, 4),
    [kpi.closedTargetsMet]: percentage(countywide.closedTargetsMet, 7),
  };
}
