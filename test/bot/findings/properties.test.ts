import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRows, ruleRow } from '../../../adapters/sharepoint/rows.ts';
import { starterRules } from '../../../adapters/sharepoint/starter/rules.ts';
import { check, type Checkable, type CheckReport } from '../../../bot/findings/check.ts';
import type { Finding } from '../../../bot/findings/finding.ts';
import { reconcile, type FindingRecord } from '../../../bot/findings/register.ts';
import {
  MISSING_VALUES,
  type Check,
  type Comparison,
  type Rule,
} from '../../../bot/findings/rule.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import { returnId, type Return, type Stray } from '../../../bot/returns/return.ts';
import { filedReturn, measureOf, number, ruleOf } from '../made.ts';

const RUNS = { numRuns: 50 };
/** Many times what it takes on an idle machine. */
const SLOW = { timeout: 60_000 };

/** `e` is named by no rule. */
const ids = ['a', 'b', 'c', 'd', 'e', 'pct'] as const;
const measures = ids.map((id, i) =>
  measureOf(id, { position: i, unit: id === 'pct' ? 'percentage' : 'count' }),
);
const TERMS = ['2024-25', '2025-26'].flatMap((year) =>
  [1, 2, 3, 4, 5, 6].map((term) => ({ year, term })),
);
const DISTRICTS = ['Dover', 'Swale'] as const;
const districts = DISTRICTS.map((name, i) => ({
  name,
  otherNames: [],
  figures: [{ figures: { primarySchools: 4 + i } }],
}));

/** Small, so that figures often meet. */
const figure = fc.integer({ min: 0, max: 12 });
const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 8, arbitrary: figure.map(number) },
  { weight: 1, arbitrary: fc.constant<Answer>({ kind: 'blank' }) },
  { weight: 1, arbitrary: fc.constant<Answer>({ kind: 'not known', reason: 'being moved' }) },
  { weight: 1, arbitrary: fc.constant<Answer>({ kind: 'not applicable', reason: 'none here' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('12 (approx)', '4-5', '?')
      .map((raw): Answer => ({ kind: 'unreadable', raw, why: 'it is not a plain number' })),
  },
);
const answers = fc.record(Object.fromEntries(ids.map((id) => [id, answer])));

const filed = fc
  .record({
    answers,
    district: fc.constantFrom(...DISTRICTS),
    at: fc.constantFrom(...TERMS),
    modifiedAt: fc.integer({ min: 0, max: 3 }).map((h) => new Date(Date.UTC(2026, 10, 10, h))),
  })
  .map(({ at, ...rest }) => filedReturn({ ...rest, ...at }));

/** Few districts and terms, so that some are filed twice, and most have a term before. */
const returns = fc.array(filed, { minLength: 4, maxLength: 30 });

const stray = fc
  .record({ district: fc.constantFrom('Medway', 'Dovver'), itemId: fc.nat().map(String) })
  .map((over): Stray => ({
    form: 'KPI',
    list: 'STLS KPI Returns',
    year: '2025-26',
    term: 'Term 2',
    knownTerm: { year: '2025-26', term: 2 },
    modifiedAt: new Date('2026-11-10T10:00:00Z'),
    ...over,
  }));

const side = fc.constantFrom(
  'a',
  'b',
  'c + d',
  'a - b',
  'a + 2',
  '2 * b',
  'previous.a',
  'lastYear.b',
  'previous.c + d',
  'district.primarySchools',
  'c / 2',
  '3',
  'a * b / (c + 1)',
);
const tolerance = fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.constantFrom(0.1, 0.5, 1.25));
const COMPARED: readonly Comparison[] = [
  '=',
  '≠',
  '>',
  '≥',
  '<',
  '≤',
  'both or neither',
  'not both',
];

const comparison = fc
  .record({
    left: side,
    right: side,
    operator: fc.constantFrom(...COMPARED),
    tolerance,
    missingValues: fc.constantFrom(...MISSING_VALUES),
    severity: fc.constantFrom('error', 'query'),
  })
  .map((over) => ruleOf(over));

const CHECKED: readonly [Check, string][] = [
  ['is not repeated from last term', 'a, b, c, d'],
  ['does not fall to zero', 'a b'],
  ['fits its own history', 'a, b'],
  ['is between 0 and 100', 'pct'],
  ['can be read', 'a, b, c, d, pct'],
  ['is filed once', '*'],
  ['names a known district', '*'],
];
const checks = CHECKED.map(([operator, left]) => ruleOf({ operator, left, right: '' }));

