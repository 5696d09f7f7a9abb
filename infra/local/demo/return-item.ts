/** One return as the flow writes it into a list. */
import type { SeedItem } from '../sharepoint/seed.ts';
import { kpi } from './columns.ts';
import { leadOf, returnsFlow } from './people.ts';
import { dueDate } from './terms.ts';

export type Form = 'KPI' | 'LAR';

export type Written = {
  form: Form;
  /** The canonical name, to find the lead by. */
  district: string;
  /** How the form was filled in. */
  writtenDistrict?: string;
  writtenYear: string;
  writtenTerm: string;
  filedAt: string;
  /** An edit after filing. */
  modifiedAt?: string;
  comments?: string;
  values: Record<string, string | number>;
};

export function returnItem(written: Written): SeedItem {
  const { form, writtenYear, writtenTerm, filedAt, comments } = written;
  const district = written.writtenDistrict ?? written.district;
  return {
    fields: {
      Title: `${form} ${writtenYear} ${writtenTerm} ${district.trim()}`,
      [kpi.district]: district,
      [kpi.year]: writtenYear,
      [kpi.term]: writtenTerm,
      [kpi.submittedBy]: leadOf(written.district).email,
      ...written.values,
      ...(comments === undefined ? {} : { [kpi.comments]: comments }),
    },
    createdAt: filedAt,
    modifiedAt: written.modifiedAt ?? filedAt,
    createdBy: returnsFlow,
  };
}

/** A made-up moment some days before (or, when negative, after) the due date; never at a weekend. */
export function filedBefore(year: string, term: number, days: number, index: number): string {
  const at = new Date(`${dueDate(year, term)}T09:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  while (at.getUTCDay() === 0 || at.getUTCDay() === 6) at.setUTCDate(at.getUTCDate() - 1);
  at.setUTCMinutes((index * 37) % 400);
  return at.toISOString().replace('.000Z', 'Z');
}

/** Days before the due date on which a return was filed in good time: 1 to 9, made up. */
export function daysEarly(index: number, term: number, form: Form): number {
  return 1 + ((index * 5 + term * 3 + (form === 'KPI' ? 0 : 2)) % 9);
}
