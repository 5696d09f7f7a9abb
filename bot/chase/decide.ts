import { leads, managersOf, type Person } from '../access/people.ts';
import { londonDay, startOfDay } from '../calendar/london.ts';
import { returnId, type ReturnKey } from '../returns/return.ts';
import { standingFor } from './arrangement.ts';
import { historyOf, type History } from './history.ts';
import type { Message } from './message.ts';
import { messageId } from './message-id.ts';
import {
  inDistricts,
  isAskedOf,
  outstandingItems,
  reachedOn,
  type Item,
  type Outstanding,
} from './outstanding.ts';
import {
  quietReason,
  type Decision,
  type NotSent,
  type Situation,
  type WhyNot,
} from './situation.ts';
import { stageLabel, stageOf } from './stage.ts';

/**
 * Decides who is written to now: one message a person, covering everything outstanding, with the reason
 * for each thing that is asked and for each that is not. Pure: the same situation gives the same decision.
 */
export function decideChases(now: Situation): Decision {
  const outstanding = outstandingItems(now);
  if (now.contradictions.length > 0) return nobodyIsChased(outstanding);
  const scene: Scene = { now, history: historyOf(now.log, now.at), quiet: quietReason(now) };
  const decisions = leads(now.people).map((lead) => decideForLead(lead, outstanding.items, scene));
  const messages = decisions.flatMap((d) => d.messages);
  return {
    messages: [...messages, ...decideManagers(outstanding.items, messages, scene)],
    notSent: [
      ...decisions.flatMap((d) => d.notSent),
      ...withoutLead(outstanding.items, now),
      ...outstanding.notAsked,
    ],
  };
}

/** What every decision of one moment is made from. */
type Scene = { now: Situation; history: History; quiet: WhyNot | undefined };

const nobodyIsChased = ({ items, notAsked }: Outstanding): Decision => ({
  messages: [],
  notSent: [
    ...items.map((item) => notSent('', item, 'the terms contradict each other')),
    ...notAsked,
  ],
});

const notSent = (person: string, { about, district }: Item, why: WhyNot, detail = ''): NotSent => ({
  person,
  district,
  about,
  why,
  detail,
});

function withoutLead(items: readonly Item[], { people }: Situation): NotSent[] {
  const led = new Set(leads(people).flatMap(({ districts }) => districts));
  return items
    .filter(({ district }) => !led.has(district))
    .map((item) => notSent('', item, 'nobody leads this district'));
}

/** Decides again for one lead, as it is done for all. */
export function decideForLead(
  lead: Person,
  outstanding: readonly Item[],
  { now, history, quiet }: Scene,
): Decision {
  const all = inDistricts(lead.districts, outstanding);
  const items = all.filter((item) => isAskedOf(lead, item));
  const held = all
    .filter((item) => !isAskedOf(lead, item))
    .map((item) => heldBack(lead, item, now));
  const why = whyNotNow(lead, items, { now, history, quiet });
  if (why) {
    const rest = items.map((item) => notSent(lead.name, item, why));
    return { messages: [], notSent: [...held, ...rest] };
  }
  return { messages: [chaseMessage(lead, items, now)], notSent: held };
}

function heldBack({ id, name }: Person, item: Item, now: Situation): NotSent {
  const { holder, muted } = item;
  return muted && (holder === undefined || holder === id)
    ? notSent(name, item, muted.why, muted.detail)
    : notSent(name, item, 'handed over', whoHas(item, now));
}

const whoHas = ({ holder }: Item, { people }: Situation): string =>
  `to ${people.find(({ id }) => id === holder)?.name ?? 'a colleague'}`;

function whyNotNow(
  lead: Person,
  items: readonly Item[],
  { history, quiet }: Scene,
): WhyNot | undefined {
  if (items.every((item) => wasAsked(lead.id, item, history))) {
    return 'this stage was sent already';
  }
  if (lead.id === '') return 'no Entra object id in the people list';
  if (quiet) return quiet;
  return history.wasWrittenToToday(lead.id) ? 'already written to today' : undefined;
}

/** Who was asked since the stage was reached, for whichever reason, was asked at that stage. */
function wasAsked(person: string, { about, stage, on, since }: Item, history: History): boolean {
  const reached = startOfDay(on);
  return (
    history.wasSent(person, about, stage, reached) ||
    history.wasToldAs('chase', person, about, since ?? reached)
  );
}

