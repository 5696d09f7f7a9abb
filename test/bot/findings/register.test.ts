import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Closing } from '../../../bot/findings/closing.ts';
import { findingOf, valuesOf, type Finding } from '../../../bot/findings/finding.ts';
import {
  accept,
  explain,
  sendBack,
  undoDecision,
  type Answered,
} from '../../../bot/findings/answering.ts';
import {
  isOpen,
  reconcile,
  type FindingDeed,
  type FindingRecord,
  type FindingStatus,
} from '../../../bot/findings/register.ts';
import { findingAt, inOwnWords, recordOf, ruleOf, T1 } from '../made.ts';

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const corrected = () => 'closed by correction' as const;
const unseen = () => undefined;
const priya = { id: 'lead-dover', name: 'Priya Raman' };
const colin = { id: 'commissioner', name: 'Colin Marsh' };
const STATUSES: FindingStatus[] = ['open', 'explained', 'accepted', 'sent back', 'closed'];

type Register = ReadonlyMap<string, FindingRecord>;
const registerOf = (...records: FindingRecord[]): Register =>
  new Map(records.map((record) => [record.finding.id, record]));

/** The register after one more look. */
function after(
  register: Register,
  found: readonly Finding[],
  at = tuesday,
  whyGone: (record: FindingRecord) => Closing | undefined = corrected,
): Map<string, FindingRecord> {
  const changed = reconcile(register, found, at, whyGone);
  return new Map([...register, ...registerOf(...changed)]);
}

const statuses = (register: Register) => [...register.values()].map(({ status }) => status);

function done(answered: ReturnType<typeof explain>): FindingRecord {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
}

/** A rule that looks at each answer alone found this one. */
const outlierOf = (name: string, value: number): Finding =>
  findingOf(
    ruleOf({ id: 'outlier', severity: 'query' }),
    { form: 'KPI', district: 'Dover', ...T1 },
    [
      { name, label: name, value, shown: String(value), is: 'tested' },
      { name: 'usual', label: 'Usual', value: 5, shown: '5', is: 'compared with' },
    ],
    { says: `${name} is ${value}.`, measures: [name] },
  );

const SENTENCE = 'The special school closed for two weeks.';

