/**
 * What the starter rules, and one that never skips, must make of a county: worked out apart from the product, in whole tenths
 * and with none of its code, so that neither can hide the other's slip.
 */
import {
  CHANGED,
  termAt,
  yearAt,
  type Cell,
  type County,
  type Sheet,
  type Sizes,
  type Stray,
} from './county.ts';

/** The five outcomes, each with its place in a {@link Tally}. */
export const KINDS = ['pass', 'error', 'query', 'skipped', 'could not run'] as const;
export type Kind = (typeof KINDS)[number];

/** By return, then by rule: so many outcomes of each of {@link KINDS}, in base 64. */
export type Tally = Map<string, Map<string, number>>;

export type Value = number | string | null;

export type Expected = {
  /** Rule, severity, form, district, year, term and the operands: see {@link findingKey}. */
  found: string[];
  tally: Tally;
};

type Place = { form: string; district: string; year: string; term: number };

const rounded = (value: Value): Value =>
  typeof value === 'number' ? Number(value.toFixed(6)) : value;

/** A finding as both sides write it. */
export function findingKey(
  rule: string,
  severity: string,
  place: Place,
  operands: Readonly<Record<string, Value>>,
): string {
  const values = Object.keys(operands)
    .sort()
    .map((name) => `${name}=${rounded(operands[name] ?? null)}`);
  return `${severity} ${rule} | ${placeKey(place)} | ${values.join(', ')}`;
}

export const placeKey = ({ form, district, year, term }: Place): string =>
  `${form} ${district} ${year} T${term}`;

export function count(tally: Tally, rule: string, place: string, kind: Kind): void {
  const rules = tally.get(place) ?? new Map<string, number>();
  tally.set(place, rules.set(rule, (rules.get(rule) ?? 0) + 64 ** KINDS.indexOf(kind)));
}

/** How many there are of each kind. */
export const unpacked = (packed: number): number[] =>
  KINDS.map((_, i) => Math.floor(packed / 64 ** i) % 64);

/** One district's sheets of a form, by term. */
type History = ReadonlyMap<number, Sheet>;

type Looking = Expected & { sheet: Sheet; place: Place; at: string; history: History; size: Sizes };

export function foreseen({ sizes, sheets, strays }: County): Expected {
  const expected: Expected = { found: [], tally: new Map() };
  const histories = new Map<string, Map<number, Sheet>>();
  for (const sheet of sheets) {
    if (sheet.part) continue;
    const key = `${sheet.form} ${sheet.district}`;
    const history = histories.get(key) ?? new Map<number, Sheet>();
    histories.set(key, history.set(sheet.at, sheet));
  }
  for (const sheet of sheets) {
    const { form, district, at } = sheet;
    const place = { form, district, year: yearAt(at), term: termAt(at) };
    const history = histories.get(`${form} ${district}`) ?? new Map<number, Sheet>();
    const size = sizes.get(district) ?? { ey: 0, primary: 0, secondary: 0 };
    look({ ...expected, sheet, place, at: placeKey(place), history, size });
  }
  for (const stray of strays) lookAtStray(stray, [...sizes.keys()], expected);
  return expected;
}

function look(on: Looking): void {
  for (const [id, cell] of Object.entries(on.sheet.cells)) readable(on, id, cell);
  switch (on.sheet.form) {
    case 'KPI':
      return lookAtKpi(on);
    case 'LAR':
      return lookAtLar(on);
    case 'Budget':
      return lookAtBudget(on);
    case 'AET':
      return compare(on, 'aet-completed-within-booked', 'query', ['aetCompleted'], ['aetBooked']);
  }
}

