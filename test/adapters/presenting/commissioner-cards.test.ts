import { describe, expect, test } from 'vitest';
import { alertView, districtView } from '../../../adapters/presenting/commissioner-cards.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import { commissioner, deliveryOf } from '../../bot/made.ts';
import { london, lookedAt, priya } from '../../bot/story/looks.ts';

const NINE = london('2026-11-23T09:00');
const both = { ...priya, districts: ['Dover', 'Swale'] };
const held = {
  people: [both, commissioner],
  districts: ['Dover', 'Swale'].map((name) => ({ name, otherNames: [], figures: [] })),
};

const chaseAbout = (district: string, over: Partial<Delivery>): Delivery => {
  const about = `KPI|${district}|2026-27|1`;
  const message = {
    id: 'chase|lead-dover|2026-11-23',
    kind: 'chase' as const,
    person: both,
    returns: [],
    findings: [],
    logs: [{ about, stage: '+3', because: 'it is missing' }],
  };
  return deliveryOf(message, NINE.toISOString(), { settledAt: NINE, ...over });
};

const lookWith = (over: Partial<Delivery>, at = '2026-11-23T12:00') =>
  lookedAt(at, { deliveries: [chaseAbout('Swale', over)] }, held);

test('a district says when its lead was chased for it, not for another of theirs', () => {
  const paused = (district: string) =>
    districtView(district, lookWith({ status: 'sent' }), commissioner).paused;
  expect(paused('Swale')).toBe('Last chased Mon 23 Nov. Card sent.');
  expect(paused('Dover')).toBe('');
});

describe('an alert says of who was chased', () => {
  const chased = (over: Partial<Delivery>) => alertView(lookWith(over), false).chased[0];

  test('that a card is tried again, while it is', () => {
    expect(chased({ status: 'waiting', attempts: 1 })?.text).toContain('Not delivered yet');
  });

  test('that it could not be delivered, whoever’s fault it was', () => {
    const failed = chased({ status: 'failed', attempts: 5, problem: 'The bot itself failed.' });
    expect(failed?.text).toContain('Could not be delivered');
    expect(failed?.remedy).toBe(
      'These messages could not be sent. Please telephone, and tell whoever looks after the bot: its log says why.',
    );
  });
});
