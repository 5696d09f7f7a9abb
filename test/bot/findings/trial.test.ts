import { describe, expect, test } from 'vitest';
import { OUTCOMES } from '../../../bot/findings/finding.ts';
import { tryRule, type Counts, type Trial } from '../../../bot/findings/trial.ts';
import { cellsToWrite, headlineOf, stepsFor } from '../../../adapters/presenting/rule-trial.ts';
import { demoHeld } from '../demo-held.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import {
  blank,
  filedReturn,
  heldOf,
  measureOf,
  number,
  numbers,
  ruleOf,
  unreadable,
} from '../made.ts';

const demo = demoHeld();

function trialOf(text: string, held = demo): Trial {
  const tried = tryRule(text, held);
  if (!tried.ok) throw new Error(tried.problems.map(({ problem }) => problem).join('\n'));
  return tried.trial;
}

const counts = (over: Partial<Counts>): Counts => ({
  pass: 0,
  error: 0,
  query: 0,
  skipped: 0,
  'could not run': 0,
  ...over,
});

const districtsWith = ({ districts }: Trial, kind: keyof Counts): string[] =>
  districts.filter(({ counts }) => counts[kind] > 0).map(({ district }) => district);

describe('staffing costs within the budget, on the report’s own tables', () => {
  /*
   * Figures 28 and 29, in pounds: core + outreach against direct staffing costs.
   * Thanet 655,550 and 605,652; Swale 617,679 and 487,725; Canterbury 478,840 and 381,386;
   * Dover 463,230 and 446,562; Sevenoaks 355,480 and 331,531: within.
   * Maidstone 507,850 and 519,287 (11,437 above); Folkestone and Hythe 507,210 and 521,371 (14,161);
   * Gravesham 489,310 and 494,596 (5,286); Dartford 458,830 and 498,846 (40,016);
   * Tonbridge and Malling 454,850 and 461,834 (6,984): above.
   * Ashford and Tunbridge Wells: not reported.
   */
  const RULE = 'staffingCosts <= coreBudget + outreachBudget';

  test('passes for five districts, is a query for five and is skipped for two', () => {
    const trial = trialOf(RULE);
    expect(trial.returns).toBe(12);
    expect(trial.counts).toEqual(counts({ pass: 5, query: 5, skipped: 2 }));
    expect(districtsWith(trial, 'query')).toEqual([
      'Dartford',
      'Folkestone and Hythe',
      'Gravesham',
      'Maidstone',
      'Tonbridge and Malling',
    ]);
    expect(districtsWith(trial, 'skipped')).toEqual(['Ashford', 'Tunbridge Wells']);
    expect(headlineOf(trial)).toBe('Would raise 5 queries on the 12 returns held');
  });

  test('within £12,000 leaves the two that are further off', () => {
    const trial = trialOf(`${RULE} within 12000 as error`);
    expect(trial.counts).toEqual(counts({ pass: 8, error: 2, skipped: 2 }));
    expect(districtsWith(trial, 'error')).toEqual(['Dartford', 'Folkestone and Hythe']);
    expect(headlineOf(trial)).toBe('Would raise 2 errors on the 12 returns held');
  });

  test('what was not reported is a pass only where somebody asks to count it as nothing', () => {
    expect(trialOf(`${RULE} missing: never skip`).counts).toEqual(counts({ pass: 7, query: 5 }));
  });
});

describe('training booked and completed, on sheets of two phases', () => {
  test('counts each sheet once', () => {
    const sheets = demo.returns.filter(({ form }) => form === 'AET');
    const { returns, counts } = trialOf('aetCompleted <= aetBooked');
    expect(returns).toBe(sheets.length);
    expect(OUTCOMES.reduce((sum, kind) => sum + counts[kind], 0)).toBe(returns);
  });
});