describe('bringing the register in line', () => {
  test('a new finding is raised, open, by the bot', () => {
    expect(reconcile(new Map(), [findingAt()], monday, corrected)).toEqual([
      {
        finding: findingAt(),
        status: 'open',
        raisedAt: monday,
        history: [{ at: monday, by: 'the bot', what: 'raised' }],
      },
    ]);
  });

  test('a finding that is no longer found is closed by correction', () => {
    const [closed] = reconcile(registerOf(recordOf()), [], tuesday, corrected);
    expect(closed).toMatchObject({ status: 'closed', closedAt: tuesday });
    expect(closed?.history.at(-1)).toEqual({
      at: tuesday,
      by: 'the bot',
      what: 'closed by correction',
    });
  });

  test('what could not be looked at is not called corrected', () => {
    expect(reconcile(registerOf(recordOf()), [], tuesday, unseen)).toEqual([]);
  });

  test('an explanation and an acceptance stand while the values stay the same', () => {
    for (const status of ['explained', 'accepted', 'sent back'] as const) {
      const register = registerOf(recordOf({ status, explanation: inOwnWords(SENTENCE) }));
      expect(reconcile(register, [findingAt()], tuesday, corrected)).toEqual([]);
    }
  });

  test('changed values that still fail are open again, and the old ones are closed', () => {
    const register = registerOf(recordOf({ status: 'accepted' }));
    const now = after(register, [findingAt({ a: 10 })]);
    expect(
      [...now.values()].map(({ finding, status }) => [valuesOf(finding.operands)['a'], status]),
    ).toEqual([
      [9, 'closed'],
      [10, 'open'],
    ]);
  });

  test('the same values come back as what they were: the explanation still holds', () => {
    const explained = registerOf(
      recordOf({ status: 'explained', explanation: inOwnWords(SENTENCE) }),
    );
    const back = after(after(explained, []), [findingAt()]);
    expect([...back.values()]).toMatchObject([
      { status: 'explained', explanation: inOwnWords(SENTENCE) },
    ]);
    expect([...back.values()][0]).not.toHaveProperty('closedAt');
  });

  test.each([
    ['open', 'open'],
    ['explained', 'explained'],
    ['accepted', 'accepted'],
    ['sent back', 'open'],
  ] as const)('%s, closed and found again is %s', (before, again) => {
    expect(
      statuses(after(after(registerOf(recordOf({ status: before })), []), [findingAt()])),
    ).toEqual([again]);
  });

  test('an open one found again counts its days anew', () => {
    const back = after(after(registerOf(recordOf()), [], monday), [findingAt()], tuesday);
    expect([...back.values()][0]?.raisedAt).toEqual(tuesday);
  });

  test('the new one says which one made way for it, and the old one is closed', () => {
    const now = [...after(registerOf(recordOf()), [findingAt({ a: 10 })]).values()];
    expect(now.map(({ status, follows }) => [status, follows])).toEqual([
      ['closed', undefined],
      ['open', findingAt().id],
    ]);
    expect(now[1]?.history).toEqual([
      { at: tuesday, by: 'the bot', what: 'raised', follows: findingAt().id },
    ]);
  });

  test('figures that go back to what they were say so too', () => {
    const there = after(registerOf(recordOf()), [findingAt({ a: 10 })], monday);
    const back = after(there, [findingAt()]);
    expect(back.get(findingAt().id)).toMatchObject({
      status: 'open',
      follows: findingAt({ a: 10 }).id,
      history: [
        { what: 'closed by correction' },
        { what: 'found again', follows: findingAt({ a: 10 }).id },
      ],
    });
  });

  test.each([
    ['another rule', { id: 'another' }],
    ['another district', { on: { district: 'Swale' } }],
    ['another term', { on: { term: 2 } }],
    ['another form', { on: { form: 'LAR' as const } }],
  ])('it goes on from nothing of %s', (_what, other) => {
    const now = after(registerOf(recordOf()), [findingAt({ a: 10, ...other })]);
    expect([...now.values()].map(({ follows }) => follows)).toEqual([undefined, undefined]);
  });

  test('nor from another answer, where a rule looks at each alone', () => {
    const before = registerOf(
      recordOf({ finding: outlierOf('boys', 40) }),
      recordOf({ finding: outlierOf('girls', 50) }),
    );
    const now = after(before, [outlierOf('girls', 60), outlierOf('staff', 90)]);
    expect(
      [...now.values()]
        .filter(isOpen)
        .map(({ finding, follows }) => [finding.measures[0], follows]),
    ).toEqual([
      ['girls', outlierOf('girls', 50).id],
      ['staff', undefined],
    ]);
  });

  test('a query that comes back as an error has to be corrected, whatever was said', () => {
    const accepted = registerOf(
      recordOf({ status: 'accepted', explanation: inOwnWords(SENTENCE) }),
    );
    const back = after(after(accepted, []), [findingAt({ severity: 'error' })]);
    expect(statuses(back)).toEqual(['open']);
  });

  test('what is written by a clock that is behind stands no earlier than what it follows', () => {
    const explained = done(explain(recordOf(), SENTENCE, priya, tuesday));
    const [closed] = reconcile(registerOf(explained), [], monday, corrected);
    expect(closed).toMatchObject({ closedAt: tuesday, history: [{}, { at: tuesday }] });
  });

  test('nothing is written over: the record that was given stays as it was', () => {
    const record = Object.freeze(recordOf({ history: Object.freeze([]) as never }));
    expect(() => after(registerOf(record), [])).not.toThrow();
  });

  test('looking twice at the same lists changes nothing the second time', () => {
    const found = fc.uniqueArray(fc.integer({ min: 6, max: 12 }), { maxLength: 5 });
    const held = fc.uniqueArray(
      fc.record({ a: fc.integer({ min: 6, max: 12 }), status: fc.constantFrom(...STATUSES) }),
      { selector: ({ a }) => a, maxLength: 5 },
    );
    fc.assert(
      fc.property(found, held, fc.boolean(), (values, records, visible) => {
        const register = registerOf(
          ...records.map(({ a, status }) => recordOf({ finding: findingAt({ a }), status })),
        );
        const findings = values.map((a) => findingAt({ a }));
        const once = after(register, findings, monday, visible ? corrected : unseen);
        expect(reconcile(once, findings, tuesday, visible ? corrected : unseen)).toEqual([]);
      }),
    );
  });

  test('after a look, every finding is there and none that is gone is open', () => {
    const values = fc.uniqueArray(fc.integer({ min: 6, max: 12 }), { maxLength: 6 });
    fc.assert(
      fc.property(values, values, (before, now) => {
        const first = after(
          new Map(),
          before.map((a) => findingAt({ a })),
          monday,
        );
        const second = after(
          first,
          now.map((a) => findingAt({ a })),
          tuesday,
        );
        const open = [...second.values()]
          .filter(isOpen)
          .map(({ finding }) => valuesOf(finding.operands)['a']);
        expect(new Set(open)).toEqual(new Set(now));
      }),
    );
  });
});

