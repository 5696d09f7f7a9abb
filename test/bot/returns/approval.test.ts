import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  approvalIn,
  approve,
  changesInWords,
  changesSince,
  undoApproval,
  voidedInWords,
  voidingId,
  voidingInFull,
  type ApprovalEvent,
  type Approved,
} from '../../../bot/returns/approval.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import type { Return } from '../../../bot/returns/return.ts';
import { stateOf } from '../../../bot/returns/state.ts';
import { subjectOf } from '../../../bot/chase/subject.ts';
import { blank, filedReturn, measureOf, notKnown, number } from '../made.ts';

const colin = { id: 'colin', name: 'Colin Marsh' };
const yusuf = { id: 'yusuf', name: 'Yusuf Demir' };
const AT = new Date('2026-11-20T10:00:00Z');
const LATER = new Date('2026-11-23T10:14:00Z');
const measures = [
  measureOf('a', { question: 'School caseload', position: 1 }),
  measureOf('b', { question: 'Reviewed (%)', unit: 'percentage', position: 2 }),
  measureOf('c', { question: 'Visits', position: 3, calculated: true }),
];
const first = filedReturn({
  itemId: '7',
  answers: { a: number(189), b: number(40), c: number(3) },
  remarks: 'All in.',
});

function decided(
  made: readonly ApprovalEvent[],
  filed: Return,
  over: Partial<Pick<Approved, 'at' | 'accepted'>> = {},
): ApprovalEvent[] {
  const deciding = approve(made, filed, colin, { at: AT, accepted: [], ...over });
  if (!deciding.ok) throw new Error(deciding.reason);
  return [...made, deciding.made];
}

function approvedAs(filed: Return): Approved {
  const approval = approvalIn(decided([], filed));
  if (!approval) throw new Error('It is not approved.');
  return approval;
}

const edited = (over: Partial<Return>): Return => ({
  ...first,
  etag: '"2"',
  modifiedAt: LATER,
  ...over,
});

describe('an approval', () => {
  test('keeps who, when, which version, and what was approved', () => {
    expect(decided([], first, { accepted: ['outlier|Dover'] })).toEqual([
      {
        at: AT,
        by: 'colin',
        name: 'Colin Marsh',
        what: 'approved',
        itemId: '7',
        etag: first.etag,
        answers: first.answers,
        remarks: 'All in.',
        accepted: ['outlier|Dover'],
      },
    ]);
  });

  test('of what is approved already is refused, with who was first', () => {
    const again = approve(decided([], first), first, yusuf, { at: LATER, accepted: [] });
    expect(again).toMatchObject({
      ok: false,
      isSo: true,
      reason: 'approved already by Colin Marsh, Fri 20 Nov, 10:00',
    });
  });

  test('is taken back once, and the earlier decision stays on record', () => {
    const made = decided([], first);
    const undone = undoApproval(made, first, yusuf, LATER);
    if (!undone.ok) throw new Error(undone.reason);
    const all = [...made, undone.made];
    expect(all.map(({ what, name }) => [what, name])).toEqual([
      ['approved', 'Colin Marsh'],
      ['undone', 'Yusuf Demir'],
    ]);
    expect(undoApproval(all, first, colin, LATER)).toMatchObject({
      isSo: true,
      reason: 'taken back already by Yusuf Demir, Mon 23 Nov, 10:14',
    });
  });

  test.each<[string, readonly ApprovalEvent[], Return | 'unread' | undefined, boolean]>([
    ['never approved', [], first, false],
    ['edited since', decided([], first), edited({}), false],
    ['taken out of its list', decided([], first), undefined, false],
    ['of a list that cannot be read now', decided([], first), 'unread', true],
  ])('can it be taken back of a return that is %s', (_, made, filed, ok) => {
    expect(undoApproval(made, filed, colin, LATER).ok).toBe(ok);
  });
});

