import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../../bot/findings/check.ts';
import { valuesOf } from '../../../bot/findings/finding.ts';
import { judgeOutlier, median } from '../../../bot/findings/outlier.ts';
import { blank, filedReturn, measureOf, numbers, ruleOf, T1, unreadable } from '../made.ts';

const steady = [150, 155, 160, 165, 170, 175];

describe('against six or more earlier figures', () => {
  test('the modified z-score decides: median 162.5, deviation 7.5', () => {
    const edge = 162.5 + (3.5 * 7.5) / 0.6745;
    expect(judgeOutlier(edge - 0.01, steady, undefined)?.outlier).toBe(false);
    expect(judgeOutlier(edge + 0.01, steady, undefined)?.outlier).toBe(true);
    expect(judgeOutlier(412, steady, 410)).toEqual({
      outlier: true,
      against: 162.5,
      basis: 'own history',
    });
  });

  test('far below stands out as much as far above', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), (distance) => {
        expect(judgeOutlier(162.5 + distance, steady, undefined)?.outlier).toBe(
          judgeOutlier(162.5 - distance, steady, undefined)?.outlier,
        );
      }),
    );
  });

  test.each([
    ['a small figure may move by 5', 10, 15, false],
    ['and not by 6', 10, 16, true],
    ['a large one by a fifth', 100, 120, false],
    ['and not by more', 100, 121, true],
    ['from zero, by 5', 0, 5, false],
    ['from zero, not by 6', 0, 6, true],
  ])('where the earlier figures are all the same, %s', (_, usual, value, outlier) => {
    const same = Array.from({ length: 6 }, () => usual);
    expect(judgeOutlier(value, same, undefined)?.outlier).toBe(outlier);
  });

  test.each([3.3, 4.3, 8.2])('exactly 5 off %d is within 5, whatever binary says', (usual) => {
    const value = Number((usual + 5).toFixed(1));
    const same = Array.from({ length: 7 }, () => usual);
    expect(judgeOutlier(value, same, undefined)?.outlier).toBe(false);
  });

  test('the tested figure never stands in its own baseline: the least that is found is found', () => {
    // With itself among ten equal figures and one far away, no z-score of eleven could reach 3.5.
    const ten = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11];
    expect(judgeOutlier(10.5 + (3.5 * 0.5) / 0.6745 + 0.01, ten, undefined)?.outlier).toBe(true);
    expect(judgeOutlier(10.5 + (3.5 * 0.5) / 0.6745 - 0.01, ten, undefined)?.outlier).toBe(false);
  });

  test('one figure among equals that once strayed does not widen what is usual', () => {
    expect(judgeOutlier(30, [10, 10, 10, 10, 10, 90], undefined)?.outlier).toBe(true);
  });

  test('exactly six are enough, and last year’s figure is then not asked', () => {
    expect(judgeOutlier(160, steady, 10)).toMatchObject({ outlier: false, basis: 'own history' });
  });

  test('the order of the earlier figures does not matter', () => {
    const figures = fc.array(fc.nat({ max: 500 }), { minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(figures, fc.nat({ max: 800 }), (earlier, value) => {
        const backwards = earlier.toReversed();
        expect(judgeOutlier(value, backwards, 1)).toEqual(judgeOutlier(value, earlier, 1));
      }),
    );
  });
});

describe('with fewer', () => {
  const five = steady.slice(1);

  test.each([
    [100, 130, false, 'a change of exactly 30%'],
    [100, 131, true, 'above 30%'],
    [100, 69, true, 'below by above 30%'],
    [10, 14, false, '40%, but of 4 only'],
    [10, 15, true, '50%, and of 5'],
    [0, 4, false, 'from nothing to 4'],
    [0, 5, true, 'from nothing to 5'],
    [1000, 1200, false, 'of 200, but only 20%'],
  ])('from %d in the same term last year to %d: %s, %s', (before, value, outlier) => {
    expect(judgeOutlier(value, five, before)).toEqual({
      outlier,
      against: before,
      basis: 'same term last year',
    });
  });

  test.each([
    [3.2, 8.2, true, 'a rise of exactly 5, though 8.2 − 3.2 is 4.999… in binary'],
    [8.2, 3.2, true, 'a fall of exactly 5'],
    [3.2, 8.1, false, 'a rise of 4.9'],
    [50.1, 65.13, false, 'a rise of exactly 30%'],
  ])('from %d to %d: %s, %s', (before, value, outlier) => {
    expect(judgeOutlier(value, five, before)?.outlier).toBe(outlier);
  });

  test('and none last year, there is nothing to say', () => {
    expect(judgeOutlier(412, five, undefined)).toBeUndefined();
    expect(judgeOutlier(412, [], undefined)).toBeUndefined();
  });
});

