import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  figureOf,
  readAnswer,
  showAnswer,
  storedFigure,
  type Answer,
  type Cell,
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
  test.each<[Cell, Unit, number]>([
    ['84%', 'percentage', 84],
    ['84 %', 'percentage', 84],
    ['83.7 %', 'percentage', 83.7],
    ['104', 'percentage', 104],
    ['104', 'count', 104],
    ['1,994', 'count', 1994],
    ['£655,550', 'money', 655_550],
    ['£ 655,550', 'money', 655_550],
    ['364,850', 'money', 364_850],
    ['1.994', 'decimal', 1.994],
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
    ['35%', 'percentage of 1', 35],
    [12.5, 'decimal', 12.5],
  ])('%j as %s is %d', (cell, unit, value) => {
    expect(readAnswer(cell, unit)).toEqual({ kind: 'number', value, raw: String(cell) });
  });

  test.each<[Cell]>([[''], ['   '], ['\n\t\u00a0'], [null], [undefined]])(
    '%j is blank, and blank is not zero',
    (cell) => {
      expect(readAnswer(cell, 'count')).toEqual({ kind: 'blank' });
      expect(figureOf(readAnswer(cell, 'count'))).toBeUndefined();
    },
  );

  test.each(['n/a', 'N/A', 'na', 'Not applicable', ' n/a. '])('“%s” is not applicable', (cell) => {
    const answer = readAnswer(cell, 'count');
    expect(answer).toEqual({ kind: 'not applicable', reason: `written as “${cell.trim()}”` });
  });

  test.each(['Not reported', 'NOT KNOWN', 'not  collected', 'unknown', 'TBC'])(
    '“%s” is not known',
    (cell) => expect(readAnswer(cell, 'money').kind).toBe('not known'),
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

  test('a stored number below zero, without end, or in parts where children are counted', () => {
    for (const cell of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, true]) {
      expect(readAnswer(cell, 'count')).toMatchObject({ kind: 'unreadable', raw: String(cell) });
    }
  });

  test('ten thousand characters are read whole, and longer text is never read in part', () => {
    const long = 'x'.repeat(10_000);
    expect(readAnswer(long, 'count')).toMatchObject({ kind: 'unreadable', raw: long });
    expect(readAnswer('9'.repeat(10_000), 'count').kind).toBe('unreadable');
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
  test('gives one of the five kinds and never throws', () => {
    const cells = fc.oneof(
      anyText,
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, undefined),
    );
    fc.assert(
      fc.property(cells, units, (cell, unit) => {
        expect(KINDS).toContain(readAnswer(cell, unit).kind);
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps its text where it could not be read', () => {
    fc.assert(
      fc.property(anyText, units, (text, unit) => {
        const answer = readAnswer(text, unit);
        if (answer.kind === 'unreadable') expect(answer.raw).toBe(text);
        if (answer.kind === 'number') expect(answer.raw).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('a figure is finite and at least zero, and a count is whole', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyFigures, fc.double()), units, (cell, unit) => {
        const value = figureOf(readAnswer(cell, unit));
        if (value === undefined) return;
        expect(Number.isFinite(value) && value >= 0).toBe(true);
        if (unit === 'count') expect(Number.isInteger(value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what is written into the list reads back', () => {
  const figures: Record<Unit, fc.Arbitrary<number>> = {
    count: fc.nat({ max: 1_000_000 }),
    percentage: fc.nat({ max: 1500 }).map((n) => n / 10),
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