/** What is found in a look: at most one finding of a question at a time. */
const lookArbitrary = fc.record({
  what: fc.constant('look' as const),
  compared: fc.option(fc.integer({ min: 6, max: 8 })),
  isError: fc.boolean(),
  boys: fc.option(fc.integer({ min: 40, max: 41 })),
  girls: fc.option(fc.integer({ min: 50, max: 51 })),
  isRead: fc.boolean(),
});
const deedArbitrary = fc.record({
  what: fc.constantFrom('explain', 'accept', 'send back', 'undo'),
  which: fc.nat(),
  words: fc.constantFrom(SENTENCE, 'Other words for the same.', 'ok'),
});
type LookStep = typeof lookArbitrary extends fc.Arbitrary<infer L> ? L : never;
type Deed = typeof deedArbitrary extends fc.Arbitrary<infer D> ? D : never;
type Step = LookStep | Deed;
const stepsArbitrary: fc.Arbitrary<[step: Step, minutes: number][]> = fc.array(
  // Clocks differ a little, so time may also seem to run back.
  fc.tuple(fc.oneof(lookArbitrary, deedArbitrary), fc.integer({ min: -2, max: 600 })),
  { maxLength: 25 },
);

const foundIn = (look: LookStep): Finding[] => [
  ...(look.compared === null
    ? []
    : [findingAt({ a: look.compared, severity: look.isError ? 'error' : 'query' })]),
  ...(look.boys === null ? [] : [outlierOf('boys', look.boys)]),
  ...(look.girls === null ? [] : [outlierOf('girls', look.girls)]),
];

function acted(record: FindingRecord, { what, words }: Deed, at: Date): Answered {
  if (what === 'explain') return explain(record, words, priya, at);
  if (what === 'accept') return accept(record, colin, at, words);
  return what === 'undo' ? undoDecision(record, colin, at) : sendBack(record, words, colin, at);
}

/** The register after one more look or deed; a refusal says why, and changes nothing. */
function afterStep(register: Register, step: Step, at: Date): Register {
  if (step.what === 'look') {
    return step.isRead ? after(register, foundIn(step), at) : after(register, [], at, unseen);
  }
  const record = [...register.values()][step.which % Math.max(1, register.size)];
  if (!record) return register;
  const answered = acted(record, step, at);
  if (answered.ok) return new Map([...register, ...registerOf(answered.record)]);
  expect(answered.reason).toMatch(/^[A-Z].*\.$/);
  return register;
}

/** What each status may become at once. */
const NEXT: Record<FindingStatus, readonly FindingStatus[]> = {
  open: ['explained', 'accepted', 'closed'],
  explained: ['accepted', 'sent back', 'closed', 'open'],
  'sent back': ['explained', 'accepted', 'closed', 'open'],
  accepted: ['open', 'explained', 'sent back', 'closed'],
  closed: ['open', 'explained', 'accepted'],
};
const OF_PEOPLE: FindingDeed[] = ['explained', 'accepted', 'sent back', 'decision undone'];

function expectLegal(before: FindingRecord | undefined, now: FindingRecord): void {
  if (before && before.status !== now.status) expect(NEXT[before.status]).toContain(now.status);
  if (!before) expect(now.status).toBe('open');
  expect(now.history.slice(0, before?.history.length ?? 0)).toEqual(before?.history ?? []);
  const times = now.history.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(now.closedAt !== undefined).toBe(now.status === 'closed');
  for (const { what, by, byId } of now.history) {
    expect(byId !== undefined).toBe(OF_PEOPLE.includes(what));
    expect(by === 'the bot').toBe(byId === undefined);
  }
  if (now.finding.severity === 'error') expect(['open', 'closed']).toContain(now.status);
  if (now.status === 'explained') expect(now.explanation).toBeDefined();
  const decision = now.history.findLast(({ what }) => /^(accepted|decision undone)$/.test(what));
  if (now.status === 'accepted') expect(decision?.what).toBe('accepted');
}

function expectOneOfEachQuestion(register: Register): void {
  const live = [...register.values()].filter(({ status }) => status !== 'closed');
  const questions = live.map(({ finding }) => `${finding.rule} ${finding.measures.join()}`);
  expect(new Set(questions).size).toBe(questions.length);
  for (const { finding, follows } of register.values()) {
    if (follows === undefined) continue;
    const { rule, measures } = register.get(follows)?.finding ?? {};
    expect({ rule, measures }).toEqual({ rule: finding.rule, measures: finding.measures });
  }
}

test('whatever is found, said and decided, in any order, every life is a possible one', () => {
  fc.assert(
    fc.property(stepsArbitrary, (steps) => {
      let register: Register = new Map();
      let now = monday.getTime();
      for (const [step, minutes] of steps) {
        now += minutes * 60_000;
        const next = afterStep(register, step, new Date(now));
        for (const [id, record] of next) expectLegal(register.get(id), record);
        expectOneOfEachQuestion(next);
        expect(next.size).toBeGreaterThanOrEqual(register.size);
        register = next;
      }
    }),
    { numRuns: 300 },
  );
});
