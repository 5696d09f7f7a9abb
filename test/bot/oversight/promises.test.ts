import { describe, expect, test } from 'vitest';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import type { ReturnStatus } from '../../../bot/chase/situation.ts';
import { promisesNow } from '../../../bot/oversight/promises.ts';
import { arrangedFor, personOf, situationOf, statusOf } from '../made.ts';

const KPI = 'KPI|Dover|2026-27|1';
/** A Wednesday. */
const AT = '2026-11-25T10:00:00Z';

const by = (what: 'promised' | 'promise undone' | 'withdrawn', until = ''): Arrangement => {
  const { id, name } = personOf();
  const made = { at: new Date('2026-11-19T10:00:00Z'), by: id, name };
  if (what === 'promised') return { ...made, what, until };
  return what === 'withdrawn' ? { ...made, what, note: 'no' } : { ...made, what };
};

const promises = (made: readonly Arrangement[], status: Partial<ReturnStatus> = {}) =>
  promisesNow(
    situationOf(AT, { statuses: [statusOf(status)], arrangements: arrangedFor(KPI, ...made) }),
  );

describe('promises', () => {
  test('are overdue by working days once their day is over', () => {
    const { broken, running } = promises([by('promised', '2026-11-20')]);
    expect(broken).toMatchObject([{ name: 'Priya Raman', until: '2026-11-20', overdueBy: 3 }]);
    expect(running).toEqual([]);
  });

  test('run to the end of their day', () => {
    const { broken, running } = promises([by('promised', '2026-11-25')]);
    expect(broken).toEqual([]);
    expect(running).toMatchObject([{ until: '2026-11-25', overdueBy: 0 }]);
  });

  test.each([
    ['undone', [by('promised', '2026-11-20'), by('promise undone')], {}],
    ['filed since', [by('promised', '2026-11-20')], { state: 'filed' }],
    ['not asked for any more', [by('promised', '2026-11-20'), by('withdrawn')], {}],
  ] as const)('that were %s are none', (_, made, status) => {
    expect(promises(made, status)).toEqual({ broken: [], running: [] });
  });

  test('of a return that came in with something wrong are still overdue', () => {
    const { broken } = promises([by('promised', '2026-11-20')], { state: 'part filed' });
    expect(broken).toHaveLength(1);
  });
});
