import { termLabel } from '../calendar/terms.ts';
import { FORMS } from '../returns/measure.ts';
import { returnOfVoiding } from '../returns/approval.ts';
import type { ReturnKey } from '../returns/return.ts';

/** What a chase was about: a return, or a query on one. */
export type Subject = {
  key: ReturnKey;
  /** The rule of the query; undefined where it was the return itself. */
  rule?: string;
};

const FORM = FORMS.join('|');
/** A rule's id holds no `|`; what people call a district or a year may. */
const OF_A_RETURN = new RegExp(
  `^(?<form>${FORM})\\|(?<district>.*)\\|(?<year>[^|]+)\\|(?<term>\\d+)$`,
);
const OF_A_FINDING = new RegExp(
  `^(?<rule>[^|]+)\\|(?<district>.*?)\\|(?<year>[^|]+)\\|(?<term>\\d+)\\|(?<form>${FORM})\\|`,
);

/**
 * Reads what a line of the chase log is about: `KPI|Dover|2026-27|1`, or a finding's id, which begins
 * `outlier|Dover|2026-27|1|KPI|`; the voiding of a return's approval is about that return. Undefined for anything else, such as a form that could not be read.
 */
export function subjectOf(about: string): Subject | undefined {
  const of = returnOfVoiding(about) ?? about;
  const { form, rule, district, year, term } =
    (OF_A_FINDING.exec(of) ?? OF_A_RETURN.exec(of))?.groups ?? {};
  const named = FORMS.find((one) => one === form);
  if (!named || district === undefined || year === undefined) return undefined;
  const key = { form: named, district, year, term: Number(term) };
  return rule === undefined ? { key } : { key, rule };
}

/** `Dover KPI 2026-27 T1`; for a query `Dover KPI 2026-27 T1, query outlier`. */
export function subjectName({ key, rule }: Subject): string {
  const name = `${key.district} ${key.form} ${termLabel(key)}`;
  return rule === undefined ? name : `${name}, query ${rule}`;
}
