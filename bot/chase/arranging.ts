import { leadsOf, managersOf, type Person } from '../access/people.ts';
import { dayFrom, daysBetween, londonDay, shortDay, shortInstant } from '../calendar/london.ts';
import type { Day } from '../calendar/london.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { saysSomething } from '../findings/answering.ts';
import { formName, returnId, sameReturn, type ReturnKey } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';
import {
  districtSubject,
  holderOf,
  pauseFor,
  promiseInWords,
  promiseKeptOpen,
  standingOf,
  type Arrangement,
  type Standing,
} from './arrangement.ts';
import type { ChaseEntry } from './history.ts';
import { openTerm, outstandingItems, type Item } from './outstanding.ts';
import type { ReturnStatus, Situation } from './situation.ts';

/**
 * What comes of asking for an arrangement: what is to be appended, or why not and what to do instead.
 * `isSo`: what was asked for stands already, as when somebody presses twice.
 */
export type Arranging =
  { ok: true; made: Arrangement } | { ok: false; reason: string; isSo?: boolean };

/** Who asks for something about a return, and what was arranged about it so far, oldest first. */
export type Asking = {
  key: ReturnKey;
  /** As the people list has them, already allowed to ask for it on this district. */
  who: Person;
  now: Situation;
  made: readonly Arrangement[];
};

/** A promise is for at most so many working days ahead. */
export const LONGEST_PROMISE = 5;
const LONGEST_NOTE = 500;
const LONGEST_PAUSE_DAYS = 60;

const no = (reason: string): Arranging => ({ ok: false, reason });
const already = (reason: string): Arranging => ({ ok: false, reason, isSo: true });

type What = Arrangement extends infer One
  ? One extends Arrangement
    ? Omit<One, 'at' | 'by' | 'name'>
    : never
  : never;

const yes = ({ who, now }: Pick<Asking, 'who' | 'now'>, what: What): Arranging => ({
  ok: true,
  made: { ...what, at: now.at, by: who.id, name: who.name },
});

const statusOf = (key: ReturnKey, { statuses }: Situation): ReturnStatus | undefined =>
  statuses.find((one) => one.district === key.district && sameReturn(one, key));

/** Why nothing can be arranged about a return any more, or yet. Undefined: it is owed and not filed. */
function whyNotOwed({ key, now }: Pick<Asking, 'key' | 'now'>): string | undefined {
  if (now.unread.has(key.form)) {
    return 'The list of these returns cannot be read at the moment. Please try again in some minutes.';
  }
  const status = statusOf(key, now);
  if (!status) return 'This return is not due, so there is nothing to arrange.';
  if (isFiled(status.state)) return 'It has come in, so there is nothing left to arrange.';
  if (now.saving.has(returnId(key))) return 'It is received and being saved: nothing more to do.';
  if (!openTerm(key, now)) {
    return 'Its term is locked, so it can come in no more. Please write to the commissioners.';
  }
  return undefined;
}

/** The same, and somebody in particular may arrange it: whoever has it in hand, if anybody has. */
function whyNotTheirs({ key, who, now, made }: Asking): string | undefined {
  const owed = whyNotOwed({ key, now });
  if (owed) return owed;
  const standing = standingOf(made);
  if (standing.withdrawn) return 'It is not asked for this term, so there is nothing to arrange.';
  const holder = holderOf(key, standing, now.people);
  return holder && holder.id !== who.id
    ? `${holder.name} has it in hand. Take it back first, or leave it to them.`
    : undefined;
}

/**
 * The last day that may be promised for a return. Undefined where the terms list does not reach so far
 * or contradicts itself, or the return's term is locked.
 */
export function lastPromiseDay(key: ReturnKey, now: Situation): Day | undefined {
  if (now.contradictions.length > 0) return undefined;
  const term = openTerm(key, now);
  const last = addWorkingDays(londonDay(now.at), LONGEST_PROMISE, now.calendar);
  return term && last && (last < term.locks ? last : term.locks);
}

