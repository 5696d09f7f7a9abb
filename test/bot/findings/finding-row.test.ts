import { describe, expect, test } from 'vitest';
import { findingRows, type FindingRowState } from '../../../bot/findings/finding-row.ts';
import {
  accept,
  explain,
  sendBack,
  undoDecision,
  type Answered,
} from '../../../bot/findings/answering.ts';
import type { Finding } from '../../../bot/findings/finding.ts';
import { reconcile, type FindingRecord } from '../../../bot/findings/register.ts';
import { findingAt, recordOf } from '../made.ts';

const priya = { id: 'lead-dover', name: 'Priya Raman' };
const colin = { id: 'commissioner', name: 'Colin Marsh' };
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));

function done(answered: Answered): FindingRecord {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
}

/** What stands after these, one an hour from nine. */
function stateAfter(
  ...deeds: ((record: FindingRecord, at: Date) => Answered)[]
): FindingRowState | undefined {
  const last = deeds.reduce((record, deed, i) => done(deed(record, at(9 + i))), recordOf());
  return findingRows([last])[0]?.state;
}

const explained = (record: FindingRecord, when: Date) =>
  explain(record, 'Two schools joined us.', priya, when);
const sentBack = (record: FindingRecord, when: Date) => sendBack(record, 'Which?', colin, when);
const accepted = (record: FindingRecord, when: Date) => accept(record, colin, when, 'Agreed.');
const undone = (record: FindingRecord, when: Date) => undoDecision(record, colin, when);

/** The record after a look that found these; what it did not find is of a rule that is off. */
function kept(record: FindingRecord, found: readonly Finding[]): FindingRecord {
  const register = new Map([[record.finding.id, record]]);
  const [now = record] = reconcile(register, found, at(20), () => 'rule switched off');
  return now;
}

const looked = (record: FindingRecord, found: readonly Finding[]) =>
  findingRows([kept(record, found)])[0]?.state;

describe('a finding as a line of the list', () => {
  test('has who explained, sent back and accepted it last, with the last note', () => {
    expect(stateAfter(explained, sentBack, explained, accepted)).toMatchObject({
      status: 'accepted',
      cause: '',
      explanation: 'Two schools joined us.',
      explained: { by: 'Priya Raman', at: at(11) },
      sentBack: { by: 'Colin Marsh', at: at(10) },
      accepted: { by: 'Colin Marsh', at: at(12) },
      note: 'Agreed.',
    });
  });

  test('has no decision that was taken back, and what stood before it', () => {
    expect(stateAfter(explained, sentBack, explained, accepted, undone)).toMatchObject({
      status: 'explained',
      sentBack: { at: at(10) },
      accepted: undefined,
      note: 'Which?',
    });
  });

  test('is accepted by nobody once its rule makes it an error, now or when it is found again', () => {
    const before = done(accepted(recordOf(), at(9)));
    const error = findingAt({ severity: 'error' });
    const became = looked(before, [error]);
    expect(became).toMatchObject({ status: 'open', accepted: undefined, note: '' });
    const closed = looked(before, []);
    expect(closed).toMatchObject({ accepted: { by: 'Colin Marsh' }, note: 'Agreed.' });
    expect(closed?.closedBecause).toBe('its rule was switched off');
    const again = looked(kept(before, []), [error]);
    expect(again).toMatchObject({ status: 'open', accepted: undefined, closedBecause: '' });
  });

  test('says its figures in words, or its rule where it rests on none', () => {
    const bare = recordOf({ finding: { ...findingAt(), operands: [] } });
    expect(
      findingRows([recordOf(), bare]).map(({ state }) => [state.title, state.figures]),
    ).toEqual([
      [
        'Dover KPI 2026-27 T1: “Question a” is 9 and “Question b” is 5',
        '“Question a” is 9 and “Question b” is 5',
      ],
      ['Dover KPI 2026-27 T1: a-within-b', ''],
    ]);
  });

  test('stands before those that were raised earlier', () => {
    const records = [9, 11, 10].map((hour) => recordOf({ raisedAt: at(hour) }));
    expect(findingRows(records).map(({ state }) => state.raisedAt)).toEqual([
      at(11),
      at(10),
      at(9),
    ]);
  });
});
