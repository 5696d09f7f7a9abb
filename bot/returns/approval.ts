import { shortInstant } from '../calendar/london.ts';
import { sameAnswer, showAnswer, type Answer } from './answer.ts';
import { heldMeasuresOf, type Measure } from './measure.ts';
import { returnId, type Return, type ReturnKey } from './return.ts';

/** Who decided, and when. `by` is an Entra object id, `name` a person's name. */
type Made = { at: Date; by: string; name: string };

/** A commissioner's approval, with the return as it was approved. */
export type Approved = Made & {
  what: 'approved';
  /** The item that counted, and its version. */
  itemId: string;
  etag: string;
  /** By measure id. */
  answers: Readonly<Record<string, Answer>>;
  remarks: string;
  /** Ids of the findings whose explanations were accepted in the same act. */
  accepted: string[];
};

/** What commissioners decided about a return: appended to, never changed. */
export type ApprovalEvent = Approved | (Made & { what: 'undone' });

/** By {@link returnId}; oldest first. */
export type Approvals = ReadonlyMap<string, readonly ApprovalEvent[]>;

/** The approval that nobody took back. A later edit may have voided it. */
export function approvalIn(made: readonly ApprovalEvent[] | undefined): Approved | undefined {
  const last = made?.at(-1);
  return last?.what === 'approved' ? last : undefined;
}

/** Whether this is the item that was approved, unedited. */
export const isAsApproved = (
  { itemId, etag }: Pick<Approved, 'itemId' | 'etag'>,
  filed: Pick<Return, 'itemId' | 'etag'>,
): boolean => itemId === filed.itemId && etag === filed.etag;

/** What is held of a return; `unread` where its list cannot be read, so that an approval may stand. */
type HeldOrUnread = Pick<Return, 'itemId' | 'etag'> | 'unread' | undefined;

/** The approval that stands: nobody took it back, nor has edited the return since, as far as is known. */
export function standingApproval(
  made: readonly ApprovalEvent[] | undefined,
  filed: HeldOrUnread,
): Approved | undefined {
  const approval = approvalIn(made);
  if (!approval || filed === 'unread') return approval;
  return filed && isAsApproved(approval, filed) ? approval : undefined;
}

/** What became of a decision. `isSo`: somebody has decided the same already. */
export type Deciding =
  { ok: true; made: ApprovalEvent } | { ok: false; isSo: boolean; reason: string };

/** Who decides. */
type Decider = { id: string; name: string };

/** Approves a return as it stands, on what was decided before. */
export function approve(
  made: readonly ApprovalEvent[],
  { itemId, etag, answers, remarks }: Return,
  { id, name }: Decider,
  { at, accepted }: Pick<Approved, 'at' | 'accepted'>,
): Deciding {
  const before = approvalIn(made);
  if (before && isAsApproved(before, { itemId, etag })) {
    return { ok: false, isSo: true, reason: `approved already by ${whoAndWhen(before)}` };
  }
  return {
    ok: true,
    made: { at, by: id, name, what: 'approved', itemId, etag, answers, remarks, accepted },
  };
}

/** Takes an approval back. */
export function undoApproval(
  made: readonly ApprovalEvent[],
  filed: HeldOrUnread,
  { id, name }: Decider,
  at: Date,
): Deciding {
  const last = made.at(-1);
  if (!last) return { ok: false, isSo: false, reason: 'it was not approved' };
  if (last.what === 'undone') {
    return { ok: false, isSo: true, reason: `taken back already by ${whoAndWhen(last)}` };
  }
  if (!standingApproval(made, filed)) {
    return {
      ok: false,
      isSo: false,
      reason: 'it was changed since, so it is not approved any more',
    };
  }
  return { ok: true, made: { at, by: id, name, what: 'undone' } };
}

/** `Colin Marsh, Mon 23 Nov, 09:14`. */
export const whoAndWhen = ({ name, at }: Pick<Made, 'name' | 'at'>): string =>
  `${name}, ${shortInstant(at)}`;