function lookAtKpi(on: Looking): void {
  for (const [who, active, load] of CASELOADS) {
    compare(on, `supported-within-caseload-${who}`, 'error', [active], [load]);
    together(on, `supported-and-caseload-both-given-${who}`, active, load);
  }
  for (const [phase, supported, total] of PHASES) lookAtPhase(on, phase, supported, total);
  const areas = ['activeCI', 'activeCL', 'activeSEMH', 'activeSP'];
  somethingGiven(on, 'active-areas-given', areas);
  if (on.sheet.at >= CHANGED) {
    const active = ['activelySupportedSchools', 'activelySupportedEY'];
    compare(on, 'active-areas-sum', 'query', areas, active, 'equal');
  }
  lookAtTermly(on);
}

const CASELOADS = [
  ['schools', 'activelySupportedSchools', 'schoolCaseload'],
  ['ey', 'activelySupportedEY', 'eyCaseload'],
] as const;

const PHASES = [
  ['ey', 'eySettingsSupported', 'eySettings'],
  ['primary', 'primarySchoolsSupported', 'primarySchools'],
  ['secondary', 'secondarySchoolsSupported', 'secondarySchools'],
] as const;

function lookAtPhase(
  on: Looking,
  phase: keyof Sizes,
  supported: string,
  total: (typeof PHASES)[number][2],
): void {
  const size = on.size[phase];
  const within = `supported-within-district-${phase}`;
  const agrees = `percentage-agrees-${phase}`;
  const district = `district.${total}`;
  const [number, pct] = [on.sheet.cells[supported], on.sheet.cells[`${supported}Pct`]];
  settle(
    on,
    within,
    'query',
    [number],
    ([n = 0]) => n <= size,
    () => ({ [supported]: valueOf(number), [district]: size }),
  );
  if (on.sheet.at < CHANGED) return;
  // In tenths of a per cent, times the size: no fraction is left.
  const isNear = ([n = 0, p = 0]: number[]) => Math.abs(tenths(p) * size - 1000 * n) <= 10 * size;
  settle(on, agrees, 'query', [number, pct], isNear, () => ({
    [supported]: valueOf(number),
    [`${supported}Pct`]: valueOf(pct),
    [district]: size,
  }));
}

function lookAtLar(on: Looking): void {
  const areas = (prefix: string) => ['CI', 'CL', 'SEMH', 'SP'].map((area) => `${prefix}${area}`);
  const schools = ['referralsPrimary', 'referralsSecondary'];
  const [all, ey] = [areas('schoolReferrals'), areas('eyReferrals')];
  compare(on, 'referral-areas-sum-schools', 'query', all, schools, 'equal');
  compare(on, 'referral-areas-sum-ey', 'query', ey, ['referralsEY'], 'equal');
  lookAtTermly(on);
}

function lookAtBudget(on: Looking): void {
  const parts = ['coreBudget', 'outreachBudget'];
  const spent = ['staffingCosts', 'rentAndPremises', 'specialSchoolOutreach'];
  compare(on, 'budget-sums-to-sla', 'error', parts, ['slaTotal'], 'equal');
  compare(on, 'sla-equals-total-budget', 'query', ['slaTotal'], ['totalBudget'], 'equal');
  compare(on, 'spend-within-budget', 'query', spent, ['totalBudget']);
}

const tenths = (figure: number): number => Math.round(figure * 10);

const valueOf = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);

const isUnreadable = (cell: Cell | undefined): boolean => typeof cell === 'object';

function pass(on: Looking, rule: string): void {
  count(on.tally, rule, on.at, 'pass');
}

function raise(
  on: Looking,
  rule: string,
  severity: 'error' | 'query',
  operands: Record<string, Value>,
): void {
  on.found.push(findingKey(rule, severity, on.place, operands));
  count(on.tally, rule, on.at, severity);
}

