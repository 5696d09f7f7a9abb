import { describe, expect, test } from 'vitest';
import { assess, type Held } from '../../../bot/assess.ts';
import type { DistrictFigures } from '../../../bot/directory/district.ts';
import { accept, explain, type Answered } from '../../../bot/findings/answering.ts';
import { CLOSINGS } from '../../../bot/findings/closing.ts';
import { conversationOf } from '../../../bot/findings/conversation.ts';
import { findingRows } from '../../../bot/findings/finding-row.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import { returnId } from '../../../bot/returns/return.ts';
import {
  blank,
  filedReturn,
  heldOf,
  measureOf,
  notKnown,
  nothingRemembered,
  number,
  numbers,
  ruleOf,
  T1,
  unreadable,
} from '../made.ts';

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const colin = { id: 'commissioner', name: 'Colin Marsh' };
const [a9, b5] = [number(9), number(5)];
const held = (answers: Record<string, Answer>, over: Partial<Held> = {}): Held =>
  heldOf({ returns: [filedReturn({ answers })], ...over });
const ofBoth = (['KPI', 'LAR'] as const).flatMap((form) => [
  measureOf('a', { form }),
  measureOf('b', { form }),
]);
const contradiction = held({ a: a9, b: b5 });

/** The register of one look, kept, as the next look at other lists leaves it. */
function afterwards(
  before: Held,
  now: Held,
  meanwhile: (record: FindingRecord) => FindingRecord = (record) => record,
) {
  const first = assess(before, nothingRemembered, monday);
  const findings = new Map([...first.register].map(([id, one]) => [id, meanwhile(one)]));
  const remembered = { ...nothingRemembered, findings, filings: first.newFilings };
  const second = assess(now, remembered, tuesday);
  const records = [...second.register.values()];
  return { second, records, closings: records.map(closingIn) };
}

const closingIn = ({ status, history }: FindingRecord): string =>
  status === 'closed' ? (history.at(-1)?.what ?? '') : status;

function done(answered: Answered): FindingRecord {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
}
const accepted = (record: FindingRecord) => done(accept(record, colin, monday));
const explained = (record: FindingRecord) =>
  done(explain(record, 'The special school closed for two weeks.', colin, monday));

describe('a finding that is not raised any more says why it is closed', () => {
  test.each<[what: string, now: Held, closing: string]>([
    ['its figure was put right', held({ a: number(4), b: b5 }), 'closed by correction'],
    ['what it was compared with was', held({ a: a9, b: number(9) }), 'closed by correction'],
    ['its figure was emptied', held({ a: blank, b: b5 }), 'figure taken out'],
    [
      'what it was compared with is not known now',
      held({ a: a9, b: notKnown }),
      'figure taken out',
    ],
    [
      'its rule was switched off',
      held({ a: a9, b: b5 }, { rules: [], rulesOff: [ruleOf()] }),
      'rule switched off',
    ],
    ['its rule was deleted', held({ a: a9, b: b5 }, { rules: [] }), 'rule taken out'],
    [
      'its rule is more tolerant',
      held({ a: a9, b: b5 }, { rules: [ruleOf({ tolerance: 4 })] }),
      'rule changed',
    ],
    [
      'its rule begins a term later',
      held({ a: a9, b: b5 }, { rules: [ruleOf({ firstTerm: { ...T1, term: 2 } })] }),
      'rule no longer applies',
    ],
    [
      'its rule is of another form',
      held({ a: a9, b: b5 }, { rules: [ruleOf({ forms: ['LAR'] })], measures: ofBoth }),
      'rule no longer applies',
    ],
    ['its item was deleted', heldOf(), 'return taken out'],
  ])('%s', (_what, now, closing) => {
    const { records, closings } = afterwards(contradiction, now);
    expect(closings).toEqual([closing]);
    const [record] = records;
    const [row] = findingRows(records);
    const said = record && conversationOf(record, new Map()).at(-1);
    expect(said?.text).toBe(`Closed: ${row?.state.closedBecause}.`);
  });

  describe('where it was held against the number of schools of its district', () => {
    const rules = [ruleOf({ right: 'district.primarySchools' })];
    const schools = (figures: DistrictFigures, firstTerm = T1): Partial<Held> => ({
      rules,
      districts: [{ name: 'Dover', otherNames: [], figures: [{ figures, firstTerm }] }],
    });
    const before = held({ a: a9 }, schools({ primarySchools: 5 }));

    test('and that is another now, with which it passes', () => {
      expect(afterwards(before, held({ a: a9 }, schools({ primarySchools: 9 }))).closings).toEqual([
        'district changed',
      ]);
    });

    test('and that is another now, with which it fails still: what was said of it goes on', () => {
      const { records, closings } = afterwards(
        before,
        held({ a: a9 }, schools({ primarySchools: 6 })),
      );
      expect(closings).toEqual(['closed by correction', 'open']);
      expect(records[1]?.follows).toBe(records[0]?.finding.id);
    });

    test('and its own figure was put right, whatever that is now', () => {
      const now = held({ a: number(4) }, schools({ primarySchools: 6 }));
      expect(afterwards(before, now).closings).toEqual(['closed by correction']);
    });

    test('and no row says any more how many there are: it stands', () => {
      expect(afterwards(before, held({ a: a9 }, schools({}))).closings).toEqual(['open']);
      const later = held({ a: a9 }, schools({ primarySchools: 9 }, { ...T1, term: 2 }));
      expect(afterwards(before, later).closings).toEqual(['open']);
    });
  });

  test('and stands where it could not be looked at', () => {
    expect(afterwards(contradiction, held({ a: a9, b: unreadable })).closings).toEqual(['open']);
    const notChecked = [{ list: 'KPI', reason: 'gone', forms: ['KPI' as const] }];
    expect(afterwards(contradiction, heldOf({ notChecked })).closings).toEqual(['open']);
  });

  test('each in words of its own', () => {
    expect(new Set(CLOSINGS).size).toBe(CLOSINGS.length);
  });
});

