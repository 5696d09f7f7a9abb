/**
 * The returns of 2022-23. Countywide totals are the report's; how they divide
 * among districts and terms is made up, and so is every number the report lacks.
 * Years, terms and districts are written as variously as people wrote them.
 */
import type { SeedItem } from '../sharepoint/seed.ts';
import { districts } from './districts.ts';
import { kpiNumbers202223 } from './kpi-2022-23.ts';
import { larNumbers202223 } from './lar-2022-23.ts';
import type { Moment, Numbers } from './made-up-kpi.ts';
import { salts } from './made-up-numbers.ts';
import { daysEarly, filedBefore, returnItem, type Form } from './return-item.ts';

const year = '2022-23';
const termNumbers = [1, 2, 3, 4, 5, 6];

/** Returns filed after their due date, by how many days. */
const late: Record<string, number> = { 'KPI Tunbridge Wells 1': 5, 'LAR Swale 2': 2 };

const comments: Record<string, string> = {
  'KPI Thanet 5': 'Includes two schools from outside the district who joined our shared course.',
  'KPI Dartford 6': 'One school outside the district took part in the joint training day.',
  'KPI Swale 1': 'Actively supported not collected this term.',
  'KPI Swale 6': 'All vacancies now filled.',
  'KPI Dover 4': 'Two colleagues away with long-term sickness; capacity reduced.',
  'LAR Tonbridge and Malling 3': 'New way of working: clinics first, LIFT for the highest need.',
};

export const kpiReturns202223: SeedItem[] = everyReturn('KPI', kpiNumbers202223);
export const larReturns202223: SeedItem[] = everyReturn('LAR', larNumbers202223);

function everyReturn(form: Form, numbers: (at: Moment) => Numbers): SeedItem[] {
  return termNumbers.flatMap((term) =>
    districts.map((district, index) => {
      const name = `${district.name} ${term}`;
      const days = -(late[`${form} ${name}`] ?? -daysEarly(index, term, form));
      const comment = comments[`${form} ${name}`];
      return returnItem({
        form,
        district: district.name,
        writtenDistrict: spelling(district.name, term, form),
        writtenYear: (index + term) % 3 === 0 || term < 3 ? '2022/23' : '2022-23',
        writtenTerm: [`T${term}`, String(term), `Term ${term}`][(index + term) % 3] ?? String(term),
        filedAt: filedBefore(year, term, days, index),
        ...(comment === undefined ? {} : { comments: comment }),
        values: numbers({ district, term, salt: salts[year] }),
      });
    }),
  );
}

function spelling(district: string, term: number, form: Form): string {
  const spellings: Record<string, string[]> = {
    'Folkestone and Hythe': ['Folkstone and Hythe', 'Folkestone & Hythe', 'folkestone and hythe '],
    'Tonbridge and Malling': [
      'Tonbridge & Malling',
      'Tonbridge and Malling',
      ' Tonbridge & Malling',
    ],
    'Tunbridge Wells': ['Tunbridge Wells', 'Tunbridge  Wells', 'tunbridge wells'],
    Dover: ['Dover', 'DOVER', 'Dover'],
    Swale: ['Swale', 'Swale ', 'Swale'],
    Thanet: ['Thanet', 'Thanet', ' thanet'],
  };
  return spellings[district]?.[(term + (form === 'KPI' ? 0 : 1)) % 3] ?? district;
}
