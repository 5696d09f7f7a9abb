import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Look } from '../../../bot/look.ts';
import { countLate, lateAgain, type Timekeeping } from '../../../bot/oversight/late-again.ts';
import { returnId, type Return } from '../../../bot/returns/return.ts';
import {
  arrangedFor,
  commissioner,
  filedReturn,
  heldOf,
  measureOf,
  number,
  recordOf,
} from '../made.ts';
import { lookOf } from './look-of.ts';

/** Five days after term 1 of 2026-27 was due. */
const MONDAY = '2026-11-23T09:00:00Z';
const DUE: Record<string, string> = {
  '2026-27|1': '2026-11-18',
  '2025-26|6': '2026-09-16',
  '2025-26|5': '2026-06-17',
  '2025-26|4': '2026-05-06',
};

/** A KPI return filed so many days after it was due. */
function filed(year: string, term: number, days: number, over: Partial<Return> = {}): Return {
  const due = new Date(`${DUE[`${year}|${term}`]}T12:00:00Z`);
  const createdAt = new Date(due.getTime() + days * 86_400_000);
  return filedReturn({
    year,
    term,
    createdAt,
    modifiedAt: createdAt,
    answers: { a: number(1), b: number(2) },
    ...over,
  });
}

const seen = (returns: readonly Return[], over: Partial<Look['remembered']> = {}): Look =>
  lookOf(heldOf({ returns, measures: [measureOf('a'), measureOf('b')] }), { at: MONDAY, ...over });

const kpi = (look: Look) =>
  [...lateAgain(look).again, ...lateAgain(look).once].find(({ form }) => form === 'KPI');

describe('who is late again', () => {
  test('is late for the last term that was due, and was before', () => {
    const late = kpi(
      seen([filed('2026-27', 1, 2), filed('2025-26', 6, 1), filed('2025-26', 5, 0)]),
    );
    expect(late).toMatchObject({ district: 'Dover', running: 2, late: 2, known: 3 });
    expect(late?.terms[0]).toMatchObject({ was: 'filed late', due: '2026-11-18' });
  });

  test('is overdue now as well as filed late before', () => {
    const late = kpi(seen([filed('2025-26', 6, 1)]));
    expect(late?.terms.slice(0, 2).map(({ was }) => was)).toEqual(['not filed yet', 'filed late']);
  });

  test('is nobody who was late before and is not now', () => {
    expect(kpi(seen([filed('2026-27', 1, 0), filed('2025-26', 6, 1)]))).toBeUndefined();
  });

  test('was late this once where nothing else is known', () => {
    const look = seen([filed('2026-27', 1, 2), filed('2025-26', 6, 0)]);
    expect(lateAgain(look).again).toEqual([]);
    expect(lateAgain(look).once).toContainEqual(expect.objectContaining({ form: 'KPI', late: 1 }));
  });

  test('a term in which it was not asked for is passed over', () => {
    const key = { form: 'KPI', district: 'Dover', year: '2025-26', term: 6 } as const;
    const arrangements = arrangedFor(returnId(key), {
      at: new Date('2026-09-10T09:00:00Z'),
      by: commissioner.id,
      name: commissioner.name,
      what: 'withdrawn',
      note: 'The office was flooded',
    });
    const late = kpi(seen([filed('2025-26', 5, 3)], { arrangements }));
    expect(late).toMatchObject({ running: 2, late: 2 });
    expect(late?.terms[1]?.was).toBe('not asked for');
  });

  test('nothing is said of a list that could not be read', () => {
    const notChecked = [
      { list: 'STLS KPI Returns', reason: 'It is gone.', forms: ['KPI'] as const },
    ];
    const look = lookOf(heldOf({ notChecked }), { at: MONDAY });
    expect(kpi(look)).toBeUndefined();
  });

  test('what came in and is not complete is told from what did not', () => {
    const answers = { a: number(9), b: { kind: 'blank' } } as const;
    const late = kpi(seen([filed('2026-27', 1, -1, { answers })]));
    expect(late?.terms[0]?.was).toBe('part filed');
  });

  test('what was received in time and is being saved is not late', () => {
    const key = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 } as const;
    const receivedAt = new Date('2026-11-18T10:00:00Z');
    const saving = [{ key, person: 'lead-dover', receivedAt, why: '' }];
    expect(kpi(seen([filed('2025-26', 6, 1)], { saving }))).toBeUndefined();
  });

  test('says since when the lists are watched, where a term was before that', () => {
    expect(lateAgain(seen([])).watchedSince).toBe('not yet');
    const raisedAt = new Date('2026-11-20T09:00:00Z');
    const record = recordOf({ raisedAt });
    const findings = new Map([[record.finding.id, record]]);
    expect(lateAgain(seen([], { findings })).watchedSince).toEqual(raisedAt);
    const long = recordOf({ raisedAt: new Date('2025-01-06T09:00:00Z') });
    const before = new Map([[long.finding.id, long]]);
    expect(lateAgain(seen([], { findings: before })).watchedSince).toBeUndefined();
  });
});

const WAS: readonly Timekeeping['was'][] = [
  'on time',
  'filed late',
  'not filed yet',
  'part filed',
  'never received',
  'never complete',
  'not asked for',
  'not known',
];
const kept = fc.constantFrom(...WAS).map((was): Timekeeping => {
  const of = { year: '2026-27', term: 1, due: '2026-11-18' };
  const isFiled = was === 'on time' || was === 'filed late';
  return isFiled ? { ...of, was, filed: new Date(MONDAY) } : { ...of, was };
});

test('terms running are never more than terms late, nor these than terms known', () => {
  fc.assert(
    fc.property(fc.array(kept, { maxLength: 6 }), (terms) => {
      const { running, late, known } = countLate(terms);
      expect(running).toBeLessThanOrEqual(late);
      expect(late).toBeLessThanOrEqual(known);
      expect(known).toBeLessThanOrEqual(terms.length);
    }),
  );
});

test('a term in which nothing was asked for changes no count', () => {
  const notAsked: Timekeeping = {
    year: '2025-26',
    term: 6,
    due: '2026-09-16',
    was: 'not asked for',
  };
  fc.assert(
    fc.property(fc.array(kept, { maxLength: 5 }), fc.nat({ max: 5 }), (terms, at) => {
      expect(countLate(terms.toSpliced(at, 0, notAsked))).toEqual(countLate(terms));
    }),
  );
});
