import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, type Checkable, type CheckReport } from '../../../bot/findings/check.ts';
import { valuesOf } from '../../../bot/findings/finding.ts';
import { problemInWords } from '../../../bot/findings/rule-problem.ts';
import type { Rule } from '../../../bot/findings/rule.ts';
import type { Stray } from '../../../bot/returns/return.ts';
import { demoHeld } from '../demo-held.ts';
import { blank, filedReturn, measureOf, number, numbers, ruleOf, T1, unreadable } from '../made.ts';

const measures = [
  measureOf('a'),
  measureOf('b'),
  measureOf('c'),
  measureOf('pct', { unit: 'percentage' }),
];

const held = (over: Partial<Checkable> = {}): Checkable => ({
  returns: [],
  strays: [],
  measures,
  unreadMeasures: [],
  districts: [],
  ...over,
});

const last = { year: '2025-26', term: 6 };
const checkRule = (operator: Rule['operator'], left = '*'): Rule =>
  ruleOf({ id: operator, operator, left, right: '' });
const operandsOf = (report: CheckReport) =>
  report.findings.map(({ operands }) => valuesOf(operands));

describe('the identity of a finding', () => {
  const figures = fc.record({ a: fc.integer({ min: 51, max: 99 }), b: fc.nat({ max: 50 }) });
  const idOf = (answers: Record<string, number>, over: Parameters<typeof filedReturn>[0] = {}) =>
    check([ruleOf()], held({ returns: [filedReturn({ answers: numbers(answers), ...over })] }))
      .findings[0]?.id;

  test('survives every change that touches no figure it rests on', () => {
    fc.assert(
      fc.property(figures, fc.nat(), fc.string(), (of, c, text) => {
        const other = { remarks: text, etag: text, itemId: '77', submittedBy: text };
        expect(idOf({ ...of, c }, { ...other, modifiedAt: new Date('2026-12-01T10:00:00Z') })).toBe(
          idOf(of),
        );
      }),
    );
  });

  test('is another when a figure changes', () => {
    fc.assert(
      fc.property(figures, figures, (one, two) => {
        fc.pre(one.a !== two.a || one.b !== two.b);
        expect(idOf(one)).not.toBe(idOf(two));
      }),
    );
  });

  test('is another for another district, term or rule', () => {
    const of = { a: 9, b: 5 };
    const ids = [
      idOf(of),
      idOf(of, { district: 'Swale' }),
      idOf(of, { term: 2 }),
      idOf(of, { year: '2025-26' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('does not hang on the wording of the rule', () => {
    const returns = [filedReturn({ answers: numbers({ a: 9, b: 5 }) })];
    const [before] = check([ruleOf()], held({ returns })).findings;
    const [after] = check([ruleOf({ wording: 'Said anew.' })], held({ returns })).findings;
    expect(after?.id).toBe(before?.id);
    expect([before?.why, after?.why]).toEqual(['A cannot be above B.', 'Said anew.']);
  });
});

describe('order', () => {
  const demo = demoHeld();
  const ids = (report: CheckReport) => report.findings.map(({ id }) => id).sort();
  const usual = ids(check(demo.rules, demo));

  test('of rules, returns and measures makes no difference to what is found', () => {
    const shuffled = <T>(all: readonly T[]) =>
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
    fc.assert(
      fc.property(
        shuffled(demo.rules),
        shuffled(demo.returns),
        shuffled(demo.measures),
        (rules, returns, questions) => {
          const again = check(rules, { ...demo, returns, measures: questions });
          expect(ids(again)).toEqual(usual);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('a rule that cannot be used', () => {
  test.each<[string, Partial<Rule>]>([
    ['left side, at character 1: “x” is no measure or figure', { left: 'x' }],
    ['left side, at its end: it ends before its brackets are closed', { left: '(a + b' }],
    ['right side: it is empty', { right: '' }],
    [
      'left side, at character 3: “x” is no measure or figure',
      { operator: 'fits its own history', left: 'a x' },
    ],
  ])('is reported, and the others run: %s', (problem, broken) => {
    const rules = [ruleOf({ id: 'broken', ...broken }), ruleOf()];
    const report = check(
      rules,
      held({ returns: [filedReturn({ answers: numbers({ a: 9, b: 5 }) })] }),
    );
    expect(report.problems.map((p) => [p.rule, problemInWords(p)])).toEqual([['broken', problem]]);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['a-within-b']);
  });

  test('runs only on the forms and terms it names', () => {
    const rule = ruleOf({ firstTerm: { year: '2023-24', term: 1 } });
    const answers = numbers({ a: 9, b: 5 });
    const old = filedReturn({ year: '2022-23', term: 6, answers });
    expect(check([rule], held({ returns: [old] })).outcomes).toEqual([]);
    const lar = filedReturn({ form: 'LAR', answers });
    expect(check([ruleOf()], held({ returns: [lar] })).outcomes).toEqual([]);
  });
});

describe('two items for one return', () => {
  const once = checkRule('is filed once');
  const pair = [
    filedReturn({ itemId: '1', answers: numbers({ a: 9, b: 5 }) }),
    filedReturn({
      itemId: '2',
      answers: numbers({ a: 1, b: 5 }),
      modifiedAt: new Date('2026-11-12T10:00:00Z'),
    }),
  ];

  test('are one finding, which says how many', () => {
    const report = check([once], held({ returns: pair }));
    expect(operandsOf(report)).toEqual([{ items: 2 }]);
    expect(report.findings[0]?.says).toMatch(/^2 items are filed for this district and term/);
  });

  test('only the most recently modified is checked for anything else', () => {
    expect(check([ruleOf()], held({ returns: pair })).findings).toEqual([]);
  });

  test('a single item passes', () => {
    const report = check([once], held({ returns: pair.slice(0, 1) }));
    expect(report.outcomes.map(({ outcome }) => outcome.kind)).toEqual(['pass']);
  });
});

describe('an item that names no district or term of ours', () => {
  const stray = (over: Partial<Stray>): Stray => ({
    form: 'KPI',
    list: 'STLS KPI Returns',
    itemId: '41',
    district: 'Medway',
    year: '2026-27',
    term: 'Term 1',
    modifiedAt: new Date('2026-11-10T10:00:00Z'),
    ...over,
  });
  const rules = [checkRule('names a known district'), checkRule('names a known term')];

  test('is a finding that says what is written where', () => {
    const report = check(rules, held({ strays: [stray({ knownTerm: T1 })] }));
    expect(report.findings).toMatchObject([
      {
        rule: 'names a known district',
        district: 'Medway',
        ...T1,
        operands: [{ name: 'district', value: 'Medway' }],
      },
    ]);
    expect(report.findings[0]?.says).toContain('Item 41 of STLS KPI Returns reads “Medway”.');
  });

  test('is one with every other that reads the same, and all of them are named', () => {
    const alike = ['9', '41', '5'].map((itemId) => stray({ itemId, knownTerm: T1 }));
    const other = stray({ itemId: '6', knownTerm: { ...T1, term: 2 } });
    const report = check(rules, held({ strays: [...alike, other] }));
    expect(report.findings.map(({ says }) => says)).toEqual([
      'Items 5, 9 and 41 of STLS KPI Returns read “Medway”.',
      'Item 6 of STLS KPI Returns reads “Medway”.',
    ]);
    const [before] = check(rules, held({ strays: alike.slice(1) })).findings;
    expect(before?.id, 'the others make no new question').toBe(report.findings[0]?.id);
  });

  test('has one finding for one id, however unlike its other cells are written', () => {
    const strays = [stray({ term: 'Term 7' }), stray({ term: 'Autumn' }), stray({ year: '?' })];
    const ids = check(rules, held({ strays })).findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names no more than twenty', () => {
    const strays = Array.from({ length: 23 }, (_, i) =>
      stray({ itemId: String(i), knownTerm: T1 }),
    );
    const [found] = check(rules, held({ strays })).findings;
    expect(found?.says).toContain('18, 19 and 3 more of STLS KPI Returns read');
  });

  test('is two where neither is known', () => {
    const report = check(rules, held({ strays: [stray({ term: 'Term 7' })] }));
    expect(report.findings.map(({ rule, term }) => [rule, term])).toEqual([
      ['names a known district', 0],
      ['names a known term', 0],
    ]);
  });

  test('is left to the rules that check its form', () => {
    const [rule] = rules;
    const lar = rule ? [{ ...rule, forms: ['LAR'] as const }] : [];
    expect(check(lar, held({ strays: [stray({})] })).findings).toEqual([]);
  });
});

describe('checks of each answer', () => {
  test('an unreadable cell is named with its text and why', () => {
    const returns = [filedReturn({ answers: { a: unreadable, b: number(1) } })];
    const report = check([checkRule('can be read')], held({ returns }));
    expect(operandsOf(report)).toEqual([{ a: '12 (approx)' }]);
    expect(report.findings[0]?.says).toContain(
      '“Question a” reads “12 (approx)”: it is not a plain number.',
    );
  });

  test('a percentage above 100 is found, 100 is not, and other figures are not looked at', () => {
    const rule = checkRule('is between 0 and 100');
    const found = (pct: number) =>
      operandsOf(
        check([rule], held({ returns: [filedReturn({ answers: numbers({ pct, a: 500 }) })] })),
      );
    expect(found(104)).toEqual([{ pct: 104 }]);
    expect(found(100)).toEqual([]);
    expect(found(0)).toEqual([]);
  });

  test('zero after something is found; zero after zero, and blank, are not', () => {
    const rule = checkRule('does not fall to zero');
    const returns = (now: Parameters<typeof filedReturn>[0]) => [
      filedReturn({ ...last, answers: numbers({ a: 7, b: 0, c: 3 }) }),
      filedReturn(now),
    ];
    const zeros = { answers: numbers({ a: 0, b: 0, c: 2 }) };
    expect(operandsOf(check([rule], held({ returns: returns(zeros) })))).toEqual([
      { a: 0, 'previous.a': 7 },
    ]);
    const blanks = { answers: { a: blank, b: blank } };
    expect(operandsOf(check([rule], held({ returns: returns(blanks) })))).toEqual([]);
  });

  test('a check may be for named measures only', () => {
    const returns = [filedReturn({ answers: { a: unreadable, b: unreadable } })];
    expect(operandsOf(check([checkRule('can be read', 'b, c')], held({ returns })))).toEqual([
      { b: '12 (approx)' },
    ]);
  });
});

describe('a rule of one phase', () => {
  const measures = [
    measureOf('a', { phase: 'Primary' }),
    measureOf('b', { phase: 'Secondary' }),
    measureOf('c'),
  ];
  const returns = [filedReturn({ answers: { a: unreadable, b: unreadable, c: unreadable } })];
  const found = (over: Partial<Rule>) =>
    check([{ ...checkRule('can be read'), ...over }], held({ returns, measures })).findings;

  test('looks at the measures of that phase alone, where it names none', () => {
    expect(found({ phase: 'Primary' }).map((f) => f.measures)).toEqual([['a']]);
    expect(found({}).map((f) => f.measures)).toEqual([['a'], ['b'], ['c']]);
  });

  test('says its phase in what it finds', () => {
    expect(found({ phase: 'Secondary' })).toMatchObject([{ phase: 'Secondary' }]);
    expect(found({})[0]).not.toHaveProperty('phase');
  });

  test('may name a measure of no phase', () => {
    expect(found({ phase: 'Primary', left: 'c' }).map((f) => f.measures)).toEqual([['c']]);
  });
});

describe('a return sent again', () => {
  const rule = checkRule('is not repeated from last term');
  const report = (then: Record<string, number>, now: Record<string, number>, at = last) =>
    check(
      [rule],
      held({
        returns: [
          filedReturn({ ...at, answers: numbers(then) }),
          filedReturn({ answers: numbers(now) }),
        ],
      }),
    );

  test('is found when every number is last term’s', () => {
    const same = { a: 1, b: 2, c: 3 };
    const found = report(same, same);
    expect(operandsOf(found)).toEqual([same]);
    expect(found.findings[0]?.says).toContain('All 3 numbers are the same as in Term 6, 2025-26.');
  });

  test('is not found when one number differs or is newly left out', () => {
    expect(report({ a: 1, b: 2, c: 3 }, { a: 1, b: 2, c: 4 }).findings).toEqual([]);
    expect(report({ a: 1, b: 2, c: 3, pct: 4 }, { a: 1, b: 2, c: 3 }).findings).toEqual([]);
  });

  test('two numbers are too few to tell', () => {
    expect(report({ a: 1, b: 2 }, { a: 1, b: 2 }).findings).toEqual([]);
  });

  test('only the term just before is compared', () => {
    const same = { a: 1, b: 2, c: 3 };
    expect(report(same, same, { year: '2025-26', term: 5 }).findings).toEqual([]);
  });
});

describe('the two AET sheets of a district', () => {
  const sheets = ['Early years, 2026-07-17', 'School age, 2026-07-17'].map((part, i) =>
    filedReturn({ form: 'AET', part, answers: numbers({ done: 14, booked: i === 0 ? 20 : 12 }) }),
  );
  const aet = [measureOf('done', { form: 'AET' }), measureOf('booked', { form: 'AET' })];
  const rule = ruleOf({ forms: ['AET'], left: 'done', right: 'booked' });

  test('are checked each on its own, and are no duplicates of each other', () => {
    const rules = [rule, ruleOf({ ...checkRule('is filed once'), forms: ['AET'] })];
    const report = check(rules, held({ returns: sheets, measures: aet }));
    expect(operandsOf(report)).toEqual([{ booked: 12, done: 14 }]);
  });

  test('with the same wrong figures are two findings', () => {
    const both = sheets.map((sheet) => ({ ...sheet, answers: numbers({ done: 2, booked: 1 }) }));
    const report = check([rule], held({ returns: both, measures: aet }));
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(2);
  });
});
