import { expect, test } from 'vitest';
import { onAndOff, readRows, ruleRow } from '../../adapters/sharepoint/rows.ts';
import { starterRules } from '../../adapters/sharepoint/starter/rules.ts';

const [starter] = starterRules;

/** The first rule that the service starts with, as a row that somebody changed. */
function read(changed: Record<string, unknown>) {
  const fields = { ...starter, Title: 'changed', ...changed };
  const { rows, problems, unusable } = readRows('Rules', [{ id: '1', fields }], ruleRow);
  const { rules, rulesOff, unusableOff } = onAndOff(rows);
  const [on, off] = [rules, rulesOff].map((all) => all.map(({ id }) => id));
  return { on, off, problems, unusable, unusableOff };
}

const NOTHING = { on: [], off: [], problems: [], unusable: [], unusableOff: [] };

test('a row that is on is a rule', () => {
  expect(read({})).toEqual({ ...NOTHING, on: ['changed'] });
});

test.each([false, '', undefined])('a row that is off (%s) is kept to be tried', (Enabled) => {
  expect(read({ Enabled })).toEqual({ ...NOTHING, off: ['changed'] });
});

test('a row that is off and cannot be used is no problem, but for whoever tries it', () => {
  expect(read({ Enabled: false, Tolerance: -1, FirstTerm: 'autumn 2026' })).toEqual({
    ...NOTHING,
    unusableOff: [
      {
        id: 'changed',
        problem: 'Tolerance is below zero; FirstTerm is not a term such as 2023-24 T1',
      },
    ],
  });
});

test('the name of a rule holds no “|”, at which what a finding is about is told apart', () => {
  expect(read({ Title: 'a|b' }).problems).toEqual([
    'Rules: the row “a|b” is left out: Title holds a “|”.',
  ]);
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
  expect(onAndOff(rows).rules[0]?.phase).toBe(phase);
});
