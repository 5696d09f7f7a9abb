import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { internalName } from '../../../infra/local/sharepoint/column-names.ts';
import { fromLondon, toLondon } from '../../../infra/local/sharepoint/london-time.ts';

describe('an internal name', () => {
  test.each([
    ['EY Settings Supported', 'EY_x0020_Settings_x0020_Supporte'],
    ['Active C&I', 'Active_x0020_C_x0026_I'],
    ['Primary Schools at LIFT', 'Primary_x0020_Schools_x0020_at_x'],
    ['School Referrals C&I', 'School_x0020_Referrals_x0020_C_x'],
    ['Direct Staffing Costs', 'Direct_x0020_Staffing_x0020_Cost'],
  ])('of %s is %s', (displayName, name) => {
    expect(internalName(displayName, [])).toBe(name);
  });

  test('is never one that the list has already', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 30 }), (wanted) => {
        const taken: string[] = [];
        for (const each of wanted) taken.push(internalName(each, taken));
        expect(new Set(taken.map((name) => name.toLowerCase())).size).toBe(taken.length);
      }),
    );
  });
});

describe('the site’s clock', () => {
  test.each([
    ['2026-07-01T00:00', '2026-06-30T23:00:00.000Z'],
    ['2026-12-01T00:00', '2026-12-01T00:00:00.000Z'],
    ['2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-26T00:00', '2026-10-26T00:00:00.000Z'],
  ])('%s is the instant %s, and back', (local, instant) => {
    expect(fromLondon(local).toISOString()).toBe(instant);
    expect(toLondon(new Date(instant))).toBe(local);
  });
});
