/**
 * What the rules must raise on the report's own tables, worked out by hand from the printed pages:
 * figures 28 and 29 (budget and spending, as of Term 2 of 2022-23) and the two AET tables (as of
 * the end of July 2023). This page decides; the demo's list of plants follows it.
 */
import { describe, expect, test } from 'vitest';
import { check } from '../../../bot/findings/check.ts';
import { valuesOf, type Outcome } from '../../../bot/findings/finding.ts';
import type { Return } from '../../../bot/returns/return.ts';
import { demoHeld } from '../demo-held.ts';

const demo = demoHeld();
const report = check(demo.rules, demo);

/** “Not reported” in the table: neither a figure nor a zero. */
const NONE = null;

type Spending = {
  /** Figure 28: core budget, outreach budget, amount in the agreement. */
  budget: [core: number, outreach: number, sla: number];
  /** Figure 29: total budget, direct staffing, rent and premises, special school outreach. */
  spending: [
    total: number,
    staffing: number | null,
    rent: number | null,
    specialSchool: number | null,
  ];
  /** Nothing is raised besides. */
  raises: [rule: string, severity: 'error' | 'query'][];
};

const OVERSPENT: Spending['raises'] = [['spend-within-budget', 'query']];

const BUDGETS: Record<string, Spending> = {
  // 377,550 + 278,000 = 655,550. 605,652 + 0 + 53,100 = 658,752: 3,202 above 655,550.
  Thanet: {
    budget: [377_550, 278_000, 655_550],
    spending: [655_550, 605_652, 0, 53_100],
    raises: OVERSPENT,
  },
  // 617,679 + 0 = 617,679. 487,725 + 64,447 + 0 = 552,172: 65,507 below 617,679.
  Swale: {
    budget: [617_679, 0, 617_679],
    spending: [617_679, 487_725, 64_447, 0],
    raises: [],
  },
  // 267,850 + 240,000 = 507,850. 519,287 + 0 + 0 = 519,287: 11,437 above 507,850.
  Maidstone: {
    budget: [267_850, 240_000, 507_850],
    spending: [507_850, 519_287, 0, 0],
    raises: OVERSPENT,
  },
  // 307,210 + 200,000 = 507,210. 521,371 + 0 + 0 = 521,371: 14,161 above 507,210.
  // Printed “Folkstone and Hythe” in figure 28, which is a known spelling and no finding.
  'Folkestone and Hythe': {
    budget: [307_210, 200_000, 507_210],
    spending: [507_210, 521_371, 0, 0],
    raises: OVERSPENT,
  },
  // 502,839 + 0 = 502,839, and the total with the spending is 502,840: a pound more.
  // The spending is not reported, so nothing can be said of it.
  Ashford: {
    budget: [502_839, 0, 502_839],
    spending: [502_840, NONE, NONE, NONE],
    raises: [['sla-equals-total-budget', 'query']],
  },
  // 309,310 + 180,000 = 489,310. 494,596 + 18,800 + 0 = 513,396: 24,086 above 489,310.
  Gravesham: {
    budget: [309_310, 180_000, 489_310],
    spending: [489_310, 494_596, 18_800, 0],
    raises: OVERSPENT,
  },
  // 278,840 + 200,000 = 478,840. 381,386 + 3,500 + 100,000 = 484,886: 6,046 above 478,840.
  Canterbury: {
    budget: [278_840, 200_000, 478_840],
    spending: [478_840, 381_386, 3_500, 100_000],
    raises: OVERSPENT,
  },
  // 283,230 + 180,000 = 463,230. 446,562 + 8,000 + 41,149 = 495,711: 32,481 above 463,230.
  Dover: {
    budget: [283_230, 180_000, 463_230],
    spending: [463_230, 446_562, 8_000, 41_149],
    raises: OVERSPENT,
  },
  // 288,830 + 170,000 = 458,830. 498,846 + 23,000 + 0 = 521,846: 63,016 above 458,830.
  Dartford: {
    budget: [288_830, 170_000, 458_830],
    spending: [458_830, 498_846, 23_000, 0],
    raises: OVERSPENT,
  },
  // 264,850 + 190,000 = 454,850. 461,834 + 22,714 + 0 = 484,548: 29,698 above 454,850.
  'Tonbridge and Malling': {
    budget: [264_850, 190_000, 454_850],
    spending: [454_850, 461_834, 22_714, 0],
    raises: OVERSPENT,
  },
  // 364,850 + 0 = 364,850, and the agreement says 364,800: 50 less, printed without a pound sign.
  // Staffing is not reported: the noughts beside it are no spending within the budget.
  'Tunbridge Wells': {
    budget: [364_850, 0, 364_800],
    spending: [364_800, NONE, 0, 0],
    raises: [['budget-sums-to-sla', 'error']],
  },
  // 235,480 + 120,000 = 355,480. 331,531 + 12,000 + 60,000 = 403,531: 48,051 above 355,480.
  Sevenoaks: {
    budget: [235_480, 120_000, 355_480],
    spending: [355_480, 331_531, 12_000, 60_000],
    raises: OVERSPENT,
  },
};

