import { londonDay } from '../calendar/london.ts';
import { findTerm, type Term } from '../calendar/terms.ts';
import { askedSince, needsAnswer, type FindingRecord } from '../findings/register.ts';
import { keyOf, returnId, type ReturnKey } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';
import type { ReturnStatus, Situation } from './situation.ts';
import { latestStage, stageLabel } from './stage.ts';

/** Something that a district is asked for. */
export type Item = {
  about: string;
  district: string;
  stage: string;
  key?: ReturnKey;
  finding?: string;
};

/** Everything that districts are asked for now, whatever was already said: what a card shows. */
export const outstandingIn = (districts: readonly string[], now: Situation): Item[] =>
  inDistricts(districts, outstandingItems(now));

export const inDistricts = (districts: readonly string[], items: readonly Item[]): Item[] =>
  items.filter((item) => districts.includes(item.district));

export function outstandingItems(now: Situation): Item[] {
  const missing = now.statuses
    .filter((status) => !isFiled(status.state) && !now.saving.has(returnId(status)))
    .flatMap((status) => returnItem(status, now));
  const about = new Set(missing.map((item) => item.about));
  const queries = now.findings
    .filter((record) => needsAnswer(record) && record.finding.severity === 'query')
    .filter(({ finding }) => !about.has(returnId(finding)))
    .flatMap((record) => queryItem(record, now));
  return [...missing, ...queries];
}

function returnItem(status: ReturnStatus, now: Situation): Item[] {
  const term = openTerm(status, now);
  if (!term) return [];
  const { policy, calendar } = now;
  const stage = latestStage(term.due, londonDay(now.at), policy.returnStages, calendar);
  if (stage === undefined) return [];
  const about = returnId(status);
  return [{ about, district: status.district, stage: stageLabel(stage), key: keyOf(status) }];
}

/** Counted from when it was last asked: a query that is sent back, or comes back, is chased anew. */
function queryItem(record: FindingRecord, now: Situation): Item[] {
  const { finding } = record;
  if (!openTerm(finding, now)) return [];
  const { policy, calendar } = now;
  const asked = askedSince(record);
  const stage = latestStage(londonDay(asked.at), londonDay(now.at), policy.queryStages, calendar);
  if (stage === undefined) return [];
  const again = asked.again ? `, asked again ${londonDay(asked.at)}` : '';
  return [
    {
      about: finding.id,
      district: finding.district,
      stage: `query ${stageLabel(stage)}${again}`,
      finding: finding.id,
    },
  ];
}

/** The term of a return, while it may still be changed. */
export function openTerm(key: { year: string; term: number }, now: Situation): Term | undefined {
  const term = findTerm(now.calendar.terms, key);
  return term && londonDay(now.at) <= term.locks ? term : undefined;
}

/** Whether a return is so late that it is for the commissioners to take up. */
export function isEscalated(key: ReturnKey, now: Situation): boolean {
  const term = openTerm(key, now);
  if (!term) return false;
  const { policy, calendar } = now;
  return (
    latestStage(term.due, londonDay(now.at), [policy.commissionerStage], calendar) !== undefined
  );
}
