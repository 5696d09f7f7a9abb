import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acknowledge,
  askAgain,
  escalate,
  handOver,
  makePromise,
  pause,
  resume,
  seenBy,
  takeBack,
  undoPromise,
  withdraw,
  type Arranging,
  type Asking,
} from '../../../bot/chase/arranging.ts';
import { standingOf, type Arrangement } from '../../../bot/chase/arrangement.ts';
import { addDays, londonDay } from '../../../bot/calendar/london.ts';
import { addWorkingDays } from '../../../bot/calendar/working-days.ts';
import { returnId } from '../../../bot/returns/return.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import { calendar, commissioner, manager, personOf, situationOf, statusOf, T1 } from '../made.ts';

const MONDAY = '2026-11-23T09:00:00Z';
const TUESDAY = '2026-11-24T09:00:00Z';
const key = { form: 'KPI', district: 'Dover', ...T1 } as const;

const priya = personOf({ managerEmail: manager.email });
const femi = personOf({ id: 'lead-dover-2', name: 'Femi Asante', email: 'femi@stls.example' });
const nadia = personOf({ id: 'lead-swale', name: 'Nadia Thorne', districts: ['Swale'] });
const unlisted = personOf({ id: '', name: 'Nobody Yet', email: 'nobody@stls.example' });
const people = [priya, femi, nadia, unlisted, manager, commissioner];

const nowAt = (at: string, over: Partial<Situation> = {}): Situation =>
  situationOf(at, { people, statuses: [statusOf()], ...over });

const asking = (over: Partial<Asking> = {}): Asking => ({
  key,
  who: priya,
  now: nowAt(MONDAY),
  made: [],
  ...over,
});

/** What was made; fails where it was refused. */
function done(arranging: Arranging): Arrangement {
  if (!arranging.ok) throw new Error(arranging.reason);
  return arranging.made;
}

const reasonOf = (arranging: Arranging): string => (arranging.ok ? '' : arranging.reason);

const friday = done(makePromise(asking(), '2026-11-27'));

describe('a promise', () => {
  test('names its day, and who gave it', () => {
    expect(friday).toEqual({
      what: 'promised',
      until: '2026-11-27',
      at: new Date(MONDAY),
      by: priya.id,
      name: priya.name,
    });
  });

  test.each(['2026-11-23', '2026-11-24', '2026-11-28', '2026-11-30'])('may be for %s', (day) => {
    expect(makePromise(asking(), day).ok).toBe(true);
  });

  test.each([
    '',
    'soon',
    '2026-11-22',
    '2026-12-01',
    '2026-11-31',
    '2026-11-27T09:00',
    '27/11/2026',
  ])('is not for “%s”', (day) => {
    expect(reasonOf(makePromise(asking(), day))).toBe(
      'Please choose a day from today to Mon 30 Nov.',
    );
  });

  test('is given once', () => {
    const again = makePromise(asking({ who: femi, made: [friday] }), '2026-11-25');
    expect(reasonOf(again)).toContain('Priya Raman said: by Fri 27 Nov.');
    const late = nowAt('2026-11-30T09:00:00Z');
    expect(makePromise(asking({ now: late, made: [friday] }), '2026-12-01').ok).toBe(false);
  });

  test('pressed twice is noted, and no mistake', () => {
    const again = makePromise(asking({ made: [friday] }), '2026-11-27');
    expect(again).toEqual({ ok: false, reason: 'It is noted: by Fri 27 Nov.', isSo: true });
  });

  test('ends where the term locks', () => {
    const now = nowAt('2026-12-09T09:00:00Z');
    expect(makePromise(asking({ now }), '2026-12-11').ok).toBe(true);
    expect(reasonOf(makePromise(asking({ now }), '2026-12-14'))).toContain('to Fri 11 Dec');
    const locked = nowAt('2026-12-14T09:00:00Z');
    expect(reasonOf(makePromise(asking({ now: locked }), '2026-12-15'))).toContain('locked');
  });

  test('waits for the terms list where that does not reach far enough', () => {
    const terms = calendar.terms
      .filter(({ year, term }) => year === '2026-27' && term <= 2)
      .map((term) => (term.term === 2 ? { ...term, ends: '2026-11-26' } : term));
    const now = nowAt(MONDAY, { calendar: { ...calendar, terms } });
    expect(reasonOf(makePromise(asking({ now }), '2026-11-24'))).toContain('ask a commissioner');
  });

  test.each([
    ['what has come in', { statuses: [statusOf({ state: 'filed' })] }, 'come in'],
    ['what is being saved', { saving: new Set([returnId(key)]) }, 'being saved'],
    ['what is not due', { statuses: [] }, 'not due'],
    ['a list that cannot be read', { unread: new Set(['KPI' as const]) }, 'cannot be read'],
  ])('is not taken for %s', (_, over, reason) => {
    const now = nowAt(MONDAY, over);
    expect(reasonOf(makePromise(asking({ now }), '2026-11-27'))).toContain(reason);
  });

  test('is undone on its own day, by whoever gave it, and once', () => {
    const undone = done(undoPromise(asking({ made: [friday] })));
    expect(undone.what).toBe('promise undone');
    const again = done(makePromise(asking({ made: [friday, undone] }), '2026-11-26'));
    const made = [friday, undone, again];
    expect(reasonOf(undoPromise(asking({ made })))).toContain('undone once already');
    expect(reasonOf(undoPromise(asking({ who: femi, made: [friday] })))).toContain('Priya Raman');
    const now = nowAt(TUESDAY);
    expect(reasonOf(undoPromise(asking({ now, made: [friday] })))).toContain('own day only');
    expect(reasonOf(undoPromise(asking()))).toContain('No day is promised');
  });
});

