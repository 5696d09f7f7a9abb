import { describe, expect, test } from 'vitest';
import { assess, type Held, type Remembered } from '../../bot/assess.ts';
import { openTerms, termBeingGathered } from '../../bot/calendar/open-terms.ts';
import { DEFAULT_POLICY } from '../../bot/chase/policy.ts';
import { decideChases } from '../../bot/chase/decide.ts';
import type { ApprovalEvent } from '../../bot/returns/approval.ts';
import { returnId, type Return } from '../../bot/returns/return.ts';
import { demoHeld } from './demo-held.ts';
import {
  approvedAs,
  blank,
  calendar,
  filedReturn,
  heldOf,
  manager,
  nothingRemembered,
  number,
  numbers,
  personOf,
  recordOf,
  ruleOf,
  situationOf,
  T1,
  unreadable,
} from './made.ts';

const monday = new Date('2026-11-23T09:00:00Z');
const KPI = 'KPI|Dover|2026-27|1';

const look = (held: Partial<Held>, remembered: Partial<Remembered> = {}, at = monday) =>
  assess(heldOf(held), { ...nothingRemembered, ...remembered }, at);

const statusIn = (assessment: ReturnType<typeof assess>, id = KPI) =>
  assessment.statuses.find((status) => returnId(status) === id);

const good = numbers({ a: 1, b: 5 });
const bad = numbers({ a: 9, b: 5 });

describe('what is expected', () => {
  test('both returns of every district, from five working days before they are due', () => {
    const states = (day: string) =>
      look({}, {}, new Date(`${day}T09:00:00Z`)).statuses.map((s) => [s.form, s.term, s.state]);
    expect(states('2026-11-10')).toEqual([]);
    expect(states('2026-11-11')).toEqual([
      ['KPI', 1, 'missing'],
      ['LAR', 1, 'missing'],
    ]);
    expect(states('2026-12-11')).toHaveLength(2);
    expect(states('2026-12-12'), 'what never came stays missing after the lock').toHaveLength(2);
    expect(
      states('2027-01-14').map(([, term]) => term),
      'until the next term',
    ).toEqual([2, 2]);
  });

  test('returns are expected from the first chase on, where the settings have it earlier', () => {
    const policy = { ...DEFAULT_POLICY, returnStages: [-8, 1] };
    const expected = (at: string) =>
      look({ policy }, {}, new Date(at)).statuses.map(({ form }) => form);
    expect(expected('2026-11-05T09:00:00Z')).toEqual([]);
    expect(expected('2026-11-06T09:00:00Z')).toEqual(['KPI', 'LAR']);
  });

  test('a term is open from then to the end of its last day', () => {
    const open = (at: string) =>
      openTerms(calendar, new Date(at), DEFAULT_POLICY.returnStages).map(({ term }) => term);
    expect(open('2026-12-11T23:59:59Z')).toEqual([1]);
    expect(open('2026-12-12T00:00:00Z')).toEqual([]);
  });

  test('the returns being gathered are those of the term that last ended', () => {
    const gathered = (at: string) =>
      termBeingGathered(calendar, new Date(at), DEFAULT_POLICY.returnStages);
    expect(gathered('2026-10-21T12:00:00Z')).toMatchObject({
      term: 6,
    });
    expect(gathered('2026-10-22T12:00:00Z')).toMatchObject(T1);
    expect(termBeingGathered({ terms: [], bankHolidays: new Set() }, monday, [])).toBeUndefined();
  });

  test('a return that is held is known, though its term is long locked', () => {
    const old = filedReturn({ year: '2025-26', term: 2, answers: good });
    expect(statusIn(look({ returns: [old] }), 'KPI|Dover|2025-26|2')?.state).toBe('filed');
  });
});

describe('a list that cannot be read', () => {
  const unread = {
    notChecked: [{ list: 'STLS KPI Returns', reason: 'Graph said 503', forms: ['KPI' as const] }],
  };

  test('never makes a return missing, and the other form is still looked at', () => {
    expect(look(unread).statuses.map(({ form }) => form)).toEqual(['LAR']);
  });

  test('gets nobody chased for what is in it', () => {
    const { statuses } = look(unread);
    const { messages } = decideChases(situationOf(monday.toISOString(), { statuses }));
    expect(messages.flatMap(({ returns }) => returns.map(({ form }) => form))).toEqual(['LAR']);
  });

  test('closes no finding that stands in it', () => {
    const open = recordOf();
    const findings = new Map([[open.finding.id, open]]);
    expect(look(unread, { findings }).changed).toEqual([]);
    expect(look({}, { findings }).changed.map(({ status }) => status)).toEqual(['closed']);
  });
});