describe('caseloads and who is actively supported, on three years of returns', () => {
  /*
   * 12 districts with 6 terms each of 2022-23 and 2025-26, and term 1 of 2026-27 without Dover and
   * Swale: 72 + 72 + 10. Gravesham, Swale and Tunbridge Wells gave no “actively supported” in terms
   * 1 and 2 of 2022-23: 6 skipped. Maidstone’s 212 of 189 is the one contradiction.
   */
  const trial = trialOf('schoolCaseload >= activelySupportedSchools');

  test('raises one query on 154 returns', () => {
    expect(trial.returns).toBe(154);
    expect(trial.counts).toEqual(counts({ pass: 147, query: 1, skipped: 6 }));
    expect(trial.silences).toEqual([
      { kind: 'skipped', reason: 'no figure for activelySupportedSchools', times: 6 },
    ]);
  });

  test('is counted by district', () => {
    const byName = new Map(trial.districts.map(({ district, counts }) => [district, counts]));
    expect(byName.size).toBe(12);
    for (const name of ['Gravesham', 'Tunbridge Wells']) {
      expect(byName.get(name)).toEqual(counts({ pass: 11, skipped: 2 }));
    }
    expect(byName.get('Swale')).toEqual(counts({ pass: 10, skipped: 2 }));
    expect(byName.get('Dover')).toEqual(counts({ pass: 12 }));
    expect(byName.get('Maidstone')).toEqual(counts({ pass: 12, query: 1 }));
    for (const name of ['Ashford', 'Canterbury', 'Dartford', 'Sevenoaks', 'Thanet']) {
      expect(byName.get(name)).toEqual(counts({ pass: 13 }));
    }
  });

  test('is counted by term, the oldest first', () => {
    expect(trial.terms).toHaveLength(13);
    expect(trial.terms[0]).toEqual({
      year: '2022-23',
      term: 1,
      counts: counts({ pass: 9, skipped: 3 }),
    });
    expect(trial.terms.at(-1)).toEqual({
      year: '2026-27',
      term: 1,
      counts: counts({ pass: 9, query: 1 }),
    });
  });

  test('names the figures', () => {
    expect(trial.findings.map(({ says }) => says)).toEqual([
      '“School caseload” is 189 and “Actively supported, schools” is 212.',
    ]);
  });

  test('counts what cannot be read as nothing else', () => {
    const held = { ...demo, returns: demo.returns.map((r) => ({ ...r, answers: spoilt(r) })) };
    expect(trialOf('schoolCaseload >= 1', held).counts.pass).toBe(0);
    const { counts } = trialOf('schoolCaseload >= activelySupportedSchools', held);
    expect(counts['could not run']).toBe(154);
    expect(OUTCOMES.reduce((sum, kind) => sum + counts[kind], 0)).toBe(154);
  });
});

const spoilt = ({ answers }: { answers: (typeof demo.returns)[number]['answers'] }) => ({
  ...answers,
  ...('schoolCaseload' in answers ? { schoolCaseload: unreadable } : {}),
});

describe('the examples', () => {
  test('give each district its turn, the latest term first, and what is furthest off before the rest', () => {
    const at = (district: string, term: number, a: number, year = '2026-27') =>
      filedReturn({ district, year, term, answers: numbers({ a, b: 1 }) });
    const held = heldOf({
      returns: [
        at('Dover', 1, 2, '2022-23'),
        at('Dover', 1, 4),
        at('Dover', 2, 3),
        at('Swale', 2, 9),
        at('Thanet', 1, 2),
      ],
    });
    const trial = trialOf('a <= b', held);
    expect(trial.findings.map((f) => [f.district, f.year, f.term])).toEqual([
      ['Swale', '2026-27', 2],
      ['Dover', '2026-27', 2],
      ['Thanet', '2026-27', 1],
      ['Dover', '2026-27', 1],
      ['Dover', '2022-23', 1],
    ]);
  });
});

