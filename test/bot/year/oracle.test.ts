import { describe, expect, test } from 'vitest';
import { decideChases, decideManagers } from '../../../bot/chase/decide.ts';
import { londonDay } from '../../../bot/calendar/london.ts';
import { historyOf } from '../../../bot/chase/history.ts';
import { outstandingItems } from '../../../bot/chase/outstanding.ts';
import { prepare } from '../../../bot/chase/prepare.ts';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import type { Calendar } from '../../../bot/calendar/working-days.ts';
import { quietReason, type Situation } from '../../../bot/chase/situation.ts';
import { DEFAULT_POLICY } from '../../../bot/chase/policy.ts';
import { isFiled } from '../../../bot/returns/state.ts';
import { AS_THEY_ARE, liveYear, type Decisions } from './live-the-year.ts';
import {
  beginningOf,
  isSchoolWorkingDay,
  nextDay,
  stageOn,
  wallClock,
  workingDayFrom,
} from './oracle-days.ts';

/** Years in which a fault has to come to light. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Decides on the same situation, seen wrongly: both when deciding and before sending. */
const seeing = (wrongly: (now: Situation) => Situation): Decisions => ({
  decideChases: (now) => decideChases(wrongly(now)),
  decideAlerts: (now, chased) => AS_THEY_ARE.decideAlerts(wrongly(now), chased),
  prepare: (delivery, now) => prepare(delivery, wrongly(now)),
});

const without = (...what: Arrangement['what'][]): Decisions =>
  seeing((now) => ({
    ...now,
    arrangements: new Map(
      [...now.arrangements].map(([about, made]) => [
        about,
        made.filter((one) => !what.includes(one.what)),
      ]),
    ),
  }));

const withPolicy = (policy: Partial<typeof DEFAULT_POLICY>): Decisions =>
  seeing((now) => ({ ...now, policy: { ...now.policy, ...policy } }));

const worked = new WeakMap<Calendar, Calendar>();

function withoutBankHolidays(calendar: Calendar): Calendar {
  const known = worked.get(calendar) ?? { ...calendar, bankHolidays: new Set() };
  worked.set(calendar, known);
  return known;
}

const A_DAY = 24 * 3_600_000;

const FAULTS: [string, Decisions, RegExp][] = [
  ['ignores quiet hours', withPolicy({ quietUntil: '00:00', quietFrom: '24:00' }), /outside hours/],
  [
    'works in the holidays',
    seeing((now) => ({ ...now, calendar: withoutBankHolidays(now.calendar) })),
    /no working day|has reached|not so/,
  ],
  [
    'forgets what was sent',
    seeing((now) => ({ ...now, log: now.log.filter(({ kind }) => kind !== 'chase') })),
    /was not said|another card/,
  ],
  [
    'forgets that somebody had a card today',
    seeing((now) => ({
      ...now,
      log: now.log.map((one) =>
        londonDay(one.at) === londonDay(now.at)
          ? { ...one, at: new Date(one.at.getTime() + 2 * A_DAY) }
          : one,
      ),
    })),
    /another card on one day/,
  ],
  ['ignores promises', without('promised'), /though it is promised|promised for|not so/],
  ['never resumes after a promise', neverResumes(), /was not told|is not so/],
  ['ignores hand-overs', without('handed over'), /has it in hand|not so|handed/],
  ['ignores what was withdrawn', without('withdrawn'), /though it is withdrawn/],
  ['ignores pauses', without('paused'), /district is paused/],
  [
    'forgets managers',
    seeing((now) => ({
      ...now,
      people: now.people.map((person) => ({ ...person, managerEmail: '' })),
    })),
    /\(manager\)/,
  ],
  ['tells managers what they were asked', forgetsManagersWhoLead(), /tells a manager nothing new/],
  ['forgets commissioners at +10', withPolicy({ commissionerStage: 90 }), /\(alert\)/],
  [
    'leaves the last stages out',
    withPolicy({ returnStages: [-5, -1, 1, 3] }),
    /has reached|not so/,
  ],
  ['is a day late', withPolicy({ returnStages: [-4, 0, 2, 4, 6, 11] }), /not so|was not told/],
  [
    'chases for what is filed',
    seeing((now) => ({
      ...now,
      statuses: now.statuses.map((one) =>
        isFiled(one.state) ? { ...one, state: 'missing' } : one,
      ),
    })),
    /though it is filed|the reason is|not so/,
  ],
  [
    'chases for what is being saved',
    seeing((now) => ({ ...now, saving: new Set() })),
    /being saved|though it is filed/,
  ],
  [
    'calls an unreadable list empty',
    seeing((now) => ({ ...now, unread: new Set() })),
    /could not be checked/,
  ],
  [
    'believes terms that contradict each other',
    seeing((now) => ({ ...now, contradictions: [] })),
    /contradict/,
  ],
  [
    'gives no reasons',
    { ...AS_THEY_ARE, decideChases: (now) => ({ ...decideChases(now), notSent: [] }) },
    /the reason is not said/,
  ],
  [
    'does not decide a chase again before sending',
    {
      ...AS_THEY_ARE,
      prepare: (delivery, now) =>
        delivery.kind === 'chase' ? { kind: 'send', delivery } : prepare(delivery, now),
    },
    /^chase.*( chases for .*, though| was sent outside hours)/,
  ],
  [
    'does not decide an alert again before sending',
    {
      ...AS_THEY_ARE,
      prepare: (delivery, now) =>
        delivery.kind === 'alert' ? { kind: 'send', delivery } : prepare(delivery, now),
    },
    /^alert.*(is chased, though|nobody has to judge|says nothing|was sent outside hours)/,
  ],
  [
    'drops who leads two districts',
    {
      ...AS_THEY_ARE,
      decideChases: (now) => {
        const decision = decideChases(now);
        return { ...decision, messages: decision.messages.filter(({ district }) => district) };
      },
    },
    /the reason is not said/,
  ],
];

