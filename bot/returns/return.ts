import { compareTerms, termName, type TermKey } from '../calendar/terms.ts';
import type { Answer } from './answer.ts';
import type { Reasons } from './reasons.ts';
import { OWED_FORMS, type Form } from './measure.ts';

/** Which return: one form of one district for one term. */
export type ReturnKey = { form: Form; district: string; year: string; term: number };

/** A return as it stands in a SharePoint list. */
export type Return = ReturnKey & {
  /** The two AET sheets of a district and day are told apart by their phase. */
  part?: string;
  list: string;
  itemId: string;
  etag: string;
  /** Another item of the same return counts, so the answers of this one are not read. */
  isSuperseded?: true;
  /** By measure id; only the measures of the return's own term. */
  answers: Readonly<Record<string, Answer>>;
  /** What the person wrote in Comments, without the reasons that the bot keeps there. */
  remarks: string;
  /** Reasons kept there for what is no question now: a column that is gone, a question taken away. */
  otherReasons?: Reasons | undefined;
  submittedBy: string;
  createdAt: Date;
  modifiedAt: Date;
};

/** An item that names no district or no term that the service knows. */
export type Stray = {
  form: Form;
  list: string;
  itemId: string;
  /** As written in the item. */
  district: string;
  year: string;
  term: string;
  /** Where the district is known. */
  knownDistrict?: string;
  /** Where the year and term are known. */
  knownTerm?: TermKey;
  modifiedAt: Date;
};

const WORD: Record<Form, string> = {
  KPI: 'KPI return',
  LAR: 'Local Activity Report',
  Budget: 'budget sheet',
  AET: 'AET training sheet',
};

/** `KPI return`, `Local Activity Report`. */
export const formName = (form: Form): string => WORD[form];

/** `KPI return, Term 1, 2026-27`. */
export const returnName = (key: Omit<ReturnKey, 'district'>): string =>
  `${formName(key.form)}, ${termName(key)}`;

/** `KPI|Dover|2026-27|1`: stable, for storage keys and comparison. */
export const returnId = ({ form, district, year, term }: ReturnKey): string =>
  `${form}|${district}|${year}|${term}`;

export const sameReturn = (a: ReturnKey, b: ReturnKey): boolean => returnId(a) === returnId(b);

export const keyOf = ({ form, district, year, term }: ReturnKey): ReturnKey => ({
  form,
  district,
  year,
  term,
});

/** By time, then district, then form: the order in which people expect lists. */
export const compareReturns = (a: ReturnKey, b: ReturnKey): number =>
  compareTerms(a, b) || a.district.localeCompare(b.district) || a.form.localeCompare(b.form);

/** What every district owes for a term. */
export const owedFor = (districts: readonly string[], { year, term }: TermKey): ReturnKey[] =>
  districts.flatMap((district) => OWED_FORMS.map((form) => ({ form, district, year, term })));

/** The return that counts where several were filed: the most recently modified. */
export function counting(returns: readonly Return[]): Return | undefined {
  return [...returns].sort(
    (a, b) =>
      b.modifiedAt.getTime() - a.modifiedAt.getTime() || Number(b.itemId) - Number(a.itemId),
  )[0];
}

/** Returns that count, by {@link returnId}. */
export function countingById(returns: readonly Return[]): Map<string, Return> {
  const groups = Map.groupBy(returns, returnId);
  const entries = [...groups].flatMap(([id, group]): [string, Return][] => {
    const one = counting(group);
    return one ? [[id, one]] : [];
  });
  return new Map(entries);
}
