import { describe, expect, test } from 'vitest';
import {
  approvalsView,
  changedFrom,
  MOST_EXPLANATIONS,
  MOST_SINGLES,
  versionOf,
  voidedNews,
} from '../../../adapters/presenting/approvals.ts';
import { alertView, districtView } from '../../../adapters/presenting/commissioner-cards.ts';
import { approvableIn } from '../../../bot/approvable.ts';
import type { Held } from '../../../bot/assess.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import { voidingId, type ApprovalEvent } from '../../../bot/returns/approval.ts';
import { returnId, type Return, type ReturnKey } from '../../../bot/returns/return.ts';
import { codeOf } from '../../../cards/actions.ts';
import { renderCard } from '../../../cards/render.ts';
import {
  approvedAs,
  commissioner,
  deliveryOf,
  filedReturn,
  findingAt,
  inOwnWords,
  measureOf,
  number,
  numbers,
  recordOf,
  T1,
} from '../../bot/made.ts';
import { lookedAt, priya, type Remembered } from '../../bot/story/looks.ts';

const NAMES = ['Ashford', 'Dover', 'Swale'];
const districtsOf = (names: readonly string[]) =>
  names.map((name) => ({ name, otherNames: [], figures: [] }));
const measures = [measureOf('a', { question: 'School caseload' })];
const keyOf = (district: string, form: 'KPI' | 'LAR' = 'KPI'): ReturnKey => ({
  form,
  district,
  ...T1,
});
const filed = (district: string, over: Partial<Return> = {}): Return =>
  filedReturn({ district, answers: numbers({ a: 1 }), ...over });

function seen(returns: readonly Return[], remembered: Remembered = {}, held: Partial<Held> = {}) {
  const own = { measures, rules: [], districts: districtsOf(NAMES), returns };
  return lookedAt('2026-11-23T12:00', remembered, { ...own, ...held });
}

/** Explained queries of a return, each of a rule of its own; they stand while their rule is unusable. */
function explainedOn(district: string, rules: readonly string[]): FindingRecord[] {
  return rules.map((id) =>
    recordOf({
      finding: findingAt({ id, on: { district } }),
      status: 'explained',
      explanation: inOwnWords(`because of ${id}`),
      history: [
        {
          at: new Date('2026-11-23T09:20:00Z'),
          by: 'Oskar Venn',
          what: 'explained',
          text: `because of ${id}`,
        },
      ],
    }),
  );
}
const registerOf = (records: readonly FindingRecord[]) => ({
  remembered: { findings: new Map(records.map((one) => [one.finding.id, one])) },
  held: { unusableRules: records.map(({ finding }) => finding.rule) },
});

const approvalsOf = (key: ReturnKey, ...made: ApprovalEvent[]) => ({
  approvals: new Map([[returnId(key), made]]),
});

