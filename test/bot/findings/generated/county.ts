/** Made-up returns of twelve districts over four years that hold no contradiction, by construction. */
import { districts } from '../../../../infra/local/demo/districts.ts';
import type { Chance } from '../../year/chance.ts';

export type Form = 'KPI' | 'LAR' | 'Budget' | 'AET';

/** What stands in a cell. A percentage is a number of per cent. */
export type Cell = number | 'blank' | 'not known' | 'not applicable' | { text: string };

/** One return, or one sheet, as it was meant. */
export type Sheet = {
  form: Form;
  district: string;
  /** 0 is term 1 of 2022-23, 23 is term 6 of 2025-26. */
  at: number;
  /** AET: which of the two sheets. */
  part?: 'School age' | 'Early years';
  /** By measure id: exactly the measures that were asked in that term. */
  cells: Record<string, Cell>;
  /** How many items were filed for it; the last is the one that is meant. */
  items: number;
};

/** An item that names no known district, or no known term. */
export type Stray = { form: 'KPI' | 'LAR'; district: string; year: string; term: string };

export type Sizes = { ey: number; primary: number; secondary: number };

export type County = { sizes: ReadonlyMap<string, Sizes>; sheets: Sheet[]; strays: Stray[] };

const YEARS = 4;
export const TERMS = YEARS * 6;
/** From term 1 of 2023-24 other things are asked. */
export const CHANGED = 6;
/** Until term 6 of 2024-25 districts held LIFT meetings. */
const LAST_LIFT = 17;

export const yearAt = (at: number): string => {
  const start = 2022 + Math.floor(at / 6);
  return `${start}-${(start + 1) % 100}`;
};
export const termAt = (at: number): number => (at % 6) + 1;

/** From its first term to its last, both included. */
type Span = [from: number, to: number];

const SPANS: Record<string, Span> = {
  ...spans(
    [CHANGED, TERMS],
    'eySettingsSupportedPct primarySchoolsSupportedPct secondarySchoolsSupportedPct activeCI activeCL activeSEMH activeSP casesAtClinics trainingCourses',
  ),
  ...spans([0, LAST_LIFT], 'primarySchoolsAtLift secondarySchoolsAtLift eySettingsAtLift'),
  ...spans([0, CHANGED - 1], 'coreTraining bespokeTraining'),
};

function spans(span: Span, ids: string): Record<string, Span> {
  return Object.fromEntries(ids.split(' ').map((id) => [id, span]));
}

const isAsked = (id: string, at: number): boolean => {
  const [from, to] = SPANS[id] ?? [0, TERMS];
  return from <= at && at <= to;
};

/** A measure's figure in each term. */
type Series = readonly number[];

/**
 * Figures that wander and never stand out. In every year each of six levels comes once, so of any
 * six or more earlier figures the median absolute deviation is at least one step where the next
 * figure is four steps off (modified z 2.7, of 3.5 allowed). The lowest level is 17 steps or
 * more, so two levels are never more than 30% apart.
 */
const levels = (lowest: number, step: number, order: Series): Series =>
  order.map((level) => Number((lowest + step * level).toFixed(1)));

/** Small figures: two neighbours by turns, never 5 apart. */
const neighbours = (lower: number, order: Series): Series =>
  order.map((level) => lower + (level % 2));

/** The six levels of each year in any order; no level twice running. */
export function orderOf(chance: Chance): Series {
  const order: number[] = [];
  for (let year = 0; year < YEARS; year += 1) {
    const six = shuffled([0, 1, 2, 3, 4, 5], chance);
    if (six[0] === order.at(-1)) six.reverse();
    order.push(...six);
  }
  return order;
}

export function shuffled<T>(all: readonly T[], chance: Chance): T[] {
  const left = [...all];
  return all.flatMap(() => left.splice(chance.whole(0, left.length - 1), 1));
}

type Line = { lowest: number; step: number };

