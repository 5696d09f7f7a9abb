import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../../bot/findings/check.ts';
import { compileRule } from '../../../bot/findings/compile-rule.ts';
import { compare } from '../../../bot/findings/comparison.ts';
import { problemInWords } from '../../../bot/findings/rule-problem.ts';
import { COMPARISONS, type Comparison, type Rule } from '../../../bot/findings/rule.ts';
import type { Form } from '../../../bot/returns/measure.ts';
import { demoHeld } from '../demo-held.ts';
import { filedReturn, measureOf, numbers, ruleOf } from '../made.ts';

const measures = [
  measureOf('schoolCaseload'),
  measureOf('supported'),
  measureOf('primaryPct', { unit: 'percentage', phase: 'Primary' }),
  measureOf('targets', { unit: 'percentage of 1' }),
  measureOf('posts', { unit: 'decimal' }),
  measureOf('budget', { unit: 'money' }),
  measureOf('spent', { unit: 'money' }),
  measureOf('eySettings', { phase: 'Early years' }),
  measureOf('referrals', { form: 'LAR' }),
];

function problemOf(rule: Partial<Rule>) {
  const compiled = compileRule(ruleOf(rule), measures);
  return 'problem' in compiled ? compiled : undefined;
}

/** `schoolCaseload ≤ supported` as a rule. */
function sided(text: string): Partial<Rule> {
  const operator = COMPARISONS.find((sign) => text.includes(` ${sign} `)) ?? '=';
  const [left = '', right = ''] = text.split(` ${operator} `);
  return { left, operator, right };
}

describe('a name that a rule may not use', () => {
  test.each<[Partial<Rule>, string, number]>([
    [sided('supported + scoolCaseload ≤ 1'), 'scoolCaseload', 12],
    [sided('previous.schoolCaseload + caseload ≤ 1'), 'caseload', 26],
    [sided('previous.schoolCaseload + previous.schoolCaselod ≤ 1'), 'previous.schoolCaselod', 26],
    [sided('supported ≤ district.schools'), 'district.schools', 0],
    [sided('supported ≤ referrals'), 'referrals', 0],
    [{ ...sided('eySettings ≤ supported'), phase: 'Primary' }, 'eySettings', 0],
    [{ ...sided('supported ≤ district.eySettings'), phase: 'Primary' }, 'district.eySettings', 0],
    [{ operator: 'can be read', left: 'supported, schoolCaselod' }, 'schoolCaselod', 11],
    [{ operator: 'can be read', left: 'previous.supported' }, 'previous.supported', 0],
    [{ operator: 'can be read', left: 'eySettings', phase: 'Secondary' }, 'eySettings', 0],
  ])('%j is told with its place', (rule, text, at) => {
    const { problems } = check([ruleOf(rule)], {
      returns: [],
      strays: [],
      measures,
      unreadMeasures: [],
      districts: [],
    });
    expect(problems).toEqual([
      expect.objectContaining({ text, at, problem: expect.stringContaining(`“${text}” is `) }),
    ]);
  });

  test('is told with what was probably meant', () => {
    const problem = problemOf(sided('supported ≤ supported + scoolCaseload'));
    expect(problem && problemInWords(problem)).toBe(
      'right side, at character 13: “scoolCaseload” is no measure or figure (perhaps “schoolCaseload” is meant)',
    );
  });

  test('may be of any phase in a rule of none, and of none in a rule of one', () => {
    expect(problemOf(sided('eySettings ≤ supported'))).toBeUndefined();
    expect(problemOf({ ...sided('eySettings ≤ supported'), phase: 'Early years' })).toBeUndefined();
  });

  test('and another that no form asks together are never both given', () => {
    const problem = problemOf({ ...sided('supported ≤ referrals'), forms: ['KPI', 'LAR'] });
    expect(problem).toMatchObject({
      side: 'right side',
      text: 'referrals',
      problem:
        '“referrals” and “supported” are asked in different forms, and a rule checks one return',
    });
  });
});

