import {
  compareTerms,
  sameTerm,
  termLabel,
  termBefore,
  termLastYear,
  within,
  type TermKey,
} from '../calendar/terms.ts';
import type { Phase } from '../directory/directory.ts';
import { figureOf, type Answer } from '../returns/answer.ts';
import type { Measure } from '../returns/measure.ts';
import { heldMeasuresOf } from '../returns/measure.ts';
import type { Return } from '../returns/return.ts';

/** What a district is, beside its returns: `eySettings`, `primarySchools`, `secondarySchools`. */
export type DistrictFigures = Readonly<Record<string, number>>;

/** The figures of a district that rules may name, with their words and the phase that they are of. */
export const DISTRICT_FIGURES: ReadonlyMap<string, { label: string; phase: Phase }> = new Map([
  ['district.eySettings', { label: 'early years settings in the district', phase: 'Early years' }],
  ['district.primarySchools', { label: 'primary schools in the district', phase: 'Primary' }],
  ['district.secondarySchools', { label: 'secondary schools in the district', phase: 'Secondary' }],
]);

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
export function withHistory(returns: readonly Return[], held: Surroundings): CheckedReturn[] {
  const alone = besideNothing(held);
  return historiesOf(returns).flatMap((history) =>
    history.map((filed, i) => ({
      ...alone(filed),
      previous: earlierIn(history, i, termBefore(filed)),
      lastYear: earlierIn(history, i, termLastYear(filed)),
      earlier: history.slice(0, i),
    })),
  );
}

/** Puts a return beside its measures and its district alone: a sheet of figures with no term before it. */
export function besideNothing(held: Surroundings): (filed: Return) => CheckedReturn {
  const measuresOf = measuresByTerm(held.measures);
  const unreadOf = Map.groupBy(held.unreadMeasures, ({ form }) => form);
  return (filed) => ({
    filed,
    measures: measuresOf(filed),
    unread: unreadOf.get(filed.form) ?? NO_MEASURES,
    previous: undefined,
    lastYear: undefined,
    earlier: NO_RETURNS,
    district: held.districts.get(filed.district) ?? NO_FIGURES,
  });
}

const NO_MEASURES: readonly Measure[] = [];
const NO_RETURNS: readonly Return[] = [];
const NO_FIGURES: DistrictFigures = {};

/** The returns of each form and district, oldest first. */
const historiesOf = (returns: readonly Return[]): Return[][] =>
  [...Map.groupBy(returns, ({ form }) => form).values()]
    .flatMap((ofForm) => [...Map.groupBy(ofForm, ({ district }) => district).values()])
    .map((history) => history.sort(compareTerms));

/** The return of a term among those before the one at `index`: never many terms back. */
function earlierIn(history: readonly Return[], index: number, term: TermKey): Return | undefined {
  for (let i = index - 1; i >= 0; i -= 1) {
    const other = history[i];
    if (!other || compareTerms(other, term) < 0) return undefined;
    if (sameTerm(other, term)) return other;
  }
  return undefined;
}

/** The measures of a return's own term, worked out once for all returns of the form and term. */
function measuresByTerm(measures: readonly Measure[]): (filed: Return) => readonly Measure[] {
  const known = new Map<string, readonly Measure[]>();
  return (filed) => {
    const key = `${filed.form} ${termLabel(filed)}`;
    const found = known.get(key) ?? heldMeasuresOf(measures, filed.form, filed);
    known.set(key, found);
    return found;
  };
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

/** Reads the figure of a name from returns: NaN where there is none. */
export function figureReader(name: string): (checked: CheckedReturn) => number {
  const [scope, inner] = name.split('.');
  if (!inner || !scope) return ({ filed }) => valueIn(filed.answers[name]);
  if (scope === 'previous') return ({ previous }) => valueIn(previous?.answers[inner]);
  if (scope === 'lastYear') return ({ lastYear }) => valueIn(lastYear?.answers[inner]);
  return ({ district }) => district[inner] ?? Number.NaN;
}

const valueIn = (answer: Answer | undefined): number =>
  answer?.kind === 'number' ? answer.value : Number.NaN;

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