describe('handing over', () => {
  const handed = done(handOver(asking(), femi.id));

  test('is to another lead of the district whom the people list can name', () => {
    expect(handed).toMatchObject({ what: 'handed over', to: femi.id, toName: femi.name });
    for (const to of [priya.id, nadia.id, manager.id, commissioner.id, '', 'stranger']) {
      expect(reasonOf(handOver(asking(), to))).toContain('another lead of Dover only');
    }
  });

  test('leaves it to the colleague alone, who may hand it on', () => {
    const made = [handed];
    expect(handOver(asking({ made }), femi.id)).toMatchObject({ isSo: true });
    expect(reasonOf(handOver(asking({ made }), 'stranger'))).toContain(
      'Femi Asante has it in hand. Take it back first',
    );
    expect(reasonOf(makePromise(asking({ made }), '2026-11-27'))).toContain('has it in hand');
    expect(makePromise(asking({ who: femi, made }), '2026-11-27').ok).toBe(true);
    expect(done(handOver(asking({ who: femi, made }), priya.id))).toMatchObject({ to: priya.id });
  });

  test('is taken back by any lead of the district', () => {
    for (const who of [priya, femi]) {
      expect(done(takeBack(asking({ who, made: [handed] }))).what).toBe('taken back');
    }
    expect(reasonOf(takeBack(asking()))).toContain('every lead');
  });

  test('ends by itself when the colleague is no lead there any more', () => {
    const now = nowAt(MONDAY, { people: [priya, { ...femi, districts: ['Swale'] }] });
    expect(takeBack(asking({ now, made: [handed] })).ok).toBe(false);
    expect(makePromise(asking({ now, made: [handed] }), '2026-11-27').ok).toBe(true);
  });
});

