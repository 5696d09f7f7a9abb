import { compareTerms, findTerm, readTermLabel, termLabel, type Term } from '../calendar/terms.ts';
import { canonicalDistrict, type NamedDistrict } from '../directory/district-name.ts';
import { OWED_FORMS, type Form } from '../returns/measure.ts';
import { formName, type ReturnKey } from '../returns/return.ts';

/** Which returns somebody means, or what is wrong with what they wrote and what is possible. */
type WhichReturns = { keys: ReturnKey[] } | { problem: string };

const WRITTEN = /^\s*(.+?)\s+(20\d\d\s*[-/–]\s*\d{2,4})\s+((?:t|term)?\s*\d+)\s*(.*?)\s*$/i;

/**
 * Reads `Dover 2026-27 T1`, every form of a district and term, or `Dover 2026-27 T1 KPI`, one of them.
 * Districts may be written in any of the ways that the districts list knows.
 */
export function whichReturns(
  text: string,
  { districts, terms }: { districts: readonly NamedDistrict[]; terms: readonly Term[] },
): WhichReturns {
  const [, name = '', year = '', term = '', written = ''] = WRITTEN.exec(text) ?? [];
  if (name === '') {
    return {
      problem: `“${text}” names no return. Give one such as: Dover 2026-27 T1, or Dover 2026-27 T1 KPI.`,
    };
  }
  const district = canonicalDistrict(name, districts);
  if (!district)
    return {
      problem: `There is no district “${name}”. ${listed(
        'The districts',
        districts.map((d) => d.name),
      )}`,
    };
  const key = readTermLabel(`${year.replace(/\s+/g, '')} ${term}`);
  if (!key || !findTerm(terms, key)) {
    const known = [...terms].sort(compareTerms).map(termLabel);
    return {
      problem: `The terms list has no term “${year} ${term}”. ${listed('The terms', known)}`,
    };
  }
  const forms = written === '' ? OWED_FORMS : OWED_FORMS.filter((form) => isNamed(form, written));
  if (forms.length === 0) {
    return { problem: `There is no form “${written}”. ${listed('The forms', OWED_FORMS)}` };
  }
  return { keys: forms.map((form) => ({ form, district, year: key.year, term: key.term })) };
}

const listed = (what: string, names: readonly string[]): string => `${what}: ${names.join(', ')}.`;

const isNamed = (form: Form, written: string): boolean =>
  [form, formName(form)].some((name) => name.toLowerCase() === written.toLowerCase());
