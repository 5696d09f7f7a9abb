import { describe, expect, test } from 'vitest';
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import { commissioner, findingAt, personOf, recordOf, situationOf, statusOf } from '../made.ts';

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

  test('who is chased, at +10 above all', () => {
    const [alert] = alerts('2026-12-02T09:00:00Z', { statuses: [statusOf()] });
    expect(alert).toMatchObject({
      kind: 'alert',
      person: { id: 'commissioner' },
      returns: [{ form: 'KPI', district: 'Dover' }],
      logs: [],
    });
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