describe('a row that can never say anything', () => {
  const from = (year: string) => ({ firstTerm: { year, term: 1 } });
  const until = (year: string) => ({ lastTerm: { year, term: 6 } });
  const asked = [
    ...measures,
    measureOf('old', until('2022-23')),
    measureOf('new', from('2023-24')),
    measureOf('moved', until('2022-23')),
    measureOf('moved', { ...from('2023-24'), column: 'elsewhere' }),
    measureOf('booked', { form: 'AET' }),
    measureOf('shared'),
    measureOf('shared', { form: 'LAR' }),
  ];
  const whyNot = (rule: Partial<Rule>) => {
    const held = { returns: [], strays: [], measures: asked, unreadMeasures: [], districts: [] };
    return check([ruleOf(rule)], held).problems.map(({ problem }) => problem);
  };
  const all = (operator: Rule['operator'], over: Partial<Rule> = {}) => ({
    ...over,
    operator,
    left: over.left ?? '*',
    right: '',
  });

  test.each<[Partial<Rule>, RegExp]>([
    [
      { ...sided('supported ≤ 5'), ...from('2026-27'), ...until('2023-24') },
      /^its first term, 2026-27 T1, is after its last, 2023-24 T6/,
    ],
    [all('names a known term', { ...from('2026-27'), ...until('2023-24') }), /^its first term/],
    [
      { ...sided('supported ≥ 1'), forms: ['KPI', 'LAR'] },
      /^“supported” is asked in KPI, and the rule checks LAR too: choose KPI alone/,
    ],
    [
      { ...sided('shared ≤ referrals'), forms: ['KPI', 'LAR'] },
      /^“referrals” is asked in LAR, and the rule checks KPI too/,
    ],
    [
      sided('old ≤ new'),
      /^no term to which it applies asks in KPI for all that it names \(old, new\)/,
    ],
    [{ ...sided('old ≤ 5'), ...from('2023-24') }, /^no term/],
    [{ ...sided('new ≤ 5'), ...until('2022-23') }, /^no term/],
    [
      { ...sided('booked ≤ previous.booked'), forms: ['AET'] },
      /^“previous.booked” is never known: .*Choose another form/,
    ],
    [
      all('fits its own history', { forms: ['KPI', 'AET'] }),
      /looks? back to: .*several AET sheets/,
    ],
    [all('is filed once', { forms: ['AET'] }), /several AET sheets/],
    [all('is filed once', { left: 'gibberish' }), /looks at items as a whole/],
    [
      all('is between 0 and 100', { left: 'primaryPct supported' }),
      /“supported” is no percentage.*write “supported ≤ 100”/,
    ],
    [all('is between 0 and 100', { forms: ['LAR'] }), /LAR asks for no percentage/],
    [all('can be read', { phase: 'Secondary' }), /KPI asks for no measure of the phase Secondary/],
    [
      all('can be read', { left: 'supported', forms: ['KPI', 'LAR'] }),
      /nothing that is named is asked in LAR/,
    ],
    [
      all('can be read', { left: 'old', ...from('2023-24') }),
      /is asked in KPI while the rule applies/,
    ],
  ])('%j is told', (rule, why) => expect(whyNot(rule)).toEqual([expect.stringMatching(why)]));

  test.each<Partial<Rule>>([
    sided('moved ≤ new'),
    sided('moved ≤ old'),
    sided('new ≤ previous.new'),
    sided('new ≤ lastYear.moved'),
    sided('new ≤ lastYear.old'),
    sided('new ≤ previous.old'),
    { ...sided('shared ≤ 5'), forms: ['KPI', 'LAR'] },
    { ...sided('old ≤ 5'), ...from('2022-23'), ...until('2022-23') },
    all('is between 0 and 100', { forms: ['KPI', 'LAR'] }),
    all('can be read', { left: 'supported referrals', forms: ['KPI', 'LAR'] }),
    all('can be read', { forms: ['AET'] }),
    all('names a known district', { forms: ['KPI', 'AET'] }),
  ])('%j may', (rule) => expect(whyNot(rule)).toEqual([]));
});

describe('unlike units', () => {
  test.each<
    [string, Pick<Required<ReturnType<typeof problemOf> & object>, 'side' | 'text' | 'at'>]
  >([
    ['supported + primaryPct ≤ 100', { side: 'left side', text: 'primaryPct', at: 12 }],
    ['supported ≤ budget', { side: 'right side', text: 'budget', at: 0 }],
    ['supported = targets', { side: 'right side', text: 'targets', at: 0 }],
    ['budget - (spent + supported) ≥ 0', { side: 'left side', text: 'supported', at: 18 }],
    ['posts ≤ budget', { side: 'right side', text: 'budget', at: 0 }],
    ['budget / supported ≤ spent', { side: 'right side', text: 'spent', at: 0 }],
    ['supported * supported = supported', { side: 'right side', text: 'supported', at: 0 }],
    ['supported / schoolCaseload = supported', { side: 'right side', text: 'supported', at: 0 }],
    ['primaryPct = supported', { side: 'right side', text: 'supported', at: 0 }],
    ['supported ≠ -previous.budget', { side: 'right side', text: '-previous.budget', at: 0 }],
  ])('%s', (text, place) => {
    expect(problemOf(sided(text))).toMatchObject({
      ...place,
      problem: expect.stringMatching(/cannot be (added|subtracted|compared)$/),
    });
  });

  test('are said in words', () => {
    const problem = problemOf(sided('budget / supported ≤ spent'));
    expect(problem?.problem).toBe(
      'the left side is money ÷ count and the right side money: they cannot be compared',
    );
  });

  test.each([
    'supported ≤ schoolCaseload + 5',
    'primaryPct ≤ 100',
    'primaryPct = supported / district.primarySchools * 100',
    'primaryPct / 100 * district.primarySchools = supported',
    'primaryPct - targets ≤ 5',
    'supported ≤ previous.supported * 1.5',
    'supported / schoolCaseload ≤ previous.supported / previous.schoolCaseload',
    'budget / supported ≤ spent / schoolCaseload',
    'schoolCaseload / posts ≤ 40',
    'schoolCaseload ≤ 40 * posts',
    'schoolCaseload + posts ≤ 5',
    'budget both or neither supported',
  ])('%s is of like units', (text) => expect(problemOf(sided(text))).toBeUndefined());
});

