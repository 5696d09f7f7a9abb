import { shortInstant } from '../../bot/calendar/london.ts';
import { needsAnswer, type FindingRecord } from '../../bot/findings/register.ts';
import { returnName } from '../../bot/returns/return.ts';
import type { FindingView } from '../../cards/views.ts';
import { age } from './words.ts';

/** How many findings fit on a card; the rest is one click away. */
export const MOST_FINDINGS = 5;

/** A finding for the district's own lead. */
export function findingForLead(record: FindingRecord, row: number, at: Date): FindingView {
  const query = record.finding.severity === 'query';
  return {
    ...base(record, row, at),
    canExplain: query && needsAnswer(record),
    canCorrect: record.status !== 'closed' && record.finding.measures.length > 0,
    canAccept: false,
    canSendBack: false,
  };
}

/** A finding for a commissioner, who decides. */
export function findingForCommissioner(record: FindingRecord, row: number, at: Date): FindingView {
  const query = record.finding.severity === 'query';
  return {
    ...base(record, row, at),
    ...(record.status === 'explained' ? { label: 'For you to decide' } : {}),
    canExplain: false,
    canCorrect: false,
    canAccept: query && record.status !== 'closed' && record.status !== 'accepted',
    canSendBack: record.status === 'explained',
  };
}

/** A finding for somebody who may see it, and acts on it elsewhere. */
export const findingToRead = (record: FindingRecord, row: number, at: Date): FindingView => ({
  ...findingForLead(record, row, at),
  canExplain: false,
  canCorrect: false,
});

function base(record: FindingRecord, row: number, at: Date) {
  const { finding } = record;
  const isError = finding.severity === 'error';
  return {
    row,
    id: finding.id,
    district: finding.district,
    label: isError ? 'Cannot be right' : 'Please check',
    isError,
    about: finding.term === 0 ? finding.year : returnName(finding),
    message: finding.message,
    causes: [...finding.knownCauses],
    age: age(record.raisedAt, at),
    said: said(record),
  };
}

/** What was said and decided last, for people to read. */
function said(record: FindingRecord): string {
  const words = record.explanation ? `“${record.explanation}”` : '';
  const last = record.history.findLast((event) => event.what !== 'found again');
  if (!last) return '';
  const by = `${last.by}, ${shortInstant(last.at)}`;
  switch (record.status) {
    case 'open':
      return '';
    case 'explained':
      return `Explained by ${by}: ${words}`;
    case 'accepted':
      return `Accepted by ${by}${words ? `. Explanation: ${words}` : ''}`;
    case 'sent back':
      return `Sent back by ${by}${last.text ? `: “${last.text}”` : ''}${words ? `. You wrote: ${words}` : ''}`;
    case 'closed':
      return `Closed by correction, ${shortInstant(last.at)}`;
  }
}

/** What waits for a decision first, then errors, then by district and rule, the newest first. */
export const byUrgency = (a: FindingRecord, b: FindingRecord): number =>
  Number(b.status === 'explained') - Number(a.status === 'explained') ||
  a.finding.severity.localeCompare(b.finding.severity) ||
  a.finding.district.localeCompare(b.finding.district) ||
  a.finding.rule.localeCompare(b.finding.rule) ||
  b.raisedAt.getTime() - a.raisedAt.getTime();
