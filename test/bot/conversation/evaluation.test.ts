import { expect, test } from 'vitest';
import { outcomeOf, utterancesOf } from '../../eval/utterances.ts';

const ENOUGH = 0.97;

test.each(['utterances.tsv'])('at least 97 % of %s is recognised as it is meant', (file) => {
  const outcomes = utterancesOf(file).map(outcomeOf);
  const failures = outcomes
    .filter(({ is }) => is !== 'right')
    .map(({ by, text, is, got }) => `${is}: ${by} “${text}” → ${JSON.stringify(got)}`);
  expect(outcomes.length).toBeGreaterThanOrEqual(300);
  const isEnough = 1 - failures.length / outcomes.length >= ENOUGH;
  expect({ isEnough, failures: isEnough ? [] : failures }).toEqual({
    isEnough: true,
    failures: [],
  });
});