/** Parts of a whole, all on the same order, so that the whole wanders as they do. */
const partsOf = (chance: Chance): Line[] =>
  [0, 1, 2, 3].map(() => {
    const step = chance.whole(1, 2);
    return { step, lowest: 20 * step + chance.whole(0, 30) };
  });

const totalOf = (parts: readonly Line[]): Line => ({
  lowest: parts.reduce((all, { lowest }) => all + lowest, 0),
  step: parts.reduce((all, { step }) => all + step, 0),
});

/** The same whole once more, in two. */
function splitInTwo({ lowest, step }: Line, chance: Chance): [Line, Line] {
  const one = chance.whole(1, step - 1);
  const spare = lowest - 20 * step;
  const first = { step: one, lowest: 20 * one + chance.whole(0, spare) };
  return [first, { step: step - one, lowest: lowest - first.lowest }];
}

const along = ({ lowest, step }: Line, order: Series): Series => levels(lowest, step, order);

const percent = (supported: Series, size: number): Series =>
  supported.map((figure) => Number(((100 * figure) / size).toFixed(1)));

function kpiSeries(size: Sizes, chance: Chance): Record<string, Series> {
  const order = orderOf(chance);
  const areas = partsOf(chance);
  const [schools, ey] = splitInTwo(totalOf(areas), chance);
  const own = () => orderOf(chance);
  const above = ({ lowest, step }: Line) =>
    levels(lowest + 5 * step + chance.whole(20, 60), chance.whole(1, 2), own());
  const eySupported = levels(chance.whole(34, size.ey - 10), chance.whole(1, 2), own());
  const primary = levels(chance.whole(17, size.primary - 5), 1, own());
  const secondary = neighbours(chance.whole(6, size.secondary - 1), own());
  const [ci, cl, semh, sp] = areas.map((area) => along(area, order));
  return {
    eySettingsSupported: eySupported,
    primarySchoolsSupported: primary,
    secondarySchoolsSupported: secondary,
    eySettingsSupportedPct: percent(eySupported, size.ey),
    primarySchoolsSupportedPct: percent(primary, size.primary),
    secondarySchoolsSupportedPct: percent(secondary, size.secondary),
    activelySupportedSchools: along(schools, order),
    schoolCaseload: above(schools),
    activelySupportedEY: along(ey, order),
    eyCaseload: above(ey),
    activeCI: ci ?? [],
    activeCL: cl ?? [],
    activeSEMH: semh ?? [],
    activeSP: sp ?? [],
    targetsReviewed: levels(chance.whole(30, 60), 1, own()),
    targetsAmended: levels(chance.whole(20, 50), 1, own()),
    closedTargetsMet: levels(chance.whole(20, 40), 1, own()),
    fteTotal: levels(chance.whole(80, 200) / 10, 0.2, own()),
    fteVacancies: levels(chance.whole(10, 30) / 10, 0.1, own()),
  };
}

/** Wandering, small, always the same, or always nothing. */
function anySeries(chance: Chance): Series {
  const order = orderOf(chance);
  const step = chance.whole(1, 3);
  return chance.oneOf([
    levels(20 * step + chance.whole(0, 80), step, order),
    neighbours(chance.whole(1, 9), order),
    order.map(() => step + 4),
    order.map(() => 0),
  ]);
}