/** Who leads a district that they manage too is told as a manager of what they were asked already. */
function forgetsManagersWhoLead(): Decisions {
  const forgetful = (now: Situation): Situation => ({
    ...now,
    log: now.log.map((entry) => (entry.kind === 'chase' ? { ...entry, about: '' } : entry)),
  });
  return {
    ...AS_THEY_ARE,
    decideChases: (now) => {
      const { messages, notSent } = decideChases(now);
      const history = historyOf(forgetful(now).log, now.at);
      const scene = { now, history, quiet: quietReason(now) };
      const again =
        now.contradictions.length > 0
          ? []
          : decideManagers(outstandingItems(now).items, messages, scene);
      return { messages: [...messages, ...again], notSent };
    },
    prepare: (delivery, now) =>
      prepare(delivery, delivery.kind === 'manager' ? forgetful(now) : now),
  };
}

/** A promise that holds for ever. */
function neverResumes(): Decisions {
  return seeing((now) => ({
    ...now,
    arrangements: new Map(
      [...now.arrangements].map(([about, made]) => [
        about,
        made.map((one) => (one.what === 'promised' ? { ...one, until: '2099-01-01' } : one)),
      ]),
    ),
  }));
}

function firstFound(decisions: Decisions): string | undefined {
  for (const seed of SEEDS) {
    const { broken } = liveYear(seed, { decisions });
    if (broken !== undefined) return broken;
  }
  return undefined;
}

describe('the oracle finds, and names, the fault of a decision that', () => {
  test.each(FAULTS)('%s', { timeout: 120_000 }, (_, decisions, words) => {
    expect(firstFound(decisions)).toMatch(words);
  });
});

describe('the oracle’s own almanac', () => {
  test('knows the hour that there is twice, and the one that there is not', () => {
    const clock = (at: string) => wallClock(Date.parse(at));
    expect(clock('2026-10-25T00:30:00Z')).toEqual({ day: '2026-10-25', minutes: 90 });
    expect(clock('2026-10-25T01:30:00Z')).toEqual({ day: '2026-10-25', minutes: 90 });
    expect(clock('2027-03-28T01:30:00Z')).toEqual({ day: '2027-03-28', minutes: 150 });
    expect(clock('2027-06-30T23:30:00Z')).toEqual({ day: '2027-07-01', minutes: 30 });
    expect(new Date(beginningOf('2027-07-01')).toISOString()).toBe('2027-06-30T23:00:00.000Z');
    expect(nextDay('2027-02-28')).toBe('2027-03-01');
  });

  test('counts working days over half-term, Christmas and a bank holiday', () => {
    expect(workingDayFrom('2026-10-21', 1)).toBe('2026-11-02');
    expect(workingDayFrom('2027-01-04', -1)).toBe('2026-12-18');
    expect(workingDayFrom('2027-04-28', 3)).toBe('2027-05-04');
    expect(workingDayFrom('2026-11-21', 1)).toBe('2026-11-23');
    expect(isSchoolWorkingDay('2027-05-03')).toBe(false);
  });

  test('knows the stages of a return due on 18 November', () => {
    const stage = (day: string) => stageOn(day, '2026-11-18', [-5, -1, 1, 3, 5, 10]);
    expect(stage('2026-11-10')).toBeUndefined();
    expect(stage('2026-11-17')).toEqual({ stage: -1, on: '2026-11-17' });
    expect(stage('2026-12-02')).toEqual({ stage: 10, on: '2026-12-02' });
  });
});
