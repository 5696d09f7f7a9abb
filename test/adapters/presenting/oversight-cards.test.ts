import { expect, test } from 'vitest';
import { lastReturnCard } from '../../../adapters/presenting/last-return-card.ts';
import { sideBySideView } from '../../../adapters/presenting/side-by-side-card.ts';
import { termChart } from '../../../adapters/presenting/term-chart.ts';
import { whatChangedView } from '../../../adapters/presenting/what-changed-card.ts';
import { OWED_FORMS } from '../../../bot/returns/measure.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import { renderCard } from '../../../cards/render.ts';
import { filedReturn, heldOf, measureOf, recordOf, findingAt } from '../../bot/made.ts';
import { lookOf } from '../../bot/oversight/look-of.ts';
import { sizeOf } from '../../cards/samples.ts';

const LIMIT = 28 * 1024;
const AT = '2026-11-23T09:00:00Z';
const DISTRICTS = ['Folkestone and Hythe', 'Tonbridge and Malling'] as const;
const long = 'x'.repeat(300);
const unknown: Answer = { kind: 'not known', reason: long };

/** Two districts that were asked as much as anybody, and have a long reason for each answer but one. */
const measures = OWED_FORMS.flatMap((form) =>
  Array.from({ length: 40 }, (_, i) =>
    measureOf(`m${i}`, { form, question: `${i} ${long}`, section: `Section ${i % 8}` }),
  ),
);
const answers = Object.fromEntries(measures.map(({ id }) => [id, unknown]));
const given: Answer = { kind: 'number', value: 1_234_567, raw: '1,234,567' };
const numbers = Object.fromEntries(measures.map(({ id }) => [id, given]));
const returns = OWED_FORMS.flatMap((form) => [
  filedReturn({ form, district: DISTRICTS[0], answers }),
  filedReturn({ form, district: DISTRICTS[1], answers: numbers }),
]);
const districts = DISTRICTS.map((name) => ({ name, otherNames: [], figures: [] }));
const look = lookOf(heldOf({ measures, returns, districts, rules: [] }), { at: AT });

test('two districts with as much to compare as there is room for are under 28 KB', () => {
  const view = sideBySideView(DISTRICTS, look);
  expect(view.tables.map(({ rows }) => rows.length)).toEqual([20, 20]);
  expect(sizeOf(renderCard('side-by-side', view))).toBeLessThan(LIMIT);
});

test('the last returns of two districts, with a reason for every answer, are under 28 KB', () => {
  const card = lastReturnCard(DISTRICTS, look);
  expect(JSON.stringify(card)).toContain('Local Activity Report, Term 1, 2026-27');
  expect(sizeOf(card)).toBeLessThan(LIMIT);
});

test('as many changes as there may be are under 28 KB, and are counted', () => {
  const records = Array.from({ length: 200 }, (_, i) => {
    const at = new Date(Date.parse(AT) - i * 1000);
    const on = { district: `${long} ${i % 50}` };
    const finding = findingAt({ id: `rule-${i}`, on });
    return recordOf({
      finding,
      raisedAt: at,
      history: [{ at, by: long, what: 'explained' }],
    });
  });
  const findings = new Map(records.map((record) => [record.finding.id, record]));
  const unusableRules = records.map(({ finding }) => finding.rule);
  const busy = lookOf(heldOf({ rules: [], unusableRules }), { at: AT, findings });
  const view = whatChangedView(busy, '2026-11-23');
  const lines = view.groups.flatMap((group) => group.lines);
  expect(lines).toHaveLength(24);
  expect(view.headline).toBe('400 changes since Mon 23 Nov, 00:00');
  expect(sizeOf(renderCard('by-district', view))).toBeLessThan(LIMIT);
});

test('a chart keeps the order of the terms: where each has a gap, only the terms of both are drawn', () => {
  const term = (of: number, figure: number | undefined) => ({ year: '2025-26', term: of, figure });
  const [one, other] = [
    { legend: 'Dover', bars: [term(1, 5), term(2, undefined), term(3, 7), term(4, 8)] },
    { legend: 'Swale', bars: [term(1, 1), term(2, 2), term(3, undefined), term(4, 4)] },
  ];
  const [chart] = termChart('Caseload', 'count', [one, other]);
  expect(chart?.series.map(({ values }) => values)).toEqual([
    [
      { x: 'T1', y: 5 },
      { x: 'T4', y: 8 },
    ],
    [
      { x: 'T1', y: 1 },
      { x: 'T4', y: 4 },
    ],
  ]);
  expect(chart?.series[0]?.line).toBe('2025-26 T1 5 · T2 – · T3 7 · T4 8');
});

test('a term that is there of two years, or not of every district, says so on the axis', () => {
  const bars = [
    { year: '2025-26', term: 1, figure: 5 },
    { year: '2026-27', term: 1, figure: 6, marked: '10 of 12' },
  ];
  const [chart] = termChart('Caseload', 'count', [{ legend: 'Sum', bars }]);
  expect(chart?.series[0]?.values.map(({ x }) => x)).toEqual(['T1 25', 'T1*']);
  expect(chart?.terms).toBe('Terms, 2025-26 T1 to 2026-27 T1; * not every district');
});

test('a chart of two begins with the one that has more bars', () => {
  const term = (of: number, figure: number | undefined) => ({ year: '2025-26', term: of, figure });
  const [chart] = termChart('Caseload', 'count', [
    { legend: 'Dover', bars: [term(1, undefined), term(2, 5)] },
    { legend: 'Swale', bars: [term(1, 1), term(2, 2)] },
  ]);
  expect(chart?.series.map(({ legend }) => legend)).toEqual(['Swale', 'Dover']);
});
