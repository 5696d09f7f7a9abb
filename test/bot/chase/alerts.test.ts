import { describe, expect, test } from 'vitest';
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { ChaseEntry } from '../../../bot/chase/history.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import type { Held } from '../../../bot/assess.ts';
import { lookAt } from '../../../bot/look.ts';
import { changesSince, type Voided } from '../../../bot/returns/approval.ts';
import { keyOf } from '../../../bot/returns/return.ts';
import {
  approvedAs,
  arrangedFor,
  commissioner,
  filedReturn,
  findingAt,
  heldOf,
  loggedOf,
  measureOf,
  nothingRemembered,
  numbers,
  personOf,
  recordOf,
  situationOf,
  statusOf,
  T1,
  terms,
} from '../made.ts';

const KPI = 'KPI|Dover|2026-27|1';
const people = [personOf(), commissioner];

function alerts(at: string, over: Partial<Situation> = {}) {
  const now = situationOf(at, { people, ...over });
  return decideAlerts(now, decideChases(now).messages);
}

const raised = (at: string) => ({ findings: [recordOf({ raisedAt: new Date(at) })] });

describe('what commissioners are told of today', () => {
  test('nothing, where nobody was chased and nothing looks wrong', () => {
    expect(alerts('2026-11-23T09:00:00Z')).toEqual([]);
  });

  test('who is chased', () => {
    const [alert] = alerts('2026-11-23T09:00:00Z', { statuses: [statusOf()] });
    expect(alert).toMatchObject({
      kind: 'alert',
      person: { id: 'commissioner' },
      returns: [{ form: 'KPI', district: 'Dover' }],
      logs: [],
    });
  });

  test('what is ten working days late, as theirs to take up, once', () => {
    const [alert] = alerts('2026-12-02T09:00:00Z', { statuses: [statusOf()] });
    expect(alert?.logs).toMatchObject([{ about: KPI, stage: '+10' }]);
    const log = loggedOf(alert ? [alert] : [], '2026-12-02T09:00:00Z');
    const [next] = alerts('2026-12-03T09:00:00Z', { statuses: [statusOf()], log });
    expect(next?.logs).toEqual([]);
  });

  const withdrawn = arrangedFor(KPI, {
    at: new Date('2026-11-19T10:00:00Z'),
    by: commissioner.id,
    name: commissioner.name,
    what: 'withdrawn',
    note: 'the post is vacant',
  });

  test.each<[string, Partial<Situation>]>([
    ['filed', { statuses: [statusOf({ state: 'filed' })] }],
    ['being saved', { statuses: [statusOf()], saving: new Set([KPI]) }],
    ['withdrawn by a commissioner', { statuses: [statusOf()], arrangements: withdrawn }],
    ['of another, locked term', { statuses: [statusOf({ year: '2025-26' })] }],
  ])('nothing is theirs to take up that is %s', (_, over) => {
    expect(alerts('2026-12-02T09:00:00Z', over)).toEqual([]);
  });

  test('a return that two leads are chased for, once', () => {
    const both = [...people, personOf({ id: 'second' })];
    const [alert] = alerts('2026-11-23T09:00:00Z', { people: both, statuses: [statusOf()] });
    expect(alert?.returns).toHaveLength(1);
  });

  test('a finding raised today', () => {
    const findings = [recordOf({ raisedAt: new Date('2026-11-23T08:45:00Z') })];
    expect(alerts('2026-11-23T09:00:00Z', { findings })[0]?.findings).toEqual([
      findings[0]?.finding.id,
    ]);
  });

  test.each([
    ['on Friday evening', '2026-11-20T18:10:00Z', 1],
    ['on Saturday', '2026-11-21T11:00:00Z', 1],
    ['on Friday, when they could be told', '2026-11-20T16:00:00Z', 0],
  ])('on Monday, what was raised %s', (_, at, count) => {
    expect(alerts('2026-11-23T09:00:00Z', raised(at))).toHaveLength(count);
  });

  test('an explanation that waits for them, however old', () => {
    const findings = [
      recordOf({ status: 'explained', raisedAt: new Date('2026-11-12T10:00:00Z') }),
    ];
    expect(alerts('2026-11-23T09:00:00Z', { findings })).toHaveLength(1);
  });

  test.each(['accepted', 'sent back', 'closed'] as const)('no finding that is %s', (status) => {
    const findings = [recordOf({ status, raisedAt: new Date('2026-11-23T08:45:00Z') })];
    expect(alerts('2026-11-23T09:00:00Z', { findings })).toEqual([]);
  });

  test('no finding of a locked term, but one of an item that names no term', () => {
    const raisedAt = new Date('2026-11-23T08:45:00Z');
    const locked = recordOf({ raisedAt, finding: findingAt({ on: { year: '2025-26', term: 2 } }) });
    const stray = recordOf({ raisedAt, finding: findingAt({ on: { term: 0 } }) });
    const [alert] = alerts('2026-11-23T09:00:00Z', { findings: [locked, stray] });
    expect(alert?.findings).toEqual([stray.finding.id]);
  });

  test('nothing in quiet hours', () => {
    expect(alerts('2026-11-22T09:00:00Z', raised('2026-11-22T08:45:00Z'))).toEqual([]);
    expect(alerts('2026-11-23T17:30:00Z', raised('2026-11-23T08:45:00Z'))).toEqual([]);
  });

  test('one card for each commissioner and day', () => {
    const two = [...people, { ...commissioner, id: 'other' }];
    const ids = ['2026-11-23T09:00:00Z', '2026-11-23T15:00:00Z'].map((at) =>
      alerts(at, { ...raised('2026-11-23T08:45:00Z'), people: two }).map(({ id }) => id),
    );
    expect(ids[0]).toEqual(['alert|commissioner|2026-11-23', 'alert|other|2026-11-23']);
    expect(ids[1]).toEqual(ids[0]);
  });
});