/** Some comparisons, and every check, each with an id of its own. */
const rules = fc
  .array(comparison, { minLength: 1, maxLength: 6 })
  .map((some) => [...some, ...checks].map((rule, i): Rule => ({ ...rule, id: `rule-${i}` })));

const held = (over: Partial<Checkable>): Checkable => ({
  returns: [],
  strays: [],
  measures,
  unreadMeasures: [],
  districts,
  ...over,
});

const idsOf = ({ findings }: CheckReport): string[] => findings.map(({ id }) => id).sort();
const inAnyOrder = (all: readonly unknown[]): string[] =>
  all.map((one) => JSON.stringify(one)).sort();
const shuffled = <T>(all: readonly T[]) =>
  fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });

describe('the order of rules, items, measures and districts', SLOW, () => {
  const anything = fc
    .record({ rules, returns, strays: fc.array(stray, { maxLength: 2 }) })
    .chain((one) =>
      fc.record({
        one: fc.constant(one),
        other: fc.record({
          rules: shuffled(one.rules),
          returns: shuffled(one.returns),
          strays: shuffled(one.strays),
          measures: shuffled(measures),
          districts: shuffled(districts),
        }),
      }),
    );

  test('changes no finding, no outcome and no problem', () => {
    fc.assert(
      fc.property(anything, ({ one, other }) => {
        const [before, after] = [check(one.rules, held(one)), check(other.rules, held(other))];
        expect(inAnyOrder(after.findings)).toEqual(inAnyOrder(before.findings));
        expect(inAnyOrder(after.outcomes)).toEqual(inAnyOrder(before.outcomes));
        expect(inAnyOrder(after.problems)).toEqual(inAnyOrder(before.problems));
      }),
      RUNS,
    );
  });
});

describe('checking twice', SLOW, () => {
  const monday = new Date('2026-11-23T09:00:00Z');
  const tuesday = new Date('2026-11-24T09:00:00Z');
  const asRegister = (records: readonly FindingRecord[]) =>
    new Map(records.map((record) => [record.finding.id, record]));

  test('raises nothing new, closes nothing and changes nothing, in whatever order it looks', () => {
    const twice = fc
      .record({ rules, returns })
      .chain((one) => fc.record({ ...fixed(one), again: shuffled(one.returns) }));
    fc.assert(
      fc.property(twice, ({ rules: by, returns: first, again }) => {
        const found = check(by, held({ returns: first })).findings;
        const register = asRegister(
          reconcile(new Map(), found, monday, () => 'closed by correction'),
        );
        const second = check(by, held({ returns: again })).findings;
        expect(reconcile(register, second, tuesday, () => 'closed by correction')).toEqual([]);
      }),
      RUNS,
    );
  });
});

