import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  figureOf,
  readAnswer,
  showAnswer,
  storedFigure,
  figureAsText,
  LONGEST_RAW,
  sameAnswer,
  type Answer,
} from '../../../bot/returns/answer.ts';
import { UNITS, type Unit } from '../../../bot/returns/measure.ts';

const units = fc.constantFrom<Unit>(...UNITS);
const KINDS = ['number', 'not known', 'not applicable', 'blank', 'unreadable'];

/** Text that looks nearly like a figure: where guessing would begin. */
const nearlyFigures = fc
  .array(fc.constantFrom(...'0123456789.,%£-+() eE٣²½１，'), { maxLength: 12 })
  .map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), nearlyFigures);

describe('figures as the lists really hold them', () => {
  test.each<[string | number, Unit, number]>([
    ['84%', 'percentage', 84],
    ['84 %', 'percentage', 84],
    ['83.7 %', 'percentage', 83.7],
    ['104', 'percentage', 104],
    ['104', 'count', 104],
    ['1,994', 'count', 1994],
    ['£655,550', 'money', 655_550],
    ['£ 655,550', 'money', 655_550],
    ['364,850', 'money', 364_850],
    ['0.994', 'decimal', 0.994],
    ['1.99', 'decimal', 1.99],
    ['1,994.50', 'money', 1994.5],
    ['-0', 'count', 0],
    ['  12  ', 'count', 12],
    ['\u00a012\u00a0', 'count', 12],
    ['１２', 'count', 12],
    ['８４％', 'percentage', 84],
    ['0', 'count', 0],
    ['0%', 'percentage', 0],
    ['1', 'percentage', 1],
    ['0.5%', 'percentage', 0.5],
    [0, 'count', 0],
    [17, 'count', 17],
    [0.35, 'percentage of 1', 35],
    [0.29, 'percentage of 1', 29],
    [1.04, 'percentage of 1', 104],
    [1.5, 'percentage of 1', 150],
    [1, 'percentage of 1', 100],
    [1, 'percentage', 1],
    [0.1 + 0.2, 'money', 0.3],
    ['35%', 'percentage of 1', 35],
    [12.5, 'decimal', 12.5],
  ])('%j as %s is %d', (cell, unit, value) => {
    expect(readAnswer(cell, unit)).toEqual({ kind: 'number', value, raw: String(cell) });
  });

  test.each([[''], ['   '], ['\n\t\u00a0'], [null], [undefined]])(
    '%j is blank, and blank is not zero',
    (cell) => {
      const kept = cell ? { raw: cell } : {};
      expect(readAnswer(cell, 'count')).toEqual({ kind: 'blank', ...kept });
      expect(figureOf(readAnswer(cell, 'count'))).toBeUndefined();
    },
  );

  test.each(['n/a', 'N/A', 'na', 'Not applicable', ' n/a. '])('“%s” is not applicable', (cell) => {
    const answer = readAnswer(cell, 'count');
    expect(answer).toEqual({
      kind: 'not applicable',
      reason: `written as “${cell.trim()}”`,
      raw: cell,
    });
  });

  test.each(['Not reported', 'NOT KNOWN', 'not  collected', 'unknown', 'TBC'])(
    '“%s” is not known',
    (cell) => expect(readAnswer(cell, 'money')).toMatchObject({ kind: 'not known', raw: cell }),
  );
});

