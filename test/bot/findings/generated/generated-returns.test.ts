/** `SEED=7` makes other counties, from the seventh on; a failing line says the seed of its own. */
import { beforeAll, describe, expect, test } from 'vitest';
import { lookAtCounties, type Looked } from './look-at-counties.ts';
import { PLANTS } from './plants.ts';

const SEED = Number(process.env['SEED'] ?? 1);
/** A county is twelve districts over four years: about 690 returns and sheets. */
const COUNTIES = 15;
/** Many times what it takes on an idle machine. */
const LONGEST_MS = 120_000;
/** How much of a failure is told. */
const LINES = 12;

let clean: Looked;
let looked: Looked;

beforeAll(() => {
  clean = lookAtCounties({ firstSeed: SEED, counties: 1, isPlanted: false });
  looked = lookAtCounties({ firstSeed: SEED, counties: COUNTIES, isPlanted: true });
}, LONGEST_MS);

describe('a county in which nothing is wrong', () => {
  test('raises nothing', () => {
    expect(clean.raisedElsewhere.slice(0, LINES)).toEqual([]);
    expect(clean.notRaised.slice(0, LINES)).toEqual([]);
  });

  test('passes or is skipped, rule by rule, as the oracle says', () => {
    expect(clean.otherOutcomes.slice(0, LINES)).toEqual([]);
    const { error, query, 'could not run': couldNot } = clean.outcomes;
    expect([error, query, couldNot]).toEqual([0, 0, 0]);
  });
});

describe('10,000 returns with contradictions planted at known places', () => {
  test('are 10,000 returns, with every kind of contradiction in several of them', () => {
    expect(looked.returns).toBeGreaterThanOrEqual(10_000);
    const kinds = Map.groupBy(looked.planted, ({ kind }) => kind);
    const rare = Object.keys(PLANTS).filter((kind) => (kinds.get(kind)?.length ?? 0) < 3);
    expect(rare, 'planted fewer than three times').toEqual([]);
  });

  test('every one is found where it was planted', () => {
    expect(looked.missed.slice(0, LINES)).toEqual([]);
  });

  test('all that follows from them is found, with its figures', () => {
    expect(looked.notRaised.slice(0, LINES)).toEqual([]);
  });

  test('nothing is raised elsewhere', () => {
    expect(looked.raisedElsewhere.slice(0, LINES)).toEqual([]);
  });

  test('each of the five outcomes comes where the oracle says, rule by rule', () => {
    expect(looked.otherOutcomes.slice(0, LINES)).toEqual([]);
    const never = Object.entries(looked.outcomes).filter(([, times]) => times === 0);
    expect(never).toEqual([]);
  });

  test('no pass rests on a blank, on what is not known, or on what cannot be read', () => {
    expect(looked.hollowPasses.slice(0, LINES)).toEqual([]);
  });
});
