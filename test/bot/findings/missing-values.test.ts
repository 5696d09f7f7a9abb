/**
 * The missing-value strategies as DHIS2 has them, case by case. Each side of a rule is judged on its
 * own, and a side that is skipped skips the rule. What is blank, not known or not applicable is
 * missing; 0 is a figure; what cannot be read is neither, and no strategy lets it pass.
 *
 * In the grids a row is what stands on the first place, a column what stands on the second:
 * `p` pass, `q` query, `s` skipped, `x` could not run.
 */
import { describe, expect, test } from 'vitest';
import { assess } from '../../../bot/assess.ts';
import { check } from '../../../bot/findings/check.ts';
import {
  MISSING_VALUES,
  type Check,
  type Comparison,
  type MissingValues,
} from '../../../bot/findings/rule.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import {
  blank,
  filedReturn,
  heldOf,
  measureOf,
  nothingRemembered,
  notKnown,
  number,
  ruleOf,
  unreadable,
} from '../made.ts';

const notApplicable: Answer = { kind: 'not applicable', reason: 'there is no such school' };

const ANSWERS = { three: number(3), zero: number(0), blank, notKnown, notApplicable, unreadable };
type Held = keyof typeof ANSWERS;

const LETTERS = { pass: 'p', error: 'e', query: 'q', skipped: 's', 'could not run': 'x' };
const measures = ['a', 'b', 'c', 'd'].map((id) => measureOf(id));

type Sides = { left: string; operator?: Comparison; right: string; missingValues: MissingValues };

function letterOf(sides: Sides, answers: Record<string, Answer>): string {
  const rule = ruleOf({ operator: '=', ...sides });
  const { outcomes, problems } = check([rule], {
    returns: [filedReturn({ answers })],
    strays: [],
    measures,
    unreadMeasures: [],
    districts: [],
  });
  expect(problems).toEqual([]);
  expect(outcomes).toHaveLength(1);
  return outcomes.map(({ outcome }) => LETTERS[outcome.kind]).join('');
}

/** The grid of a rule over everything that may stand on two of its places. */
function gridOf(sides: Sides, [row, column]: [string, string], rest: Record<string, Answer>) {
  const held = Object.keys(ANSWERS) as Held[];
  return held.map((r) =>
    held
      .map((c) => letterOf(sides, { ...rest, [row]: ANSWERS[r], [column]: ANSWERS[c] }))
      .join(' '),
  );
}

const rows = (grid: string): string[] =>
  grid
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).slice(1).join(' '));

describe('one operand on each side: a = b', () => {
  const skipping = `
                3 0 blank notKnown notApplicable unreadable
    3           p q s s s x
    0           q p s s s x
    blank       s s s s s x
    notKnown    s s s s s x
    notAppl.    s s s s s x
    unreadable  x x x x x x`;
  const counting = `
                3 0 blank notKnown notApplicable unreadable
    3           p q q q q x
    0           q p p p p x
    blank       q p p p p x
    notKnown    q p p p p x
    notAppl.    q p p p p x
    unreadable  x x x x x x`;

  test.each<[MissingValues, string]>([
    ['skip if any is missing', skipping],
    ['skip if all are missing', skipping],
    ['never skip', counting],
  ])('%s', (missingValues, grid) => {
    const sides = { left: 'a', right: 'b', missingValues };
    expect(gridOf(sides, ['a', 'b'], {})).toEqual(rows(grid).slice(1));
  });
});

/** `a + b`, where the other side is 3. */
const BESIDE_3: Record<MissingValues, string> = {
  'skip if any is missing': `
    b:          3 0 blank notKnown notApplicable unreadable
    3           q p s s s x
    0           p q s s s x
    blank       s s s s s x
    notKnown    s s s s s x
    notAppl.    s s s s s x
    unreadable  x x x x x x`,
  'skip if all are missing': `
    b:          3 0 blank notKnown notApplicable unreadable
    3           q p p p p x
    0           p q q q q x
    blank       p q s s s x
    notKnown    p q s s s x
    notAppl.    p q s s s x
    unreadable  x x x x x x`,
  'never skip': `
    b:          3 0 blank notKnown notApplicable unreadable
    3           q p p p p x
    0           p q q q q x
    blank       p q q q q x
    notKnown    p q q q q x
    notAppl.    p q q q q x
    unreadable  x x x x x x`,
};

