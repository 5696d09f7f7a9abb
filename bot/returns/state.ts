import { isAsApproved, type Approved } from './approval.ts';
import type { Measure } from './measure.ts';
import type { Return } from './return.ts';

/** Where a return stands. */
export type ReturnState =
  'missing' | 'part filed' | 'filed' | 'filed with open queries' | 'approved' | 'amended';

/** The required questions that stand blank. *Not known* with a reason is an answer. */
export function blanksOf(filed: Return, measures: readonly Measure[]): string[] {
  return measures
    .filter((m) => m.required && (filed.answers[m.id]?.kind ?? 'blank') === 'blank')
    .map((m) => m.id);
}

/**
 * missing → part filed → filed → filed with open queries → approved; any edit after approval
 * voids it. An error, or a required question left blank, keeps a return from being filed. What a rule
 * that was written later has against an approved return is for the commissioners, who approved these
 * very figures: only an edit, or taking it back, ends an approval.
 */
export function stateOf(
  filed: Return | undefined,
  found: { blanks: number; errors: number; openQueries: number },
  approval?: Pick<Approved, 'itemId' | 'etag'>,
): ReturnState {
  if (!filed) return 'missing';
  if (approval && isAsApproved(approval, filed)) return 'approved';
  if (found.blanks > 0 || found.errors > 0) return 'part filed';
  if (approval) return 'amended';
  return found.openQueries > 0 ? 'filed with open queries' : 'filed';
}

/** Whether a state counts as handed in. */
export const isFiled = (state: ReturnState): boolean =>
  state !== 'missing' && state !== 'part filed';