/** Completed and booked, school age then early years: nowhere are more completed than booked. */
const AET: Record<string, [schoolAge: [number, number], earlyYears: [number, number]]> = {
  Thanet: [
    [2, 3],
    [0, 3],
  ],
  Swale: [
    [9, 12],
    [0, 3],
  ],
  Maidstone: [
    [0, 0],
    [0, 2],
  ],
  'Folkestone and Hythe': [
    [8, 15],
    [0, 8],
  ],
  Ashford: [
    [4, 9],
    [0, 2],
  ],
  Gravesham: [
    [1, 13],
    [1, 11],
  ],
  Canterbury: [
    [0, 2],
    [0, 0],
  ],
  Dover: [
    [1, 3],
    [0, 0],
  ],
  Dartford: [
    [0, 3],
    [0, 5],
  ],
  'Tonbridge and Malling': [
    [1, 1],
    [0, 1],
  ],
  'Tunbridge Wells': [
    [0, 1],
    [0, 1],
  ],
  Sevenoaks: [
    [2, 9],
    [0, 0],
  ],
};

const sheetsOf = (form: 'Budget' | 'AET', district: string): Return[] =>
  demo.returns.filter((r) => r.form === form && r.district === district && r.year === '2022-23');

const findingsOn = (form: 'Budget' | 'AET', district: string) =>
  report.findings.filter((f) => f.form === form && f.district === district && f.year === '2022-23');

const outcomesOf = (rule: string, district: string): Outcome['kind'][] =>
  report.outcomes
    .filter((o) => o.rule === rule && o.on.district === district && o.on.year === '2022-23')
    .map(({ outcome }) => outcome.kind);

const names = Object.keys(BUDGETS);

/** The operands of each rule, as the tables give them. */
function figuresBy(rule: string, { budget, spending }: Spending): Record<string, number | null> {
  const [coreBudget, outreachBudget, slaTotal] = budget;
  const [totalBudget, staffingCosts, rentAndPremises, specialSchoolOutreach] = spending;
  switch (rule) {
    case 'budget-sums-to-sla':
      return { coreBudget, outreachBudget, slaTotal };
    case 'sla-equals-total-budget':
      return { slaTotal, totalBudget };
    case 'spend-within-budget':
      return { staffingCosts, rentAndPremises, specialSchoolOutreach, totalBudget };
    default:
      throw new Error(`${rule} is no rule on these tables`);
  }
}

