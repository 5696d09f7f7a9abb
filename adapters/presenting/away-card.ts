import { addDays, londonDay, shortDay, shortInstant, type Day } from '../../bot/calendar/london.ts';
import {
  coversAtWork,
  LONGEST,
  NOBODY,
  type Absence,
  type AbsenceTyped,
} from '../../bot/directory/absence.ts';
import { clinicsRunBy } from '../../bot/directory/clinics.ts';
import {
  isAway,
  sameAddress,
  type Directory,
  type LinkPractitioner,
} from '../../bot/directory/directory.ts';
import type { AwayView } from '../../cards/views.ts';
import { inWords } from './clinic-cards.ts';
import { shortened } from './words.ts';

/** Of all link practitioners: a card holds no more. */
const MOST_COVERS = 60;
const MOST_OF_A_NAME = 100;

/** Asks when somebody is away and who covers, with what they gave already and what is wrong with it. */
export function askAwayView(
  who: LinkPractitioner,
  typed: AbsenceTyped,
  { directory, at, why }: { directory: Directory; at: Date; why: string },
): AwayView {
  const today = londonDay(at);
  const free = coversAtWork(who, typed, directory.practitioners).slice(0, MOST_COVERS);
  const covers = [
    ...free.map(({ name, email }) => ({ title: shortened(name, MOST_OF_A_NAME), value: email })),
    { title: 'Nobody covers', value: NOBODY },
  ];
  const wanted = typed.cover || who.coverEmail;
  return {
    headline: why ? 'Not noted yet' : 'When are you away?',
    tone: why ? 'attention' : 'default',
    text: why || 'Schools that ask for you are told who covers.',
    form: {
      from: dayOr(typed.from, today),
      until: dayOr(typed.until, ''),
      earliest: today,
      latest: addDays(today, LONGEST),
      covers,
      cover: covers.find(({ value }) => sameAddress(value, wanted))?.value ?? '',
    },
    canComeBack: false,
  };
}

const dayOr = (typed: string, otherwise: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(typed) ? typed : otherwise;

/** What was noted, with the clinics that fall into it. */
export function awayView(
  who: LinkPractitioner,
  { from, until, cover }: Absence,
  { directory, at }: { directory: Directory; at: Date },
): AwayView {
  const run = clinicsRunBy(directory.clinics, { email: who.email, districts: [] }, at);
  const missed = run.filter(
    ({ starts }) => londonDay(starts) >= from && londonDay(starts) <= until,
  );
  const covered = cover
    ? `${cover.name} covers. Schools that ask for you are told so.`
    : 'Nobody covers. Schools that ask for you are told so.';
  const missedLine = clinicsLine(missed.map(({ starts }) => shortInstant(starts)));
  return {
    headline: `You are away ${daysAway({ from, until })}`,
    tone: 'good',
    text: [
      covered,
      missedLine,
      coveringLine(who, { from, until }, directory),
      replacedLine(who, { from, until }, londonDay(at)),
    ]
      .filter((line) => line !== '')
      .join(' '),
    canComeBack: true,
  };
}

type Days = Pick<Absence, 'from' | 'until'>;

/** `from Mon 14 Dec until Fri 18 Dec`, or `on Mon 14 Dec`. */
export const daysAway = ({ from, until }: Days): string =>
  from === until ? `on ${shortDay(from)}` : `from ${shortDay(from)} until ${shortDay(until)}`;

/** A row of the list holds one absence: what is left of an earlier one is given up, and said to be. */
function replacedLine(
  { awayFrom, awayUntil }: LinkPractitioner,
  { from, until }: Days,
  today: Day,
): string {
  if (!awayFrom || !awayUntil || awayUntil < today || awayFrom > awayUntil) return '';
  const left = { from: awayFrom < today ? today : awayFrom, until: awayUntil };
  return left.from >= from && left.until <= until
    ? ''
    : `You were to be away ${daysAway(left)}: that does not stand any more, as I keep one absence at a time.`;
}

/** Nobody stands in for a cover who is away too: schools are sent to the lead of the district. */
function coveringLine(
  { email }: LinkPractitioner,
  { from, until }: Days,
  { practitioners }: Directory,
): string {
  const covered = practitioners.filter(
    (one) =>
      sameAddress(one.coverEmail, email) &&
      !sameAddress(one.email, email) &&
      isAway(one, from, until),
  );
  const names = covered.slice(0, MOST_MISSED).map(({ name }) => shortened(name, MOST_OF_A_NAME));
  return names.length === 0
    ? ''
    : `You are to cover for ${inWords(names)} in that time: please agree on somebody else.`;
}

const MOST_MISSED = 5;

const clinicsLine = (missed: readonly string[]): string =>
  missed.length === 0
    ? ''
    : `You are named as running a clinic in that time: ${inWords(missed.slice(0, MOST_MISSED))}.`;
