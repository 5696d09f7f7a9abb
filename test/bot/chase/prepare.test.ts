import { describe, expect, test } from 'vitest';
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import type { MessageKind, Message } from '../../../bot/chase/message.ts';
import { prepare } from '../../../bot/chase/prepare.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import {
  arrangedFor,
  commissioner,
  deliveryOf,
  loggedOf,
  manager,
  pauseOf,
  personOf,
  recordOf,
  situationOf,
  statusOf,
} from '../made.ts';

const NINE = '2026-11-25T09:00:00Z';
const A_MINUTE_LATER = '2026-11-25T09:01:00Z';
const KPI = 'KPI|Dover|2026-27|1';
const lead = personOf({ managerEmail: manager.email });
const second = personOf({ id: 'second', name: 'Delphine Orr', email: 'delphine@stls.example' });
const people = [lead, manager, commissioner];
const both = [statusOf(), statusOf({ form: 'LAR' })];
const filed = both.map((status) => ({ ...status, state: 'filed' as const }));
const bySomebody = { at: new Date('2026-11-25T09:00:30Z'), by: lead.id, name: lead.name };

const situation = (over: Partial<Situation> = {}, at = A_MINUTE_LATER) =>
  situationOf(at, { people, statuses: both, ...over });

const decided = ((): readonly Message[] => {
  const now = situation({}, NINE);
  const { messages } = decideChases(now);
  return [...messages, ...decideAlerts(now, messages)];
})();

function waiting(kind: MessageKind, over: Partial<Delivery> = {}): Delivery {
  const message = decided.find((one) => one.kind === kind);
  if (!message) throw new Error(`no ${kind} was decided`);
  return deliveryOf(message, NINE, over);
}

const arranged = (...made: Arrangement[]): Partial<Situation> => ({
  arrangements: new Map([KPI, 'LAR|Dover|2026-27|1'].map((about) => [about, made])),
});

describe('a chase that waits', () => {
  test('goes out as it was decided when nothing happened meanwhile', () => {
    const row = waiting('chase');
    expect(prepare(row, situation())).toEqual({
      kind: 'send',
      delivery: { ...row, open: row.returns[0] },
    });
  });

  test.each<[string, Partial<Situation>, string]>([
    ['filed', { statuses: filed }, 'nothing is outstanding'],
    ['received', { saving: new Set([KPI, 'LAR|Dover|2026-27|1']) }, 'nothing is outstanding'],
    [
      'promised',
      arranged({ ...bySomebody, what: 'promised', until: '2026-11-27' }),
      'muted by promise',
    ],
    [
      'handed over',
      {
        people: [...people, second],
        ...arranged({ ...bySomebody, what: 'handed over', to: second.id, toName: second.name }),
      },
      'handed over',
    ],
    ['withdrawn', arranged({ ...bySomebody, what: 'withdrawn', note: 'vacant' }), 'withdrawn'],
    ['paused', { arrangements: pauseOf('Dover', '2026-11-30') }, 'paused'],
    [
      'of terms that contradict each other',
      { contradictions: ['they overlap'] },
      'the terms contradict each other',
    ],
    ['a lead’s who left', { people: [manager, commissioner] }, 'no lead any more'],
  ])('is withdrawn where all of it is %s by now', (_, over, because) => {
    const prepared = prepare(waiting('chase'), situation(over));
    expect(prepared).toMatchObject({ kind: 'withdraw' });
    expect(prepared.kind === 'withdraw' && prepared.because).toContain(because);
  });

  test('is withdrawn where the list can no longer be read: nothing is called missing', () => {
    const now = situation({ statuses: [], unread: new Set(['KPI', 'LAR'] as const) });
    expect(prepare(waiting('chase'), now).kind).toBe('withdraw');
  });

  test('speaks only of what is still outstanding', () => {
    const now = situation({ statuses: [statusOf({ state: 'filed' }), statusOf({ form: 'LAR' })] });
    expect(prepare(waiting('chase'), now)).toMatchObject({
      kind: 'send',
      delivery: {
        returns: [{ form: 'LAR' }],
        logs: [{ about: 'LAR|Dover|2026-27|1' }],
        open: { form: 'LAR' },
      },
    });
  });

  test('waits once the quiet hours have begun, and is never sent on another day', () => {
    const at = (iso: string) => prepare(waiting('chase'), situation({}, iso));
    expect(at('2026-11-25T17:00:00Z')).toEqual({ kind: 'wait', because: 'outside hours' });
    expect(at('2026-11-26T09:00:00Z')).toEqual({ kind: 'withdraw', because: 'its day is over' });
  });

  test('is withdrawn where the person was written to today already', () => {
    const log = loggedOf(
      decided.filter(({ kind }) => kind === 'chase'),
      NINE,
    );
    expect(prepare(waiting('chase'), situation({ log })).kind).toBe('withdraw');
  });

  test('that a commissioner asked for goes out though its stage was sent on an earlier day', () => {
    const log = loggedOf(
      decided.filter(({ kind }) => kind === 'chase'),
      NINE,
    );
    const nextDay = '2026-11-26T09:00:00Z';
    const late = { decidedAt: new Date(nextDay) };
    const now = situation({ log }, nextDay);
    expect(prepare(waiting('chase', late), now).kind, 'unasked').toBe('withdraw');
    expect(prepare(waiting('chase', { ...late, askedBy: commissioner.id }), now).kind).toBe('send');
    const paused = situation({ arrangements: pauseOf('Dover', '2026-11-30') });
    expect(prepare(waiting('chase', { askedBy: commissioner.id }), paused).kind).toBe('withdraw');
  });
});

