import { termBefore, termLastYear, compareTerms } from '../calendar/terms.ts';
import { figureOf } from '../returns/answer.ts';
import type { Form, Measure } from '../returns/measure.ts';
import { measuresOf } from '../returns/measure.ts';
import { returnId, type Return } from '../returns/return.ts';

/** What a district is, beside its returns: `eySettings`, `primarySchools`, `secondarySchools`. */
export type DistrictFigures = Readonly<Record<string, number>>;

/** A return with all that rules may compare it with. */
export type CheckedReturn = {
  filed: Return;
  /** The questions of its own term. */
  measures: readonly Measure[];
  previous: Return | undefined;
  lastYear: Return | undefined;
  /** The same district's earlier returns of the form, oldest first. */
  earlier: readonly Return[];
  district: DistrictFigures;
};

/** Puts each counting return beside its own history. */
export function withHistory(
  returns: ReadonlyMap<string, Return>,
  measures: readonly Measure[],
  districts: ReadonlyMap<string, DistrictFigures>,
): CheckedReturn[] {
  const histories = Map.groupBy(returns.values(), ({ form, district }) => `${form}|${district}`);
  for (const history of histories.values()) history.sort(compareTerms);
  return [...returns.values()].map((filed) => {
    const { form, district } = filed;
    const history = histories.get(`${form}|${district}`) ?? [];
    const at = (term: { year: string; term: number }) =>
      returns.get(returnId({ form, district, ...term }));
    return {
      filed,
      measures: measuresOf(measures, form, filed),
      previous: at(termBefore(filed)),
      lastYear: at(termLastYear(filed)),
      earlier: history.filter((other) => compareTerms(other, filed) < 0),
      district: districts.get(district) ?? {},
    };
  });
}

/** The answer or figure that a rule's name stands for on this return. */
export function lookUp(name: string, checked: CheckedReturn) {
  const [scope, inner] = name.split('.');
  if (!inner || !scope) return checked.filed.answers[name];
  if (scope === 'previous') return checked.previous?.answers[inner];
  if (scope === 'lastYear') return checked.lastYear?.answers[inner];
  const figure = checked.district[inner];
  return figure === undefined
    ? undefined
    : ({ kind: 'number', value: figure, raw: String(figure) } as const);
}

/** A measure's earlier figures in a district, oldest first. */
export const earlierFigures = (measure: string, earlier: readonly Return[]): number[] =>
  earlier.map((r) => figureOf(r.answers[measure])).filter((value) => value !== undefined);

/** Every name that a rule on these forms may use. */
export function knownNames(forms: readonly Form[], measures: readonly Measure[]): Set<string> {
  const ids = measures.filter((m) => forms.includes(m.form)).map((m) => m.id);
  const district = ['eySettings', 'primarySchools', 'secondarySchools'];
  return new Set([
    ...ids,
    ...ids.map((id) => `previous.${id}`),
    ...ids.map((id) => `lastYear.${id}`),
    ...district.map((name) => `district.${name}`),
  ]);
}
