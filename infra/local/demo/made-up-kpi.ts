/**
 * The numbers of the KPI returns. All are made up but the countywide means of the
 * impact measures in 2022-23, which `countywide-2022-23.ts` holds.
 */
import { kpi } from './columns.ts';
import { districts, type District } from './districts.ts';
import { countNear, oneDecimal, shareOut, swing } from './made-up-numbers.ts';

export type Numbers = Record<string, number>;

/** One district in one term; `salt` tells the academic years apart. */
export type Moment = { district: District; term: number; salt: number };

/** Districts differ from the countywide impact by these points (made up; they add up to nothing). */
const impactOffsets: Record<string, number> = {
  Ashford: -9,
  Canterbury: 5,
  Dartford: -2,
  Dover: 9,
  'Folkestone and Hythe': -5,
  Gravesham: 1,
  Maidstone: -1,
  Sevenoaks: 2,
  Swale: -7,
  Thanet: 7,
  'Tonbridge and Malling': 3,
  'Tunbridge Wells': -3,
};

export function madeUpPlace({ district, term, salt }: Moment, measure: number): number {
  return swing(districts.indexOf(district) * 5 + measure * 7 + salt, term);
}

export function impactOffset(district: District): number {
  return impactOffsets[district.name] ?? 0;
}

/** What every year has. The bands of children supported end below those of the caseloads. */
export function supportNumbers(at: Moment): Numbers {
  const { district } = at;
  return {
    [kpi.eySupported]: countNear(district.earlyYearsSettings * 0.82, 0.15, madeUpPlace(at, 1)),
    [kpi.primarySupported]: countNear(district.primarySchools * 0.86, 0.1, madeUpPlace(at, 2)),
    [kpi.secondarySupported]: countNear(district.secondarySchools * 0.75, 0.2, madeUpPlace(at, 3)),
    [kpi.activeSchools]: countNear(140 * district.size, 0.14, madeUpPlace(at, 6)),
    [kpi.schoolCaseload]: countNear(190 * district.size, 0.13, madeUpPlace(at, 4)),
    [kpi.activeEy]: countNear(83 * district.size, 0.14, madeUpPlace(at, 7)),
    [kpi.eyCaseload]: countNear(115 * district.size, 0.15, madeUpPlace(at, 5)),
  };
}

export function staffNumbers(at: Moment): Numbers {
  return {
    [kpi.fteTotal]: oneDecimal(4 + 4 * at.district.size + 0.5 * madeUpPlace(at, 8)),
    [kpi.fteVacancies]: oneDecimal(0.6 + 0.4 * madeUpPlace(at, 9)),
  };
}

/** Impact from 2023-24 on, when every district reports it: near the levels of 2022-23. */
export function impactNumbers(at: Moment): Numbers {
  const offset = impactOffset(at.district);
  return {
    [kpi.targetsReviewed]: Math.round(41 + offset + 4 * madeUpPlace(at, 10)) / 100,
    [kpi.targetsAmended]: Math.round(32 + offset + 4 * madeUpPlace(at, 11)) / 100,
    [kpi.closedTargetsMet]: Math.round(23 + offset + 4 * madeUpPlace(at, 12)) / 100,
  };
}

/** Children actively supported, by area of need; the four add up to schools and early years. */
export function activeAreas(at: Moment, children: number): Numbers {
  const lean = 0.03 * madeUpPlace(at, 13);
  const [interaction = 0, learning = 0, semh = 0, sensory = 0] = shareOut(children, [
    0.38 + lean,
    0.23,
    0.3 - lean,
    0.09,
  ]);
  return {
    [kpi.activeInteraction]: interaction,
    [kpi.activeLearning]: learning,
    [kpi.activeSemh]: semh,
    [kpi.activeSensory]: sensory,
  };
}