describe('a chase that a commissioner asked for', () => {
  const asked = waiting('chase', { askedBy: commissioner.id });

  test('is withdrawn where another card came first: nobody gets two a day', () => {
    const log = loggedOf(
      decided.filter(({ kind }) => kind === 'chase'),
      NINE,
    );
    expect(prepare(asked, situation({ log }))).toEqual({
      kind: 'withdraw',
      because: 'already written to today',
    });
  });

  test('leaves out what a colleague has in hand', () => {
    const now = situation({
      people: [...people, second],
      arrangements: arrangedFor(KPI, {
        ...bySomebody,
        what: 'handed over',
        to: second.id,
        toName: second.name,
      }),
    });
    expect(prepare(asked, now)).toMatchObject({
      kind: 'send',
      delivery: { logs: [{ about: 'LAR|Dover|2026-27|1' }] },
    });
  });
});

describe('a card to a manager that waits', () => {
  test('goes out while something is late, without an open form', () => {
    const prepared = prepare(waiting('manager'), situation());
    expect(prepared).toMatchObject({ kind: 'send', delivery: { person: manager.id, stage: '+5' } });
    expect(prepared.kind === 'send' && prepared.delivery).not.toHaveProperty('open');
  });

  test.each<[string, Partial<Situation>]>([
    ['filed', { statuses: filed }],
    ['promised', arranged({ ...bySomebody, what: 'promised', until: '2026-11-27' })],
    ['paused', { arrangements: pauseOf('Dover', '2026-11-30') }],
    ['of terms that contradict each other', { contradictions: ['they overlap'] }],
    ['another manager’s by now', { people: [personOf(), manager] }],
  ])('is withdrawn where all of it is %s by now', (_, over) => {
    expect(prepare(waiting('manager'), situation(over)).kind).toBe('withdraw');
  });

  test('waits in quiet hours', () => {
    expect(prepare(waiting('manager'), situation({}, '2026-11-25T18:00:00Z')).kind).toBe('wait');
  });
});

