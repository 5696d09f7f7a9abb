/** Contradictions, and things that only look like one, put at known places of a clean county. */
import type { Chance } from '../../year/chance.ts';
import {
  CHANGED,
  shuffled,
  termAt,
  yearAt,
  type Cell,
  type County,
  type Form,
  type Sheet,
  type Sizes,
} from './county.ts';

/** What a plant must raise where it stands; of a rule that looks at each answer, about which one. */
export type Claim = { rule: string; measure?: string };

/** A plant and what became of it. */
export type Planted = { kind: string; form: Form; district: string; at: number; claims: Claim[] };

type Bed = {
  sheet: Sheet;
  county: County;
  chance: Chance;
  size: Sizes;
  before: Sheet | undefined;
  lastYear: Sheet | undefined;
  /** The district's sheets of the form before this one. */
  earlier: readonly Sheet[];
};

/** Changes the sheet and says what must be raised on it; nothing where it does not fit. */
type Plant = { forms: readonly Form[]; put: (bed: Bed) => Claim[] | undefined };

const TERMLY = ['KPI', 'LAR'] as const;
const UNREADABLE = ['12 (approx)', 'about 40', '4-5', '12.5.1', '?', '1,99', 'see comments'];
/** Whole numbers that hang on no other answer of their return. */
const ALONE: readonly string[] =
  'schoolCaseload eyCaseload clinicsSchools clinicsEY casesAtClinics transitionSchools transitionEY parentalTraining schoolsTrained settingsTrained'.split(
    ' ',
  );

const raises = (...rules: string[]): Claim[] => rules.map((rule) => ({ rule }));
const figure = (sheet: Sheet | undefined, id: string): number | undefined => {
  const cell = sheet?.cells[id];
  return typeof cell === 'number' ? cell : undefined;
};
const oneDecimal = (value: number): number => Number(value.toFixed(1));

/** Sets a measure that holds a figure to what is made of it. */
function put(sheet: Sheet, id: string, made: (figure: number) => Cell): boolean {
  const now = figure(sheet, id);
  if (now === undefined) return false;
  sheet.cells[id] = made(now);
  return true;
}

const changed =
  (id: string, made: (figure: number, chance: Chance) => Cell, ...rules: string[]): Plant['put'] =>
  ({ sheet, chance }) =>
    put(sheet, id, (now) => made(now, chance)) ? raises(...rules) : undefined;

const plant = (forms: readonly Form[], putIn: Plant['put']): Plant => ({ forms, put: putIn });

const kpi = (putIn: Plant['put']): Plant => plant(['KPI'], putIn);
const since =
  (at: number, putIn: Plant['put']): Plant['put'] =>
  (bed) =>
    bed.sheet.at >= at ? putIn(bed) : undefined;

const CASELOADS = [
  ['schools', 'activelySupportedSchools', 'schoolCaseload'],
  ['ey', 'activelySupportedEY', 'eyCaseload'],
] as const;

const caseloads = Object.fromEntries(
  CASELOADS.flatMap(([who, active, load]): [string, Plant][] => [
    [
      `caseload below actively supported, ${who}`,
      kpi(({ sheet, chance }) => {
        const supported = figure(sheet, active);
        if (!supported || figure(sheet, load) === undefined) return undefined;
        sheet.cells[load] = Math.max(0, supported - chance.whole(1, 5));
        return raises(`supported-within-caseload-${who}`);
      }),
    ],
    [
      `caseload equal to actively supported, ${who}`,
      kpi(({ sheet }) =>
        put(sheet, load, (now) => figure(sheet, active) ?? now) ? [] : undefined,
      ),
    ],
    [
      `one of the two left out, ${who}`,
      kpi(({ sheet, chance }) => {
        const given = [active, load].every((id) => figure(sheet, id) !== undefined);
        if (!given) return undefined;
        sheet.cells[chance.oneOf([active, load])] = 'blank';
        return raises(`supported-and-caseload-both-given-${who}`);
      }),
    ],
  ]),
);

