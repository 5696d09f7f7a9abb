/** The starter rules once more, written for the tests alone: they tell which returns of the demo are clean. */
import {
  cellOf,
  districtRows,
  figure,
  listOf,
  returnsOf,
  textOf,
  canonical,
  type Form,
  type ReadReturn,
} from './reading.ts';

/** rule, form, district, year, term */
export type Raised = string;

export function raised(
  rule: string,
  form: string,
  district: string,
  year: string,
  term: number,
): Raised {
  return [rule, form, district, year, term].join(' | ');
}

const kpiNames = {
  eySupported: 'EY_x0020_Settings_x0020_Supporte',
  primarySupported: 'Primary_x0020_Schools_x0020_Supp',
  secondarySupported: 'Secondary_x0020_Schools_x0020_Su',
  activeSchools: 'Actively_x0020_Supported_x0020_S',
  schoolCaseload: 'School_x0020_Caseload',
  activeEy: 'Actively_x0020_Supported_x0020_E',
  eyCaseload: 'EY_x0020_Caseload',
};

const fractions = [
  'Targets_x0020_Reviewed',
  'Targets_x0020_Amended',
  'Closed_x0020_Targets_x0020_Met',
];

const activeAreas = [
  'Active_x0020_C_x0026_I',
  'Active_x0020_C_x0026_L',
  'Active_x0020_SEMH',
  'Active_x0020_Sensory_x002f_Physi',
];

const schoolAreas = [
  'School_x0020_Referrals_x0020_C_x',
  'School_x0020_Referrals_x0020_C_x0',
  'School_x0020_Referrals_x0020_SEM',
  'School_x0020_Referrals_x0020_S_x',
];

const eyAreas = [
  'EY_x0020_Referrals_x0020_C_x0026',
  'EY_x0020_Referrals_x0020_C_x00260',
  'EY_x0020_Referrals_x0020_SEMH',
  'EY_x0020_Referrals_x0020_S_x0026',
];

const phases = [
  ['ey', kpiNames.eySupported, 'field_7'],
  ['primary', kpiNames.primarySupported, 'field_8'],
  ['secondary', kpiNames.secondarySupported, 'field_9'],
] as const;

/** Everything that the rules raise over the four lists, sorted. */
export function everythingRaised(): Raised[] {
  return [...raisedOn('KPI'), ...raisedOn('LAR'), ...raisedOnBudgets(), ...raisedOnAet()].sort();
}

function raisedOn(form: Form): Raised[] {
  const all = returnsOf(form);
  const placeable = all.filter(({ district, term }) => district && term >= 1 && term <= 6);
  const current = latestOfEach(placeable);
  return [
    ...all.flatMap(unplaceable),
    ...duplicates(placeable),
    ...current.flatMap((each) => raisedOnReturn(each, historyOf(each, current))),
  ];
}

function unplaceable({ form, district, year, term, item }: ReadReturn): Raised[] {
  const written = textOf(item, 'District').trim();
  return [
    ...(district === undefined ? [raised('unknown-district', form, written, year, term)] : []),
    ...(term > 6 ? [raised('unknown-term', form, district ?? written, year, term)] : []),
  ];
}

function duplicates(returns: ReadReturn[]): Raised[] {
  return [...grouped(returns).values()].flatMap((same) =>
    same.slice(1, 2).map((each) => onReturn('duplicate-return', each)),
  );
}

function latestOfEach(returns: ReadReturn[]): ReadReturn[] {
  return [...grouped(returns).values()].flatMap((same) =>
    same.sort((a, b) => b.item.modifiedAt.localeCompare(a.item.modifiedAt)).slice(0, 1),
  );
}

function grouped(returns: ReadReturn[]): Map<string, ReadReturn[]> {
  return Map.groupBy(returns, ({ district, year, term }) => `${district} ${year} ${term}`);
}

function onReturn(rule: string, { form, district, year, term }: ReadReturn): Raised {
  return raised(rule, form, district ?? '', year, term);
}

/** The district's earlier returns of the form, oldest first. */
function historyOf({ district, year, term }: ReadReturn, all: ReadReturn[]): ReadReturn[] {
  const order = (each: { year: string; term: number }) => `${each.year} ${each.term}`;
  return all
    .filter((each) => each.district === district && order(each) < order({ year, term }))
    .sort((a, b) => order(a).localeCompare(order(b)));
}

function raisedOnReturn(filed: ReadReturn, history: ReadReturn[]): Raised[] {
  const rules = [
    ...(filed.form === 'KPI' ? kpiRules(filed) : larRules(filed)),
    ...numbersRules(filed, history),
  ];
  return rules.map((rule) => onReturn(rule, filed));
}

function kpiRules({ item, district }: ReadReturn): string[] {
  const read = (column: string) => figure(item, column);
  const { activeSchools, schoolCaseload, activeEy, eyCaseload } = kpiNames;
  return [
    ...caseloadRules('schools', read(activeSchools), read(schoolCaseload)),
    ...caseloadRules('ey', read(activeEy), read(eyCaseload)),
    ...phases.flatMap(([phase, supported, percentage]) => {
      const total = districtRows.find(({ name }) => name === district)?.[phase] ?? 0;
      return phaseRules(phase, read(supported), read(percentage), total);
    }),
    ...(percentagesInRange(item) ? [] : ['percentage-range']),
    ...sumRule('active-areas-sum', activeAreas.map(read), [read(activeSchools), read(activeEy)]),
  ];
}

function larRules({ item }: ReadReturn): string[] {
  const read = (column: string) => figure(item, column);
  const schools = [read('Referrals_x0020_Primary'), read('Referrals_x0020_Secondary')];
  const ey = [read('Referrals_x0020_EY')];
  return [
    ...sumRule('referral-areas-sum-schools', schoolAreas.map(read), schools),
    ...sumRule('referral-areas-sum-ey', eyAreas.map(read), ey),
  ];
}