const fixed = <T extends object>(one: T) =>
  Object.fromEntries(Object.entries(one).map(([name, value]) => [name, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };

describe('the identity of a finding', SLOW, () => {
  const words = fc.string({ minLength: 1, maxLength: 12 });

  test('survives every change that does not touch its operands', () => {
    const other = fc.record({
      text: words,
      hours: fc.integer({ min: 1, max: 500 }),
      e: answer,
      causes: fc.array(words, { maxLength: 3 }),
      severity: fc.constantFrom('error' as const, 'query' as const),
    });
    fc.assert(
      fc.property(rules, returns, other, (by, items, change) => {
        const before = check(by, held({ returns: items }));
        const reworded = by.map((rule) => ({
          ...rule,
          wording: change.text,
          knownCauses: change.causes,
          severity: change.severity,
        }));
        const touched = items.map((item) => touchedBy(item, change));
        const renamed = measures.map((m) => ({
          ...m,
          question: change.text,
          section: change.text,
        }));
        const after = check(reworded, held({ returns: touched, measures: renamed }));
        expect(idsOf(after)).toEqual(idsOf(before));
      }),
      RUNS,
    );
  });

  test('is another as soon as the value of one of its operands is another', () => {
    fc.assert(
      fc.property(rules, returns, fc.nat(), (by, items, pick) => {
        const before = check(by, held({ returns: items })).findings.filter(
          ({ measures: own }) => own.length > 0,
        );
        const chosen = before[pick % Math.max(1, before.length)];
        fc.pre(chosen !== undefined);
        for (const id of chosen.measures) {
          const changed = items.map((item) => (isOn(chosen, item) ? withMore(item, id) : item));
          expect(idsOf(check(by, held({ returns: changed })))).not.toContain(chosen.id);
        }
      }),
      RUNS,
    );
  });

  test('is one of its own for every rule, district, term and set of values', () => {
    fc.assert(
      fc.property(rules, returns, (by, items) => {
        const found = idsOf(check(by, held({ returns: items })));
        expect(new Set(found).size).toBe(found.length);
      }),
      RUNS,
    );
  });
});

type Change = { text: string; hours: number; e: Answer };

/** Everything of an item that no rule here rests on; all are moved alike, so the same ones count. */
const touchedBy = (item: Return, { text, hours, e }: Change): Return => ({
  ...item,
  remarks: text,
  submittedBy: text,
  etag: text,
  list: text,
  createdAt: new Date(item.createdAt.getTime() - hours * 3_600_000),
  modifiedAt: new Date(item.modifiedAt.getTime() + hours * 3_600_000),
  itemId: String(Number(item.itemId) + hours),
  answers: { ...item.answers, e },
});

const isOn = (finding: Finding, item: Return): boolean => returnId(finding) === returnId(item);

/** Another value than it had, and of the same kind where it is a number or a text. */
function withMore(item: Return, id: string): Return {
  const now = item.answers[id];
  const more: Answer =
    now?.kind === 'unreadable'
      ? { ...now, raw: `${now.raw}!` }
      : number(now?.kind === 'number' ? now.value + 1 : 7);
  return { ...item, answers: { ...item.answers, [id]: more } };
}

describe('the two sides of a rule', SLOW, () => {
  const MIRRORED: Record<Comparison, Comparison> = {
    '=': '=',
    '≠': '≠',
    '≤': '≥',
    '≥': '≤',
    '<': '>',
    '>': '<',
    'both or neither': 'both or neither',
    'not both': 'not both',
  };
  const isComparison = (operator: Rule['operator']): operator is Comparison => operator in MIRRORED;

  test('may change places, with whatever tolerance: each return has the same outcome', () => {
    fc.assert(
      fc.property(comparison, returns, (rule, items) => {
        if (!isComparison(rule.operator)) throw new Error('it has no two sides');
        const { left, right, operator } = rule;
        const mirrored = { ...rule, left: right, right: left, operator: MIRRORED[operator] };
        const [one, other] = [rule, mirrored].map((by) => check([by], held({ returns: items })));
        expect(kindsOf(other)).toEqual(kindsOf(one));
        expect(other?.problems.length).toBe(one?.problems.length);
      }),
      RUNS,
    );
  });

  test('differ by the tolerance, and no more, to either side', () => {
    const tenths = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(tenths, tenths, tenths, (a, b, t) => {
        const rule = ruleOf({ operator: '=', tolerance: t / 10 });
        const item = filedReturn({ answers: { a: number(a / 10), b: number(b / 10) } });
        const isWithin = Math.abs(a - b) <= t;
        const report = check([rule], held({ returns: [item] }));
        expect(kindsOf(report).join()).toContain(isWithin ? 'pass' : 'query');
      }),
      RUNS,
    );
  });

  test('cannot differ by less than nothing: such a row is reported', () => {
    const [row] = starterRules;
    const items = [{ id: '1', fields: { ...row, Tolerance: -1 } }];
    const read = readRows('STLS Bot Rules', items, ruleRow);
    expect(read.rows).toEqual([]);
    expect(read.problems.join()).toContain('below zero');
  });
});

const kindsOf = (report: CheckReport | undefined): string[] =>
  (report?.outcomes ?? []).map(({ on, outcome }) => `${returnId(on)}: ${outcome.kind}`).sort();

describe('what is missing', SLOW, () => {
  test('lets no comparison pass that skips where any figure is missing', () => {
    const strict = comparison
      .filter(({ operator }) => operator !== 'both or neither' && operator !== 'not both')
      .map((rule): Rule => ({ ...rule, missingValues: 'skip if any is missing' }))
      .filter((rule) => check([rule], held({})).problems.length === 0);
    let missing = 0;
    fc.assert(
      fc.property(strict, answers, (rule, given) => {
        const item = filedReturn({ ...TERMS[0], answers: given });
        const { outcomes } = check([rule], held({ returns: [item] }));
        const names = `${rule.left} ${rule.right}`.match(/[a-z][\w.]*/gi) ?? [];
        const own = names.filter((name) => !name.startsWith('district.'));
        const isGiven = own.every((name) => given[name]?.kind === 'number');
        expect(outcomes).toHaveLength(1);
        const kind = outcomes[0]?.outcome.kind;
        if (!isGiven) missing += 1;
        if (!isGiven) expect(['skipped', 'could not run']).toContain(kind);
      }),
      { numRuns: 200 },
    );
    expect(missing, 'something was missing, and often').toBeGreaterThan(20);
  });
});
