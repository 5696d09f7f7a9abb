import { describe, expect, test } from 'vitest';
import { addDays } from '../../../bot/calendar/london.ts';
import { findTerm } from '../../../bot/calendar/terms.ts';
import type { ChaseEntry } from '../../../bot/chase/history.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import { countOf, decideSummary, weeklySummary } from '../../../bot/summary/weekly.ts';
import { calendar, findingAt, pauseOf, recordOf, situationOf, statusOf, T1 } from '../made.ts';

const MONDAY = '2026-11-23T09:00:00Z';

function summary(
  over: Partial<Situation> = {},
  { at = MONDAY, notChecked = [] as Parameters<typeof weeklySummary>[3] } = {},
) {
  const term = findTerm(calendar.terms, T1);
  if (!term) throw new Error('no such term');
  return weeklySummary(situationOf(at, over), term, ['Dover', 'Swale', 'Thanet'], notChecked);
}

const raised = (at: string, over: Partial<FindingRecord> = {}, a = 9) =>
  recordOf({ finding: findingAt({ a }), raisedAt: new Date(at), ...over });

describe('when the summary is due', () => {
  test.each([
    ['2026-11-23T08:59:00Z', 0, 'before its hour'],
    ['2026-11-23T09:00:00Z', 1, 'Monday at nine'],
    ['2026-11-23T16:30:00Z', 1, 'Monday afternoon, after downtime'],
    ['2026-11-23T17:00:00Z', 0, 'Monday evening'],
    ['2026-11-24T09:00:00Z', 0, 'Tuesday'],
    ['2026-11-22T09:00:00Z', 0, 'Sunday'],
    ['2027-05-03T08:30:00Z', 0, 'a bank holiday Monday'],
    ['2027-05-04T08:00:00Z', 1, 'the Tuesday after it, nine in London'],
    ['2027-05-04T07:59:00Z', 0, 'just before nine in London'],
    ['2026-10-26T09:00:00Z', 0, 'half-term'],
    ['2026-09-02T08:00:00Z', 1, 'the Wednesday on which term begins'],
  ])('%s: %d, %s', (at, count) => {
    expect(decideSummary(situationOf(at))).toHaveLength(count);
  });

  test('it has one id for its week, so that it is posted once', () => {
    const ids = [MONDAY, '2026-11-23T14:00:00Z', '2026-11-30T09:00:00Z'].map(
      (at) => decideSummary(situationOf(at))[0]?.id,
    );
    expect(ids).toEqual(['summary|2026-11-23', 'summary|2026-11-23', 'summary|2026-11-30']);
  });

  test('its hour is a setting', () => {
    const policy = { ...situationOf(MONDAY).policy, summaryAt: '11:00' };
    expect(decideSummary(situationOf(MONDAY, { policy }))).toEqual([]);
  });
});

describe('what was returned', () => {
  const statuses = [
    statusOf({ state: 'filed', timely: true }),
    statusOf({ district: 'Swale', state: 'filed with open queries', timely: false }),
    statusOf({ district: 'Thanet', state: 'part filed' }),
    statusOf({ form: 'LAR', state: 'approved', timely: true }),
    statusOf({ year: '2025-26', term: 6, state: 'filed', timely: true }),
  ];

  test('is counted for the term by form, returned and timely, out of every district', () => {
    expect(summary({ statuses }).tallies).toEqual([
      { form: 'KPI', expected: 3, returned: 2, timely: 1 },
      { form: 'LAR', expected: 3, returned: 1, timely: 1 },
    ]);
  });

  test('is told district by district', () => {
    expect(
      summary({ statuses }).districts.map(({ district, states }) => [district, states]),
    ).toEqual([
      ['Dover', { KPI: 'filed', LAR: 'approved' }],
      ['Swale', { KPI: 'filed with open queries', LAR: 'missing' }],
      ['Thanet', { KPI: 'part filed', LAR: 'missing' }],
    ]);
  });

  test('is not counted where a list could not be read: nothing is called missing', () => {
    const list = 'STLS KPI Returns';
    const read = summary(
      { statuses: statuses.filter(({ form }) => form === 'LAR') },
      { notChecked: [{ list, reason: 'Graph said 503', forms: ['KPI'] }] },
    );
    expect(read.tallies[0]).toEqual({ form: 'KPI', expected: 0, returned: 0, timely: 0 });
    expect(read.districts.map(({ states }) => states.KPI)).toEqual([
      'could not check',
      'could not check',
      'could not check',
    ]);
    expect(read.notChecked).toEqual(['STLS KPI Returns: Graph said 503']);
  });

  test.each([
    [9, 12, '9 of 12 (75%)'],
    [0, 12, '0 of 12 (0%)'],
    [12, 12, '12 of 12 (100%)'],
    [1, 3, '1 of 3 (33%)'],
    [0, 0, 'n/a'],
  ])('%d of %d is written %s', (count, of, text) => {
    expect(countOf(count, of)).toBe(text);
  });
});