test('what could not run is told before what was skipped, however often that was', () => {
  const at = (term: number, a: Answer) => filedReturn({ term, answers: { a, b: number(1) } });
  const held = heldOf({ returns: [at(1, blank), at(2, blank), at(3, unreadable)] });
  const { silences } = trialOf('a <= b', held);
  expect(silences.map(({ kind, times }) => [kind, times])).toEqual([
    ['could not run', 1],
    ['skipped', 2],
  ]);
});

describe('a row of the rules list', () => {
  const row = ruleOf({ id: 'a-within-b', wording: 'A cannot be above B.' });
  const returns = [filedReturn({ answers: numbers({ a: 9, b: 5 }) })];

  test('that is off is tried, and switched on by one cell', () => {
    const trial = trialOf('a-within-b', heldOf({ rules: [], rulesOff: [row], returns }));
    expect(headlineOf(trial)).toBe('Would raise 1 query on the 1 return held');
    expect(stepsFor(trial)).toContain('change the row “a-within-b”');
    expect(cellsToWrite(trial)).toEqual([['On', 'Yes']]);
  });

  test('that is off and cannot be used is told with what to mend', () => {
    const unusableOff = [{ id: 'my-rule', problem: 'FirstTerm is not a term such as 2023-24 T1' }];
    for (const text of ['my-rule', 'My-Rule within 2']) {
      expect(tryRule(text, heldOf({ unusableOff }))).toMatchObject({
        ok: false,
        problems: [
          {
            problem: expect.stringMatching(/^the row is off, and cannot be used. FirstTerm is not/),
          },
        ],
      });
    }
  });

  test('that is on says what it raises, and what to change where it is tried otherwise', () => {
    const held = heldOf({ rules: [row], rulesOff: [], returns });
    expect(headlineOf(trialOf('a-within-b', held))).toBe('Raises 1 query on the 1 return held');
    expect(cellsToWrite(trialOf('a-within-b', held))).toEqual([]);
    const other = trialOf('a-within-b within 4 from 2026-27 T1', held);
    expect(headlineOf(other)).toBe('Would raise nothing on the 1 return held');
    expect(cellsToWrite(other)).toEqual([
      ['Tolerance', '4'],
      ['First term', '2026-27 T1'],
    ]);
  });
});

describe('a rule that says nothing', () => {
  test('is met where there is nothing that it could doubt', () => {
    const filed = [filedReturn({ answers: numbers({ a: 9 }) })];
    const trial = trialOf('names a known district form KPI', heldOf({ returns: filed }));
    expect(headlineOf(trial)).toBe('Would raise nothing on the 1 return held');
  });

  test('is silent where it finds nothing to look at', () => {
    const old = filedReturn({ year: '2022-23', answers: numbers({ a: 9 }) });
    const measures = [measureOf('a', { firstTerm: { year: '2023-24', term: 1 } })];
    const trial = trialOf('a can be read', heldOf({ measures, returns: [old] }));
    expect(trial.counts).toEqual(counts({}));
    expect(headlineOf(trial)).toBe('Says nothing about any of the 1 return held');
  });

  test('is told apart from one that is met', () => {
    const silent = heldOf({ returns: [filedReturn({ answers: numbers({ a: 9 }) })] });
    expect(headlineOf(trialOf('a <= b', silent))).toBe(
      'Says nothing about any of the 1 return held',
    );
    expect(headlineOf(trialOf('a <= b', heldOf()))).toBe(
      'No return is held that this rule looks at',
    );
  });
});

test('a new rule is told with every cell of its row', () => {
  expect(cellsToWrite(trialOf('schoolCaseload >= activelySupportedSchools within 2'))).toEqual([
    ['Title', 'an id of your own'],
    ['Left side', 'schoolCaseload'],
    ['Operator', '≥'],
    ['Right side', 'activelySupportedSchools'],
    ['Form', 'KPI'],
    ['Tolerance', '2'],
    ['Severity', 'query'],
    ['Missing values', 'skip if any is missing'],
    ['Wording', 'why it is raised, in plain English'],
    ['On', 'Yes'],
  ]);
});