describe('an approval that an edit voided', () => {
  const filed = filedReturn({ answers: numbers({ a: 189 }) });
  const approval = approvedAs(filed);
  const edit = { ...filed, etag: '"2"', answers: numbers({ a: 212 }) };
  const changes = changesSince(
    approval,
    { ...edit, modifiedAt: new Date('2026-11-23T10:14:00Z') },
    [measureOf('a', { question: 'School caseload' })],
  );
  const voided: Voided[] = [{ key: keyOf(filed), approval, changes }];
  const about = 'KPI|Dover|2026-27|1|approved 2026-11-20T10:00:00.000Z';

  test('is told with what changed, and as nothing that is late', () => {
    const [alert] = alerts('2026-11-24T09:00:00Z', { voided });
    expect(alert?.stage).toBeUndefined();
    expect(alert?.logs).toEqual([
      {
        about,
        stage: 'change after approval',
        because:
          'changed Mon 23 Nov, 10:14, after Colin Marsh approved it (Fri 20 Nov, 10:00): School caseload: 189 → 212',
      },
    ]);
  });

  test('is told once, to each commissioner', () => {
    const two = [...people, { ...commissioner, id: 'other' }];
    const [first] = alerts('2026-11-24T09:00:00Z', { voided });
    const log = loggedOf(first ? [first] : [], '2026-11-24T09:00:00Z');
    const next = alerts('2026-11-25T09:00:00Z', { voided, log, people: two });
    expect(next.map(({ person }) => person?.id)).toEqual(['other']);
  });

  test('is told again where it was approved again and edited again', () => {
    const [first] = alerts('2026-11-24T09:00:00Z', { voided });
    const log = loggedOf(first ? [first] : [], '2026-11-24T09:00:00Z');
    const again = { ...approval, at: new Date('2026-11-24T12:00:00Z') };
    const second = voided.map((one) => ({ ...one, approval: again }));
    expect(alerts('2026-11-25T09:00:00Z', { voided: second, log })).toHaveLength(1);
  });

  test('does not keep what is ten working days late from being told', () => {
    const [first] = alerts('2026-12-01T09:00:00Z', { voided });
    const log = loggedOf(first ? [first] : [], '2026-12-02T00:00:00Z');
    const late = alerts('2026-12-03T09:00:00Z', { voided, log, statuses: [statusOf()] });
    expect(late[0]?.logs).toMatchObject([{ about: KPI, stage: '+10' }]);
  });
});

describe('while the terms contradict each other', () => {
  const broken: Partial<Situation> = {
    contradictions: ['Term 1, 2026-27 and Term 2, 2026-27 overlap.'],
    concerns: ['Term 1, 2026-27 and Term 2, 2026-27 overlap. Until then nobody is chased.'],
    statuses: [statusOf()],
  };

  test('nobody is chased, and each thing is reported', () => {
    const { messages, notSent } = decideChases(
      situationOf('2026-12-02T09:00:00Z', { people, ...broken }),
    );
    expect(messages).toEqual([]);
    expect(notSent).toMatchObject([{ about: KPI, why: 'the terms contradict each other' }]);
  });

  test.each([
    ['on a weekday', '2026-12-02T09:00:00Z', 1],
    ['on a weekday that no term holds', '2026-10-28T09:00:00Z', 1],
    ['not at the weekend', '2026-12-05T09:00:00Z', 0],
    ['not on a bank holiday', '2026-12-25T09:00:00Z', 0],
    ['not at night', '2026-12-02T17:00:00Z', 0],
  ])('commissioners are told all the same: %s', (_, at, count) => {
    const told = alerts(at, broken);
    expect(told).toHaveLength(count);
    for (const alert of told) expect(alert.logs, 'and nothing is called late').toEqual([]);
  });
});

