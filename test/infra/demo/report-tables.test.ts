import { expect, test } from 'vitest';
import type { SeedItem } from '../../../infra/local/sharepoint/seed.ts';
import { figure, listOf, sum, textOf } from './reading.ts';

/** Typed from the report. */
const budgetTable = `
Thanet | £377,550 | £278,000 | £655,550 | £1,120
Swale | £617,679 | 0 | £617,679 | £50,596
Maidstone | £267,850 | £240,000 | £507,850 | £12,080
Folkstone and Hythe | £307,210 | £200,000 | £507,210 | £3,000
Ashford | £502,839 | 0 | £502,839 | Not reported
Gravesham | £309,310 | £180,000 | £489,310 | £9,000
Canterbury | £278,840 | £200,000 | £478,840 | Not reported
Dover | £283,230 | £180,000 | £463,230 | £23,479
Dartford | £288,830 | £170,000 | £458,830 | £8,276
Tonbridge and Malling | £264,850 | £190,000 | £454,850 | £1,750
Tunbridge Wells | 364,850 | 0 | £364,800 | £19,163
Sevenoaks | £235,480 | £120,000 | £355,480 | £24,023`;

const spendingTable = `
Thanet | £655,550 | £605,652 | 0 | £53,100
Swale | £617,679 | £487,725 | £64,447 | 0
Maidstone | £507,850 | £519,287 | 0 | 0
Folkstone and Hythe | £507,210 | £521,371 | 0 | 0
Ashford | £502,840 | Not reported | Not reported | Not reported
Gravesham | £489,310 | £494,596 | £18,800 | 0
Canterbury | £478,840 | £381,386 | £3,500 | £100,000
Dover | £463,230 | £446,562 | £8,000 | £41,149
Dartford | £458,830 | £498,846 | £23,000 | 0
Tonbridge and Malling | £454,850 | £461,834 | £22,714 | 0
Tunbridge Wells | £364,800 | Not reported | 0 | 0
Sevenoaks | £355,480 | £331,531 | £12,000 | £60,000`;

const aetSchoolAge = `
Thanet | 2 | 3
Swale | 9 | 12
Maidstone | 0 | 0
Folkstone and Hythe | 8 | 15
Ashford | 4 | 9
Gravesham | 1 | 13
Canterbury | 0 | 2
Dover | 1 | 3
Dartford | 0 | 3
Tonbridge and Malling | 1 | 1
Tunbridge Wells | 0 | 1
Sevenoaks | 2 | 9`;

const aetEarlyYears = `
Ashford | 0 | 2
Canterbury | 0 | 0
Dartford | 0 | 5
Dover | 0 | 0
Folkestone and Hythe | 0 | 8
Gravesham | 1 | 11
Maidstone | 0 | 2
Sevenoaks | 0 | 0
Swale | 0 | 3
Thanet | 0 | 3
Tonbridge and Malling | 0 | 1
Tunbridge Wells | 0 | 1`;

const budgets = listOf('Budget').items;

function printed(items: SeedItem[], columns: string[]): string[] {
  return items.map((item) => columns.map((column) => textOf(item, column)).join(' | '));
}

function rows(table: string): string[] {
  return table.trim().split('\n');
}

test('the budget table is as printed (figure 28)', () => {
  const columns = [
    'District',
    'Core_x0020_Budget',
    'Outreach_x0020_Budget',
    'SLA_x0020_Total',
    'Other_x0020_Income',
  ];
  expect(printed(budgets, columns)).toEqual(rows(budgetTable));
});

test('the spending table is as printed (figure 29)', () => {
  const columns = [
    'District',
    'Total_x0020_Budget',
    'Direct_x0020_Staffing_x0020_Cost',
    'Rent_x0020_and_x0020_Premises',
    'Special_x0020_School_x0020_Outre',
  ];
  expect(printed(budgets, columns)).toEqual(rows(spendingTable));
});

test('the SLA totals come to £5,856,468', () => {
  expect(sum(budgets.map((item) => figure(item, 'SLA_x0020_Total')))).toBe(5_856_468);
});

test('budgets are those of term 2 of 2022/23', () => {
  for (const item of budgets) {
    expect(textOf(item, 'Academic_x0020_Year')).toBe('2022/23');
    expect(textOf(item, 'As_x0020_Of_x0020_Term')).toBe('Term 2');
  }
});

test.each([
  ['School age', aetSchoolAge],
  ['Early years', aetEarlyYears],
])('AET training, %s, is as printed, as of the end of July 2023', (phase, table) => {
  const items = listOf('AET').items.filter(
    (item) =>
      textOf(item, 'Phase') === phase && textOf(item, 'As_x0020_Of').startsWith('2023-07-31'),
  );
  const columns = ['District', 'Sessions_x0020_Completed', 'Sessions_x0020_Booked'];
  expect(printed(items, columns)).toEqual(rows(table));
});