function larSeries(chance: Chance): Record<string, Series> {
  const order = orderOf(chance);
  const schoolAreas = partsOf(chance);
  const [primary, secondary] = splitInTwo(totalOf(schoolAreas), chance);
  const eyOrder = orderOf(chance);
  const eyAreas = partsOf(chance);
  const areas = (prefix: string, parts: readonly Line[], on: Series) =>
    Object.fromEntries(
      ['CI', 'CL', 'SEMH', 'SP'].map((area, i) => [
        `${prefix}${area}`,
        along(parts[i] ?? { lowest: 0, step: 0 }, on),
      ]),
    );
  const others =
    'primarySchoolsAtLift secondarySchoolsAtLift eySettingsAtLift clinicsSchools clinicsEY casesAtClinics transitionSchools transitionEY coreTraining bespokeTraining parentalTraining trainingCourses schoolsTrained settingsTrained';
  return {
    referralsPrimary: along(primary, order),
    referralsSecondary: along(secondary, order),
    referralsEY: along(totalOf(eyAreas), eyOrder),
    ...areas('schoolReferrals', schoolAreas, order),
    ...areas('eyReferrals', eyAreas, eyOrder),
    ...Object.fromEntries(others.split(' ').map((id) => [id, anySeries(chance)])),
  };
}

/**
 * Which terms a district files. One in three was late to begin, or missed most of a year: then the
 * year holds one return, or all but one, which leaves what stands out as it is for {@link levels}.
 */
function filedTerms(chance: Chance): number[] {
  const all = Array.from({ length: TERMS }, (_, at) => at);
  if (!chance.happens(0.35)) return all;
  const year = chance.whole(0, 1);
  const term = chance.whole(0, 5);
  const onlyOne = chance.happens(0.6);
  return all.filter((at) => Math.floor(at / 6) !== year || (at % 6 === term) === onlyOne);
}

function returnsOf(form: 'KPI' | 'LAR', district: string, size: Sizes, chance: Chance): Sheet[] {
  const series = Object.entries(form === 'KPI' ? kpiSeries(size, chance) : larSeries(chance));
  return filedTerms(chance).map((at) => {
    const asked = series.filter(([id]) => isAsked(id, at));
    const cells: Sheet['cells'] = Object.fromEntries(
      asked.map(([id, figures]) => [id, figures[at] ?? 'blank']),
    );
    return { form, district, at, cells, items: 1 };
  });
}

/** The budget of a year: the parts come to the whole, and less is spent than there is. */
function budgetOf(district: string, at: number, chance: Chance): Sheet {
  const coreBudget = chance.whole(200_000, 400_000);
  const outreachBudget = chance.oneOf([0, chance.whole(100_000, 200_000)]);
  const total = coreBudget + outreachBudget;
  const rentAndPremises = chance.oneOf([0, chance.whole(3000, 20_000)]);
  const specialSchoolOutreach = chance.oneOf([0, chance.whole(20_000, 60_000)]);
  const staffingCosts =
    total - rentAndPremises - specialSchoolOutreach - chance.whole(0, 1) * chance.whole(1, 50_000);
  const cells = {
    coreBudget,
    outreachBudget,
    slaTotal: total,
    otherIncome: chance.whole(0, 9000),
    totalBudget: total,
    staffingCosts,
    rentAndPremises,
    specialSchoolOutreach,
  };
  return { form: 'Budget', district, at, cells, items: 1 };
}

function aetOf(district: string, at: number, chance: Chance): Sheet[] {
  return (['School age', 'Early years'] as const).map((part) => {
    const aetBooked = chance.whole(0, 15);
    const cells = { aetCompleted: chance.whole(0, aetBooked), aetBooked };
    return { form: 'AET', district, at, part, cells, items: 1 };
  });
}

/** Twelve districts, four years, every form; nothing in it is wrong or unusual. */
export function cleanCounty(chance: Chance): County {
  const sizes = new Map(
    districts.map((d) => [
      d.name,
      { ey: d.earlyYearsSettings, primary: d.primarySchools, secondary: d.secondarySchools },
    ]),
  );
  const sheets = [...sizes].flatMap(([district, size]) => [
    ...returnsOf('KPI', district, size, chance),
    ...returnsOf('LAR', district, size, chance),
    ...[1, 7, 13, 19].map((at) => budgetOf(district, at, chance)),
    ...[5, 11, 17, 23].flatMap((at) => aetOf(district, at, chance)),
  ]);
  return { sizes, sheets, strays: [] };
}