describe('what can be approved', () => {
  test('the clean ones together, by form and district, with one button for just those', () => {
    const view = approvalsView(seen([filed('Dover'), filed('Ashford')]), undefined);
    expect(view.headline).toBe('Term 1, 2026-27: 2 returns of 6 can be approved together');
    expect(view.clean).toEqual([{ form: 'KPI return (2)', districts: 'Ashford, Dover' }]);
    expect(view.together).toMatchObject({
      button: 'Approve these 2',
      returns: codeOf([keyOf('Ashford'), keyOf('Dover')]),
    });
    expect(view.together?.shown.split(',')).toHaveLength(2);
  });

  test('what is not clean is named with the reason, each district in a line', () => {
    const open = recordOf({ finding: findingAt({ on: { district: 'Dover' } }) });
    const { remembered, held } = registerOf([open]);
    const parts = [filed('Dover'), filed('Swale', { answers: {} })];
    const saving = [
      {
        key: keyOf('Ashford'),
        person: priya.id,
        receivedAt: new Date('2026-11-23T09:00:00Z'),
        why: '',
      },
    ];
    const view = approvalsView(seen(parts, { ...remembered, saving }, held), undefined);
    expect(view.notYet).toEqual([
      {
        district: 'Ashford',
        text: 'KPI return: received, and being saved; Local Activity Report: missing',
      },
      { district: 'Dover', text: 'KPI return: 1 query to answer; Local Activity Report: missing' },
      {
        district: 'Swale',
        text: 'KPI return: part filed (1 question blank); Local Activity Report: missing',
      },
    ]);
    expect(view).not.toHaveProperty('together');
  });

  test('of a list that cannot be read, nothing', () => {
    const notChecked = [{ list: 'STLS KPI Returns', reason: 'gone', forms: ['KPI' as const] }];
    const view = approvalsView(seen([filed('Dover')], {}, { notChecked }), undefined);
    expect(view.clean).toEqual([]);
    expect(view.notYet[0]?.text).toContain('KPI return: its list could not be read');
  });

  test('one with an explanation to decide stands alone, with the explanation beside its button', () => {
    const { remembered, held } = registerOf(explainedOn('Dover', ['late-start']));
    const view = approvalsView(seen([filed('Dover')], remembered, held), undefined);
    expect(view.clean).toEqual([]);
    expect(view.singles).toMatchObject([
      {
        title: 'Dover, KPI return',
        lines: [
          'A is above B. A cannot be above B. Explained: “because of late-start” (Oskar Venn, 09:20)',
        ],
        button: 'Approve, accepting this explanation',
      },
    ]);
  });

  test('nothing is accepted by a press that does not stand beside its button', () => {
    const rules = Array.from({ length: MOST_EXPLANATIONS + 1 }, (_, n) => `rule-${n}`);
    const { remembered, held } = registerOf(explainedOn('Dover', rules));
    const look = seen([filed('Dover')], remembered, held);
    const view = approvalsView(look, undefined);
    expect(view.singles).toEqual([]);
    expect(view.notYet.find(({ district }) => district === 'Dover')?.text).toContain(
      'KPI return: 5 explanations to decide',
    );
    const [row] = districtView('Dover', look, commissioner).returns;
    expect(row).not.toHaveProperty('approve');
  });

  test('what was changed after it was approved is offered again alone, with what changed', () => {
    const before = filed('Dover', { answers: numbers({ a: 189 }) });
    const after = {
      ...before,
      etag: '"2"',
      answers: numbers({ a: 212 }),
      modifiedAt: new Date('2026-11-23T10:14:00Z'),
    };
    const look = seen([after], approvalsOf(keyOf('Dover'), approvedAs(before)));
    const lines = [
      'Changed Mon 23 Nov, 10:14, after Colin Marsh approved it (Fri 20 Nov, 10:00)',
      'School caseload: 189 → 212',
    ];
    expect(approvalsView(look, undefined)).toMatchObject({
      clean: [],
      singles: [{ lines, button: 'Approve again' }],
    });
    expect(districtView('Dover', look, commissioner).returns[0]).toMatchObject({
      state: 'Amended after approval',
      approval: lines,
      approve: { on: 'district', button: 'Approve again' },
      canUndoApproval: false,
    });
    const forLead = districtView('Dover', look, priya).returns[0];
    expect(forLead).toMatchObject({ approval: lines, canUndoApproval: false });
    expect(forLead).not.toHaveProperty('approve');
  });

  test('what is approved is only listed, and can be taken back on its district’s card', () => {
    const one = filed('Dover');
    const look = seen([one], approvalsOf(keyOf('Dover'), approvedAs(one)));
    expect(approvalsView(look, undefined).approved).toEqual([
      { form: 'KPI return (1)', districts: 'Dover' },
    ]);
    expect(districtView('Dover', look, commissioner).returns[0]).toMatchObject({
      state: 'Approved',
      approval: ['Approved by Colin Marsh, Fri 20 Nov, 10:00'],
      canUndoApproval: true,
    });
  });

  test('of the two terms before, though they are locked, where they are chosen', () => {
    const old = { year: '2025-26', term: 5 };
    const look = seen([filed('Dover', old)]);
    expect(approvalsView(look, undefined).terms).toEqual([
      { title: 'Term 6, 2025-26', of: '2025-26|6' },
      { title: 'Term 5, 2025-26', of: '2025-26|5' },
    ]);
    expect(approvalsView(look, old).clean).toEqual([
      { form: 'KPI return (1)', districts: 'Dover' },
    ]);
  });
});

