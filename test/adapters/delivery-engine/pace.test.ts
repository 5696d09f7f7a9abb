import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  APP_LIMIT,
  backOffMs,
  CONVERSATION_LIMITS,
  earliest,
  stillCounting,
  type Limit,
} from '../../../adapters/delivery/pace.ts';

const ALL = [...CONVERSATION_LIMITS, APP_LIMIT];
/** Small ones, so that a few requests fill them. */
const SMALL: readonly Limit[] = [
  { most: 2, withinMs: 10 },
  { most: 3, withinMs: 35 },
  { most: 5, withinMs: 200 },
];

type Request = { dawdlesMs: number; arrivesMs: number; answersMs: number };

/** How long a caller dawdles before a request, and how long the request takes to arrive and to be answered. */
const request: fc.Arbitrary<Request> = fc.record({
  dawdlesMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 300, noNaN: true })),
  arrivesMs: fc.double({ min: 0, max: 20, noNaN: true }),
  answersMs: fc.double({ min: 0, max: 20, noNaN: true }),
});

/** The arrivals of requests that each begin no earlier than allowed; what is noted are whole milliseconds. */
function arrivalsOf(requests: readonly Request[], limits: readonly Limit[]) {
  const answers: number[] = [];
  let now = 1000;
  return requests.map(({ dawdlesMs, arrivesMs, answersMs }) => {
    now = Math.max(now, earliest(answers, limits)) + dawdlesMs;
    const arrival = now + arrivesMs;
    now = arrival + answersMs;
    answers.push(Math.floor(now));
    return arrival;
  });
}

const fullest = (times: readonly number[], { withinMs }: Limit): number =>
  Math.max(0, ...times.map((end) => times.filter((t) => t <= end && t > end - withinMs).length));

describe('the limits of Teams', () => {
  test.each([
    ['as documented', ALL, 400, 15],
    ['small ones', SMALL, 60, 300],
  ])('are never exceeded in any window: %s', (_, limits, maxLength, numRuns) => {
    fc.assert(
      fc.property(fc.array(request, { maxLength, size: 'max' }), (requests) => {
        const arrivals = arrivalsOf(requests, limits);
        for (const limit of limits)
          expect(fullest(arrivals, limit)).toBeLessThanOrEqual(limit.most);
      }),
      { numRuns },
    );
  });

  test('ask for no longer wait than they must: a millisecond earlier, one would be exceeded', () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 })
      .map((gaps) => gaps.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, (sent) => {
        const at = earliest(sent, SMALL);
        fc.pre(at > 0);
        const isExceeded = SMALL.some(
          ({ most, withinMs }) => sent.filter((t) => t >= at - 1 - withinMs).length >= most,
        );
        expect(isExceeded).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('forget only what counts no more', () => {
    const times = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 500 }), (unsorted, later) => {
        const sent = unsorted.sort((a, b) => a - b);
        const at = (sent.at(-1) ?? 0) + later;
        const kept = earliest(stillCounting(sent, SMALL, at), SMALL);
        expect(Math.max(at, kept)).toBe(Math.max(at, earliest(sent, SMALL)));
      }),
    );
  });
});

test('a rest after failures is jittered, doubles in its bound, and is capped', () => {
  const settings = { baseMs: 2000, capMs: 60_000 };
  expect([1, 2, 3, 9].map((nth) => backOffMs(nth, settings, () => 1))).toEqual([
    2000, 4000, 8000, 60_000,
  ]);
  expect(backOffMs(5, settings, () => 0.5)).toBe(16_000);
  expect(backOffMs(5, settings, () => 0)).toBe(1000);
});
