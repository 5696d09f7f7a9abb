import { londonDay } from '../../bot/calendar/london.ts';
import { needsAnswer } from '../../bot/findings/register.ts';
import { returnId } from '../../bot/returns/return.ts';
import { isFiled } from '../../bot/returns/state.ts';
import { quietReason, type Message } from '../../bot/chase/situation.ts';
import { chaseKey, type Delivery, type Draft, type Reference } from '../storage/memory.ts';
import { faceOf, keepShown, type Drafts, type Face } from './card-face.ts';
import type { Look } from '../../bot/look.ts';
import type { Posted, Service } from './service.ts';

/** The key under which the commissioning channel's reference is kept. */
export const CHANNEL = 'channel';
/** How often a message that Teams did not take is tried, over as many looks. */
const MOST_ATTEMPTS = 20;

/** Puts decided messages into the outbox, each once however often it is decided. Gives how many are new. */
export async function enqueue(
  { memory }: Service,
  messages: readonly Message[],
  at: Date,
): Promise<number> {
  let added = 0;
  for (const message of messages) {
    const isNew = await memory.outbox.add(message.id, {
      id: message.id,
      kind: message.kind,
      person: message.person?.id ?? '',
      ...(message.district ? { district: message.district } : {}),
      ...(message.stage ? { stage: message.stage } : {}),
      returns: message.returns,
      findings: message.findings,
      logs: message.logs,
      decidedAt: at,
      status: 'pending',
      attempts: 0,
      opened: false,
      ...(message.kind === 'chase' && message.returns[0] ? { open: message.returns[0] } : {}),
    });
    if (isNew) added += 1;
  }
  return added;
}

/**
 * Brings what people see in line with a fresh look: sends what waits, updates in place what has
 * changed, withdraws what has become pointless. The look must be fresh, so that nobody is chased
 * for what was filed meanwhile.
 */
export async function deliver(service: Service, look: Look): Promise<void> {
  const drafts = await allDrafts(service);
  const rows = await allRows(service);
  const todays = rows.filter((row) => londonDay(row.decidedAt) === londonDay(look.at));
  for (const row of rows.filter((r) => isWaiting(r) && !todays.includes(r))) {
    await service.memory.outbox.put(row.id, {
      ...row,
      status: 'withdrawn',
      problem: 'its day is over',
    });
  }
  const quiet = quietReason(look.situation);
  for (const row of quiet ? [] : todays.filter(isWaiting)) await send(service, row, look, drafts);
  // Read again: a card that was just sent is the latest now.
  for (const row of latestCards(await allRows(service), look.at)) {
    await refresh(service, row, look, drafts);
  }
}

export const allRows = async ({ memory }: Pick<Service, 'memory'>): Promise<Delivery[]> =>
  (await memory.outbox.all()).map(({ value }) => value);

export async function allDrafts({ memory }: Pick<Service, 'memory'>): Promise<Drafts> {
  const drafts = await memory.drafts.all();
  return new Map(drafts.map(({ key, value }): [string, Draft] => [key, value]));
}

const isWaiting = ({ status, attempts }: Delivery): boolean =>
  (status === 'pending' || status === 'no bot installed' || status === 'failed') &&
  attempts < MOST_ATTEMPTS;

