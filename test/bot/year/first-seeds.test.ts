import { expect, test } from 'vitest';
import { LEAST_IN_A_HUNDRED } from './exercised.ts';
import { liveHalf, SEED, storyOf } from './years.ts';

/** Many times what it takes on an idle machine. */
const LONGEST_MS = 1_800_000;

test.runIf(SEED)('a year is told in plain words', { timeout: LONGEST_MS }, () => {
  const story = storyOf(Number(SEED));
  process.stdout.write(`${story}\n`);
  expect(story).not.toContain('BROKEN');
});

test.skipIf(SEED)(
  'nobody is chased wrongly, twice, at night or never, whatever happens in a year: first half of the seeds',
  { timeout: LONGEST_MS },
  () => {
    const { years, totals, broken } = liveHalf(0);
    expect(broken).toBe('');
    const enough = years >= 100;
    const hollow = Object.entries(LEAST_IN_A_HUNDRED)
      .filter(([what, least]) => enough && (totals.get(what) ?? 0) < (least * years) / 100)
      .map(
        ([what, least]) =>
          `${what}: ${totals.get(what) ?? 0} in ${years} years, not ${least} in 100`,
      );
    expect(hollow, 'what the years no longer exercise').toEqual([]);
  },
);