/** A text that is another one now, in words. */
type Change = { before: string; after: string };

/** In what a return differs from what was approved. */
type ChangesSince = {
  /** When its item was edited last. */
  at: Date;
  /** Only the questions that have another answer, in the order in which they are asked. */
  answers: (Change & { id: string; question: string })[];
  remarks?: Change;
  /** Whether another item of the same district, term and form counts now. */
  isOtherItem: boolean;
};

type Said = Pick<Approved, 'itemId' | 'answers' | 'remarks'>;

/** Compares what was approved with what is held now, by the measures of its term. */
export const changesSince = (
  approval: Said,
  filed: Return,
  measures: readonly Measure[],
): ChangesSince =>
  changesBetween(
    approval,
    { ...filed, at: filed.modifiedAt },
    heldMeasuresOf(measures, filed.form, filed),
  );

/** The same between two approvals of a return; `measures` are those of its form and term. */
export function changesBetween(
  before: Said,
  after: Said & { at: Date },
  measures: readonly Measure[],
): ChangesSince {
  const answers = measures.flatMap(({ id, question, unit }) => {
    const [was, is] = [before.answers[id], after.answers[id]];
    if (sameAnswer(was, is)) return [];
    return [{ id, question, before: showAnswer(was, unit), after: showAnswer(is, unit) }];
  });
  const [was, is] = [before.remarks.trim(), after.remarks.trim()];
  return {
    at: after.at,
    answers,
    ...(was === is ? {} : { remarks: { before: quoted(was), after: quoted(is) } }),
    isOtherItem: before.itemId !== after.itemId,
  };
}

const MOST_REMARKS = 80;

function quoted(remarks: string): string {
  if (remarks === '') return '–';
  const text = remarks.replace(/\s+/g, ' ');
  return `“${text.length > MOST_REMARKS ? `${text.slice(0, MOST_REMARKS - 1).trimEnd()}…` : text}”`;
}

/** `School caseload: 189 → 212`, one for each change; or that all is the same. */
export function changesInWords({ answers, remarks, isOtherItem }: ChangesSince): string[] {
  const changed = [
    ...answers.map(({ question, before, after }) => `${question}: ${before} → ${after}`),
    ...(remarks ? [`Comments: ${remarks.before} → ${remarks.after}`] : []),
  ];
  const other = isOtherItem ? ['another item counts now'] : [];
  if (changed.length > 0) return [...changed, ...other];
  return [...other, 'edited, but every answer is the same as approved'];
}

/** An approval that does not hold any more, though nobody took it back. */
export type Voided = {
  key: ReturnKey;
  approval: Approved;
  /** Undefined where the item was taken out of its list. */
  changes: ChangesSince | undefined;
};

/**
 * Under what a voiding is told, once: `KPI|Dover|2026-27|1|approved 2026-11-20T10:00:00.000Z`. Further
 * edits void nothing more.
 */
export const voidingId = ({ key, approval }: Pick<Voided, 'key' | 'approval'>): string =>
  `${returnId(key)}${VOIDING}${approval.at.toISOString()}`;

const VOIDING = '|approved ';

/** The return that a voiding is of, by its {@link returnId}; undefined where the text names none. */
export function returnOfVoiding(about: string): string | undefined {
  const at = about.indexOf(VOIDING);
  return at < 0 ? undefined : about.slice(0, at);
}

/** `changed Mon 23 Nov, 10:14, after Colin Marsh approved it (Fri 20 Nov, 10:00)`. */
export function voidedInWords({ approval, changes }: Omit<Voided, 'key'>): string {
  const what = changes ? `changed ${shortInstant(changes.at)},` : 'taken out of its list';
  return `${what} after ${approval.name} approved it (${shortInstant(approval.at)})`;
}

/** What is said of a voiding in one sentence, its changes and all. */
export function voidingInFull(voided: Omit<Voided, 'key'>): string {
  const changes = voided.changes ? changesInWords(voided.changes) : [];
  return [voidedInWords(voided), changes.join('; ')].filter((part) => part !== '').join(': ');
}
