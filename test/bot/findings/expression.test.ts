import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression, type Operands } from '../../../bot/findings/expression.ts';

const known = new Set(['a', 'b', 'previous.a', 'lastYear.a', 'district.primarySchools']);

function workedOut(text: string, operands: Operands = {}): number {
  const compiled = compileExpression(text, known);
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.expression.evaluate(operands);
}

describe('the side of a rule', () => {
  test.each<[string, Operands, number]>([
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
    const compiled = compileExpression('a + b * a - previous.a', known);
    expect(compiled.ok && compiled.expression.names).toEqual(['a', 'b', 'previous.a']);
  });

  test('divides as a spreadsheet does, whole numbers too', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9999 }), fc.integer({ min: 1, max: 9999 }), (x, y) => {
        expect(workedOut(`${x} / ${y}`)).toBe(x / y);
        expect(workedOut(`a / ${y}`, { a: x })).toBe(x / y);
      }),
    );
  });

  test.each(['a / b', '1 / 0', 'a / (b - b)'])('%s: a division by zero gives no figure', (text) => {
    expect(() => workedOut(text, { a: 1, b: 0 })).toThrow('division by zero');
  });

  test('a figure that is not there is named, never taken for zero', () => {
    expect(() => workedOut('a + b', { a: 1 })).toThrow('no figure for b');
  });

  test('a result too large to be a number is refused', () => {
    const huge = Array.from({ length: 6 }, () => 'a').join(' * ');
    expect(() => workedOut(huge, { a: 1e60 })).toThrow('it gives no number');
  });
});

describe('what a commissioner may not write', () => {
  test.each([
    ['', 'the side is empty'],
    ['   ', 'the side is empty'],
    ['c', '“c” is no measure or figure'],
    ['a + schoolCaselod', '“schoolCaselod” is no measure or figure'],
    ['previous', '“previous” is no measure or figure'],
    ['previous.b', '“previous.b” is no measure or figure'],
    ['constructor', '“constructor” is no measure or figure'],
  ])('“%s”: %s', (text, problem) => {
    expect(compileExpression(text, known)).toMatchObject({ ok: false, problem });
  });

  test.each([
    'a > b',
    'a == b',
    'a ? b : a',
    'a && b',
    '!a',
    'a % 2',
    '"12"',
    'a + "x"',
    'true',
    'null',
    '2u',
    'size(a)',
    'a.size()',
    'f(a)',
    '[a]',
    '{"a": 1}',
    'a[0]',
    'previous["a"]',
    'other.a',
    'a.b',
    'previous.previous.a',
  ])('“%s” is more than arithmetic', (text) => {
    expect(compileExpression(text, known)).toEqual({
      ok: false,
      problem: 'only + - * / brackets, numbers and names may be used',
    });
  });

  test.each(['a +', '(a', 'a b', '= a', 'a £ b', '1,994'])('“%s” does not parse', (text) => {
    expect(compileExpression(text, known).ok).toBe(false);
  });

  test('says where an unknown name stands', () => {
    expect(compileExpression('a + c', known)).toMatchObject({ at: 4 });
  });

  test('nests no deeper and grows no longer than a person would write', () => {
    expect(compileExpression(`${'('.repeat(200)}a${')'.repeat(200)}`, known).ok).toBe(false);
    expect(compileExpression(Array.from({ length: 400 }, () => 'a').join('+'), known).ok).toBe(
      false,
    );
  });

  test('whatever it is, compiling it never throws', () => {
    const pieces = fc.constantFrom(
      'a',
      'b',
      '.',
      '(',
      ')',
      '+',
      '/',
      '1',
      '"',
      ' ',
      'previous',
      '$',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(() => compileExpression(text, known)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
