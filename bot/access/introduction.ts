import { addDays, londonDay, type Day } from '../calendar/london.ts';
import { fold } from '../directory/directory.ts';
import { peopleOf, type Person } from './people.ts';

/** Somebody whom the people list does not know, and who asks to be let in as SENCO of a school. */
export type Introduction = {
  /** Entra object id, as the verified activity gave it. */
  who: string;
  /** As Teams gives it. */
  name: string;
  /** As the schools list has it. */
  school: string;
  /** The school's, which tells it from others of its name; empty where it was not kept. */
  district: string;
  askedAt: Date;
  status: 'open' | 'being let in' | 'let in' | 'declined';
  /** Who decided on it last, and when; while it is open, who tried to let them in in vain. */
  decided?: { by: string; name: string; at: Date };
};

/** A declined person may ask again after so many days. */
const DAYS_UNTIL_ASKED_AGAIN = 7;

/** What asking comes to; `introduction` is what is to be kept. */
type Asked =
  | { kind: 'asked' | 'school changed'; introduction: Introduction }
  | { kind: 'waiting already' }
  /** Nothing new is asked for before this day. */
  | { kind: 'declined'; until: Day }
  /** The list says so within a minute. */
  | { kind: 'let in just now' };

/** Asks for somebody to be let in, given what is kept of them: one open request for each person. */
export function introduced(
  before: Introduction | undefined,
  who: Pick<Introduction, 'who' | 'name' | 'school' | 'district'>,
  at: Date,
): Asked {
  const introduction: Introduction = { ...who, askedAt: at, status: 'open' };
  if (!before) return { kind: 'asked', introduction };
  const decidedOn = londonDay(before.decided?.at ?? before.askedAt);
  if (before.status === 'declined') {
    const until = addDays(decidedOn, DAYS_UNTIL_ASKED_AGAIN);
    return londonDay(at) < until ? { kind: 'declined', until } : { kind: 'asked', introduction };
  }
  if (before.status === 'let in') {
    return decidedOn === londonDay(at)
      ? { kind: 'let in just now' }
      : { kind: 'asked', introduction };
  }
  if (before.school === who.school && before.district === who.district) {
    return { kind: 'waiting already' };
  }
  if (before.status === 'being let in') return { kind: 'waiting already' };
  return {
    kind: 'school changed',
    introduction: { ...before, name: who.name, school: who.school, district: who.district },
  };
}

/** As long as nobody finishes letting somebody in, another may after so many milliseconds. */
const TRYING_MS = 60_000;

/** What a press comes to: who decided on it first counts. */
type Decided =
  | { kind: 'decided'; introduction: Introduction }
  | { kind: 'so already'; introduction: Introduction };

export function decideOn(
  before: Introduction,
  what: 'being let in' | 'declined',
  by: Person,
  at: Date,
): Decided {
  const isFree =
    before.status === 'open' || (before.status === 'being let in' && isLeftBehind(before, at));
  if (!isFree) return { kind: 'so already', introduction: before };
  const decided = { by: by.id, name: by.name, at };
  return { kind: 'decided', introduction: { ...before, status: what, decided } };
}

const isLeftBehind = ({ decided }: Introduction, at: Date): boolean =>
  decided === undefined || at.getTime() - decided.at.getTime() >= TRYING_MS;

/** Those that wait for a commissioner, the longest waiting first. Whom the list knows by now waits no more. */
export const waitingOf = <T extends Introduction>(
  introductions: readonly T[],
  people: readonly Person[],
): T[] =>
  introductions
    .filter(({ status }) => status === 'open' || status === 'being let in')
    .filter(({ who }) => peopleOf(people, who).length === 0)
    .sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime() || (a.who < b.who ? -1 : 1));

/** A term: so many days after it was decided, or in vain asked, a request is kept no longer. */
const DAYS_KEPT = 120;

/** Whether a request is to be forgotten: long decided, or so old that nobody decides on it any more. */
export const isOutdated = (
  { status, askedAt, decided }: Pick<Introduction, 'status' | 'askedAt' | 'decided'>,
  at: Date,
): boolean => {
  const last = status === 'open' ? askedAt : (decided?.at ?? askedAt);
  return londonDay(at) > addDays(londonDay(last), DAYS_KEPT);
};

/** A row of the people list that has no object id yet, and may be this person's. */
export type WaitingRow = {
  /** The id of its item. */
  item: string;
  name: string;
  email: string;
  role: string;
  organisation: string;
};

/**
 * The row that waits for somebody: the one with the e-mail that a commissioner gives, or else the one
 * SENCO of the name that Teams gives, at that school.
 */
export function rowFor(
  { name, school }: Pick<Introduction, 'name' | 'school'>,
  email: string,
  rows: readonly WaitingRow[],
): WaitingRow | undefined {
  const wanted = fold(email);
  if (wanted !== '') {
    const theirs = rows.filter((row) => fold(row.email) === wanted);
    return theirs.find(({ role }) => role === 'SENCO') ?? theirs[0];
  }
  const alike = rows.filter(
    (row) =>
      row.role === 'SENCO' &&
      fold(row.name) === fold(name) &&
      fold(row.organisation) === fold(school),
  );
  return alike.length === 1 ? alike[0] : undefined;
}
