/** What happens in the simulated year besides the looks: through the product where it has a say. */
import type { Person } from '../../../bot/access/people.ts';
import { districtSubject, type Arrangement } from '../../../bot/chase/arrangement.ts';
import * as arranging from '../../../bot/chase/arranging.ts';
import { accept, explain, sendBack, type Answered } from '../../../bot/findings/answering.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import { addDays } from '../../../bot/calendar/london.ts';
import type { Oracle } from './oracle.ts';
import { REPLACEMENTS } from './people-of-the-year.ts';
import type { Deed } from './plan.ts';
import { isQuery, type TrueQuery, type TrueReturn } from './truth.ts';
import { dayOf, leadsIn, situationIn, type World } from './world.ts';

/** The year in which something happens, and who watches. */
export type Scene = { world: World; oracle: Oracle };

/** Does it, where it can be done at that moment. False where it cannot. */
export function happen(scene: Scene, deed: Exclude<Deed, { what: 'chase now' }>): boolean {
  const doing = DOING[deed.what] as (scene: Scene, deed: Deed) => boolean;
  const isDone = doing(scene, deed);
  if (isDone) {
    scene.world.version += 1;
    scene.oracle.count(deed.what);
  }
  return isDone;
}

const LEAD = { id: 'lead', name: 'the lead' };
const COLIN = { id: 'colin', name: 'Colin Marsh' };

type Doing = {
  [What in Exclude<Deed['what'], 'chase now'>]: (
    scene: Scene,
    deed: Extract<Deed, { what: What }>,
  ) => boolean;
};

const DOING: Doing = {
  file: ({ world }, { of, held }) => file(returnIn(world, of), held),
  'file in Teams': (scene, { of }) => {
    const one = returnIn(scene.world, of);
    if (one.held === 'all' || !canBeAsked(scene)) return false;
    one.isSaving = true;
    return true;
  },
  save: ({ world }, { of }) => {
    const one = returnIn(world, of);
    return one.isSaving && !world.truth.unread.has(one.key.form) && file(one, 'all');
  },
  spoil: ({ world }, { of }) => {
    const one = returnIn(world, of);
    if (one.held !== 'all') return false;
    one.held = 'part';
    return true;
  },
  raise: ({ world }, { of }) => {
    queryIn(world, of).isInList = true;
    return true;
  },
  correct: ({ world }, { of }) => {
    queryIn(world, of).isInList = false;
    return true;
  },
  explain: ({ world }, { of }) =>
    answer(world, queryIn(world, of), 'explained', (record, at) =>
      explain(record, 'two schools of the next district came', LEAD, at),
    ),
  judge: ({ world }, { of, isAccepted }) =>
    answer(world, queryIn(world, of), isAccepted ? 'accepted' : 'sent back', (record, at) =>
      isAccepted
        ? accept(record, COLIN, at)
        : sendBack(record, 'which schools were they?', COLIN, at),
    ),
  promise: (scene, { of, days }) =>
    arrange(scene, of, ({ lead }) =>
      arranging.makePromise(lead, addDays(dayOf(scene.world), days)),
    ),
  undo: (scene, { of }) => arrange(scene, of, ({ lead }) => arranging.undoPromise(lead)),
  'hand over': (scene, { of }) =>
    arrange(scene, of, ({ lead, leads }) =>
      arranging.handOver(lead, scene.world.chance.oneOf(leads).id),
    ),
  'take back': (scene, { of }) => arrange(scene, of, ({ lead }) => arranging.takeBack(lead)),
  withdraw: (scene, { of }) =>
    arrange(scene, of, ({ commissioner }) =>
      arranging.withdraw(commissioner, 'the post is vacant this term'),
    ),
  'ask again': (scene, { of }) =>
    arrange(scene, of, ({ commissioner }) => arranging.askAgain(commissioner)),
  escalate: (scene, { of }) =>
    arrange(scene, of, ({ commissioner }) => arranging.escalate(commissioner)),
  pause: (scene, { district, days }) =>
    arrangeDistrict(scene, district, (asking) =>
      arranging.pause(asking, addDays(dayOf(scene.world), days)),
    ),
  resume: (scene, { district }) => arrangeDistrict(scene, district, arranging.resume),
  leave: ({ world: { truth } }, { person }) => {
    truth.people = truth.people.filter(({ id }) => id !== person);
    return true;
  },
  replace: ({ world: { truth } }, { person }) => {
    const successor = REPLACEMENTS[person];
    if (!successor) return false;
    truth.people = [...truth.people, successor];
    return true;
  },
  block: ({ world: { truth } }, { person }) => {
    truth.unreachable.set(person, 'blocked');
    return true;
  },
  unblock: ({ world: { truth } }, { person }) => truth.unreachable.delete(person),
  install: ({ world: { truth } }, { person }) => truth.unreachable.delete(person),
  'hide list': ({ world: { truth } }, { form }) => {
    truth.unread.add(form);
    return true;
  },
  'show list': ({ world: { truth } }, { form }) => truth.unread.delete(form),
  'move due day': ({ world: { truth } }, { term, due }) => {
    truth.moved = new Map([...truth.moved, [term, due]]);
    return true;
  },
  fail: ({ world }, { part }) => {
    world.fails.add(part);
    world.truth.areTermsSound = !world.fails.has('the terms');
    return true;
  },
  recover: ({ world }, { part }) => {
    world.fails.delete(part);
    world.truth.areTermsSound = !world.fails.has('the terms');
    return true;
  },
};

