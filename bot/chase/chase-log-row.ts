import { peopleOf, type Person, type Role } from '../access/people.ts';
import { termLabel } from '../calendar/terms.ts';
import type { ReturnKey } from '../returns/return.ts';
import type { Delivery, DeliveryStatus } from './delivery.ts';
import { outcomeOf } from './history.ts';
import type { ChasedFor } from './message.ts';
import { subjectOf } from './subject.ts';

/** One line of the chase log as people read it: one message, about one thing. */
export type ChaseLogRow = {
  /** The message and what it is about. */
  key: string;
  /** The message's id. */
  message: string;
  /** What does not change any more. */
  made: {
    name: string;
    email: string;
    role: Role | 'Commissioning channel';
    about: ReturnKey;
    /** The rule and the id of the query; empty where it is the return itself. */
    rule: string;
    finding: string;
    decidedAt: Date;
    /** The name of the commissioner who asked for it; empty where a stage was reached. */
    askedBy: string;
  };
  /** What changes until the message has come to its end. */
  state: ChaseLogState;
};

export type ChaseLogState = {
  /** `Dover KPI 2026-27 T1 +3`. */
  title: string;
  stage: string;
  because: string;
  outcome: DeliveryStatus;
  /** Why it was not sent, where it was not. */
  reason: string;
  settledAt: Date | undefined;
};

const logKey = (message: string, about: string): string => `${message}|${about}`;

/** The lines of messages, in their order; a message that chases for nothing has none. */
export const chaseLogRows = (
  deliveries: readonly Delivery[],
  people: readonly Person[],
  at: Date,
): ChaseLogRow[] =>
  deliveries.flatMap((delivery) =>
    delivery.logs.flatMap((log) => rowOf(delivery, log, people, at) ?? []),
  );

function rowOf(
  delivery: Delivery,
  { about, stage, because }: ChasedFor,
  people: readonly Person[],
  at: Date,
): ChaseLogRow | undefined {
  const subject = subjectOf(about);
  if (!subject) return undefined;
  const { key, rule = '' } = subject;
  const { outcome, reason } = outcomeInFull(delivery, at);
  return {
    key: logKey(delivery.id, about),
    message: delivery.id,
    made: {
      ...whoIs(delivery, people),
      about: key,
      rule,
      finding: rule === '' ? '' : about,
      decidedAt: delivery.decidedAt,
      askedBy: delivery.askedBy ? nameOf(delivery.askedBy, people) : '',
    },
    state: {
      title: `${key.district} ${key.form} ${termLabel(key)} ${stage}`,
      stage,
      because,
      outcome,
      reason,
      settledAt: delivery.settledAt,
    },
  };
}

/** As what somebody was written to. */
const ROLE_OF: Record<Delivery['kind'], Role | 'Commissioning channel'> = {
  chase: 'District lead',
  manager: "Lead's manager",
  alert: 'Commissioner',
  summary: 'Commissioning channel',
};

export const addressedAs = ({ kind }: Pick<Delivery, 'kind'>): Role | 'Commissioning channel' =>
  ROLE_OF[kind];

function whoIs({ kind, person }: Delivery, people: readonly Person[]) {
  const role = ROLE_OF[kind];
  const rows = peopleOf(people, person);
  const found = rows.find((one) => one.role === role) ?? rows[0];
  return { name: found?.name ?? person, email: found?.email ?? '', role };
}

/** The name of somebody by their Entra object id; the id, where nobody has it any more. */
export const nameOf = (id: string, people: readonly Person[]): string =>
  peopleOf(people, id)[0]?.name ?? id;

/** What came of a message; one that was never tried on its day failed. */
export function outcomeInFull(
  delivery: Delivery,
  at: Date,
): Pick<ChaseLogState, 'outcome' | 'reason'> {
  const { status, problem = '' } = delivery;
  const outcome = outcomeOf(delivery, at) ?? status;
  if (outcome === 'failed' && status === 'waiting') {
    return { outcome, reason: problem || 'its day ended before it could be sent' };
  }
  return { outcome, reason: outcome === 'sent' ? '' : problem };
}

const PRUNED_AFTER_DAYS = 400;
const DAY_MS = 86_400_000;

/** Whether a message may be forgotten, once its lines are in SharePoint: settled, over a year ago. */
export function prunable(
  { status, decidedAt, settledAt = decidedAt }: Delivery,
  at: Date,
): boolean {
  const isOld = (day: Date) => at.getTime() - day.getTime() > PRUNED_AFTER_DAYS * DAY_MS;
  return isOld(decidedAt) && (status === 'waiting' || isOld(settledAt));
}
