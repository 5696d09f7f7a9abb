import { termBefore, termLastYear, compareTerms, within, type TermKey } from '../calendar/terms.ts';
import { figureOf } from '../returns/answer.ts';
import type { Form, Measure } from '../returns/measure.ts';
import { heldMeasuresOf } from '../returns/measure.ts';
import { returnId, type Return } from '../returns/return.ts';

/** What a district is, beside its returns: `eySettings`, `primarySchools`, `secondarySchools`. */
export type DistrictFigures = Readonly<Record<string, number>>;

/** A return with all that rules may compare it with. */
export type CheckedReturn = {
  filed: Return;
  /** The measures of its own term. */
  measures: readonly Measure[];
  /** The form's measures, of any term, whose column cannot be read: nothing is known of their answers. */
  unread: readonly Measure[];
  previous: Return | undefined;
  lastYear: Return | undefined;
  /** The same district's earlier returns of the form, oldest first. */
  earlier: readonly Return[];
  district: DistrictFigures;
};

/** What returns are judged by. */
export type Surroundings = {
  measures: readonly Measure[];
  unreadMeasures: readonly Measure[];
  /** By canonical district name. */
  districts: ReadonlyMap<string, DistrictFigures>;
};

/** Puts each counting return beside its own history. */
export function withHistory(
  returns: ReadonlyMap<string, Return>,
  { measures, unreadMeasures, districts }: Surroundings,
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
      measures: heldMeasuresOf(measures, form, filed),
      unread: unreadMeasures.filter((m) => m.form === form),
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

/** Whether a rule's name stands for an answer in a column that cannot be read. */
export function isUnread(name: string, checked: CheckedReturn): boolean {
  const [scope, inner] = name.split('.');
  if (!inner) return isUnreadIn(name, checked.filed, checked);
  const other = { previous: checked.previous, lastYear: checked.lastYear }[scope ?? ''];
  return other !== undefined && isUnreadIn(inner, other, checked);
}

/** Whether a measure's column cannot be read in a term: it may have been another column then. */
export const isUnreadIn = (id: string, term: TermKey, { unread }: CheckedReturn): boolean =>
  unread.some((m) => m.id === id && within(term, m.firstTerm, m.lastTerm));

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
