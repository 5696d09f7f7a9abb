import { availableParallelism, loadavg } from 'node:os';
import type { Engine } from 'json-rules-engine';
import { measureRow, onAndOff, readRows, ruleRow } from '../../adapters/sharepoint/rows.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { starterRules } from '../../adapters/sharepoint/starter/rules.ts';
import { check } from '../../bot/findings/check.ts';
import type { DistrictFigures } from '../../bot/directory/district.ts';
import { isComparison, type Rule } from '../../bot/findings/rule.ts';
import type { Form } from '../../bot/returns/measure.ts';
import { returnId, type Return, type ReturnKey } from '../../bot/returns/return.ts';
import { makeReturns } from './made-returns.ts';
import { checkByHand } from './rules-by-hand.ts';
import { enginesFor, factsOf } from './rules-by-engine.ts';

/**
 * `npm run bench:rules`: the comparisons that the service starts with, on so many made-up returns, by
 * the service's own `check` and by two named references in the same run: json-rules-engine, and the
 * same rules written by hand. The three have to raise the same findings.
 *
 * `check` does more than either, and its time is all of it: it reads and understands the rules, puts the
 * term before, the year before and the history beside each return, says why a rule was skipped or could
 * not run, and gives findings their operands, words and identity. That, and calling one function for each
 * name and sign of a rule rather than one that a developer wrote out, is how it is slower than by hand.
 */
const RETURNS = Number(process.env['RETURNS'] ?? 10_000);
const SEED = Number(process.env['SEED'] ?? 1);
const ROUNDS = 9;
/** Untimed rounds before them: a service that has run for a while is what is measured. */
const WARMING = 3;
const WANTED = 50;

/** A rule that does not hold on a return. */
type Broken = { rule: string; on: ReturnKey };

const OURS = 'check';
const ENGINE = 'json-rules-engine';
const BY_HAND = 'by hand';
const WAYS = [OURS, ENGINE, BY_HAND] as const;
/** How often in a round: what takes little time is measured the more often. */
const GOES = { [OURS]: 10, [ENGINE]: 1, [BY_HAND]: 10 };
type Ways = Record<(typeof WAYS)[number], () => readonly Broken[] | Promise<readonly Broken[]>>;
type Times = Record<(typeof WAYS)[number], number[]>;

async function bench(): Promise<void> {
  const { ways, evaluations } = waysToCheck();
  say(`Checking ${shown(RETURNS)} returns in ${ROUNDS} rounds …`);
  const found = {
    [OURS]: placesOf(await ways[OURS]()),
    [ENGINE]: placesOf(await ways[ENGINE]()),
    [BY_HAND]: placesOf(await ways[BY_HAND]()),
  };
  await timesOf(ways, WARMING);
  const times = await timesOf(ways, ROUNDS);
  const unlike = [
    ...differences(found[OURS], found[ENGINE], `by ${ENGINE}`),
    ...differences(found[OURS], found[BY_HAND], BY_HAND),
  ];
  print(times, evaluations, `${shown(found[OURS].length)}, ${sameness(unlike)}`);
  for (const line of unlike) fail(line);
}

const sameness = (unlike: readonly string[]): string =>
  unlike.length === 0 ? 'the same by all three' : 'NOT the same by all three';

/** The three take turns, so that whatever else the machine does falls on all of them. */
async function timesOf(ways: Ways, rounds: number): Promise<Times> {
  const times: Times = { [OURS]: [], [ENGINE]: [], [BY_HAND]: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of WAYS) {
      for (let go = 0; go < GOES[name]; go += 1) times[name].push(await timed(ways[name]));
    }
  }
  return times;
}

