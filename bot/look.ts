import { assess, type Assessment, type Held, type NotChecked, type Remembered } from './assess.ts';
import { shortInstant } from './calendar/london.ts';
import { termBeingGathered } from './calendar/open-terms.ts';
import type { Term } from './calendar/terms.ts';
import { returnId, returnName, type ReturnKey } from './returns/return.ts';
import type { FindingRecord } from './findings/register.ts';
import type { Directory } from './directory/directory.ts';
import type { Arrangements } from './chase/arrangement.ts';
import type { Delivery } from './chase/delivery.ts';
import { chaseLog } from './chase/history.ts';
import type { Situation } from './chase/situation.ts';

/** Everything that the lists say at one moment. */
export type Reading = Held & { directory: Directory };

/** Answers that were received and wait to be saved; `why` says what has kept them from it. */
export type Saving = { key: ReturnKey; person: string; receivedAt: Date; why: string };

/** Everything known at one moment: what the lists say, what is remembered, and where that leaves things. */
export type Look = {
  at: Date;
  reading: Reading;
  remembered: Remembered & {
    /** Every message of the outbox. */
    deliveries: readonly Delivery[];
    arrangements: Arrangements;
    saving: readonly Saving[];
  };
  assessment: Assessment;
  situation: Situation;
};

/** The term whose returns are being gathered. */
export const gatheredIn = ({ assessment, reading, at }: Look): Term | undefined =>
  termBeingGathered(assessment.calendar, at, reading.policy.returnStages);

/** The lists that could not be read, in words for commissioners. */
export const notCheckedInWords = (lists: readonly NotChecked[]): string[] =>
  lists.map(({ list, reason }) => `${list}: could not check. ${reason}`);

/** What was received and could not be saved, in words for commissioners. */
export const notSavedYet = (saving: readonly Saving[]): string[] =>
  saving
    .filter(({ why }) => why !== '')
    .map(
      ({ key, receivedAt, why }) =>
        `${key.district}, ${returnName(key)}: received on ${shortInstant(receivedAt)} and not saved in SharePoint yet. ${why}`,
    );

/** Whether they were raised just now or are remembered: the same findings are told in the same order. */
const inOrder = (register: Assessment['register']): FindingRecord[] =>
  [...register.values()].sort((a, b) => (a.finding.id < b.finding.id ? -1 : 1));

export function lookAt(reading: Reading, remembered: Look['remembered'], at: Date): Look {
  const assessment = assess(reading, remembered, at);
  return {
    at,
    reading,
    remembered,
    assessment,
    situation: {
      at,
      calendar: assessment.calendar,
      policy: reading.policy,
      people: reading.people,
      statuses: assessment.statuses,
      findings: inOrder(assessment.register),
      contradictions: assessment.contradictions,
      unread: new Set(reading.notChecked.flatMap(({ forms }) => forms)),
      log: chaseLog(remembered.deliveries, at),
      arrangements: remembered.arrangements,
      saving: new Set(remembered.saving.map(({ key }) => returnId(key))),
      voided: assessment.voided,
      concerns: [
        ...assessment.problems,
        ...notSavedYet(remembered.saving),
        ...notCheckedInWords(reading.notChecked),
      ],
    },
  };
}
