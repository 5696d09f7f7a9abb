import { describe, expect, test } from 'vitest';
import { canonical, districtRows, figure, listOf, returnsIn, sum, textOf } from './reading.ts';

const year = '2022-23';
const terms = [1, 2, 3, 4, 5, 6];

function total(column: string, term?: number): number {
  return sum(returnsIn('LAR', year, term).map(({ item }) => figure(item, column)));
}

/** The mean over the districts that reported, as a percentage rounded to two decimals. */
function mean(column: string, term: number): number {
  const reported = returnsIn('KPI', year, term).flatMap(({ item }) => figure(item, column) ?? []);
  return Math.round((10_000 * sum(reported)) / reported.length) / 100;
}

test('every district has one return of each form in each term of 2022-23', () => {
  for (const form of ['KPI', 'LAR'] as const) {
    for (const term of terms) {
      const names = returnsIn(form, year, term).map(({ district }) => String(district));
      expect(names.toSorted()).toEqual(districtRows.map(({ name }) => name).toSorted());
    }
  }
});

test('1,994 primary LIFT referrals', () => {
  expect(total('Referrals_x0020_Primary')).toBe(1994);
});

test('426 secondary LIFT referrals', () => {
  expect(total('Referrals_x0020_Secondary')).toBe(426);
});

test('1,647 early years LIFT referrals', () => {
  expect(total('Referrals_x0020_EY')).toBe(1647);
});

test('710 clinics for schools', () => {
  expect(total('Clinics_x0020_Schools')).toBe(710);
});

test('630 clinics for early years', () => {
  expect(total('Clinics_x0020_EY')).toBe(630);
});

test('94 schools supported with transition in term 1', () => {
  expect(total('Transition_x0020_Schools', 1)).toBe(94);
});

test('322 schools supported with transition in term 5', () => {
  expect(total('Transition_x0020_Schools', 5)).toBe(322);
});

test('673 early years transition events in the year, 12, 26, 6 and 43 in its first terms', () => {
  expect(total('Transition_x0020_EY')).toBe(673);
  expect([1, 2, 3, 4].map((term) => total('Transition_x0020_EY', term))).toEqual([12, 26, 6, 43]);
});

test('targets formally reviewed', () => {
  const means = terms.map((term) => mean('Targets_x0020_Reviewed', term));
  expect(means).toEqual([35, 38, 36, 41, 46, 41]);
});

test('targets amended on review', () => {
  const means = terms.map((term) => mean('Targets_x0020_Amended', term));
  expect(means).toEqual([25, 23, 35, 37, 30, 33]);
});

test('cases closed with targets achieved', () => {
  const means = terms.map((term) => mean('Closed_x0020_Targets_x0020_Met', term));
  expect(means).toEqual([13, 12, 25, 31, 21, 23]);
});

test('some districts gave no actively-supported figure in terms 1 and 2, all did from term 3', () => {
  const silent = terms.map((term) =>
    returnsIn('KPI', year, term)
      .filter(({ item }) => figure(item, 'Actively_x0020_Supported_x0020_S') === undefined)
      .map(({ district }) => district),
  );
  const three = ['Gravesham', 'Swale', 'Tunbridge Wells'];
  expect(silent).toEqual([three, three, [], [], [], []]);
});

test('Dartford and Sevenoaks reported no impact measures, the other ten did', () => {
  const impact = [
    'Targets_x0020_Reviewed',
    'Targets_x0020_Amended',
    'Closed_x0020_Targets_x0020_Met',
  ];
  for (const { district, item } of returnsIn('KPI', year)) {
    const given = impact.filter((column) => column in item.fields);
    expect(given).toEqual(district === 'Dartford' || district === 'Sevenoaks' ? [] : impact);
  }
});

test('schools of other districts were counted, past the number in the district', () => {
  const past = returnsIn('KPI', year).filter(({ district, item }) => {
    const row = districtRows.find(({ name }) => name === district);
    const primary = figure(item, 'Primary_x0020_Schools_x0020_Supp') ?? 0;
    const secondary = figure(item, 'Secondary_x0020_Schools_x0020_Su') ?? 0;
    return row && (primary > row.primary || secondary > row.secondary);
  });
  expect(past.map(({ district, term }) => [district, term])).toEqual([
    ['Thanet', 5],
    ['Dartford', 6],
  ]);
});

test('referrals by area of need: most of schools for SEMH, most of early years for C&I', () => {
  const schools = ['C_x', 'C_x0', 'SEM', 'S_x'].map((end) =>
    total(`School_x0020_Referrals_x0020_${end}`),
  );
  const ey = ['C_x0026', 'C_x00260', 'SEMH', 'S_x0026'].map((end) =>
    total(`EY_x0020_Referrals_x0020_${end}`),
  );
  expect(sum(schools)).toBe(1994 + 426);
  expect(Math.max(...schools)).toBe(schools[2]);
  expect(sum(ey)).toBe(1647);
  expect(Math.max(...ey)).toBe(ey[0]);
});

test('2022-23 has the split of training and LIFT, and nothing that began in 2023-24', () => {
  const began = /^field_|^Active_x0020_|^Cases_x0020_at|^Training_x0020_Courses/;
  for (const { item } of [...returnsIn('KPI', year), ...returnsIn('LAR', year)]) {
    expect(Object.keys(item.fields).filter((name) => began.test(name))).toEqual([]);
  }
  const ended = [
    'Primary_x0020_Schools_x0020_at_x',
    'Secondary_x0020_Schools_x0020_at',
    'EY_x0020_Settings_x0020_at_x0020',
    'Core_x0020_Training',
    'Bespoke_x0020_Training',
  ];
  for (const { item } of returnsIn('LAR', year))
    expect(Object.keys(item.fields)).toEqual(expect.arrayContaining(ended));
});

describe('how people wrote 2022-23', () => {
  const items = [...listOf('KPI').items, ...listOf('LAR').items].filter((item) =>
    textOf(item, 'Academic_x0020_Year').startsWith('2022'),
  );
  const written = (column: string) => new Set(items.map((item) => String(item.fields[column])));

  test('years in two ways, terms in three', () => {
    expect([...written('Academic_x0020_Year')].toSorted()).toEqual(['2022-23', '2022/23']);
    expect([...written('Term')]).toEqual(expect.arrayContaining(['T1', '1', 'Term 1']));
  });

  test('districts with misspellings, ampersands, stray spaces and other case, all known', () => {
    const names = [...written('District')];
    expect(names).toEqual(
      expect.arrayContaining([
        'Folkstone and Hythe',
        'Folkestone & Hythe',
        'Tonbridge & Malling',
        'Swale ',
        'DOVER',
      ]),
    );
    expect(names.filter((name) => canonical(name) === undefined)).toEqual([]);
  });
});
