/** The returns of 2025-26. Every number is made up; `slips` and the two stray reports are planted. */
import type { SeedItem } from '../sharepoint/seed.ts';
import { kpi, lar } from './columns.ts';
import { districtNamed, districts } from './districts.ts';
import { laterKpiValues, laterLarValues, type Values } from './later-returns.ts';
import type { Moment } from './made-up-kpi.ts';
import { salts } from './made-up-numbers.ts';
import { daysEarly, filedBefore, returnItem, type Form } from './return-item.ts';

const year = '2025-26';
const termNumbers = [1, 2, 3, 4, 5, 6];

/** Planted: each is told of in `planted.ts`. */
const slips: Record<string, Values> = {
  'KPI Thanet 2': { [kpi.eyPercent]: '87%' },
  'KPI Folkestone and Hythe 3': { [kpi.eySupported]: 105, [kpi.eyPercent]: '100%' },
  'KPI Gravesham 3': { [kpi.primaryPercent]: '68%' },
  'KPI Swale 3': { [kpi.primaryPercent]: '12 (approx)' },
  'KPI Canterbury 4': { [kpi.eyCaseload]: 81 },
  'KPI Thanet 4': { [kpi.activeInteraction]: 98 },
  'KPI Ashford 5': { [kpi.secondaryPercent]: '75%' },
  'LAR Maidstone 2': { [lar.eyInteraction]: 11 },
};

/** Returns filed after their due date, by how many days. */
const late: Record<string, number> = { 'KPI Dartford 5': 2, 'LAR Swale 3': 1 };

/** Returns that the lead corrected some days after filing. */
const amendedAt: Record<string, string> = {
  'KPI Ashford 2': '2026-01-23T10:14:00Z',
  'LAR Dover 4': '2026-05-07T13:52:00Z',
};

const comments: Record<string, string> = {
  'KPI Dover 2': 'One specialist teacher away with long-term sickness since November.',
  'KPI Folkestone and Hythe 3': 'Settings outside the district joined a shared course.',
  'KPI Sevenoaks 1': 'First full year of impact measures for us.',
  'LAR Thanet 5': 'Most clinics were in-school reviews by the link teachers.',
};

export const kpiReturns202526: SeedItem[] = everyReturn('KPI', laterKpiValues);

export const larReturns202526: SeedItem[] = [
  ...everyReturn('LAR', laterLarValues),
  strayReport('Gravesham', 2, { writtenDistrict: 'Medway' }),
  strayReport('Canterbury', 6, { writtenTerm: 'Term 7' }),
];

function everyReturn(form: Form, values: (at: Moment) => Values): SeedItem[] {
  return termNumbers.flatMap((term) =>
    districts.map((district, index) => {
      const name = `${form} ${district.name} ${term}`;
      const days = -(late[name] ?? -daysEarly(index, term, form));
      const comment = comments[name];
      const modifiedAt = amendedAt[name];
      return returnItem({
        form,
        district: district.name,
        writtenYear: year,
        writtenTerm: `Term ${term}`,
        filedAt: filedBefore(year, term, days, index),
        ...(modifiedAt === undefined ? {} : { modifiedAt }),
        ...(comment === undefined ? {} : { comments: comment }),
        values: { ...values({ district, term, salt: salts[year] }), ...slips[name] },
      });
    }),
  );
}

/** Planted: a second report by a lead who chose a district or a term that does not exist. */
function strayReport(
  name: string,
  term: number,
  mistake: { writtenDistrict?: string; writtenTerm?: string },
): SeedItem {
  return returnItem({
    form: 'LAR',
    district: name,
    writtenYear: year,
    writtenTerm: `Term ${term}`,
    filedAt: filedBefore(year, term, 6, 3),
    values: laterLarValues({ district: districtNamed(name), term, salt: salts[year] + 3 }),
    ...mistake,
  });
}