describe('while a row of the terms list cannot be used, or is missing', () => {
  const alertsOf = (at: string, over: Partial<Held>) => {
    const held = heldOf({ people, ...over });
    const remembered = {
      ...nothingRemembered,
      deliveries: [],
      arrangements: new Map(),
      saving: [],
    };
    const reading = {
      ...held,
      directory: { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true },
    };
    const { situation } = lookAt(reading, remembered, new Date(at));
    const { messages } = decideChases(situation);
    return { messages, alerts: decideAlerts(situation, messages), concerns: situation.concerns };
  };
  const noTerm1 = terms.filter(({ year, term }) => year !== T1.year || term > 1);
  const mistyped = { terms: noTerm1, unusableTerms: ['2026-27 Term 1'] };

  test.each([
    ['on a weekday of the term', '2026-09-23T09:00:00Z', 1],
    ['on a weekday of another', '2026-12-02T09:00:00Z', 1],
    ['not at the weekend', '2026-09-26T09:00:00Z', 0],
    ['not at night', '2026-09-23T17:00:00Z', 0],
  ])('commissioners are told which row, and nobody is chased: %s', (_, at, count) => {
    const { messages, alerts: told, concerns } = alertsOf(at, mistyped);
    expect(messages).toEqual([]);
    expect(told).toHaveLength(count);
    expect(concerns).toContainEqual(expect.stringContaining('The row “2026-27 Term 1”'));
  });

  test('they are told where no term is listed for longer than any holiday', () => {
    const { alerts: told, concerns } = alertsOf('2026-09-23T09:00:00Z', { terms: noTerm1 });
    expect(told).toHaveLength(1);
    expect(concerns).toContainEqual(
      expect.stringContaining('no term between Wed 22 Jul and Mon 2 Nov'),
    );
  });

  test.each(['2026-08-12T09:00:00Z', '2026-10-28T09:00:00Z', '2026-12-22T09:00:00Z'])(
    'a holiday is none: %s',
    (at) => {
      expect(alertsOf(at, {}).alerts).toEqual([]);
    },
  );
});

describe('one card a day also for a commissioner who is something else', () => {
  const both = [
    personOf({ id: 'both' }),
    { ...commissioner, id: 'both' },
    personOf({ id: 'other', districts: ['Swale'] }),
  ];

  test('who leads a district that is chased today is told on the next day', () => {
    const now = { people: both, statuses: [statusOf()] };
    expect(alerts('2026-12-02T09:00:00Z', now)).toEqual([]);
    const log = loggedOf(
      decideChases(situationOf('2026-12-02T09:00:00Z', now)).messages,
      '2026-12-02T09:00:00Z',
    );
    expect(alerts('2026-12-02T15:00:00Z', { ...now, log }), 'the same day').toEqual([]);
    expect(alerts('2026-12-03T09:00:00Z', { ...now, log })).toMatchObject([
      { person: { id: 'both' }, logs: [{ about: KPI, stage: '+10' }] },
    ]);
  });

  test('who was chased on a day is told of that day’s findings in the next alert', () => {
    const findings = [recordOf({ raisedAt: new Date('2026-11-23T08:45:00Z') })];
    const entry = { person: 'both', about: '', stage: '', outcome: 'sent' as const };
    const log: ChaseEntry[] = [
      { ...entry, kind: 'alert', at: new Date('2026-11-20T09:00:00Z') },
      { ...entry, kind: 'chase', at: new Date('2026-11-23T09:00:00Z') },
      { ...entry, kind: 'alert', at: new Date('2026-11-23T09:00:00Z'), outcome: 'blocked' },
    ];
    const now = { people: both, findings };
    const told = (at: string, over: Partial<Situation>) =>
      decideAlerts(situationOf(at, { ...now, ...over }), []).filter(
        ({ person }) => person?.id === 'both',
      );
    expect(told('2026-11-23T15:00:00Z', { log }), 'not on that day').toEqual([]);
    expect(told('2026-11-24T09:00:00Z', { log })).toMatchObject([
      { findings: [findings[0]?.finding.id] },
    ]);
    const since: ChaseEntry = { ...entry, kind: 'alert', at: new Date('2026-11-24T09:00:00Z') };
    expect(told('2026-11-25T09:00:00Z', { log: [...log, since] }), 'and once').toEqual([]);
  });
});
