import { describe, expect, test } from 'vitest';
import { findingForLead } from '../../../adapters/presenting/finding-view.ts';
import { leadCard } from '../../../adapters/presenting/lead-card.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import { operandOf, type Finding } from '../../../bot/findings/finding.ts';
import type { FindingDeed, FindingRecord } from '../../../bot/findings/register.ts';
import { lookAt, type Look, type Reading } from '../../../bot/look.ts';
import { findingCode } from '../../../cards/actions.ts';
import {
  filedReturn,
  findingAt,
  heldOf,
  inOwnWords,
  measureOf,
  nothingRemembered,
  number,
  numbers,
  personOf,
  recordOf,
  T1,
} from '../../bot/made.ts';

const at = new Date('2026-11-23T09:00:00Z');
const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };
const WORDING = 'A cannot be above B.';

/** Nothing can be said of a rule that cannot be used, so the register stays as it is. */
function lookOf(findings: readonly FindingRecord[], over: Partial<Reading> = {}): Look {
  const unusableRules = findings.map(({ finding }) => finding.rule);
  const reading = { ...heldOf({ people: [personOf()], unusableRules, ...over }), directory };
  const register = new Map(findings.map((record) => [record.finding.id, record]));
  const remembered = { ...nothingRemembered, deliveries: [], arrangements: new Map(), saving: [] };
  return lookAt({ ...reading, rules: [] }, { ...remembered, findings: register }, at);
}

type Card = Pick<Delivery, 'open' | 'opened' | 'unsent'>;

const cardOf = (look: Look, card: Card = { opened: false }) =>
  leadCard({ lead: personOf(), look, card, draftOf: () => undefined });

const event = (what: FindingDeed, text?: string): FindingRecord['history'][number] => ({
  at,
  by: 'Colin Marsh',
  what,
  ...(text === undefined ? {} : { text }),
});

describe('a finding on its lead’s card', () => {
  test('shows each value once, and why: not the same in a sentence again', () => {
    const measures = ['a', 'b', 'c'].map((id) => measureOf(id));
    const operands = [
      operandOf('a', 70, 'tested', measures),
      operandOf('b', null, 'compared with', measures),
    ];
    const finding: Finding = {
      ...findingAt(),
      operands,
      compared: '70 should equal 80 (within 1)',
      says: '“Question a” is 70 and “Question b” is not given.',
    };
    const look = lookOf([recordOf({ finding })]);
    expect(findingForLead(recordOf({ finding }), look, undefined)).toMatchObject({
      why: WORDING,
      tested: [{ label: 'Question a', shown: '70' }],
      against: [{ label: 'Question b', shown: 'not given' }],
      compared: '70 should equal 80 (within 1)',
    });
  });

  test('keeps a sentence that says more than the values, as how a cell reads', () => {
    const says = '“Question a” reads “9 (approx)”: it is no number.';
    const record = recordOf({ finding: { ...findingAt(), says, saysMore: true } });
    expect(findingForLead(record, lookOf([record]), undefined).why).toBe(`${says} ${WORDING}`);
  });

  test('from before why it was raised was kept apart is said in the words that were kept', () => {
    const kept = { ...findingAt(), says: `A is above B. ${WORDING}`, saysMore: true, why: '' };
    const record = recordOf({ finding: kept });
    expect(findingForLead(record, lookOf([record]), undefined).why).toBe(kept.says);
  });

  test('says what was missing until it is answered, though its figures went away and came back', () => {
    const asked = [event('raised'), event('explained'), event('sent back', 'Which form?')];
    const noteOf = (status: FindingRecord['status'], ...history: FindingRecord['history']) => {
      const record = recordOf({ status, history });
      return findingForLead(record, lookOf([record]), undefined).note;
    };
    const note = 'Sent back by Colin Marsh, Mon 23 Nov, 09:00: “Which form?”';
    const back = [...asked, event('closed by correction'), event('found again')];
    expect(noteOf('sent back', ...asked)).toBe(note);
    expect(noteOf('open', ...back)).toBe(note);
    expect(noteOf('explained', ...back, event('explained'))).toBe('');
    expect(noteOf('open', event('raised'), event('explained'), event('became an error'))).toBe('');
    expect(noteOf('accepted', ...asked, event('accepted'))).toBe('');
  });

  test('that was sent back says what is missing, and has the earlier cause and words in its boxes', () => {
    const finding = findingAt({ knownCauses: ['not collected', 'not collected this term'] });
    const record = recordOf({
      finding,
      status: 'sent back',
      explanation: { cause: 'not collected this term', words: 'The form came late.' },
      history: [event('raised'), event('explained'), event('sent back', 'Which form?')],
    });
    const shown = findingForLead(record, lookOf([record]), undefined);
    expect(shown).toMatchObject({
      note: 'Sent back by Colin Marsh, Mon 23 Nov, 09:00: “Which form?”',
      cause: 'not collected this term',
      words: 'The form came late.',
      said: '',
      hasHistory: true,
    });
    const typed = { cause: '', words: 'ok', refused: 'Please say why.' };
    expect(findingForLead(record, lookOf([record]), typed)).toMatchObject(typed);
  });

  test('that was explained has no boxes to fill', () => {
    const record = recordOf({
      status: 'explained',
      explanation: inOwnWords('they moved in together'),
      history: [event('raised'), event('explained')],
    });
    const typed = { cause: '', words: 'ok', refused: 'Please say why.' };
    expect(findingForLead(record, lookOf([record]), typed)).toMatchObject({
      canExplain: false,
      words: '',
      refused: '',
      said: 'Explained by Colin Marsh, Mon 23 Nov, 09:00: “they moved in together”',
    });
  });
});