describe('where a return stands', () => {
  test.each([
    ['good figures', good, 'filed'],
    ['a figure that looks wrong', bad, 'filed with open queries'],
    ['a blank', { a: number(1), b: blank }, 'part filed'],
  ] as const)('with %s', (_, answers, state) => {
    expect(statusIn(look({ returns: [filedReturn({ answers })] }))?.state).toBe(state);
  });

  test('an error keeps it from being filed until it is corrected', () => {
    const rules = [ruleOf({ severity: 'error' })];
    expect(statusIn(look({ rules, returns: [filedReturn({ answers: bad })] }))?.state).toBe(
      'part filed',
    );
  });

  test('an explained or accepted query lets it be filed', () => {
    const returns = [filedReturn({ answers: bad })];
    const [raised] = look({ returns }).changed;
    if (!raised) throw new Error('nothing was raised');
    for (const status of ['explained', 'accepted'] as const) {
      const findings = new Map([[raised.finding.id, { ...raised, status }]]);
      expect(statusIn(look({ returns }, { findings }))?.state).toBe('filed');
    }
  });

  test('an approval holds for the version it was given for', () => {
    const returns = [filedReturn({ answers: good, etag: '"2"' })];
    expect(statusIn(look({ returns }, approved('"2"', returns)))?.state).toBe('approved');
    expect(statusIn(look({ returns }, approved('"1"', returns)))?.state).toBe('amended');
  });

  test('an approval that was taken back holds no more, and was not voided', () => {
    const returns = [filedReturn({ answers: good, etag: '"2"' })];
    const { approvals } = approved('"1"', returns);
    const undone = { at: monday, by: 'yusuf', name: 'Yusuf Demir', what: 'undone' as const };
    const taken = new Map<string, ApprovalEvent[]>([
      [KPI, [...(approvals.get(KPI) ?? []), undone]],
    ]);
    const seen = look({ returns }, { approvals: taken });
    expect(statusIn(seen)?.state).toBe('filed');
    expect(seen.voided).toEqual([]);
  });

  test('what voided an approval is known: an edit, or that the item is gone', () => {
    const returns = [filedReturn({ answers: good, etag: '"2"' })];
    const [edited] = look({ returns }, approved('"1"', returns)).voided;
    expect(edited).toMatchObject({
      key: { form: 'KPI', district: 'Dover' },
      changes: { answers: [] },
    });
    const [gone] = look({ returns: [] }, approved('"2"', returns)).voided;
    expect(gone).toMatchObject({ key: { district: 'Dover' }, changes: undefined });
  });

  test('where the list cannot be read, no approval is called void', () => {
    const notChecked = [
      { list: 'STLS KPI Returns', reason: 'it is gone', forms: ['KPI' as const] },
    ];
    const seen = look({ returns: [], notChecked }, approved('"1"', [filedReturn()]));
    expect(seen.voided).toEqual([]);
  });
});

/** Approved in this version, with the answers that stand now. */
function approved(etag: string, [filed]: readonly Return[]) {
  if (!filed) throw new Error('There is nothing to approve.');
  return { approvals: new Map([[KPI, [approvedAs(filed, { etag })]]]) };
}

