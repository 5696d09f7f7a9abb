import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measuresOf } from '../../../bot/returns/measure.ts';
import {
  compareReturns,
  counting,
  countingById,
  owedFor,
  returnId,
  returnName,
} from '../../../bot/returns/return.ts';
import { demoHeld } from '../demo-held.ts';
import { filedReturn, T1 } from '../made.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 10, 9, minute));

describe('the return that counts', () => {
  test('is the most recently modified of several, wherever it stands in the list', () => {
    const times = fc.uniqueArray(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(times, (minutes) => {
        const returns = minutes.map((minute) => filedReturn({ modifiedAt: at(minute) }));
        expect(counting(returns)?.modifiedAt).toEqual(at(Math.max(...minutes)));
      }),
    );
  });

  test('is the later item where both were modified in the same second', () => {
    const pair = [filedReturn({ itemId: '9' }), filedReturn({ itemId: '10' })];
    expect(counting(pair)?.itemId).toBe('10');
    expect(counting(pair.toReversed())?.itemId).toBe('10');
  });

  test('is found for each district, form and term apart', () => {
    const returns = [
      filedReturn({ itemId: '1' }),
      filedReturn({ itemId: '2', modifiedAt: at(59) }),
      filedReturn({ itemId: '3', form: 'LAR' }),
      filedReturn({ itemId: '4', term: 2 }),
      filedReturn({ itemId: '5', district: 'Swale' }),
    ];
    const ids = [...countingById(returns).values()].map(({ itemId }) => itemId);
    expect(ids.sort()).toHaveLength(4);
  });

  test('there is none of none', () => {
    expect(counting([])).toBeUndefined();
  });
});

describe('what is owed', () => {
  test('two returns for each district and term, and no sheets', () => {
    expect(owedFor(['Dover', 'Swale'], T1).map(returnId)).toEqual([
      'KPI|Dover|2026-27|1',
      'LAR|Dover|2026-27|1',
      'KPI|Swale|2026-27|1',
      'LAR|Swale|2026-27|1',
    ]);
  });

  test('is named in full for people', () => {
    expect(returnName({ form: 'LAR', ...T1 })).toBe('Local Activity Report, Term 1, 2026-27');
  });

  test('is listed by time, then district, then form', () => {
    const keys = [
      ...owedFor(['Swale', 'Dover'], T1),
      ...owedFor(['Swale'], { year: '2025-26', term: 6 }),
    ];
    expect(keys.sort(compareReturns).map(returnId)).toEqual([
      'KPI|Swale|2025-26|6',
      'LAR|Swale|2025-26|6',
      'KPI|Dover|2026-27|1',
      'LAR|Dover|2026-27|1',
      'KPI|Swale|2026-27|1',
      'LAR|Swale|2026-27|1',
    ]);
  });
});

describe('the questions of a term', () => {
  const { measures } = demoHeld();
  const asked = (form: 'KPI' | 'LAR', year: string, term: number) =>
    measuresOf(measures, form, { year, term }).map(({ id }) => id);

  test('the percentages and areas of need are asked from 2023-24 term 1 on', () => {
    expect(asked('KPI', '2022-23', 6)).not.toContain('activeCI');
    expect(asked('KPI', '2023-24', 1)).toContain('activeCI');
    expect(asked('KPI', '2023-24', 1)).toContain('primarySchoolsSupportedPct');
  });

  test('core and bespoke training are withdrawn for one count of courses', () => {
    expect(asked('LAR', '2022-23', 6)).toContain('coreTraining');
    expect(asked('LAR', '2022-23', 6)).not.toContain('trainingCourses');
    expect(asked('LAR', '2023-24', 1)).not.toContain('bespokeTraining');
    expect(asked('LAR', '2023-24', 1)).toContain('trainingCourses');
  });

  test('LIFT is asked to the summer of 2025 and not after', () => {
    expect(asked('LAR', '2024-25', 6)).toContain('primarySchoolsAtLift');
    expect(asked('LAR', '2025-26', 1)).not.toContain('primarySchoolsAtLift');
  });

  test('every question says what exactly is counted', () => {
    expect(measures.filter(({ definition }) => definition.length < 20)).toEqual([]);
  });
});
