import { describe, expect, test } from 'vitest';
import { planted } from '../../../infra/local/demo/planted.ts';
import { figure, returnsIn, type Form, type ReadReturn } from './reading.ts';
import { everythingRaised, measureColumns, raised } from './rules.ts';

const severities: Record<string, 'error' | 'query'> = {
  'supported-within-caseload-schools': 'error',
  'supported-within-caseload-ey': 'error',
  'supported-and-caseload-both-given-schools': 'query',
  'supported-and-caseload-both-given-ey': 'query',
  'percentage-range': 'error',
  'supported-within-district-ey': 'query',
  'supported-within-district-primary': 'query',
  'supported-within-district-secondary': 'query',
  'percentage-agrees-ey': 'query',
  'percentage-agrees-primary': 'query',
  'percentage-agrees-secondary': 'query',
  'referral-areas-sum-schools': 'query',
  'referral-areas-sum-ey': 'query',
  'active-areas-sum': 'query',
  'identical-to-previous-term': 'query',
  'zero-after-non-zero': 'query',
  outlier: 'query',
  'aet-completed-within-booked': 'query',
  'budget-sums-to-sla': 'error',
  'sla-equals-total-budget': 'query',
  'spend-within-budget': 'query',
  'duplicate-return': 'error',
  'unknown-district': 'error',
  'unknown-term': 'error',
  'unreadable-number': 'error',
};

test('the rules raise what is planted and nothing else', () => {
  const expected = planted.map((each) =>
    raised(each.rule, each.form, each.district, each.year, each.term),
  );
  expect(everythingRaised()).toEqual(expected.sort());
});

test.each(Object.keys(severities))('%s has a plant', (rule) => {
  expect(planted.filter((each) => each.rule === rule)).not.toHaveLength(0);
});

test('every plant has the severity of its rule, and says what is wrong', () => {
  for (const { rule, severity, note } of planted) {
    expect([rule, severity]).toEqual([rule, severities[rule]]);
    expect(note.length).toBeGreaterThan(20);
  }
});

describe('returns of 2025-26 and 2026-27', () => {
  const noLongerAsked = /Schools_x0020_at|Settings_x0020_at|^Core_|^Bespoke_/;

  test.each<Form>(['KPI', 'LAR'])('%s: every figure asked for is filled, no other', (form) => {
    const returns = [...returnsIn(form, '2025-26'), ...returnsIn(form, '2026-27')];
    for (const { item } of returns) {
      const filled = measureColumns(form).filter((column) => column in item.fields);
      expect(filled).toEqual(measureColumns(form).filter((name) => !noLongerAsked.test(name)));
    }
  });

  test('no district files the same KPI numbers twice but for the planted one', () => {
    const fingerprint = ({ item }: ReadReturn) =>
      measureColumns('KPI')
        .map((column) => figure(item, column))
        .join();
    const all = [...returnsIn('KPI', '2025-26'), ...returnsIn('KPI', '2026-27')].map(fingerprint);
    expect(all.length - new Set(all).size).toBe(1);
  });

  test('percentages are written in three ways', () => {
    const written = returnsIn('KPI', '2025-26').map(({ item }) => String(item.fields['field_7']));
    expect(written.some((text) => /^\d+%$/.test(text))).toBe(true);
    expect(written.some((text) => /^\d+$/.test(text))).toBe(true);
    expect(written.some((text) => /^\d+\.\d %$/.test(text))).toBe(true);
  });
});