/** `a + b`, where the other side is missing altogether. */
const BESIDE_NOTHING: Record<MissingValues, string> = {
  'skip if any is missing': `
    b:          3 0 blank notKnown notApplicable unreadable
    3           s s s s s x
    0           s s s s s x
    blank       s s s s s x
    notKnown    s s s s s x
    notAppl.    s s s s s x
    unreadable  x x x x x x`,
  'skip if all are missing': `
    b:          3 0 blank notKnown notApplicable unreadable
    3           s s s s s x
    0           s s s s s x
    blank       s s s s s x
    notKnown    s s s s s x
    notAppl.    s s s s s x
    unreadable  x x x x x x`,
  'never skip': `
    b:          3 0 blank notKnown notApplicable unreadable
    3           q q q q q x
    0           q p p p p x
    blank       q p p p p x
    notKnown    q p p p p x
    notAppl.    q p p p p x
    unreadable  x x x x x x`,
};

describe.each([
  ['on the left: a + b = c', { left: 'a + b', right: 'c' }],
  ['on the right: c = a + b', { left: 'c', right: 'a + b' }],
])('two operands %s', (_, sides) => {
  test.each(MISSING_VALUES)('beside a figure, %s', (missingValues) => {
    const grid = gridOf({ ...sides, missingValues }, ['a', 'b'], { c: number(3) });
    expect(grid).toEqual(rows(BESIDE_3[missingValues]).slice(1));
  });

  test.each(['blank', 'notKnown', 'notApplicable'] as const)('beside %s', (held) => {
    for (const missingValues of MISSING_VALUES) {
      const grid = gridOf({ ...sides, missingValues }, ['a', 'b'], { c: ANSWERS[held] });
      expect(grid).toEqual(rows(BESIDE_NOTHING[missingValues]).slice(1));
    }
  });

  test('beside what cannot be read, no strategy lets anything pass', () => {
    for (const missingValues of MISSING_VALUES) {
      const grid = gridOf({ ...sides, missingValues }, ['a', 'b'], { c: unreadable });
      expect(new Set(grid)).toEqual(new Set(['x x x x x x']));
    }
  });
});

describe('two operands on each side: a + b = c + d', () => {
  const three = number(3);
  const zero = number(0);
  test.each<[string, Record<string, Answer>, string, string, string]>([
    ['every figure given', { a: three, b: zero, c: zero, d: three }, 'p', 'p', 'p'],
    ['one missing on the left', { a: three, c: three, d: zero }, 's', 'p', 'p'],
    ['one missing on the right', { a: three, b: zero, d: three }, 's', 'p', 'p'],
    ['one missing on each, and it does not hold', { a: three, d: zero }, 's', 'q', 'q'],
    ['all missing on the left', { c: zero, d: zero }, 's', 's', 'p'],
    ['all missing on the right', { a: zero, b: three }, 's', 's', 'q'],
    ['all missing on the left, one on the right', { d: three }, 's', 's', 'q'],
    ['nothing given at all', {}, 's', 's', 'p'],
    ['one unreadable, and all else missing', { a: unreadable }, 'x', 'x', 'x'],
  ])('%s', (_, answers, any, all, never) => {
    const sides = { left: 'a + b', right: 'c + d' };
    const letters = MISSING_VALUES.map((missingValues) =>
      letterOf({ ...sides, missingValues }, answers),
    );
    expect(letters).toEqual([any, all, never]);
  });
});