/** The cards that speak of the present: a lead's or manager's latest, and the alert of today. */
function latestCards(rows: readonly Delivery[], at: Date): Delivery[] {
  const isCurrent = (row: Delivery) =>
    row.kind === 'chase' || (row.kind === 'alert' && londonDay(row.decidedAt) === londonDay(at));
  const sent = rows.filter((row) => row.status === 'sent' && isCurrent(row));
  const groups = Map.groupBy(sent, (row) => `${row.person}|${row.id.split('|')[0]}`);
  return [...groups.values()].flatMap((group) => {
    const latest = group.sort((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime()).at(-1);
    return latest ? [latest] : [];
  });
}

async function send(service: Service, row: Delivery, look: Look, drafts: Drafts): Promise<void> {
  const face = isPointless(row, look) ? undefined : faceOf(row, look, drafts, service);
  if (!face) {
    await service.memory.outbox.put(row.id, {
      ...row,
      status: 'withdrawn',
      problem: 'nothing is outstanding',
    });
    return;
  }
  const to = await referenceOf(service, row);
  const trying = to ? { ...row, attempts: row.attempts + 1 } : row;
  // Counted before the attempt: should nothing be recorded after it, it is not repeated for ever.
  if (to) await service.memory.outbox.put(row.id, trying);
  await keepShown(service, row.person, face);
  const posted: Posted | { kind: 'no bot installed' } = to
    ? await service.teams.post(to, face.card)
    : { kind: 'no bot installed' };
  // The log first: were it lost, the same would be said again tomorrow.
  await logChase(service, row, posted.kind, look.at);
  await service.memory.outbox.put(row.id, afterPosting(trying, posted, face));
}

/** A chase whose returns have come in, and whose queries are answered, is not sent. */
function isPointless(row: Delivery, look: Look): boolean {
  if (row.kind !== 'chase') return false;
  const about = new Set(row.logs.map((l) => l.about));
  const outstanding = look.assessment.statuses.filter(
    (status) => !isFiled(status.state) && !look.situation.saving.has(returnId(status)),
  );
  const queries = [...look.assessment.register.values()].filter(needsAnswer);
  const open = [...outstanding.map(returnId), ...queries.map((record) => record.finding.id)];
  return !open.some((one) => about.has(one));
}

const referenceOf = ({ memory }: Service, row: Delivery): Promise<Reference | undefined> =>
  memory.references.get(row.kind === 'summary' ? CHANNEL : row.person);

function afterPosting(
  row: Delivery,
  posted: Posted | { kind: 'no bot installed' },
  face: Face,
): Delivery {
  switch (posted.kind) {
    case 'posted':
      return {
        ...row,
        status: 'sent',
        activityId: posted.activityId,
        shown: face.digest,
      };
    case 'no bot installed':
      return { ...row, status: 'no bot installed' };
    case 'blocked':
    case 'gone':
      return { ...row, status: 'blocked', problem: posted.reason };
    case 'failed':
      return { ...row, status: 'failed', problem: posted.reason };
  }
}

const OUTCOME = {
  posted: 'sent',
  'no bot installed': 'no bot installed',
  blocked: 'blocked',
  gone: 'blocked',
  failed: 'failed',
} as const;

async function logChase(
  service: Service,
  row: Delivery,
  kind: keyof typeof OUTCOME,
  at: Date,
): Promise<void> {
  for (const { about, stage } of row.logs) {
    const entry = { person: row.person, about, stage, at, outcome: OUTCOME[kind] };
    await service.memory.chaseLog.put(chaseKey(entry), entry);
  }
}

/** Updates a card in place when it would look different now. */
async function refresh(service: Service, row: Delivery, look: Look, drafts: Drafts): Promise<void> {
  const face = faceOf(row, look, drafts, service);
  const to = await referenceOf(service, row);
  if (!face || !to || !row.activityId || face.digest === row.shown) return;
  await keepShown(service, row.person, face);
  const posted = await service.teams.update(to, row.activityId, face.card);
  if (posted.kind === 'posted') {
    await service.memory.outbox.put(row.id, { ...row, shown: face.digest });
    return;
  }
  service.log.warn({ delivery: row.id, posted }, 'a card could not be updated');
  if (posted.kind === 'failed') return;
  const { activityId: _gone, ...rest } = row;
  await service.memory.outbox.put(row.id, { ...rest, problem: posted.reason });
}

/** After an installation the present card is sent anew: what was shown before went with the earlier one. */
export async function sendCardsAnew(service: Service, person: string, look: Look): Promise<void> {
  const drafts = await allDrafts(service);
  const rows = await allRows(service);
  for (const row of latestCards(rows, look.at).filter((r) => r.person === person)) {
    const to = await referenceOf(service, row);
    const face = faceOf(row, look, drafts, service);
    if (face) await keepShown(service, person, face);
    const posted = to && face ? await service.teams.post(to, face.card) : undefined;
    if (face && posted) await service.memory.outbox.put(row.id, afterPosting(row, posted, face));
  }
}

/** Posts the summary of the week into the channel that was just connected. */
export async function postSummary(service: Service, look: Look): Promise<void> {
  const rows = await allRows(service);
  const latest = rows
    .filter((row) => row.kind === 'summary')
    .sort((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime())
    .at(-1);
  if (latest) await send(service, latest, look, new Map());
}
