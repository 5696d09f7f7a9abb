import { describe, expect, test } from 'vitest';
import { addDays } from '../../../bot/calendar/london.ts';
import { DEFAULT_POLICY } from '../../../bot/chase/policy.ts';
import { latestStage, stageLabel, stageOf } from '../../../bot/chase/stage.ts';
import { calendar } from '../made.ts';

const stageOn = (today: string, due = '2026-11-18') =>
  latestStage(due, today, DEFAULT_POLICY.returnStages, calendar)?.stage;

describe('the stage of a return due on Wednesday 18 November', () => {
  test.each([
    ['2026-11-10', undefined],
    ['2026-11-11', -5],
    ['2026-11-16', -5],
    ['2026-11-17', -1],
    ['2026-11-18', -1],
    ['2026-11-19', 1],
    ['2026-11-20', 1],
    ['2026-11-22', 1],
    ['2026-11-23', 3],
    ['2026-11-24', 3],
    ['2026-11-25', 5],
    ['2026-12-01', 5],
    ['2026-12-02', 10],
    ['2026-12-11', 10],
  ])('on %s is %s', (today, stage) => {
    expect(stageOn(today)).toBe(stage);
  });

  test('never goes back as days pass', () => {
    const stages = Array.from({ length: 60 }, (_, i) => stageOn(addDays('2026-11-01', i)) ?? -99);
    expect(stages).toEqual([...stages].sort((a, b) => a - b));
  });
});

test('a bank holiday and a holiday put a stage off', () => {
  expect(stageOn('2027-05-03', '2027-04-28')).toBe(1);
  expect(stageOn('2027-05-04', '2027-04-28')).toBe(3);
  expect(latestStage('2026-10-20', '2026-10-31', [1, 2], calendar)?.stage).toBe(1);
  expect(latestStage('2026-10-20', '2026-11-02', [1, 2], calendar)).toEqual({
    stage: 2,
    on: '2026-11-02',
  });
});

test('the order in which a commissioner writes the stages does not matter', () => {
  expect(latestStage('2026-11-18', '2026-11-23', [10, -5, 3, 1], calendar)?.stage).toBe(3);
  expect(latestStage('2026-11-18', '2026-11-23', [], calendar)).toBeUndefined();
});

test('a stage is written with its sign', () => {
  expect([-5, 1, 10].map(stageLabel)).toEqual(['-5', '+1', '+10']);
});

test('the number of a stage is read back, whatever is written after it', () => {
  expect(['-5', '+10', 'query +2', '+3, promised for 2026-11-27'].map(stageOf)).toEqual([
    -5, 10, 2, 3,
  ]);
});
