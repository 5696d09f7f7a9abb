import { compareTerms, sameTerm, type Term, type TermKey } from './calendar/terms.ts';
import { londonDay } from './calendar/london.ts';
import { standingFor } from './chase/arrangement.ts';
import type { ReturnStatus } from './chase/situation.ts';
import { isOpen, needsAnswer, type FindingRecord } from './findings/register.ts';
import { gatheredIn, type Look } from './look.ts';
import { approvalIn, type Approved, type Voided } from './returns/approval.ts';
import type { ReturnState } from './returns/state.ts';
import { owedFor, returnId, sameReturn, type Return, type ReturnKey } from './returns/return.ts';

/** Whether a return can be approved now, and if not, why not. */
export type Approvable =
  | { kind: 'can'; filed: Return; explained: FindingRecord[]; voided: Voided | undefined }
  | { kind: 'is'; approval: Approved }
  | { kind: 'cannot'; why: string };

/** A return that a district owes, and whether it can be approved. */
export type Candidate = { key: ReturnKey; approvable: Approvable };

/** Nothing to decide and nothing to look at again: such are approved together. */
export const isClean = (approvable: Approvable): boolean =>
  approvable.kind === 'can' && approvable.explained.length === 0 && approvable.voided === undefined;

/** Every return that is owed for a term, whether its term is locked or not. */
export const candidatesOf = (term: TermKey, look: Look): Candidate[] =>
  owedFor(
    look.reading.districts.map(({ name }) => name),
    term,
  ).map((key) => ({ key, approvable: approvableIn(look, key) }));

/** Whether this return can be approved, as things stand in this look. */
export function approvableIn(look: Look, key: ReturnKey): Approvable {
  const { situation, assessment } = look;
  if (situation.unread.has(key.form)) return cannot('its list could not be read');
  if (situation.saving.has(returnId(key))) return cannot('received, and being saved');
  const status = assessment.statuses.find((one) => sameReturn(one, key));
  if (!status?.filed)
    return cannot(standingFor(key, situation).withdrawn ? 'not asked for' : 'missing');
  return ofHeld({ ...status, filed: status.filed }, look);
}

/** The return that is held; `unread` where its list cannot be read. */
export function heldOf(
  { situation, assessment }: Look,
  key: ReturnKey,
): Return | 'unread' | undefined {
  if (situation.unread.has(key.form)) return 'unread';
  return assessment.statuses.find((status) => sameReturn(status, key))?.filed;
}

const cannot = (why: string): Approvable => ({ kind: 'cannot', why });

function ofHeld(status: ReturnStatus & { filed: Return }, look: Look): Approvable {
  const approval = approvalIn(look.remembered.approvals.get(returnId(status)));
  if (status.state === 'approved' && approval) return { kind: 'is', approval };
  if (status.state === 'part filed') return cannot(whyPartFiled(status));
  const mine = undecidedOn(status, look);
  const asked = mine.filter(needsAnswer).length;
  if (asked > 0) return cannot(`${asked} ${asked === 1 ? 'query' : 'queries'} to answer`);
  const voided = look.assessment.voided.find((one) => sameReturn(one.key, status));
  return { kind: 'can', filed: status.filed, explained: mine, voided };
}

function whyPartFiled({ blank }: ReturnStatus): string {
  if (blank.length === 0) return 'part filed (something cannot be right)';
  return `part filed (${blank.length} ${blank.length === 1 ? 'question' : 'questions'} blank)`;
}

/** The findings that nobody has accepted or corrected, in the order of their ids. */
const undecidedOn = (key: ReturnKey, { assessment }: Look): FindingRecord[] =>
  [...assessment.register.values()]
    .filter((record) => sameReturn(record.finding, key) && isOpen(record))
    .sort((a, b) => (a.finding.id < b.finding.id ? -1 : 1));

/** A monitoring round looks back at two terms. */
const TERMS_BACK = 2;

/** The term being gathered and the two before, the latest first. */
export function termsToApprove(look: Look): Term[] {
  const { terms } = look.reading;
  const latest = gatheredIn(look) ?? lastBegun(terms, look.at);
  if (!latest) return [];
  return terms
    .filter((term) => compareTerms(term, latest) <= 0)
    .toSorted((a, b) => compareTerms(b, a))
    .slice(0, TERMS_BACK + 1);
}

const lastBegun = (terms: readonly Term[], at: Date): Term | undefined =>
  terms
    .filter(({ starts }) => starts <= londonDay(at))
    .toSorted(compareTerms)
    .at(-1);

/** Whether there is something to see or undo about the approval of a return, though its term is not gathered now. */
export function hasApproval(key: ReturnKey & { state: ReturnState }, look: Look): boolean {
  if (look.assessment.voided.some((one) => sameReturn(one.key, key))) return true;
  return key.state === 'approved' && termsToApprove(look).some((term) => sameTerm(term, key));
}

/** The term of these, or the latest where none is named. */
export const chosenTerm = (terms: readonly Term[], of: TermKey | undefined): Term | undefined =>
  terms.find((term) => of !== undefined && sameTerm(term, of)) ?? terms[0];
