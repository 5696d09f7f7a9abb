import type { Person } from '../access/people.ts';
import { londonDay, londonTime } from '../calendar/london.ts';
import { isWorkingDay, type Calendar } from '../calendar/working-days.ts';
import type { FindingRecord } from '../findings/register.ts';
import type { Form } from '../returns/measure.ts';
import type { Voided } from '../returns/approval.ts';
import type { Return, ReturnKey } from '../returns/return.ts';
import type { ReturnState } from '../returns/state.ts';
import type { Arrangements } from './arrangement.ts';
import type { ChaseEntry } from './history.ts';
import type { Message } from './message.ts';
import type { ChasePolicy } from './policy.ts';

/** A return that is owed or held, and where it stands. */
export type ReturnStatus = ReturnKey & {
  state: ReturnState;
  /** Ids of required measures left blank. */
  blank: readonly string[];
  timely?: boolean | undefined;
  firstFiled?: Date | undefined;
  filed?: Return | undefined;
};

/** Why somebody was not written to about something. */
export type WhyNot =
  | 'already filed'
  | 'received, being saved'
  | 'no stage reached yet'
  | 'could not check'
  | 'muted by promise'
  | 'muted while its return is missing'
  | 'its return is approved'
  | 'withdrawn'
  | 'handed over'
  | 'paused'
  | 'this stage was sent already'
  | 'already written to today'
  | 'not a working day'
  | 'outside hours'
  | 'the terms contradict each other'
  | 'no Entra object id in the people list'
  | 'nobody leads this district';

export type NotSent = {
  /** A person's name; empty where it is the same for everybody. */
  person: string;
  district: string;
  /** A return's id, a finding's id, or a form that could not be read. */
  about: string;
  why: WhyNot;
  /** Who arranged it and until when; empty where `why` says all. */
  detail: string;
};

export type Situation = {
  at: Date;
  calendar: Calendar;
  /** Why the calendar cannot be right; while there is any reason nobody is chased. */
  contradictions: readonly string[];
  policy: ChasePolicy;
  people: readonly Person[];
  statuses: readonly ReturnStatus[];
  findings: readonly FindingRecord[];
  /** Forms whose list could not be read: nothing of them is called missing. */
  unread: ReadonlySet<Form>;
  log: readonly ChaseEntry[];
  arrangements: Arrangements;
  /** Returns that were received and wait to be saved: nobody is chased for them. By return id. */
  saving: ReadonlySet<string>;
  /** Approvals that a later edit voided. */
  voided: readonly Voided[];
  /** What commissioners have to mend in their lists, and what could not be checked, in words. */
  concerns: readonly string[];
};

export type Decision = { messages: Message[]; notSent: NotSent[] };

/** Whether people may be written to now. Undefined means yes. */
export function quietReason({
  at,
  calendar,
  policy,
}: Pick<Situation, 'at' | 'calendar' | 'policy'>):
  Extract<WhyNot, 'not a working day' | 'outside hours'> | undefined {
  if (!isWorkingDay(londonDay(at), calendar)) return 'not a working day';
  return outsideHours({ at, policy });
}

/** Whether it is too early or too late in a day to write to people. */
export function outsideHours({
  at,
  policy,
}: Pick<Situation, 'at' | 'policy'>): Extract<WhyNot, 'outside hours'> | undefined {
  const time = londonTime(at);
  return time < policy.quietUntil || time >= policy.quietFrom ? 'outside hours' : undefined;
}
