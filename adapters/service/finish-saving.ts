import { authorise, type Authorised } from '../../bot/access/permissions.ts';
import { findTerm } from '../../bot/calendar/terms.ts';
import type { Look } from '../../bot/look.ts';
import { returnId, returnName, sameReturn } from '../../bot/returns/return.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import type { Submission } from '../storage/memory.ts';
import { changeRow, rowsOf } from './outbox.ts';
import { note } from './notes.ts';
import { idOf, saveReturn, type Saved } from './save-return.ts';
import type { Service } from './service.ts';

/**
 * Saves what was received and could not be saved at once. Each is authorised again, and its person's
 * card shows what came of it. True where any was tried: then there is something new to look at.
 */
export async function finishSaving(service: Service, now: Look): Promise<boolean> {
  let tried = false;
  for (const { value } of await service.memory.submissions.all()) {
    const did = await tryToFinish(service, now, value);
    tried ||= did !== 'SharePoint is away';
    // The others fare no better for the moment; the next look tries again.
    if (did === 'SharePoint is away') break;
  }
  return tried;
}

type Did = 'settled' | 'waits' | 'SharePoint is away';

/** One that cannot be dealt with keeps nobody else's from being saved. */
async function tryToFinish(service: Service, now: Look, submission: Submission): Promise<Did> {
  try {
    return await finish(service, now, submission);
  } catch (error) {
    const { key, person } = submission;
    service.log.error({ err: error, filing: returnId(key), by: person }, 'saving failed');
    const why = 'The bot itself failed. Its log says more.';
    await service.memory.submissions.put(idOf(submission), { ...submission, why });
    return 'waits';
  }
}

async function finish(service: Service, now: Look, submission: Submission): Promise<Did> {
  const { key, person } = submission;
  const may = authorise(now.reading.people, person, 'file a return', key.district);
  const waiting = whyItWaits(submission, may, now);
  if (waiting) {
    await service.memory.submissions.put(idOf(submission), { ...submission, why: waiting });
    return 'waits';
  }
  if (!may.allowed) {
    const known = now.reading.districts.find(({ name }) => name === key.district)?.name;
    service.log.warn({ actor: person, district: known, why: may.why }, 'refused');
    await service.memory.submissions.remove(idOf(submission));
    await tell(
      service,
      submission,
      `${returnName(key)} is not filed`,
      `You may not file returns of ${key.district} any more. Please ask a commissioner. Your answers are kept.`,
    );
    return 'settled';
  }
  const saved = await saveReturn(service, now, submission, may.as);
  if (saved.kind === 'not now') return saved.isAway ? 'SharePoint is away' : 'waits';
  service.log.info({ filing: returnId(key), by: person, saved: saved.kind }, 'saved later');
  await show(service, submission, saved, may.as.name);
  return 'settled';
}

/** A row may be missing by mistake: until it is there again, commissioners are told what waits for it. */
function whyItWaits({ key }: Submission, may: Authorised, { reading }: Look): string | undefined {
  if (!may.allowed && may.why === 'unknown person') {
    return 'Whoever sent it in is not in the people list any more.';
  }
  return findTerm(reading.terms, key) ? undefined : 'Its term is not in the terms list any more.';
}

/** On the card from which it was sent; below, where that card is not there any more. */
async function show(
  service: Service,
  submission: Submission,
  saved: Exclude<Saved, { kind: 'not now' }>,
  name: string,
): Promise<void> {
  const { key, only, person, receivedAt } = submission;
  const row = saved.kind === 'closed' ? undefined : await latestCard(service, person);
  const isBusy = row?.open !== undefined && !sameReturn(row.open, key);
  if (row && !isBusy) {
    const state =
      saved.kind === 'saved'
        ? { receipt: { key, at: receivedAt, by: name } }
        : { open: { ...key, ...(only ? { only } : {}) }, opened: true };
    await changeRow(service, row.id, ({ open: _open, receipt: _receipt, ...rest }) => ({
      ...rest,
      opened: false,
      ...state,
    }));
    return;
  }
  const what = returnName(key);
  if (saved.kind === 'saved') {
    return tell(service, submission, 'Received, thank you', `${what} is filed.`);
  }
  const why = saved.kind === 'closed' ? saved.why : 'Please look at it again: ask “what is due”.';
  return tell(service, submission, `${what} is not filed`, `${why} Your answers are kept.`);
}

async function latestCard(service: Service, person: string): Promise<Delivery | undefined> {
  return (await rowsOf(service, person)).findLast(
    ({ kind, status }) => kind === 'chase' && status === 'sent',
  );
}

async function tell(
  service: Service,
  { person }: Submission,
  headline: string,
  text: string,
): Promise<void> {
  const to = await service.memory.references.get(person);
  const posted = to && (await service.teams.post(to, note(headline, text)));
  if (posted?.kind !== 'posted') service.log.warn({ person }, 'could not be told');
}