const PHASES = [
  ['ey', 'eySettingsSupported'],
  ['primary', 'primarySchoolsSupported'],
  ['secondary', 'secondarySchoolsSupported'],
] as const;

const phases = Object.fromEntries(
  PHASES.flatMap(([phase, supported]): [string, Plant][] => {
    const pct = `${supported}Pct`;
    const agrees = `percentage-agrees-${phase}`;
    const within = `supported-within-district-${phase}`;
    return [
      [
        `more than the district has, ${phase}`,
        kpi(({ sheet, size, chance }) =>
          put(sheet, supported, () => size[phase] + chance.whole(1, 9))
            ? raises(within)
            : undefined,
        ),
      ],
      [
        `all of the district, ${phase}`,
        kpi(({ sheet, size }) => {
          if (!put(sheet, supported, () => size[phase])) return undefined;
          put(sheet, pct, () => 100);
          return [];
        }),
      ],
      [
        `percentage off by more than a point, ${phase}`,
        kpi(
          since(
            CHANGED,
            changed(
              pct,
              (now, chance) =>
                oneDecimal(Math.max(0, now - 1.1 - chance.oneOf([0, chance.whole(1, 80) / 10]))),
              agrees,
            ),
          ),
        ),
      ],
      [
        `percentage off by a point, ${phase}`,
        kpi(({ sheet, size }) => {
          const number = figure(sheet, supported);
          // Only where the share has one decimal at most is a point off exactly a point.
          if (number === undefined || (1000 * number) % size[phase] !== 0) return undefined;
          return put(sheet, pct, () => oneDecimal((100 * number) / size[phase] - 1))
            ? []
            : undefined;
        }),
      ],
      [
        `percentage above 100, ${phase}`,
        kpi(
          since(
            CHANGED,
            changed(
              pct,
              (_, chance) => 101.2 + chance.whole(0, 400) / 10,
              'percentage-range',
              agrees,
            ),
          ),
        ),
      ],
    ];
  }),
);

const shares: Record<string, Plant> = {
  'targets above 100': kpi(({ sheet, chance }) => {
    const id = chance.oneOf(['targetsReviewed', 'targetsAmended', 'closedTargetsMet']);
    const measure = { rule: 'percentage-range', measure: id };
    return put(sheet, id, () => chance.oneOf([101, chance.whole(101, 149)]))
      ? [measure]
      : undefined;
  }),
  'targets at 100': kpi(({ sheet }) => (put(sheet, 'targetsReviewed', () => 100) ? [] : undefined)),
};

const areaOff =
  (prefix: string, rule: string): Plant['put'] =>
  (bed) => {
    const id = `${prefix}${bed.chance.oneOf(['CI', 'CL', 'SEMH', 'SP'])}`;
    const by = bed.chance.oneOf([-2, -1, 1, 2, 3]);
    return changed(id, (now) => Math.max(0, now + by), rule)(bed);
  };

const sums: Record<string, Plant> = {
  'active areas do not add up': kpi(areaOff('active', 'active-areas-sum')),
  'school areas do not add up': plant(
    ['LAR'],
    areaOff('schoolReferrals', 'referral-areas-sum-schools'),
  ),
  'early years areas do not add up': plant(
    ['LAR'],
    areaOff('eyReferrals', 'referral-areas-sum-ey'),
  ),
  'referrals do not add up': plant(
    ['LAR'],
    changed('referralsSecondary', (now, c) => now + c.whole(1, 3), 'referral-areas-sum-schools'),
  ),
};

/** One of the sheet's own measures, by what it holds. */
function anyMeasure({ sheet, chance }: Bed, fits: (id: string) => boolean): string | undefined {
  const ids = Object.keys(sheet.cells).filter(fits);
  return ids.length === 0 ? undefined : chance.oneOf(ids);
}

const figuresBefore = ({ earlier }: Bed, id: string): number =>
  earlier.filter((sheet) => figure(sheet, id) !== undefined).length;