describe('findings since the last summary', () => {
  test('count as new when raised after it, to this very moment', () => {
    const newIn = (at: string) => summary({ findings: [raised(at)] }).newFindings;
    expect(newIn('2026-11-16T09:00:00Z')).toBe(0);
    expect(newIn('2026-11-16T09:00:01Z')).toBe(1);
    expect(newIn('2026-11-16T15:00:00Z')).toBe(1);
    expect(newIn(MONDAY)).toBe(1);
  });

  test.each([
    ['over a bank holiday Monday', '2027-05-04T08:00:00Z', '2027-04-27T12:00:00Z'],
    ['over half-term', '2026-11-02T09:00:00Z', '2026-10-20T12:00:00Z'],
    ['over Christmas', '2027-01-04T09:00:00Z', '2026-12-16T12:00:00Z'],
    ['over the summer', '2026-09-02T08:00:00Z', '2026-07-21T12:00:00Z'],
  ])('are not lost %s', (_, at, raisedAt) => {
    expect(summary({ findings: [raised(raisedAt)] }, { at }).newFindings).toBe(1);
  });

  test('every finding is new in exactly one summary, whenever it is raised', () => {
    const days = Array.from({ length: 120 }, (_, i) => addDays('2026-10-22', i));
    const summaries = days
      .map((day) => `${day}T09:00:00Z`)
      .filter((at) => decideSummary(situationOf(at)).length > 0);
    for (const day of days.slice(0, 90)) {
      const findings = [raised(`${day}T12:00:00Z`)];
      const news = summaries.filter((at) => summary({ findings }, { at }).newFindings === 1);
      expect(news, `raised on ${day}`).toHaveLength(1);
    }
  });

  test('are counted as open or resolved, with the age of the oldest', () => {
    const closedAt = new Date('2026-11-19T10:00:00Z');
    const closed = { at: closedAt, by: 'the bot', what: 'closed by correction' as const };
    const takenOut = { ...closed, what: 'figure taken out' as const };
    // Nobody has resolved what nobody asks any more.
    const off = { ...closed, what: 'rule switched off' as const };
    const findings = [
      raised('2026-11-09T10:00:00Z', {}, 10),
      raised('2026-11-20T10:00:00Z', { status: 'explained' }, 11),
      raised('2026-11-02T10:00:00Z', { status: 'closed', history: [closed] }, 12),
      raised('2026-11-02T10:00:00Z', { status: 'accepted', history: [] }, 13),
      raised('2026-11-02T10:00:00Z', { status: 'closed', history: [takenOut] }, 14),
      raised('2026-11-02T10:00:00Z', { status: 'closed', history: [off] }, 15),
      recordOf({ finding: findingAt({ on: { year: '2025-26', term: 6 } }) }),
    ];
    expect(summary({ findings })).toMatchObject({
      newFindings: 1,
      openFindings: 2,
      resolvedFindings: 2,
      oldestOpenDays: 14,
    });
    expect(summary({ findings }).districts[0]?.openFindings).toBe(2);
  });

  test('with none open, there is no oldest', () => {
    expect(summary().oldestOpenDays).toBeUndefined();
  });
});

describe('who was chased', () => {
  const entry = (at: string, over: Partial<ChaseEntry> = {}): ChaseEntry => ({
    person: 'lead-dover',
    kind: 'chase',
    about: 'KPI|Dover|2026-27|1',
    stage: '+1',
    at: new Date(at),
    outcome: 'sent',
    ...over,
  });

  test('each lead once, with how many things and what came of the latest card', () => {
    const log = [
      entry('2026-11-20T09:00:00Z', { about: 'LAR|Dover|2026-27|1', outcome: 'blocked' }),
      entry('2026-11-19T09:00:00Z'),
      entry('2026-11-11T09:00:00Z', { about: 'long ago' }),
      entry('2026-11-20T09:00:00Z', { person: 'somebody who left' }),
    ];
    expect(summary({ log }).chased).toEqual([
      { district: 'Dover', name: 'Priya Raman', about: 2, outcome: 'blocked' },
    ]);
  });

  test('a lead who could not be reached is told of, never dropped', () => {
    const log = [entry('2026-11-20T09:00:00Z', { outcome: 'no bot installed' })];
    expect(summary({ log }).chased[0]?.outcome).toBe('no bot installed');
  });

  test('a pause that still holds is told of, with who set it', () => {
    const arrangements = new Map([
      ...pauseOf('Dover', '2026-11-22'),
      ...pauseOf('Swale', '2026-11-23'),
    ]);
    expect(summary({ arrangements }).paused).toEqual(['Swale until Mon 23 Nov, by Colin Marsh']);
  });
});

describe('before returns are expected', () => {
  test('nobody is called missing: the summary says that they are not due yet', () => {
    const early = summary({}, { at: '2026-11-02T09:00:00Z' });
    expect(early.tallies.map((t) => t.expected)).toEqual([0, 0]);
    expect(early.districts[0]?.states).toEqual({ KPI: 'not due yet', LAR: 'not due yet' });
    expect(early.due).toBe('2026-11-18');
  });

  test('from five working days before the due day they are', () => {
    const open = summary({}, { at: '2026-11-16T09:00:00Z' });
    expect(open.tallies.map((t) => t.expected)).toEqual([3, 3]);
    expect(open.districts[0]?.states).toEqual({ KPI: 'missing', LAR: 'missing' });
  });
});
