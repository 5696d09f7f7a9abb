/** What people will do in a year, and what will go wrong: made up from a seed before the year begins. */
import type { Form } from '../../../bot/returns/measure.ts';
import type { Chance } from './chance.ts';
import { beginningOf, DAY, TERMS, wallClock, workingDayFrom } from './oracle-days.ts';
import { BLOCKER, DISTRICTS, LEAVERS, WITHOUT_BOT } from './people-of-the-year.ts';
import type { TrueReturn } from './truth.ts';

/** Something that happens, to a return, a district, a person or the machinery. */
export type Deed =
  | { what: 'file'; of: string; held: 'part' | 'all' }
  | { what: 'file in Teams'; of: string }
  | { what: 'save'; of: string }
  | { what: 'spoil'; of: string }
  | { what: 'raise'; of: string }
  | { what: 'explain'; of: string }
  | { what: 'correct'; of: string }
  | { what: 'judge'; of: string; isAccepted: boolean }
  | { what: 'promise'; of: string; days: number }
  | { what: 'undo'; of: string }
  | { what: 'hand over'; of: string }
  | { what: 'take back'; of: string }
  | { what: 'withdraw'; of: string }
  | { what: 'ask again'; of: string }
  | { what: 'escalate'; of: string }
  | { what: 'pause'; district: string; days: number }
  | { what: 'resume'; district: string }
  | { what: 'chase now'; district: string }
  | { what: 'leave'; person: string }
  | { what: 'replace'; person: string }
  | { what: 'block'; person: string }
  | { what: 'unblock'; person: string }
  | { what: 'install'; person: string }
  | { what: 'hide list'; form: Form }
  | { what: 'show list'; form: Form }
  /** By year and term. */
  | { what: 'move due day'; term: string; due: string }
  | { what: 'fail'; part: Part }
  | { what: 'recover'; part: Part };

export type Part = 'the lists' | 'Teams' | 'the terms' | 'the service';

/** A look, and what happens to it. */
export type PlannedLook = {
  what: 'look';
  /** Where in it the process dies. */
  crash?: Crash | undefined;
  /** Something else happens in the middle of it. */
  isInterrupted: boolean;
  /** Another process looks at the same instant. */
  isDoubled: boolean;
};
export type Crash = 'before keeping' | 'while keeping' | 'before posting' | 'after posting';

export type Planned = { at: number; does: Deed | PlannedLook };

