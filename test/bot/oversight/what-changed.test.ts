import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { districtSubject } from '../../../bot/chase/arrangement.ts';
import type { Look } from '../../../bot/look.ts';
import { whatChanged } from '../../../bot/oversight/what-changed.ts';
import { returnId } from '../../../bot/returns/return.ts';
import {
  approvedAs,
  commissioner,
  filedReturn,
  findingAt,
  heldOf,
  number,
  personOf,
  recordOf,
} from '../made.ts';
import { lookOf } from './look-of.ts';

const AT = '2026-11-25T12:00:00Z';
const dover = filedReturn({
  answers: { a: number(9), b: number(5) },
  submittedBy: 'PRIYA@stls.example',
  createdAt: new Date('2026-11-20T10:00:00Z'),
  modifiedAt: new Date('2026-11-24T10:00:00Z'),
});
const finding = findingAt();
const lead = personOf();

/** A week of Dover: a late return, a query that was explained, an approval that an edit voided, a pause. */
const week: Look = lookOf(heldOf({ returns: [dover], people: [lead, commissioner] }), {
  at: AT,
  findings: new Map([
    [
      finding.id,
      recordOf({
        finding,
        status: 'explained',
        history: [
          { at: new Date('2026-11-19T10:00:00Z'), by: 'the bot', what: 'raised' },
          { at: new Date('2026-11-23T11:00:00Z'), by: lead.name, byId: lead.id, what: 'explained' },
        ],
      }),
    ],
  ]),
  approvals: new Map([
    [returnId(dover), [approvedAs(dover, { etag: '"0"', at: new Date('2026-11-23T15:00:00Z') })]],
  ]),
  arrangements: new Map([
    [
      districtSubject('Dover'),
      [
        {
          at: new Date('2026-11-23T16:00:00Z'),
          by: commissioner.id,
          name: commissioner.name,
          what: 'paused',
          until: '2026-11-27',
        },
        {
          at: new Date('2026-11-23T17:00:00Z'),
          by: lead.id,
          name: lead.name,
          what: 'seen',
          stage: '+1',
        },
      ],
    ],
  ]),
});

const linesSince = (since: string): string[] =>
  whatChanged(week, new Date(since)).flatMap(({ changes }) =>
    changes.map(({ who, text }) => `${text}${who ? ` (${who})` : ''}`),
  );

describe('what changed', () => {
  test('is told by district, the newest first, with who did it', () => {
    expect(linesSince('2026-11-20T00:00:00Z')).toEqual([
      'KPI return, Term 1, 2026-27: changed after it was approved (edited, but every answer is the same as approved)',
      'Paused until Fri 27 Nov (Colin Marsh)',
      'KPI return, Term 1, 2026-27: approved (Colin Marsh)',
      'KPI return, Term 1, 2026-27: 1 figure explained (Priya Raman)',
      'KPI return, Term 1, 2026-27: filed, late (Priya Raman)',
    ]);
  });

  test('before that is left out', () => {
    expect(linesSince('2026-11-24T00:00:00Z')).toHaveLength(1);
    expect(linesSince('2026-11-25T00:00:00Z')).toEqual([]);
  });

  test('several findings of one return, raised at once, are one change', () => {
    const other = findingAt({ id: 'other' });
    const at = new Date('2026-11-24T09:00:00Z');
    const records = [finding, other].map((one) =>
      recordOf({ finding: one, history: [{ at, by: 'the bot', what: 'raised' }] }),
    );
    const look = lookOf(heldOf({ rules: [], unusableRules: [finding.rule, 'other'] }), {
      at: AT,
      findings: new Map(records.map((record) => [record.finding.id, record])),
    });
    expect(whatChanged(look, at)[0]?.changes.map(({ text }) => text)).toEqual([
      'KPI return, Term 1, 2026-27: 2 figures to check',
    ]);
  });
});

test('what the bot finds in returns of other terms is told of together', () => {
  const at = new Date('2026-11-24T09:00:00Z');
  const records = ['Dover', 'Swale'].map((district) =>
    recordOf({
      finding: findingAt({ on: { district, year: '2025-26' } }),
      history: [{ at, by: 'the bot', what: 'raised' }],
    }),
  );
  const look = lookOf(heldOf({ rules: [], unusableRules: ['a-within-b'] }), {
    at: AT,
    findings: new Map(records.map((record) => [record.finding.id, record])),
  });
  const district = 'Returns of other terms';
  const changes = [{ at, district, who: '', text: '2 figures to check' }];
  expect(whatChanged(look, at)).toEqual([{ district, changes }]);
});

const instant = fc.date({
  min: new Date('2026-11-01T00:00:00Z'),
  max: new Date('2026-12-01T00:00:00Z'),
  noInvalidDate: true,
});

test('an earlier beginning never loses a change', () => {
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const [early, late] = one < other ? [one, other] : [other, one];
      const all = whatChanged(week, early).flatMap(({ changes }) => changes);
      for (const { changes } of whatChanged(week, late)) {
        expect(all).toEqual(expect.arrayContaining(changes));
      }
    }),
    { numRuns: 50 },
  );
});
