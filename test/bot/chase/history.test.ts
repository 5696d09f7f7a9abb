import { describe, expect, test } from 'vitest';
import { outcomeInFull } from '../../../bot/chase/chase-log-row.ts';
import { chaseMessage } from '../../../bot/chase/decide.ts';
import { afterAttempt, withdrawn, type Delivery } from '../../../bot/chase/delivery.ts';
import { chaseLog, historyOf, logAmended, outcomeOf } from '../../../bot/chase/history.ts';
import { outstandingIn } from '../../../bot/chase/outstanding.ts';
import { deliveryOf, personOf, situationOf, statusOf } from '../made.ts';

const NINE = '2026-11-23T09:00:00Z';
const LATER = new Date('2026-11-23T15:00:00Z');
const TOMORROW = new Date('2026-11-24T09:00:00Z');
const now = situationOf(NINE, { statuses: [statusOf(), statusOf({ form: 'LAR' })] });
const waiting = deliveryOf(chaseMessage(personOf(), outstandingIn(['Dover'], now), now), NINE);
const at = new Date('2026-11-23T09:00:05Z');
const tried = (kind: 'blocked' | 'failed' | 'refused', from: Delivery = waiting) =>
  afterAttempt(from, { kind, reason: 'Teams said so' }, { at });
const sent = afterAttempt(waiting, { kind: 'posted', activityId: 'a1' }, { at, shown: 'digest' });
const unreached = afterAttempt(waiting, { kind: 'no bot installed' }, { at });

describe('what came of a message', () => {
  test.each<[string, Delivery, string | undefined, string | undefined]>([
    ['sent', sent, 'sent', 'sent'],
    ['not tried yet', waiting, undefined, 'failed'],
    ['tried in vain, and waiting', tried('failed'), 'waiting', 'failed'],
    ['never to be taken', tried('refused'), 'failed', 'failed'],
    ['to one who blocked the bot', tried('blocked'), 'blocked', 'blocked'],
    ['to one without the bot', unreached, 'no bot installed', 'no bot installed'],
    ['withdrawn', withdrawn(waiting, 'filed', at), undefined, undefined],
  ])('%s', (_, delivery, today, tomorrow) => {
    expect(outcomeOf(delivery, LATER)).toBe(today);
    expect(outcomeOf(delivery, TOMORROW), 'the day after').toBe(tomorrow);
    for (const when of [LATER, TOMORROW]) {
      expect(outcomeInFull(delivery, when).outcome, 'as the list has it').toBe(
        outcomeOf(delivery, when) ?? delivery.status,
      );
    }
  });
});

describe('the chase log', () => {
  test('has a line for each thing that was chased for, at the moment it went out', () => {
    expect(chaseLog([sent], LATER)).toEqual(
      ['KPI|Dover|2026-27|1', 'LAR|Dover|2026-27|1'].map((about) => ({
        person: 'lead-dover',
        kind: 'chase',
        about,
        stage: '+3',
        at,
        outcome: 'sent',
      })),
    );
  });

  test('is in the order in which things happened, whatever the order of the outbox', () => {
    const early = { ...sent, id: 'early', settledAt: new Date('2026-11-19T09:00:00Z') };
    expect(chaseLog([sent, early], LATER).map((entry) => entry.at)).toEqual(
      [early, early, sent, sent].map(({ settledAt }) => settledAt),
    );
  });

  test('keeps who could not be reached, and forgets what was withdrawn', () => {
    expect(chaseLog([unreached], LATER)[0]?.outcome).toBe('no bot installed');
    expect(chaseLog([withdrawn(tried('failed'), 'filed', at)], LATER)).toEqual([]);
  });
});

describe('the chase log amended with what one person was sent meanwhile', () => {
  test('stays oldest first, and has nothing of theirs twice', () => {
    const other = { ...sent, person: 'other', settledAt: LATER };
    const log = chaseLog([other, tried('failed')], LATER);
    const amended = logAmended(log, 'lead-dover', [sent], LATER);
    expect(amended.map(({ person, outcome }) => [person, outcome])).toEqual([
      ['lead-dover', 'sent'],
      ['lead-dover', 'sent'],
      ['other', 'sent'],
      ['other', 'sent'],
    ]);
  });
});

describe('whether somebody was written to', () => {
  const history = (delivery: Delivery, when = LATER) => historyOf(chaseLog([delivery], when), when);

  test('only what arrived counts: the rest is tried again', () => {
    expect(history(sent).wasSent('lead-dover', 'KPI|Dover|2026-27|1', '+3', new Date(0))).toBe(
      true,
    );
    expect(history(sent).wasSent('lead-dover', 'KPI|Dover|2026-27|1', '+5', new Date(0))).toBe(
      false,
    );
    expect(history(sent).wasSent('second', 'KPI|Dover|2026-27|1', '+3', new Date(0))).toBe(false);
    for (const delivery of [unreached, tried('blocked'), tried('failed')]) {
      expect(
        history(delivery).wasSent('lead-dover', 'KPI|Dover|2026-27|1', '+3', new Date(0)),
      ).toBe(false);
      expect(history(delivery).wasWrittenToToday('lead-dover')).toBe(false);
    }
  });

  test('today is the London day of the card, also on the day of 25 hours', () => {
    expect(history(sent).wasWrittenToToday('lead-dover')).toBe(true);
    expect(history(sent, TOMORROW).wasWrittenToToday('lead-dover')).toBe(false);
    const first = { ...sent, settledAt: new Date('2026-10-24T23:00:00Z') };
    const when = new Date('2026-10-25T23:59:59Z');
    expect(history(first, when).wasWrittenToToday('lead-dover')).toBe(true);
  });
});
