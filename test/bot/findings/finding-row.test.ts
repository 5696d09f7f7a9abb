import { describe, expect, test } from 'vitest';
import { findingRows, type FindingRowState } from '../../../bot/findings/finding-row.ts';
import {
  accept,
  explain,
  sendBack,
  undoDecision,
  type Answered,
} from '../../../bot/findings/answering.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import { findingAt, recordOf } from '../made.ts';

const priya = { id: 'lead-dover', name: 'Priya Raman' };
const colin = { id: 'commissioner', name: 'Colin Marsh' };
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));

/** What stands after these, one an hour from nine. */
function stateAfter(
  ...deeds: ((record: FindingRecord, at: Date) => Answered)[]
): FindingRowState | undefined {
  const last = deeds.reduce((record, deed, i) => {
    const answered = deed(record, at(9 + i));
    if (!answered.ok) throw new Error(answered.reason);
    return answered.record;
  }, recordOf());
  return findingRows([last])[0]?.state;
}

const explained = (record: FindingRecord, when: Date) =>
  explain(record, 'Two schools joined us.', priya, when);
const sentBack = (record: FindingRecord, when: Date) => sendBack(record, 'Which?', colin, when);
const accepted = (record: FindingRecord, when: Date) => accept(record, colin, when, 'Agreed.');
const undone = (record: FindingRecord, when: Date) => undoDecision(record, colin, when);

describe('a finding as a line of the list', () => {
  test('has who explained, sent back and accepted it last, with the last note', () => {
    expect(stateAfter(explained, sentBack, explained, accepted)).toMatchObject({
      status: 'accepted',
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