describe('a figure that is no answer of this return', () => {
  test('a number written in the rule is never missing', () => {
    const limit = { operator: '≤' as const, right: '2' };
    const letters = (answer: Answer) =>
      MISSING_VALUES.map((missingValues) =>
        letterOf({ left: 'a', ...limit, missingValues }, { a: answer }),
      ).join(' ');
    expect(letters(number(3))).toBe('q q q');
    expect(letters(number(0))).toBe('p p p');
    expect(letters(blank)).toBe('s s p');
    expect(letters(unreadable)).toBe('x x x');
  });

  test.each(['previous.b', 'lastYear.b', 'district.primarySchools'])(
    '%s is missing where no return or row is held',
    (right) => {
      const letters = MISSING_VALUES.map((missingValues) =>
        letterOf({ left: 'a', right, missingValues }, { a: number(3) }),
      );
      expect(letters).toEqual(['s', 's', 'q']);
    },
  );
});

describe('whether figures are given at all', () => {
  const both = `
                3 0 blank notKnown notApplicable unreadable
    3           p p q s s x
    0           p p q s s x
    blank       q q p s s x
    notKnown    s s s s s x
    notAppl.    s s s s s x
    unreadable  x x x x x x`;
  const notBoth = `
                3 0 blank notKnown notApplicable unreadable
    3           q q p s s x
    0           q q p s s x
    blank       p p p s s x
    notKnown    s s s s s x
    notAppl.    s s s s s x
    unreadable  x x x x x x`;

  test.each<[Comparison, string]>([
    ['both or neither', both],
    ['not both', notBoth],
  ])(
    '%s looks at what is given, whatever the strategy; a reason is an answer',
    (operator, grid) => {
      for (const missingValues of MISSING_VALUES) {
        const sides = { left: 'a', operator, right: 'b', missingValues };
        expect(gridOf(sides, ['a', 'b'], {})).toEqual(rows(grid).slice(1));
      }
    },
  );
});

describe('checks of each answer', () => {
  /** What is asked of `a`, which was 60 in each of the six terms before. */
  const years = [1, 2, 3, 4, 5, 6].map((term) =>
    filedReturn({ year: '2025-26', term, answers: { a: number(60) } }),
  );
  const share = [measureOf('a', { unit: 'percentage' })];

  function lettersOf(operator: Check, a: Answer, before = years): string {
    return MISSING_VALUES.map((missingValues) => {
      const rule = ruleOf({ operator, left: 'a', right: '', missingValues });
      const { outcomes } = check([rule], {
        returns: [...before, filedReturn({ answers: { a } })],
        strays: [],
        measures: share,
        unreadMeasures: [],
        districts: [],
      });
      return outcomes
        .filter(({ on }) => on.year === '2026-27')
        .map(({ outcome }) => LETTERS[outcome.kind])
        .join('');
    }).join(' ');
  }

  // In each cell: skip if any is missing, skip if all are missing, never skip.
  test.each<[Check, Record<keyof typeof ANSWERS, string>]>([
    [
      'does not fall to zero',
      {
        three: 'p p p',
        zero: 'q q q',
        blank: 's s q',
        notKnown: 's s q',
        notApplicable: 's s q',
        unreadable: 'x x x',
      },
    ],
    [
      'fits its own history',
      {
        three: 'q q q',
        zero: 'q q q',
        blank: 's s q',
        notKnown: 's s q',
        notApplicable: 's s q',
        unreadable: 'x x x',
      },
    ],
    [
      'is between 0 and 100',
      {
        three: 'p p p',
        zero: 'p p p',
        blank: 's s p',
        notKnown: 's s p',
        notApplicable: 's s p',
        unreadable: 'x x x',
      },
    ],
    [
      'can be read',
      {
        three: 'p p p',
        zero: 'p p p',
        blank: 's s s',
        notKnown: 's s s',
        notApplicable: 's s s',
        unreadable: 'q q q',
      },
    ],
  ])('%s', (operator, expected) => {
    const letters = Object.entries(ANSWERS).map(([held, answer]) => [
      held,
      lettersOf(operator, answer),
    ]);
    expect(Object.fromEntries(letters)).toEqual(expected);
  });

  test.each<[string, Answer, string]>([
    ['a figure', number(60), 's s q'],
    ['zero', number(0), 's s p'],
    ['blank', blank, 's s p'],
    ['unreadable', unreadable, 'x x x'],
  ])('zero after something asks last term too: blank now, and %s then', (_, then, expected) => {
    const before = [filedReturn({ year: '2025-26', term: 6, answers: { a: then } })];
    expect(lettersOf('does not fall to zero', blank, before)).toBe(expected);
  });

  test('what counted as 0 is shown as not given', () => {
    const rule = ruleOf({
      operator: 'does not fall to zero',
      left: 'a',
      right: '',
      missingValues: 'never skip',
    });
    const { findings } = check([rule], {
      returns: [...years, filedReturn({ answers: { a: blank } })],
      strays: [],
      measures: share,
      unreadMeasures: [],
      districts: [],
    });
    expect(findings.map(({ operands }) => operands.map((o) => [o.name, o.value, o.shown]))).toEqual(
      [
        [
          ['a', null, 'not given'],
          ['previous.a', 60, '60%'],
        ],
      ],
    );
    expect(findings[0]?.says).toContain('is not given this term and was 60% last term');
  });
});

