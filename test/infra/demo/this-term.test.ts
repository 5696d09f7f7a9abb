import { expect, test } from 'vitest';
import { figure, returnsIn, textOf, type Form } from './reading.ts';

function thisTerm(form: Form, district: string) {
  return returnsIn(form, '2026-27', 1)
    .filter((each) => each.district === district)
    .map(({ item }) => item);
}

function only(form: Form, district: string) {
  const [item, ...more] = thisTerm(form, district);
  if (!item || more.length > 0) throw new Error(`${district} has not one ${form} return`);
  return item;
}

test('nothing is held of 2026-27 but term 1', () => {
  const later = [...returnsIn('KPI', '2026-27'), ...returnsIn('LAR', '2026-27')];
  expect(later.every(({ term }) => term === 1)).toBe(true);
  expect(later).toHaveLength(21);
});

test('Dover has no KPI return, Thanet no activity report, Swale neither', () => {
  const missing = (form: Form) =>
    ['Dover', 'Swale', 'Thanet'].filter((district) => thisTerm(form, district).length === 0);
  expect(missing('KPI')).toEqual(['Dover', 'Swale']);
  expect(missing('LAR')).toEqual(['Swale', 'Thanet']);
});

test('only Gravesham filed after Wednesday 18 November', () => {
  const filed = [...returnsIn('KPI', '2026-27'), ...returnsIn('LAR', '2026-27')];
  const late = filed.filter(({ item }) => item.createdAt > '2026-11-18T23:59:59Z');
  expect(late.map(({ district, form }) => `${district} ${form}`)).toEqual([
    'Gravesham KPI',
    'Gravesham LAR',
  ]);
  for (const { item } of filed) {
    expect(item.createdAt >= '2026-11-02T00:00:00Z').toBe(true);
    expect(item.createdAt < '2026-11-21T00:00:00Z').toBe(true);
  }
});

test('Maidstone: more children actively supported than on the caseload', () => {
  const item = only('KPI', 'Maidstone');
  expect(figure(item, 'Actively_x0020_Supported_x0020_S')).toBe(212);
  expect(figure(item, 'School_x0020_Caseload')).toBe(189);
});

test('Sevenoaks: 104% of primary schools', () => {
  expect(only('KPI', 'Sevenoaks').fields['field_8']).toBe('104%');
});

test('Tonbridge and Malling: written with an ampersand, no clinics for schools', () => {
  const item = only('LAR', 'Tonbridge and Malling');
  expect(textOf(item, 'District')).toBe('Tonbridge & Malling');
  expect(item.fields['Clinics_x0020_Schools']).toBe(0);
});

test('Folkestone and Hythe: two KPI returns, spelled in two ways', () => {
  const written = thisTerm('KPI', 'Folkestone and Hythe').map((item) => textOf(item, 'District'));
  expect(written).toEqual(['Folkestone & Hythe', 'Folkstone and Hythe']);
});

test('Dartford: a school caseload far from its own history', () => {
  const caseloads = returnsIn('KPI', '2025-26')
    .filter(({ district }) => district === 'Dartford')
    .map(({ item }) => figure(item, 'School_x0020_Caseload') ?? 0);
  expect(Math.max(...caseloads)).toBeLessThan(200);
  expect(figure(only('KPI', 'Dartford'), 'School_x0020_Caseload')).toBe(412);
});