describe('having seen it', () => {
  const seen = done(acknowledge(asking()));

  test('is kept with the stage, once a person', () => {
    expect(seen).toMatchObject({ what: 'seen', stage: '+3', by: priya.id });
    expect(reasonOf(acknowledge(asking({ made: [seen] })))).toBe(
      'You said so on Mon 23 Nov, 09:00.',
    );
    const other = done(acknowledge(asking({ who: manager, made: [seen] })));
    expect(seenBy(key, [seen, other], nowAt(MONDAY)).map(({ by }) => by)).toEqual([
      priya.id,
      manager.id,
    ]);
  });

  test('counts until the next stage', () => {
    const now = nowAt('2026-11-25T09:00:00Z');
    expect(seenBy(key, [seen], now)).toEqual([]);
    expect(done(acknowledge(asking({ now, made: [seen] })))).toMatchObject({ stage: '+5' });
  });

  test('is of something that is asked for', () => {
    const now = nowAt('2026-11-02T09:00:00Z');
    expect(reasonOf(acknowledge(asking({ now })))).toContain('not asked for yet');
  });
});

describe('telling the manager', () => {
  const asked = (over: Partial<Asking> = {}) => escalate(asking({ who: commissioner, ...over }));

  test('is done once', () => {
    const made = [done(asked())];
    expect(made[0]?.what).toBe('escalated');
    expect(reasonOf(asked({ made }))).toContain('Colin Marsh asked for this on Mon 23 Nov');
    const told = {
      person: manager.id,
      kind: 'manager' as const,
      about: returnId(key),
      stage: '+5',
      at: new Date(MONDAY),
      outcome: 'sent' as const,
    };
    expect(reasonOf(asked({ now: nowAt(TUESDAY, { log: [told] }) }))).toContain('was told on');
  });

  test.each([
    ['nobody leads the district', [manager], 'names no lead'],
    ['no lead names a manager', [femi], 'names no manager'],
    ['the manager cannot be written to', [priya, { ...manager, id: '' }], 'Entra object id'],
  ])('says what to do where %s', (_, list, reason) => {
    expect(reasonOf(asked({ now: nowAt(MONDAY, { people: list }) }))).toContain(reason);
  });

  test('waits for a promise, and for what is not asked for', () => {
    expect(reasonOf(asked({ made: [friday] }))).toContain('by Fri 27 Nov');
    expect(reasonOf(asked({ now: nowAt('2026-11-02T09:00:00Z') }))).toContain('Nobody is asked');
  });
});

describe('a return that is not asked for this term', () => {
  const asked = (over: Partial<Asking>, note = 'the post is vacant until January') =>
    withdraw(asking({ who: commissioner, ...over }), note);
  const withdrawn = done(asked({}));

  test('has a reason that says something', () => {
    expect(withdrawn).toMatchObject({ note: 'the post is vacant until January' });
    for (const note of ['', '  ', 'ok', 'N/A']) {
      expect(reasonOf(asked({}, note))).toContain('Please say in a few words');
    }
  });

  test('has nothing else arranged about it until it is asked for again', () => {
    const made = [withdrawn];
    expect(reasonOf(asked({ made }))).toContain('Colin Marsh said so');
    expect(makePromise(asking({ made }), '2026-11-27').ok).toBe(false);
    expect(handOver(asking({ made }), femi.id).ok).toBe(false);
    expect(escalate(asking({ who: commissioner, made })).ok).toBe(false);
    const again = done(askAgain(asking({ who: commissioner, made })));
    expect(makePromise(asking({ made: [...made, again] }), '2026-11-27').ok).toBe(true);
    expect(reasonOf(askAgain(asking({ made: [...made, again] })))).toContain('It is asked for');
  });
});

test('withdrawing what is withdrawn, by who pressed twice or another, is so already', () => {
  const once = done(withdraw(asking({ who: commissioner }), 'the post is vacant'));
  const again = withdraw(asking({ who: commissioner, made: [once] }), 'the post is vacant');
  expect(again).toMatchObject({ ok: false, isSo: true });
  expect(reasonOf(again)).toContain('Colin Marsh said so on');
});

test('a pause until the same day is so already; another day can be set', () => {
  const district = { district: 'Dover', who: commissioner, now: nowAt(MONDAY) };
  const once = done(pause({ ...district, made: [] }, '2026-11-30'));
  expect(pause({ ...district, made: [once] }, '2026-11-30')).toEqual({
    ok: false,
    isSo: true,
    reason: 'It is paused until Mon 30 Nov by Colin Marsh.',
  });
  expect(pause({ ...district, made: [once] }, '2026-12-01').ok).toBe(true);
});

