import { describe, expect, test } from 'vitest';
import { chaseLogRows, prunable } from '../../../bot/chase/chase-log-row.ts';
import { subjectName, subjectOf } from '../../../bot/chase/subject.ts';
import { commissioner, findingAt, manager } from '../made.ts';
import { chasedOn, london, priya } from './looks.ts';

const people = [priya, manager, commissioner];
const NOON = london('2026-11-23T12:00');
const rowsOf = (deliveries = chasedOn(['2026-11-23'])) => chaseLogRows(deliveries, people, NOON);

describe('a line of the chase log', () => {
  test('says who was chased for what, at which stage, why, and what came of it', () => {
    const [kpi] = rowsOf();
    expect(kpi).toMatchObject({
      message: 'chase|lead-dover|2026-11-23',
      made: {
        name: 'Priya Raman',
        email: 'priya@stls.example',
        role: 'District lead',
        about: { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 },
        rule: '',
        askedBy: '',
      },
      state: {
        title: 'Dover KPI 2026-27 T1 +3',
        stage: '+3',
        because: 'missing, 3 working days after it was due on Wed 18 Nov',
        outcome: 'sent',
        reason: '',
      },
    });
  });

  test('is there once for each thing that a message is about, and not for messages about nothing', () => {
    const [message] = chasedOn(['2026-11-23']);
    expect(rowsOf().map(({ made }) => made.about.form)).toEqual(['KPI', 'LAR']);
    expect(message && rowsOf([{ ...message, kind: 'summary', logs: [] }])).toEqual([]);
  });

  test('about a query names its rule', () => {
    const [message] = chasedOn(['2026-11-23']);
    const about = findingAt({ id: 'outlier' }).id;
    const logs = [{ about, stage: 'query +2', because: 'asked and not answered' }];
    const [row] = message ? rowsOf([{ ...message, logs }]) : [];
    expect(row?.made).toMatchObject({ rule: 'outlier', finding: about, about: { form: 'KPI' } });
    expect(row?.state.title).toBe('Dover KPI 2026-27 T1 query +2');
  });

  test('keeps the id of somebody whom the people list does not name any more', () => {
    const [row] = chaseLogRows(chasedOn(['2026-11-23']), [], NOON);
    expect(row?.made).toMatchObject({ name: 'lead-dover', email: '', role: 'District lead' });
  });
});

test('what a line is about is read back from its id', () => {
  const name = (about: string) => {
    const subject = subjectOf(about);
    return subject && subjectName(subject);
  };
  expect(name('LAR|Dover|2026-27|1')).toBe('Dover LAR 2026-27 T1');
  expect(name(findingAt({ id: 'outlier' }).id)).toBe('Dover KPI 2026-27 T1, query outlier');
  expect(name('LAR|Dover | Deal|2026-27|1')).toBe('Dover | Deal LAR 2026-27 T1');
  const on = { district: 'Dover | Deal' };
  expect(name(findingAt({ id: 'outlier', on }).id)).toBe(
    'Dover | Deal KPI 2026-27 T1, query outlier',
  );
  expect(name('KPI')).toBeUndefined();
});

describe('a message may be forgotten', () => {
  const [sent] = chasedOn(['2026-11-23']);
  test.each([
    ['not within 400 days', '2027-12-28T09:00', {}, false],
    ['after them', '2027-12-29T09:00', {}, true],
    ['though it was never tried', '2027-12-29T09:00', { status: 'waiting' as const }, true],
    [
      'not while it was settled later',
      '2027-12-29T09:00',
      { settledAt: london('2026-12-01T09:00') },
      false,
    ],
  ])('%s', (_when, at, over, may) => {
    expect(sent && prunable({ ...sent, ...over }, london(at))).toBe(may);
  });
});
