import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, londonInstant } from '../../../bot/calendar/london.ts';
import { isWorkingDay } from '../../../bot/calendar/working-days.ts';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { Message } from '../../../bot/chase/message.ts';
import { outstandingIn } from '../../../bot/chase/outstanding.ts';
import type { ChaseEntry } from '../../../bot/chase/history.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import { DEFAULT_POLICY } from '../../../bot/chase/policy.ts';
import { isFiled, type ReturnState } from '../../../bot/returns/state.ts';
import {
  arrangedFor,
  calendar,
  commissioner,
  findingAt,
  loggedOf,
  manager,
  pauseOf,
  personOf,
  recordOf,
  situationOf,
  statusOf,
} from '../made.ts';

const KPI = 'KPI|Dover|2026-27|1';
const LAR = 'LAR|Dover|2026-27|1';
const missing = [statusOf(), statusOf({ form: 'LAR' })];
const lead = personOf({ managerEmail: manager.email });

const AT = new Date('2026-11-18T10:00:00Z');
const PRIYA = { at: AT, by: lead.id, name: lead.name };
const COLIN = { at: AT, by: commissioner.id, name: commissioner.name };

const chase = (at: string, over: Partial<Situation> = {}) =>
  decideChases(situationOf(at, { statuses: missing, ...over }));

const made = {
  promised: { ...PRIYA, what: 'promised', until: '2026-11-27' },
  withdrawn: { ...COLIN, what: 'withdrawn', note: 'the post is vacant' },
  escalated: { ...COLIN, what: 'escalated' },
} satisfies Record<string, Arrangement>;

/** Decides on every instant in turn, delivering what is decided, as the running service does. */
function live(instants: readonly string[], over: Partial<Situation> = {}) {
  const log: ChaseEntry[] = [];
  return instants.map((at) => {
    const { messages } = chase(at, { ...over, log: [...log] });
    log.push(...loggedOf(messages, at));
    return messages;
  });
}

describe('a missing return', () => {
  test.each([
    ['2026-11-11', '-5'],
    ['2026-11-17', '-1'],
    ['2026-11-19', '+1'],
    ['2026-11-23', '+3'],
    ['2026-11-25', '+5'],
    ['2026-12-02', '+10'],
  ])('is chased on %s at stage %s, both forms on one card', (day, stage) => {
    const { messages } = chase(`${day}T09:00:00Z`);
    expect(messages).toMatchObject([
      { kind: 'chase', person: { id: 'lead-dover' }, district: 'Dover', stage },
    ]);
    expect(messages[0]?.logs).toMatchObject([
      { about: KPI, stage },
      { about: LAR, stage },
    ]);
  });

  test('is chased once for each stage over a whole term, never twice', () => {
    const days = Array.from({ length: 45 }, (_, i) => addDays('2026-11-02', i));
    const instants = days.flatMap((day) => [`${day}T09:00:00Z`, `${day}T14:00:00Z`]);
    const sent = live(instants).flatMap((messages, i) =>
      messages.map(({ stage }) => [instants[i]?.slice(0, 10), stage]),
    );
    expect(sent).toEqual([
      ['2026-11-11', '-5'],
      ['2026-11-17', '-1'],
      ['2026-11-19', '+1'],
      ['2026-11-23', '+3'],
      ['2026-11-25', '+5'],
      ['2026-12-02', '+10'],
    ]);
  });

  test('is chased at the latest stage only, after the service was down', () => {
    const [first, second] = live(['2026-11-11T09:00:00Z', '2026-11-30T09:00:00Z']);
    expect(first?.map(({ stage }) => stage)).toEqual(['-5']);
    expect(second?.map(({ stage }) => stage)).toEqual(['+5']);
  });

  test('is not chased before the first stage, and it is said why', () => {
    const { messages, notSent } = chase('2026-11-10T09:00:00Z');
    expect(messages).toEqual([]);
    expect(notSent.map(({ about, why }) => [about, why])).toEqual([
      [KPI, 'no stage reached yet'],
      [LAR, 'no stage reached yet'],
    ]);
  });

  test('says on the card how late it is, in working days', () => {
    const why = (at: string) => chase(at).messages[0]?.logs[0]?.because;
    expect(why('2026-11-17T09:00:00Z')).toBe(
      'missing, 1 working day before it is due on Wed 18 Nov',
    );
    expect(why('2026-11-23T09:00:00Z')).toBe(
      'missing, 3 working days after it was due on Wed 18 Nov',
    );
  });

  test('is not chased once its term is locked', () => {
    expect(chase('2026-12-11T09:00:00Z').messages).toHaveLength(1);
    expect(chase('2026-12-14T09:00:00Z')).toEqual({ messages: [], notSent: [] });
  });

  test('of a term that the terms list does not hold is not chased', () => {
    expect(chase('2026-11-23T09:00:00Z', { statuses: [statusOf({ year: '2031-32' })] })).toEqual({
      messages: [],
      notSent: [],
    });
  });

  test('of a district that nobody leads is reported, never silently dropped', () => {
    const statuses = [statusOf({ district: 'Swale' })];
    const { messages, notSent } = chase('2026-11-23T09:00:00Z', { statuses });
    expect(messages).toEqual([]);
    expect(notSent).toMatchObject([{ district: 'Swale', why: 'nobody leads this district' }]);
  });
});