describe('the budget and spending tables (figures 28 and 29)', () => {
  test.each(names)('%s raises what the sums say, with the figures as printed', (district) => {
    const sheet = BUDGETS[district];
    if (!sheet) throw new Error(`${district} has no row.`);
    const expected = sheet.raises.map(([rule, severity]) => ({
      rule,
      severity,
      term: 2,
      values: figuresBy(rule, sheet),
    }));
    const raised = findingsOn('Budget', district).map((f) => ({
      rule: f.rule,
      severity: f.severity,
      term: f.term,
      values: valuesOf(f.operands),
    }));
    expect(raised).toEqual(expected);
  });

  test.each([
    ['Thanet', '£658,752 should be at most £655,550'],
    ['Maidstone', '£519,287 should be at most £507,850'],
    ['Folkestone and Hythe', '£521,371 should be at most £507,210'],
    ['Gravesham', '£513,396 should be at most £489,310'],
    ['Canterbury', '£484,886 should be at most £478,840'],
    ['Dover', '£495,711 should be at most £463,230'],
    ['Dartford', '£521,846 should be at most £458,830'],
    ['Tonbridge and Malling', '£484,548 should be at most £454,850'],
    ['Tunbridge Wells', '£364,850 should equal £364,800'],
    ['Sevenoaks', '£403,531 should be at most £355,480'],
  ])('%s is told what the two sides come to: %s', (district, compared) => {
    expect(findingsOn('Budget', district).map((f) => f.compared)).toEqual([compared]);
  });

  test.each(names)('%s is in the list with the figures as printed', (district) => {
    const { budget, spending } = BUDGETS[district] ?? { budget: [], spending: [] };
    const [sheet] = sheetsOf('Budget', district);
    const columns = [
      'coreBudget',
      'outreachBudget',
      'slaTotal',
      'totalBudget',
      'staffingCosts',
      'rentAndPremises',
      'specialSchoolOutreach',
    ];
    const held = columns.map((id) => {
      const answer = sheet?.answers[id];
      return answer?.kind === 'number' ? answer.value : answer?.kind;
    });
    expect(held).toEqual([...budget, ...spending].map((figure) => figure ?? 'not known'));
  });

  test('every rule has the outcome that the table gives it, district by district', () => {
    const outcomes = names.map((district) => [
      district,
      ...['budget-sums-to-sla', 'sla-equals-total-budget', 'spend-within-budget'].flatMap((rule) =>
        outcomesOf(rule, district),
      ),
    ]);
    expect(outcomes).toEqual([
      ['Thanet', 'pass', 'pass', 'query'],
      ['Swale', 'pass', 'pass', 'pass'],
      ['Maidstone', 'pass', 'pass', 'query'],
      ['Folkestone and Hythe', 'pass', 'pass', 'query'],
      ['Ashford', 'pass', 'query', 'skipped'],
      ['Gravesham', 'pass', 'pass', 'query'],
      ['Canterbury', 'pass', 'pass', 'query'],
      ['Dover', 'pass', 'pass', 'query'],
      ['Dartford', 'pass', 'pass', 'query'],
      ['Tonbridge and Malling', 'pass', 'pass', 'query'],
      ['Tunbridge Wells', 'error', 'pass', 'skipped'],
      ['Sevenoaks', 'pass', 'pass', 'query'],
    ]);
  });

  test('one error and ten queries are raised in all, and every sheet is of Term 2', () => {
    const budgets = report.findings.filter(({ form }) => form === 'Budget');
    expect(budgets.map(({ severity }) => severity).sort()).toEqual([
      'error',
      ...Array.from({ length: 10 }, () => 'query'),
    ]);
    expect(new Set(budgets.map(({ district }) => district)).size).toBe(11);
    const sheets = demo.returns.filter(({ form }) => form === 'Budget');
    expect(sheets.map(({ year, term }) => `${year} ${term}`)).toEqual(names.map(() => '2022-23 2'));
  });
});

describe('the AET tables', () => {
  test.each(Object.keys(AET))('%s raises nothing: both sheets pass', (district) => {
    expect(findingsOn('AET', district)).toEqual([]);
    expect(outcomesOf('aet-completed-within-booked', district)).toEqual(['pass', 'pass']);
  });

  test.each(Object.entries(AET))('%s is in the list as printed', (district, [school, ey]) => {
    const held = sheetsOf('AET', district).map(({ part, answers }) => [
      part,
      ...['aetCompleted', 'aetBooked'].map((id) => {
        const answer = answers[id];
        return answer?.kind === 'number' ? answer.value : answer;
      }),
    ]);
    expect(held).toEqual([
      ['School age, 2023-07-31', ...school],
      ['Early years, 2023-07-31', ...ey],
    ]);
  });
});

describe('nothing else', () => {
  test('is raised on these sheets: neither an unreadable cell nor an unknown district or term', () => {
    const sheets = report.findings.filter(
      ({ form, year }) => (form === 'Budget' || form === 'AET') && year === '2022-23',
    );
    const byHand = Object.entries(BUDGETS).flatMap(([district, { raises }]) =>
      raises.map(([rule]) => `${rule} ${district}`),
    );
    expect(sheets.map(({ rule, district }) => `${rule} ${district}`).sort()).toEqual(byHand.sort());
    expect(demo.strays.filter(({ form }) => form === 'Budget' || form === 'AET')).toEqual([]);
  });

  test('runs on them: three rules of the sums, one of the sessions, one that each cell can be read', () => {
    const rules = report.outcomes
      .filter(({ on }) => (on.form === 'Budget' || on.form === 'AET') && on.year === '2022-23')
      .map(({ rule, on }) => `${on.form}: ${rule}`);
    expect([...new Set(rules)].sort()).toEqual([
      'AET: aet-completed-within-booked',
      'AET: unreadable-number',
      'Budget: budget-sums-to-sla',
      'Budget: sla-equals-total-budget',
      'Budget: spend-within-budget',
      'Budget: unreadable-number',
    ]);
  });
});
