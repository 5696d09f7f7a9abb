/** The numbers of the Local Activity Reports: all made up but the countywide totals of 2022-23. */
import { lar } from './columns.ts';
import { countywide } from './countywide-2022-23.ts';
import { madeUpPlace, type Moment, type Numbers } from './made-up-kpi.ts';
import { countNear, shareOut } from './made-up-numbers.ts';

/** Referrals of schools by area of need: SEMH is the largest, as in the report's figure 20. */
export function schoolAreas(at: Moment, referrals: number): Numbers {
  const lean = 0.03 * madeUpPlace(at, 21);
  const [interaction = 0, learning = 0, semh = 0, sensory = 0] = shareOut(referrals, [
    0.26 - lean,
    0.2,
    0.46 + lean,
    0.08,
  ]);
  return {
    [lar.schoolInteraction]: interaction,
    [lar.schoolLearning]: learning,
    [lar.schoolSemh]: semh,
    [lar.schoolSensory]: sensory,
  };
}

/** Referrals of early years by area of need: C&I is the largest, SEMH far below (figure 21). */
export function eyAreas(at: Moment, referrals: number): Numbers {
  const lean = 0.03 * madeUpPlace(at, 22);
  const [interaction = 0, learning = 0, semh = 0, sensory = 0] = shareOut(referrals, [
    0.5 + lean,
    0.34 - lean,
    0.1,
    0.06,
  ]);
  return {
    [lar.eyInteraction]: interaction,
    [lar.eyLearning]: learning,
    [lar.eySemh]: semh,
    [lar.eySensory]: sensory,
  };
}

/** Attendance at LIFT: asked until 2024-25. */
export function liftAttendance(at: Moment): Numbers {
  const { district } = at;
  return {
    [lar.primaryAtLift]: countNear(district.primarySchools * 0.5, 0.2, madeUpPlace(at, 23)),
    [lar.secondaryAtLift]: countNear(district.secondarySchools * 0.4, 0.3, madeUpPlace(at, 24)),
    [lar.eyAtLift]: countNear(district.earlyYearsSettings * 0.25, 0.2, madeUpPlace(at, 25)),
  };
}

/** Core and bespoke courses: told apart until 2022-23, bespoke the more wanted. */
export function splitTraining(at: Moment): Numbers {
  return {
    [lar.coreTraining]: countNear(4 * at.district.size, 0.4, madeUpPlace(at, 26)),
    [lar.bespokeTraining]: countNear(9 * at.district.size, 0.4, madeUpPlace(at, 27)),
  };
}

export function peopleTrained(at: Moment): Numbers {
  const { size } = at.district;
  return {
    [lar.parentalTraining]: countNear(4 * size, 0.4, madeUpPlace(at, 28)),
    [lar.schoolsTrained]: countNear(16 * size, 0.3, madeUpPlace(at, 29)),
    [lar.settingsTrained]: countNear(14 * size, 0.3, madeUpPlace(at, 30)),
  };
}

/** Measures that begin in 2023-24. */
export function newActivity(at: Moment): Numbers {
  return {
    [lar.casesAtClinics]: countNear(34 * at.district.size, 0.25, madeUpPlace(at, 31)),
    [lar.trainingCourses]: countNear(13 * at.district.size, 0.3, madeUpPlace(at, 32)),
  };
}

/** Later years stay near a district's own average of 2022-23. */
export function laterActivity(at: Moment): Numbers {
  const { size, name } = at.district;
  const usual = (total: number) => (total / 72) * size;
  const clinicsFirst = name === 'Tonbridge and Malling';
  const clinics = usual(countywide.clinicsSchools) * (clinicsFirst ? 1.3 : 1);
  return {
    [lar.referralsPrimary]: countNear(
      usual(countywide.referralsPrimary),
      0.12,
      madeUpPlace(at, 33),
    ),
    [lar.referralsSecondary]: countNear(
      usual(countywide.referralsSecondary),
      0.2,
      madeUpPlace(at, 34),
    ),
    [lar.referralsEy]: countNear(usual(countywide.referralsEy), 0.1, madeUpPlace(at, 35)),
    [lar.clinicsSchools]: countNear(clinics, clinicsFirst ? 0.45 : 0.25, madeUpPlace(at, 36)),
    [lar.clinicsEy]: countNear(usual(countywide.clinicsEy), 0.2, madeUpPlace(at, 37)),
    [lar.transitionSchools]: countNear(16 * size, 0.25, madeUpPlace(at, 38)),
    [lar.transitionEy]: countNear(8 * size, 0.25, madeUpPlace(at, 39)),
  };
}