export const BEGINS = beginningOf('2026-09-01');
export const ENDS = beginningOf('2027-07-31');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function planYear(returns: readonly TrueReturn[], chance: Chance): Planned[] {
  const planned = [
    ...returns.flatMap((one) => planReturn(one, chance)),
    ...TERMS.flatMap((_, term) => planTerm(term, chance)),
    ...planPeople(chance),
    ...planLooks(chance),
  ];
  return planned
    .filter(({ at }) => at >= BEGINS && at < ENDS)
    .sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

/** At the same instant deeds come before looks. */
const rank = ({ does }: Planned): number => (does.what === 'look' ? 1 : 0);

/** Some time of a day so many days after another: mostly by day, at times at night. */
function someTime(day: string, days: number, chance: Chance): number {
  const begins = beginningOf(day) + days * DAY;
  return chance.happens(0.8)
    ? begins + chance.between(7.5, 18) * HOUR
    : begins + chance.between(0, 24) * HOUR;
}

const dueOf = ({ key }: TrueReturn): string =>
  TERMS.find(({ year, term }) => year === key.year && term === key.term)?.due ?? '';

function planReturn(one: TrueReturn, chance: Chance): Planned[] {
  const due = dueOf(one);
  const fate = chance.between(0, 1);
  if (fate < 0.3) return planFiling(one, someTime(due, chance.whole(-25, -8), chance), chance);
  if (fate < 0.5) return planFiling(one, someTime(due, chance.whole(-7, 0), chance), chance);
  const filing =
    fate < 0.82 ? planFiling(one, someTime(due, chance.whole(1, 24), chance), chance) : [];
  return [...filing, ...planArranging(one, due, chance)];
}

function planFiling(one: TrueReturn, at: number, chance: Chance): Planned[] {
  const of = one.id;
  const days = (from: number, to: number) => at + chance.between(from, to) * DAY;
  const planned: Planned[] = [];
  const plan = (when: number, does: Deed) => planned.push({ at: when, does });
  if (chance.happens(0.2)) plan(days(-6, 0), { what: 'file', of, held: 'part' });
  if (chance.happens(0.3)) {
    plan(at, { what: 'file in Teams', of });
    plan(chance.happens(0.7) ? at + MINUTE : days(0, 2), { what: 'save', of });
  } else plan(at, { what: 'file', of, held: 'all' });
  if (chance.happens(0.06)) {
    plan(days(1, 6), { what: 'spoil', of });
    if (chance.happens(0.7)) plan(days(6, 12), { what: 'file', of, held: 'all' });
  }
  return [...planned, ...one.queries.flatMap(({ id }) => planQuery(id, at, chance))];
}

function planQuery(of: string, at: number, chance: Chance): Planned[] {
  const days = (from: number, to: number) => at + chance.between(from, to) * DAY;
  const planned: Planned[] = [{ at, does: { what: 'raise', of } }];
  const plan = (when: number, does: Deed) => planned.push({ at: when, does });
  const fate = chance.between(0, 1);
  if (fate < 0.25) plan(days(0, 9), { what: 'correct', of });
  if (fate < 0.08) plan(days(9, 14), { what: 'raise', of });
  if (fate < 0.25 || fate > 0.75) return planned;
  plan(days(0.2, 8), { what: 'explain', of });
  plan(days(8, 11), { what: 'judge', of, isAccepted: chance.happens(0.4) });
  if (chance.happens(0.5)) plan(days(11, 18), { what: 'explain', of });
  if (chance.happens(0.3)) plan(days(18, 22), { what: 'judge', of, isAccepted: true });
  return planned;
}

function planArranging(one: TrueReturn, due: string, chance: Chance): Planned[] {
  const of = one.id;
  const planned: Planned[] = [];
  const plan = (at: number, does: Deed) => planned.push({ at, does });
  const at = (from: number, to: number) => someTime(due, chance.whole(from, to), chance);
  if (chance.happens(0.5)) {
    const promised = at(-6, 12);
    plan(promised, { what: 'promise', of, days: chance.whole(0, 9) });
    if (chance.happens(0.2)) plan(promised + chance.between(1, 200) * MINUTE, { what: 'undo', of });
    if (chance.happens(0.4)) plan(promised + DAY, { what: 'promise', of, days: 3 });
  }
  if (chance.happens(0.35)) {
    const handed = at(-6, 12);
    plan(handed, { what: 'hand over', of });
    if (chance.happens(0.4))
      plan(handed + chance.between(0.01, 8) * DAY, { what: 'take back', of });
  }
  if (chance.happens(0.06)) {
    const withdrawn = at(-6, 16);
    plan(withdrawn, { what: 'withdraw', of });
    if (chance.happens(0.5))
      plan(withdrawn + chance.between(0.01, 9) * DAY, { what: 'ask again', of });
  }
  if (chance.happens(0.1)) plan(at(-4, 6), { what: 'escalate', of });
  return planned;
}

function planTerm(term: number, chance: Chance): Planned[] {
  const { due = '', year = '', term: number = 0 } = TERMS[term] ?? {};
  const planned: Planned[] = [];
  const plan = (at: number, does: Deed) => planned.push({ at, does });
  const at = (from: number, to: number) => someTime(due, chance.whole(from, to), chance);
  if (chance.happens(0.15)) {
    const later = workingDayFrom(due, chance.whole(1, 5));
    plan(at(-8, 20), { what: 'move due day', term: `${year}|${number}`, due: later });
  }
  for (const district of DISTRICTS) {
    if (!chance.happens(0.1)) continue;
    const paused = at(-8, 12);
    const days = chance.whole(0, 8);
    plan(paused, { what: 'pause', district, days });
    if (chance.happens(0.4))
      plan(paused + chance.between(0.01, days + 1) * DAY, { what: 'resume', district });
  }
  for (const _ of [1, 2])
    plan(at(-6, 16), { what: 'chase now', district: chance.oneOf(DISTRICTS) });
  const during = (share: number, longest: number, on: Deed, off: Deed) => {
    if (!chance.happens(share)) return;
    const from = at(-8, 18);
    plan(from, on);
    plan(from + chance.between(0.02, longest) * DAY, off);
  };
  for (const form of ['KPI', 'LAR'] as const) {
    during(0.4, 4, { what: 'hide list', form }, { what: 'show list', form });
  }
  for (const [part, share, longest] of [
    ['the lists', 0.4, 3],
    ['Teams', 0.4, 1.5],
    ['the service', 0.5, 9],
    ['the terms', 0.06, 4],
  ] as const) {
    during(share, longest, { what: 'fail', part }, { what: 'recover', part });
  }
  return planned;
}

function planPeople(chance: Chance): Planned[] {
  const due = () => chance.oneOf(TERMS).due;
  const left = LEAVERS.flatMap((person): Planned[] => {
    const at = someTime(due(), chance.whole(-6, 14), chance);
    return [
      { at, does: { what: 'leave', person } },
      { at: at + chance.between(0, 6) * DAY, does: { what: 'replace', person } },
    ];
  });
  const blocked = someTime(due(), chance.whole(-8, 8), chance);
  return [
    ...left,
    { at: blocked, does: { what: 'block', person: BLOCKER } },
    { at: blocked + chance.between(1, 40) * DAY, does: { what: 'unblock', person: BLOCKER } },
    {
      at: someTime(due(), chance.whole(-8, 12), chance),
      does: { what: 'install', person: WITHOUT_BOT },
    },
  ];
}

/** How the days of the year are looked at: closely while a term is chased, now and then between. */
function planLooks(chance: Chance): Planned[] {
  const planned: Planned[] = [
    // The hour that there is twice, and the hour that there is not.
    { at: Date.parse('2026-10-25T00:30:00Z'), does: plainLook() },
    { at: Date.parse('2026-10-25T01:30:00Z'), does: plainLook() },
    { at: Date.parse('2027-03-28T01:30:00Z'), does: plainLook() },
  ];
  for (let at = BEGINS; at < ENDS; at += DAY) {
    const { day } = wallClock(at + 3 * HOUR);
    planned.push(...timesOf(day, chance).map((when) => ({ at: when, does: someLook(chance) })));
  }
  return planned;
}

const WINDOWS = TERMS.map(({ due, locks }) => ({
  from: workingDayFrom(due, -5),
  to: locks,
  early: beginningOf(due) - 26 * DAY,
}));

function timesOf(day: string, chance: Chance): number[] {
  const begins = beginningOf(day);
  const opens = begins + 8.5 * HOUR + MINUTE;
  const isChased = WINDOWS.some(({ from, to }) => from <= day && day <= to);
  const isMonday = new Date(`${day}T12:00:00Z`).getUTCDay() === 1;
  const isWeekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
  const anyTime = () => begins + chance.between(0, 24) * HOUR;
  if (isWeekend) return chance.happens(0.15) ? [anyTime()] : [];
  if (!isChased) {
    const isEarly = WINDOWS.some(({ early, from }) => begins >= early && day < from);
    return chance.happens(isEarly ? 0.5 : 0.1)
      ? [opens, ...(isMonday ? [begins + 9 * HOUR] : [])]
      : [];
  }
  return [
    opens,
    ...(isMonday || chance.happens(0.15) ? [begins + 9 * HOUR] : []),
    ...(chance.happens(0.2) ? [begins + chance.between(9, 17) * HOUR] : []),
    ...(chance.happens(0.1) ? [begins + 17 * HOUR - chance.between(0, 10) * 1000] : []),
    ...(chance.happens(0.15) ? [anyTime()] : []),
  ];
}

const plainLook = (): PlannedLook => ({ what: 'look', isInterrupted: false, isDoubled: false });

const CRASHES = ['before keeping', 'while keeping', 'before posting', 'after posting'] as const;

const someLook = (chance: Chance): PlannedLook => ({
  what: 'look',
  crash: chance.happens(0.06) ? chance.oneOf(CRASHES) : undefined,
  isInterrupted: chance.happens(0.2),
  isDoubled: chance.happens(0.04),
});
