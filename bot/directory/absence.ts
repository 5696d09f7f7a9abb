import { addDays, dayFrom, type Day } from '../calendar/london.ts';
import { isAway, sameAddress, type LinkPractitioner } from './directory.ts';

/** As it was said or typed: days and the cover's e-mail address; what was not is empty. */
export type AbsenceTyped = { from: string; until: string; cover: string };

/** Chosen where nobody covers: an empty choice is one that was not made. */
export const NOBODY = 'nobody';

/** Nobody is away for longer, or plans it longer ahead, in days. */
export const LONGEST = 366;

/** First and last day away. */
export type Absence = { from: Day; until: Day; cover: LinkPractitioner | undefined };

export type Planned =
  | ({ kind: 'away' } & Absence)
  /** `why` is empty where something was only not said yet. */
  | { kind: 'asked again'; why: string };

/** Whether somebody can be marked as away like this, among all link practitioners. */
export function planAbsence(
  who: LinkPractitioner,
  typed: AbsenceTyped,
  practitioners: readonly LinkPractitioner[],
  today: Day,
): Planned {
  const [from, until] = [dayTyped(typed.from), dayTyped(typed.until)];
  const wrong = problemWith({ ...typed, from, until }, today);
  if (wrong !== undefined || from === undefined || until === undefined) {
    return { kind: 'asked again', why: wrong ?? '' };
  }
  if (typed.cover === '') return { kind: 'asked again', why: '' };
  if (typed.cover === NOBODY) return { kind: 'away', from, until, cover: undefined };
  const cover = covers(who, practitioners).find(({ email }) => sameAddress(email, typed.cover));
  if (!cover) return { kind: 'asked again', why: 'Please choose who covers from the list.' };
  return isAway(cover, from, until)
    ? { kind: 'asked again', why: `${cover.name} is away then too. Please choose somebody else.` }
    : { kind: 'away', from, until, cover };
}

/** Only a whole date is one: `2026-12-01`. */
const dayTyped = (text: string): Day | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? dayFrom(text.trim()) : undefined;

function problemWith(
  { from, until }: { from: Day | undefined; until: Day | undefined },
  today: Day,
): string | undefined {
  if (until !== undefined && until < today)
    return 'That is over already. Please give days to come.';
  if (from !== undefined && from < today) return 'Please begin with today or a later day.';
  if (from === undefined || until === undefined) return undefined;
  if (until < from) return 'The last day is before the first. Please put them right.';
  return until > addDays(from, LONGEST) || from > addDays(today, LONGEST)
    ? 'That is more than a year. Please give a shorter time, or a nearer one.'
    : undefined;
}

/** Whoever may cover for somebody: the other link practitioners. */
export const covers = (
  who: LinkPractitioner,
  practitioners: readonly LinkPractitioner[],
): LinkPractitioner[] => practitioners.filter(({ email }) => !sameAddress(email, who.email));

/** Those of them who are not away on any day from the first to the last, as far as these are given. */
export function coversAtWork(
  who: LinkPractitioner,
  typed: Pick<AbsenceTyped, 'from' | 'until'>,
  practitioners: readonly LinkPractitioner[],
): LinkPractitioner[] {
  const [from, until] = [dayTyped(typed.from), dayTyped(typed.until)];
  const first = from ?? until;
  const last = until ?? from;
  return covers(who, practitioners).filter(
    (one) => first === undefined || last === undefined || !isAway(one, first, last),
  );
}
