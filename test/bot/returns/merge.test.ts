import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameAnswer, type Answer } from '../../../bot/returns/answer.ts';
import { merge, type Said } from '../../../bot/returns/merge.ts';

const IDS = ['a', 'b', 'c'];
const number = (value: number): Answer => ({ kind: 'number', value, raw: String(value) });
const said = (a: number, b: number, remarks = ''): Said => ({
  answers: { a: number(a), b: number(b) },
  remarks,
});

const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map(number),
  fc.constant<Answer>({ kind: 'blank' }),
  fc.constant<Answer>({ kind: 'not known', reason: 'the register was being moved' }),
);
const anySaid: fc.Arbitrary<Said> = fc.record({
  answers: fc.record({ a: answer, b: answer, c: answer }),
  remarks: fc.constantFrom('', 'One.', 'Two.'),
});

describe('two people who change a return', () => {
  test('both get their way where they changed different questions', () => {
    const merged = merge(IDS, said(1, 1), said(2, 1), said(1, 3));
    expect(merged).toMatchObject({ answers: { a: number(2), b: number(3) }, clashes: [] });
  });

  test('are asked where they changed the same question differently', () => {
    expect(merge(IDS, said(1, 1), said(2, 1), said(3, 1)).clashes).toEqual(['a']);
    expect(merge(IDS, said(1, 1, ''), said(1, 1, 'One.'), said(1, 1, 'Two.'))).toMatchObject({
      clashes: [],
      remarksClash: true,
    });
  });

  test('are not asked where they changed it alike', () => {
    expect(merge(IDS, said(1, 1), said(2, 1), said(2, 1)).clashes).toEqual([]);
  });

  test('are asked of every difference where nobody knows what was there before', () => {
    expect(merge(IDS, undefined, said(1, 2), said(1, 3)).clashes).toEqual(['b']);
  });

  test('lose nothing: what one of them changed stands, and nobody’s clash is settled unasked', () => {
    fc.assert(
      fc.property(anySaid, anySaid, anySaid, (base, mine, theirs) => {
        const merged = merge(IDS, base, mine, theirs);
        for (const id of IDS) {
          const [was, own, other] = [base, mine, theirs].map((one) => one.answers[id]);
          const now = merged.answers[id];
          if (merged.clashes.includes(id)) expect(sameAnswer(own, other)).toBe(false);
          else if (!sameAnswer(was, own)) expect(sameAnswer(now, own)).toBe(true);
          else expect(sameAnswer(now, other)).toBe(true);
        }
      }),
    );
  });

  test('who changed nothing get what the other one did', () => {
    fc.assert(
      fc.property(anySaid, anySaid, (base, theirs) => {
        const merged = merge(IDS, base, base, theirs);
        expect(merged).toEqual({ ...theirs, clashes: [], remarksClash: false });
      }),
    );
  });

  test('agree, whoever comes first, where nothing clashes', () => {
    fc.assert(
      fc.property(anySaid, anySaid, anySaid, (base, mine, theirs) => {
        const one = merge(IDS, base, mine, theirs);
        const other = merge(IDS, base, theirs, mine);
        expect(other.clashes).toEqual(one.clashes);
        fc.pre(one.clashes.length === 0);
        for (const id of IDS) expect(sameAnswer(one.answers[id], other.answers[id])).toBe(true);
      }),
    );
  });
});
