import { londonDay, londonInstant, shortDay, type Day } from '../calendar/london.ts';
import type { Term } from '../calendar/terms.ts';
import { addWorkingDays, isWorkingDay } from '../calendar/working-days.ts';
import { isOpenQuery } from '../findings/register.ts';
import type { Look } from '../look.ts';
import { sameReturn, returnId, type ReturnKey } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';
import { decideAlerts } from './alerts.ts';
import { pauseFor, promiseKeptOpen, standingFor } from './arrangement.ts';
import { decideChases } from './decide.ts';
import { deliveryOf } from './delivery.ts';
import { chaseLog, outcomeOf } from './history.ts';
import type { ChasedFor, Message } from './message.ts';
import { openTerm } from './outstanding.ts';
import type { Situation } from './situation.ts';
import { stageShown } from './stage.ts';
import { AS_WHAT, decidedEarlier, recordsOf, statusIn } from './story-so-far.ts';
import { subjectOf } from './subject.ts';

/** What comes next for a return, and when, if nothing happens to it before. */
export function whatComesNext(look: Look, key: ReturnKey): string[] {
  const term = openTerm(key, look.situation);
  if (!term) return ['Nothing: the term is not open any more.'];
  return [
    ...comesBeforeLocking(term, look, key),
    `${shortDay(term.locks)}: it locks at the end of this day, and is chased no more.`,
  ];
}

function comesBeforeLocking(term: Term, look: Look, key: ReturnKey): string[] {
  const { situation } = look;
  const standing = standingFor(key, situation);
  if (!isAsked(look, key)) return ['Nothing more is asked of the district.'];
  if (isOwed(look, key) && standing.withdrawn) {
    return ['Nobody is asked until a commissioner asks for it again.'];
  }
  const promise = isOwed(look, key) ? promiseKeptOpen(standing, situation.at) : undefined;
  const pause = pauseFor(key.district, situation);
  return [
    ...(promise ? [`${shortDay(promise.until)}: the promise ends.`] : []),
    ...(pause ? [`${shortDay(pause.until)}: the pause of ${key.district} ends.`] : []),
    nextCards(term, look, key),
  ];
}

function isOwed(look: Look, key: ReturnKey): boolean {
  const status = statusIn(look, key);
  return !(status && isFiled(status.state)) && !look.situation.saving.has(returnId(key));
}

const isAsked = (look: Look, key: ReturnKey): boolean =>
  isOwed(look, key) || recordsOf(look, key).some(isOpenQuery);

function nextCards(term: Term, look: Look, key: ReturnKey): string {
  const { situation } = look;
  if (situation.contradictions.length > 0) {
    return 'Nobody is chased until the terms in the list no longer contradict each other.';
  }
  if (situation.unread.has(key.form)) {
    return 'It is not known while its list cannot be read.';
  }
  const first = firstToldOf(term, look, key);
  return first
    ? `${shortDay(first.day)}: ${first.cards.map(cardInWords).join('; ')}.`
    : 'No further card: from here it stands in the weekly summary only.';
}

/** What one card says of the return. */
type Card = { message: Message; log: ChasedFor };

/** Decides as it will be decided when the hours of each coming day begin, as far as the first card. */
function firstToldOf(
  term: Term,
  look: Look,
  key: ReturnKey,
): { day: Day; cards: Card[] } | undefined {
  const now = { ...look.situation, log: logAfterwards(look), statuses: statusesFor(look, key) };
  for (const day of daysToCome(term, now)) {
    const at = londonInstant(day, now.policy.quietUntil);
    const cards = messagesOf({ ...now, at }).flatMap((message) =>
      message.logs.filter(({ about }) => isAbout(about, key)).map((log) => ({ message, log })),
    );
    if (cards.length > 0) return { day, cards };
  }
  return undefined;
}

/** Days on which people will be written to: today too, while its hours have not begun. */
function* daysToCome({ locks }: Term, { at, calendar, policy }: Situation): Generator<Day> {
  const today = londonDay(at);
  const isEarly = at < londonInstant(today, policy.quietUntil);
  if (isEarly && isWorkingDay(today, calendar)) yield today;
  for (let count = 1; ; count += 1) {
    const day = addWorkingDays(today, count, calendar);
    if (day === undefined || day > locks) return;
    yield day;
  }
}

function messagesOf(now: Situation): Message[] {
  const { messages } = decideChases(now);
  return [...messages, ...decideAlerts(now, messages)];
}

/** The log once what is decided now has been sent; what could not be sent today is not. */
function logAfterwards(look: Look): Situation['log'] {
  const { situation, at } = look;
  const sent = messagesOf(situation).flatMap((message) => {
    const earlier = decidedEarlier(message.id, look);
    const isTried = earlier !== undefined && outcomeOf(earlier, at) !== undefined;
    return isTried ? [] : [{ ...deliveryOf(message, at), status: 'sent' as const }];
  });
  return [...situation.log, ...chaseLog(sent, at)];
}

/** A return that is not expected yet will be missing. */
const statusesFor = (look: Look, key: ReturnKey): Situation['statuses'] =>
  statusIn(look, key)
    ? look.situation.statuses
    : [...look.situation.statuses, { ...key, state: 'missing', blank: [] }];

function isAbout(about: string, key: ReturnKey): boolean {
  const subject = subjectOf(about);
  return subject !== undefined && sameReturn(subject.key, key);
}

function cardInWords({ message: { kind, person }, log: { about, stage } }: Card): string {
  const who = `${AS_WHAT[kind]} ${person?.name ?? ''}`.trim();
  if (kind !== 'chase') return `${who} is told`;
  const rule = subjectOf(about)?.rule;
  return `${who} is ${rule === undefined ? 'chased' : `asked about ${rule}`} at ${stageShown(stage)}`;
}