describe('first filed', () => {
  const made = new Date('2026-11-17T10:00:00Z');
  const changed = new Date('2026-11-20T10:00:00Z');
  const late = filedReturn({ answers: good, createdAt: made, modifiedAt: changed });

  test('is when its item was made, where it is complete when first seen', () => {
    const seen = look({ returns: [late] });
    expect(statusIn(seen)).toMatchObject({ firstFiled: made, timely: true });
    expect(seen.newFilings.get(KPI)).toEqual(made);
  });

  test('is its last change, where it was seen part filed before', () => {
    const seen = look({ returns: [late] }, { filings: new Map([[KPI, 'part filed' as const]]) });
    expect(statusIn(seen)).toMatchObject({ firstFiled: changed, timely: false });
  });

  test('is frozen: amending makes it neither late nor timely', () => {
    const remembered = { filings: new Map([[KPI, made]]) };
    const seen = look({ returns: [{ ...late, createdAt: changed }] }, remembered);
    expect(statusIn(seen)).toMatchObject({ firstFiled: made, timely: true });
    expect(seen.newFilings.size).toBe(0);
  });

  test('is not lost when a later edit leaves a blank', () => {
    const blanked = { ...late, answers: { a: number(1), b: blank } };
    const seen = look({ returns: [blanked] }, { filings: new Map([[KPI, made]]) });
    expect(statusIn(seen)).toMatchObject({ state: 'part filed', firstFiled: made, timely: true });
  });

  test('a part-filed return has none yet, and that it was seen is remembered once', () => {
    const part = { ...late, answers: {} };
    const seen = look({ returns: [part] });
    expect(statusIn(seen)?.firstFiled).toBeUndefined();
    expect([...seen.newFilings]).toEqual([[KPI, 'part filed']]);
    expect(look({ returns: [part] }, { filings: seen.newFilings }).newFilings.size).toBe(0);
  });
});

describe('a finding whose rule could not run again', () => {
  const open = recordOf();
  const findings = new Map([[open.finding.id, open]]);

  test('stands where a figure became unreadable', () => {
    const returns = [filedReturn({ answers: { a: number(9), b: unreadable } })];
    expect(look({ returns }, { findings }).changed).toEqual([]);
  });

  test('stands where the rule does not read any more, and the problem is said', () => {
    const rules = [ruleOf({ right: 'bb' })];
    const seen = look({ rules, returns: [filedReturn({ answers: good })] }, { findings });
    expect(seen.changed).toEqual([]);
    expect(seen.problems).toEqual([
      'Rule a-within-b is left out: right side, at character 1: “bb” is no measure or figure.',
    ]);
  });

  test('is closed when the figures pass', () => {
    const seen = look({ returns: [filedReturn({ answers: good })] }, { findings });
    expect(seen.changed.map(({ status }) => status)).toEqual(['closed']);
  });
});

test('looking again at what was just remembered changes nothing', () => {
  const held = demoHeld();
  const first = assess(held, nothingRemembered, monday);
  const second = assess(
    held,
    { ...nothingRemembered, findings: first.register, filings: first.newFilings },
    new Date('2026-11-23T12:00:00Z'),
  );
  expect(second.changed).toEqual([]);
  expect(second.newFilings.size).toBe(0);
  expect(second.statuses.map(({ state }) => state)).toEqual(
    first.statuses.map(({ state }) => state),
  );
});

test('the demo opens with four returns missing and two of Gravesham’s late', () => {
  const { statuses, problems } = assess(demoHeld(), nothingRemembered, monday);
  const current = statuses.filter((s) => s.year === T1.year);
  const missing = current.filter(({ state }) => state === 'missing').map(returnId);
  expect(missing).toEqual([
    'KPI|Dover|2026-27|1',
    'KPI|Swale|2026-27|1',
    'LAR|Swale|2026-27|1',
    'LAR|Thanet|2026-27|1',
  ]);
  expect(current.filter(({ timely }) => timely === false).map(returnId)).toEqual([
    'KPI|Gravesham|2026-27|1',
    'LAR|Gravesham|2026-27|1',
  ]);
  expect(problems).toEqual([]);
});

describe('what commissioners have to mend in their lists', () => {
  test('a manager who cannot be written to, or is not listed', () => {
    const lead = personOf({ managerEmail: 'greta@stls.example; gone@stls.example' });
    expect(look({ people: [lead, { ...manager, id: '' }] }).problems).toEqual([
      'Greta Holloway, the manager of Priya Raman, has no Entra object id in the people list and cannot be written to.',
      'The manager of Priya Raman, gone@stls.example, is not in the people list.',
    ]);
  });

  test('a district without a lead is named, for nobody would be chased', () => {
    expect(look({ people: [] }).problems).toContain(
      'Dover has no lead in the people list, so nobody is chased for it.',
    );
  });

  test('the end of the terms list is said, for no day after it is a working day', () => {
    const { problems } = look({}, {}, new Date('2028-01-10T09:00:00Z'));
    expect(problems.some((problem) => problem.startsWith('The terms list ends on'))).toBe(true);
    expect(look({}).problems.filter((problem) => problem.includes('list ends'))).toEqual([]);
  });
});