/** A message that covers all of a lead's outstanding items. */
export function chaseMessage(
  lead: Person,
  items: readonly Item[],
  { at }: Pick<Situation, 'at'>,
): Message {
  return {
    id: messageId('chase', lead.id, londonDay(at)),
    kind: 'chase',
    person: lead,
    ...oneDistrict(items.map((item) => item.district)),
    stage: highest(items.map((item) => item.stage)),
    returns: items.flatMap((item) => (item.key ? [item.key] : [])),
    findings: items.flatMap((item) => (item.finding ? [item.finding] : [])),
    logs: items.map(({ about, stage, because }) => ({ about, stage, because })),
  };
}

/** The district of a message, where it is about one only. */
function oneDistrict(districts: readonly string[]): { district?: string } {
  const [first, ...others] = new Set(districts);
  return first && others.length === 0 ? { district: first } : {};
}

/** The most advanced stage of several; returns count before queries. */
function highest(stages: readonly string[]): string {
  const rank = (stage: string) => (stage.startsWith('query') ? -100 : 0) + stageOf(stage);
  return [...stages].sort((a, b) => rank(b) - rank(a))[0] ?? '';
}

/** One card a manager a day about the late returns of all their leads. */
export function decideManagers(
  outstanding: readonly Item[],
  chased: readonly Message[],
  scene: Scene,
): Message[] {
  const { now, quiet } = scene;
  if (quiet) return [];
  const late = outstanding.filter((item) => item.key && !item.muted && isForManager(item, now));
  if (late.length === 0) return [];
  const pairs = leads(now.people).flatMap((lead) => {
    const managers = managersOf(now.people, lead).filter(({ id }) => id !== '');
    return managers.map((manager) => ({ manager, items: inDistricts(lead.districts, late) }));
  });
  return [...Map.groupBy(pairs, ({ manager }) => manager.id).values()].flatMap((group) => {
    const [first] = group;
    const isWrittenTo = chased.some(({ person }) => person?.id === first?.manager.id);
    if (!first || isWrittenTo) return [];
    const items = [...new Set(group.flatMap((pair) => pair.items))];
    return managerMessage(first.manager, items, scene);
  });
}

/** From the manager's stage on, or once a commissioner has said so. */
const isForManager = ({ stage, key }: Item, now: Situation): boolean =>
  stageOf(stage) >= now.policy.managerStage ||
  (key !== undefined && standingFor(key, now).escalated !== undefined);

function managerMessage(
  manager: Person,
  items: readonly Item[],
  { now, history }: Scene,
): Message[] {
  const stage = stageLabel(now.policy.managerStage);
  const isTold = items.every((item) => wasTold(manager.id, item, { now, history }));
  if (isTold || history.wasWrittenToToday(manager.id)) return [];
  const returns = uniqueKeys(items.flatMap((item) => (item.key ? [item.key] : [])));
  return [
    {
      id: messageId('manager', manager.id, londonDay(now.at)),
      kind: 'manager',
      person: manager,
      ...oneDistrict(returns.map((key) => key.district)),
      stage,
      returns,
      findings: [],
      logs: items.map((item) => ({ about: item.about, stage, because: whyManager(item, now) })),
    },
  ];
}

/** As a manager since they are to be told; or in any role since the stage: who leads there was asked then. */
function wasTold(
  person: string,
  { about, key }: Item,
  { now, history }: Pick<Scene, 'now' | 'history'>,
): boolean {
  const reached = key && reachedOn(key, now.policy.managerStage, now);
  const late = reached === undefined ? undefined : startOfDay(reached);
  const escalated = key && standingFor(key, now).escalated?.at;
  return (
    (late !== undefined && history.wasToldSince(person, about, late)) ||
    (escalated !== undefined && history.wasToldAs('manager', person, about, escalated))
  );
}

function whyManager({ key, because }: Item, now: Situation): string {
  const escalated = key && standingFor(key, now).escalated;
  return escalated ? `${because}; ${escalated.name} asks that you are told` : because;
}

export const uniqueKeys = (keys: readonly ReturnKey[]): ReturnKey[] => [
  ...new Map(keys.map((key) => [returnId(key), key])).values(),
];
