import type { Person } from '../access/people.ts';
import { endOfDay, londonDay, shortDay, type Day } from '../calendar/london.ts';
import { findTerm, type Term } from '../calendar/terms.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { askedSince, isOpenQuery, type FindingRecord } from '../findings/register.ts';
import { keyOf, returnId, type ReturnKey } from '../returns/return.ts';
import { isFiled, type ReturnState } from '../returns/state.ts';
import {
  brokenPromise,
  holderOf,
  pauseFor,
  promiseInWords,
  promiseKeptOpen,
  standingOf,
  type Standing,
} from './arrangement.ts';
import type { NotSent, ReturnStatus, Situation, WhyNot } from './situation.ts';
import { latestStage, stageLabel, type Reached } from './stage.ts';

/** Why nobody is chased for something, though it is outstanding. */
type Muted = { why: WhyNot; detail: string };

/** Something that a district is asked for. */
export type Item = {
  about: string;
  district: string;
  /** `+3`, `query +2`; with the reason where it is chased again at a stage it had before. */
  stage: string;
  /** Why just now, in words. */
  because: string;
  /** When this stage was reached: what was said before, of another due day, counts for nothing. */
  on: Day;
  /** Since when there is a reason to ask again at a stage that it had before. */
  since?: Date;
  key?: ReturnKey;
  finding?: string;
  /** The one lead who has it in hand; undefined where it is everybody's. */
  holder?: string;
  muted?: Muted;
};

/** Everything that districts are asked for now, and everything that they are not, with the reason. */
export type Outstanding = { items: Item[]; notAsked: NotSent[] };

/** Everything that districts are asked for now, whatever was already said: what a card shows. */
export const outstandingIn = (districts: readonly string[], now: Situation): Item[] =>
  inDistricts(districts, outstandingItems(now).items);

export const inDistricts = (districts: readonly string[], items: readonly Item[]): Item[] =>
  items.filter((item) => districts.includes(item.district));

/** What of it a lead is asked for: not what is muted, nor what a colleague has in hand. */
export const askedOf = (lead: Person, items: readonly Item[]): Item[] =>
  inDistricts(lead.districts, items).filter((item) => isAskedOf(lead, item));

export const isAskedOf = ({ id }: Person, { muted, holder }: Item): boolean =>
  !muted && (holder === undefined || holder === id);

export function outstandingItems(now: Situation): Outstanding {
  const found: Outstanding = { items: [], notAsked: [] };
  const states = new Map<string, ReturnState>();
  for (const status of now.statuses) {
    const about = returnId(status);
    const verdict = returnVerdict(about, status, now);
    states.set(about, status.state);
    sortOut(found, about, status.district, verdict);
  }
  for (const record of now.findings) {
    if (!isOpenQuery(record)) continue;
    const { id, district } = record.finding;
    sortOut(found, id, district, queryVerdict(record, states, now));
  }
  for (const form of now.unread) sortOut(found, form, '', 'could not check');
  return found;
}

/** What is asked for, or why it is not; undefined where there is nothing to say about it. */
type Verdict = Item | WhyNot | undefined;

function sortOut(found: Outstanding, about: string, district: string, verdict: Verdict): void {
  if (typeof verdict === 'object') found.items.push(verdict);
  else if (verdict) found.notAsked.push({ person: '', district, about, why: verdict, detail: '' });
}

function returnVerdict(about: string, status: ReturnStatus, now: Situation): Verdict {
  const term = openTerm(status, now);
  if (!term) return undefined;
  if (isFiled(status.state)) return 'already filed';
  if (now.saving.has(about)) return 'received, being saved';
  const { policy, calendar, people } = now;
  const reached = latestStage(term.due, londonDay(now.at), policy.returnStages, calendar);
  if (!reached) return 'no stage reached yet';
  const standing = standingOf(now.arrangements.get(about));
  const holder = holderOf(status, standing, people);
  const again = whyAgain(standing, holder !== undefined, reached, now.at);
  const muted = mutedReturn(status.district, standing, now);
  return {
    about,
    district: status.district,
    stage: `${stageLabel(reached.stage)}${again ? `, ${again.label}` : ''}`,
    because: again?.because ?? dueInWords(status, term, reached),
    on: reached.on,
    key: keyOf(status),
    ...(again ? { since: again.since } : {}),
    ...(holder ? { holder: holder.id } : {}),
    ...(muted ? { muted } : {}),
  };
}

