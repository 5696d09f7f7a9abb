import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRule, TRIED, type Rulebook } from '../../../bot/findings/rule-text.ts';
import { CHECKS, COMPARISONS, type Rule } from '../../../bot/findings/rule.ts';
import { tryRule } from '../../../bot/findings/trial.ts';
import { filedReturn, heldOf, measureOf, numbers, ruleOf } from '../made.ts';

const held = heldOf({
  measures: [
    measureOf('a'),
    measureOf('b'),
    measureOf('share', { unit: 'percentage' }),
    measureOf('visits', { form: 'LAR' }),
    measureOf('both'),
    measureOf('both', { form: 'LAR' }),
  ],
  rules: [ruleOf({ id: 'a-within-b' })],
  rulesOff: [ruleOf({ id: 'old one >= new', severity: 'error' })],
  unusableRules: ['broken'],
  unusableOff: [{ id: 'Old >= broken', problem: 'FirstTerm is not a term such as 2023-24 T1' }],
  rowProblems: ['STLS Bot Rules: the row “broken” is left out: Operator is none of these.'],
  returns: [filedReturn({ answers: numbers({ a: 9, b: 5 }) })],
});
const book: Rulebook = held;

/** What was read; a text that is no rule fails the test. */
function ruleFrom(text: string): Rule {
  const read = readRule(text, book);
  if (!read.ok) throw new Error(`${read.problem} (${read.text}, ${read.at})`);
  return read.rule;
}

/** Why it is no rule, and what stands from the place on. */
function faultIn(text: string): { problem: string; from: string } {
  const read = readRule(text, book);
  if (read.ok) throw new Error(`“${text}” was read as a rule.`);
  return { problem: read.problem, from: read.text.slice(read.at) };
}

describe('an operator as people type it', () => {
  test.each([
    ['>=', '≥'],
    ['=>', '≥'],
    ['≥', '≥'],
    ['⩾', '≥'],
    ['<=', '≤'],
    ['=<', '≤'],
    ['≤', '≤'],
    ['>', '>'],
    ['<', '<'],
    ['=', '='],
    ['==', '='],
    ['!=', '≠'],
    ['<>', '≠'],
    ['≠', '≠'],
    ['both or neither', 'both or neither'],
    ['Both  or neither', 'both or neither'],
    ['not both', 'not both'],
    ['&gt;=', '≥'],
    ['&lt;', '<'],
  ])('a %s b', (typed, operator) => {
    expect(ruleFrom(`a ${typed} b`)).toMatchObject({ left: 'a', operator, right: 'b' });
  });

  test.each(['>=', '≤', '=', '<>'])('needs no spaces about it: a%sb', (typed) => {
    expect(ruleFrom(`a${typed}b`)).toEqual({ ...ruleFrom(`a ${typed} b`) });
  });

  test.each(CHECKS)('“%s” looks at what is named before it, or at everything', (check) => {
    expect(ruleFrom(`a, b ${check}`)).toMatchObject({ left: 'a, b', operator: check, right: '' });
    expect(ruleFrom(`${check.toUpperCase()} form KPI`)).toMatchObject({
      left: '*',
      operator: check,
      forms: ['KPI'],
    });
  });

  test('signs that a chat window improves are those of the rule again', () => {
    expect(ruleFrom('“a × 2 – b\u00a0÷ 3 ≥ b”')).toMatchObject({
      left: 'a * 2 - b / 3',
      right: 'b',
    });
  });
});

describe('what is wished after the rule', () => {
  test('each is read, in any order and case, with commas or without', () => {
    const wished = {
      tolerance: 1.5,
      severity: 'error',
      forms: ['KPI', 'LAR'],
      firstTerm: { year: '2023-24', term: 1 },
      missingValues: 'skip if all are missing',
    };
    for (const text of [
      'a <= b within 1.5 as error form KPI and LAR from 2023-24 T1 missing: skip if all',
      'a <= b, MISSING skip if all are missing; from 2023/24T1, form kpi AND lar, as an Error, within 1.5',
    ]) {
      expect(ruleFrom(text)).toMatchObject({ left: 'a', right: 'b', ...wished });
    }
  });

  test('is a query of nothing but its sides where nothing is', () => {
    expect(ruleFrom('a <= b')).toEqual({
      id: TRIED,
      forms: ['KPI'],
      left: 'a',
      operator: '≤',
      right: 'b',
      tolerance: 0,
      severity: 'query',
      missingValues: 'skip if any is missing',
      wording: '',
      knownCauses: [],
    });
  });

  test.each([
    ['a <= b as warning', 'as warning', /“as error”/],
    ['a <= b within', 'within', /“within 1”/],
    ['a <= b within -1', 'within -1', /“within 1”/],
    ['a <= b within 1 within 2', 'within 2', /said twice/],
    ['a <= b form XYZ', 'form XYZ', /“form KPI”/],
    ['a <= b from 2023-25 T1', 'from 2023-25 T1', /“from 2023-24 T1”/],
    ['a <= b missing: whatever', 'missing: whatever', /never skip/],
    ['a <= b within 1 please', 'please', /“please” is not understood/],
    ['a <= b within 5%', 'within 5%', /“within 5”; .* “\(a\) \* 1\.05”/],
    ['a / b <= 0.5, within 5%', 'within 5%', /no percentages are compared/],
    ['a-within-b within 5%', 'within 5%', /no percentages are compared/],
    ['a can be read missing: never skip', 'missing: never skip', /no use for missing values/],
  ])('%s says where and how', (text, from, says) => {
    const fault = faultIn(text);
    expect(fault.from).toBe(from);
    expect(fault.problem).toMatch(says);
  });
});

