/**
 * Every finding that the demo's lists should raise, worked out by hand: the ones
 * planted in made-up returns, and the ones that the report's own tables hold.
 */
export type Planted = {
  rule: string;
  severity: 'error' | 'query';
  form: 'KPI' | 'LAR' | 'Budget' | 'AET';
  district: string;
  year: string;
  term: number;
  note: string;
};

type Place = [form: Planted['form'], district: string, year: string, term: number];

const thisTerm: Planted[] = [
  error(
    'supported-within-caseload-schools',
    ['KPI', 'Maidstone', '2026-27', 1],
    'Actively supported schools 212, school caseload 189.',
  ),
  error(
    'percentage-range',
    ['KPI', 'Sevenoaks', '2026-27', 1],
    'Primary schools supported is 104%.',
  ),
  query(
    'supported-within-district-primary',
    ['KPI', 'Sevenoaks', '2026-27', 1],
    'Goes with the 104%: 52 primary schools supported of 50 in the district.',
  ),
  query(
    'referral-areas-sum-schools',
    ['LAR', 'Canterbury', '2026-27', 1],
    'Areas of need 9 + 7 + 19 + 3 = 38; referrals 27 primary + 5 secondary = 32.',
  ),
  query(
    'identical-to-previous-term',
    ['KPI', 'Tunbridge Wells', '2026-27', 1],
    'Every number is that of 2025-26 term 6.',
  ),
  query(
    'zero-after-non-zero',
    ['LAR', 'Tonbridge and Malling', '2026-27', 1],
    'Clinics for schools 0, after 7 in 2025-26 term 6.',
  ),
  error(
    'duplicate-return',
    ['KPI', 'Folkestone and Hythe', '2026-27', 1],
    'Filed as Folkestone & Hythe on 5 November and as Folkstone and Hythe on 10 November.',
  ),
  query(
    'outlier',
    ['KPI', 'Dartford', '2026-27', 1],
    'School caseload 412; between 149 and 193 in every term before.',
  ),
];

const lastYear: Planted[] = [
  query(
    'percentage-agrees-ey',
    ['KPI', 'Thanet', '2025-26', 2],
    '67 of 84 settings is 80%; 87% was given.',
  ),
  query(
    'supported-within-district-ey',
    ['KPI', 'Folkestone and Hythe', '2025-26', 3],
    '105 settings supported of 104 in the district; the 100% given is within a point of 101%.',
  ),
  query(
    'percentage-agrees-primary',
    ['KPI', 'Gravesham', '2025-26', 3],
    '22 of 28 primary schools is 79%; 68% was given.',
  ),
  error(
    'unreadable-number',
    ['KPI', 'Swale', '2025-26', 3],
    'Primary schools supported (%) reads "12 (approx)".',
  ),
  error(
    'supported-within-caseload-ey',
    ['KPI', 'Canterbury', '2025-26', 4],
    'Actively supported early years 90, early years caseload 81.',
  ),
  query(
    'active-areas-sum',
    ['KPI', 'Thanet', '2025-26', 4],
    'Areas of need 98 + 69 + 95 + 28 = 290; actively supported 192 + 108 = 300.',
  ),
  query(
    'percentage-agrees-secondary',
    ['KPI', 'Ashford', '2025-26', 5],
    '7 of 8 secondary schools is 87.5%; 75% was given.',
  ),
  query(
    'referral-areas-sum-ey',
    ['LAR', 'Maidstone', '2025-26', 2],
    'Areas of need 11 + 10 + 3 + 2 = 26; early years referrals 28.',
  ),
  error(
    'unknown-district',
    ['LAR', 'Medway', '2025-26', 2],
    'There is no district Medway; the lead of Gravesham filed it.',
  ),
  error(
    'unknown-term',
    ['LAR', 'Canterbury', '2025-26', 7],
    'There is no Term 7; a second report of Canterbury.',
  ),
  query(
    'aet-completed-within-booked',
    ['AET', 'Thanet', '2025-26', 6],
    'School age, as of 17 July 2026: 14 sessions completed, 12 booked.',
  ),
];

/** The report: some districts gave no actively-supported figure in terms 1 and 2. */
const notYetCounted: Planted[] = ['Gravesham', 'Swale', 'Tunbridge Wells'].flatMap((district) =>
  [1, 2].flatMap((term) => [
    query(
      'supported-and-caseload-both-given-schools',
      ['KPI', district, '2022-23', term],
      'School caseload given, actively supported schools blank.',
    ),
    query(
      'supported-and-caseload-both-given-ey',
      ['KPI', district, '2022-23', term],
      'Early years caseload given, actively supported early years blank.',
    ),
  ]),
);

/** The report: schools of other districts were counted. */
const outOfDistrict: Planted[] = [
  query(
    'supported-within-district-primary',
    ['KPI', 'Thanet', '2022-23', 5],
    '35 primary schools supported of 33 in the district.',
  ),
  query(
    'supported-within-district-secondary',
    ['KPI', 'Dartford', '2022-23', 6],
    '10 secondary schools supported of 9 in the district.',
  ),
];

/** The report's own tables (figures 28 and 29), as of term 2 of 2022-23. */
const budgets: Planted[] = [
  error(
    'budget-sums-to-sla',
    ['Budget', 'Tunbridge Wells', '2022-23', 2],
    'Core 364,850 + outreach 0 is not the SLA total of £364,800.',
  ),
  query(
    'sla-equals-total-budget',
    ['Budget', 'Ashford', '2022-23', 2],
    'SLA total £502,839, total budget £502,840.',
  ),
  overspent('Thanet', '£605,652 + 0 + £53,100 = £658,752 of £655,550.'),
  overspent('Maidstone', '£519,287 + 0 + 0 = £519,287 of £507,850.'),
  overspent('Folkestone and Hythe', '£521,371 + 0 + 0 = £521,371 of £507,210.'),
  overspent('Gravesham', '£494,596 + £18,800 + 0 = £513,396 of £489,310.'),
  overspent('Canterbury', '£381,386 + £3,500 + £100,000 = £484,886 of £478,840.'),
  overspent('Dover', '£446,562 + £8,000 + £41,149 = £495,711 of £463,230.'),
  overspent('Dartford', '£498,846 + £23,000 + 0 = £521,846 of £458,830.'),
  overspent('Tonbridge and Malling', '£461,834 + £22,714 + 0 = £484,548 of £454,850.'),
  overspent('Sevenoaks', '£331,531 + £12,000 + £60,000 = £403,531 of £355,480.'),
];

export const planted: Planted[] = [
  ...thisTerm,
  ...lastYear,
  ...notYetCounted,
  ...outOfDistrict,
  ...budgets,
];

function overspent(district: string, note: string): Planted {
  return query('spend-within-budget', ['Budget', district, '2022-23', 2], note);
}

function error(rule: string, place: Place, note: string): Planted {
  return at(rule, 'error', place, note);
}

function query(rule: string, place: Place, note: string): Planted {
  return at(rule, 'query', place, note);
}

function at(
  rule: string,
  severity: Planted['severity'],
  [form, district, year, term]: Place,
  note: string,
): Planted {
  return { rule, severity, form, district, year, term, note };
}
