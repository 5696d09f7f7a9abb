import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summaryView } from '../../../adapters/presenting/summary-card.ts';
import { conversationOf } from '../../../adapters/service/outbox.ts';
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import { deliveryOf } from '../../../bot/chase/delivery.ts';
import type { FindingRecord, FindingStatus } from '../../../bot/findings/register.ts';
import type { Look } from '../../../bot/look.ts';
import { decideSummary } from '../../../bot/summary/weekly.ts';
import { renderCard, type Card } from '../../../cards/render.ts';
import { CHANNEL } from '../../../adapters/storage/memory.ts';
import type { Person } from '../../../bot/access/people.ts';
import {
  commissioner,
  filedReturn,
  findingAt,
  inOwnWords,
  manager,
  measureOf,
  numbers,
  personOf,
  recordOf,
  T1,
} from '../../bot/made.ts';
import { london, lookedAt, priya } from '../../bot/story/looks.ts';
import { wordsOn } from '../reading-cards.ts';

const DISTRICTS = ['Dover', 'Swale', 'Thanet'];
const MEASURES = ['caseload', 'referrals', 'clinics'];
const NINE = london('2026-11-23T09:00');
const BEFORE = london('2026-11-20T10:00');

/** What a district gave: small figures, and what was found and said about them. */
type Given = {
  /** For each measure, what each district gave; undefined: nothing. */
  figures: (number | undefined)[][];
  findings: { district: string; status: FindingStatus; a: number; words: string }[];
  notes: string[];
  promised: boolean;
};

const STATUSES = ['open', 'explained', 'sent back', 'accepted'] as const;

/** Words as people write them about a handful of children. */
const telling = fc
  .tuple(fc.nat({ max: 4 }), fc.constantFrom('children moved away', 'pupils at one school'))
  .map(([few, what]) => `TELLING ${few} ${what}`);

/** Figures of one measure by district. */
const figuresBelow = (most: number) =>
  fc.array(fc.option(fc.nat({ max: most }), { nil: undefined }), { minLength: 3, maxLength: 3 });

const given = (figures: fc.Arbitrary<Given['figures']>): fc.Arbitrary<Given> =>
  fc.record({
    figures,
    findings: fc.array(
      fc.record({
        district: fc.constantFrom(...DISTRICTS),
        status: fc.constantFrom(...STATUSES),
        a: fc.nat({ max: 4 }),
        words: telling,
      }),
      { maxLength: 6 },
    ),
    notes: fc.array(telling, { minLength: 2, maxLength: 2 }),
    promised: fc.boolean(),
  });

const threeOf = (one: fc.Arbitrary<(number | undefined)[]>) =>
  fc.array(one, { minLength: MEASURES.length, maxLength: MEASURES.length });

function recordFrom(
  { district, status, a, words }: Given['findings'][number],
  i: number,
): FindingRecord {
  const made = findingAt({ id: `rule-${i}`, a, on: { district } });
  const finding = { ...made, says: `“Question a” is ${a}: ${words}.`, why: `${words}.` };
  return recordOf({
    finding,
    status,
    raisedAt: BEFORE,
    explanation: inOwnWords(words),
    history: [{ at: BEFORE, by: priya.name, what: 'explained', text: words }],
  });
}

const arranged = (one: Pick<Arrangement, 'what'> & object): Arrangement =>
  ({ at: BEFORE, by: commissioner.id, name: commissioner.name, ...one }) as Arrangement;

/** A Monday on which the KPI returns are in and the activity reports are not. */
function lookAfter({ figures, findings, notes, promised }: Given): Look {
  const records = findings.map(recordFrom);
  const returns = DISTRICTS.map((district, d) => {
    const answers = MEASURES.flatMap((id, m) => {
      const value = figures[m]?.[d];
      return value === undefined ? [] : [[id, value] as const];
    });
    return filedReturn({ district, answers: numbers(Object.fromEntries(answers)) });
  });
  const arrangements = new Map<string, Arrangement[]>([
    [`LAR|Dover|${T1.year}|1`, [arranged({ what: 'withdrawn', note: notes[0] } as Arrangement)]],
    ...(promised
      ? [
          [
            `LAR|Swale|${T1.year}|1`,
            [arranged({ what: 'promised', until: '2026-11-27' } as Arrangement)],
          ] as const,
        ]
      : []),
  ] as [string, Arrangement[]][]);
  return lookedAt(
    '2026-11-23T09:00',
    { findings: new Map(records.map((r) => [r.finding.id, r])), arrangements },
    {
      returns,
      rules: [],
      // Rules that cannot be run leave what they found before as it stands.
      unusableRules: records.map(({ finding }) => finding.rule),
      measures: MEASURES.map((id) => measureOf(id, { required: false })),
      districts: DISTRICTS.map((name) => ({ name, otherNames: [], figures: [] })),
    },
  );
}

