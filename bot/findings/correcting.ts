import { measuresOf, OWED_FORMS, type Form, type Measure } from '../returns/measure.ts';
import { returnId, type Return } from '../returns/return.ts';
import type { Finding } from './finding.ts';

/** Whether a finding is corrected by answering questions here; sheets are corrected in their own list. */
export const isCorrectedHere = ({ form, term, measures }: Finding): boolean =>
  (OWED_FORMS as readonly Form[]).includes(form) && term > 0 && measures.length > 0;

/**
 * Ids of the questions that correct a finding. Undefined where that is every question of its return, or
 * where no return is held whose other answers could stay.
 */
export function questionsToCorrect(
  finding: Finding,
  { measures, returns }: { measures: readonly Measure[]; returns: readonly Return[] },
): string[] | undefined {
  const all = measuresOf(measures, finding.form, finding);
  const asked = all.filter(({ id }) => finding.measures.includes(id)).map(({ id }) => id);
  const isHeld = returns.some((filed) => returnId(filed) === returnId(finding));
  return isHeld && asked.length > 0 && asked.length < all.length ? asked : undefined;
}
