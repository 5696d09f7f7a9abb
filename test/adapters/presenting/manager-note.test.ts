import { describe, expect, test } from 'vitest';
import { managerNote } from '../../../adapters/presenting/manager-note.ts';
import { returnId, type ReturnKey } from '../../../bot/returns/return.ts';
import { arrangedFor, commissioner } from '../../bot/made.ts';
import { DOVER, london, lookedAt, type Remembered } from '../../bot/story/looks.ts';

const LAR: ReturnKey = { ...DOVER, form: 'LAR' };
const note = (keys: readonly ReturnKey[], remembered: Remembered = {}) =>
  managerNote(keys, lookedAt('2026-11-26T09:00', remembered));

const withdrawn = arrangedFor(returnId(DOVER), {
  at: london('2026-11-25T10:00'),
  by: commissioner.id,
  name: commissioner.name,
  what: 'withdrawn',
  note: 'the post is vacant',
});
const saving = [
  { key: DOVER, person: 'lead-dover', receivedAt: london('2026-11-26T08:50'), why: '' },
];

describe('the card of a lead’s manager', () => {
  test('names what is late', () => {
    expect(note([DOVER, LAR])).toMatchObject({ headline: '2 returns of your team are late' });
  });

  test('calls nothing late that is withdrawn by now', () => {
    const { headline, text } = note([DOVER, LAR], { arrangements: withdrawn });
    expect(headline).toBe('1 return of your team is late');
    expect(text).not.toContain('KPI return');
    expect(note([DOVER], { arrangements: withdrawn })).toMatchObject({
      headline: 'Nothing is late any more',
      tone: 'good',
    });
  });

  test('thanks for what is received and being saved', () => {
    expect(note([DOVER], { saving })).toMatchObject({ headline: 'Received, thank you' });
  });
});