describe('what is no plain number is kept as it stands', () => {
  test.each<[string, Unit]>([
    ['12 (approx)', 'count'],
    ['(12)', 'count'],
    ['12-15', 'count'],
    ['12–15', 'count'],
    ['about 12', 'count'],
    ['1.994', 'count'],
    ['1,99', 'count'],
    ['0,123', 'count'],
    ['12.345', 'money'],
    ['1234.567', 'money'],
    ['=SUM(A1:A9)', 'decimal'],
    ['84%%', 'percentage'],
    ['12\u200b', 'count'],
    ['①', 'count'],
    ['𝟏𝟐', 'count'],
    ['2026-11-18T00:00:00Z', 'count'],
    ['19,94', 'count'],
    ['1 994', 'count'],
    ['1,994,00', 'money'],
    ['=1+1', 'count'],
    ['-5', 'count'],
    ['+5', 'count'],
    ['1e3', 'count'],
    ['0x10', 'count'],
    ['1_000', 'count'],
    ['Infinity', 'decimal'],
    ['NaN', 'decimal'],
    ['.5', 'decimal'],
    ['5.', 'decimal'],
    ['1 2', 'count'],
    ['1  \u00a0 2', 'count'],
    ['twelve', 'count'],
    ['12²', 'count'],
    ['12①', 'count'],
    ['12½', 'decimal'],
    ['£12', 'count'],
    ['£84', 'percentage'],
    ['84%', 'count'],
    ['84%', 'money'],
    ['99999999999999999999', 'count'],
    ['__proto__', 'count'],
    ['true', 'count'],
  ])('“%s” as %s', (cell, unit) => {
    expect(readAnswer(cell, unit)).toMatchObject({ kind: 'unreadable', raw: cell });
  });

  test('0.84 in a column of 0 to 100 could be two figures, and both are named', () => {
    const both: Answer = {
      kind: 'unreadable',
      raw: '0.84',
      why: 'it could mean 0.84% or 84%',
    };
    expect(readAnswer('0.84', 'percentage')).toEqual(both);
    expect(readAnswer('0.84', 'percentage of 1')).toEqual(both);
  });

  test.each<[string | number, Unit, string]>([
    [0.84, 'percentage', 'it could mean 0.84% or 84%'],
    [35, 'percentage of 1', 'it could mean 35% or 3,500%'],
    [1.51, 'percentage of 1', 'it could mean 1.51% or 151%'],
    ['1.994', 'decimal', 'it could mean 1.994 or 1,994'],
    ['£655.550', 'money', 'it could mean 655.550 or 655,550'],
  ])('%j as %s is two figures, and nobody can say which', (cell, unit, why) => {
    expect(readAnswer(cell, unit)).toEqual({ kind: 'unreadable', raw: String(cell), why });
  });

  test('money in parts of a penny', () => {
    const why = 'money has two decimals at most';
    expect(readAnswer(10.125, 'money')).toEqual({ kind: 'unreadable', raw: '10.125', why });
    expect(readAnswer('0.1234', 'money')).toEqual({ kind: 'unreadable', raw: '0.1234', why });
  });

  test.each<[unknown, string]>([
    [true, 'true'],
    [{ LookupId: 3, LookupValue: 'Dover' }, '{"LookupId":3,"LookupValue":"Dover"}'],
    [['84', '85'], '["84","85"]'],
    [[], '[]'],
    [12n, 'a bigint that has no text (TypeError)'],
  ])('what a column of another type holds: %o', (cell, raw) => {
    expect(readAnswer(cell, 'count')).toEqual({
      kind: 'unreadable',
      raw,
      why: 'it is not a number',
    });
  });

  test('a stored number below zero, without end, or in parts where children are counted', () => {
    for (const cell of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, true]) {
      expect(readAnswer(cell, 'count')).toMatchObject({ kind: 'unreadable', raw: String(cell) });
    }
  });

  test('ten thousand characters are read whole, and longer text is never read in part', () => {
    const long = 'x'.repeat(10_000);
    expect(readAnswer(long, 'count')).toMatchObject({ kind: 'unreadable', raw: long });
    expect(readAnswer('9'.repeat(10_000), 'count').kind).toBe('unreadable');
    expect(readAnswer('9'.repeat(12_345), 'count')).toEqual({
      kind: 'unreadable',
      raw: '9'.repeat(LONGEST_RAW),
      why: 'it is too long (12,345 characters, of which 10,000 are kept)',
    });
    const cut = readAnswer(`${'x'.repeat(LONGEST_RAW - 1)}😀`, 'count');
    expect(cut, 'half a character is no text').toMatchObject({ raw: 'x'.repeat(LONGEST_RAW - 1) });
    const hidden = `12${' '.repeat(10_000)}or perhaps 15`;
    expect(readAnswer(hidden, 'count').kind).toBe('unreadable');
  });

  test(
    'ten thousand characters that are nearly a figure are refused at once',
    { timeout: 1000 },
    () => {
      for (const near of [
        `${'1,111'.repeat(1999)}x`,
        `${'1 '.repeat(4999)}x`,
        '1'.repeat(9999) + ',',
      ]) {
        expect(readAnswer(near, 'count').kind).toBe('unreadable');
      }
    },
  );
});

