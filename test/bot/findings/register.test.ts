import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesOf, type Finding } from '../../../bot/findings/finding.ts';
import {
  accept,
  explain,
  isOpen,
  needsAnswer,
  reconcile,
  saysSomething,
  sendBack,
  type FindingRecord,
  type FindingStatus,
} from '../../../bot/findings/register.ts';
import { findingAt, recordOf } from '../made.ts';

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const seen = () => true;
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
  couldBeSeen: (finding: Finding) => boolean = seen,
): Map<string, FindingRecord> {
  const changed = reconcile(register, found, at, couldBeSeen);
  return new Map([...register, ...registerOf(...changed)]);
}

const statuses = (register: Register) => [...register.values()].map(({ status }) => status);

function done(answered: ReturnType<typeof explain>): FindingRecord {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
}

const SENTENCE = 'The special school closed for two weeks.';

describe('bringing the register in line', () => {
  test('a new finding is raised, open, by the bot', () => {
    expect(reconcile(new Map(), [findingAt()], monday, seen)).toEqual([
      {
        finding: findingAt(),
        status: 'open',
        raisedAt: monday,
        history: [{ at: monday, by: 'the bot', what: 'raised' }],
      },
    ]);
  });

  test('a finding that is no longer found is closed by correction', () => {
    const [closed] = reconcile(registerOf(recordOf()), [], tuesday, seen);
    expect(closed).toMatchObject({ status: 'closed', closedAt: tuesday });
    expect(closed?.history.at(-1)).toEqual({
      at: tuesday,
      by: 'the bot',
      what: 'closed by correction',
    });
  });

  test('what could not be looked at is not called corrected', () => {
    expect(reconcile(registerOf(recordOf()), [], tuesday, () => false)).toEqual([]);
  });

  test('an explanation and an acceptance stand while the values stay the same', () => {
    for (const status of ['explained', 'accepted', 'sent back'] as const) {
      const register = registerOf(recordOf({ status, explanation: SENTENCE }));
      expect(reconcile(register, [findingAt()], tuesday, seen)).toEqual([]);
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
    const explained = registerOf(recordOf({ status: 'explained', explanation: SENTENCE }));
    const back = after(after(explained, []), [findingAt()]);
    expect([...back.values()]).toMatchObject([{ status: 'explained', explanation: SENTENCE }]);
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
        const once = after(register, findings, monday, () => visible);
        expect(reconcile(once, findings, tuesday, () => visible)).toEqual([]);
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

describe('an explanation', () => {
  test.each([
    '',
    ' ',
    '\n\t',
    '.',
    '...',
    'ok',
    'OK!',
    'o k',
    'Okay.',
    'yes',
    'n/a',
    'see above',
    'As above.',
    'fine!!',
    '-- -- -- -- --',
    '????????????',
    '👍👍👍👍👍👍👍👍👍',
    '12345',
  ])('“%s” says nothing', (text) => {
    expect(saysSomething(text)).toBe(false);
    expect(explain(recordOf(), text, priya, monday)).toEqual({
      ok: false,
      reason: 'Please say in a few words why the figure is right.',
    });
  });

  test.each([
    'long-term sickness',
    'schools outside the district joined a shared course',
    'not collected this term',
    'case kept open for SENIF',
    'Moved to a new register, 12 cases twice.',
    'Ysgol newydd wedi agor',
  ])('“%s” says something', (text) => {
    expect(saysSomething(text)).toBe(true);
  });

  test('is kept in one line, with who gave it and when', () => {
    const record = done(explain(recordOf(), '  Moved to\n a new  register ', priya, monday));
    expect(record).toMatchObject({ status: 'explained', explanation: 'Moved to a new register' });
    expect(record.history.at(-1)).toEqual({
      at: monday,
      by: 'Priya Raman',
      byId: 'lead-dover',
      what: 'explained',
      text: 'Moved to a new register',
    });
  });
});

describe('who may still do what to a finding', () => {
  const error = findingAt({ severity: 'error' });
  const allowed = (act: (record: FindingRecord) => { ok: boolean }, finding = findingAt()) =>
    STATUSES.filter((status) => act(recordOf({ finding, status })).ok);

  test('a query is explained while it is open, again while it waits, and after it was sent back', () => {
    expect(allowed((r) => explain(r, SENTENCE, priya, monday))).toEqual([
      'open',
      'explained',
      'sent back',
    ]);
  });

  test('it is accepted until it is settled', () => {
    expect(allowed((r) => accept(r, colin, monday))).toEqual(['open', 'explained', 'sent back']);
  });

  test('only an explanation can be sent back', () => {
    expect(allowed((r) => sendBack(r, 'Which course?', colin, monday))).toEqual(['explained']);
  });

  test('an error can be neither explained nor accepted, ever', () => {
    expect(allowed((r) => explain(r, SENTENCE, priya, monday), error)).toEqual([]);
    expect(allowed((r) => accept(r, colin, monday), error)).toEqual([]);
  });

  test('a refusal always says why', () => {
    for (const status of STATUSES) {
      const record = recordOf({ status });
      const all = [
        explain(record, SENTENCE, priya, monday),
        accept(record, colin, monday),
        sendBack(record, '', colin, monday),
      ];
      for (const answered of all) if (!answered.ok) expect(answered.reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('sent back needs an answer again; explained and accepted wait for nobody’s', () => {
    expect(STATUSES.filter((status) => needsAnswer(recordOf({ status })))).toEqual([
      'open',
      'sent back',
    ]);
    expect(STATUSES.filter((status) => isOpen(recordOf({ status })))).toEqual([
      'open',
      'explained',
      'sent back',
    ]);
  });

  test('the whole life of a query is kept in its history', () => {
    const explained = done(explain(recordOf(), SENTENCE, priya, monday));
    const back = done(sendBack(explained, ' Which weeks? ', colin, monday));
    const again = done(explain(back, 'The last two of October.', priya, tuesday));
    const accepted = done(accept(again, colin, tuesday));
    expect(accepted.history.map(({ by, what, text }) => [by, what, text])).toEqual([
      ['Priya Raman', 'explained', SENTENCE],
      ['Colin Marsh', 'sent back', 'Which weeks?'],
      ['Priya Raman', 'explained', 'The last two of October.'],
      ['Colin Marsh', 'accepted', undefined],
    ]);
  });
});
