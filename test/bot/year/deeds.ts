/** What happens in the simulated year besides the looks: through the product where it has a say. */
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import { districtSubject } from '../../../bot/chase/arrangement.ts';
import * as arranging from '../../../bot/chase/arranging.ts';
import { accept, explain, sendBack, type Answered } from '../../../bot/findings/register.ts';
import { addDays } from '../../../bot/calendar/london.ts';
import type { Oracle } from './oracle.ts';
import { wallClock } from './oracle-days.ts';
import { REPLACEMENTS } from './people-of-the-year.ts';
import type { Deed } from './plan.ts';
import { isQuery, type TrueQuery, type TrueReturn } from './truth.ts';
import { dayOf, leadsIn, situationIn, type World } from './world.ts';

/** The year in which something happens, and who watches. */
export type Scene = { world: World; oracle: Oracle };

/** Does it, where it can be done at that moment. False where it cannot. */
export function happen(scene: Scene, deed: Deed): boolean {
  const { world } = scene;
  const isDone = tryTo(scene, deed);
  if (isDone) {
    world.version += 1;
    scene.oracle.count(deed.what);
  }
  return isDone;
}

function tryTo(scene: Scene, deed: Deed): boolean {
  const { world } = scene;
  if ('of' in deed && world.truth.byAbout.has(deed.of)) return happenTo(scene, deed);
  switch (deed.what) {
    case 'pause':
    case 'resume':
      return pauseOrResume(scene, deed);
    case 'leave':
    case 'replace':
      return change(scene, deed.what, deed.person);
    case 'block':
      world.truth.unreachable.set(deed.person, 'blocked');
      return true;
    case 'unblock':
    case 'install':
      return world.truth.unreachable.delete(deed.person);
    case 'hide list':
      world.truth.unread.add(deed.form);
      return true;
    case 'show list':
      return world.truth.unread.delete(deed.form);
    case 'fail':
    case 'recover':
      return failOrRecover(scene, deed);
    default:
      return false;
  }
}

function failOrRecover(
  { world }: Scene,
  deed: Extract<Deed, { what: 'fail' | 'recover' }>,
): boolean {
  if (deed.what === 'fail') world.fails.add(deed.of);
  else world.fails.delete(deed.of);
  world.truth.areTermsSound = !world.fails.has('the terms');
  return true;
}

function change({ world: { truth } }: Scene, what: 'leave' | 'replace', person: string): boolean {
  const successor = REPLACEMENTS[person];
  truth.people =
    what === 'leave'
      ? truth.people.filter(({ id }) => id !== person)
      : [...truth.people, ...(successor ? [successor] : [])];
  return true;
}

function happenTo(scene: Scene, deed: Deed & { of: string }): boolean {
  const about = scene.world.truth.byAbout.get(deed.of);
  if (!about) return false;
  return isQuery(about) ? toQuery(scene, about, deed) : toReturn(scene, about, deed);
}