/** *I'll file by* the end of a day: once for a return, and soon. Nobody is chased for it until then. */
export function makePromise(asking: Asking, until: string): Arranging {
  const { key, who, now, made } = asking;
  const why = whyNotTheirs(asking);
  if (why) return no(why);
  const given = standingOf(made);
  if (given.promise?.until === until && given.promise.by === who.id) {
    return already(`It is noted: by ${shortDay(until)}.`);
  }
  if (given.promises > 0) return no(givenOnce(given));
  const last = lastPromiseDay(key, now);
  if (!last) {
    return no(
      'Working days cannot be counted: the terms list ends too soon, or contradicts itself. Please ask a commissioner to put it right.',
    );
  }
  const today = londonDay(now.at);
  return dayFrom(until) === until && until >= today && until <= last
    ? yes(asking, { what: 'promised', until })
    : no(`Please choose a day from today to ${shortDay(last)}.`);
}

const givenOnce = ({ promise }: Standing): string =>
  `${promise ? `${promiseInWords(promise)}. ` : ''}A day can be promised once for a return. If it will be later, please write to the commissioners.`;

/** A slip, taken back on the day it was made by whoever made it, and once. */
export function undoPromise(asking: Asking): Arranging {
  const { key, who, now, made } = asking;
  const { promise, undone } = standingOf(made);
  if (!promise) return no('No day is promised for this return.');
  const owed = whyNotOwed({ key, now });
  if (owed) return no(owed);
  if (promise.by !== who.id) return no(`${promise.name} promised it, and can undo it.`);
  if (undone) return no('This was undone once already, so the day stands.');
  return londonDay(promise.at) === londonDay(now.at)
    ? yes(asking, { what: 'promise undone' })
    : no('A promise can be undone on its own day only. Please write to the commissioners.');
}

/** The other leads of a return's district whom it can be handed over to. */
export const colleaguesFor = (
  { district }: Pick<ReturnKey, 'district'>,
  { id }: Person,
  { people }: Pick<Situation, 'people'>,
): Person[] => leadsOf(people, district).filter((lead) => lead.id !== '' && lead.id !== id);

/** *A colleague will do it*: the lead with this Entra object id is asked from now on, and nobody else. */
export function handOver(asking: Asking, to: string): Arranging {
  const { key, who, now, made } = asking;
  const holder = holderOf(key, standingOf(made), now.people);
  if (holder && holder.id === to) return already(`${holder.name} has it in hand.`);
  const why = whyNotTheirs(asking);
  if (why) return no(why);
  const colleague = colleaguesFor(key, who, now).find(({ id }) => id === to);
  return colleague
    ? yes(asking, { what: 'handed over', to: colleague.id, toName: colleague.name })
    : no(
        `It can be handed to another lead of ${key.district} only. If somebody is missing here, please ask a commissioner to add them to the people list.`,
      );
}

/** Ends a hand-over: every lead of the district is asked again. */
export function takeBack(asking: Asking): Arranging {
  const { key, now, made } = asking;
  if (!holderOf(key, standingOf(made), now.people)) {
    return already('It is with every lead of the district.');
  }
  const owed = whyNotOwed({ key, now });
  return owed ? no(owed) : yes(asking, { what: 'taken back' });
}

function itemOf(key: ReturnKey, now: Situation): Item | undefined {
  const status = statusOf(key, now);
  return outstandingItems({ ...now, statuses: status ? [status] : [], findings: [] }).items[0];
}

/** Who said that they have seen it since the stage that it has reached, each once, oldest first. */
export function seenBy(
  key: ReturnKey,
  made: readonly Arrangement[],
  now: Situation,
): Extract<Arrangement, { what: 'seen' }>[] {
  const stage = itemOf(key, now)?.stage;
  const seen = made.flatMap((one) => (one.what === 'seen' && one.stage === stage ? [one] : []));
  return [...new Map(seen.map((one) => [one.by, one])).values()];
}

/** *I have seen this*: keeps nobody from being chased, and holds until the next stage. */
export function acknowledge(asking: Asking): Arranging {
  const { key, who, now, made } = asking;
  const owed = whyNotOwed({ key, now });
  if (owed) return no(owed);
  const item = itemOf(key, now);
  if (standingOf(made).withdrawn) return no('It is not asked for this term.');
  if (!item) return no('It is not asked for yet, so there is nothing to acknowledge.');
  const before = seenBy(key, made, now).find(({ by }) => by === who.id);
  return before
    ? already(`You said so on ${shortInstant(before.at)}.`)
    : yes(asking, { what: 'seen', stage: item.stage });
}

/** The last attempt to tell a manager that a return is late. Undefined: none yet. */
export const lastToManager = (key: ReturnKey, { log }: Situation): ChaseEntry | undefined =>
  log.findLast(({ kind, about }) => kind === 'manager' && about === returnId(key));

