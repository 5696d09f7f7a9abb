import { expect, test } from 'vitest';
import { liveHalf, SEED } from './years.ts';

/** Many times what it takes on an idle machine. */
const LONGEST_MS = 1_800_000;

test.skipIf(SEED)(
  'nobody is chased wrongly, twice, at night or never, whatever happens in a year: second half of the seeds',
  { timeout: LONGEST_MS },
  () => {
    expect(liveHalf(1).broken).toBe('');
  },
);