function toReturn(scene: Scene, one: TrueReturn, deed: Deed): boolean {
  switch (deed.what) {
    case 'file':
      return file(one, deed.held);
    case 'file in Teams':
      if (one.held === 'all' || !canBeAsked(scene)) return false;
      one.isSaving = true;
      return true;
    case 'save':
      return one.isSaving && !scene.world.truth.unread.has(one.key.form) && file(one, 'all');
    case 'spoil':
      if (one.held !== 'all') return false;
      one.held = 'part';
      return true;
    default:
      return arrange(scene, one, deed);
  }
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

function toQuery({ world }: Scene, query: TrueQuery, deed: Deed): boolean {
  const record = world.memory.register.get(query.id);
  const at = new Date(world.at);
  switch (deed.what) {
    case 'raise':
    case 'correct':
      query.isInList = deed.what === 'raise';
      return true;
    case 'explain':
      if (!record || !query.isRaised) return false;
      return answer(world, query, {
        answered: explain(record, 'two schools of the next district came', 'the lead', at),
        as: 'explained',
      });
    case 'judge':
      if (!record || !query.isRaised) return false;
      return answer(world, query, {
        answered: deed.isAccepted
          ? accept(record, 'colin', at)
          : sendBack(record, 'which schools were they?', 'colin', at),
        as: deed.isAccepted ? 'accepted' : 'sent back',
      });
    default:
      return false;
  }
}

function answer(
  world: World,
  query: TrueQuery,
  { answered, as }: { answered: Answered; as: TrueQuery['answer'] },
): boolean {
  if (!answered.ok) return false;
  world.memory.register.set(query.id, answered.record);
  query.answer = as;
  if (as === 'sent back') query.askedOn = dayOf(world);
  return true;
}

/** Through the product's own rules, as a press in Teams does it; the truth learns what came of it. */
function arrange(scene: Scene, one: TrueReturn, deed: Deed): boolean {
  const { world } = scene;
  const { truth, memory, chance } = world;
  const leads = leadsIn(truth, one.key.district);
  if (!canBeAsked(scene) || leads.length === 0) return false;
  const who = chance.oneOf(leads);
  const colin = truth.people.find(({ id }) => id === 'colin') ?? who;
  const made = memory.arrangements.get(one.id) ?? [];
  const asking = { key: one.key, now: situationIn(world), made };
  const arranged = ask({ ...asking, who }, { ...asking, who: colin }, deed, world);
  if (!arranged?.ok) return false;
  memory.arrangements.set(one.id, [...made, arranged.made]);
  learn(scene, one, arranged.made);
  return true;
}

function ask(
  lead: arranging.Asking,
  commissioner: arranging.Asking,
  deed: Deed,
  { truth, chance }: World,
): arranging.Arranging | undefined {
  switch (deed.what) {
    case 'promise': {
      const today = wallClock(lead.now.at.getTime()).day;
      return arranging.makePromise(lead, addDays(today, deed.days));
    }
    case 'undo':
      return arranging.undoPromise(lead);
    case 'hand over': {
      const leads = leadsIn(truth, lead.key.district);
      return arranging.handOver(lead, chance.oneOf(leads).id);
    }
    case 'take back':
      return arranging.takeBack(lead);
    case 'withdraw':
      return arranging.withdraw(commissioner, 'the post is vacant this term');
    case 'ask again':
      return arranging.askAgain(commissioner);
    case 'escalate':
      return arranging.escalate(commissioner);
    default:
      return undefined;
  }
}

function learn({ world, oracle }: Scene, one: TrueReturn, made: Arrangement): void {
  switch (made.what) {
    case 'promised':
      one.promise = { by: made.by, until: made.until };
      oracle.promised(one, made.by, made.until, world.at);
      return;
    case 'promise undone':
      one.promise = undefined;
      oracle.undone(one);
      return;
    case 'handed over': {
      const key = `${made.to}|${dayOf(world)}`;
      const since = one.handed.get(key) ?? world.at;
      one.handed.set(key, since);
      one.holder = { id: made.to, since };
      return;
    }
    case 'taken back':
      one.holder = undefined;
      return;
    case 'withdrawn':
    case 'asked for again':
      one.isWithdrawn = made.what === 'withdrawn';
      return;
    case 'escalated':
      one.isEscalated = true;
      return;
    default:
      return;
  }
}

function pauseOrResume(scene: Scene, deed: Extract<Deed, { what: 'pause' | 'resume' }>): boolean {
  const { world } = scene;
  const { truth, memory } = world;
  const who = truth.people.find(({ id }) => id === 'colin');
  if (!who || !canBeAsked(scene)) return false;
  const { district } = deed;
  const made = memory.arrangements.get(districtSubject(district)) ?? [];
  const asking = { district, who, now: situationIn(world), made };
  const arranged =
    deed.what === 'pause'
      ? arranging.pause(asking, addDays(dayOf(world), deed.days))
      : arranging.resume(asking);
  if (!arranged.ok) return false;
  memory.arrangements.set(districtSubject(district), [...made, arranged.made]);
  if (arranged.made.what === 'paused') truth.pauses.set(district, arranged.made.until);
  else truth.pauses.delete(district);
  return true;
}
