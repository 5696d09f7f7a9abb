import { describe, expect, test } from 'vitest';
import { alertView, districtView } from '../../../adapters/presenting/commissioner-cards.ts';
import { findingCardView } from '../../../adapters/presenting/finding-conversation.ts';
import {
  FINDINGS_A_PAGE,
  findingsView,
  type Listing,
} from '../../../adapters/presenting/findings-list.ts';
import { explain } from '../../../bot/findings/answering.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import type { Look } from '../../../bot/look.ts';
import { findingCode, findingNamed, seenCode } from '../../../cards/actions.ts';
import type { FindingsView } from '../../../cards/views.ts';
import { commissioner, findingAt, heldOf, recordOf, ruleOf, T1 } from '../../bot/made.ts';
import { london, lookedAt, priya } from '../../bot/story/looks.ts';

const NINE = london('2026-11-23T09:00');
const DISTRICTS = ['Dover', 'Swale', 'Thanet'];
const LOCKED = { year: '2025-26', term: 6 };

const about = (district: string, a: number, over: Partial<FindingRecord> = {}): FindingRecord =>
  recordOf({
    finding: findingAt({ on: { district }, a }),
    history: [{ at: NINE, by: 'the bot', what: 'raised' }],
    ...over,
  });

/** A look at which these findings stand as they are: the list of their returns cannot be read. */
function lookWith(
  records: readonly FindingRecord[],
  held: Parameters<typeof heldOf>[0] = {},
): Look {
  const notChecked = [
    { list: 'STLS KPI Returns', reason: 'SharePoint said 503.', forms: ['KPI'] as const },
  ];
  return lookedAt(
    '2026-11-23T09:00',
    { findings: new Map(records.map((r) => [r.finding.id, r])) },
    {
      districts: DISTRICTS.map((name) => ({ name, otherNames: [], figures: [] })),
      notChecked,
      ...held,
    },
  );
}

const view = (look: Look, over: Partial<Listing> = {}): FindingsView =>
  findingsView(look, { district: '', terms: 'open', page: 0, ...over });

const idsOn = ({ groups }: FindingsView): string[] =>
  groups.flatMap(({ rules }) => rules.flatMap(({ findings }) => findings.map(({ id }) => id)));
const titlesOn = ({ turns }: FindingsView): string[] => turns.map(({ title }) => title);

const many = DISTRICTS.flatMap((district) =>
  (district === 'Thanet' ? [6, 7, 8, 9, 10] : [6, 7, 8, 9, 10, 11]).map((a) => about(district, a)),
);

