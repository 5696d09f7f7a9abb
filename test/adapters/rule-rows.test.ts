import { expect, test } from 'vitest';
import { onAndOff, readRows, ruleRow } from '../../adapters/sharepoint/rows.ts';
import { starterRules } from '../../adapters/sharepoint/starter/rules.ts';

const [starter] = starterRules;

/** The first rule that the service starts with, as a row that somebody changed. */
function read(changed: Record<string, unknown>) {
  const fields = { ...starter, Title: 'changed', ...changed };
  const { rows, problems, unusable } = readRows('Rules', [{ id: '1', fields }], ruleRow);
  const { rules, rulesOff } = onAndOff(rows);
  return { on: rules.map(({ id }) => id), off: rulesOff.map(({ id }) => id), problems, unusable };
}

test('a row that is on is a rule', () => {
  expect(read({})).toEqual({ on: ['changed'], off: [], problems: [], unusable: [] });
});

test.each([false, '', undefined])('a row that is off (%s) is kept to be tried', (Enabled) => {
  expect(read({ Enabled })).toEqual({ on: [], off: ['changed'], problems: [], unusable: [] });
});

test('a row that is off and cannot be used is no problem for anybody', () => {
  expect(read({ Enabled: false, Tolerance: -1, Operator: '≈' })).toEqual({
    on: [],
    off: [],
    problems: [],
    unusable: [],
  });
});

test('a row that is on and cannot be used is told with each of its columns', () => {
  const { on, problems, unusable } = read({ Tolerance: -1, Phase: 'Nursery' });
  expect({ on, unusable }).toEqual({ on: [], unusable: ['changed'] });
  expect(problems).toEqual([
    'Rules: the row “changed” is left out: Tolerance is below zero; Phase is neither empty nor one of: Early years, Primary, Secondary.',
  ]);
});

test.each([
  [{}, undefined],
  [{ Phase: ' ' }, undefined],
  [{ Phase: 'Primary' }, 'Primary'],
])('the phase of a row with %j is %s', (changed, phase) => {
  const fields = { ...starter, ...changed };
  const { rows } = readRows('Rules', [{ id: '1', fields }], ruleRow);
  expect(rows[0]?.rule.phase).toBe(phase);
});
