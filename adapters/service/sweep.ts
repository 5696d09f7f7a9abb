import { decideAlerts } from '../../bot/chase/alerts.ts';
import { decideChases } from '../../bot/chase/decide.ts';
import type { Decision } from '../../bot/chase/situation.ts';
import { decideSummary } from '../../bot/summary/weekly.ts';
import { deliver, enqueue } from './deliver.ts';
import type { Look, Reading } from '../../bot/look.ts';
import { finishSaving } from './finish-saving.ts';
import { keep, look, lookAtReading, type Service } from './service.ts';

export type Swept = { look: Look; decision: Decision };

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
export async function drySweep(
  service: Pick<Service, 'site' | 'memory'>,
  at: Date,
  reading?: Reading,
): Promise<Swept> {
  const now = reading ? await lookAtReading(service, reading, at) : await look(service, at);
  return { look: now, decision: decide(now) };
}

/** What was received and could not be saved is saved first: then nobody is chased for it. */
async function sweepAfterSaving(service: Service, at: Date, reading?: Reading): Promise<Swept> {
  const swept = await drySweep(service, at, reading);
  if (swept.look.remembered.saving.length === 0) return swept;
  return (await finishSaving(service, swept.look)) ? drySweep(service, at) : swept;
}

/**
 * One pass of read → check → decide → deliver. The lists are read again before anything is sent, so
 * that nobody is chased for what was filed meanwhile. `reading` is what the lists said a moment ago.
 */
export async function sweep(service: Service, at: Date, reading?: Reading): Promise<Swept> {
  const swept = await sweepAfterSaving(service, at, reading);
  await keep(service, swept.look);
  const added = await enqueue(service, swept.decision.messages, at);
  await deliver(service, added > 0 ? await look(service, at) : swept.look);
  // What was just delivered belongs on the commissioners' card of the day.
  if (added > 0) await deliver(service, await look(service, at));
  return swept;
}