describe('the list of findings', () => {
  test('shows every finding once over its pages, a screenful each, and turns them', () => {
    const look = lookWith(many);
    const pages = [0, 1, 2].map((page) => view(look, { page }));
    expect(pages.map((page) => idsOn(page).length)).toEqual([FINDINGS_A_PAGE, FINDINGS_A_PAGE, 5]);
    expect(pages.flatMap(idsOn).sort()).toEqual(many.map((r) => findingCode(r.finding.id)).sort());
    expect(pages.map(titlesOn)).toEqual([['Next'], ['Back', 'Next'], ['Back']]);
    expect(pages[1]?.headline).toBe('17 findings');
    expect(pages[1]?.shown).toBe('Every district · terms that may still change · page 2 of 3');
  });

  test('says of many figures what they came to, where there is no room for each', () => {
    const says = `${'“Communication and Interaction, schools” is 9, '.repeat(6)}and so on.`;
    const finding = { ...findingAt(), says, compared: '38 should equal 41' };
    const [group] = view(lookWith([about('Dover', 9, { finding })])).groups;
    expect(group?.rules[0]?.findings[0]?.figures).toBe('38 should equal 41.');
  });

  test('says the wording of a rule once, and of each finding what was found, since when, where it stands', () => {
    const finding = {
      ...findingAt(),
      says: '“Question a” is 9.',
      compared: '9 should be at most 5',
    };
    const [group] = view(lookWith([about('Dover', 9, { finding })])).groups;
    expect(group?.rules).toEqual([
      {
        label: 'Please check',
        isError: false,
        wording: 'A cannot be above B.',
        findings: [
          {
            id: findingCode(finding.id),
            about: 'KPI return, Term 1, 2026-27',
            age: 'Raised 4 days ago',
            figures: '“Question a” is 9. 9 should be at most 5.',
            status: 'Open',
            action: 'History',
            seen: seenCode(about('Dover', 9, { finding })),
            canAccept: true,
          },
        ],
      },
    ]);
  });

  test('begins with what there is to decide, with the words of the lead', () => {
    const explained = explain(about('Thanet', 9), 'two schools opened', priya, NINE);
    if (!explained.ok) throw new Error(explained.reason);
    const shown = view(lookWith([about('Dover', 9), explained.record]));
    expect(shown.headline).toBe('2 findings, 1 for you to decide');
    expect(shown.groups.map(({ district }) => district)).toEqual(['Thanet', 'Dover']);
    expect(shown.groups[0]?.rules[0]?.findings[0]).toMatchObject({
      action: 'Decide',
      status: 'For you to decide. Priya Raman, Mon 23 Nov, 09:00: “two schools opened”',
    });
  });

  test('goes to one district and back to all', () => {
    const look = lookWith(many);
    const [only] = view(look).groups[0]?.only ?? [];
    expect(only).toMatchObject({ title: 'Only Dover', district: 'Dover', page: 0 });
    const dover = view(look, { district: 'Dover' });
    expect(idsOn(dover)).toHaveLength(6);
    expect(titlesOn(dover)).toEqual(['Every district']);
    expect(dover.groups.flatMap((group) => group.only)).toEqual([]);
  });

  test('keeps terms that are locked apart, and leads to them', () => {
    const old = recordOf({ finding: findingAt({ on: { ...LOCKED, district: 'Dover' } }) });
    const look = lookWith([about('Dover', 9), old]);
    expect(idsOn(view(look))).not.toContain(findingCode(old.finding.id));
    expect(titlesOn(view(look))).toEqual(['Locked terms (1)']);
    const locked = view(look, { terms: 'locked' });
    expect(idsOn(locked)).toEqual([findingCode(old.finding.id)]);
    expect(titlesOn(locked)).toEqual(['Open terms (1)']);
  });

  test('leaves out what is settled, and shows what names no term', () => {
    const nowhere = recordOf({ finding: findingAt({ on: { ...T1, term: 0, district: 'Dover' } }) });
    const settled = [
      about('Swale', 9, { status: 'accepted' }),
      about('Swale', 8, { status: 'closed' }),
    ];
    expect(idsOn(view(lookWith([...settled, nowhere])))).toEqual([findingCode(nowhere.finding.id)]);
  });

  test('with nothing on it says whether everything could be checked', () => {
    expect(view(lookWith([])).empty).toBe(
      'Nothing is known to be open, but not everything could be checked.',
    );
    expect(view(lookWith([])).notChecked).toEqual([
      'STLS KPI Returns: could not check. SharePoint said 503.',
    ]);
    expect(view(lookWith([], { notChecked: [] })).empty).toMatch(/^Nothing is open here/);
    expect(view(lookWith(many)).empty).toBe('');
  });

  test('says why in the words of its time where the rule is gone, and names it where none are kept', () => {
    const wordingOf = (record: FindingRecord) => {
      const look = lookWith([record], { rules: [ruleOf({ id: 'another' })] });
      return view(look).groups[0]?.rules[0]?.wording;
    };
    expect(wordingOf(about('Dover', 9))).toBe('A cannot be above B.');
    const wordless = { ...findingAt({ on: { district: 'Dover' } }), why: '' };
    expect(wordingOf(about('Dover', 9, { finding: wordless }))).toBe('a-within-b');
  });

  test('says of each finding why, where its rule was worded otherwise', () => {
    const before = { ...findingAt({ a: 7 }), why: 'B is the smaller one.' };
    const old = about('Dover', 7, { finding: before, raisedAt: new Date('2026-11-01T09:00:00Z') });
    const [rule] = view(lookWith([old, about('Dover', 9)])).groups[0]?.rules ?? [];
    expect(rule?.wording).toBe('A cannot be above B.');
    expect(rule?.findings.map(({ figures }) => figures)).toEqual([
      'A is above B.',
      'A is above B. B is the smaller one.',
    ]);
  });
});

