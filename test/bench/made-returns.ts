import type { DistrictFigures } from '../../bot/directory/district.ts';
import type { Answer } from '../../bot/returns/answer.ts';
import type { Form } from '../../bot/returns/measure.ts';
import type { Return } from '../../bot/returns/return.ts';
import { chanceOf, type Chance } from '../bot/year/chance.ts';

/** Returns of made-up districts, and how many schools and settings each has. */
export type MadeReturns = { returns: Return[]; districts: Map<string, DistrictFigures> };

const YEARS = ['2023-24', '2024-25', '2025-26', '2026-27'];
/** One figure in so many is made wrong, left blank, or written so that it cannot be read. */
const WRONG = 0.004;
const BLANK = 0.01;
const UNREADABLE = 0.001;

/** So many returns of all four forms, nearly all of them sound: the same for the same seed. */
export function makeReturns(count: number, seed: number): MadeReturns {
  const chance = chanceOf(seed);
  const returns: Return[] = [];
  const districts = new Map<string, DistrictFigures>();
  while (returns.length < count) {
    const district = `District ${districts.size + 1}`;
    const figures = {
      eySettings: chance.whole(60, 120),
      primarySchools: chance.whole(25, 60),
      secondarySchools: chance.whole(5, 12),
    };
    districts.set(district, figures);
    returns.push(...ofDistrict(district, figures, chance));
  }
  return { returns: returns.slice(0, count), districts };
}

type Figures = Record<string, number>;

function ofDistrict(district: string, of: DistrictFigures, chance: Chance): Return[] {
  return YEARS.flatMap((year) => {
    const filed = (form: Form, term: number, figures: Figures, part?: string) =>
      returnOf({ form, district, year, term }, answersOf(figures, chance), part);
    const termly = [1, 2, 3, 4, 5, 6].flatMap((term) => [
      filed('KPI', term, kpi(of, chance)),
      filed('LAR', term, lar(chance)),
    ]);
    const sheets = ['Early years', 'School age'].map((part) => filed('AET', 6, aet(chance), part));
    return [...termly, filed('Budget', 6, budget(chance)), ...sheets];
  });
}

function kpi(of: DistrictFigures, chance: Chance): Figures {
  const [schools, ey] = [chance.whole(120, 260), chance.whole(60, 160)];
  const [primary, secondary, settings] = [
    of['primarySchools'] ?? 1,
    of['secondarySchools'] ?? 1,
    of['eySettings'] ?? 1,
  ];
  const supported = {
    primary: share(primary, chance),
    secondary: share(secondary, chance),
    ey: share(settings, chance),
  };
  const active = { schools: chance.whole(60, schools), ey: chance.whole(30, ey) };
  const areas = parts(active.schools + active.ey, 4, chance);
  return {
    eySettingsSupported: supported.ey,
    primarySchoolsSupported: supported.primary,
    secondarySchoolsSupported: supported.secondary,
    eySettingsSupportedPct: Math.round((supported.ey / settings) * 100),
    primarySchoolsSupportedPct: Math.round((supported.primary / primary) * 100),
    secondarySchoolsSupportedPct: Math.round((supported.secondary / secondary) * 100),
    activelySupportedSchools: active.schools,
    schoolCaseload: schools,
    activelySupportedEY: active.ey,
    eyCaseload: ey,
    ...named(['activeCI', 'activeCL', 'activeSEMH', 'activeSP'], areas),
  };
}

function lar(chance: Chance): Figures {
  const [primary, secondary, ey] = [
    chance.whole(10, 40),
    chance.whole(2, 12),
    chance.whole(10, 40),
  ];
  const ids = (of: string) => ['CI', 'CL', 'SEMH', 'SP'].map((area) => `${of}Referrals${area}`);
  return {
    referralsPrimary: primary,
    referralsSecondary: secondary,
    referralsEY: ey,
    ...named(ids('school'), parts(primary + secondary, 4, chance)),
    ...named(ids('ey'), parts(ey, 4, chance)),
  };
}

function budget(chance: Chance): Figures {
  const [core, outreach] = [chance.whole(300_000, 400_000), chance.whole(200_000, 300_000)];
  return {
    coreBudget: core,
    outreachBudget: outreach,
    slaTotal: core + outreach,
    totalBudget: core + outreach,
    staffingCosts: core - 20_000,
    rentAndPremises: 15_000,
    specialSchoolOutreach: outreach,
  };
}

function aet(chance: Chance): Figures {
  const booked = chance.whole(5, 30);
  return { aetCompleted: chance.whole(0, booked), aetBooked: booked };
}

const share = (of: number, chance: Chance): number => Math.round(of * chance.between(0.4, 1));

/** A whole taken apart at random. */
function parts(whole: number, count: number, chance: Chance): number[] {
  const cuts = Array.from({ length: count - 1 }, () => chance.whole(0, whole)).sort(
    (a, b) => a - b,
  );
  return [...cuts, whole].map((cut, i) => cut - (cuts[i - 1] ?? 0));
}

const named = (ids: readonly string[], values: readonly number[]): Figures =>
  Object.fromEntries(ids.map((id, i) => [id, values[i] ?? 0]));

const answersOf = (figures: Figures, chance: Chance): Record<string, Answer> =>
  Object.fromEntries(Object.entries(figures).map(([id, value]) => [id, answerOf(value, chance)]));

function answerOf(value: number, chance: Chance): Answer {
  if (chance.happens(BLANK)) return { kind: 'blank' };
  if (chance.happens(UNREADABLE)) {
    return { kind: 'unreadable', raw: `${value} (approx)`, why: 'it is not a plain number' };
  }
  const figure = chance.happens(WRONG) ? value + chance.whole(5, 500) : value;
  return { kind: 'number', value: figure, raw: String(figure) };
}

let items = 0;

const returnOf = (
  key: Pick<Return, 'form' | 'district' | 'year' | 'term'>,
  answers: Record<string, Answer>,
  part?: string,
): Return => ({
  ...key,
  ...(part === undefined ? {} : { part }),
  list: key.form,
  itemId: String((items += 1)),
  etag: '"1"',
  answers,
  remarks: '',
  submittedBy: '',
  createdAt: MADE,
  modifiedAt: MADE,
});

const MADE = new Date('2026-07-20T10:00:00Z');