describe('the picture', () => {
  const past = [5, 6, 7].map((value, i) =>
    filedReturn({ year: '2025-26', term: i + 4, answers: numbers({ a: value }) }),
  );
  const returns = [...past, filedReturn({ answers: numbers({ a: 412, b: 5 }) })];

  test('is the district’s own history, with the figure in doubt apart', () => {
    const finding = findingAt({ a: 412 });
    const { view } = cardOf(lookOf([recordOf({ finding })], { returns }));
    expect(view.findings[0]?.history).toEqual({
      question: 'Question a',
      terms: 'Terms, 2025-26 T4 to 2026-27 T1',
      chart: [
        {
          legend: 'Earlier terms',
          values: [
            { x: 'T4', y: 5 },
            { x: 'T5', y: 6 },
            { x: 'T6', y: 7 },
          ],
        },
        { legend: 'In doubt', values: [{ x: 'Now', y: 412 }] },
      ],
      line: '2025-26 T4 5 · T5 6 · T6 7 · now 412',
    });
  });

  test('is shown once where two findings doubt the same figure, and not where several are', () => {
    const one = recordOf({ finding: findingAt({ a: 412 }) });
    const again = recordOf({ finding: findingAt({ a: 412, id: 'another-rule' }) });
    const pictured = (...records: FindingRecord[]) =>
      cardOf(lookOf(records, { returns })).view.findings.filter((f) => f.history).length;
    expect(pictured(one, again)).toBe(1);
    expect(pictured(recordOf({ finding: { ...one.finding, measures: ['a', 'b'] } }))).toBe(0);
  });

  test('of a term without a figure is a gap in the line', () => {
    const gap = returns.map((r) => (r.term === 5 ? { ...r, answers: {} } : r));
    const earlier = filedReturn({ year: '2025-26', term: 3, answers: { a: number(4) } });
    const { view } = cardOf(
      lookOf([recordOf({ finding: findingAt({ a: 412 }) })], {
        returns: [...gap, earlier],
      }),
    );
    expect(view.findings[0]?.history?.line).toBe('2025-26 T3 4 · T4 5 · T5 – · T6 7 · now 412');
  });
});

describe('a card with more than fits', () => {
  const ids = Array.from({ length: 20 }, (_, i) => `childrenSupportedByArea${i}`);
  const measures = ids.map((id) =>
    measureOf(id, { question: `${id} in this district`, definition: 'x'.repeat(120) }),
  );
  const answers = numbers(Object.fromEntries(ids.map((id) => [id, 1234])));
  const operands = ids.map((id) => operandOf(id, 1234, 'tested', measures));
  const findings = Array.from({ length: 12 }, (_, i) =>
    recordOf({
      finding: { ...findingAt({ a: i }), operands, measures: ids, knownCauses: ['x'.repeat(80)] },
    }),
  );
  const look = lookOf(findings, { measures, returns: [filedReturn({ answers })] });
  const size = (card: unknown): number => Buffer.byteLength(JSON.stringify(card));

  test('stays under 28 KB, and says how many findings follow', () => {
    const { view, card } = cardOf(look);
    expect(size(card)).toBeLessThan(28 * 1024);
    expect(view.findings.length).toBeGreaterThan(1);
    expect(view.moreFindings).toContain(`and ${12 - view.findings.length} more`);
  });

  test('also while all questions are open', () => {
    const open = { form: 'KPI', district: 'Dover', ...T1 } as const;
    const { view, card } = cardOf(look, { open, opened: true });
    expect(size(card)).toBeLessThan(28 * 1024);
    expect(view.form?.sections.flatMap((section) => section.questions)).toHaveLength(20);
    expect(view.headline).toContain('12 figures to check');
  });
});

test('only the questions of one finding are asked, and its button is gone while they are', () => {
  const finding = findingAt();
  const code = findingCode(finding.id);
  const returns = [filedReturn({ answers: numbers({ a: 9, b: 5 }) })];
  const look = lookOf([recordOf({ finding })], { returns });
  const only = { finding: code, measures: ['a'] };
  const open = { form: 'KPI', district: 'Dover', ...T1, only } as const;
  const { view } = cardOf(look, { open, opened: true });
  expect(view.form?.sections.flatMap(({ questions }) => questions.map(({ id }) => id))).toEqual([
    'a',
  ]);
  expect(view.form?.correcting).toEqual({
    id: code,
    only: 'a',
    words: 'A is above B. A cannot be above B.',
  });
  expect(view.findings).toMatchObject([{ id: code, canCorrect: false, canExplain: true }]);
});