test('what a card was made from tells an edit, and another explanation', () => {
  const explained = explainedOn('Dover', ['late-start']);
  const { remembered, held } = registerOf(explained);
  const can = approvableIn(seen([filed('Dover')], remembered, held), keyOf('Dover'));
  if (can.kind !== 'can') throw new Error(`It cannot be approved: ${can.kind}.`);
  const shown = versionOf(can);
  expect(changedFrom(shown, can)).toBeUndefined();
  expect(changedFrom(shown, { ...can, filed: { ...can.filed, etag: '"9"' } })).toBe('item');
  const other = can.explained.map((one) => ({ ...one, explanation: inOwnWords('another reason') }));
  expect(changedFrom(shown, { ...can, explained: other })).toBe('findings');
  expect(changedFrom(shown, { ...can, explained: [] })).toBe('findings');
  expect(changedFrom('', can)).toBe('item');
});

describe('a change after approval on the alert', () => {
  const before = filed('Dover');
  const after = { ...before, etag: '"2"', answers: { a: number(212) } };
  const approval = approvedAs(before);
  const about = voidingId({ key: keyOf('Dover'), approval });
  const toldOn = (day: string): Delivery =>
    deliveryOf(
      {
        id: `alert|${commissioner.id}|${day}`,
        kind: 'alert',
        person: commissioner,
        returns: [],
        findings: [],
        logs: [{ about, stage: 'change after approval', because: 'changed' }],
      },
      `${day}T09:00:00Z`,
      { status: 'sent', settledAt: new Date(`${day}T09:00:00Z`) },
    );
  const news = (deliveries: Delivery[]) =>
    voidedNews(
      seen([after], { ...approvalsOf(keyOf('Dover'), approval), deliveries }),
      commissioner.id,
    );

  test('stands there until the end of the day on which it is told', () => {
    expect(news([])).toHaveLength(1);
    expect(news([])[0]).toContain('Dover, KPI return, Term 1, 2026-27: changed Tue 10 Nov, 10:00');
    expect(news([toldOn('2026-11-23')]), 'the same day').toHaveLength(1);
    expect(news([toldOn('2026-11-20')]), 'a day before').toEqual([]);
  });

  test('is part of the alert’s own card', () => {
    const look = seen([after], approvalsOf(keyOf('Dover'), approval));
    const view = alertView(look, false, commissioner.id);
    expect(view.voided).toHaveLength(1);
    expect(view.headline).toContain(', and changes after approval');
  });
});

test('a card with all there can be in it is under 28 KB', () => {
  const names = Array.from({ length: 30 }, (_, n) => `A district with a rather long name ${n}`);
  const rules = Array.from({ length: MOST_EXPLANATIONS }, (_, n) => `rule-${n}`);
  const amended = names.slice(0, MOST_SINGLES + 2);
  const many = Array.from({ length: 20 }, (_, n) => `q${n}`);
  const long = many.map((id) =>
    measureOf(id, { question: `${id} ${'x'.repeat(300)}`, required: false }),
  );
  const returns = names.slice(0, 20).map((district) => filedReturn({ district, answers: {} }));
  const records = amended.flatMap((district) =>
    explainedOn(district, rules).map((one) => ({
      ...one,
      explanation: inOwnWords('y'.repeat(1000)),
    })),
  );
  const { remembered, held } = registerOf(records);
  const approvals = new Map(
    returns
      .filter(({ district }) => amended.includes(district))
      .map((one): [string, ApprovalEvent[]] => [
        returnId(one),
        [
          approvedAs({
            ...one,
            etag: '"0"',
            answers: numbers(Object.fromEntries(many.map((id) => [id, 1]))),
          }),
        ],
      ]),
  );
  const look = seen(
    returns,
    { ...remembered, approvals },
    {
      ...held,
      measures: long,
      districts: districtsOf(names),
    },
  );
  const view = approvalsView(look, undefined);
  expect(view.singles).toHaveLength(MOST_SINGLES);
  expect(view.more).toContain('and 22 more: A district');
  const card = renderCard('approvals', view);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
});
