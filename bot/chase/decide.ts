import { leads, managerOf, type Person } from '../access/people.ts';
import { londonDay, shortDay } from '../calendar/london.ts';
import { uniqueKeys } from './alerts.ts';
import { inDistricts, outstandingItems, type Item } from './outstanding.ts';
import {
  pauseFor,
  quietReason,
  type ChaseEntry,
  type Decision,
  type Message,
  type NotSent,
  type Pause,
  type Situation,
} from './situation.ts';
import { stageLabel } from './stage.ts';

/** Decides who is written to now: one message a person, covering everything outstanding. */
export function decideChases(now: Situation): Decision {
  const outstanding = outstandingItems(now);
  const decisions = leads(now.people).map((lead) =>
    decideFor(lead, inDistricts(lead.districts, outstanding), now),
  );
  return {
    messages: [...decisions.flatMap((d) => d.messages), ...decideManagers(outstanding, now)],
    notSent: decisions.flatMap((d) => d.notSent),
  };
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
  if (lead.id === '') return hold('no Entra object id in the people list');
  const quiet = quietReason(now);
  if (quiet) return hold(quiet);
  if (wasWrittenToToday(lead.id, now)) return hold('already written to today');
  return { messages: [chaseMessage(lead, items, now)], notSent: pausedSent };
}

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

const wasSent = (
  person: string,
  item: Pick<Item, 'about' | 'stage'>,
  log: readonly ChaseEntry[],
): boolean =>
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

/** One card a manager a day about the late returns of all their leads, whoever was written to today. */
function decideManagers(outstanding: readonly Item[], now: Situation): Message[] {
  if (quietReason(now)) return [];
  const late = outstanding.filter(
    (item) =>
      item.key &&
      Number.parseInt(item.stage, 10) >= now.policy.managerStage &&
      !pauseFor(item.district, now),
  );
  const pairs = leads(now.people).flatMap((lead) => {
    const manager = managerOf(now.people, lead);
    return manager?.id ? [{ manager, items: inDistricts(lead.districts, late) }] : [];
  });
  return [...Map.groupBy(pairs, ({ manager }) => manager.id).values()].flatMap((group) => {
    const items = [...new Set(group.flatMap((pair) => pair.items))];
    return group[0] ? managerMessage(group[0].manager, items, now) : [];
  });
}

function managerMessage(manager: Person, items: readonly Item[], now: Situation): Message[] {
  const stage = stageLabel(now.policy.managerStage);
  const fresh = items.filter(({ about }) => !wasSent(manager.id, { about, stage }, now.log));
  if (fresh.length === 0 || wasWrittenToToday(manager.id, now)) return [];
  const returns = uniqueKeys(items.flatMap((item) => (item.key ? [item.key] : [])));
  return [
    {
      id: `manager|${manager.id}|${londonDay(now.at)}`,
      kind: 'chase',
      person: manager,
      ...oneDistrict(returns.map((key) => key.district)),
      stage,
      returns,
      findings: [],
      logs: items.map(({ about }) => ({ about, stage })),
    },
  ];
}
