import { describe, expect, test } from 'vitest';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import { outstandingItems } from '../../../bot/chase/outstanding.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import {
  arrangedFor,
  commissioner,
  loggedOf,
  personOf,
  recordOf,
  situationOf,
  statusOf,
} from '../made.ts';

const KPI = 'KPI|Dover|2026-27|1';
const lead = personOf();
const second = personOf({ id: 'second', name: 'Delphine Orr', email: 'delphine@stls.example' });
const people = [lead, second];

const by = (at: string, who = lead) => ({ at: new Date(at), by: who.id, name: who.name });
const promised = (at: string, until: string): Arrangement => ({
  ...by(at),
  what: 'promised',
  until,
});
const undone = (at: string): Arrangement => ({ ...by(at), what: 'promise undone' });
const handedOver = (at: string): Arrangement => ({
  ...by(at),
  what: 'handed over',
  to: second.id,
  toName: second.name,
});
const takenBack = (at: string): Arrangement => ({ ...by(at), what: 'taken back' });
const withdrew = (at: string): Arrangement => ({
  ...by(at, commissioner),
  what: 'withdrawn',
  note: 'the post is vacant',
});
const askedAgain = (at: string): Arrangement => ({
  ...by(at, commissioner),
  what: 'asked for again',
});

const situation = (at: string, made: readonly Arrangement[], over: Partial<Situation> = {}) =>
  situationOf(at, {
    people,
    statuses: [statusOf()],
    arrangements: arrangedFor(KPI, ...made),
    ...over,
  });

const item = (at: string, ...made: Arrangement[]) => outstandingItems(situation(at, made)).items[0];

/** Who is written to at each instant, when everything that is decided arrives. */
function written(instants: readonly string[], made: readonly Arrangement[]) {
  const log: Situation['log'][number][] = [];
  return instants.map((at) => {
    const sofar = made.filter((one) => one.at <= new Date(at));
    const { messages } = decideChases(situation(at, sofar, { log: [...log] }));
    log.push(...loggedOf(messages, at));
    return messages.map(({ person, stage }) => [person?.id, stage]);
  });
}

describe('a promise', () => {
  const promise = promised('2026-11-19T10:00:00Z', '2026-11-24');

  test('leaves the return in peace to the end of its day, in the words of who gave it', () => {
    expect(item('2026-11-24T16:59:00Z', promise)?.muted).toEqual({
      why: 'muted by promise',
      detail: 'Priya Raman said: by Tue 24 Nov',
    });
    expect(item('2026-11-25T08:30:00Z', promise)?.muted).toBeUndefined();
  });

  test('of another return changes nothing', () => {
    const now = situation('2026-11-23T09:00:00Z', [], {
      arrangements: arrangedFor('LAR|Dover|2026-27|1', promise),
    });
    expect(outstandingItems(now).items[0]?.muted).toBeUndefined();
  });

  test('that was broken is chased the next morning though its stage was sent, and only once', () => {
    const days = ['19', '20', '23', '24'].map((day) => `2026-11-${day}T09:00:00Z`);
    const short = promised('2026-11-19T10:00:00Z', '2026-11-19');
    expect(written(days, [short]).map((all) => all[0])).toEqual([
      [lead.id, '+1'],
      [lead.id, '+1, promised for 2026-11-19'],
      [lead.id, '+3'],
      undefined,
    ]);
    expect(item('2026-11-20T09:00:00Z', short)?.because).toBe(
      'Priya Raman said: by Thu 19 Nov, and it is not filed',
    );
  });

  test('that was broken as a stage is reached is asked for at that stage, not twice', () => {
    expect(item('2026-11-25T09:00:00Z', promise)?.stage).toBe('+5');
    const early = promised('2026-11-16T10:00:00Z', '2026-11-18');
    expect(item('2026-11-20T09:00:00Z', early)?.stage).toBe('+1');
  });

  test('that was undone binds nobody', () => {
    expect(item('2026-11-20T09:00:00Z', promise, undone('2026-11-19T11:00:00Z'))).toMatchObject({
      stage: '+1',
    });
    expect(
      item('2026-11-20T09:00:00Z', promise, undone('2026-11-19T11:00:00Z'))?.muted,
    ).toBeUndefined();
  });
});

