import type { Person } from '../../bot/access/people.ts';
import { londonDay, shortDay, shortInstant, type Day } from '../../bot/calendar/london.ts';
import { termLabel } from '../../bot/calendar/terms.ts';
import { addWorkingDays } from '../../bot/calendar/working-days.ts';
import {
  brokenPromise,
  holderOf,
  promiseInWords,
  promiseKeptOpen,
  standingFor,
  type Standing,
} from '../../bot/chase/arrangement.ts';
import {
  acknowledge,
  colleaguesFor,
  handOver,
  lastPromiseDay,
  makePromise,
  seenBy,
  takeBack,
  undoPromise,
} from '../../bot/chase/arranging.ts';
import type { ReturnStatus } from '../../bot/chase/situation.ts';
import type { Look } from '../../bot/look.ts';
import { formName, keyOf, returnName } from '../../bot/returns/return.ts';
import { codeOf } from '../../cards/actions.ts';
import type {
  ChoiceView,
  HandOverView,
  LeadCardView,
  OutstandingView,
  PromiseView,
} from '../../cards/views.ts';
import { askingOf, madeFor } from './arranged.ts';

/** A return on a lead's card, and whether it is theirs to file. */
export type Owed = {
  status: ReturnStatus;
  standing: Standing;
  share: 'to file' | 'with a colleague' | 'not asked for';
  /** Until when it is promised. */
  promised: Day | undefined;
};

export function owedBy(lead: Person, status: ReturnStatus, look: Look): Owed {
  const standing = standingFor(status, look.situation);
  const holder = holderOf(status, standing, look.situation.people);
  const isWithColleague = holder !== undefined && holder.id !== lead.id;
  return {
    status,
    standing,
    share: standing.withdrawn ? 'not asked for' : isWithColleague ? 'with a colleague' : 'to file',
    promised: promiseKeptOpen(standing, look.at)?.until,
  };
}

/** `KPI return, Term 1, 2026-27`, with the district where the lead has several. */
export const titleFor = (status: ReturnStatus, lead: Person): string =>
  lead.districts.length > 1 ? `${status.district}: ${returnName(status)}` : returnName(status);

type Stands = Pick<OutstandingView, 'stands' | 'returns' | 'canUndo' | 'takeBack'>;

/** What stands about a return, as its lead reads it, and what of it they can take back. */
export function standsForLead({ status, standing }: Owed, lead: Person, look: Look): Stands {
  const asking = askingOf(status, lead, look);
  const holder = holderOf(status, standing, look.situation.people);
  const canTake = takeBack(asking).ok;
  return {
    stands: linesFor(status, standing, lead, look),
    returns: codeOf([status]),
    canUndo: undoPromise(asking).ok,
    takeBack: canTake ? (holder?.id === lead.id ? 'Give it back' : 'Take it back') : '',
  };
}

function linesFor(status: ReturnStatus, standing: Standing, lead: Person, look: Look): string[] {
  const { withdrawn } = standing;
  if (withdrawn) return [`Not asked for this term: “${withdrawn.note}” (${withdrawn.name})`];
  const open = promiseKeptOpen(standing, look.at);
  const broken = brokenPromise(standing, look.at);
  const said = (promise: NonNullable<Standing['promise']>) =>
    promise.by === lead.id ? `You said: by ${shortDay(promise.until)}` : promiseInWords(promise);
  return [
    ...(open ? [said(open)] : []),
    ...(broken ? [`${said(broken)}. That day is over`] : []),
    ...handedLine(status, standing, lead, look),
  ];
}

function handedLine(status: ReturnStatus, standing: Standing, lead: Person, look: Look): string[] {
  const holder = holderOf(status, standing, look.situation.people);
  if (!holder || !standing.holder) return [];
  const { name, at } = standing.holder;
  const when = shortInstant(at);
  if (holder.id === lead.id) return [`${name} handed it over to you, ${when}`];
  const promise = promiseKeptOpen(standing, look.at);
  const later = promise
    ? `. They are not written to before ${shortDay(promise.until)} is over`
    : '';
  return [`Handed over to ${holder.name}, ${when}${later}`];
}

/** How many working days ahead the card proposes. */
const PROPOSED_DAYS = 3;

type Arrangeable = Pick<LeadCardView, 'promise' | 'handOver' | 'seen' | 'saw'>;

/** What a lead can arrange about what is outstanding: each only while it can be done. */
export function arrangeable(lead: Person, owed: readonly Owed[], look: Look): Arrangeable {
  const returns = owed.map(({ status }) => status);
  const promise = promiseView(lead, returns, look);
  const handing = handOverView(lead, returns, look);
  const open = owed.filter(({ share, promised }) => share === 'to file' && !promised);
  const unseen = open.filter(({ status }) => acknowledge(askingOf(status, lead, look)).ok);
  return {
    ...(promise ? { promise } : {}),
    ...(handing ? { handOver: handing } : {}),
    ...(unseen.length > 0 ? { seen: { returns: codeOf(unseen.map((o) => o.status)) } } : {}),
    saw: unseen.length > 0 ? '' : sawLine(lead, open, look),
  };
}

function sawLine({ id }: Person, open: readonly Owed[], look: Look): string {
  const mine = open
    .flatMap(({ status }) => seenBy(keyOf(status), madeFor(status, look), look.situation))
    .filter(({ by }) => by === id);
  const last = mine.at(-1);
  return last ? `You have seen this: ${shortInstant(last.at)}` : '';
}

function promiseView(
  lead: Person,
  returns: readonly ReturnStatus[],
  look: Look,
): PromiseView | undefined {
  const today = londonDay(look.at);
  const may = returns.filter((status) => makePromise(askingOf(status, lead, look), today).ok);
  if (may.length === 0) return undefined;
  const last = may.map((status) => lastPromiseDay(status, look.situation) ?? today);
  const to = last.reduce((a, b) => (a > b ? a : b));
  const proposed = addWorkingDays(today, PROPOSED_DAYS, look.situation.calendar) ?? to;
  const day = proposed < to ? proposed : to;
  return { returns: codeOf(may), which: whichOf(may, lead), from: today, to, day };
}

function handOverView(
  lead: Person,
  returns: readonly ReturnStatus[],
  look: Look,
): HandOverView | undefined {
  const may = returns.flatMap((status) => {
    const asking = askingOf(status, lead, look);
    const colleagues = colleaguesFor(status, lead, look.situation);
    const possible = colleagues.filter(({ id }) => handOver(asking, id).ok);
    return possible.length > 0 ? [{ status, possible }] : [];
  });
  const colleagues = new Map(may.flatMap(({ possible }) => possible.map((one) => [one.id, one])));
  const [first] = colleagues.keys();
  if (first === undefined) return undefined;
  const statuses = may.map(({ status }) => status);
  return {
    returns: codeOf(statuses),
    which: whichOf(statuses, lead),
    colleagues: [...colleagues.values()].map((one) => ({
      title: lead.districts.length > 1 ? `${one.name}, ${one.districts.join(', ')}` : one.name,
      value: one.id,
    })),
    colleague: first,
  };
}

/** One to tick for each of several returns, told apart by no more than is needed. */
function whichOf(returns: readonly ReturnStatus[], lead: Person): ChoiceView[] {
  if (returns.length < 2) return [];
  const isOneTerm = new Set(returns.map(termLabel)).size === 1 && lead.districts.length === 1;
  return returns.map((status) => ({
    title: isOneTerm ? formName(status.form) : titleFor(status, lead),
    value: codeOf([status]),
  }));
}
