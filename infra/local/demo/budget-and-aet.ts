/** The report's budget, spending and AET tables as printed, misprints included, and a few later AET rows. */
import type { SeedItem } from '../sharepoint/seed.ts';
import { aet, budget } from './columns.ts';
import { commissioner } from './people.ts';

type BudgetRow = [
  district: string,
  core: string,
  outreach: string,
  slaTotal: string,
  otherIncome: string,
  total: string,
  staffing: string,
  rent: string,
  specialSchoolOutreach: string,
];

/** Figures 28 and 29, side by side. */
const budgetRows: BudgetRow[] = [
  ['Thanet', '£377,550', '£278,000', '£655,550', '£1,120', '£655,550', '£605,652', '0', '£53,100'],
  ['Swale', '£617,679', '0', '£617,679', '£50,596', '£617,679', '£487,725', '£64,447', '0'],
  ['Maidstone', '£267,850', '£240,000', '£507,850', '£12,080', '£507,850', '£519,287', '0', '0'],
  [
    'Folkstone and Hythe',
    '£307,210',
    '£200,000',
    '£507,210',
    '£3,000',
    '£507,210',
    '£521,371',
    '0',
    '0',
  ],
  [
    'Ashford',
    '£502,839',
    '0',
    '£502,839',
    'Not reported',
    '£502,840',
    'Not reported',
    'Not reported',
    'Not reported',
  ],
  [
    'Gravesham',
    '£309,310',
    '£180,000',
    '£489,310',
    '£9,000',
    '£489,310',
    '£494,596',
    '£18,800',
    '0',
  ],
  [
    'Canterbury',
    '£278,840',
    '£200,000',
    '£478,840',
    'Not reported',
    '£478,840',
    '£381,386',
    '£3,500',
    '£100,000',
  ],
  [
    'Dover',
    '£283,230',
    '£180,000',
    '£463,230',
    '£23,479',
    '£463,230',
    '£446,562',
    '£8,000',
    '£41,149',
  ],
  [
    'Dartford',
    '£288,830',
    '£170,000',
    '£458,830',
    '£8,276',
    '£458,830',
    '£498,846',
    '£23,000',
    '0',
  ],
  [
    'Tonbridge and Malling',
    '£264,850',
    '£190,000',
    '£454,850',
    '£1,750',
    '£454,850',
    '£461,834',
    '£22,714',
    '0',
  ],
  ['Tunbridge Wells', '364,850', '0', '£364,800', '£19,163', '£364,800', 'Not reported', '0', '0'],
  [
    'Sevenoaks',
    '£235,480',
    '£120,000',
    '£355,480',
    '£24,023',
    '£355,480',
    '£331,531',
    '£12,000',
    '£60,000',
  ],
];

type AetRow = [district: string, completed: number, booked: number];

const schoolAge: AetRow[] = [
  ['Thanet', 2, 3],
  ['Swale', 9, 12],
  ['Maidstone', 0, 0],
  ['Folkstone and Hythe', 8, 15],
  ['Ashford', 4, 9],
  ['Gravesham', 1, 13],
  ['Canterbury', 0, 2],
  ['Dover', 1, 3],
  ['Dartford', 0, 3],
  ['Tonbridge and Malling', 1, 1],
  ['Tunbridge Wells', 0, 1],
  ['Sevenoaks', 2, 9],
];

const earlyYears: AetRow[] = [
  ['Ashford', 0, 2],
  ['Canterbury', 0, 0],
  ['Dartford', 0, 5],
  ['Dover', 0, 0],
  ['Folkestone and Hythe', 0, 8],
  ['Gravesham', 1, 11],
  ['Maidstone', 0, 2],
  ['Sevenoaks', 0, 0],
  ['Swale', 0, 3],
  ['Thanet', 0, 3],
  ['Tonbridge and Malling', 0, 1],
  ['Tunbridge Wells', 0, 1],
];

/** Made up. Thanet's is planted: more sessions completed than booked. */
const laterSchoolAge: AetRow[] = [
  ['Ashford', 14, 18],
  ['Dover', 9, 12],
  ['Swale', 21, 24],
  ['Thanet', 14, 12],
];

/** Made up. */
const laterEarlyYears: AetRow[] = [
  ['Dover', 6, 10],
  ['Maidstone', 8, 8],
];

export const budgetItems: SeedItem[] = budgetRows.map(budgetItem);

export const aetItems: SeedItem[] = [
  ...schoolAge.map((row) => aetItem(row, 'School age', '2023-07-31')),
  ...earlyYears.map((row) => aetItem(row, 'Early years', '2023-07-31')),
  ...laterSchoolAge.map((row) => aetItem(row, 'School age', '2026-07-17')),
  ...laterEarlyYears.map((row) => aetItem(row, 'Early years', '2026-07-17')),
];

function budgetItem(row: BudgetRow): SeedItem {
  const [district, core, outreach, slaTotal, otherIncome, total, staffing, rent, special] = row;
  return entered('2023-02-22T11:00:00Z', {
    Title: `Budget 2022/23 ${district}`,
    [budget.district]: district,
    [budget.year]: '2022/23',
    [budget.asOfTerm]: 'Term 2',
    [budget.core]: core,
    [budget.outreach]: outreach,
    [budget.slaTotal]: slaTotal,
    [budget.otherIncome]: otherIncome,
    [budget.total]: total,
    [budget.staffing]: staffing,
    [budget.rent]: rent,
    [budget.specialSchoolOutreach]: special,
  });
}

function aetItem([district, completed, booked]: AetRow, phase: string, day: string): SeedItem {
  return entered(`${day}T15:00:00Z`, {
    Title: `AET ${phase.toLowerCase()} ${district}`,
    [aet.district]: district,
    [aet.phase]: phase,
    [aet.asOf]: `${day}T00:00:00Z`,
    [aet.completed]: completed,
    [aet.booked]: booked,
  });
}

function entered(at: string, fields: SeedItem['fields']): SeedItem {
  const { displayName, email } = commissioner;
  return { fields, createdAt: at, modifiedAt: at, createdBy: { displayName, email } };
}