/** Everything is made beforehand: only the checking is timed. */
function waysToCheck(): { ways: Ways; evaluations: number } {
  const { returns, districts } = makeReturns(RETURNS, SEED);
  const rules = starterComparisons();
  const { rows: measures } = readRows('measures', itemsOf(starterMeasures), measureRow);
  const rows = [...districts].map(([name, figures]) => ({
    name,
    otherNames: [],
    figures: [{ figures }],
  }));
  const held = { returns, strays: [], measures, unreadMeasures: [], districts: rows };
  const engines = enginesFor(rules);
  const districtOf = ({ district }: Return) => districts.get(district) ?? {};
  const ways: Ways = {
    [OURS]: () => check(rules, held).findings.map((f) => ({ rule: f.rule, on: f })),
    [ENGINE]: () => runEngines(engines, returns, districtOf),
    [BY_HAND]: () => {
      const broken: Broken[] = [];
      for (const on of returns) {
        checkByHand(on, districtOf(on), (rule) => broken.push({ rule, on }));
      }
      return broken;
    },
  };
  return { ways, evaluations: check(rules, held).outcomes.length };
}

function starterComparisons(): Rule[] {
  const { rules } = onAndOff(readRows('rules', itemsOf(starterRules), ruleRow).rows);
  return rules.filter(({ operator }) => isComparison(operator));
}

const itemsOf = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map((fields, i) => ({ id: String(i + 1), fields }));

/** One return after another: a run of the engine is asynchronous, and many at once are no quicker. */
async function runEngines(
  engines: ReadonlyMap<Form, Engine>,
  returns: readonly Return[],
  districtOf: (filed: Return) => DistrictFigures,
): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const on of returns) {
    const ran = await engines.get(on.form)?.run(factsOf(on, districtOf(on)));
    for (const { type } of ran?.events ?? []) broken.push({ rule: type, on });
  }
  return broken;
}

/** Two AET sheets of one district and day are told apart by nothing here, so both are listed. */
const placesOf = (broken: readonly Broken[]): string[] =>
  broken.map(({ rule, on }) => `${rule}: ${returnId(on)}`).sort();

/** Milliseconds of the processor, those of the collector of garbage among them: others may use this machine. */
async function timed(way: Ways[keyof Ways]): Promise<number> {
  const began = process.cpuUsage();
  await way();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function print(times: Times, evaluations: number, findings: string): void {
  const median = (name: keyof Times) => middleOf(times[name]);
  const rate = (name: keyof Times) =>
    `${shown(Math.round((evaluations / median(name)) * 1000))} evaluations a second (${median(name).toFixed(1)} ms)`;
  const over = median(ENGINE) / median(OURS);
  const lines = {
    evaluations: `${shown(evaluations)}, rules on returns`,
    findings,
    [OURS]: rate(OURS),
    [ENGINE]: rate(ENGINE),
    [BY_HAND]: rate(BY_HAND),
    [`${OURS} over ${ENGINE}`]: `${over.toFixed(1)} × as many (at least ${WANTED} × wanted)`,
    [`${BY_HAND} over ${OURS}`]: `${(median(OURS) / median(BY_HAND)).toFixed(1)} × as many`,
    'load average, cores of this machine': `${loadavg()[0]?.toFixed(1)}, ${availableParallelism()}`,
  };
  say('');
  for (const [name, value] of Object.entries(lines)) say(`${name.padEnd(38)}${value}`);
}

const middleOf = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/** What one raised and the other did not. */
function differences(ours: readonly string[], theirs: readonly string[], name: string): string[] {
  const only = (some: readonly string[], others: readonly string[]) => {
    const left = Map.groupBy(others, (place) => place);
    return some.filter((place) => left.get(place)?.pop() === undefined);
  };
  return [
    ...only(ours, theirs).map((place) => `Raised by check, and not ${name}: ${place}`),
    ...only(theirs, ours).map((place) => `Raised ${name}, and not by check: ${place}`),
  ].slice(0, 10);
}

const shown = (count: number): string => count.toLocaleString('en-GB');

function fail(line: string): void {
  process.exitCode = 1;
  say(line);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await bench();
