import { commissioners, leads, managerOf, type Person } from '../access/people.ts';
import { londonDay, londonInstant, londonTime, shortDay, type Day } from '../calendar/london.ts';
import { findTerm, type Term } from '../calendar/terms.ts';
import { addWorkingDays, isWorkingDay, type Calendar } from '../calendar/working-days.ts';
import { needsAnswer, type FindingRecord } from '../findings/register.ts';
import { keyOf, returnId, type Return, type ReturnKey } from '../returns/return.ts';
import { isFiled, type ReturnState } from '../returns/state.ts';
import type { ChasePolicy } from './policy.ts';
import { latestStage, stageLabel } from './stage.ts';

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
};

export type Decision = { messages: Message[]; notSent: NotSent[] };

export type Item = {
  about: string;
  district: string;
  stage: string;
  key?: ReturnKey;
  finding?: string;
};

/** Whether people may be written to now. Undefined means yes. */
export function quietReason({ at, calendar, policy }: Situation): string | undefined {
  if (!isWorkingDay(londonDay(at), calendar)) return 'not a working day';
  const time = londonTime(at);
  return time < policy.quietUntil || time >= policy.quietFrom ? 'outside hours' : undefined;
}

/** Decides who is written to now: one message a person, covering everything outstanding. */
export function decideChases(now: Situation): Decision {
  const outstanding = outstandingItems(now);
  const decisions = leads(now.people).map((lead) =>
    decideFor(lead, inDistricts(lead.districts, outstanding), now),
  );
  const managers = decisions.flatMap(({ messages }) =>
    messages.flatMap((message) => managerCopy(message, now)),
  );
  return {
    messages: [...decisions.flatMap((d) => d.messages), ...onePerPerson(managers, now)],
    notSent: decisions.flatMap((d) => d.notSent),
  };
}

/** Everything that districts are asked for now, whatever was already said: what a card shows. */
export const outstandingIn = (districts: readonly string[], now: Situation): Item[] =>
  inDistricts(districts, outstandingItems(now));

const inDistricts = (districts: readonly string[], items: readonly Item[]): Item[] =>
  items.filter((item) => districts.includes(item.district));

function outstandingItems(now: Situation): Item[] {
  const missing = now.statuses
    .filter((status) => !isFiled(status.state))
    .flatMap((status) => returnItem(status, now));
  const about = new Set(missing.map((item) => item.about));
  const queries = now.findings
    .filter((record) => needsAnswer(record) && record.finding.severity === 'query')
    .filter(({ finding }) => !about.has(returnId(finding)))
    .flatMap((record) => queryItem(record, now));
  return [...missing, ...queries];
}

function returnItem(status: ReturnStatus, now: Situation): Item[] {
  const term = openTerm(status, now);
  if (!term) return [];
  const { policy, calendar } = now;
  const stage = latestStage(term.due, londonDay(now.at), policy.returnStages, calendar);
  if (stage === undefined) return [];
  const about = returnId(status);
  return [{ about, district: status.district, stage: stageLabel(stage), key: keyOf(status) }];
}

function queryItem({ finding, raisedAt }: FindingRecord, now: Situation): Item[] {
  if (!openTerm(finding, now)) return [];
  const { policy, calendar } = now;
  const raised = londonDay(raisedAt);
  const stage = latestStage(raised, londonDay(now.at), policy.queryStages, calendar);
  if (stage === undefined) return [];
  return [
    {
      about: finding.id,
      district: finding.district,
      stage: `query ${stageLabel(stage)}`,
      finding: finding.id,
    },
  ];
}

/** The term of a return, while it may still be changed. */
function openTerm(key: { year: string; term: number }, now: Situation): Term | undefined {
  const term = findTerm(now.calendar.terms, key);
  return term && londonDay(now.at) <= term.locks ? term : undefined;
}

function decideFor(lead: Person, all: readonly Item[], now: Situation): Decision {
  const held = (items: readonly Item[], reason: string): NotSent[] =>
    items.map(({ about, district }) => ({ person: lead.name, district, about, reason }));
  const pauseOf = (item: Item) => pauseFor(item.district, now);
  const paused = all.filter((item) => pauseOf(item));
  const pausedSent = paused.flatMap((item) => held([item], pauseReason(pauseOf(item))));
  const items = all.filter((item) => !pauseOf(item));
  const hold = (reason: string): Decision => ({
    messages: [],
    notSent: [...pausedSent, ...held(items, reason)],
  });
  if (items.every((item) => wasSent(lead.id, item, now.log)))
    return hold('this stage was sent already');
  const quiet = quietReason(now);
  if (quiet) return hold(quiet);
  if (wasWrittenToToday(lead.id, now)) return hold('already written to today');
  return { messages: [chaseMessage(lead, items, now)], notSent: pausedSent };
}

/** The pause that a district is under, if any. */
export const pauseFor = (
  district: string,
  { at, pauses }: Pick<Situation, 'at' | 'pauses'>,
): Pause | undefined => pauses.find((p) => p.district === district && londonDay(at) <= p.until);