describe('what changed since', () => {
  const changes = (over: Partial<Return>) =>
    changesSince(approvedAs(first), edited(over), measures);

  test('each answer before and after, in words, and the comments', () => {
    const since = changes({
      answers: { a: number(212), b: notKnown, c: number(4) },
      remarks: 'One school was counted twice.',
    });
    expect(since.at).toEqual(LATER);
    expect(changesInWords(since)).toEqual([
      'School caseload: 189 → 212',
      'Reviewed (%): 40% → not known (the register was being moved)',
      'Visits: 3 → 4',
      'Comments: “All in.” → “One school was counted twice.”',
    ]);
  });

  test('nothing, where an edit changed no answer or another took it back', () => {
    expect(changesInWords(changes({}))).toEqual([
      'edited, but every answer is the same as approved',
    ]);
  });

  test('that another item of the same return counts', () => {
    expect(changesInWords(changes({ itemId: '8' }))).toEqual([
      'another item counts now',
      'edited, but every answer is the same as approved',
    ]);
  });

  test('is told with when, and after whose approval', () => {
    const voided = {
      approval: approvedAs(first),
      changes: changes({ answers: { ...first.answers, a: number(212) } }),
    };
    expect(voidingInFull(voided)).toBe(
      'changed Mon 23 Nov, 10:14, after Colin Marsh approved it (Fri 20 Nov, 10:00): School caseload: 189 → 212',
    );
    expect(voidedInWords({ ...voided, changes: undefined })).toBe(
      'taken out of its list after Colin Marsh approved it (Fri 20 Nov, 10:00)',
    );
  });

  test('is told under a name of the approval that it voided, which names its return', () => {
    const { answers: _answers, ...key } = { ...first, form: 'KPI' as const };
    const id = voidingId({ key, approval: approvedAs(first) });
    expect(id).toBe('KPI|Dover|2026-27|1|approved 2026-11-20T10:00:00.000Z');
    expect(subjectOf(id)).toEqual({
      key: { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 },
    });
  });
});

const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.nat({ max: 3 }).map(number),
  fc.constant(notKnown),
  fc.constant(blank),
);
const answers = fc.record({ a: answer, b: answer, c: answer });

test('the changes are exactly the answers that say something else', () => {
  fc.assert(
    fc.property(answers, answers, (before, after) => {
      const approval = approvedAs({ ...first, answers: before });
      const since = changesSince(approval, edited({ answers: after }), measures);
      const different = (['a', 'b', 'c'] as const).filter(
        (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
      );
      expect(since.answers.map(({ id }) => id)).toEqual(different);
    }),
  );
});

type Step = 'approve' | 'undo' | 'edit' | 'take the edit back';

/** What a return is by the policy alone, after steps that are all allowed or refused for good reason. */
function expected(steps: readonly Step[]): string {
  let state = 'filed';
  for (const step of steps) {
    if (step === 'approve') state = 'approved';
    if (step === 'undo' && state === 'approved') state = 'filed';
    const isEdit = step === 'edit' || step === 'take the edit back';
    if (isEdit && state === 'approved') state = 'amended';
  }
  return state;
}

test('after any approving, taking back and editing the state is what the policy says', () => {
  const step = fc.constantFrom<Step>('approve', 'undo', 'edit', 'take the edit back');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let [held, made, version]: [Return, readonly ApprovalEvent[], number] = [first, [], 1];
      for (const [i, one] of steps.entries()) {
        const at = new Date(AT.getTime() + i * 60_000);
        const before = made;
        if (one === 'edit' || one === 'take the edit back') {
          version += 1;
          const a = one === 'edit' ? number(version) : number(189);
          held = { ...held, etag: `"${version}"`, answers: { ...held.answers, a }, modifiedAt: at };
          continue;
        }
        const deciding =
          one === 'approve'
            ? approve(made, held, colin, { at, accepted: [] })
            : undoApproval(made, held, yusuf, at);
        made = deciding.ok ? [...made, deciding.made] : made;
        expect(made.slice(0, before.length), 'nothing is lost').toEqual(before);
      }
      const found = { blanks: 0, errors: 0, openQueries: 0 };
      expect(stateOf(held, found, approvalIn(made))).toBe(expected(steps));
    }),
  );
});