describe('a commissioner’s alert that waits', () => {
  test('goes out while they are a commissioner', () => {
    expect(prepare(waiting('alert'), situation()).kind).toBe('send');
    expect(prepare(waiting('alert'), situation({ people: [lead, manager] })).kind).toBe('withdraw');
  });

  test('is withdrawn where they were chased meanwhile for a district of their own', () => {
    const [chased] = decided.filter(({ kind }) => kind === 'chase');
    if (!chased) throw new Error('nobody was chased');
    const log = loggedOf([{ ...chased, person: commissioner }], NINE);
    expect(prepare(waiting('alert'), situation({ log }))).toEqual({
      kind: 'withdraw',
      because: 'already written to today',
    });
  });

  test('is withdrawn where nothing is left to say', () => {
    const nothing = prepare(waiting('alert'), situation({ statuses: filed }));
    expect(nothing).toEqual({ kind: 'withdraw', because: 'nothing is left to say' });
  });

  test('names what was chased today and what is about to be, and nothing else', () => {
    const returns = (over: Partial<Situation>) => {
      const prepared = prepare(waiting('alert'), situation(over));
      return prepared.kind === 'send' ? prepared.delivery.returns.map(({ form }) => form) : [];
    };
    const [, lar] = both;
    const kpiCameIn = { statuses: [...filed.slice(0, 1), ...(lar ? [lar] : [])] };
    expect(returns({}), 'about to be').toEqual(['KPI', 'LAR']);
    const unsound = { contradictions: ['they overlap'], concerns: ['they overlap'] };
    expect(returns(unsound), 'nobody is chased now').toEqual([]);
    expect(returns(kpiCameIn), 'one came in before it was chased').toEqual(['LAR']);
    const chased = decided.filter(({ kind }) => kind === 'chase');
    expect(returns({ ...kpiCameIn, log: loggedOf(chased, NINE) }), 'chased').toEqual([
      'KPI',
      'LAR',
    ]);
    expect(
      returns({ ...kpiCameIn, log: loggedOf(chased, NINE, 'no bot installed') }),
      'in vain',
    ).toEqual(['KPI', 'LAR']);
  });

  test('says nothing of a finding that is closed by now, nor of what is not theirs any more', () => {
    const at = '2026-12-02T09:00:00Z';
    const open = recordOf({ raisedAt: new Date('2026-12-02T08:45:00Z') });
    const then = situation({ findings: [open], statuses: both }, at);
    const [alert] = decideAlerts(then, []);
    if (!alert) throw new Error('no alert was decided');
    expect(alert).toMatchObject({ stage: '+10', findings: [open.finding.id] });
    const now = {
      concerns: ['a row to mend'],
      statuses: filed,
      findings: [recordOf({ ...open, status: 'closed' })],
    };
    expect(prepare(deliveryOf(alert, at), situation(now, at))).toMatchObject({
      kind: 'send',
      delivery: { stage: undefined, findings: [], logs: [] },
    });
  });

  test('waits in quiet hours, and is withdrawn when its day is over', () => {
    expect(prepare(waiting('alert'), situation({}, '2026-11-25T07:00:00Z')).kind).toBe('wait');
    expect(prepare(waiting('alert'), situation({}, '2026-11-26T09:00:00Z')).kind).toBe('withdraw');
  });
});

test('the summary waits for working hours of its day', () => {
  const summary = deliveryOf(
    { id: 'summary|2026-11-23', kind: 'summary', returns: [], findings: [], logs: [] },
    '2026-11-23T09:00:00Z',
  );
  expect(prepare(summary, situation({}, '2026-11-23T09:01:00Z')).kind).toBe('send');
  expect(prepare(summary, situation({}, '2026-11-23T17:01:00Z')).kind).toBe('wait');
});

test('what is arranged about one return leaves the other to be chased', () => {
  const now = situation({
    arrangements: arrangedFor(KPI, { ...bySomebody, what: 'promised', until: '2026-11-27' }),
  });
  expect(prepare(waiting('chase'), now)).toMatchObject({
    kind: 'send',
    delivery: { logs: [{ about: 'LAR|Dover|2026-27|1' }] },
  });
});
