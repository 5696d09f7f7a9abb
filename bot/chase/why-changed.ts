import { shortDay } from '../calendar/london.ts';
import { formName, returnId, type ReturnKey } from '../returns/return.ts';
import { wasCorrected } from '../findings/register.ts';
import { isFiled } from '../returns/state.ts';
import { pauseFor, promiseKeptOpen, standingFor } from './arrangement.ts';
import type { Delivery } from './delivery.ts';
import type { Situation } from './situation.ts';

/**
 * Why a card that was sent is to look different now, in words: `Dover KPI return: filed`. What it is
 * about decides; where nothing of that explains it, `what it shows has changed`.
 */
export function whyChanged(delivery: Delivery, now: Situation): string {
  const districts = [...new Set(delivery.returns.map(({ district }) => district))];
  const reasons = [
    ...delivery.returns.flatMap((key) => named(key, whyReturn(key, delivery, now))),
    ...districts.flatMap((district) => whyDistrict(district, delivery, now)),
    ...delivery.findings.flatMap((id) => whyFinding(id, now)),
  ];
  return [...new Set(reasons)].join('; ') || 'what it shows has changed';
}

const named = (key: ReturnKey, why: string | undefined): string[] =>
  why === undefined ? [] : [`${key.district} ${formName(key.form)}: ${why}`];

function whyReturn(key: ReturnKey, delivery: Delivery, now: Situation): string | undefined {
  const id = returnId(key);
  const status = now.statuses.find((one) => returnId(one) === id);
  if (status && isFiled(status.state)) return 'filed';
  if (now.saving.has(id)) return 'received, being saved';
  return whyArranged(key, delivery, now);
}

function whyArranged(key: ReturnKey, delivery: Delivery, now: Situation): string | undefined {
  const standing = standingFor(key, now);
  const withdrawn = since(delivery, standing.withdrawn);
  if (withdrawn) return `withdrawn by ${withdrawn.name}`;
  const promise = since(delivery, promiseKeptOpen(standing, now.at));
  if (promise) return `promised for ${shortDay(promise.until)}`;
  const holder = since(delivery, standing.holder);
  return holder && `handed over to ${holder.toName}`;
}

function whyDistrict(district: string, delivery: Delivery, now: Situation): string[] {
  const pause = since(delivery, pauseFor(district, now));
  return pause ? [`${district}: paused until ${shortDay(pause.until)}`] : [];
}

/** What was arranged before the card was sent stands on it already. */
const since = <T extends { at: Date }>(
  { decidedAt, settledAt = decidedAt }: Delivery,
  arranged: T | undefined,
): T | undefined => (arranged && arranged.at >= settledAt ? arranged : undefined);

function whyFinding(id: string, now: Situation): string[] {
  const record = now.findings.find(({ finding }) => finding.id === id);
  if (!record || record.status === 'open' || record.status === 'sent back') return [];
  const what = wasCorrected(record) ? 'corrected' : record.status;
  return [`${record.finding.district} query ${record.finding.rule}: ${what}`];
}