test('per cent is wished where percentages are compared, and a count of nothing never', () => {
  for (const text of ['share <= 50 within 1%', 'share = a / b * 100 within 1%']) {
    expect(ruleFrom(text).tolerance).toBe(1);
  }
  expect(ruleFrom('a fits its own history missing: never skip').missingValues).toBe('never skip');
});

describe('the form', () => {
  test.each([
    ['a >= b', ['KPI']],
    ['visits >= previous.visits', ['LAR']],
    ['both >= a', ['KPI']],
    ['both >= lastYear.visits', ['LAR']],
    ['both >= 3 form LAR', ['LAR']],
    ['visits does not fall to zero', ['LAR']],
  ])('of %s is found from the measures', (text, forms) => {
    expect(ruleFrom(text).forms).toEqual(forms);
  });

  test.each([
    ['both >= 3', '', /add the form/],
    ['* can be read', '', /add the form/],
    ['a >= visits', 'visits', /“visits” is a measure of the LAR form/],
    ['district.eySettings >= 3', 'district.eySettings >= 3', /names no measure/],
    ['3 >= 2', '3 >= 2', /names no measure/],
  ])('of %s cannot be found, and what to add is said', (text, from, says) => {
    const fault = faultIn(text);
    expect(fault.from).toBe(from);
    expect(fault.problem).toMatch(says);
  });
});

describe('a row by its id', () => {
  test('is tried as it stands, whether on or off, and however it is written', () => {
    expect(readRule('A-within-B', book)).toMatchObject({ ok: true, row: 'on', wishes: {} });
    expect(readRule('old one >= new', book)).toMatchObject({ row: 'off', rule: held.rulesOff[0] });
  });

  test('may be tried otherwise than it stands', () => {
    const read = readRule('a-within-b within 4, as error', book);
    expect(read).toMatchObject({ row: 'on', wishes: { tolerance: 4, severity: 'error' } });
    expect(ruleFrom('a-within-b within 4')).toEqual({ ...held.rules[0], tolerance: 4 });
  });

  test.each([
    ['within-b', /Did you mean “a-within-b”\?/],
    ['nothing like it', /no operator such as >=/],
    ['broken', /the row “broken” is left out: Operator is none of these$/],
    ['BROKEN within 3', /the row “broken” is left out: Operator is none of these$/],
    ['old >= Broken', /the row is off, and cannot be used. FirstTerm is not a term/],
    ['', /no rule was given/],
  ])('“%s” is none that can be used, and why is said', (text, says) => {
    expect(faultIn(text).problem).toMatch(says);
  });
});

test('a rule that is longer than a row holds is none, and nothing of it is tried', () => {
  const text = `a >= ${'1 + '.repeat(300)}b within 3`;
  const read = readRule(text, book);
  expect(read).toMatchObject({ ok: false, at: 1000, problem: expect.stringContaining('longer') });
  expect(read.text).toBe(text.slice(0, 1000));
});

describe('what is no rule', () => {
  test.each([
    ['a >=', ''],
    ['>= b', '>= b'],
    ['0 <= a <= 9', '<= 9'],
    ['a === b', '= b'],
    ['a can be read b', 'b'],
    [`a >= ${'b+'.repeat(200)}b`, 'b+'.repeat(200).concat('b').slice(255)],
  ])('%s is told with its place', (text, from) => {
    expect(faultIn(text).from).toBe(from);
  });
});

const PIECES = [
  'a b share visits both activly previous.a district.eySettings foo.bar a-within-b',
  '+ * / ( ) . "x" 1 0.5 , ; ? && [ \u202e 😀 >= <> &gt; &amp; within as from missing:',
].flatMap((words) => words.split(' '));
const PHRASES =
  'is filed once|fits its own history|within 1|as error|form KPI|from 2023-24 T1|old one';

const pieces = fc.constantFrom(...PIECES, ...PHRASES.split('|'), ...COMPARISONS);
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 9 }).map((all) => all.join(' ')),
  fc.array(pieces, { maxLength: 9 }).map((all) => all.join('')),
);

describe('any text', () => {
  test('is a rule, or is none for a reason that has a place in it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const read = readRule(text, book);
        if (read.ok) return;
        expect(read.problem).toMatch(/\w/);
        expect(read.at).toBeGreaterThanOrEqual(0);
        expect(read.at).toBeLessThanOrEqual(read.text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is tried, or cannot be for reasons whose places are in the text that they name', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const tried = tryRule(text, held);
        const problems = tried.ok ? [] : tried.problems;
        expect(tried.ok).toBe(problems.length === 0);
        for (const { text, at = 0 } of problems) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('that was read is read the same again from what was made of it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const read = readRule(text, book);
        if (!read.ok || read.row) return;
        const { left, operator, right, forms } = read.rule;
        const choice = forms.length === 4 ? 'All' : forms.join(' and ');
        const again = ruleFrom(`${left} ${operator} ${right} form ${choice}`);
        expect({ ...again, ...read.wishes }).toEqual(read.rule);
      }),
      { numRuns: 2_000 },
    );
  });
});
