/** The numbers of the Local Activity Reports of 2022-23: the report's totals, divided by arithmetic of ours. */
import { lar } from './columns.ts';
import { countywide } from './countywide-2022-23.ts';
import { districts, type District } from './districts.ts';
import { madeUpPlace, type Moment, type Numbers } from './made-up-kpi.ts';
import {
  eyAreas,
  liftAttendance,
  peopleTrained,
  schoolAreas,
  splitTraining,
} from './made-up-lar.ts';
import { salts, shareOut } from './made-up-numbers.ts';

/** How many terms' worth each term holds, made up; the report tells of more referrals in term 2. */
const referralSeason = [0.95, 1.1, 1, 1, 1, 0.95];
/** The report: more early years clinics in terms 5 and 6. */
const clinicSeason = [0.95, 0.95, 1, 1, 1.05, 1.05];

const activity = {
  [lar.referralsPrimary]: overTheYear(countywide.referralsPrimary, referralSeason, 33, 0.2),
  [lar.referralsSecondary]: overTheYear(countywide.referralsSecondary, referralSeason, 34, 0.25),
  [lar.referralsEy]: overTheYear(countywide.referralsEy, referralSeason, 35, 0.2),
  [lar.clinicsSchools]: overTheYear(countywide.clinicsSchools, clinicSeason, 36, 0.35),
  [lar.clinicsEy]: overTheYear(countywide.clinicsEy, clinicSeason, 37, 0.3),
  [lar.transitionSchools]: termByTerm(countywide.transitionSchools),
  [lar.transitionEy]: termByTerm(countywide.transitionEy),
};

export function larNumbers202223(at: Moment): Numbers {
  const numbers = Object.fromEntries(
    Object.entries(activity).flatMap(([column, shares]) => {
      const share = shares[at.term - 1]?.[districts.indexOf(at.district)] ?? 0;
      return share === 0 ? [] : [[column, share]];
    }),
  );
  const primary = numbers[lar.referralsPrimary] ?? 0;
  const secondary = numbers[lar.referralsSecondary] ?? 0;
  return {
    ...liftAttendance(at),
    ...numbers,
    ...schoolAreas(at, primary + secondary),
    ...eyAreas(at, numbers[lar.referralsEy] ?? 0),
    ...splitTraining(at),
    ...peopleTrained(at),
  };
}

/** Shares of a year's total, by term and district. The division is made up. */
function overTheYear(total: number, season: number[], measure: number, width: number): number[][] {
  const weights = season.flatMap((weight, index) =>
    districts.map((district) => weight * weightOf(district, index + 1, measure, width)),
  );
  const shares = shareOut(total, weights);
  return season.map((_, index) => shares.slice(index * 12, index * 12 + 12));
}

/** Tonbridge and Malling works through clinics (the report): more of them, and less evenly (made up). */
function weightOf(district: District, term: number, measure: number, width: number): number {
  const place = madeUpPlace({ district, term, salt: salts['2022-23'] }, measure);
  const clinicsFirst = district.name === 'Tonbridge and Malling' && measure === 36;
  return clinicsFirst
    ? 1.3 * district.size * (1 + 0.6 * place)
    : district.size * (1 + width * place);
}

/** Shares of each term's total, by district. The division is made up. A share of none is left blank. */
function termByTerm(totals: number[]): number[][] {
  return totals.map((total, index) =>
    shareOut(
      total,
      districts.map((district) => weightOf(district, index + 1, 38, 0.1)),
      total < districts.length ? 0 : 1,
    ),
  );
}
