import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureMaker, readExpression } from '../../../bot/findings/expression.ts';

type Figures = Readonly<Record<string, number>>;

function read(text: string) {
  const read = readExpression(text);
  if (!read.ok) throw new Error(read.problem);
  return read.expression;
}

const workedOut = (text: string, figures: Figures = {}): number =>
  figureMaker(read(text).root, (name) => (all: Figures) => all[name] ?? Number.NaN)(figures);

describe('the side of a rule', () => {
  test.each<[string, Figures, number]>([
    ['a', { a: 7 }, 7],
    ['a + b', { a: 7, b: 3 }, 10],
    ['a + b * 2', { a: 7, b: 3 }, 13],
    ['(a + b) * 2', { a: 7, b: 3 }, 20],
    ['a - b - 1', { a: 7, b: 3 }, 3],
    ['-a', { a: 7 }, -7],
    ['a - -b', { a: 7, b: 3 }, 10],
    ['a / b', { a: 7, b: 2 }, 3.5],
    ['previous.a', { 'previous.a': 4 }, 4],
    ['a - previous.a + lastYear.a', { a: 1, 'previous.a': 2, 'lastYear.a': 3 }, 2],
    ['a / district.primarySchools * 100', { a: 21, 'district.primarySchools': 28 }, 75],
    ['100', {}, 100],
    ['0.5', {}, 0.5],
    ['1 / 2', {}, 0.5],
    ['a * (1 / 2)', { a: 10 }, 5],
    ['7 / 2 * a', { a: 2 }, 7],
    ['  a  ', { a: 0 }, 0],
  ])('%s', (text, operands, value) => {
    expect(workedOut(text, operands)).toBe(value);
  });

  test('names each figure it rests on once', () => {
    expect(read('a + b * a - previous.a').names).toEqual(['a', 'b', 'previous.a']);
  });

  test('divides as a spreadsheet does, whole numbers too', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9999 }), fc.integer({ min: 1, max: 9999 }), (x, y) => {
        expect(workedOut(`${x} / ${y}`)).toBe(x / y);
        expect(workedOut(`a / ${y}`, { a: x })).toBe(x / y);
      }),
    );
  });

  test.each(['a / b', '1 / 0', 'a / (b - b)', '1 / (a / b)', 'b * (a / b)'])(
    '%s: of a division by zero nothing comes',
    (text) => expect(workedOut(text, { a: 1, b: 0 })).toBeNaN(),
  );

  test('a figure that is not there is never taken for zero', () => {
    expect(workedOut('a + b', { a: 1 })).toBeNaN();
  });

  test.each([
    ['a × b ÷ 2', 'a * b / 2'],
    ['a − b', 'a - b'],
    ['a\u00A0+\tb', 'a + b'],
  ])('%s is written as a word processor has it', (text, plain) => {
    expect(workedOut(text, { a: 7, b: 4 })).toBe(workedOut(plain, { a: 7, b: 4 }));
  });
});

/** Each with what cannot stand, where it begins, and why. */
const REFUSED: [text: string, what: string, at: number, why: RegExp][] = [
  ['', '', 0, /is empty/],
  ['   ', '', 0, /is empty/],
  ['a > b', '>', 2, /compares, and the operator has a column of its own/],
  ['a == b', '==', 2, /compares/],
  ['a ≤ b', '≤', 2, /compares/],
  ['= a', '=', 0, /compares/],
  ['a ? b : a', '?', 2, /makes a condition/],
  ['a && b', '&&', 2, /makes a condition/],
  ['!a', '!', 0, /makes a condition/],
  ['a + "x" + b', '"x"', 4, /is text/],
  ["'12'", "'12'", 0, /is text/],
  ['a // b', '// b', 2, /is a comment/],
  ['a % 2', '%', 2, /write a percentage as a number/],
  ['84%', '%', 2, /write a percentage as a number/],
  ['a + £5', '£', 4, /write money as a number/],
  ['1,994', ',', 1, /write 1,994 as 1994/],
  ['[a]', '[', 0, /makes a list/],
  ['{"a": 1}', '{', 0, /makes a list/],
  ['previous["a"]', '[', 8, /makes a list/],
  ['a ^ 2', '^', 2, /a side holds names, numbers/],
  ['a + true', 'true', 4, /a side holds names, numbers/],
  ['null', 'null', 0, /a side holds names, numbers/],
  ['a - 2u', '2u', 4, /a side holds names, numbers/],
  ['b + size(a)', 'size(a)', 4, /a side holds names, numbers/],
  ['b + a.size()', 'a.size()', 4, /a side holds names, numbers/],
  ['a in b', 'a in b', 0, /a side holds names, numbers/],
  ['a + foo.bar', 'foo.bar', 4, /one of previous, lastYear, district/],
  ['a + previous.previous.a', 'previous.previous.a', 4, /one of previous, lastYear, district/],
  ['a + for', 'for', 4, /a word of the language/],
  ['a +', '', 3, /ends where a name or a number should follow/],
  ['previous.', '', 9, /ends where a name or a number should follow/],
  ['(a + b', '', 6, /before its brackets are closed/],
  ['a + b)', ')', 5, /something before it is missing/],
  ['a b', 'b', 2, /something before it is missing/],
  ['a + * b', '*', 4, /something before it is missing/],
];

describe('what a commissioner may not write', () => {
  test.each(REFUSED)('%s', (text, what, at, why) => {
    expect(readExpression(text)).toEqual({
      ok: false,
      text: what,
      at,
      problem: expect.stringMatching(why),
    });
  });

  test.each([
    ['nests deeper', `${'('.repeat(200)}a${')'.repeat(200)}`],
    ['is longer', Array.from({ length: 400 }, () => 'a').join('+')],
  ])('%s than a person would write', (_, text) => {
    expect(readExpression(text)).toMatchObject({ ok: false, problem: /longer, or nests deeper/ });
  });

  test('whatever it is, it is read or refused at a place inside it', () => {
    const pieces = fc.constantFrom('a', '.', '(', ')', '+', '/', '1', '"', ' ', 'previous', '$');
    const anySign = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
    const anything = fc.oneof(
      fc.string({ unit: anySign }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const read = readExpression(text);
        if (read.ok) return;
        expect(read.at).toBeGreaterThanOrEqual(0);
        expect(read.at + read.text.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });
});
