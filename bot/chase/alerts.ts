import { commissioners } from '../access/people.ts';
import { londonDay, londonInstant, londonTime, weekday } from '../calendar/london.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { returnId, type ReturnKey } from '../returns/return.ts';
import { isEscalated, openTerm } from './outstanding.ts';
import { quietReason, type Message, type Situation } from './situation.ts';
import { stageLabel } from './stage.ts';

/**
 * What the commissioners are told today: who was chased, what looks wrong and is theirs to judge, and
 * what they have to mend in their own lists.
 */
export function decideAlerts(now: Situation, chased: readonly Message[]): Message[] {
  if (quietForCommissioners(now)) return [];
  const day = londonDay(now.at);
  const findings = now.findings
    .filter(({ finding }) => openTerm(finding, now) || finding.term === 0)
    .filter((r) => r.status === 'explained' || (r.status === 'open' && isNews(r.raisedAt, now)));
  const returns = chased
    .filter((m) => m.person?.role === 'District lead')
    .flatMap((m) => m.returns);
  if (findings.length + returns.length + now.concerns.length === 0) return [];
  const escalated = returns.some((key) => isEscalated(key, now));
  return commissioners(now.people)
    .filter((person) => person.id !== '')
    .map((person) => ({
      id: `alert|${person.id}|${day}`,
      kind: 'alert',
      person,
      ...(escalated ? { stage: stageLabel(now.policy.commissionerStage) } : {}),
      returns: uniqueKeys(returns),
      findings: findings.map(({ finding }) => finding.id),
      logs: [],
    }));
}

/** Once the terms list has run out no day is a working day; its end must be told all the same. */
function quietForCommissioners(now: Situation): string | undefined {
  const { at, calendar, policy } = now;
  const today = londonDay(at);
  if (calendar.terms.some((term) => term.ends >= today)) return quietReason(now);
  const time = londonTime(at);
  const awake = time >= policy.quietUntil && time < policy.quietFrom;
  const workday = weekday(today) <= 5 && !calendar.bankHolidays.has(today);
  return awake && workday ? undefined : 'outside hours';
}

/** Raised today, or since people could last be told: what comes up in the evening is told in the morning. */
function isNews(raisedAt: Date, { at, calendar, policy }: Situation): boolean {
  const today = londonDay(at);
  const before = addWorkingDays(today, -1, calendar);
  return (
    londonDay(raisedAt) === today || raisedAt >= londonInstant(before ?? today, policy.quietFrom)
  );
}

export const uniqueKeys = (keys: readonly ReturnKey[]): ReturnKey[] => [
  ...new Map(keys.map((key) => [returnId(key), key])).values(),
];
