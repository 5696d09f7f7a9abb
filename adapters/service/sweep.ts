import { decideAlerts } from '../../bot/chase/alerts.ts';
import { decideChases } from '../../bot/chase/decide.ts';
import type { Decision } from '../../bot/chase/situation.ts';
import { decideSummary } from '../../bot/summary/weekly.ts';
import { changesIn, outOfLine, type Changes } from './deliver.ts';
import { lookAt, type Look } from '../../bot/look.ts';
import { finishSaving } from './finish-saving.ts';
import { enqueue, withOutbox } from './outbox.ts';
import { keep } from './keep.ts';
import { look, type Core, type Gathered, type Service } from './service.ts';

export type Swept = { look: Look; decision: Decision; changes: Changes };

/** Everything that should be said at this moment, decided from one look. */
export function decide({ situation }: Look): Decision {
  const chases = decideChases(situation);
  return {
    messages: [
      ...chases.messages,
      ...decideAlerts(situation, chases.messages),
      ...decideSummary(situation),
    ],
    notSent: chases.notSent,
  };
}

/** One pass of read → check → decide, without a trace. */
export async function drySweep(core: Core): Promise<Swept> {
  const decided = await lookAndDecide(core);
  return { ...decided, changes: await changesIn(core, decided.look) };
}

type Decided = Omit<Swept, 'changes'>;

async function lookAndDecide(core: Core, gathered?: Gathered): Promise<Decided> {
  const at = core.clock.now();
  const now = gathered ? lookAt(gathered.reading, gathered.remembered, at) : await look(core, at);
  return { look: now, decision: decide(now) };
}

/** What was received and could not be saved is saved first: then nobody is chased for it. */
async function decideAfterSaving(service: Service, gathered?: Gathered): Promise<Decided> {
  const decided = await lookAndDecide(service, gathered);
  if (decided.look.remembered.saving.length === 0) return decided;
  return (await finishSaving(service, decided.look)) ? lookAndDecide(service) : decided;
}

/**
 * One pass of read → check → decide. What is decided is kept in the outbox, and whose conversation is
 * out of line is said to whoever delivers; there it is decided once more, on a later reading.
 * `gathered` is what was kept and what the lists said a moment ago.
 */
export async function sweepAndNudge(service: Service, gathered?: Gathered): Promise<Swept> {
  const decided = await decideAfterSaving(service, gathered);
  const { at } = decided.look;
  await keep(service, decided.look);
  await enqueue(service, decided.decision.messages, at);
  const after = await withOutbox(service, decided.look);
  return { ...decided, look: after, changes: await nudge(service, after) };
}

/** Says whose conversations are out of line. */
async function nudge(service: Service, now: Look): Promise<Changes> {
  const changes = await changesIn(service, now);
  await service.conversations.nudge(await outOfLine(service, now, changes));
  return changes;
}

/** One pass of read → check → decide → deliver: everything that can be delivered now is. */
export async function sweep(service: Service, gathered?: Gathered): Promise<Swept> {
  const swept = await sweepAndNudge(service, gathered);
  const { done } = await service.conversations.drain();
  if (done === 0) return swept;
  // What was just delivered belongs on the commissioners' card of the day.
  await nudge(service, await look(service, service.clock.now()));
  await service.conversations.drain();
  return { ...swept, look: await withOutbox(service, swept.look) };
}
