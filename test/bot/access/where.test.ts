import { describe, expect, test } from 'vitest';
import { whereOf } from '../../../bot/access/where.ts';

const OWN = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';

describe('where somebody speaks', () => {
  test.each([
    ['personal', 'personal'],
    ['groupChat', 'elsewhere'],
    ['channel', 'elsewhere'],
    ['meeting', 'elsewhere'],
    ['Personal', 'elsewhere'],
    ['', 'elsewhere'],
    [undefined, 'elsewhere'],
  ] as const)('a conversation of the type “%s” is %s', (conversationType, where) => {
    expect(whereOf({ conversationType, tenantId: OWN }, OWN)).toBe(where);
    expect(whereOf({ conversationType }, undefined)).toBe(where);
    expect(whereOf({ conversationType, tenantId: OTHER }, '')).toBe(where);
  });

  test.each([OTHER, '', ' ', undefined, `${OWN}x`])(
    'a personal chat in the tenant “%s” is of another tenant',
    (tenantId) => {
      expect(whereOf({ conversationType: 'personal', tenantId }, OWN)).toBe('another tenant');
    },
  );

  test('a tenant is the same in any case', () => {
    const conversation = { conversationType: 'personal', tenantId: 'ABCDEF' };
    expect(whereOf(conversation, 'abcdef')).toBe('personal');
  });
});
