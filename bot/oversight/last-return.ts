import { compareTerms } from '../calendar/terms.ts';
import type { ReturnStatus } from '../chase/situation.ts';
import { openTerm } from '../chase/outstanding.ts';
import type { Look } from '../look.ts';
import { OWED_FORMS, type Form } from '../returns/measure.ts';
import type { Return } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';

/** A return that was filed, with what it says. */
export type FiledReturn = ReturnStatus & { filed: Return };

/** The last return of each form that a district has filed, the KPI return first. */
export const lastFiled = (
  district: string,
  { situation }: Pick<Look, 'situation'>,
  form?: Form,
): FiledReturn[] =>
  OWED_FORMS.filter((one) => form === undefined || one === form).flatMap(
    (one) => filedReturns(district, one, situation.statuses).at(-1) ?? [],
  );

/** What a district has filed of a form, oldest first. */
export const filedReturns = (
  district: string,
  form: Form,
  statuses: readonly ReturnStatus[],
): FiledReturn[] =>
  statuses
    .flatMap((status): FiledReturn[] =>
      status.filed && isFiled(status.state) ? [{ ...status, filed: status.filed }] : [],
    )
    .filter((one) => one.district === district && one.form === form)
    .sort(compareTerms);

/** What a district owes and can still file, oldest first. */
export const stillDue = (
  district: string,
  { situation }: Pick<Look, 'situation'>,
  form?: Form,
): ReturnStatus[] =>
  situation.statuses.filter(
    (status) =>
      status.district === district &&
      (form === undefined || status.form === form) &&
      !isFiled(status.state) &&
      openTerm(status, situation) !== undefined,
  );