/** Unreadable: could not run. Missing: skipped. Otherwise what the figures say. */
function settle(
  on: Looking,
  rule: string,
  severity: 'error' | 'query',
  cells: readonly (Cell | undefined)[],
  holds: (figures: number[]) => boolean,
  operands: () => Record<string, Value>,
): void {
  if (cells.some(isUnreadable)) return count(on.tally, rule, on.at, 'could not run');
  const figures = cells.filter((cell) => typeof cell === 'number');
  if (figures.length < cells.length) return count(on.tally, rule, on.at, 'skipped');
  return holds(figures) ? pass(on, rule) : raise(on, rule, severity, operands());
}

function compare(
  on: Looking,
  rule: string,
  severity: 'error' | 'query',
  left: readonly string[],
  right: readonly string[],
  wanted: 'at most' | 'equal' = 'at most',
): void {
  const names = [...left, ...right];
  const holds = (figures: number[]) => {
    let difference = 0;
    for (const [i, figure] of figures.entries()) difference += i < left.length ? figure : -figure;
    return wanted === 'equal' ? difference === 0 : difference <= 0;
  };
  const cells = names.map((name) => on.sheet.cells[name]);
  const operands = () => Object.fromEntries(names.map((name, i) => [name, valueOf(cells[i])]));
  settle(on, rule, severity, cells, holds, operands);
}

/** Never skipped: what is missing counts as nothing, and what was not asked is nobody's fault. */
function somethingGiven(on: Looking, rule: string, names: readonly string[]): void {
  if (on.sheet.at < CHANGED) return count(on.tally, rule, on.at, 'skipped');
  const cells = names.map((name) => on.sheet.cells[name]);
  if (cells.some(isUnreadable)) return count(on.tally, rule, on.at, 'could not run');
  const sum = cells.map(valueOf).reduce<number>((all, figure) => all + (figure ?? 0), 0);
  const operands = () => Object.fromEntries(names.map((name, i) => [name, valueOf(cells[i])]));
  return sum >= 1 ? pass(on, rule) : raise(on, rule, 'query', operands());
}

/** Both given or neither; one that is explained says why it is not. */
function together(on: Looking, rule: string, one: string, other: string): void {
  const cells = [on.sheet.cells[one], on.sheet.cells[other]];
  if (cells.some(isUnreadable)) return count(on.tally, rule, on.at, 'could not run');
  if (cells.some((cell) => cell === 'not known' || cell === 'not applicable')) {
    return count(on.tally, rule, on.at, 'skipped');
  }
  const [a, b] = cells.map(valueOf);
  return (a === null) === (b === null)
    ? pass(on, rule)
    : raise(on, rule, 'query', { [one]: a ?? null, [other]: b ?? null });
}

function readable(on: Looking, id: string, cell: Cell): void {
  const rule = 'unreadable-number';
  if (typeof cell === 'object') return raise(on, rule, 'error', { [id]: cell.text });
  return typeof cell === 'number' ? pass(on, rule) : count(on.tally, rule, on.at, 'skipped');
}

/** What is asked of every figure of a termly return, and of the return as a whole. */
function lookAtTermly(on: Looking): void {
  const { sheet, history } = on;
  const before = history.get(sheet.at - 1);
  for (const [id, cell] of Object.entries(sheet.cells)) {
    if (isShare(id)) share(on, id, cell);
    afterSomething(on, id, cell, before?.cells[id]);
    standsOut(on, id, cell);
  }
  sentAgain(on, before);
  if (sheet.items === 1) return pass(on, 'duplicate-return');
  return raise(on, 'duplicate-return', 'error', { items: sheet.items });
}

const isShare = (id: string): boolean => /Pct$|^targets|TargetsMet$/.test(id);

function share(on: Looking, id: string, cell: Cell): void {
  const isInRange = ([value = 0]: number[]) => value >= 0 && value <= 100;
  settle(on, 'percentage-range', 'error', [cell], isInRange, () => ({ [id]: valueOf(cell) }));
}

function afterSomething(on: Looking, id: string, now: Cell, then: Cell | undefined): void {
  const holds = ([a = 0, b = 0]: number[]) => a > 0 || b === 0;
  const operands = () => ({ [id]: 0, [`previous.${id}`]: valueOf(then) });
  settle(on, 'zero-after-non-zero', 'query', [now, then], holds, operands);
}