const dueInWords = ({ state }: ReturnStatus, { due }: Term, { stage }: Reached): string => {
  const days = Math.abs(stage);
  const when = `${days} working ${days === 1 ? 'day' : 'days'} ${stage < 0 ? 'before' : 'after'}`;
  return `${state}, ${when} it ${stage < 0 ? 'is' : 'was'} due on ${shortDay(due)}`;
};

/** What is asked for again, though its stage was reached before: a promise is broken, or it changed hands. */
function whyAgain(
  standing: Standing,
  isHeld: boolean,
  { on }: Reached,
  at: Date,
): { label: string; because: string; since: Date } | undefined {
  const broken = brokenPromise(standing, at);
  const handed = isHeld ? standing.holder : undefined;
  const isAfterStage = (day: Day) => day >= on;
  if (handed && isAfterStage(londonDay(handed.at))) {
    const isLater = !broken || londonDay(handed.at) > broken.until;
    if (isLater) {
      return {
        label: `handed over ${londonDay(handed.at)}`,
        because: `${handed.name} handed it over to ${handed.toName}`,
        since: handed.at,
      };
    }
  }
  if (broken && isAfterStage(broken.until)) {
    return {
      label: `promised for ${broken.until}`,
      because: `${promiseInWords(broken)}, and it is not filed`,
      since: endOfDay(broken.until),
    };
  }
  return undefined;
}

function mutedReturn(district: string, standing: Standing, now: Situation): Muted | undefined {
  const { withdrawn } = standing;
  if (withdrawn) {
    const detail = `by ${withdrawn.name}, ${shortDay(londonDay(withdrawn.at))}`;
    return { why: 'withdrawn', detail };
  }
  const promise = promiseKeptOpen(standing, now.at);
  if (promise) return { why: 'muted by promise', detail: promiseInWords(promise) };
  return mutedDistrict(district, now);
}

function mutedDistrict(district: string, now: Situation): Muted | undefined {
  const pause = pauseFor(district, now);
  return pause && { why: 'paused', detail: `until ${shortDay(pause.until)} by ${pause.name}` };
}

/** Counted from when it was last asked: a query that is sent back, or comes back, is chased anew. */
function queryVerdict(
  record: FindingRecord,
  states: ReadonlyMap<string, ReturnState>,
  now: Situation,
): Verdict {
  const { finding } = record;
  if (!openTerm(finding, now)) return undefined;
  const { policy, calendar } = now;
  if (now.unread.has(finding.form)) return 'could not check';
  const of = returnId(finding);
  if (now.saving.has(of)) return 'received, being saved';
  const state = states.get(of);
  if (state && !isFiled(state)) return 'muted while its return is missing';
  if (state === 'approved') return 'its return is approved';
  const asked = askedSince(record);
  const reached = latestStage(londonDay(asked.at), londonDay(now.at), policy.queryStages, calendar);
  if (!reached) return 'no stage reached yet';
  const again = asked.again ? `, asked again ${londonDay(asked.at)}` : '';
  const muted = mutedDistrict(finding.district, now);
  return {
    about: finding.id,
    district: finding.district,
    stage: `query ${stageLabel(reached.stage)}${again}`,
    because: `asked on ${shortDay(londonDay(asked.at))} and not answered`,
    on: reached.on,
    finding: finding.id,
    ...(muted ? { muted } : {}),
  };
}

/** The term of a return, while it may still be changed. */
export function openTerm(
  key: { year: string; term: number },
  now: Pick<Situation, 'at' | 'calendar'>,
): Term | undefined {
  const term = findTerm(now.calendar.terms, key);
  return term && londonDay(now.at) <= term.locks ? term : undefined;
}

/** The returns that are asked for and have not come in: not filed, received or withdrawn. */
export const lateReturns = (now: Situation): ReturnStatus[] =>
  now.statuses.filter((status) => {
    if (isFiled(status.state)) return false;
    const id = returnId(status);
    return !now.saving.has(id) && !standingOf(now.arrangements.get(id)).withdrawn;
  });

/** Whether a return is so late that it is for the commissioners to take up. */
export const isEscalated = (key: ReturnKey, now: Situation): boolean =>
  reachedOn(key, now.policy.commissionerStage, now) !== undefined;

/** The day on which a return that may still be changed reached a stage; undefined where it has not yet. */
export function reachedOn(key: ReturnKey, stage: number, now: Situation): Day | undefined {
  const term = openTerm(key, now);
  const on = term && addWorkingDays(term.due, stage, now.calendar);
  return on !== undefined && on <= londonDay(now.at) ? on : undefined;
}
