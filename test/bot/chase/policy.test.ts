import { expect, test } from 'vitest';
import { readSettings } from '../../../adapters/sharepoint/rows.ts';
import { DEFAULT_POLICY, soundPolicy, type ChasePolicy } from '../../../bot/chase/policy.ts';

const sound = (over: Partial<ChasePolicy>) => soundPolicy({ ...DEFAULT_POLICY, ...over });

test('a policy that can be followed stays as it is', () => {
  expect(sound({ quietUntil: '10:00', summaryAt: '10:00', managerStage: 10 })).toEqual({
    policy: { ...DEFAULT_POLICY, quietUntil: '10:00', summaryAt: '10:00', managerStage: 10 },
    problems: [],
  });
});

test.each<[string, Partial<ChasePolicy>, Partial<ChasePolicy>, RegExp]>([
  [
    'hours that end before they begin',
    { quietUntil: '17:00', quietFrom: '08:30' },
    {},
    /“quiet until” \(17:00\).*“quiet from” \(08:30\).*08:30 and 17:00 apply instead/,
  ],
  [
    'a manager stage after the last chase',
    { managerStage: 12 },
    { managerStage: 10 },
    /“manager stage” \(12\).*10 applies instead/,
  ],
  [
    'a summary before the hours',
    { summaryAt: '07:00' },
    { summaryAt: '08:30' },
    /“summary at” \(07:00\).*08:30 applies instead/,
  ],
  [
    'a summary after the hours',
    { summaryAt: '17:00' },
    { summaryAt: '08:30' },
    /“summary at” \(17:00\).*08:30 applies instead/,
  ],
])('%s: it is said, and what applies instead', (_, over, instead, words) => {
  const { policy, problems } = sound(over);
  expect(policy).toEqual({ ...DEFAULT_POLICY, ...instead });
  expect(problems).toEqual([expect.stringMatching(words)]);
});

test('of a setting that is listed twice the first row counts, and it is said', () => {
  const rows = [{ returnStages: [1] }, { managerStage: 1 }, { returnStages: [2] }];
  const { policy, problems } = readSettings(rows);
  expect(policy.returnStages).toEqual([1]);
  expect(problems).toEqual(['“chase stages” is listed twice; the first row counts.']);
});