describe('a rule without sense', () => {
  test.each([
    'supported ≥ 0',
    'supported + schoolCaseload ≥ supported',
    'supported > -1',
    'supported ≤ supported',
    'supported = supported',
    'supported + 2 ≠ supported',
    'supported / schoolCaseload ≥ 0',
    'supported * 2 - supported ≤ supported',
    'supported / schoolCaseload = supported / schoolCaseload',
    'supported both or neither supported',
    'supported + schoolCaseload both or neither schoolCaseload + supported',
  ])('is always true: %s', (text) =>
    expect(problemOf(sided(text))?.problem).toMatch(/^it is always true/),
  );

  test.each([
    'supported < 0',
    'supported + 5 ≤ 4',
    'supported = -1',
    'supported > supported',
    'supported ≠ supported',
    'supported + schoolCaseload < supported',
    'supported / schoolCaseload < 0',
    'supported * schoolCaseload ≤ -1',
  ])('can never be true: %s', (text) =>
    expect(problemOf(sided(text))?.problem).toMatch(/^it can never be true/),
  );

  test.each([
    ['1 ≤ 2', /both sides are only numbers/],
    ['supported both or neither 5', /has to name a measure/],
    ['supported not both supported', /both sides name the same figures/],
    [
      'supported / (schoolCaseload - schoolCaseload) ≤ 5',
      /“schoolCaseload - schoolCaseload” is zero/,
    ],
    ['supported ≤ 5 / 0', /“0” is zero/],
  ])('%s', (text, why) => expect(problemOf(sided(text))?.problem).toMatch(why));

  test('depends on how far the sides may differ', () => {
    expect(problemOf(sided('supported ≤ -1'))).toBeDefined();
    expect(problemOf({ ...sided('supported ≤ -1'), tolerance: 1 })).toBeUndefined();
    expect(problemOf({ ...sided('supported + 3 = supported'), tolerance: 2 })).toBeDefined();
    expect(problemOf({ ...sided('supported + 3 = supported'), tolerance: 3 })?.problem).toMatch(
      /always true/,
    );
  });

  const piece = fc.constantFrom('supported', 'schoolCaseload', '1', '2');
  const side = fc
    .tuple(piece, fc.array(fc.tuple(fc.constantFrom('+', '-', '*', '/'), piece), { maxLength: 3 }))
    .map(([first, rest]) => [first, ...rest.flat()].join(' '));
  const ofFigures = COMPARISONS.filter((o) => o !== 'both or neither' && o !== 'not both');

  test('is never said where some figures keep the rule, or others break it', () => {
    const figures = [0, 1, 2, 3, 7, 50];
    const pairs = figures.flatMap((a) =>
      figures.map((b) => numbers({ supported: a, schoolCaseload: b })),
    );
    const counts = measures.map((m) => ({ ...m, unit: 'percentage' as const }));
    let told = 0;
    fc.assert(
      fc.property(side, side, fc.constantFrom(...ofFigures), (left, right, operator) => {
        const compiled = compileRule(ruleOf({ left, right, operator }), counts);
        const always = 'problem' in compiled && /always true/.test(compiled.problem);
        const never = 'problem' in compiled && /never be true/.test(compiled.problem);
        const seen = pairs.map((answers) => holdsOn(left, operator, right, answers));
        told += always || never ? 1 : 0;
        expect(seen.includes(false) && always, 'always').toBe(false);
        expect(seen.includes(true) && never, 'never').toBe(false);
      }),
      { numRuns: 1000, seed: 5 },
    );
    expect(told, 'the property looked at some').toBeGreaterThan(20);
  });
});