const standingOut = (id: string | undefined, sheet: Sheet, value: (now: number) => number) =>
  id !== undefined && put(sheet, id, value) ? [{ rule: 'outlier', measure: id }] : undefined;

const history: Record<string, Plant> = {
  'zero after something': plant(TERMLY, (bed) => {
    const { sheet, before } = bed;
    const id = anyMeasure(
      bed,
      (one) => Boolean(figure(before, one)) && Boolean(figure(sheet, one)),
    );
    if (id === undefined) return undefined;
    sheet.cells[id] = 0;
    return [{ rule: 'zero-after-non-zero', measure: id }];
  }),
  'far above its history': plant(TERMLY, (bed) => {
    const id = anyMeasure(bed, (one) => ALONE.includes(one) && figuresBefore(bed, one) >= 12);
    return standingOut(id, bed.sheet, (now) => 3 * now + 60);
  }),
  'far below its history': plant(TERMLY, (bed) => {
    const isLarge = (one: string) => (figure(bed.sheet, one) ?? 0) >= 60;
    const fits = (one: string) =>
      ALONE.includes(one) && isLarge(one) && figuresBefore(bed, one) >= 12;
    return standingOut(anyMeasure(bed, fits), bed.sheet, () => 1);
  }),
  'a step off its history': plant(TERMLY, (bed) => {
    const id = anyMeasure(bed, (one) => ALONE.includes(one) && figuresBefore(bed, one) >= 6);
    return id && put(bed.sheet, id, (now) => now + bed.chance.whole(4, 12)) ? [] : undefined;
  }),
  'above 30% of last year, in a short series': plant(TERMLY, (bed) => {
    const id = shortSeries(bed);
    const then = figure(bed.lastYear, id ?? '') ?? 0;
    return standingOut(id, bed.sheet, () => Math.floor(then * 1.3) + 5);
  }),
  'by 5 of last year, in a short series': plant(TERMLY, (bed) => {
    const id = shortSeries(bed, (then) => then <= 16);
    const then = figure(bed.lastYear, id ?? '') ?? 0;
    return standingOut(id, bed.sheet, () => then + 5);
  }),
  'by 4 of last year, in a short series': plant(TERMLY, (bed) => {
    const id = shortSeries(bed);
    const then = figure(bed.lastYear, id ?? '') ?? 0;
    return id && put(bed.sheet, id, () => then + 4) ? [] : undefined;
  }),
  'by 30% of last year, in a short series': plant(TERMLY, (bed) => {
    const id = shortSeries(bed, (then) => then % 10 === 0);
    const then = figure(bed.lastYear, id ?? '') ?? 0;
    return id && put(bed.sheet, id, () => then + 3 * (then / 10)) ? [] : undefined;
  }),
  'sent again': plant(TERMLY, ({ sheet, before }) => {
    const ids = Object.keys(sheet.cells);
    if (!before || ids.some((id) => figure(before, id) === undefined)) return undefined;
    for (const id of ids) sheet.cells[id] = figure(before, id) ?? 'blank';
    return raises('identical-to-previous-term');
  }),
  'sent again but for one': plant(TERMLY, (bed) => {
    const { sheet, before, chance } = bed;
    for (const id of Object.keys(sheet.cells)) sheet.cells[id] = before?.cells[id] ?? 'blank';
    const id = anyMeasure(bed, (one) => ALONE.includes(one));
    if (!before || id === undefined) return undefined;
    sheet.cells[id] = chance.oneOf<Cell>([(figure(sheet, id) ?? 0) + 1, 'blank', 'not known']);
    return [];
  }),
};

const shortSeries = (bed: Bed, fits = (_then: number) => true): string | undefined =>
  anyMeasure(bed, (id) => {
    const then = figure(bed.lastYear, id);
    const isShort = ALONE.includes(id) && figuresBefore(bed, id) < 6;
    return isShort && then !== undefined && fits(then) && figure(bed.sheet, id) !== undefined;
  });

