import { describe, expect, test } from 'vitest';
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import { chaseMessage, decideChases } from '../../../bot/chase/decide.ts';
import { outstandingIn } from '../../../bot/chase/outstanding.ts';
import type { ChaseEntry } from '../../../bot/chase/history.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import {
  accept,
  explain,
  sendBack,
  undoDecision,
  type Answered,
} from '../../../bot/findings/answering.ts';
import {
  commissioner,
  loggedOf,
  manager,
  personOf,
  recordOf,
  situationOf,
  statusOf,
} from '../made.ts';

const lead = personOf({ managerEmail: manager.email });
const people = [lead, manager, commissioner];

const recordIn = (answered: Answered) => {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
};

describe('a query that is sent back', () => {
  const at = (iso: string) => new Date(iso);
  const raised = recordOf({ raisedAt: at('2026-11-12T10:00:00Z') });
  const explained = recordIn(
    explain(raised, 'two schools joined the district', lead, at('2026-11-19T10:00:00Z')),
  );
  const back = recordIn(
    sendBack(explained, 'which schools', commissioner, at('2026-11-23T10:00:00Z')),
  );

  test('is chased again from the next working day, though all its stages had passed', () => {
    const log: ChaseEntry[] = ['query +1', 'query +2', 'query +5'].map((stage) => ({
      person: lead.id,
      kind: 'chase',
      about: raised.finding.id,
      stage,
      at: at('2026-11-19T09:00:00Z'),
      outcome: 'sent',
    }));
    const messages = (iso: string) =>
      decideChases(situationOf(iso, { people, findings: [back], log })).messages;
    expect(messages('2026-11-23T11:00:00Z')).toEqual([]);
    expect(messages('2026-11-24T09:00:00Z')).toMatchObject([
      { person: { id: lead.id }, findings: [raised.finding.id] },
    ]);
  });

  test('is not chased once it is accepted', () => {
    const accepted = recordIn(accept(back, commissioner, at('2026-11-23T12:00:00Z')));
    const now = situationOf('2026-11-24T09:00:00Z', { people, findings: [accepted] });
    expect(decideChases(now).messages).toEqual([]);
  });

  test('is chased anew once the acceptance is taken back, from the next working day', () => {
    const accepted = recordIn(accept(back, commissioner, at('2026-11-23T12:00:00Z')));
    const undone = recordIn(undoDecision(accepted, commissioner, at('2026-11-24T10:00:00Z')));
    const asked = (iso: string) =>
      decideChases(situationOf(iso, { people, findings: [undone] })).messages.length;
    expect(asked('2026-11-24T11:00:00Z')).toBe(0);
    expect(asked('2026-11-25T09:00:00Z')).toBe(1);
  });
});

describe('the manager of a lead whose return is five working days late', () => {
  const FIVE_LATE = '2026-11-25T09:00:00Z';
  const toManager = (over: Partial<Situation>) =>
    decideChases(
      situationOf(FIVE_LATE, { people, statuses: [statusOf()], ...over }),
    ).messages.filter((m) => m.person?.id === manager.id);

  test('is told, also when a commissioner had the lead chased earlier that day', () => {
    const early = situationOf('2026-11-25T08:35:00Z', { people, statuses: [statusOf()] });
    const chased = chaseMessage(lead, outstandingIn(lead.districts, early), early);
    expect(toManager({ log: loggedOf([chased], '2026-11-25T08:35:00Z') })).toHaveLength(1);
  });

  test('is told once', () => {
    const [told] = toManager({});
    if (!told) throw new Error('the manager was not told');
    expect(toManager({ log: loggedOf([told], '2026-11-25T08:40:00Z') })).toEqual([]);
  });
});

describe('a lead without an Entra object id', () => {
  test('gets no message that another such lead would share, and the reason is said', () => {
    const leads = [
      personOf({ id: '', email: 'a@stls.example' }),
      personOf({ id: '', email: 'b@stls.example' }),
    ];
    const decision = decideChases(
      situationOf('2026-11-23T09:00:00Z', { people: leads, statuses: [statusOf()] }),
    );
    expect(decision.messages).toEqual([]);
    expect(decision.notSent.map((n) => n.why)).toEqual([
      'no Entra object id in the people list',
      'no Entra object id in the people list',
    ]);
  });
});

describe('what commissioners have to mend in their lists', () => {
  const concerns = ['Rule outlier is left out: the left side does not parse.'];

  test('is reason enough for an alert', () => {
    const now = situationOf('2026-11-23T09:00:00Z', { people, concerns });
    expect(decideAlerts(now, [])).toHaveLength(1);
  });

  test('is told after the terms list has run out, when no day is a working day', () => {
    const after = (iso: string) => decideAlerts(situationOf(iso, { people, concerns }), []);
    expect(after('2028-01-10T09:00:00Z')).toHaveLength(1);
    expect(after('2028-01-09T09:00:00Z'), 'not on a Sunday').toEqual([]);
    expect(after('2028-01-10T22:00:00Z'), 'not at night').toEqual([]);
  });

  test('waits for the end of a school holiday', () => {
    expect(decideAlerts(situationOf('2026-10-27T09:00:00Z', { people, concerns }), [])).toEqual([]);
  });
});