describe('a return sent again: one figure that differs settles it', () => {
  const three = { a: number(1), b: number(2), c: number(3) };

  test.each<[string, Record<string, Answer>, Record<string, Answer>, string]>([
    ['all the same', three, three, 'q q q'],
    ['one differs', three, { ...three, a: number(9) }, 'p p p'],
    ['one differs, and another is blank', three, { a: number(9), b: number(2) }, 'p p p'],
    ['one is newly blank', { ...three, d: number(4) }, three, 's s p'],
    ['one is newly given', three, { ...three, d: number(4) }, 's s p'],
    ['a nought stands for a blank', three, { ...three, d: number(0) }, 's s q'],
    ['one is missing in both', { ...three, d: blank }, { ...three, d: notKnown }, 'q q q'],
    ['one cannot be read', three, { ...three, c: unreadable }, 'x x x'],
    ['one cannot be read, and another differs', three, { a: number(9), c: unreadable }, 'p p p'],
    ['nothing was given in either', {}, {}, 's s s'],
  ])('%s', (_, then, now, expected) => {
    const letters = MISSING_VALUES.map((missingValues) => {
      const operator = 'is not repeated from last term';
      const rule = ruleOf({ operator, left: '*', right: '', missingValues });
      const before = filedReturn({ year: '2025-26', term: 6, answers: then });
      const { outcomes } = check([rule], {
        returns: [before, filedReturn({ answers: now })],
        strays: [],
        measures,
        unreadMeasures: [],
        districts: [],
      });
      const mine = outcomes.filter(({ on }) => on.year === '2026-27');
      return mine.map(({ outcome }) => LETTERS[outcome.kind]).join('');
    });
    expect(letters.join(' ')).toBe(expected);
  });
});

describe('a finding of a check of each answer', () => {
  const monday = new Date('2026-11-23T09:00:00Z');
  const tuesday = new Date('2026-11-24T09:00:00Z');
  const before = filedReturn({ year: '2025-26', term: 6, answers: { a: number(60) } });

  /** What becomes of it when its answer, 0 on Monday, is another on Tuesday. */
  function statusAfter(operator: Check, answer: Answer): string[] {
    const rules = [ruleOf({ operator, left: 'a', right: '' })];
    const lookAt = (a: Answer) =>
      heldOf({ rules, returns: [before, filedReturn({ answers: { a } })] });
    const { register } = assess(lookAt(number(0)), nothingRemembered, monday);
    expect(register.size).toBe(1);
    const remembered = { ...nothingRemembered, findings: register };
    const again = assess(lookAt(answer), remembered, tuesday);
    return [...again.register.values()].map(({ status }) => status);
  }

  test('stands where the answer can no longer be read: that corrects nothing', () => {
    expect(statusAfter('does not fall to zero', unreadable)).toEqual(['open']);
  });

  test('is closed where it passes', () => {
    expect(statusAfter('does not fall to zero', number(55))).toEqual(['closed']);
  });
});