describe('a pause', () => {
  const district = { district: 'Dover', who: commissioner, now: nowAt(MONDAY), made: [] };

  test('is for 60 days at the most, and is ended once', () => {
    for (const day of ['2026-11-22', '2027-01-23', 'soon', '2026-11-31', '']) {
      expect(reasonOf(pause(district, day))).toContain('60 days ahead');
    }
    const made = [done(pause(district, '2027-01-22'))];
    const ended = done(resume({ ...district, made }));
    expect(resume({ ...district, made: [...made, ended] }).ok).toBe(false);
    expect(resume({ ...district, made, now: nowAt('2027-01-23T09:00:00Z') }).ok).toBe(false);
  });
});

describe('whatever is pressed, in whatever order', () => {
  const REACH = 12;
  const everyone = [...people, personOf({ id: 'stranger', districts: [] })];
  const step = fc.record({
    act: fc.constantFrom('promise', 'undo', 'hand', 'back', 'seen', 'tell', 'withdraw', 'again'),
    who: fc.constantFrom(...everyone),
    to: fc.constantFrom(...everyone.map(({ id }) => id)),
    day: fc.integer({ min: -3, max: REACH }),
    note: fc.constantFrom('', 'ok', 'the post is vacant until January'),
    later: fc.integer({ min: 0, max: 3 }),
    state: fc.constantFrom('missing', 'missing', 'missing', 'part filed', 'filed'),
  });

  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  function pressed({ act, to, day, note }: Step, from: Asking): Arranging {
    switch (act) {
      case 'promise':
        return makePromise(from, addDays(londonDay(from.now.at), day));
      case 'undo':
        return undoPromise(from);
      case 'hand':
        return handOver(from, to);
      case 'back':
        return takeBack(from);
      case 'seen':
        return acknowledge(from);
      case 'tell':
        return escalate(from);
      case 'withdraw':
        return withdraw(from, note);
      case 'again':
        return askAgain(from);
    }
  }

  /** Everything that was answered, with what had been made before and by when. */
  function story(steps: readonly Step[]) {
    let day = '2026-11-12';
    let made: readonly Arrangement[] = [];
    return steps.map((one) => {
      day = addDays(day, one.later);
      const now = nowAt(`${day}T09:00:00Z`, { statuses: [statusOf({ state: one.state })] });
      const answer = pressed(one, asking({ who: one.who, now, made }));
      const before = made;
      if (answer.ok) made = [...made, answer.made];
      return { answer, before, after: made, today: day };
    });
  }

  const stories = fc.array(step, { maxLength: 30 }).map(story);

  test('a refusal always says why', () => {
    fc.assert(
      fc.property(stories, (told) => {
        for (const { answer } of told) if (!answer.ok) expect(answer.reason).toMatch(/\w{2,}.*\.$/);
      }),
    );
  });

  test('a return has one promise, and it is soon', () => {
    fc.assert(
      fc.property(stories, (told) => {
        for (const { answer, before, after, today } of told) {
          expect(standingOf(after).promises).toBeLessThanOrEqual(1);
          if (!answer.ok || answer.made.what !== 'promised') continue;
          expect(standingOf(before).promise).toBeUndefined();
          expect(answer.made.until >= today).toBe(true);
          expect(answer.made.until <= (addWorkingDays(today, 5, calendar) ?? '')).toBe(true);
          expect(answer.made.until <= '2026-12-11').toBe(true);
        }
      }),
    );
  });

  test('a return goes to people of its district only', () => {
    fc.assert(
      fc.property(stories, (told) => {
        for (const { answer } of told) {
          if (!answer.ok || answer.made.what !== 'handed over') continue;
          expect([priya.id, femi.id]).toContain(answer.made.to);
        }
      }),
    );
  });
});