describe('what has been filed', () => {
  const states: ReturnState[] = [
    'missing',
    'part filed',
    'filed',
    'filed with open queries',
    'approved',
    'amended',
  ];

  test.each(states)('%s: chased only if it is not handed in', (state) => {
    const { messages } = chase('2026-11-23T09:00:00Z', { statuses: [statusOf({ state })] });
    expect(messages).toHaveLength(isFiled(state) ? 0 : 1);
  });

  test('is not on the card, though the other form is', () => {
    const statuses = [statusOf({ state: 'filed' }), statusOf({ form: 'LAR' })];
    const [message] = chase('2026-11-23T09:00:00Z', { statuses }).messages;
    expect(message?.returns.map(({ form }) => form)).toEqual(['LAR']);
  });
});

describe('quiet hours', () => {
  test.each([
    ['2026-11-23T08:29:59Z', 'outside hours'],
    ['2026-11-23T17:00:00Z', 'outside hours'],
    ['2026-11-23T23:30:00Z', 'outside hours'],
    ['2026-11-21T10:00:00Z', 'not a working day'],
    ['2026-11-22T10:00:00Z', 'not a working day'],
  ])('at %s nobody is written to, and it is said why: %s', (at, reason) => {
    const { messages, notSent } = chase(at);
    expect(messages).toEqual([]);
    expect(notSent.map((n) => [n.about, n.why])).toEqual([
      [KPI, reason],
      [LAR, reason],
    ]);
  });

  test.each(['2026-11-23T08:30:00Z', '2026-11-23T16:59:59Z'])('at %s people are', (at) => {
    expect(chase(at).messages).toHaveLength(1);
  });

  test('follow the London clock in summer', () => {
    const statuses = [statusOf({ year: '2025-26', term: 5 })];
    expect(chase('2026-06-18T07:29:00Z', { statuses }).messages).toEqual([]);
    expect(chase('2026-06-18T07:30:00Z', { statuses }).messages).toHaveLength(1);
    expect(chase('2026-06-18T16:00:00Z', { statuses }).messages).toEqual([]);
  });

  test('last all day on bank holidays and in school holidays', () => {
    const term4 = (year: string) => ({ statuses: [statusOf({ year, term: 4 })] });
    expect(chase('2027-05-03T10:00:00Z', term4('2026-27')).messages).toEqual([]);
    expect(chase('2026-05-27T10:00:00Z', term4('2025-26')).messages).toEqual([]);
    expect(chase('2027-05-04T10:00:00Z', term4('2026-27')).messages).toHaveLength(1);
  });

  test('are kept at any instant of the year', () => {
    const instants = fc.date({
      min: new Date('2025-09-01T00:00:00Z'),
      max: new Date('2027-07-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const everyTerm = ['2025-26', '2026-27'].flatMap((year) =>
      [1, 2, 3, 4, 5, 6].map((term) => statusOf({ year, term })),
    );
    fc.assert(
      fc.property(instants, (at) => {
        const decided = chase(at.toISOString(), { statuses: everyTerm });
        if (decided.messages.length === 0) return;
        const day = at.toISOString().slice(0, 10);
        expect(isWorkingDay(day, calendar)).toBe(true);
        expect(at >= londonInstant(day, DEFAULT_POLICY.quietUntil)).toBe(true);
        expect(at < londonInstant(day, DEFAULT_POLICY.quietFrom)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('one card a person a day', () => {
  const at = '2026-11-23T09:00:00Z';

  test('a lead who was written to today gets nothing more, and it is said why', () => {
    const log = loggedOf(chase(at).messages, at);
    const later = [...missing, statusOf({ year: '2025-26', term: 6 })];
    const findings = [recordOf({ finding: findingAt({ on: { term: 6, year: '2025-26' } }) })];
    const { messages, notSent } = chase('2026-11-23T11:00:00Z', {
      statuses: [...later.slice(0, 1), statusOf({ form: 'LAR', state: 'filed' })],
      findings,
      log: log.map((entry) => ({ ...entry, about: LAR })),
    });
    expect(messages).toEqual([]);
    expect(notSent.map(({ why }) => why)).toEqual(['already written to today', 'already filed']);
  });

  test('a card that was not delivered is tried again', () => {
    for (const outcome of ['no bot installed', 'blocked', 'failed'] as const) {
      const log = loggedOf(chase(at).messages, at, outcome);
      expect(chase('2026-11-24T09:00:00Z', { log }).messages).toHaveLength(1);
    }
  });

  test('a lead with two districts gets one card for both', () => {
    const people = [personOf({ districts: ['Dover', 'Swale'] })];
    const statuses = [...missing, statusOf({ district: 'Swale' })];
    const { messages } = chase(at, { people, statuses });
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toHaveProperty('district');
    expect(messages[0]?.returns.map(({ district }) => district)).toEqual([
      'Dover',
      'Dover',
      'Swale',
    ]);
  });

  test('two leads of a district get a card each', () => {
    const people = [personOf(), personOf({ id: 'second', name: 'Delphine Orr' })];
    expect(chase(at, { people }).messages.map(({ person }) => person?.id)).toEqual([
      'lead-dover',
      'second',
    ]);
  });

  test('the same day has the same message id, another day another', () => {
    const ids = [at, '2026-11-23T15:00:00Z', '2026-11-24T09:00:00Z'].map(
      (instant) => chase(instant).messages[0]?.id,
    );
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('only leads are chased', () => {
    const people = [manager, personOf({ role: 'SENCO' }), personOf({ role: 'Link practitioner' })];
    expect(chase(at, { people }).messages).toEqual([]);
  });
});

describe('open queries', () => {
  const filed = [
    statusOf({ state: 'filed with open queries' }),
    statusOf({ form: 'LAR', state: 'filed' }),
  ];
  const raisedAt = new Date('2026-11-19T15:00:00Z');
  const query = recordOf({ raisedAt });
  const withQuery = (over: Partial<Situation> = {}) => ({
    statuses: filed,
    findings: [query],
    ...over,
  });

  test('are chased from the day after, on +2, on +5, and then no more', () => {
    const days = Array.from({ length: 30 }, (_, i) => addDays('2026-11-19', i));
    const sent = live(
      days.map((day) => `${day}T16:00:00Z`),
      withQuery(),
    ).flatMap((messages, i) => messages.map(({ stage }) => [days[i], stage]));
    expect(sent).toEqual([
      ['2026-11-20', 'query +1'],
      ['2026-11-23', 'query +2'],
      ['2026-11-26', 'query +5'],
    ]);
  });

  test.each([
    ['open', 1],
    ['sent back', 1],
    ['explained', 0],
    ['accepted', 0],
    ['closed', 0],
  ] as const)('%s: %d message', (status, count) => {
    const findings = [recordOf({ raisedAt, status })];
    expect(chase('2026-11-23T09:00:00Z', withQuery({ findings })).messages).toHaveLength(count);
  });

  test('are muted while their own return is missing', () => {
    const [message] = chase('2026-11-23T09:00:00Z', { findings: [query] }).messages;
    expect(message?.findings).toEqual([]);
    expect(message?.returns).toHaveLength(2);
  });

  test('of one return are not muted by another that is missing', () => {
    const statuses = [filed[0] ?? statusOf(), statusOf({ form: 'LAR' })];
    const [message] = chase('2026-11-23T09:00:00Z', { statuses, findings: [query] }).messages;
    expect(message?.findings).toEqual([query.finding.id]);
    expect(message?.stage).toBe('+3');
    expect(message?.logs.map(({ stage }) => stage)).toEqual(['+3', 'query +2']);
  });

  test('are not chased where they are errors: the return is, being part filed', () => {
    const findings = [recordOf({ raisedAt, finding: findingAt({ severity: 'error' }) })];
    expect(chase('2026-11-23T09:00:00Z', withQuery({ findings })).messages).toEqual([]);
  });

  test('of a locked term are left in peace', () => {
    const old = { year: '2025-26', term: 4 };
    const findings = [recordOf({ raisedAt, finding: findingAt({ on: old }) })];
    expect(chase('2026-11-23T09:00:00Z', withQuery({ findings })).messages).toEqual([]);
  });
});

describe('pauses', () => {
  const arrangements = pauseOf('Dover', '2026-11-24');

  test('hold a district to the end of their last day, and it is said who paused it', () => {
    for (const day of ['2026-11-23', '2026-11-24']) {
      const { messages, notSent } = chase(`${day}T09:00:00Z`, { arrangements });
      expect(messages).toEqual([]);
      expect(notSent.map(({ why, detail }) => [why, detail])).toEqual([
        ['paused', 'until Tue 24 Nov by Colin Marsh'],
        ['paused', 'until Tue 24 Nov by Colin Marsh'],
      ]);
    }
    expect(chase('2026-11-25T09:00:00Z', { arrangements }).messages).toHaveLength(1);
  });

  test('hold their own district only', () => {
    const people = [personOf({ districts: ['Dover', 'Swale'] })];
    const statuses = [...missing, statusOf({ district: 'Swale' })];
    const { messages, notSent } = chase('2026-11-23T09:00:00Z', {
      people,
      statuses,
      arrangements,
    });
    expect(messages[0]?.returns.map(({ district }) => district)).toEqual(['Swale']);
    expect(notSent).toHaveLength(2);
  });

  test('hold its queries too', () => {
    const findings = [recordOf({ raisedAt: new Date('2026-11-19T15:00:00Z') })];
    const statuses = [statusOf({ state: 'filed with open queries' })];
    const { messages, notSent } = chase('2026-11-23T09:00:00Z', {
      statuses,
      findings,
      arrangements,
    });
    expect(messages).toEqual([]);
    expect(notSent.map(({ why }) => why)).toContain('paused');
  });

  test('leave what is outstanding to be seen by who asks', () => {
    const now = situationOf('2026-11-23T09:00:00Z', { statuses: missing, arrangements });
    expect(outstandingIn(['Dover'], now).map(({ about }) => about)).toEqual([KPI, LAR]);
    expect(outstandingIn(['Swale'], now)).toEqual([]);
  });
});

describe('the lead’s manager', () => {
  const people = [lead, manager];
  const toManager = (messages: readonly Message[]) =>
    messages.filter(({ person }) => person?.id === 'manager');

  test.each([
    ['2026-11-11', 0],
    ['2026-11-19', 0],
    ['2026-11-23', 0],
    ['2026-11-25', 1],
    ['2026-12-02', 1],
  ])('on %s is told %d times', (day, count) => {
    expect(toManager(chase(`${day}T09:00:00Z`, { people }).messages)).toHaveLength(count);
  });

  test('is told once of each return, not at +5 and again at +10', () => {
    const runs = live(['2026-11-25T09:00:00Z', '2026-12-02T09:00:00Z'], { people });
    expect(runs.map((messages) => toManager(messages).length)).toEqual([1, 0]);
  });

  test('of two late leads gets one card for both', () => {
    const other = personOf({
      id: 'lead-swale',
      districts: ['Swale'],
      managerEmail: 'GRETA@stls.example',
    });
    const { messages } = chase('2026-11-25T09:00:00Z', {
      people: [lead, other, manager],
      statuses: [...missing, statusOf({ district: 'Swale' })],
    });
    expect(toManager(messages)).toHaveLength(1);
    expect(toManager(messages)[0]?.returns.map(({ district }) => district)).toEqual([
      'Dover',
      'Dover',
      'Swale',
    ]);
    expect(toManager(messages)[0]).not.toHaveProperty('district');
  });

  test('is told of returns that are late, not of queries', () => {
    const findings = [recordOf({ raisedAt: new Date('2026-11-18T10:00:00Z') })];
    const statuses = [statusOf({ state: 'filed with open queries' })];
    const { messages } = chase('2026-11-25T09:00:00Z', { people, statuses, findings });
    expect(messages.map(({ person }) => person?.id)).toEqual(['lead-dover']);
  });

  test('who leads a district that is chased today gets that card alone, and is told the next day', () => {
    const both = [
      lead,
      personOf({ id: 'manager', email: manager.email, districts: ['Swale'] }),
      manager,
    ];
    const over = { people: both, statuses: [...missing, statusOf({ district: 'Swale' })] };
    const runs = live(
      ['2026-11-25T09:00:00Z', '2026-11-25T15:00:00Z', '2026-11-26T09:00:00Z'],
      over,
    );
    expect(runs.map((messages) => toManager(messages).map(({ kind }) => kind))).toEqual([
      ['chase'],
      [],
      ['manager'],
    ]);
  });

  test('who leads the same district is still chased as a lead, though told early as a manager', () => {
    const una = personOf({ id: 'manager', email: manager.email });
    const over = { people: [una, lead, manager], arrangements: arrangedFor(KPI, made.escalated) };
    const runs = live(
      ['2026-11-19T09:00:00Z', '2026-11-20T09:00:00Z', '2026-11-25T09:00:00Z'],
      over,
    );
    expect(runs.map((messages) => toManager(messages).map(({ kind }) => kind))).toEqual([
      ['chase'],
      ['manager'],
      ['chase'],
    ]);
  });

  test.each<[string, readonly string[], Partial<Situation>]>([
    ['at +10, after a gap', ['2026-12-02T09:00:00Z', '2026-12-03T09:00:00Z'], {}],
    [
      'because a promise was broken',
      ['2026-11-30T09:00:00Z', '2026-12-01T09:00:00Z'],
      { arrangements: new Map([KPI, LAR].map((about) => [about, [made.promised]] as const)) },
    ],
  ])('who leads there as well, and is chased %s, is not told of it again', (_, days, over) => {
    const una = personOf({ id: 'manager', email: manager.email });
    const runs = live(days, { people: [una, lead, manager], ...over });
    expect(runs.map((messages) => toManager(messages).map(({ kind }) => kind))).toEqual([
      ['chase'],
      [],
    ]);
  });

  test('is not told of what is promised or withdrawn', () => {
    for (const what of ['promised', 'withdrawn'] as const) {
      const arrangements = new Map([KPI, LAR].map((about) => [about, [made[what]]] as const));
      const { messages } = chase('2026-11-25T09:00:00Z', { people, arrangements });
      expect(messages).toEqual([]);
    }
  });

  test('is told at once where a commissioner says so, and by whom', () => {
    const arrangements = arrangedFor(KPI, made.escalated);
    const told = toManager(chase('2026-11-19T09:00:00Z', { people, arrangements }).messages);
    expect(told).toMatchObject([{ returns: [{ form: 'KPI' }] }]);
    expect(told[0]?.logs[0]?.because).toContain('Colin Marsh asks that you are told');
  });

  test('whom nobody named is not looked for', () => {
    expect(chase('2026-11-25T09:00:00Z', { people: [personOf(), manager] }).messages).toHaveLength(
      1,
    );
  });

  test('is told from another stage where the settings say so', () => {
    const policy = { ...DEFAULT_POLICY, managerStage: 3 };
    const { messages } = chase('2026-11-23T09:00:00Z', { people, policy });
    expect(toManager(messages)).toHaveLength(1);
  });
});

/** The whole service waits while a sweep is decided. */
const AT_ONCE_MS = 2000;

test(
  'a sweep is decided at once, though the terms list ends and the next days are far',
  { timeout: AT_ONCE_MS },
  () => {
    const districts = Array.from({ length: 12 }, (_, i) => `District ${i}`);
    const people = districts.map((district) => personOf({ id: district, districts: [district] }));
    const statuses = districts.map((district) => statusOf({ district, term: 6 }));
    expect(chase('2027-09-16T09:00:00Z', { people, statuses }).messages).toEqual([]);
  },
);
