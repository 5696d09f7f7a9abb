import type { Person } from '../access/people.ts';
import { londonDay, londonTime, type Day } from '../calendar/london.ts';
import { isWorkingDay, type Calendar } from '../calendar/working-days.ts';
import type { FindingRecord } from '../findings/register.ts';
import type { Return, ReturnKey } from '../returns/return.ts';
import type { ReturnState } from '../returns/state.ts';
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

/** One line of the chase log: who was chased for what, when, and what came of it. */
export type ChaseEntry = {
  person: string;
  /** A {@link returnId} or a finding's id. */
  about: string;
  stage: string;
  at: Date;
  outcome: 'sent' | 'no bot installed' | 'blocked' | 'failed';
};

/** A commissioner's word that a district is left in peace. */
export type Pause = { district: string; until: Day; by: string; at: Date };

export type Message = {
  /** Unique: a message is delivered once for each id. */
  id: string;
  kind: 'chase' | 'alert' | 'summary';
  /** Undefined for the channel. */
  person?: Person;
  district?: string;
  stage?: string;
  returns: ReturnKey[];
  /** Ids of findings. */
  findings: string[];
  /** The log entries that delivering this message makes. */
  logs: { about: string; stage: string }[];
};

/** Why somebody was not written to. */
export type NotSent = { person: string; district: string; about: string; reason: string };

export type Situation = {
  at: Date;
  calendar: Calendar;
  policy: ChasePolicy;
  people: readonly Person[];
  statuses: readonly ReturnStatus[];
  findings: readonly FindingRecord[];
  log: readonly ChaseEntry[];
  pauses: readonly Pause[];
  /** Returns that were received and wait to be saved: nobody is chased for them. By return id. */
  saving: ReadonlySet<string>;
  /** What commissioners have to mend in their lists, and what could not be checked, in words. */
  concerns: readonly string[];
};

export type Decision = { messages: Message[]; notSent: NotSent[] };

/** Whether people may be written to now. Undefined means yes. */
export function quietReason({ at, calendar, policy }: Situation): string | undefined {
  if (!isWorkingDay(londonDay(at), calendar)) return 'not a working day';
  const time = londonTime(at);
  return time < policy.quietUntil || time >= policy.quietFrom ? 'outside hours' : undefined;
}

/** The pause that a district is under, if any. */
export const pauseFor = (
  district: string,
  { at, pauses }: Pick<Situation, 'at' | 'pauses'>,
): Pause | undefined => pauses.find((p) => p.district === district && londonDay(at) <= p.until);
