import { describe, expect, test } from 'vitest';
import { starterRules } from '../../adapters/sharepoint/starter/rules.ts';
import { check } from '../../bot/findings/check.ts';
import { planted } from '../../infra/local/demo/planted.ts';
import { demoHeld } from './demo-held.ts';

const held = demoHeld();
const report = check(held.rules, held);

type Place = { rule: string; form: string; district: string; year: string; term: number };

/** An item that names no term is of none, whatever number somebody wrote. */
const placeOf = ({ rule, form, district, year, term }: Place): string =>
  [rule, form, district, year, term > 6 ? 0 : term].join('|');

const ruleIds = starterRules.map((row) => String(row['Title']));

describe('the demo’s lists', () => {
  test('raise every planted finding and nothing else', () => {
    expect(report.findings.map(placeOf).sort()).toEqual(planted.map(placeOf).sort());
  });

  test.each(ruleIds)('%s raises exactly what is planted for it', (rule) => {
    const raised = report.findings.filter((finding) => finding.rule === rule).map(placeOf);
    const expected = planted.filter((plant) => plant.rule === rule).map(placeOf);
    expect(expected, 'the demo shows no example of this rule').not.toEqual([]);
    expect(raised.sort()).toEqual(expected.sort());
  });

  test('name no rule that the service does not start with', () => {
    const unknown = planted.map(({ rule }) => rule).filter((rule) => !ruleIds.includes(rule));
    expect(unknown).toEqual([]);
  });

  test('raise each finding with the severity that its plant says', () => {
    const severities = new Map(planted.map((plant) => [placeOf(plant), plant.severity]));
    const wrong = report.findings.filter((f) => severities.get(placeOf(f)) !== f.severity);
    expect(wrong.map(placeOf)).toEqual([]);
  });

  test('hold no starter rule that does not compile', () => {
    expect(report.problems).toEqual([]);
  });

  test('give every finding its own id, a sentence that names its values or says more, and why it was raised', () => {
    const ids = report.findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const silent = report.findings.filter(
      ({ says, saysMore, why, operands }) =>
        !/\w\.$/.test(why) || !(saysMore || operands.every(({ shown }) => says.includes(shown))),
    );
    expect(silent.map(placeOf)).toEqual([]);
  });
});

describe('how the demo’s cells are read', () => {
  const answers = held.returns.flatMap((filed) =>
    Object.entries(filed.answers).map(([measure, answer]) => ({ filed, measure, answer })),
  );

  test('only the planted cell is unreadable, and its text is kept', () => {
    const unreadable = answers.filter(({ answer }) => answer.kind === 'unreadable');
    expect(
      unreadable.map(({ filed, measure, answer }) => [filed.district, measure, answer]),
    ).toEqual([
      [
        'Swale',
        'primarySchoolsSupportedPct',
        { kind: 'unreadable', raw: '12 (approx)', why: 'it is not a plain number' },
      ],
    ]);
  });

  test('a budget that was not reported is not known, and is no zero', () => {
    const ashford = held.returns.find((r) => r.form === 'Budget' && r.district === 'Ashford');
    expect(ashford?.answers['staffingCosts']?.kind).toBe('not known');
  });

  test('an old return holds the measures of its own term and no later ones', () => {
    const old = held.returns.filter((r) => r.form === 'KPI' && r.year === '2022-23');
    expect(old).toHaveLength(72);
    for (const filed of old) expect(filed.answers).not.toHaveProperty('activeCI');
  });

  test('every spelling of a district ends up as its one name', () => {
    const names = new Set(held.returns.map(({ district }) => district));
    expect([...names].sort()).toEqual(held.districts.map(({ name }) => name).sort());
  });
});
