import { commissioners } from '../access/people.ts';
import { londonDay, londonInstant, londonTime, weekday } from '../calendar/london.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { returnId } from '../returns/return.ts';
import { uniqueKeys } from './decide.ts';
import { historyOf, type History } from './history.ts';
import type { ChasedFor, Message } from './message.ts';
import { isEscalated, lateReturns, openTerm } from './outstanding.ts';
import { quietReason, type Situation, type WhyNot } from './situation.ts';
import { stageLabel } from './stage.ts';

/**
 * What the commissioners are told today: who was chased, what is theirs to take up, what looks wrong and
 * is theirs to judge, and what they have to mend in their own lists. One card a person a day: who is
 * chased today for a district of their own is told on the next.
 */
export function decideAlerts(now: Situation, chased: readonly Message[]): Message[] {
  if (quietForCommissioners(now)) return [];
  const history = historyOf(now.log, now.at);
  const news = newsSince(now);
  const findings = now.findings
    .filter((r) => r.status === 'explained' || (r.status === 'open' && r.raisedAt >= news))
    .filter(({ finding }) => openTerm(finding, now) || finding.term === 0);
  const late = escalated(now);
  const returns = uniqueKeys(
    chased.filter(({ kind }) => kind === 'chase').flatMap((message) => message.returns),
  );
  return commissioners(now.people)
    .filter(({ id }) => id !== '' && !history.wasWrittenToToday(id))
    .filter(({ id }) => !chased.some(({ person }) => person?.id === id))
    .flatMap((person) => {
      const logs = notToldOf(late, person.id, history, now);
      if (findings.length + returns.length + now.concerns.length + logs.length === 0) return [];
      return [
        {
          id: `alert|${person.id}|${londonDay(now.at)}`,
          kind: 'alert' as const,
          person,
          ...(logs.length > 0 ? { stage: stageLabel(now.policy.commissionerStage) } : {}),
          returns,
          findings: findings.map(({ finding }) => finding.id),
          logs,
        },
      ];
    });
}

/** The returns that a commissioner has not been told of as theirs to take up. */
export const escalations = (person: string, history: History, now: Situation): ChasedFor[] =>
  notToldOf(escalated(now), person, history, now);

function notToldOf(
  late: readonly string[],
  person: string,
  history: History,
  { policy }: Situation,
): ChasedFor[] {
  const days = policy.commissionerStage;
  const stage = stageLabel(days);
  return late
    .filter((about) => !history.wasToldAs('alert', person, about))
    .map((about) => ({ about, stage, because: `${days} working days late or more` }));
}

/** The returns that are for the commissioners to take up. */
function escalated(now: Situation): string[] {
  if (now.contradictions.length > 0) return [];
  return lateReturns(now)
    .filter((status) => isEscalated(status, now))
    .map(returnId);
}

/**
 * Once the terms list has run out, or contradicts itself, no day may be a working day; that must be told
 * all the same.
 */
export function quietForCommissioners(now: Situation): WhyNot | undefined {
  const { at, calendar, policy } = now;
  const today = londonDay(at);
  const isSound = now.contradictions.length === 0;
  if (isSound && calendar.terms.some((term) => term.ends >= today)) return quietReason(now);
  const isWorkday = weekday(today) <= 5 && !calendar.bankHolidays.has(today);
  if (!isWorkday) return 'not a working day';
  const time = londonTime(at);
  return time < policy.quietUntil || time >= policy.quietFrom ? 'outside hours' : undefined;
}

/**
 * What was raised today is news, and since people could last be told: what comes up in the evening is
 * told in the morning.
 */
function newsSince({ at, calendar, policy }: Situation): Date {
  const today = londonDay(at);
  const before = addWorkingDays(today, -1, calendar);
  return before ? londonInstant(before, policy.quietFrom) : londonInstant(today, '00:00');
}