/** Judged by arithmetic of the test's own; undefined where something is divided by zero. */
function holdsOn(
  left: string,
  operator: Comparison,
  right: string,
  answers: ReturnType<typeof numbers>,
): boolean | undefined {
  const [a, b] = [left, right].map((text) => simple(text, answers));
  return a === undefined || b === undefined || !Number.isFinite(a - b)
    ? undefined
    : compare(a, operator, b, 0);
}

function simple(text: string, answers: ReturnType<typeof numbers>): number {
  const figure = (token: string) => {
    const answer = answers[token];
    return answer?.kind === 'number' ? answer.value : Number(token);
  };
  const tokens = text.split(' ');
  const summands = [figure(tokens[0] ?? '')];
  for (let i = 1; i < tokens.length; i += 2) {
    const value = figure(tokens[i + 1] ?? '');
    const last = summands.pop() ?? 0;
    if (tokens[i] === '+') summands.push(last, value);
    else if (tokens[i] === '-') summands.push(last, -value);
    else summands.push(tokens[i] === '*' ? last * value : last / value);
  }
  return summands.reduce((a, b) => a + b, 0);
}

test('an id that two forms ask in different units is what the rule’s own form asks', () => {
  const shared = [
    measureOf('posts', { form: 'LAR', unit: 'money' }),
    measureOf('posts', { form: 'KPI', unit: 'count' }),
    measureOf('spent', { form: 'LAR', unit: 'money' }),
    measureOf('supported', { form: 'KPI', unit: 'count' }),
  ];
  const compiled = (text: string, form: Form) =>
    compileRule(ruleOf({ ...sided(text), forms: [form] }), shared);
  expect(compiled('posts ≤ supported', 'KPI')).not.toHaveProperty('problem');
  expect(compiled('posts ≤ spent', 'LAR')).not.toHaveProperty('problem');
  expect(compiled('posts ≤ posts / supported', 'KPI')).toHaveProperty('problem');
});

describe('what a finding says that it compared', () => {
  const comparedIn = (rule: Partial<Rule>, figures: Record<string, number>) =>
    check([ruleOf(rule)], {
      returns: [filedReturn({ answers: numbers(figures) })],
      strays: [],
      measures,
      unreadMeasures: [],
      districts: [
        { name: 'Dover', otherNames: [], figures: [{ figures: { primarySchools: 40 } }] },
      ],
    }).findings.map(({ compared }) => compared);

  test.each<[Partial<Rule>, Record<string, number>, string | undefined]>([
    [sided('supported ≤ schoolCaseload'), { supported: 9, schoolCaseload: 5 }, undefined],
    [
      { ...sided('supported + eySettings = schoolCaseload'), tolerance: 1 },
      { supported: 30, eySettings: 40, schoolCaseload: 80 },
      '70 should equal 80 (within 1)',
    ],
    [
      { ...sided('primaryPct = supported / district.primarySchools * 100'), tolerance: 1 },
      { primaryPct: 80, supported: 30 },
      '80% should equal 75% (within 1 point)',
    ],
    [sided('primaryPct ≤ 100'), { primaryPct: 104 }, '104% should be at most 100%'],
    [
      { ...sided('budget + 1000 ≥ spent * 2'), tolerance: 50 },
      { budget: 4000, spent: 3000 },
      '£5,000 should be at least £6,000 (within £50)',
    ],
    [
      sided('budget + 1 ≤ spent'),
      { budget: 655550.4, spent: 655551 },
      '£655,551.40 should be at most £655,551',
    ],
    [
      { ...sided('budget + 0 = spent'), tolerance: 0.005 },
      { budget: 10.001, spent: 10.011 },
      '£10 should equal £10.01 (within £0.005)',
    ],
    [
      sided('(supported - schoolCaseload) / schoolCaseload ≤ 0.3'),
      { supported: 309, schoolCaseload: 237 },
      '0.304 should be at most 0.3',
    ],
    [
      sided('posts ≤ supported * 1.1'),
      { posts: 1001, supported: 909.999 },
      '1,001 should be at most 1,000.999',
    ],
    [sided('posts = supported'), { posts: 7.0001, supported: 7 }, '7.0001 should equal 7'],
    [
      sided('schoolCaseload / posts < 40'),
      { schoolCaseload: 100, posts: 2.5 },
      '40 should be below 40',
    ],
    [{ ...sided('supported both or neither schoolCaseload') }, { supported: 1 }, undefined],
  ])('%j', (rule, figures, compared) => expect(comparedIn(rule, figures)).toEqual([compared]));
});

test('every rule that the service starts with can be used, and each one says why it was raised', () => {
  const { rules, measures: asked } = demoHeld();
  const held = { returns: [], strays: [], measures: asked, unreadMeasures: [], districts: [] };
  expect(check(rules, held).problems).toEqual([]);
  expect(rules.filter(({ wording }) => wording === '')).toEqual([]);
});