describe('a return handed over to a colleague', () => {
  const handed = handedOver('2026-11-19T10:00:00Z');

  test('is asked of the colleague alone, at once, and it is said who has it', () => {
    const now = situation('2026-11-20T09:00:00Z', [handed]);
    const { messages, notSent } = decideChases(now);
    expect(messages.map(({ person }) => person?.id)).toEqual([second.id]);
    expect(messages[0]?.logs[0]).toMatchObject({
      stage: '+1, handed over 2026-11-19',
      because: 'Priya Raman handed it over to Delphine Orr',
    });
    expect(notSent).toMatchObject([
      { person: lead.name, about: KPI, why: 'handed over', detail: 'to Delphine Orr' },
    ]);
  });

  test('is everybody’s again once it is taken back', () => {
    const now = situation('2026-11-20T09:00:00Z', [handed, takenBack('2026-11-19T12:00:00Z')]);
    expect(decideChases(now).messages).toHaveLength(2);
  });

  test('and taken back is not asked of the colleague again at the same stage', () => {
    const made = [handed, takenBack('2026-11-20T10:00:00Z')];
    const days = ['2026-11-20T09:00:00Z', '2026-11-20T15:00:00Z', '2026-11-23T09:00:00Z'];
    expect(written(days, made).map((all) => all.map(([who]) => who))).toEqual([
      [second.id],
      [lead.id],
      [lead.id, second.id],
    ]);
  });

  test('after a broken promise, and taken back, is not asked of the colleague a third time', () => {
    const made = [
      promised('2026-11-18T09:30:00Z', '2026-11-19'),
      handedOver('2026-11-20T08:00:00Z'),
      takenBack('2026-11-20T10:00:00Z'),
    ];
    const days = ['2026-11-20T09:00:00Z', '2026-11-20T15:00:00Z', '2026-11-23T09:00:00Z'];
    expect(written(days, made).map((all) => all.map(([who]) => who))).toEqual([
      [second.id],
      [lead.id],
      [lead.id, second.id],
    ]);
  });

  test.each([
    ['has left', [lead]],
    ['leads another district now', [lead, personOf({ id: 'second', districts: ['Swale'] })]],
    ['has no Entra object id', [lead, personOf({ id: '', name: 'Delphine Orr' })]],
  ])('is everybody’s again when the colleague %s: nothing is lost', (_, left) => {
    const now = situation('2026-11-20T09:00:00Z', [handed], { people: left });
    expect(decideChases(now).messages.map(({ person }) => person?.id)).toContain(lead.id);
  });

  test('after a broken promise is asked of the colleague once, as handed over', () => {
    const made = [
      promised('2026-11-19T09:30:00Z', '2026-11-19'),
      handedOver('2026-11-20T10:00:00Z'),
    ];
    expect(item('2026-11-20T11:00:00Z', ...made)?.stage).toBe('+1, handed over 2026-11-20');
  });
});

describe('a return that commissioners withdrew', () => {
  const withdrawn = withdrew('2026-11-19T10:00:00Z');

  test('is asked of nobody, and it is said who withdrew it', () => {
    expect(item('2026-12-02T09:00:00Z', withdrawn)?.muted).toEqual({
      why: 'withdrawn',
      detail: 'by Colin Marsh, Thu 19 Nov',
    });
    expect(decideChases(situation('2026-12-02T09:00:00Z', [withdrawn])).messages).toEqual([]);
  });

  test('is asked for again when they say so', () => {
    const again = askedAgain('2026-11-20T08:00:00Z');
    expect(item('2026-11-20T09:00:00Z', withdrawn, again)?.muted).toBeUndefined();
  });
});

describe('what is not asked', () => {
  const asked = (over: Partial<Situation>) => {
    const { items, notAsked } = outstandingItems(situationOf('2026-11-23T09:00:00Z', over));
    return [items.length, notAsked.map(({ about, why }) => [about, why])] as const;
  };

  test('has a reason, each thing its own', () => {
    expect(asked({ statuses: [statusOf({ state: 'filed' })] })).toEqual([
      0,
      [[KPI, 'already filed']],
    ]);
    expect(asked({ statuses: [statusOf()], saving: new Set([KPI]) })).toEqual([
      0,
      [[KPI, 'received, being saved']],
    ]);
    expect(asked({ unread: new Set(['KPI'] as const) })).toEqual([0, [['KPI', 'could not check']]]);
  });

  test('a query of a list that cannot be read is not chased: it may be answered there', () => {
    const record = recordOf();
    const [count, reasons] = asked({ findings: [record], unread: new Set(['KPI'] as const) });
    expect(count).toBe(0);
    expect(reasons).toContainEqual([record.finding.id, 'could not check']);
  });

  test('a query of a return that is being saved, or missing, waits', () => {
    const record = recordOf();
    const saving = asked({ findings: [record], saving: new Set([KPI]) });
    expect(saving[1]).toEqual([[record.finding.id, 'received, being saved']]);
    const missing = asked({ findings: [record], statuses: [statusOf()] });
    expect(missing).toEqual([1, [[record.finding.id, 'muted while its return is missing']]]);
  });

  test('a query that a later rule has of an approved return is for the commissioners', () => {
    const record = recordOf();
    const statuses = [statusOf({ state: 'approved' })];
    const [count, reasons] = asked({ findings: [record], statuses });
    expect(count).toBe(0);
    expect(reasons).toContainEqual([record.finding.id, 'its return is approved']);
  });

  test('a query of a return that is part filed waits, also long before the return is due', () => {
    const record = recordOf({ raisedAt: new Date('2026-11-03T10:00:00Z') });
    const statuses = [statusOf({ state: 'part filed' })];
    const now = situationOf('2026-11-04T09:00:00Z', { statuses, findings: [record] });
    expect(outstandingItems(now).notAsked.map(({ about, why }) => [about, why])).toEqual([
      [KPI, 'no stage reached yet'],
      [record.finding.id, 'muted while its return is missing'],
    ]);
  });
});
