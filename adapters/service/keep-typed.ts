import { REMARKS, type TypedAnswer } from '../../bot/findings/typed-return.ts';
import type { OpenReturn } from '../../bot/chase/delivery.ts';
import { returnId, sameReturn } from '../../bot/returns/return.ts';
import type { ReturnFormView } from '../../cards/views.ts';
import { returnFormView } from '../presenting/return-form.ts';
import type { Draft } from '../storage/memory.ts';
import { draftKey } from './card-face.ts';
import { rowsOf } from './outbox.ts';
import type { Press } from './pressed-card.ts';

const FRESH = { version: '', sentIn: false, trouble: '', clashes: [] } satisfies Partial<Draft>;

/**
 * Keeps what was typed into the open questions of a delivered card when another of its buttons is
 * pressed: the card is shown anew, and would lose it.
 */
export async function keepTyped(
  { service, actor, activityId, now }: Press,
  typed: ReadonlyMap<string, TypedAnswer>,
): Promise<void> {
  if (typed.size === 0) return;
  const rows = await rowsOf(service, actor);
  const open = rows.find((row) => row.activityId === activityId)?.open;
  if (!open) return;
  const id = draftKey(returnId(open), actor, open.only);
  const { drafts, shown } = service.memory;
  const [draft, card] = await Promise.all([drafts.get(id), shown.get(id)]);
  const form = returnFormView(open, now, draft);
  if (!differs(form, typed)) return;
  await drafts.put(id, {
    ...FRESH,
    ...draft,
    version: draft?.version ?? card?.version ?? form.version,
    savedAt: now.at,
    typed: Object.fromEntries(typed),
  });
}

/** What was typed into some questions of a return goes along when all of them are opened instead. */
export async function takeAlong(
  { service, actor, activityId, now }: Press,
  opening: OpenReturn,
): Promise<void> {
  const rows = await rowsOf(service, actor);
  const open = rows.find((row) => row.activityId === activityId)?.open;
  if (!open?.only || opening.only || !sameReturn(open, opening)) return;
  const { drafts } = service.memory;
  const alone = draftKey(returnId(open), actor, open.only);
  const all = draftKey(returnId(opening), actor);
  const [some, whole] = await Promise.all([drafts.get(alone), drafts.get(all)]);
  if (!some) return;
  const { version } = whole ?? some;
  const typed = { ...whole?.typed, ...some.typed };
  await drafts.put(all, { ...FRESH, version, savedAt: now.at, typed });
  await drafts.remove(alone);
}

/** Whether something stands in the boxes that the card did not put there. */
function differs(form: ReturnFormView, typed: ReadonlyMap<string, TypedAnswer>): boolean {
  const remarks = typed.get(REMARKS)?.answer ?? form.remarks;
  const questions = form.sections.flatMap((section) => section.questions);
  return (
    remarks.trim() !== form.remarks.trim() ||
    questions.some((question) => {
      const { answer, without, reason } = typed.get(question.id) ?? question;
      return (
        answer.trim() !== question.answer.trim() ||
        without !== question.without ||
        reason.trim() !== question.reason.trim()
      );
    })
  );
}
