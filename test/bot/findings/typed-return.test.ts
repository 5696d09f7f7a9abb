import { describe, expect, test } from 'vitest';
import type { Held } from '../../../bot/assess.ts';
import { readTypedReturn, type TypedAnswer } from '../../../bot/findings/typed-return.ts';
import { lookAt } from '../../../bot/look.ts';
import type { Measure } from '../../../bot/returns/measure.ts';
import type { Return } from '../../../bot/returns/return.ts';
import { filedReturn, heldOf, measureOf, nothingRemembered, numbers, ruleOf, T1 } from '../made.ts';

const MONDAY = new Date('2026-11-23T09:00:00Z');
const KEY = { form: 'KPI' as const, district: 'Dover', ...T1 };
const error = ruleOf({ severity: 'error' });

function typed(answers: Record<string, string>, over: Partial<Held>) {
  const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };
  const reading = { ...heldOf({ rules: [error], ...over }), directory };
  const now = lookAt(
    reading,
    { ...nothingRemembered, deliveries: [], arrangements: new Map(), saving: [] },
    MONDAY,
  );
  const given = Object.entries(answers).map(([id, answer]): [string, TypedAnswer] => [
    id,
    { answer, without: '', reason: '' },
  ]);
  return readTypedReturn(KEY, new Map(given), now);
}

describe('what a lead types', () => {
  test('is checked as if it were filed', () => {
    expect(typed({ a: '9', b: '5' }, {}).problems.errors).toHaveLength(1);
    expect(typed({ a: '5', b: '9' }, {}).problems.errors).toEqual([]);
  });

  test.each([
    ['last term', ruleOf({ right: 'previous.a' }), ['previous.a']],
    ['the same term last year', ruleOf({ right: 'lastYear.a' }), ['lastYear.a']],
    [
      'its own history',
      ruleOf({ left: 'a', operator: 'fits its own history', right: '' }),
      ['usual'],
    ],
    ['the district', ruleOf({ right: 'district.primarySchools' }), ['district.primarySchools']],
  ])('is held against %s', (_, rule, against) => {
    const terms = [6, 5, 4, 3, 2, 1].map((term) => ({ year: '2025-26', term }));
    const history = (over: Partial<Return>, figure: number) =>
      terms.map((term) => filedReturn({ answers: numbers({ a: figure }), ...term, ...over }));
    const { problems } = typed(
      { a: '90', b: '' },
      {
        rules: [{ ...rule, severity: 'error' }],
        measures: [measureOf('a'), measureOf('b', { required: false })],
        districts: [
          { name: 'Dover', otherNames: [], figures: [{ figures: { primarySchools: 40 } }] },
        ],
        returns: [
          ...history({}, 5),
          ...history({ district: 'Swale' }, 900),
          ...history({ form: 'LAR' }, 900),
        ],
      },
    );
    const compared = problems.errors.flatMap(({ operands }) =>
      operands.filter(({ is }) => is === 'compared with').map(({ name }) => name),
    );
    expect(compared, 'another district or form is no measure of it').toEqual(against);
  });

  test('is not held against a column that cannot be read, even where blank counts as 0', () => {
    const rules = [ruleOf({ severity: 'error', missingValues: 'never skip' })];
    const gone = { measures: [measureOf('a')], unreadMeasures: [measureOf('b')], rules };
    const { problems, measures } = typed({ a: '9' }, gone);
    expect(problems.errors).toEqual([]);
    expect(
      measures.map(({ id }) => id),
      'the question cannot be asked',
    ).toEqual(['a']);
  });

  test('is not held against what SharePoint has yet to work out', () => {
    const rules = [ruleOf({ severity: 'error', missingValues: 'never skip' })];
    const measures = [measureOf('a'), measureOf('b', { calculated: true })];
    const { problems, answers } = typed({ a: '9', b: '1' }, { measures, rules });
    expect(problems.errors).toEqual([]);
    expect(answers, 'and it is not written').not.toHaveProperty('b');
  });

  test.each<[string, Partial<Measure>, boolean]>([
    ['0.5%', { unit: 'percentage', storedAs: 'number' }, false],
    ['0.5%', { unit: 'percentage', storedAs: 'text' }, true],
    ['0.5%', { unit: 'percentage of 1', storedAs: 'number' }, true],
    ['160%', { unit: 'percentage of 1', storedAs: 'number' }, false],
    ['1', { unit: 'percentage', storedAs: 'number' }, true],
    ['0', { unit: 'percentage', storedAs: 'number' }, true],
  ])('is taken only where the list gives it back: %s, %o', (text, over, taken) => {
    const { problems } = typed({ a: text }, { measures: [measureOf('a', over)], rules: [] });
    expect(problems.questions.size === 0).toBe(taken);
    if (!taken) {
      const says = `In the list, ${text} could be taken for another figure.`;
      expect(problems.questions.get('a')).toContain(says);
    }
  });
});
