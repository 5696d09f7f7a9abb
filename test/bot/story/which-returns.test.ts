import { describe, expect, test } from 'vitest';
import { whichReturns } from '../../../bot/chase/which-returns.ts';
import { terms } from '../made.ts';

const districts = [
  { name: 'Dover', otherNames: [] },
  { name: 'Folkestone and Hythe', otherNames: ['Folkstone and Hythe'] },
];
const read = (text: string) => whichReturns(text, { districts, terms });
const T1 = { year: '2026-27', term: 1 };

test('a district and a term mean every form that is owed', () => {
  expect(read('Dover 2026-27 T1')).toEqual({
    keys: [
      { form: 'KPI', district: 'Dover', ...T1 },
      { form: 'LAR', district: 'Dover', ...T1 },
    ],
  });
});

test.each([
  'Dover 2026-27 T1 KPI',
  ' dover  2026-27 t1 kpi ',
  'Dover 2026/27 Term 1 KPI return',
  'DOVER 2026-2027 1 kpi',
])('a form narrows it down, however it is written: %s', (text) => {
  expect(read(text)).toEqual({ keys: [{ form: 'KPI', district: 'Dover', ...T1 }] });
});

test.each(['Folkestone & Hythe 2026-27 T1 LAR', 'Folkstone and Hythe 2026-27 T1 LAR'])(
  'districts are known by their other names: %s',
  (text) => {
    expect(read(text)).toEqual({
      keys: [{ form: 'LAR', district: 'Folkestone and Hythe', ...T1 }],
    });
  },
);

describe('what cannot be read is told with what is possible', () => {
  test.each([
    ['Dover', /names no return.*Dover 2026-27 T1 KPI/],
    ['', /names no return/],
    ['Dovr 2026-27 T1', /no district “Dovr”.*Dover, Folkestone and Hythe/],
    ['Dover 2026-27 T7', /no term “2026-27 T7”.*2026-27 T1, 2026-27 T2/],
    ['Dover 2031-32 T1', /no term “2031-32 T1”/],
    ['Dover 2026-28 T1', /no term “2026-28 T1”/],
    ['Dover 2026-27 T1 budget', /no form “budget”.*KPI, LAR/],
  ])('%s', (text, problem) => {
    const answer = read(text);
    expect('problem' in answer ? answer.problem : '').toMatch(problem);
  });
});
