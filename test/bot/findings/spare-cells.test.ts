import { expect, test } from 'vitest';
import { settingsInWords } from '../../../adapters/presenting/rule-trial.ts';
import { check } from '../../../bot/findings/check.ts';
import { CHECKS, COMPARISONS, type Rule } from '../../../bot/findings/rule.ts';
import { problemInWords } from '../../../bot/findings/rule-problem.ts';
import { tryRule } from '../../../bot/findings/trial.ts';
import { filedReturn, heldOf, measureOf, numbers, ruleOf, unreadable } from '../made.ts';

const measures = [measureOf('a', { unit: 'percentage' }), measureOf('b')];
const ofCheck = (over: Partial<Rule>) => ruleOf({ left: '*', right: '', ...over });

const problemsOf = (...rules: Rule[]): string[] =>
  check(rules, heldOf({ measures })).problems.map(problemInWords);

test.each(CHECKS)(
  'a row whose check is “%s” is left out for a right side or a tolerance',
  (operator) => {
    expect(problemsOf(ofCheck({ operator }))).toEqual([]);
    expect(problemsOf(ofCheck({ operator, right: ' 100' }))).toEqual([
      `right side, at character 2: “${operator}” takes no right side: empty it`,
    ]);
    expect(problemsOf(ofCheck({ operator, tolerance: 5 }))).toEqual([
      `“${operator}” takes no tolerance: empty it`,
    ]);
  },
);

test('a row that is left out for a cell too many stops no other', () => {
  const returns = [filedReturn({ answers: { ...numbers({ a: 104 }), b: unreadable } })];
  const rules = [
    ofCheck({ id: 'range', operator: 'is between 0 and 100', tolerance: 5 }),
    ofCheck({ id: 'readable', operator: 'can be read' }),
  ];
  const { findings, problems } = check(rules, heldOf({ measures, returns }));
  expect(problems.map(({ rule }) => rule)).toEqual(['range']);
  expect(findings.map(({ rule }) => rule)).toEqual(['readable']);
});

test('a check that is tried with a tolerance says that it takes none', () => {
  const tried = tryRule('a fits its own history within 5', heldOf({ measures }));
  expect(tried).toMatchObject({
    ok: false,
    problems: [{ problem: '“fits its own history” takes no tolerance: empty it' }],
  });
});

test('what is done where a figure is missing is shown for all that look at figures', () => {
  const missingValues = 'never skip';
  const silent = ['can be read', 'is filed once', 'names a known district', 'names a known term'];
  const showing = [...COMPARISONS, ...CHECKS].filter((operator) =>
    settingsInWords(ruleOf({ operator, missingValues })).includes(missingValues),
  );
  expect(showing).toEqual([
    ...COMPARISONS,
    ...CHECKS.filter((operator) => !silent.includes(operator)),
  ]);
});