describe('any cell whatever', () => {
  const cells = fc.oneof(
    { weight: 3, arbitrary: anyText },
    fc.double(),
    fc.integer(),
    fc.constantFrom(null, undefined, true, -0, 1e21, 1e-7, Number.NaN, -Infinity, 2 ** 53),
    fc.jsonValue(),
    fc.anything(),
  );
  const many = { numRuns: 3000 };

  test('gives one of the five kinds and never throws', () => {
    fc.assert(
      fc.property(cells, units, (cell, unit) => {
        expect(KINDS).toContain(readAnswer(cell, unit).kind);
      }),
      many,
    );
  });

  test('keeps its text to the letter, whatever it was taken for', () => {
    const worded = fc.constantFrom(' n/a ', 'Not\u00a0known', '\u00a0', 'TBC.', ' 84 % ', '\ufeff');
    fc.assert(
      fc.property(fc.oneof(anyText, worded), units, (text, unit) => {
        const answer = readAnswer(text, unit);
        expect(answer.raw).toBe(text === '' ? undefined : text);
      }),
      many,
    );
  });

  test('reads the same the second time, and its kept text reads as it did', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.double()), units, (cell, unit) => {
        const answer = readAnswer(cell, unit);
        expect(readAnswer(cell, unit)).toEqual(answer);
        if (typeof cell === 'string') expect(readAnswer(answer.raw, unit)).toEqual(answer);
        expect(sameAnswer(answer, readAnswer(cell, unit))).toBe(true);
      }),
      many,
    );
  });

  test('a figure is finite and at least zero, and a count is whole', () => {
    fc.assert(
      fc.property(cells, units, (cell, unit) => {
        const value = figureOf(readAnswer(cell, unit));
        if (value === undefined) return;
        expect(Number.isFinite(value) && value >= 0 && !Object.is(value, -0)).toBe(true);
        if (unit === 'count') expect(Number.isInteger(value)).toBe(true);
      }),
      many,
    );
  });

  test('a figure is the only one that the text can mean', () => {
    const written = fc.oneof(nearlyFigures, figuresAsWritten, fc.string({ unit: 'grapheme' }));
    let figures = 0;
    fc.assert(
      fc.property(written, units, (text, unit) => {
        const value = figureOf(readAnswer(text, unit));
        if (value === undefined) return;
        figures += 1;
        expect(meaningsOf(text, unit)).toEqual([expect.closeTo(value, 6)]);
      }),
      many,
    );
    expect(figures, 'the property was put to figures').toBeGreaterThan(200);
  });

  test('a stored figure is the only one that the number can mean', () => {
    const numbers = fc.oneof(fc.double(), fc.double({ min: 0, max: 2 }), fc.nat({ max: 300 }));
    fc.assert(
      fc.property(numbers, units, (stored, unit) => {
        const value = figureOf(readAnswer(stored, unit));
        if (value === undefined) return;
        const percent = unit === 'percentage of 1' ? stored * 100 : stored;
        expect(Math.abs(value - percent)).toBeLessThanOrEqual(1e-9 * Math.max(1, value));
        expect(unit === 'percentage' && value > 0 && value < 1).toBe(false);
        expect(unit === 'percentage of 1' && value > 150).toBe(false);
      }),
      many,
    );
  });
});

/** Figures as people write them, right and nearly right. */
const figuresAsWritten = fc
  .tuple(
    fc.constantFrom('', ' ', '£', '£ ', '-', '０'),
    fc.nat({ max: 3_000_000 }),
    fc.constantFrom(0, 1, 2, 3, 4),
    fc.constantFrom('', ',', '.', ' '),
    fc.constantFrom('', '%', ' %', ' ', '％', '\u00a0'),
  )
  .map(([before, value, decimals, separator, after]) => {
    const [whole = '', fraction] = (value / 10 ** decimals).toFixed(decimals).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, separator);
    return `${before}${grouped}${fraction ? `.${fraction}` : ''}${after}`;
  });

/**
 * Every figure that a text could mean, worked out digit by digit: nothing of how the service reads.
 * Points and commas are tried as decimal and as thousands, and a share of 1 as per cent.
 */
