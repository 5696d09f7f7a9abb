/** Makes counties, plants in them, has them checked, and holds the result against the oracle. */
import { check, type CheckReport } from '../../../../bot/findings/check.ts';
import { valuesOf, type Finding } from '../../../../bot/findings/finding.ts';
import { isComparison, type Rule } from '../../../../bot/findings/rule.ts';
import { demoHeld } from '../../demo-held.ts';
import { chanceOf } from '../../year/chance.ts';
import { cleanCounty, termAt, yearAt, type County, type Sheet } from './county.ts';
import { heldOf } from './list-items.ts';
import {
  count,
  findingKey,
  foreseen,
  KINDS,
  placeKey,
  unpacked,
  type Expected,
  type Kind,
  type Tally,
} from './oracle.ts';
import { plantAll, type Planted } from './plants.ts';

const lists = demoHeld();

/** No starter rule counts what is missing as 0. It names what is asked from 2023-24 on alone. */
const NEVER_SKIPS: Rule = {
  id: 'active-areas-given',
  forms: ['KPI'],
  left: 'activeCI + activeCL + activeSEMH + activeSP',
  operator: '≥',
  right: '1',
  tolerance: 0,
  severity: 'query',
  missingValues: 'never skip',
  wording: 'Some area of need usually has an active case.',
  knownCauses: [],
};
const rules = [...lists.rules, NEVER_SKIPS];

/** What came of a number of counties; every line says the seed of its county. */
export type Looked = {
  returns: number;
  outcomes: Record<Kind, number>;
  planted: Planted[];
  findings: number;
  /** Planted and not found where it stands. */
  missed: string[];
  /** What the oracle names and the product does not raise, and the other way round. */
  notRaised: string[];
  raisedElsewhere: string[];
  /** Rules whose outcomes on a return are not those of the oracle. */
  otherOutcomes: string[];
  /** Passes of rules that had no figure to look at. */
  hollowPasses: string[];
};

const nothingYet = (): Looked => ({
  returns: 0,
  outcomes: { pass: 0, error: 0, query: 0, skipped: 0, 'could not run': 0 },
  planted: [],
  findings: 0,
  missed: [],
  notRaised: [],
  raisedElsewhere: [],
  otherOutcomes: [],
  hollowPasses: [],
});

export type Plan = { firstSeed: number; counties: number; isPlanted: boolean };

export function lookAtCounties({ firstSeed, counties, isPlanted }: Plan): Looked {
  const looked = nothingYet();
  for (let seed = firstSeed; seed < firstSeed + counties; seed += 1) {
    const chance = chanceOf(seed);
    const county = cleanCounty(chance);
    const planted = isPlanted ? plantAll(county, chance) : [];
    const held = heldOf(county, lists);
    const report = check(rules, held);
    const told = (lines: readonly string[]) => lines.map((line) => `seed ${seed}: ${line}`);
    const tally = tallyOf(report);
    const expected = foreseen(county);
    const found = report.findings.map(keyOfFinding);
    looked.returns += held.returns.length;
    looked.findings += found.length;
    looked.planted.push(...planted);
    addOutcomes(looked.outcomes, tally);
    looked.missed.push(...told(missedIn(planted, report)));
    looked.notRaised.push(...told(lacking(expected.found, found)));
    looked.raisedElsewhere.push(...told(lacking(found, expected.found)));
    looked.otherOutcomes.push(...told(differences(tally, expected)));
    looked.hollowPasses.push(...told(hollowPasses(tally, county)));
  }
  return looked;
}

const keyOfFinding = (f: Finding): string =>
  findingKey(f.rule, f.severity, f, valuesOf(f.operands));

function tallyOf({ outcomes }: CheckReport): Tally {
  const tally: Tally = new Map();
  const places = new Map<object, string>();
  for (const { rule, on, outcome } of outcomes) {
    const place = places.get(on) ?? placeKey(on);
    places.set(on, place);
    count(tally, rule, place, outcome.kind);
  }
  return tally;
}

