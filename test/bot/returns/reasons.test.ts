import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReasons, writeReasons, type Reasons } from '../../../bot/returns/reasons.ts';
import { measureOf } from '../made.ts';

const measures = [
  measureOf('schoolCaseload', { question: 'School caseload' }),
  measureOf('targetsReviewed', { question: 'Targets formally reviewed (%)' }),
  measureOf('clinicsEY', { question: 'Clinics – early years: all of them' }),
];

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
const words = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom(
      'see note [a]: moved',
      'Not known – x [y]: z',
      'line\r\nbreak',
      '[schoolCaseload]: no',
    ),
  )
  .filter((text) => tidy(text) !== '');

const anyReasons = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('schoolCaseload', 'targetsReviewed', 'clinicsEY', 'notInTheListAnyMore'),
      kind: fc.constantFrom('not known' as const, 'not applicable' as const),
      reason: words,
    }),
    { selector: ({ id }) => id },
  )
  .map((all): Reasons => new Map(all.map(({ id, kind, reason }) => [id, { kind, reason }])));

const asWritten = (reasons: Reasons) =>
  new Map([...reasons].map(([id, { kind, reason }]) => [id, { kind, reason: tidy(reason) }]));

/** What people write, over several lines, none of which is a reason. */
const remarks = fc
  .array(fc.string({ unit: 'binary' }), { maxLength: 5 })
  .map((lines) => lines.join('\n'))
  .filter((text) => !/Not (known|applicable) – /.test(text));

describe('reasons kept in a return’s comments', () => {
  test('read as a person would write them', () => {
    const comments = writeReasons(
      'Two colleagues were away.',
      new Map([['schoolCaseload', { kind: 'not known', reason: 'the register was being moved' }]]),
      measures,
    );
    expect(comments).toBe(
      'Two colleagues were away.\nNot known – School caseload [schoolCaseload]: the register was being moved',
    );
  });

  test('come back as they were, beside any remarks', () => {
    fc.assert(
      fc.property(remarks, anyReasons, (text, reasons) => {
        const read = readReasons(writeReasons(text, reasons, measures));
        expect(read.reasons).toEqual(asWritten(reasons));
        expect(read.remarks).toBe(text.trim().replaceAll(/\r?\n/g, '\n').trim());
      }),
      { numRuns: 500 },
    );
  });

  test('do not change when read and written again', () => {
    fc.assert(
      fc.property(fc.oneof(remarks, words), anyReasons, (text, reasons) => {
        const once = readReasons(writeReasons(text, reasons, measures));
        const again = readReasons(writeReasons(once.remarks, once.reasons, measures));
        expect(again).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  test('may themselves hold brackets and colons', () => {
    const reasons: Reasons = new Map([
      ['schoolCaseload', { kind: 'not known', reason: 'see note [a]: the register was moved' }],
    ]);
    expect(readReasons(writeReasons('', reasons, measures)).reasons).toEqual(reasons);
  });

  test('a remark over several lines stays a remark, in its order', () => {
    const text = 'First.\n\n  Second, with Not known in it.\nThird [x]: y';
    expect(readReasons(text)).toEqual({ reasons: new Map(), remarks: text });
  });

  test('a line that a person wrote just like the bot’s counts as a reason, and the last one holds', () => {
    const comments = [
      'Not known – School caseload [schoolCaseload]: first',
      'Between.',
      'Not applicable – anything [schoolCaseload]: second',
    ].join('\r\n');
    expect(readReasons(comments)).toEqual({
      reasons: new Map([['schoolCaseload', { kind: 'not applicable', reason: 'second' }]]),
      remarks: 'Between.',
    });
  });

  test('nothing said leaves nothing in Comments', () => {
    expect(writeReasons('  \n ', new Map(), measures)).toBe('');
    expect(readReasons('')).toEqual({ reasons: new Map(), remarks: '' });
  });
});
