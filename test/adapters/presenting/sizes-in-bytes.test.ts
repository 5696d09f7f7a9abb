import { describe, expect, test } from 'vitest';
import { approvalsView } from '../../../adapters/presenting/approvals.ts';
import { alertView, districtView } from '../../../adapters/presenting/commissioner-cards.ts';
import { findingCardView } from '../../../adapters/presenting/finding-conversation.ts';
import { causeMeant } from '../../../adapters/presenting/finding-view.ts';
import { findingsView } from '../../../adapters/presenting/findings-list.ts';
import { leadCard } from '../../../adapters/presenting/lead-card.ts';
import { shortened } from '../../../adapters/presenting/words.ts';
import type { Finding, Operand } from '../../../bot/findings/finding.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import { lookAt, type Look, type Reading } from '../../../bot/look.ts';
import { renderCard, type Card } from '../../../cards/render.ts';
import {
  commissioner,
  filedReturn,
  findingAt,
  heldOf,
  inOwnWords,
  measureOf,
  nothingRemembered,
  numbers,
  personOf,
  recordOf,
} from '../../bot/made.ts';
import { boxesOn, buttonsOn } from '../reading-cards.ts';

/** Older clients refuse a card above this. */
const LIMIT = 28 * 1024;
const at = new Date('2026-11-23T09:00:00Z');
const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };

/** Letters of the alphabet, of others, quotation marks, what JSON escapes, and what takes two units. */
const CHARACTERS = ['x', '漢', 'ع', '"', '\u0001', '😀'];

/** Nothing can be said of a rule that cannot be used, so the register stays as it is. */
function lookOf(findings: readonly FindingRecord[], over: Partial<Reading> = {}): Look {
  const unusableRules = findings.map(({ finding }) => finding.rule);
  const reading = { ...heldOf({ people: [personOf()], unusableRules, ...over }), directory };
  const register = new Map(findings.map((record) => [record.finding.id, record]));
  const remembered = { ...nothingRemembered, deliveries: [], arrangements: new Map(), saving: [] };
  return lookAt({ ...reading, rules: [] }, { ...remembered, findings: register }, at);
}

const sizeOf = (card: Card): number => Buffer.byteLength(JSON.stringify(card));

/** A finding in which everything is as long as cells of lists can be. */
function longFinding(one: string, over: Partial<Finding> = {}): Finding {
  const long = one.repeat(15_000);
  const operands = Array.from({ length: 50 }, (_, i): Operand => ({
    name: `m${i}`,
    label: long,
    value: i,
    shown: long,
    is: i < 30 ? 'tested' : 'compared with',
  }));
  const knownCauses = Array.from({ length: 60 }, (_, i) => `${i} ${one.repeat(200)}`);
  const words = { says: long, why: long, compared: long, saysMore: true };
  return { ...findingAt(), ...words, operands, knownCauses, ...over };
}

const said = (one: string): FindingRecord['history'] =>
  (['raised', 'explained', 'sent back', 'explained'] as const).map((what) => ({
    at,
    by: 'Priya Raman',
    what,
    text: one.repeat(1000),
  }));

/** As many findings of Dover, and of an item that names no known district, as the register may hold. */
const records = (one: string, status: FindingRecord['status'] = 'open'): FindingRecord[] =>
  Array.from({ length: 12 }, (_, i) => {
    const district = i % 3 === 0 ? `${i}${one.repeat(15_000)}` : 'Dover';
    const finding = longFinding(one, { id: `long|${i}`, district });
    const explanation = inOwnWords(one.repeat(1000));
    return recordOf({ finding, status, explanation, history: said(one) });
  });

const leadsCard = (look: Look, over: Partial<Parameters<typeof leadCard>[0]['card']> = {}) =>
  leadCard({ lead: personOf(), look, card: { opened: false, ...over }, draftOf: () => undefined });

describe.each(CHARACTERS)('where lists and people write at length in “%s”', (one) => {
  test('a finding, the lists of them, the alert and the approvals are under 28 KB', () => {
    for (const status of ['open', 'explained'] as const) {
      const look = lookOf(records(one, status), { returns: [filedReturn()] });
      const [first = recordOf()] = records(one, status);
      const listing = { district: '', terms: 'open', page: 0 } as const;
      const cards = {
        finding: renderCard('finding', findingCardView(first, look, commissioner)),
        findings: renderCard('findings', findingsView(look, listing)),
        alert: renderCard('alert', alertView(look, true)),
        district: renderCard('district', districtView('Dover', look, commissioner)),
        approvals: renderCard('approvals', approvalsView(look, undefined)),
      };
      for (const [name, card] of Object.entries(cards)) {
        expect(sizeOf(card), `${name}, ${status}`).toBeLessThan(LIMIT);
      }
    }
  });

  test('a lead’s finding can be answered: there is a box and a button, and every choice is a known cause', () => {
    const finding = longFinding(one);
    const words = one.repeat(1000);
    for (const record of [
      recordOf({ finding }),
      recordOf({
        finding,
        status: 'sent back',
        explanation: { cause: finding.knownCauses.at(-1) ?? '', words },
        history: said(one).slice(0, 3),
      }),
    ]) {
      const { card, view } = leadsCard(lookOf([record], { returns: [filedReturn()] }));
      expect(sizeOf(card)).toBeLessThan(LIMIT);
      const [shown] = view.findings;
      expect(Object.keys(boxesOn(card))).toContain(`words.${shown?.id}`);
      expect(buttonsOn(card).map(({ title }) => title)).toContain('Send explanation');
      const meant = shown?.causes.map((choice) => causeMeant(finding, choice)) ?? [];
      expect(meant.length).toBeGreaterThan(0);
      expect(finding.knownCauses).toEqual(expect.arrayContaining(meant));
      if (record.explanation) expect(shown?.causes).toContain(shown?.cause);
    }
  });

  test('a lead’s form of 20 questions is under 28 KB', () => {
    const measures = Array.from({ length: 20 }, (_, i) =>
      measureOf(`m${i}`, { question: one.repeat(250), definition: one.repeat(5000) }),
    );
    const look = lookOf([recordOf({ finding: longFinding(one) })], {
      measures,
      returns: [filedReturn({ answers: numbers({ m0: 1 }) })],
    });
    const open = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 } as const;
    const { card, view } = leadsCard(look, { open, opened: true });
    expect(view.form?.sections.flatMap(({ questions }) => questions)).toHaveLength(20);
    expect(sizeOf(card)).toBeLessThan(LIMIT);
  });

  test('a text is cut to so many bytes, between two characters', () => {
    const cut = shortened(one.repeat(500), 100);
    expect(Buffer.byteLength(JSON.stringify(cut)) - 2).toBeLessThanOrEqual(100);
    expect(cut).toMatch(/…$/u);
    expect(cut.isWellFormed()).toBe(true);
    expect(shortened(one, 100)).toBe(one);
  });
});