function addOutcomes(sums: Looked['outcomes'], tally: Tally): void {
  for (const rules of tally.values()) {
    for (const packed of rules.values()) {
      for (const [i, times] of unpacked(packed).entries()) sums[KINDS[i] ?? 'pass'] += times;
    }
  }
}

function missedIn(planted: readonly Planted[], { findings }: CheckReport): string[] {
  const byPlace = Map.groupBy(findings, placeKey);
  return planted.flatMap(({ kind, form, district, at, claims }) => {
    const place = placeKey({ form, district, year: yearAt(at), term: termAt(at) });
    const here = byPlace.get(place) ?? [];
    return claims
      .filter(({ rule, measure }) => !here.some((f) => f.rule === rule && isAbout(f, measure)))
      .map(({ rule }) => `${kind}, at ${place}: no ${rule}`);
  });
}

const isAbout = ({ operands }: Finding, measure: string | undefined): boolean =>
  measure === undefined || operands.some(({ name }) => name === measure);

/** What the first has and the second has not, each as often as it has it more. */
function lacking(has: readonly string[], hasNot: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const key of hasNot) left.set(key, (left.get(key) ?? 0) + 1);
  return has.filter((key) => {
    const times = left.get(key) ?? 0;
    left.set(key, times - 1);
    return times <= 0;
  });
}

function differences(tally: Tally, { tally: wanted }: Expected): string[] {
  return [...new Set([...tally.keys(), ...wanted.keys()])].flatMap((place) => {
    const [are, should] = [tally.get(place) ?? NO_RULES, wanted.get(place) ?? NO_RULES];
    return [...new Set([...are.keys(), ...should.keys()])]
      .filter((rule) => are.get(rule) !== should.get(rule))
      .map((rule) => `${rule} at ${place}: ${says(are.get(rule))}, not ${says(should.get(rule))}`);
  });
}

const NO_RULES: ReadonlyMap<string, number> = new Map();

const says = (packed = 0): string =>
  unpacked(packed)
    .flatMap((times, i) => (times > 0 ? [`${times} ${KINDS[i]}`] : []))
    .join(' + ') || 'nothing';

const passes = (packed: number): number => unpacked(packed)[0] ?? 0;

/** Apart from the oracle: no rule passes more often than it has figures to rest on. */
function hollowPasses(tally: Tally, { sheets }: County): string[] {
  const byPlace = Map.groupBy(sheets, ({ form, district, at }) =>
    placeKey({ form, district, year: yearAt(at), term: termAt(at) }),
  );
  return [...byPlace].flatMap(([place, here]) => {
    const rules = tally.get(place) ?? NO_RULES;
    return RESTING.filter((rule) => passes(rules.get(rule.id) ?? 0) > restsOn(rule, here)).map(
      ({ id }) => `${id} passed at ${place}`,
    );
  });
}

/** A blank is what “both or neither” asks about; a second item is no matter of figures. */
const RESTING = lists.rules.filter(
  ({ operator }) =>
    !['both or neither', 'is filed once', 'names a known district', 'names a known term'].includes(
      operator,
    ),
);

/** How often a rule may pass on these sheets at most. */
function restsOn(rule: Rule, sheets: readonly Sheet[]): number {
  const names = namesOf(rule);
  const isFigure = ({ cells }: Sheet, id: string) => typeof cells[id] === 'number';
  if (isComparison(rule.operator)) {
    return sheets.filter((sheet) => names.every((name) => isFigure(sheet, name))).length;
  }
  const figures = sheets.flatMap((one) => Object.keys(one.cells).filter((id) => isFigure(one, id)));
  return rule.operator === 'is not repeated from last term'
    ? Math.min(1, figures.length)
    : figures.length;
}

const namesIn = new Map<Rule, string[]>();

function namesOf(rule: Rule): string[] {
  const known = namesIn.get(rule);
  if (known) return known;
  const names = `${rule.left} ${rule.right}`.match(/[a-z][\w.]*/gi) ?? [];
  const own = names.filter((name) => !name.includes('.'));
  namesIn.set(rule, own);
  return own;
}