function returnIn({ truth }: World, id: string): TrueReturn {
  const about = truth.byAbout.get(id);
  if (!about || isQuery(about)) throw new Error(`There is no return ${id}.`);
  return about;
}

function queryIn({ truth }: World, id: string): TrueQuery {
  const about = truth.byAbout.get(id);
  if (!about || !isQuery(about)) throw new Error(`There is no query ${id}.`);
  return about;
}

function file(one: TrueReturn, held: 'part' | 'all'): boolean {
  if (one.held === 'all' || (held === 'part' && one.held === 'part')) return false;
  one.held = held;
  if (held === 'all') one.isSaving = false;
  return true;
}

/** Whether the bot answers: it runs, and can read its lists. */
const canBeAsked = ({ world: { fails } }: Scene): boolean =>
  !fails.has('the lists') && !fails.has('the service');

function answer(
  world: World,
  query: TrueQuery,
  as: TrueQuery['answer'],
  answering: (record: FindingRecord, at: Date) => Answered,
): boolean {
  const record = world.memory.register.get(query.id);
  if (!record || !query.isRaised) return false;
  const answered = answering(record, new Date(world.at));
  if (!answered.ok) return false;
  world.memory.register.set(query.id, answered.record);
  query.answer = as;
  if (as === 'sent back') query.askedOn = dayOf(world);
  return true;
}

type Asked = { lead: arranging.Asking; commissioner: arranging.Asking; leads: readonly Person[] };

/** Through the product's own rules, as a press in Teams does it; the truth learns what came of it. */
function arrange(scene: Scene, of: string, ask: (asked: Asked) => arranging.Arranging): boolean {
  const { world } = scene;
  const { truth, memory, chance } = world;
  const one = returnIn(world, of);
  const leads = leadsIn(truth, one.key.district);
  const commissioner = commissionerIn(world);
  if (!canBeAsked(scene) || leads.length === 0) return false;
  const made = memory.arrangements.get(one.id) ?? [];
  const asking = { key: one.key, now: situationIn(world), made };
  const lead = { ...asking, who: chance.oneOf(leads) };
  const arranged = ask({ lead, commissioner: { ...asking, who: commissioner }, leads });
  if (!arranged.ok) return false;
  memory.arrangements.set(one.id, [...made, arranged.made]);
  learn(scene, one, arranged.made);
  return true;
}

/** Who presses what only commissioners may. */
export function commissionerIn({ truth }: World): Person {
  const colin = truth.people.find(({ id }) => id === 'colin');
  if (!colin) throw new Error('There is no commissioner.');
  return colin;
}

function learn({ world, oracle }: Scene, one: TrueReturn, made: Arrangement): void {
  if (made.what === 'promised') {
    one.promise = { by: made.by, until: made.until };
    oracle.promised(one, made.by, made.until, world.at);
  }
  if (made.what === 'promise undone') {
    one.promise = undefined;
    oracle.undone(one);
  }
  if (made.what === 'handed over') {
    const key = `${made.to}|${dayOf(world)}`;
    const since = one.handed.get(key) ?? world.at;
    one.handed.set(key, since);
    one.holder = { id: made.to, since };
  }
  if (made.what === 'taken back') one.holder = undefined;
  if (made.what === 'withdrawn') one.isWithdrawn = true;
  if (made.what === 'asked for again') one.isWithdrawn = false;
  if (made.what === 'escalated') one.escalatedAt = world.at;
}

function arrangeDistrict(
  scene: Scene,
  district: string,
  ask: (asking: arranging.AskingDistrict) => arranging.Arranging,
): boolean {
  const { world } = scene;
  const { truth, memory } = world;
  if (!canBeAsked(scene)) return false;
  const made = memory.arrangements.get(districtSubject(district)) ?? [];
  const arranged = ask({ district, who: commissionerIn(world), now: situationIn(world), made });
  if (!arranged.ok) return false;
  memory.arrangements.set(districtSubject(district), [...made, arranged.made]);
  if (arranged.made.what === 'paused') truth.pauses.set(district, arranged.made.until);
  else truth.pauses.delete(district);
  return true;
}
