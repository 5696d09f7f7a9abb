import { sameTerm, type TermKey } from '../calendar/terms.ts';
import type { ReturnStatus } from '../chase/situation.ts';
import { figureOf } from '../returns/answer.ts';
import {
  heldMeasuresOf,
  isPercentage,
  OWED_FORMS,
  showFigure,
  type Form,
  type Measure,
} from '../returns/measure.ts';

/** What the districts have given so far for one measure. */
type FigureSoFar = {
  measure: Measure;
  /** The countywide total; of percentages the mean. Undefined where no district gave a figure. */
  value: number | undefined;
  /** How many districts gave a figure, out of how many. */
  given: number;
  of: number;
  /** Its column cannot be read at present. */
  unread: boolean;
};

export type FormFigures = { form: Form; figures: FigureSoFar[] };

type Gathered = {
  statuses: readonly ReturnStatus[];
  measures: readonly Measure[];
  unreadMeasures: readonly Measure[];
  districts: readonly string[];
  /** Forms whose list could not be read: nothing is said of them. */
  unreadForms: ReadonlySet<Form>;
};

/** The figures of a term, measure by measure, for the forms that every district owes. */
export function figuresSoFar(term: TermKey, gathered: Gathered): FormFigures[] {
  return OWED_FORMS.filter((form) => !gathered.unreadForms.has(form)).map((form) => ({
    form,
    figures: figuresOf(form, term, gathered),
  }));
}

function figuresOf(form: Form, term: TermKey, gathered: Gathered): FigureSoFar[] {
  const { statuses, measures, unreadMeasures, districts } = gathered;
  const of = districts.length;
  const returns = statuses
    .filter((s) => s.form === form && sameTerm(s, term) && districts.includes(s.district))
    .flatMap((s) => s.filed ?? []);
  return heldMeasuresOf([...measures, ...unreadMeasures], form, term).map((measure) => {
    if (unreadMeasures.includes(measure)) {
      return { measure, value: undefined, given: 0, of, unread: true };
    }
    const values = returns.flatMap((r) => figureOf(r.answers[measure.id]) ?? []);
    return { measure, value: together(values, measure), given: values.length, of, unread: false };
  });
}

function together(values: readonly number[], { unit }: Measure): number | undefined {
  if (values.length === 0) return undefined;
  const total = values.reduce((sum, value) => sum + value, 0);
  return isPercentage(unit) ? Math.round((total / values.length) * 10) / 10 : total;
}

/** The fewest that a channel may read of a count: below it a child could be told. */
const FEWEST = 5;

/**
 * As the channel reads it: `1,204 (11 of 12)`, `mean 35.2% (11 of 12)`. Any count below five is
 * *fewer than 5*, whatever it counts.
 */
export function showFigureSoFar({ measure, value, given, of, unread }: FigureSoFar): string {
  if (unread) return 'could not be read';
  const from = `(${given} of ${of})`;
  if (value === undefined) return `– ${from}`;
  if (measure.unit === 'count' && value < FEWEST) return `fewer than ${FEWEST} ${from}`;
  const shown = showFigure(value, measure.unit);
  return `${isPercentage(measure.unit) ? 'mean ' : ''}${shown} ${from}`;
}