/** *Tell the manager now*, before the stage at which managers are told. Once, until it is filed. */
export function escalate(asking: Asking): Arranging {
  const { key, now, made } = asking;
  const why = whyNotOwed(asking) ?? whyNotLate(asking) ?? whyNoManager(key.district, now);
  if (why) return no(why);
  const last = lastToManager(key, now);
  if (last?.outcome === 'sent') return already(`The manager was told on ${shortInstant(last.at)}.`);
  const { escalated } = standingOf(made);
  return escalated
    ? already(
        `${escalated.name} asked for this on ${shortInstant(escalated.at)}. The manager is written to in working hours.`,
      )
    : yes(asking, { what: 'escalated' });
}

function whyNotLate({ key, now, made }: Asking): string | undefined {
  const { withdrawn, ...standing } = standingOf(made);
  if (withdrawn) return 'It is not asked for this term. Ask for it again first.';
  const promise = promiseKeptOpen(standing, now.at);
  if (promise) return `${promiseInWords(promise)}. Until then nobody is written to about it.`;
  if (pauseFor(key.district, now)) return `${key.district} is paused. End the pause first.`;
  return itemOf(key, now) ? undefined : 'Nobody is asked for it yet, so there is nothing to tell.';
}

function whyNoManager(district: string, { people }: Situation): string | undefined {
  const all = leadsOf(people, district);
  if (all.length === 0) {
    return 'The people list names no lead for this district. Please add one there, with their manager.';
  }
  const managers = all.flatMap((lead) => managersOf(people, lead));
  if (managers.some(({ id }) => id !== '')) return undefined;
  const [first] = managers;
  return first
    ? `The people list has no Entra object id for ${first.name}. Please add it there, or telephone.`
    : `The people list names no manager for the leads of ${district}. Please add one there, or telephone.`;
}

/** Why a return cannot be withdrawn, whatever the reason given for it. Undefined: it can. */
export function whyNotWithdrawn({ key, now, made }: Omit<Asking, 'who'>): string | undefined {
  const { withdrawn } = standingOf(made);
  return (
    whyNotOwed({ key, now }) ??
    (withdrawn && `${withdrawn.name} said so on ${shortInstant(withdrawn.at)}.`)
  );
}

/** *Do not ask for it this term*: with a reason, which its district reads. */
export function withdraw(asking: Asking, note: string): Arranging {
  const { withdrawn } = standingOf(asking.made);
  if (withdrawn) return already(`${withdrawn.name} said so on ${shortInstant(withdrawn.at)}.`);
  const why = whyNotWithdrawn(asking);
  if (why) return no(why);
  const words = note.trim().slice(0, LONGEST_NOTE);
  return saysSomething(words)
    ? yes(asking, { what: 'withdrawn', note: words })
    : no(
        `Please say in a few words why the ${formName(asking.key.form)} is not asked for: the district reads it.`,
      );
}

/** Ends a withdrawal: the return is chased from the next stage on. */
export function askAgain(asking: Asking): Arranging {
  const { made } = asking;
  if (!standingOf(made).withdrawn) return already('It is asked for.');
  const owed = whyNotOwed(asking);
  return owed ? no(owed) : yes(asking, { what: 'asked for again' });
}

/** Who asks for something about a district, and what was arranged about it so far. */
export type AskingDistrict = Omit<Asking, 'key'> & { district: string };

/** The pause that a district is under, by what was arranged about it so far. */
const pausedBy = ({ district, made, now }: AskingDistrict) =>
  pauseFor(district, { at: now.at, arrangements: new Map([[districtSubject(district), made]]) });

/** Leaves a district in peace until the end of a day. */
export function pause(asking: AskingDistrict, until: string): Arranging {
  const paused = pausedBy(asking);
  if (paused?.until === until) {
    return already(`It is paused until ${shortDay(until)} by ${paused.name}.`);
  }
  const today = londonDay(asking.now.at);
  const isPossible =
    dayFrom(until) === until && until >= today && daysBetween(today, until) <= LONGEST_PAUSE_DAYS;
  return isPossible
    ? yes(asking, { what: 'paused', until })
    : no(`A pause ends on a day from today to ${LONGEST_PAUSE_DAYS} days ahead.`);
}

/** Ends a pause before its day. */
export function resume(asking: AskingDistrict): Arranging {
  return pausedBy(asking) ? yes(asking, { what: 'resumed' }) : already('There is no pause to end.');
}
