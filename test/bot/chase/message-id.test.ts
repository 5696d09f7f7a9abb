import { expect, test } from 'vitest';
import { addresseeOf, messageId, summaryId } from '../../../bot/chase/message-id.ts';

test.each(['chase', 'manager', 'alert'] as const)(
  'a message of kind %s tells whom it is for',
  (kind) => {
    const id = messageId(kind, 'lead-dover', '2026-11-23');
    expect(id).toBe(`${kind}|lead-dover|2026-11-23`);
    expect(addresseeOf(id)).toBe('lead-dover');
  },
);

test('the summary is for nobody but the channel', () => {
  expect(summaryId('2026-11-23')).toBe('summary|2026-11-23');
  expect(addresseeOf(summaryId('2026-11-23'))).toBeUndefined();
});