const without =
  (cell: Cell): Plant['put'] =>
  (bed) => {
    const id = anyMeasure(bed, () => true);
    return id && put(bed.sheet, id, () => cell) ? [] : undefined;
  };

const missing: Record<string, Plant> = {
  unreadable: plant(['KPI', 'LAR', 'Budget', 'AET'], (bed) => {
    const id = anyMeasure(bed, () => true);
    if (id === undefined) return undefined;
    bed.sheet.cells[id] = { text: bed.chance.oneOf(UNREADABLE) };
    return [{ rule: 'unreadable-number', measure: id }];
  }),
  'left blank': plant(['KPI', 'LAR', 'Budget', 'AET'], without('blank')),
  'not known': plant(['KPI', 'LAR', 'Budget'], without('not known')),
  'not applicable': plant(['KPI', 'LAR', 'Budget'], without('not applicable')),
  'no area of need given': kpi(
    since(CHANGED, ({ sheet, chance }) => {
      const nothing = () => chance.oneOf(['blank', 'not known', 0] as const);
      const all = ['activeCI', 'activeCL', 'activeSEMH', 'activeSP'];
      return all.every((id) => put(sheet, id, nothing)) ? raises('active-areas-given') : undefined;
    }),
  ),
};

const sheets: Record<string, Plant> = {
  'budget does not come to the agreement': plant(
    ['Budget'],
    changed('coreBudget', (now, c) => now + c.oneOf([-50, 1, 10_000]), 'budget-sums-to-sla'),
  ),
  'agreement is not the total': plant(['Budget'], ({ sheet, chance }) => {
    const by = chance.oneOf([-1, 1, 500]);
    const both = ['coreBudget', 'slaTotal'].every((id) => put(sheet, id, (now) => now + by));
    return both ? raises('sla-equals-total-budget') : undefined;
  }),
  'more spent than there is': plant(['Budget'], ({ sheet, chance }) => {
    const [total, rent, special] = ['totalBudget', 'rentAndPremises', 'specialSchoolOutreach'].map(
      (id) => figure(sheet, id),
    );
    if (total === undefined || rent === undefined || special === undefined) return undefined;
    const spent = total - rent - special + chance.oneOf([1, 3202, 60_000]);
    return put(sheet, 'staffingCosts', () => spent) ? raises('spend-within-budget') : undefined;
  }),
  'more sessions completed than booked': plant(['AET'], ({ sheet, chance }) => {
    const booked = figure(sheet, 'aetBooked') ?? 0;
    const done = put(sheet, 'aetCompleted', () => booked + chance.whole(1, 4));
    return done ? raises('aet-completed-within-booked') : undefined;
  }),
  'as many sessions completed as booked': plant(['AET'], ({ sheet }) =>
    put(sheet, 'aetCompleted', (now) => figure(sheet, 'aetBooked') ?? now) ? [] : undefined,
  ),
};

const items: Record<string, Plant> = {
  'filed twice or three times': plant(TERMLY, ({ sheet, chance }) => {
    sheet.items = chance.whole(2, 3);
    return raises('duplicate-return');
  }),
  'never filed': plant(TERMLY, ({ sheet, county }) => {
    county.sheets.splice(county.sheets.indexOf(sheet), 1);
    return [];
  }),
  'filed for a district of no name': plant(TERMLY, ({ sheet, county, chance }) => {
    const district = chance.oneOf(['Medway', 'Dovver', '']);
    county.strays.push(strayOf(sheet, { district }));
    county.sheets.splice(county.sheets.indexOf(sheet), 1);
    return [];
  }),
  'filed for a term of no name': plant(TERMLY, ({ sheet, county, chance }) => {
    county.strays.push(strayOf(sheet, { term: chance.oneOf(['Term 7', 'Autumn', 'Term 0']) }));
    return [];
  }),
  'filed twice for a district of no name': plant(TERMLY, ({ sheet, county }) => {
    for (const _ of [1, 2]) county.strays.push(strayOf(sheet, { district: 'Folkstoneee' }));
    return [];
  }),
  'filed for nobody and no term': plant(TERMLY, ({ sheet, county }) => {
    county.strays.push(strayOf(sheet, { district: 'Bexley', term: 'Summer' }));
    return [];
  }),
};