describe('another card', () => {
  test('shows five at the most, and leads to all of them', () => {
    const look = lookWith(many);
    const alert = alertView(look, false);
    const shown = alert.findings.flatMap(({ rules }) => rules.flatMap((rule) => rule.findings));
    expect(shown).toHaveLength(5);
    expect(alert.all.map(({ title }) => title)).toEqual(['All 17 findings']);
    const district = districtView('Swale', look, commissioner);
    expect(district.findings.flatMap((rule) => rule.findings)).toHaveLength(5);
    expect(district.all).toMatchObject([{ title: 'All 6 findings of Swale', district: 'Swale' }]);
  });

  test('leads nowhere where it shows all, and a lead is told how many more there are', () => {
    expect(alertView(lookWith(many.slice(0, 5)), false).all).toEqual([]);
    const own = districtView('Dover', lookWith(many), priya);
    expect(own).toMatchObject({ all: [], more: 'and 1 more' });
    const decided = own.findings.flatMap((rule) => rule.findings);
    expect(decided.some(({ canAccept }) => canAccept)).toBe(false);
  });
});

describe('the card of a finding', () => {
  const said = Array.from({ length: 30 }, (_, i) => ({
    at: NINE,
    by: 'Priya Raman',
    what: 'explained' as const,
    text: `for the ${i + 1}. time`,
  }));

  test('holds its values, why it was raised, and who said what', () => {
    const record = about('Dover', 9, { status: 'explained' });
    const look = lookWith([record]);
    expect(findingCardView(record, look, commissioner)).toMatchObject({
      status: 'For you to decide',
      tested: [{ label: 'Question a', shown: '9' }],
      comparedWith: [{ label: 'Question b', shown: '5' }],
      conversation: [{ who: 'The bot, Mon 23 Nov, 09:00' }],
      canAccept: true,
      canSendBack: true,
      canReopen: false,
    });
  });

  test('lets a lead read, and decide nothing', () => {
    const record = about('Dover', 9, { status: 'explained' });
    expect(findingCardView(record, lookWith([record]), priya)).toMatchObject({
      status: 'Explained, to be decided',
      canAccept: false,
      canSendBack: false,
      canReopen: false,
    });
  });

  test('takes back an acceptance', () => {
    const record = about('Dover', 9, { status: 'accepted' });
    expect(findingCardView(record, lookWith([record]), commissioner)).toMatchObject({
      label: 'Accepted',
      tone: 'good',
      status: '',
      canAccept: false,
      canReopen: true,
    });
  });

  test('of which much was said shows the latest, and how much came before', () => {
    const record = about('Dover', 9, { history: said });
    const card = findingCardView(record, lookWith([record]), commissioner);
    expect(card.conversation.at(-1)?.text).toContain('for the 30. time');
    expect(card.conversation[0]?.text).toContain('for the 17. time');
    expect(card.earlier).toBe('17 earlier lines not shown here');
  });
});

describe('a finding that a button names', () => {
  const held = new Map(many.map((record) => [record.finding.id, record]));

  test('is found by its code, which is short, and by its id', () => {
    for (const record of many) {
      const { id } = record.finding;
      expect(findingCode(id)).toHaveLength(22);
      expect(findingNamed(held, findingCode(id))).toBe(record);
      expect(findingNamed(held, id)).toBe(record);
    }
  });

  test.each(['', 'none', '__proto__', 'x'.repeat(22)])('is not found by “%s”', (code) => {
    expect(findingNamed(held, code)).toBeUndefined();
  });
});