function summaryOf(look: Look): Card {
  const view = summaryView(look);
  if (!view) throw new Error('Nothing is being gathered.');
  return renderCard('summary', view);
}

describe('the summary in the channel', () => {
  const small = threeOf(
    figuresBelow(4).filter((all) => all.reduce<number>((sum, one) => sum + (one ?? 0), 0) < 5),
  );

  /** The same with other figures where there are some, and in other words. */
  const twice = fc.tuple(given(small), given(small)).map(([one, other]): [Given, Given] => [
    one,
    {
      ...one,
      figures: one.figures.map((row, m) =>
        row.map((figure, d) => figure && (other.figures[m]?.[d] ?? 0)),
      ),
      findings: one.findings.map((finding, i) => ({
        ...finding,
        a: other.findings[i]?.a ?? 0,
        words: other.findings[i]?.words ?? 'TELLING other words',
      })),
      notes: other.notes,
    },
  ]);

  test('is the same card whatever the small figures are, and whatever was found and said', () => {
    fc.assert(
      fc.property(twice, ([one, other]) => {
        expect(summaryOf(lookAfter(other))).toEqual(summaryOf(lookAfter(one)));
      }),
      { numRuns: 30 },
    );
  });

  test('shows of any measure five or more, fewer than 5, or nothing', () => {
    fc.assert(
      fc.property(given(threeOf(figuresBelow(9))), (any) => {
        const view = summaryView(lookAfter(any));
        const lines = view?.figures.flatMap((form) => form.lines) ?? [];
        expect(lines.length).toBeGreaterThan(0);
        for (const { figure } of lines) {
          const [shown = ''] = figure.split(' (');
          expect(/^\d+$/.test(shown) ? Number(shown) >= 5 : /^(fewer than 5|–)$/.test(shown)).toBe(
            true,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  test('has no finding’s figures, no explanation and nobody’s own words, but how many findings', () => {
    fc.assert(
      fc.property(given(small), (any) => {
        const words = wordsOn(summaryOf(lookAfter(any)));
        expect(words).not.toContain('TELLING');
        expect(words).not.toContain('Question a');
        const open = any.findings.filter(({ status }) => status !== 'accepted').length;
        expect(words).toContain(`${open} still open`);
        if (any.promised) expect(words).toContain('by Fri 27 Nov');
      }),
      { numRuns: 30 },
    );
  });
});

describe('everything else', () => {
  const any: Given = {
    figures: MEASURES.map(() => [3, 2, undefined]),
    findings: DISTRICTS.map((district) => ({ district, status: 'open', a: 3, words: 'TELLING' })),
    notes: ['TELLING', 'TELLING'],
    promised: true,
  };
  const { reading, remembered } = lookAfter(any);
  const lead = personOf({ districts: ['Dover', 'Thanet'], managerEmail: manager.email });

  /** Every choice of who has an Entra object id in the people list. */
  const people = [lead, manager, commissioner].reduce<Person[][]>(
    (all, person) =>
      all.flatMap((some) => [
        [...some, person],
        [...some, { ...person, id: '' }],
      ]),
    [[]],
  );

  /** A Monday, a day after the due day, the days of the manager and of the commissioners. */
  const DAYS = ['2026-11-16', '2026-11-19', '2026-11-23', '2026-11-25', '2026-12-02'];

  test('goes to a person: only the summary is addressed to the channel', () => {
    const kinds = new Set<string>();
    for (const [day, of] of DAYS.flatMap((one) => people.map((some) => [one, some] as const))) {
      const { situation } = lookedAt(`${day}T09:00`, remembered, { ...reading, people: of });
      const { messages } = decideChases(situation);
      const all = [...messages, ...decideAlerts(situation, messages), ...decideSummary(situation)];
      for (const message of all) {
        kinds.add(message.kind);
        const isSummary = message.kind === 'summary';
        expect(message.person === undefined).toBe(isSummary);
        expect(message.person?.id).not.toBe('');
        expect(conversationOf(deliveryOf(message, NINE)) === CHANNEL).toBe(isSummary);
      }
    }
    expect([...kinds].sort()).toEqual(['alert', 'chase', 'manager', 'summary']);
  });
});
