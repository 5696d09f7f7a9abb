import type { Person } from '../access/people.ts';
import { endOfDay, londonDay, shortDay, type Day } from '../calendar/london.ts';
import { findTerm, type Term } from '../calendar/terms.ts';
import { askedSince, needsAnswer, type FindingRecord } from '../findings/register.ts';
import { keyOf, returnId, type ReturnKey } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';
import {
  brokenPromise,
  holderOf,
  pauseFor,
  promiseInWords,
  promiseKeptOpen,
  standingFor,
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
export const askedOf = ({ id, districts }: Person, items: readonly Item[]): Item[] =>
  inDistricts(districts, items).filter(
    ({ muted, holder }) => !muted && (holder === undefined || holder === id),
  );

export function outstandingItems(now: Situation): Outstanding {
  const returns = now.statuses.flatMap((status) => returnItem(status, now));
  const missing = new Set(returns.filter((one) => 'stage' in one).map(({ about }) => about));
  const queries = now.findings
    .filter((record) => needsAnswer(record) && record.finding.severity === 'query')
    .flatMap((record) => queryItem(record, missing, now));
  const all = [...returns, ...queries];
  return {
    items: all.filter((one): one is Item => 'stage' in one),
    notAsked: [
      ...all.filter((one): one is NotSent => 'why' in one),
      ...[...now.unread].map((form) => notAsked(form, '', 'could not check')),
    ],
  };
}

const notAsked = (about: string, district: string, why: WhyNot, detail = ''): NotSent => ({
  person: '',
  district,
  about,
  why,
  detail,
});

function returnItem(status: ReturnStatus, now: Situation): (Item | NotSent)[] {
  const term = openTerm(status, now);
  if (!term) return [];
  const about = returnId(status);
  const { district } = status;
  if (isFiled(status.state)) return [notAsked(about, district, 'already filed')];
  if (now.saving.has(about)) return [notAsked(about, district, 'received, being saved')];
  const { policy, calendar, people } = now;
  const reached = latestStage(term.due, londonDay(now.at), policy.returnStages, calendar);
  if (!reached) return [notAsked(about, district, 'no stage reached yet')];
  const standing = standingOf(now.arrangements.get(about));
  const holder = holderOf(status, standing, people);
  const again = whyAgain(standing, holder !== undefined, reached, now.at);
  const muted = mutedReturn(district, standing, now);
  return [
    {
      about,
      district,
      stage: `${stageLabel(reached.stage)}${again ? `, ${again.label}` : ''}`,
      because: again?.because ?? dueInWords(status, term, reached),
      key: keyOf(status),
      ...(again ? { since: again.since } : {}),
      ...(holder ? { holder: holder.id } : {}),
      ...(muted ? { muted } : {}),
    },
  ];
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
function queryItem(
  record: FindingRecord,
  missing: ReadonlySet<string>,
  now: Situation,
): (Item | NotSent)[] {
  const { finding } = record;
  if (!openTerm(finding, now)) return [];
  const { policy, calendar } = now;
  const no = (why: WhyNot) => [notAsked(finding.id, finding.district, why)];
  if (now.unread.has(finding.form)) return no('could not check');
  if (now.saving.has(returnId(finding))) return no('received, being saved');
  if (missing.has(returnId(finding))) return no('muted while its return is missing');
  const asked = askedSince(record);
  const reached = latestStage(londonDay(asked.at), londonDay(now.at), policy.queryStages, calendar);
  if (!reached) return no('no stage reached yet');
  const again = asked.again ? `, asked again ${londonDay(asked.at)}` : '';
  const muted = mutedDistrict(finding.district, now);
  return [
    {
      about: finding.id,
      district: finding.district,
      stage: `query ${stageLabel(reached.stage)}${again}`,
      because: `asked on ${shortDay(londonDay(asked.at))} and not answered`,
      finding: finding.id,
      ...(muted ? { muted } : {}),
    },
  ];
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
  now.statuses.filter(
    (status) =>
      !isFiled(status.state) &&
      !now.saving.has(returnId(status)) &&
      !standingFor(status, now).withdrawn,
  );

/** Whether a return is so late that it is for the commissioners to take up. */
export const isEscalated = (key: ReturnKey, now: Situation): boolean =>
  reachedOn(key, now.policy.commissionerStage, now) !== undefined;

/** The day on which a return that may still be changed reached a stage; undefined where it has not yet. */
export function reachedOn(key: ReturnKey, stage: number, now: Situation): Day | undefined {
  const term = openTerm(key, now);
  return term && latestStage(term.due, londonDay(now.at), [stage], now.calendar)?.on;
}