function caseloadRules(
  who: string,
  active: number | undefined,
  caseload: number | undefined,
): string[] {
  if ((active === undefined) !== (caseload === undefined)) {
    return [`supported-and-caseload-both-given-${who}`];
  }
  return (active ?? 0) > (caseload ?? 0) ? [`supported-within-caseload-${who}`] : [];
}

function phaseRules(
  phase: string,
  supported: number | undefined,
  percentage: number | undefined,
  total: number,
): string[] {
  if (supported === undefined) return [];
  const differs = percentage !== undefined && Math.abs(percentage - (100 * supported) / total) > 1;
  return [
    ...(supported > total ? [`supported-within-district-${phase}`] : []),
    ...(differs ? [`percentage-agrees-${phase}`] : []),
  ];
}

function percentagesInRange(item: ReadReturn['item']): boolean {
  const percentages = [
    ...phases.map(([, , column]) => figure(item, column)),
    ...fractions.map((column) => 100 * (figure(item, column) ?? 0)),
  ];
  return percentages.every((value) => value === undefined || (value >= 0 && value <= 100));
}

function sumRule(
  rule: string,
  parts: (number | undefined)[],
  wholes: (number | undefined)[],
): string[] {
  let difference = 0;
  for (const part of parts) {
    if (part === undefined) return [];
    difference += part;
  }
  for (const whole of wholes) {
    if (whole === undefined) return [];
    difference -= whole;
  }
  return difference === 0 ? [] : [rule];
}

function numbersRules(filed: ReadReturn, history: ReadReturn[]): string[] {
  const columns = measureColumns(filed.form);
  const previous = history.at(-1);
  const unreadable = columns.filter((column) => typeof cellOf(filed.item, column) === 'object');
  const fallen = columns.filter(
    (column) =>
      figure(filed.item, column) === 0 && previous && (figure(previous.item, column) ?? 0) > 0,
  );
  const far = columns.filter((column) => standsOut(column, filed, history));
  const same =
    previous &&
    columns.every((column) => figure(filed.item, column) === figure(previous.item, column));
  return [
    ...unreadable.map(() => 'unreadable-number'),
    ...fallen.map(() => 'zero-after-non-zero'),
    ...far.map(() => 'outlier'),
    ...(same ? ['identical-to-previous-term'] : []),
  ];
}

/** Every column of the form that holds a figure. */
export function measureColumns(form: Form): string[] {
  return listOf(form)
    .columns.filter(({ name, type }) => type === 'number' || name.startsWith('field_'))
    .map(({ name }) => name);
}

function standsOut(column: string, filed: ReadReturn, history: ReadReturn[]): boolean {
  const scale = fractions.includes(column) ? 100 : 1;
  const value = figure(filed.item, column);
  if (value === undefined) return false;
  const earlier = history.flatMap(({ item }) => figure(item, column) ?? []).map((x) => x * scale);
  if (earlier.length >= 6) return farFromMedian(value * scale, earlier);
  const lastYear = history.find(
    (each) => each.term === filed.term && startOf(each.year) === startOf(filed.year) - 1,
  );
  const before = lastYear && figure(lastYear.item, column);
  if (before === undefined) return false;
  const change = Math.abs(value - before) * scale;
  return change >= 5 && change > 0.3 * before * scale;
}

function startOf(year: string): number {
  return Number(year.slice(0, 4));
}

function farFromMedian(value: number, earlier: number[]): boolean {
  const centre = median(earlier);
  const spread = median(earlier.map((each) => Math.abs(each - centre)));
  const distance = Math.abs(value - centre);
  if (spread < 1e-9) return distance > Math.max(5, 0.2 * centre);
  return (0.6745 * distance) / spread > 3.5;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((all, each) => all + each, 0) / middle.length;
}

function raisedOnBudgets(): Raised[] {
  return listOf('Budget').items.flatMap((item) => {
    const read = (column: string) => figure(item, column);
    const sla = read('SLA_x0020_Total');
    const total = read('Total_x0020_Budget');
    const parts = [read('Core_x0020_Budget'), read('Outreach_x0020_Budget')];
    const spent = [
      read('Direct_x0020_Staffing_x0020_Cost'),
      read('Rent_x0020_and_x0020_Premises'),
      read('Special_x0020_School_x0020_Outre'),
    ];
    const rules = [
      ...sumRule('budget-sums-to-sla', parts, [sla]),
      ...sumRule('sla-equals-total-budget', [sla], [total]),
      ...withinRule('spend-within-budget', spent, total),
    ];
    const district = canonical(textOf(item, 'District')) ?? '';
    return rules.map((rule) => raised(rule, 'Budget', district, '2022-23', 2));
  });
}

function withinRule(
  rule: string,
  parts: (number | undefined)[],
  limit: number | undefined,
): string[] {
  let all = 0;
  for (const part of parts) {
    if (part === undefined) return [];
    all += part;
  }
  return limit !== undefined && all > limit ? [rule] : [];
}

function raisedOnAet(): Raised[] {
  return listOf('AET').items.flatMap((item) => {
    const completed = figure(item, 'Sessions_x0020_Completed') ?? 0;
    const booked = figure(item, 'Sessions_x0020_Booked') ?? 0;
    const district = canonical(textOf(item, 'District')) ?? '';
    const year = textOf(item, 'As_x0020_Of').startsWith('2026') ? '2025-26' : '2022-23';
    return completed > booked
      ? [raised('aet-completed-within-booked', 'AET', district, year, 6)]
      : [];
  });
}