test('figures that changed and still fail make way for a finding of their own', () => {
  const { closings, records } = afterwards(contradiction, held({ a: number(8), b: b5 }));
  expect(closings).toEqual(['closed by correction', 'open']);
  expect(records[1]?.follows).toBe(records[0]?.finding.id);
});

test('a figure that is emptied where blank counts as 0, and is found wrong as that, was changed', () => {
  const rules = [ruleOf({ operator: '≥', missingValues: 'never skip' })];
  const [before, now] = [held({ a: number(3), b: b5 }, { rules }), held({ b: b5 }, { rules })];
  expect(afterwards(before, now).closings).toEqual(['closed by correction', 'open']);
});

test('a figure that is emptied where blank counts as 0, and passes as that, was taken out', () => {
  const rules = [ruleOf({ missingValues: 'never skip' })];
  const [before, now] = [held({ a: a9, b: b5 }, { rules }), held({ b: b5 }, { rules })];
  expect(afterwards(before, now).closings).toEqual(['figure taken out']);
});

test('an error is corrected, too, by taking the figure out: its return is filed where that needs no figure', () => {
  const rules = [ruleOf({ severity: 'error' })];
  const { second, closings } = afterwards(
    held({ a: a9, b: b5 }, { rules }),
    held({ a: a9, b: notKnown }, { rules }),
  );
  expect(closings).toEqual(['figure taken out']);
  const [key] = contradiction.returns.map(returnId);
  expect(second.statuses.find((one) => returnId(one) === key)?.state).toBe('filed');
});

describe('an acceptance', () => {
  test.each<[what: string, rules: Partial<Held>]>([
    ['switched off', { rules: [], rulesOff: [ruleOf()] }],
    ['deleted', { rules: [] }],
    ['made to begin later', { rules: [ruleOf({ firstTerm: { ...T1, term: 2 } })] }],
  ])('stands though its rule is %s, and when it is back', (_what, rules) => {
    const { records, closings } = afterwards(
      contradiction,
      held({ a: a9, b: b5 }, rules),
      accepted,
    );
    expect(closings).toEqual(['accepted']);
    const findings = new Map(records.map((record) => [record.finding.id, record]));
    const back = assess(contradiction, { ...nothingRemembered, findings }, tuesday);
    expect(back.changed).toEqual([]);
  });

  test('ends with its figures', () => {
    const now = held({ a: number(4), b: b5 });
    expect(afterwards(contradiction, now, accepted).closings).toEqual(['closed by correction']);
  });
});

test('what was explained before its rule was switched off is explained once it is on again', () => {
  const off = held({ a: a9, b: b5 }, { rules: [], rulesOff: [ruleOf()] });
  const { records } = afterwards(contradiction, off, explained);
  const findings = new Map(records.map((record) => [record.finding.id, record]));
  const back = assess(contradiction, { ...nothingRemembered, findings }, tuesday);
  expect([...back.register.values()].map(({ status }) => status)).toEqual(['explained']);
});

describe('where a rule looks at each answer alone', () => {
  const percentages = ['p', 'q'].map((id) => measureOf(id, { unit: 'percentage' }));
  const rules = [ruleOf({ operator: 'is between 0 and 100', left: '*', right: '' })];
  const of = (answers: Record<string, Answer>) => held(answers, { rules, measures: percentages });

  test('one that was put right and one that was taken out are told apart', () => {
    const { closings } = afterwards(
      of(numbers({ p: 104, q: 120 })),
      of({ p: number(100), q: blank }),
    );
    expect(closings.sort()).toEqual(['closed by correction', 'figure taken out']);
  });

  test('one that is not asked any more is not corrected', () => {
    const now = { ...of(numbers({ p: 104 })), measures: percentages.slice(1) };
    expect(afterwards(of(numbers({ p: 104 })), now).closings).toEqual(['rule no longer applies']);
  });
});

describe('of items', () => {
  const rules = [
    ruleOf({ id: 'once', operator: 'is filed once', left: '', right: '' }),
    ruleOf({ id: 'known-district', operator: 'names a known district', left: '', right: '' }),
  ];
  const twice = heldOf({ rules, returns: [filedReturn(), filedReturn()] });

  test('that were two, one is a correction, and none is none', () => {
    const one = heldOf({ rules, returns: [filedReturn()] });
    expect(afterwards(twice, one).closings).toEqual(['closed by correction']);
    expect(afterwards(twice, heldOf({ rules })).closings).toEqual(['return taken out']);
  });

  test('that named no district, one that does, or is gone, is put right', () => {
    const stray = {
      form: 'KPI' as const,
      list: 'STLS KPI Returns',
      itemId: '7',
      district: 'Dovre',
      year: '2026-27',
      term: '1',
    };
    const strays = heldOf({ rules, strays: [stray as Held['strays'][number]] });
    expect(afterwards(strays, heldOf({ rules })).closings).toEqual(['closed by correction']);
  });
});