describe('the baseline of a return', () => {
  const years = ['2024-25', '2025-26'];
  const held = (value: number, returns = history()) => ({
    returns: [...returns, filedReturn({ answers: numbers({ a: value }) })],
    strays: [],
    unreadMeasures: [],
    measures: [measureOf('a')],
    districts: [],
  });
  const rule = ruleOf({ operator: 'fits its own history', left: '*', right: '' });
  const history = (terms = 6) =>
    years
      .flatMap((year) => [1, 2, 3, 4, 5, 6].map((term) => ({ year, term })))
      .slice(-terms)
      .map((key, i) => filedReturn({ ...key, answers: numbers({ a: 150 + 5 * i }) }));

  test('never includes the figure that is judged', () => {
    const report = check([rule], held(412));
    expect(report.findings).toHaveLength(1);
    expect(report.findings.map(({ operands }) => valuesOf(operands))).toEqual([
      { a: 412, usual: 162.5 },
    ]);
    expect(report.findings[0]?.says).toContain(
      'usually about 162.5 in this district (6 earlier terms)',
    );
  });

  test('may move without the question being asked again, which a change of the figure itself does', () => {
    const idOf = (value: number, corrected: number) => {
      const [first, ...others] = history();
      const other = filedReturn({ ...first, answers: numbers({ a: corrected }) });
      const { findings } = check([rule], held(value, [other, ...others]));
      return findings.map(({ id, operands }) => [id, operands.at(-1)?.value]);
    };
    const [[before, usual] = []] = idOf(412, 150);
    const [[after, moved] = []] = idOf(412, 170);
    expect([usual, moved]).toEqual([162.5, 167.5]);
    expect(after).toBe(before);
    expect(idOf(413, 150)[0]?.[0]).not.toBe(before);
  });

  test('never includes later terms or other districts', () => {
    const later = filedReturn({ year: '2026-27', term: 2, answers: numbers({ a: 9000 }) });
    const other = filedReturn({
      district: 'Swale',
      year: '2025-26',
      term: 3,
      answers: numbers({ a: 1 }),
    });
    const report = check([rule], held(412, [...history(), later, other]));
    const mine = report.findings.filter((f) => f.term === T1.term && f.district === 'Dover');
    expect(mine.map(({ operands }) => valuesOf(operands))).toEqual([{ a: 412, usual: 162.5 }]);
  });

  test('leaves out terms without a figure, so five figures in six terms are too few', () => {
    const [first, ...others] = history();
    const withBlank = [filedReturn({ ...first, answers: { a: blank } }), ...others];
    const lastYearToo = filedReturn({ year: '2025-26', term: 1, answers: numbers({ a: 150 }) });
    const kinds = (returns: Parameters<typeof held>[1]) =>
      check([rule], held(412, returns))
        .outcomes.filter(({ on }) => on.year === T1.year)
        .map(({ outcome }) => outcome.kind);
    expect(kinds(withBlank)).toEqual(['skipped']);
    expect(kinds([lastYearToo, ...withBlank.slice(1)])).toEqual(['query']);
  });

  test.each([
    ['this term', { a: unreadable }, numbers({ a: 150 }), 'a could not be read'],
    ['last year', numbers({ a: 412 }), { a: unreadable }, 'lastYear.a could not be read'],
  ])('that could not be read %s is no pass and no skip', (_, now, then, reason) => {
    const returns = [
      filedReturn({ year: '2025-26', term: 1, answers: then }),
      filedReturn({ answers: now }),
    ];
    const report = check([rule], { ...held(0), returns });
    expect(report.outcomes.at(-1)?.outcome).toEqual({
      kind: 'could not run',
      reason,
      because: 'an answer',
      measure: 'a',
    });
  });

  test('of five terms is too short, so the same term last year is asked', () => {
    const report = check([rule], held(412, history(5)));
    expect(report.findings).toEqual([]);
    const last = report.outcomes.at(-1)?.outcome;
    expect(last).toEqual({ kind: 'skipped', reason: 'too few earlier figures for a' });
  });
});

test('the median of an even number of figures lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});
