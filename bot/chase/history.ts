import { londonDay } from '../calendar/london.ts';
import { isWaiting, type Delivery } from './delivery.ts';
import type { MessageKind } from './message.ts';

/**
 * One line of the chase log: who was chased for what, when, at which stage, and what came of it. A
 * message that asks for nothing, such as most alerts, has one line with neither `about` nor `stage`.
 */
export type ChaseEntry = {
  person: string;
  kind: MessageKind;
  /** A return's id or a finding's id. */
  about: string;
  stage: string;
  at: Date;
  /** `waiting`: it was tried in vain, and is tried again today. */
  outcome: 'sent' | 'waiting' | 'no bot installed' | 'blocked' | 'failed';
};

/**
 * The chase log, oldest first: what the outbox says of every message that was sent or could not be.
 * One that was withdrawn chased nobody, and one that was not tried yet today may still be sent.
 */
export const chaseLog = (deliveries: readonly Delivery[], at: Date): ChaseEntry[] =>
  deliveries.flatMap((delivery) => linesOf(delivery, at)).sort(byTime);

function linesOf(delivery: Delivery, at: Date): ChaseEntry[] {
  const { person, kind, logs, decidedAt, settledAt = decidedAt } = delivery;
  const outcome = kind === 'summary' ? undefined : outcomeOf(delivery, at);
  if (!outcome) return [];
  const lines = logs.length > 0 ? logs : NOTHING_ASKED;
  return lines.map(({ about, stage }) => ({ person, kind, about, stage, at: settledAt, outcome }));
}

const NOTHING_ASKED = [{ about: '', stage: '' }];

/** What came of a message, so far. Undefined where nobody was chased by it. */
export function outcomeOf(delivery: Delivery, at: Date): ChaseEntry['outcome'] | undefined {
  const { status, attempts } = delivery;
  if (status === 'withdrawn') return undefined;
  if (status !== 'waiting') return status;
  if (!isWaiting(delivery, at)) return 'failed';
  return attempts > 0 ? 'waiting' : undefined;
}

/** The chase log with what one person's messages say now, oldest first as it was. */
export const logAmended = (
  log: readonly ChaseEntry[],
  person: string,
  deliveries: readonly Delivery[],
  at: Date,
): ChaseEntry[] =>
  [...log.filter((entry) => entry.person !== person), ...chaseLog(deliveries, at)].sort(byTime);

const byTime = (a: ChaseEntry, b: ChaseEntry): number => a.at.getTime() - b.at.getTime();

/** The chase log made ready to be asked, for one moment. */
export type History = {
  /** Whether somebody was chased at a stage, in these very words, at some moment or later. */
  wasSent(person: string, about: string, stage: string, since: Date): boolean;
  /** Whether somebody was told in a role at some moment or later: who has two is told in both. */
  wasToldAs(kind: MessageKind, person: string, about: string, since: Date): boolean;
  /** Whether somebody was written to about something at some moment or later, in any role. */
  wasToldSince(person: string, about: string, since: Date): boolean;
  /** When a message of a kind reached somebody last. */
  lastToldAs(kind: MessageKind, person: string): Date | undefined;
  /** Whether a card of any kind reached somebody today. */
  wasWrittenToToday(person: string): boolean;
};

export function historyOf(log: readonly ChaseEntry[], at: Date): History {
  const sent = sentByPerson(log);
  const day = londonDay(at);
  const to = (person: string) => sent.get(person) ?? NOTHING_SENT;
  return {
    wasSent: (person, about, stage, since) =>
      to(person).some(
        (entry) =>
          entry.about === about &&
          entry.kind === 'chase' &&
          entry.stage === stage &&
          entry.at >= since,
      ),
    wasToldAs: (kind, person, about, since) =>
      to(person).some((entry) => entry.about === about && entry.kind === kind && entry.at >= since),
    wasToldSince: (person, about, since) =>
      to(person).some((entry) => entry.about === about && entry.at >= since),
    lastToldAs: (kind, person) => to(person).findLast((entry) => entry.kind === kind)?.at,
    wasWrittenToToday: (person) =>
      to(person).some(
        (entry) =>
          Math.abs(at.getTime() - entry.at.getTime()) <= LONGEST_DAY_MS &&
          londonDay(entry.at) === day,
      ),
  };
}

const NOTHING_SENT: readonly ChaseEntry[] = [];

const known = new WeakMap<readonly ChaseEntry[], ReadonlyMap<string, readonly ChaseEntry[]>>();

/** What reached each person: put in order once for a log, which every decision of a look shares. */
function sentByPerson(log: readonly ChaseEntry[]): ReadonlyMap<string, readonly ChaseEntry[]> {
  const sorted = known.get(log);
  if (sorted) return sorted;
  const sent = Map.groupBy(
    log.filter(({ outcome }) => outcome === 'sent'),
    ({ person }) => person,
  );
  known.set(log, sent);
  return sent;
}

/** The day on which the clocks go back has 25 hours. */
const LONGEST_DAY_MS = 25 * 3_600_000;