const pauseReason = (pause: Pause | undefined): string =>
  pause ? `paused until ${shortDay(pause.until)} by ${pause.by}` : 'paused';

/** A message that covers all of a lead's outstanding items. */
export function chaseMessage(
  lead: Person,
  items: readonly Item[],
  now: Pick<Situation, 'at'>,
): Message {
  const stages = items.map((item) => item.stage);
  return {
    id: `chase|${lead.id}|${londonDay(now.at)}`,
    kind: 'chase',
    person: lead,
    ...oneDistrict(items.map((item) => item.district)),
    stage: highest(stages),
    returns: items.flatMap((item) => (item.key ? [item.key] : [])),
    findings: items.flatMap((item) => (item.finding ? [item.finding] : [])),
    logs: items.map(({ about, stage }) => ({ about, stage })),
  };
}

/** The district of a message, where it is about one only. */
function oneDistrict(districts: readonly string[]): { district?: string } {
  const [first, ...others] = new Set(districts);
  return first && others.length === 0 ? { district: first } : {};
}

/** The most advanced stage of several; returns count before queries. */
function highest(stages: readonly string[]): string {
  const rank = (stage: string) =>
    (stage.startsWith('query') ? -100 : 0) + Number.parseInt(stage.replace('query ', ''), 10);
  return [...stages].sort((a, b) => rank(b) - rank(a))[0] ?? '';
}

const wasSent = (person: string, item: Item, log: readonly ChaseEntry[]): boolean =>
  log.some(
    (e) =>
      e.person === person &&
      e.about === item.about &&
      e.stage === item.stage &&
      e.outcome === 'sent',
  );

export const wasWrittenToToday = (
  person: string,
  { at, log }: Pick<Situation, 'at' | 'log'>,
): boolean =>
  log.some((e) => e.person === person && e.outcome === 'sent' && londonDay(e.at) === londonDay(at));

function managerCopy(message: Message, now: Situation): Message[] {
  const late = message.logs.filter((l) => Number.parseInt(l.stage, 10) >= now.policy.managerStage);
  const manager = message.person && managerOf(now.people, message.person);
  if (!manager || late.length === 0) return [];
  const about = new Set(late.map((l) => l.about));
  const stage = stageLabel(now.policy.managerStage);
  return [
    {
      ...message,
      person: manager,
      stage,
      returns: message.returns.filter((key) => about.has(returnId(key))),
      findings: [],
      logs: late.map((l) => ({ about: l.about, stage })),
    },
  ];
}

/** One card a manager a day, though several of their leads are late. */
function onePerPerson(copies: readonly Message[], now: Situation): Message[] {
  const day = londonDay(now.at);
  return [...Map.groupBy(copies, (copy) => copy.person?.id ?? '')].flatMap(([person, group]) => {
    const [first] = group;
    const logs = uniqueLogs(group.flatMap((copy) => copy.logs)).filter(
      (l) => !wasSent(person, { ...l, district: '' }, now.log),
    );
    if (!first || logs.length === 0 || wasWrittenToToday(person, now)) return [];
    const { district: _district, ...rest } = first;
    const returns = uniqueKeys(group.flatMap((copy) => copy.returns));
    const district = oneDistrict(returns.map((key) => key.district));
    return [{ ...rest, ...district, id: `manager|${person}|${day}`, returns, logs }];
  });
}

const uniqueLogs = (logs: Message['logs']): Message['logs'] => [
  ...new Map(logs.map((l) => [`${l.about}|${l.stage}`, l])).values(),
];

/** What the commissioners are told today: who was chased, and what looks wrong and is theirs to judge. */
export function decideAlerts(now: Situation, chased: readonly Message[]): Message[] {
  if (quietReason(now)) return [];
  const day = londonDay(now.at);
  const findings = now.findings
    .filter(({ finding }) => openTerm(finding, now) || finding.term === 0)
    .filter((r) => r.status === 'explained' || (r.status === 'open' && isNews(r.raisedAt, now)));
  const returns = chased
    .filter((m) => m.person?.role === 'District lead')
    .flatMap((m) => m.returns);
  if (findings.length === 0 && returns.length === 0) return [];
  const escalated = returns.some((key) => isEscalated(key, now));
  return commissioners(now.people).map((person) => ({
    id: `alert|${person.id}|${day}`,
    kind: 'alert',
    person,
    ...(escalated ? { stage: stageLabel(now.policy.commissionerStage) } : {}),
    returns: uniqueKeys(returns),
    findings: findings.map(({ finding }) => finding.id),
    logs: [],
  }));
}

/** Whether a return is so late that it is for the commissioners to take up. */
export function isEscalated(key: ReturnKey, now: Situation): boolean {
  const term = openTerm(key, now);
  if (!term) return false;
  const { policy, calendar } = now;
  return (
    latestStage(term.due, londonDay(now.at), [policy.commissionerStage], calendar) !== undefined
  );
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