/** One figure that differs is enough; a figure against a gap says nothing. */
function sentAgain(on: Looking, before: Sheet | undefined): void {
  const rule = 'identical-to-previous-term';
  if (!before) return count(on.tally, rule, on.at, 'skipped');
  const copied: Record<string, Value> = {};
  let [gaps, spoilt] = [0, 0];
  for (const [id, now] of Object.entries(on.sheet.cells)) {
    const then = before.cells[id];
    const given = Number(typeof now === 'number') + Number(typeof then === 'number');
    if (given === 2 && now !== then) return pass(on, rule);
    if (given === 2) copied[id] = valueOf(now);
    if (given === 1) gaps += 1;
    if (isUnreadable(now) || isUnreadable(then)) spoilt += 1;
  }
  if (spoilt > 0) return count(on.tally, rule, on.at, 'could not run');
  return gaps > 0 || Object.keys(copied).length < 3
    ? count(on.tally, rule, on.at, 'skipped')
    : raise(on, rule, 'query', copied);
}

/** In tenths; twice the median and four times the deviation, so that a half is never cut off. */
function standsOut(on: Looking, id: string, cell: Cell): void {
  const rule = 'outlier';
  if (isUnreadable(cell)) return count(on.tally, rule, on.at, 'could not run');
  if (typeof cell !== 'number') return count(on.tally, rule, on.at, 'skipped');
  const earlier = earlierTenths(on, id);
  if (earlier.length < 6) return againstLastYear(on, id, cell);
  const middle = twiceTheMedian(earlier);
  const deviation = twiceTheMedian(earlier.map((figure) => Math.abs(2 * figure - middle)));
  const distance = Math.abs(2 * tenths(cell) - middle);
  const isFar =
    deviation === 0
      ? distance > 100 && 5 * distance > middle
      : 2 * 6745 * distance > 35_000 * deviation;
  return isFar ? raise(on, rule, 'query', { [id]: cell, usual: middle / 20 }) : pass(on, rule);
}

function againstLastYear(on: Looking, id: string, cell: number): void {
  const rule = 'outlier';
  const then = on.history.get(on.sheet.at - 6)?.cells[id];
  if (isUnreadable(then)) return count(on.tally, rule, on.at, 'could not run');
  if (typeof then !== 'number') return count(on.tally, rule, on.at, 'skipped');
  const change = Math.abs(tenths(cell) - tenths(then));
  return change >= 50 && 10 * change > 3 * tenths(then)
    ? raise(on, rule, 'query', { [id]: cell, usual: then })
    : pass(on, rule);
}

function earlierTenths({ sheet, history }: Looking, id: string): number[] {
  const figures: number[] = [];
  for (let at = 0; at < sheet.at; at += 1) {
    const cell = history.get(at)?.cells[id];
    if (typeof cell === 'number') figures.push(tenths(cell));
  }
  return figures;
}

function twiceTheMedian(figures: readonly number[]): number {
  const sorted = Int32Array.from(figures).sort();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0);
}

function lookAtStray(stray: Stray, districts: readonly string[], expected: Expected): void {
  const { form, district, year, term } = stray;
  const isKnownTerm = /^Term [1-6]$/.test(term);
  const place = { form, district, year, term: isKnownTerm ? Number(term.at(-1)) : 0 };
  // Items that read the same are one finding.
  const raiseOn = (rule: string, operands: Record<string, Value>) => {
    const key = findingKey(rule, 'error', place, operands);
    if (expected.found.includes(key)) return;
    expected.found.push(key);
    count(expected.tally, rule, placeKey(place), 'error');
  };
  if (!districts.includes(district)) raiseOn('unknown-district', { district });
  if (!isKnownTerm) raiseOn('unknown-term', { year, term });
}
