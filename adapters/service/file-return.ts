import type { Person } from '../../bot/access/people.ts';
import { londonDay, shortDay } from '../../bot/calendar/london.ts';
import { findTerm } from '../../bot/calendar/terms.ts';
import { sameAnswer } from '../../bot/returns/answer.ts';
import {
  countingById,
  returnId,
  returnName,
  type Return,
  type ReturnKey,
} from '../../bot/returns/return.ts';
import type { TypedAnswer } from '../../bot/findings/typed-return.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { writeReturn, type Filing } from '../sharepoint/write-return.ts';
import { changedMeanwhile } from '../presenting/words.ts';
import { draftKey } from './card-face.ts';
import type { Look } from '../../bot/look.ts';
import { say, showLeadCard, type Acted, type Press } from './pressed-card.ts';
import { keep, look, type Service } from './service.ts';
import { readTypedReturn, type TypedReturn } from '../../bot/findings/typed-return.ts';

type Typed = ReadonlyMap<string, TypedAnswer>;

/** Opens the questions of a return on the card. */
export async function openReturn(press: Press, key: ReturnKey): Promise<Acted> {
  const closed = closedReason(key, press.now);
  return closed ? say('This return cannot be changed', closed) : showLeadCard(press, { open: key });
}

/** Keeps what was typed, filed or not. */
export async function saveReturn(
  press: Press,
  key: ReturnKey,
  { typed, version }: SentIn,
  lead: Person,
): Promise<Acted> {
  const closed = closedReason(key, press.now);
  if (closed) return say('This return cannot be changed', closed);
  await saveDraft(press, key, { typed, lead, version });
  return showLeadCard(press, { open: key });
}

/** What was sent in, and the version of the item that it was based on. */
export type SentIn = { typed: Typed; version: string };

/** Checks what was typed and files it; what cannot be true stays on the card, with everything typed. */
export async function fileReturn(
  press: Press,
  key: ReturnKey,
  { typed, version }: SentIn,
  lead: Person,
): Promise<Acted> {
  const { now } = press;
  await saveDraft(press, key, { typed, lead, version, sentIn: true });
  const closed = closedReason(key, now);
  if (closed) return say('This return cannot be changed', `${closed} Your answers are kept.`);
  const { problems, ...answers } = readTypedReturn(key, typed, now);
  if (problems.questions.size + problems.errors.length > 0) {
    return showLeadCard(press, { open: key });
  }
  const held = countingById(now.reading.returns).get(returnId(key));
  if (held && holdsAlready(held, answers)) return receiptFor(press, key, lead);
  const trouble =
    version === (held?.etag ?? '')
      ? await tryWriting(press, { key, ...answers, submittedBy: lead.email }, held)
      : changedMeanwhile(held);
  if (trouble) {
    // Now that the person is told, filing again is meant to replace what is held.
    await saveDraft(press, key, { typed, lead, trouble, version: held?.etag ?? '' });
    return showLeadCard(press, { open: key });
  }
  return receiptFor(press, key, lead);
}

/** The same answers are held: the button was pressed twice, or a colleague sent the same. */
function holdsAlready(held: Return, { measures, answers, remarks }: Answers): boolean {
  const same = (id: string) => sameAnswer(held.answers[id], answers[id]);
  return held.remarks.trim() === remarks.trim() && measures.every((m) => same(m.id));
}

type Answers = Omit<TypedReturn, 'problems'>;

/** The receipt. Whatever fails from here on, the return is filed, and the person is told so. */
async function receiptFor(press: Press, key: ReturnKey, lead: Person): Promise<Acted> {
  const { service, now } = press;
  service.log.info({ filed: returnId(key), by: lead.id }, 'a return was filed from a card');
  try {
    await service.memory.drafts.remove(draftKey(returnId(key), lead.id));
    const after = await look(service, now.at);
    await keep(service, after);
    const receipt = { key, at: now.at, by: lead.name };
    return await showLeadCard({ ...press, now: after }, { receipt });
  } catch (error) {
    service.log.error({ err: error, filed: returnId(key) }, 'a receipt could not be shown');
    return say(
      'Received, thank you',
      `${returnName(key)} is filed. This card follows shortly.`,
      'good',
    );
  }
}

/** Why it was not written, for the person who pressed. Undefined when it was. */
async function tryWriting(
  { service }: Press,
  filing: Filing,
  held: Return | undefined,
): Promise<string | undefined> {
  try {
    const written = await writeReturn(service.site, filing, held);
    return written.kind === 'written' ? undefined : changedMeanwhile(held);
  } catch (error) {
    if (!(error instanceof NetworkFailed) && !(error instanceof ServiceRefused)) throw error;
    service.log.error(
      { err: error, filing: returnId(filing.key) },
      'a return could not be written',
    );
    return 'SharePoint did not take the return just now. Your answers are kept: please file again in a few minutes.';
  }
}

type Saved = SentIn & { lead: Person; sentIn?: boolean; trouble?: string };

const saveDraft = ({ service, now }: Press, key: ReturnKey, { lead, ...saved }: Saved) =>
  keepDraft(service, key, lead.id, { ...saved, at: now.at });

type Kept = SentIn & { at: Date; sentIn?: boolean; trouble?: string };

/** Keeps what somebody typed, under their own name. */
export async function keepDraft(
  { memory }: Pick<Service, 'memory'>,
  key: ReturnKey,
  person: string,
  { typed, version, at, sentIn = false, trouble = '' }: Kept,
): Promise<void> {
  await memory.drafts.put(draftKey(returnId(key), person), {
    savedAt: at,
    version,
    sentIn,
    trouble,
    typed: Object.fromEntries(typed),
  });
}

/** Why a return cannot be changed now. Undefined means it can. */
function closedReason(key: ReturnKey, now: Look): string | undefined {
  const term = findTerm(now.reading.terms, key);
  if (!term) return 'There is no such term in the terms list.';
  const today = londonDay(now.at);
  if (today > term.locks) {
    return `Returns of this term were locked on ${shortDay(term.locks)}. Please write to the commissioners.`;
  }
  if (today < term.starts) return `This term begins on ${shortDay(term.starts)}.`;
  if (now.reading.notChecked.some((n) => n.forms.includes(key.form))) {
    return 'The list cannot be read at the moment, so nothing can be filed safely. Please try again in a few minutes.';
  }
  return undefined;
}
