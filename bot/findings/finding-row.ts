import { termLabel } from '../calendar/terms.ts';
import type { Phase } from '../directory/directory.ts';
import { keyOf, type ReturnKey } from '../returns/return.ts';
import { becauseOf } from './closing.ts';
import { explanationInWords } from './explanation.ts';
import { messageOf, operandsInWords, type Finding } from './finding.ts';
import {
  closingOf,
  deedOf,
  type FindingDeed,
  type FindingRecord,
  type FindingStatus,
} from './register.ts';
import type { Severity } from './rule.ts';

/** Who did something, and when. */
export type Done = { by: string; at: Date };

/** A finding as a line of a list that people read: nothing in it is looked at again to decide. */
export type FindingRow = {
  id: string;
  /** What does not change any more. */
  made: { rule: string; about: ReturnKey };
  /** What changes with what is said and decided, and with the rule's row. */
  state: FindingRowState;
};

export type FindingRowState = {
  /** `Dover KPI 2026-27 T1: “School caseload” is 189`. */
  title: string;
  severity: Severity;
  /** Empty where its rule looks at all phases. */
  phase: Phase | '';
  /** Every value that it rests on, in words. */
  figures: string;
  message: string;
  status: FindingStatus;
  /** When it was raised, or found again and open: its age counts from here. */
  raisedAt: Date;
  closedAt: Date | undefined;
  /** `it was corrected`; empty while it stands. */
  closedBecause: string;
  /** What stands of the lead’s explanation: the known cause in it, and all of it as it is read. */
  cause: string;
  explanation: string;
  /** By whom last; undefined where nobody did, or what was decided was taken back. */
  explained: Done | undefined;
  accepted: Done | undefined;
  sentBack: Done | undefined;
  /** What was said with the last decision that stands. */
  note: string;
  /** The id of the finding that made way for this one; empty where none did. */
  follows: string;
};

/** Every finding as a line, those raised last first. */
export const findingRows = (records: Iterable<FindingRecord>): FindingRow[] =>
  [...records].sort((a, b) => b.raisedAt.getTime() - a.raisedAt.getTime()).map(rowOf);

const rowOf = (record: FindingRecord): FindingRow => ({
  id: record.finding.id,
  made: { rule: record.finding.rule, about: keyOf(record.finding) },
  state: stateOf(record),
});

function stateOf(record: FindingRecord): FindingRowState {
  const { finding, status, raisedAt, closedAt, explanation, follows = '' } = record;
  const { severity } = finding;
  const closing = closingOf(record);
  const decided = standing(record, ['accepted', 'sent back']);
  return {
    title: titleOf(finding),
    severity,
    phase: finding.phase ?? '',
    figures: operandsInWords(finding.operands),
    message: messageOf(finding),
    status,
    raisedAt,
    closedAt,
    closedBecause: closing === undefined ? '' : becauseOf(closing),
    cause: explanation?.cause ?? '',
    explanation: explanationInWords(explanation),
    explained: deedOf(record, 'explained'),
    accepted: standing(record, ['accepted']),
    sentBack: standing(record, ['sent back']),
    note: decided?.text ?? '',
    follows,
  };
}

function titleOf(finding: Finding): string {
  const about = `${finding.district} ${finding.form} ${termLabel(finding)}`;
  return `${about}: ${operandsInWords(finding.operands) || finding.rule}`;
}

/** The last decision of these kinds. An acceptance stands while nobody took it back, nor the rule asks again. */
function standing(record: FindingRecord, deeds: readonly FindingDeed[]) {
  const isAccepted = [record.status, record.before].includes('accepted');
  const standingNow = deeds.filter((deed) => deed !== 'accepted' || isAccepted);
  return record.history.findLast(({ what }) => standingNow.includes(what));
}
