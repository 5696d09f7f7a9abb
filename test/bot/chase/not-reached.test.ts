import { describe, expect, test } from 'vitest';
import { alertView } from '../../../adapters/presenting/commissioner-cards.ts';
import type { Delivery, DeliveryStatus } from '../../../bot/chase/delivery.ts';
import type { Message } from '../../../bot/chase/message.ts';
import { commissioner, deliveryOf, manager } from '../made.ts';
import { london, lookedAt, priya } from '../story/looks.ts';

const NINE = london('2026-11-23T09:00');

describe('an alert says of others than leads whom the bot cannot reach, and what to do', () => {
  const other = { ...commissioner, id: 'other', name: 'Yusuf Adeyemi' };
  const rowOf = (message: Partial<Message>, status: DeliveryStatus, at = NINE): Delivery => {
    const all = { id: 'row', kind: 'alert' as const, returns: [], findings: [], logs: [] };
    return deliveryOf({ ...all, ...message }, at.toISOString(), { status, settledAt: at });
  };
  const problems = (...deliveries: Delivery[]) => {
    const people = [priya, commissioner, other, manager];
    const look = lookedAt('2026-11-23T12:00', { deliveries }, { people });
    return alertView(look, false).problems.filter((line) => line.includes('reach'));
  };

  test.each<[DeliveryStatus, string]>([
    [
      'no bot installed',
      'Yusuf Adeyemi (Commissioner) could not be reached: the bot is not installed for them. Ask the Teams administrator to install it.',
    ],
    [
      'blocked',
      'Yusuf Adeyemi (Commissioner) could not be reached: the bot was blocked or removed. Please ask them to add it again.',
    ],
  ])('a commissioner: %s', (status, line) => {
    expect(problems(rowOf({ person: other }, status))).toEqual([line]);
  });

  test('a manager', () => {
    const [line] = problems(rowOf({ kind: 'manager', person: manager }, 'no bot installed'));
    expect(line).toContain("Greta Holloway (Lead's manager) could not be reached");
  });

  test('nobody who was reached, or could not be on another day', () => {
    const before = london('2026-11-20T09:00');
    expect(problems(rowOf({ person: other }, 'sent'))).toEqual([]);
    expect(problems(rowOf({ person: other }, 'no bot installed', before))).toEqual([]);
  });

  test('the commissioning channel, until a summary reaches it', () => {
    const lastWeek = rowOf(
      { id: 'summary|2026-11-16', kind: 'summary' },
      'no bot installed',
      london('2026-11-16T09:00'),
    );
    expect(problems(lastWeek)).toEqual([
      'The weekly summary of Mon 16 Nov did not reach the commissioning channel: none is connected. A commissioner connects it by adding the bot to that channel.',
    ]);
    const thisWeek = rowOf({ id: 'summary|2026-11-23', kind: 'summary' }, 'sent');
    expect(problems(thisWeek, lastWeek)).toEqual([]);
  });
});