function meaningsOf(text: string, unit: Unit): number[] {
  const percentage = unit === 'percentage' || unit === 'percentage of 1';
  let digits = [...text].map((letter) => (isWide(letter) ? narrow(letter) : letter)).join('');
  digits = digits.trim();
  const signed = digits.startsWith('-');
  if (signed) digits = digits.slice(1).trim();
  if (digits.startsWith('£') && unit === 'money') digits = digits.slice(1).trim();
  const marked = digits.endsWith('%') && percentage;
  if (marked) digits = digits.slice(0, -1).trim();
  const points = digits.split('.');
  const asDecimal = points.length <= 2 ? valueOf(points[0] ?? '', points[1]) : undefined;
  const asThousands =
    (unit === 'money' || unit === 'decimal') && points.length === 2 && !digits.includes(',')
      ? valueOf(`${points[0]},${points[1]}`, undefined)
      : undefined;
  const meanings = [asDecimal, asThousands].filter((value) => value !== undefined);
  const shares = meanings.filter((v) => percentage && !marked && v > 0 && v < 1);
  return [...meanings, ...shares.map((v) => v * 100)];
}

/** Groups of three behind commas, and the decimals; undefined where it is no figure. */
function valueOf(whole: string, fraction: string | undefined): number | undefined {
  const groups = whole.split(',');
  const [first = ''] = groups;
  if (groups.length > 1 && (first.length > 3 || first.startsWith('0'))) return undefined;
  if (groups.slice(1).some((group) => group.length !== 3)) return undefined;
  const all = [...groups, ...(fraction === undefined ? [] : [fraction])];
  if (all.some((group) => group === '' || [...group].some((one) => !'0123456789'.includes(one)))) {
    return undefined;
  }
  let value = 0;
  for (const digit of groups.join('')) value = value * 10 + '0123456789'.indexOf(digit);
  let place = 1;
  for (const digit of fraction ?? '') value += '0123456789'.indexOf(digit) * (place /= 10);
  return value;
}

const isWide = (letter: string): boolean =>
  letter.length === 1 && letter >= '\uff01' && letter <= '\uff5e';
const narrow = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);

describe('what is written into the list reads back', () => {
  const figures: Record<Unit, fc.Arbitrary<number>> = {
    count: fc.nat({ max: 1_000_000 }),
    percentage: fc.nat({ max: 1500 }).map((n) => (n < 10 ? n : n / 10)),
    'percentage of 1': fc.nat({ max: 15_000 }).map((n) => n / 100),
    money: fc.nat({ max: 100_000_000 }).map((n) => n / 100),
    decimal: fc.nat({ max: 10_000 }).map((n) => n / 10),
  };

  test.each(UNITS)('as the same figure: %s', (unit) => {
    fc.assert(
      fc.property(figures[unit], (value) => {
        expect(figureOf(readAnswer(storedFigure(value, unit), unit))).toBe(value);
      }),
    );
  });

  test.each(UNITS)('as the same figure, in a text column: %s', (unit) => {
    const finer = fc.nat({ max: 100_000 }).map((n) => n / 1000);
    const value = unit === 'money' || unit === 'count' ? figures[unit] : finer;
    fc.assert(
      fc.property(value, (figure) => {
        expect(figureOf(readAnswer(figureAsText(figure, unit), unit))).toBe(figure);
      }),
    );
  });

  test('every whole per cent from 0 to 150 comes back without binary dust', () => {
    for (let percent = 0; percent <= 150; percent++) {
      const stored = storedFigure(percent, 'percentage of 1');
      expect(String(stored).length, `${percent}% is stored as ${stored}`).toBeLessThanOrEqual(4);
      expect(figureOf(readAnswer(percent / 100, 'percentage of 1'))).toBe(percent);
    }
  });

  test('what a person is shown reads back as the figure', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), (value) => {
        for (const unit of ['count', 'money'] as const) {
          const shown = showAnswer(readAnswer(value, unit), unit);
          expect(figureOf(readAnswer(shown, unit))).toBe(value);
        }
      }),
    );
  });
});

describe('an answer as people see it', () => {
  test.each<[Answer | undefined, Unit, string]>([
    [{ kind: 'number', value: 84, raw: '0.84' }, 'percentage of 1', '84%'],
    [{ kind: 'number', value: 655_550, raw: '655550' }, 'money', '£655,550'],
    [{ kind: 'number', value: 1994, raw: '1994' }, 'count', '1,994'],
    [{ kind: 'not known', reason: 'register moved' }, 'count', 'not known (register moved)'],
    [{ kind: 'unreadable', raw: '12 (approx)', why: '' }, 'count', '“12 (approx)”'],
    [{ kind: 'blank' }, 'count', '–'],
    [undefined, 'count', '–'],
  ])('%o', (answer, unit, shown) => {
    expect(showAnswer(answer, unit)).toBe(shown);
  });
});
