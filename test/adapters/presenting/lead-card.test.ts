import { describe, expect, test } from 'vitest';
import { lookAt, type Look, type Reading } from '../../../bot/look.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import { leadCardView } from '../../../adapters/presenting/lead-card.ts';
import { managerNote } from '../../../adapters/presenting/manager-note.ts';
import { missingView } from '../../../adapters/presenting/commissioner-cards.ts';
import { returnId } from '../../../bot/returns/return.ts';
import {
  approvedAs,
  filedReturn,
  findingAt,
  heldOf,
  nothingRemembered,
  numbers,
  personOf,
  recordOf,
  T1,
} from '../../bot/made.ts';

const MONDAY = '2026-11-23T09:00:00Z';
const AFTER_LOCK = '2026-12-14T09:00:00Z';
const lead = personOf();
const kpi = { form: 'KPI', district: 'Dover', ...T1 } as const;

const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };

function lookOf(
  over: Partial<Reading> = {},
  { at = MONDAY, findings = [] as FindingRecord[], approvals = nothingRemembered.approvals } = {},
): Look {
  const reading: Reading = { ...heldOf({ people: [lead] }), rules: [], directory, ...over };
  const register = new Map(findings.map((record) => [record.finding.id, record]));
  return lookAt(
    reading,
    {
      ...nothingRemembered,
      findings: register,
      approvals,
      deliveries: [],
      arrangements: new Map(),
      saving: [],
    },
    new Date(at),
  );
}

type Card = Parameters<typeof leadCardView>[0]['card'];

const cardOf = (look: Look, card: Partial<Card> = {}) =>
  leadCardView({ lead, look, card: { opened: false, ...card }, draftOf: () => undefined });

const good = numbers({ a: 1, b: 5 });
const bothFiled = [filedReturn({ answers: good }), filedReturn({ form: 'LAR', answers: {} })];

describe('a lead is thanked', () => {
  test('once everything has come in', () => {
    expect(cardOf(lookOf({ returns: bothFiled }))).toMatchObject({
      headline: 'Received, thank you',
      outstanding: [],
    });
  });

  test('not for what cannot be read: that could not be checked', () => {
    const notChecked = [
      { list: 'STLS Local Activity Report', reason: 'busy', forms: ['LAR' as const] },
    ];
    const card = cardOf(lookOf({ returns: [filedReturn({ answers: good })], notChecked }));
    expect(card.headline).toBe('Dover: could not check');
    expect(card.intro).toContain('“STLS Local Activity Report” cannot be read');
  });

  test('not for what never came: after the lock it is called not received', () => {
    const card = cardOf(lookOf({}, { at: AFTER_LOCK }));
    expect(card.headline).toBe('Dover: 2 returns not received');
    expect(card.intro).toContain('locked on Friday 11 December 2026');
  });
});

describe('the others are not told otherwise after the lock', () => {
  test('the manager reads that the return is late still', () => {
    expect(managerNote([kpi], lookOf({}, { at: AFTER_LOCK })).headline).toBe(
      '1 return of your team is late',
    );
  });

  test('the commissioner still sees who is missing', () => {
    expect(missingView(lookOf({}, { at: AFTER_LOCK }), false).rows).toEqual([
      expect.objectContaining({ district: 'Dover' }),
    ]);
  });
});

describe('the questions of a return', () => {
  test('are open on the card that chases for it', () => {
    expect(cardOf(lookOf(), { open: kpi }).form?.title).toContain('KPI return');
  });

  test('close when it comes in another way', () => {
    expect(cardOf(lookOf({ returns: bothFiled }), { open: kpi }).form).toBeUndefined();
  });

  test('stay open for a lead who opened them to correct something', () => {
    const card = cardOf(lookOf({ returns: bothFiled }), { open: kpi, opened: true });
    expect(card.form?.sections[0]?.questions[0]).toMatchObject({ id: 'a', answer: '1' });
  });
});

describe('many questions about figures', () => {
  const at = new Date('2026-11-23T08:00:00Z');
  const record = (i: number, status: 'open' | 'explained'): FindingRecord =>
    recordOf({
      finding: findingAt({ a: i }),
      status,
      raisedAt: at,
      history: [{ at, by: 'Priya', what: status === 'open' ? 'raised' : status }],
    });
  const findings = [
    ...[1, 2, 3, 4, 5].map((i) => record(i, 'explained')),
    ...[6, 7, 8].map((i) => record(i, 'open')),
  ];
  // Nothing can be said of a list that is not read, so the register stays as it is.
  const look = lookOf(
    { unusableRules: [findings[0]?.finding.rule ?? ''], returns: bothFiled },
    { findings },
  );

  test('those that wait for the lead are all there and can be answered, before those that are explained', () => {
    const shown = cardOf(look).findings;
    expect(shown.filter((f) => f.canExplain)).toHaveLength(3);
    expect(shown.slice(0, 3).every((f) => f.canExplain)).toBe(true);
    expect(cardOf(look).headline).toContain('3 figures to check');
  });
});

test('what a later rule has against an approved return is not asked of its lead', () => {
  const findings = [recordOf()];
  const rule = findings[0]?.finding.rule ?? '';
  const questions = (approvals: typeof nothingRemembered.approvals) =>
    cardOf(lookOf({ unusableRules: [rule], returns: bothFiled }, { findings, approvals })).findings;
  const [filed] = bothFiled;
  if (!filed) throw new Error('nothing is filed');
  expect(questions(new Map())).toHaveLength(1);
  expect(questions(new Map([[returnId(filed), [approvedAs(filed)]]]))).toEqual([]);
});
