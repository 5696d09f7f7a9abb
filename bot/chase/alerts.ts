import { commissioners, type Person } from '../access/people.ts';
import { londonDay, londonInstant, startOfDay, weekday } from '../calendar/london.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { isToDecide, type FindingRecord } from '../findings/register.ts';
import { voidingId, voidingInFull, type Voided } from '../returns/approval.ts';
import { returnId, type ReturnKey } from '../returns/return.ts';
import { uniqueKeys } from './decide.ts';
import { historyOf, type History } from './history.ts';
import type { ChasedFor, Message } from './message.ts';
import { messageId } from './message-id.ts';
import { lateReturns, openTerm, outstandingItems, reachedOn } from './outstanding.ts';
import { outsideHours, quietReason, type Situation, type WhyNot } from './situation.ts';
import { stageLabel } from './stage.ts';

/**
 * What the commissioners are told today: who was chased, what is theirs to take up, what looks wrong and
 * is theirs to judge, what was changed after they approved it, and what they have to mend in their own lists. One card a person a day: who is
 * chased today for a district of their own is told on the next.
 */
export function decideAlerts(now: Situation, chased: readonly Message[]): Message[] {
  if (quietForCommissioners(now)) return [];
  const returns = uniqueKeys(
    chased.filter(({ kind }) => kind === 'chase').flatMap((message) => message.returns),
  );
  const newsOf = newsFor(now, returns);
  return commissioners(now.people)
    .filter(({ id }) => !chased.some(({ person }) => person?.id === id))
    .flatMap((person) => alertTo(person, newsOf(person), now) ?? []);
}

/** What is left of an alert that waits, where its commissioner may be told it now. */
export const decideAlertAgain = (
  person: Person,
  returns: readonly ReturnKey[],
  now: Situation,
): Message | undefined => alertTo(person, newsFor(now, stillChased(returns, now))(person), now);

/**
 * What was decided together with an alert is not chased where it was filed, promised or the like before
 * its own message went out; the log has what was sent, and may be as old as the look.
 */
function stillChased(returns: readonly ReturnKey[], now: Situation): ReturnKey[] {
  const today = londonDay(now.at);
  const chased = new Set<string>();
  for (const { about, kind, at } of now.log) {
    if (kind === 'chase' && londonDay(at) === today) chased.add(about);
  }
  const others = returns.filter((key) => !chased.has(returnId(key)));
  if (others.length === 0) return [...returns];
  const asked = askedAbout(others, now);
  return returns.filter((key) => chased.has(returnId(key)) || asked.has(returnId(key)));
}

/** Which of some returns somebody may be chased for now. */
function askedAbout(returns: readonly ReturnKey[], now: Situation): ReadonlySet<string> {
  if (now.contradictions.length > 0) return new Set();
  const ids = new Set(returns.map(returnId));
  const statuses = now.statuses.filter((status) => ids.has(returnId(status)));
  const { items } = outstandingItems({ ...now, statuses, findings: [] });
  return new Set(items.filter(({ muted }) => !muted).map(({ about }) => about));
}

/** What is to be told to a commissioner who has not been told today. */
type News = {
  returns: readonly ReturnKey[];
  findings: readonly string[];
  late: readonly Late[];
  voided: readonly Voided[];
};

/** A return that is for the commissioners to take up, and since when. */
type Late = { about: string; since: Date };

function newsFor(now: Situation, returns: readonly ReturnKey[]): (person: Person) => News {
  const late = escalated(now);
  const { voided } = now;
  const findings = now.findings
    .filter((record) => isToDecide(record) || record.status === 'open')
    .filter(({ finding }) => openTerm(finding, now) || finding.term === 0);
  const history = historyOf(now.log, now.at);
  const usually = newsSince(now);
  return ({ id }) => {
    const since = history.lastToldAs('alert', id) ?? usually;
    const isNews = (r: FindingRecord) => isToDecide(r) || r.raisedAt >= since;
    return {
      returns,
      findings: findings.filter(isNews).map(({ finding }) => finding.id),
      late,
      voided,
    };
  };
}

function alertTo(
  person: Person,
  { returns, findings, late, voided }: News,
  now: Situation,
): Message | undefined {
  const history = historyOf(now.log, now.at);
  if (person.id === '' || history.wasWrittenToToday(person.id)) return undefined;
  const toTakeUp = notToldOf(late, person.id, history, now);
  const logs = [...toTakeUp, ...voidingsNotTold(voided, person.id, history)];
  if (findings.length + returns.length + now.concerns.length + logs.length === 0) return undefined;
  return {
    id: messageId('alert', person.id, londonDay(now.at)),
    kind: 'alert',
    person,
    ...(toTakeUp.length > 0 ? { stage: stageLabel(now.policy.commissionerStage) } : {}),
    returns: [...returns],
    findings: [...findings],
    logs,
  };
}

/** The returns that a commissioner has not been told of as theirs to take up. */
function notToldOf(
  late: readonly Late[],
  person: string,
  history: History,
  { policy }: Situation,
): ChasedFor[] {
  const days = policy.commissionerStage;
  const stage = stageLabel(days);
  return late
    .filter(({ about, since }) => !history.wasToldAs('alert', person, about, since))
    .map(({ about }) => ({ about, stage, because: `${days} working days late or more` }));
}

/** What voided an approval is told to each commissioner once, however often the return is edited again. */
function voidingsNotTold(voided: readonly Voided[], person: string, history: History): ChasedFor[] {
  return voided
    .filter((one) => !history.wasToldAs('alert', person, voidingId(one), one.approval.at))
    .map((one) => ({
      about: voidingId(one),
      stage: 'change after approval',
      because: voidingInFull(one),
    }));
}

/** The returns that are for the commissioners to take up. */
function escalated(now: Situation): Late[] {
  if (now.contradictions.length > 0) return [];
  return lateReturns(now).flatMap((status) => {
    const on = reachedOn(status, now.policy.commissionerStage, now);
    return on ? [{ about: returnId(status), since: startOfDay(on) }] : [];
  });
}

/**
 * Once the terms list has run out, contradicts itself or has a row that cannot be used, no day may be a
 * working day; that must be told all the same.
 */
export function quietForCommissioners(now: Situation): WhyNot | undefined {
  const { at, calendar } = now;
  const today = londonDay(at);
  const isSound = now.contradictions.length === 0;
  if (isSound && calendar.terms.some((term) => term.ends >= today)) return quietReason(now);
  const isWorkday = weekday(today) <= 5 && !calendar.bankHolidays.has(today);
  if (!isWorkday) return 'not a working day';
  return outsideHours(now);
}

/**
 * To whom nobody has written yet, what was raised today is news, and since people could last be told:
 * what comes up in the evening is told in the morning.
 */
function newsSince({ at, calendar, policy }: Situation): Date {
  const today = londonDay(at);
  const before = addWorkingDays(today, -1, calendar);
  return before ? londonInstant(before, policy.quietFrom) : startOfDay(today);
}
