import Table from 'cli-table3';
import { recognise } from '../../bot/conversation/recognise.ts';
import { ASKERS } from '../bot/conversation/askers.ts';
import { namesOf, outcomeOf, slotsOf, utterancesOf, withSlip, type Outcome } from './utterances.ts';

/**
 * `npm run eval`: how much of what people say is recognised as they mean it, what is taken for what,
 * and how long it takes. Exits with 1 where less than {@link ENOUGH} of the first set is right.
 * What fails of blind-2.tsv is not shown: it says what the recogniser does with words that nobody taught
 * it, for as long as nobody does. `npm run eval -- --slips` also shows what slips of the pen spoil, `-- other.tsv` what another set of
 * this folder comes to.
 */
const ENOUGH = 0.97;
/** What blind.tsv came to when it was first run, before anybody had looked at what went wrong in it. */
const FIRST_RUN = '222 of 285 right, 77.9%, at 0ca880b';
const ROUNDS = 20;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const percent = (part: number, whole: number): string =>
  whole === 0 ? 'n/a' : `${((100 * part) / whole).toFixed(1)}%`;

function evaluate(): void {
  const outcomes = utterancesOf('utterances.tsv').map(outcomeOf);
  report('What people say (utterances.tsv)', outcomes);
  tellFailures(outcomes);
  tellConfusions(outcomes);
  report('Held out (held-out.tsv)', utterancesOf('held-out.tsv').map(outcomeOf));
  const blind = utterancesOf('blind.tsv').map(outcomeOf);
  report('Written without knowing the recogniser, and learnt from since (blind.tsv)', blind);
  say(`  on its first run: ${FIRST_RUN}`);
  if (process.argv.includes('--blind')) tellFailures(blind);
  report(
    'Written without knowing the recogniser, and not learnt from (blind-2.tsv)',
    utterancesOf('blind-2.tsv').map(outcomeOf),
  );
  const slips = utterancesOf('utterances.tsv').map(withSlip).map(outcomeOf);
  report('The first set, with a slip of the pen in the longest word of each', slips);
  if (process.argv.includes('--slips')) tellFailures(slips);
  for (const file of process.argv.filter((one) => one.endsWith('.tsv'))) {
    const others = utterancesOf(file).map(outcomeOf);
    report(file, others);
    tellFailures(others);
  }
  tellTimes(outcomes);
  if (right(outcomes) / outcomes.length < ENOUGH) process.exitCode = 1;
}

const right = (outcomes: readonly Outcome[]): number =>
  outcomes.filter(({ is }) => is === 'right').length;

function report(title: string, outcomes: readonly Outcome[]): void {
  const all = outcomes.length;
  const [offered, lost, wrong] = (['offered', 'lost', 'wrong'] as const).map(
    (kind) => outcomes.filter(({ is }) => is === kind).length,
  );
  say(`${title}: ${right(outcomes)} of ${all} right, ${percent(right(outcomes), all)}`);
  if (right(outcomes) === all) return;
  const offers = percent(offered ?? 0, all - right(outcomes));
  say(
    `  of ${all - right(outcomes)} others ${offered} answered by an offer of what was meant (${offers}), ${lost} not understood, ${wrong} answered wrongly`,
  );
}

function tellFailures(outcomes: readonly Outcome[]): void {
  const failures = outcomes.filter(({ is }) => is !== 'right');
  if (failures.length === 0) return;
  const table = new Table({ head: ['', 'said', 'wanted', 'got'], style: { head: [], border: [] } });
  for (const { is, by, text, before, intents, slots, got } of failures) {
    const after = before === '' ? '' : ` (after “${before}”)`;
    table.push([
      is,
      `${by}: ${text}${after}`,
      inWords(intents.join(' + '), slots),
      gotInWords(got),
    ]);
  }
  say(table.toString());
}

const inWords = (names: string, slots: ReadonlyMap<string, string>): string =>
  [names, ...[...slots].map(([name, value]) => `${name}=${value}`)].join('\n');

const gotInWords = (got: Outcome['got']): string => {
  const [first] = got;
  if (first?.name === 'offer') return `offer of ${first.of.map(({ name }) => name).join(' / ')}`;
  return inWords(namesOf(got), slotsOf(got));
};

/** What was taken for something else, and how often; what never was is left out. */
function tellConfusions(outcomes: readonly Outcome[]): void {
  const confused = outcomes.filter(({ intents, got }) => intents.join(' + ') !== namesOf(got));
  if (confused.length === 0) return;
  const meant = Map.groupBy(confused, ({ intents }) => intents.join(' + '));
  const takenFor = [...new Set(confused.map(({ got }) => namesOf(got)))].sort();
  const table = new Table({
    head: ['meant \\ taken for', 'right', ...takenFor],
    style: { head: [], border: [] },
  });
  for (const [name, own] of [...meant].sort(([one], [other]) => one.localeCompare(other))) {
    const times = takenFor.map(
      (other) => own.filter(({ got }) => namesOf(got) === other).length || '',
    );
    const all = outcomes.filter(({ intents }) => intents.join(' + ') === name).length;
    table.push([name, all - own.length, ...times]);
  }
  say(table.toString());
}

/** In microseconds: of each utterance the median of some rounds, after as many to warm up. */
function tellTimes(outcomes: readonly Outcome[]): void {
  const times = outcomes.map(() => [] as number[]);
  for (let round = 0; round < 2 * ROUNDS; round++) {
    for (const [i, { text, by }] of outcomes.entries()) {
      const began = performance.now();
      recognise(text, ASKERS[by]);
      if (round >= ROUNDS) times[i]?.push(1000 * (performance.now() - began));
    }
  }
  const usual = times.map((own) => ranked(own, 0.5));
  const [median, slow] = [0.5, 0.99].map((share) => ranked(usual, share).toFixed(0));
  say(`A recognition takes ${median} µs (median of the utterances), ${slow} µs (99th percentile)`);
}

const ranked = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

evaluate();
