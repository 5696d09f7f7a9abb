import {
  compareTerms,
  sameTerm,
  termBefore,
  termLastYear,
  within,
  type TermKey,
} from '../calendar/terms.ts';
import type { Phase } from '../directory/directory.ts';
import { figuresOf, type District, type DistrictFigures } from '../directory/district.ts';
import { figureOf, type Answer } from '../returns/answer.ts';
import type { Form, Measure } from '../returns/measure.ts';
import { heldMeasuresOf } from '../returns/measure.ts';
import { countingById, type Return } from '../returns/return.ts';

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
  /** The same district's returns of the form, oldest first, and where this one stands among them. */
  history: readonly Return[];
  at: number;
  /** What the district was in the term of the return. */
  district: DistrictFigures;
};

/** What returns are judged by. */
export type Surroundings = {
  measures: readonly Measure[];
  unreadMeasures: readonly Measure[];
  districts: readonly District[];
};

/** Puts each return that counts beside its own history. A sheet of several for a term has none. */
export function withHistory(returns: readonly Return[], held: Surroundings): CheckedReturn[] {
  const settingOf = settings(held);
  const districts = new Map(held.districts.map((district) => [district.name, district]));
  const all: CheckedReturn[] = [];
  for (const history of historiesOf(returns)) {
    const latest: (Return | undefined)[] = [];
    let at = 0;
    for (const filed of history) {
      const { measures, unread, before, lastYear } = settingOf(filed);
      all.push({
        filed,
        measures,
        unread,
        previous: ofTerm(before, history[at - 1]),
        lastYear: ofTerm(lastYear, latest[filed.term]),
        history,
        at,
        district: figuresOf(districts.get(filed.district), filed),
      });
      latest[filed.term] = filed;
      at += 1;
    }
  }
  return all;
}

/** A return if it is of that term: where one is missing, the one before it is of another. */
const ofTerm = (term: TermKey, filed: Return | undefined): Return | undefined =>
  filed && sameTerm(filed, term) ? filed : undefined;

/** The returns of each form and district that count, oldest first. */
function historiesOf(returns: readonly Return[]): (readonly Return[])[] {
  const histories: Return[][] = [];
  const known = new Map<Form, Map<string, Return[]>>();
  for (const filed of returns) {
    const history = known.get(filed.form)?.get(filed.district);
    if (filed.part !== undefined) histories.push([filed]);
    else if (history) history.push(filed);
    else {
      const begun = [filed];
      histories.push(begun);
      const ofForm = known.get(filed.form) ?? new Map<string, Return[]>();
      known.set(filed.form, ofForm.set(filed.district, begun));
    }
  }
  return histories.map(inOrder);
}

/** Nearly always they are so already. */
function inOrder(history: readonly Return[]): readonly Return[] {
  let before: Return | undefined;
  for (const filed of history) {
    if (before && compareTerms(before, filed) >= 0) {
      return [...countingById(history).values()].sort(compareTerms);
    }
    before = filed;
  }
  return history;
}

/** What all returns of a form and term share. */
type Setting = {
  measures: readonly Measure[];
  unread: readonly Measure[];
  before: TermKey;
  lastYear: TermKey;
};

/** Works out the setting of a return, once for all of its form and term. */
function settings(held: Surroundings): (filed: Return) => Setting {
  const known = new Map<Form, Map<string, Setting[]>>();
  return (filed) => {
    const setting = known.get(filed.form)?.get(filed.year)?.[filed.term];
    if (setting) return setting;
    const made = settingOf(filed, held);
    const ofForm = known.get(filed.form) ?? new Map<string, Setting[]>();
    const ofYear = ofForm.get(filed.year) ?? [];
    ofYear[filed.term] = made;
    known.set(filed.form, ofForm.set(filed.year, ofYear));
    return made;
  };
}

const settingOf = (filed: Return, { measures, unreadMeasures }: Surroundings): Setting => ({
  measures: heldMeasuresOf(measures, filed.form, filed),
  unread: unreadMeasures.filter((m) => m.form === filed.form),
  before: termBefore(filed),
  lastYear: termLastYear(filed),
});

/** Reads the answer or figure of a name from returns. */
export function answerReader(name: string): (checked: CheckedReturn) => Answer | undefined {
  const [scope, inner] = name.split('.');
  if (!inner || !scope) return ({ filed }) => filed.answers[name];
  if (scope === 'previous') return ({ previous }) => previous?.answers[inner];
  if (scope === 'lastYear') return ({ lastYear }) => lastYear?.answers[inner];
  return ({ district }) => asAnswer(district[inner]);
}

const asAnswer = (figure: number | undefined): Answer | undefined =>
  figure === undefined ? undefined : { kind: 'number', value: figure, raw: String(figure) };

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

/** The same district's earlier returns of the form, oldest first. */
export const earlierReturns = ({ history, at }: CheckedReturn): readonly Return[] =>
  history.slice(0, at);

/** A measure's earlier figures in a district, oldest first. */
export const earlierFigures = (measure: string, earlier: readonly Return[]): number[] =>
  earlier.map((r) => figureOf(r.answers[measure])).filter((value) => value !== undefined);
