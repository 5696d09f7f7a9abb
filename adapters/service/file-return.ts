import type { Person } from '../../bot/access/people.ts';
import type { Look } from '../../bot/look.ts';
import type { OpenReturn, QuestionsAlone } from '../../bot/chase/delivery.ts';
import { isCorrectedHere, questionsToCorrect } from '../../bot/findings/correcting.ts';
import type { Finding } from '../../bot/findings/finding.ts';
import { keyOf, returnId, returnName, type ReturnKey } from '../../bot/returns/return.ts';
import { findingCode } from '../../cards/actions.ts';
import { draftKey } from './card-face.ts';
import { keepTyped, takeAlong } from './keep-typed.ts';
import { say, showLeadCard, type Acted, type Press } from './pressed-card.ts';
import { closedReason, saveReturn, type Typed } from './save-return.ts';
import { keep } from './keep.ts';
import { look, lookAtReading, type Service } from './service.ts';

/** Opens the questions that a finding is about, with its words above them. */
export async function correctFinding(
  press: Press,
  finding: Finding,
  typed: SentIn['typed'],
): Promise<Acted> {
  if (!isCorrectedHere(finding)) {
    return say(
      'Please correct this in its SharePoint list',
      'I ask no questions about it here. I look at the list again within a minute.',
    );
  }
  const measures = questionsToCorrect(finding, press.now.reading);
  const only = measures && { finding: findingCode(finding.id), measures };
  return openReturn(press, { ...keyOf(finding), ...(only ? { only } : {}) }, typed);
}

/** Opens the questions of a return on the card; what was typed into those that were open is kept. */
export async function openReturn(
  press: Press,
  key: OpenReturn,
  typed: SentIn['typed'],
): Promise<Acted> {
  const closed = closedReason(key, press.now) ?? unreadReason(key, press.now);
  if (closed) return say('This return cannot be changed', closed);
  await keepTyped(press, typed);
  await takeAlong(press, key);
  return showLeadCard(press, { open: key });
}

const unreadReason = (key: ReturnKey, now: Look): string | undefined =>
  now.reading.notChecked.some((n) => n.forms.includes(key.form))
    ? 'The list cannot be read at the moment. Please try again in a few minutes.'
    : undefined;

/** What was sent in, the version of the item that it was based on, and whether only some was asked. */
export type SentIn = { typed: Typed; version: string; only: QuestionsAlone | undefined };

/** Keeps what was typed, filed or not. */
export async function saveDraft(
  { service, now, actor, ...press }: Press,
  key: ReturnKey,
  sentIn: SentIn,
): Promise<Acted> {
  const closed = closedReason(key, now);
  if (closed) return say('This return cannot be changed', closed);
  await keepDraft(service, key, actor, { ...sentIn, at: now.at });
  return showLeadCard({ service, now, actor, ...press }, { open: opened(key, sentIn) });
}

/** Checks what was typed and files it; what cannot be true stays on the card, with everything typed. */
export async function fileReturn(
  press: Press,
  key: ReturnKey,
  sentIn: SentIn,
  lead: Person,
): Promise<Acted> {
  const { service, now } = press;
  await keepDraft(service, key, lead.id, { ...sentIn, at: now.at });
  const submission = submissionOf(key, lead.id, sentIn, now.at);
  const saved = await saveReturn(service, now, submission, lead);
  switch (saved.kind) {
    case 'saved':
      return receiptFor(press, key, lead);
    case 'closed':
      return say('This return cannot be changed', `${saved.why} Your answers are kept.`);
    case 'to be looked at':
      return showLeadCard({ ...press, now: await again(press) }, { open: opened(key, sentIn) });
    case 'not now':
      return showLeadCard({ ...press, now: await again(press) }, {});
  }
}

const opened = (key: ReturnKey, { only }: SentIn): OpenReturn => ({
  ...key,
  ...(only ? { only } : {}),
});

/** What is remembered has changed; the lists are as they were. */
const again = ({ service, now }: Press): Promise<Look> =>
  lookAtReading(service, now.reading, now.at);

const submissionOf = (
  key: ReturnKey,
  person: string,
  { typed, version, only }: SentIn,
  at: Date,
) => ({
  key,
  person,
  typed: Object.fromEntries(typed),
  version,
  ...(only ? { only } : {}),
  receivedAt: at,
  why: '',
});

/** Takes what cannot even be looked at now: it is authorised, checked and saved later. */
export async function receiveForLater(
  service: Service,
  key: ReturnKey,
  person: string,
  sentIn: SentIn,
): Promise<Acted> {
  const at = service.clock.now();
  await keepDraft(service, key, person, { ...sentIn, at });
  const id = draftKey(returnId(key), person, sentIn.only);
  const why = 'The bot’s own lists cannot be read.';
  await service.memory.submissions.put(id, { ...submissionOf(key, person, sentIn, at), why });
  return say(
    'Received, saving',
    `SharePoint cannot be read at the moment. Your answers (${returnName(key)}) are kept, and are checked and saved as soon as it can be done. There is nothing more to do.`,
  );
}

/** The receipt. Whatever fails from here on, the return is filed, and the person is told so. */
async function receiptFor(press: Press, key: ReturnKey, lead: Person): Promise<Acted> {
  const { service, now } = press;
  service.log.info({ filed: returnId(key), by: lead.id }, 'a return was filed from a card');
  try {
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

/** Keeps what somebody typed, under their own name. */
export async function keepDraft(
  { memory }: Pick<Service, 'memory'>,
  key: ReturnKey,
  person: string,
  { typed, version, only, at }: SentIn & { at: Date },
): Promise<void> {
  await memory.drafts.put(draftKey(returnId(key), person, only), {
    savedAt: at,
    version,
    sentIn: false,
    trouble: '',
    clashes: [],
    typed: Object.fromEntries(typed),
  });
}