function strayOf(sheet: Sheet, over: { district?: string; term?: string }) {
  const { district, at } = sheet;
  const form = sheet.form === 'LAR' ? ('LAR' as const) : ('KPI' as const);
  return { form, district, year: yearAt(at), term: `Term ${termAt(at)}`, ...over };
}

export const PLANTS: Readonly<Record<string, Plant>> = {
  ...caseloads,
  ...phases,
  ...shares,
  ...sums,
  ...history,
  ...missing,
  ...sheets,
  ...items,
};

/** Those that leave the item where it is, so that several can meet on one. */
const MAY_MEET = Object.keys(PLANTS).filter((kind) => !(kind in items));

/** Some kinds fit in few places. */
const TRIES = 300;
const MEETINGS = 14;

/** Plants every kind once in places of its own, then several at once in places of their own. */
export function plantAll(county: County, chance: Chance): Planted[] {
  const taken = new Set<Sheet>();
  const order = shuffled(Object.keys(PLANTS), chance);
  const apart = order.flatMap((kind) => plantOnce(kind, county, taken, chance) ?? []);
  const together = Array.from({ length: MEETINGS }, () => meet(county, taken, chance)).flat();
  return [...apart, ...together];
}

function plantOnce(
  kind: string,
  county: County,
  taken: Set<Sheet>,
  chance: Chance,
): Planted | undefined {
  const chosen = PLANTS[kind];
  if (!chosen) return undefined;
  const fitting = county.sheets.filter(({ form }) => chosen.forms.includes(form));
  for (let tried = 0; tried < TRIES; tried += 1) {
    const sheet = chance.oneOf(fitting);
    const bed = bedOf(sheet, county, chance);
    const near = [sheet, bed.before, bed.lastYear].filter((one) => one !== undefined);
    if (near.some((one) => taken.has(one))) continue;
    const claims = tryOut(chosen, bed);
    if (!claims) continue;
    for (const one of near) taken.add(one);
    const { form, district, at } = sheet;
    return { kind, form, district, at, claims };
  }
  return undefined;
}

/** A plant that does not fit leaves nothing behind. */
function tryOut(chosen: Plant, bed: Bed): Claim[] | undefined {
  const cells = { ...bed.sheet.cells };
  const claims = chosen.put(bed);
  if (!claims) bed.sheet.cells = cells;
  return claims;
}

/** What they raise together, only the oracle can say. */
function meet(county: County, taken: Set<Sheet>, chance: Chance): Planted[] {
  const sheet = chance.oneOf(county.sheets);
  if (taken.has(sheet)) return [];
  taken.add(sheet);
  const { form, district, at } = sheet;
  const kinds = MAY_MEET.filter((kind) => PLANTS[kind]?.forms.includes(form));
  return shuffled(kinds, chance)
    .slice(0, chance.whole(2, 4))
    .flatMap((kind) => {
      const chosen = PLANTS[kind];
      const claims = chosen && tryOut(chosen, bedOf(sheet, county, chance));
      return claims ? [{ kind: `${kind}, among others`, form, district, at, claims: [] }] : [];
    });
}

function bedOf(sheet: Sheet, county: County, chance: Chance): Bed {
  const earlier = county.sheets.filter(
    (one) => one.form === sheet.form && one.district === sheet.district && one.at < sheet.at,
  );
  const size = county.sizes.get(sheet.district) ?? { ey: 0, primary: 0, secondary: 0 };
  const before = earlier.find((one) => one.at === sheet.at - 1);
  const lastYear = earlier.find((one) => one.at === sheet.at - 6);
  return { sheet, county, chance, size, before, lastYear, earlier };
}
