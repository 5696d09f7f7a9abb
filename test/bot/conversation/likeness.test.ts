import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../bot/conversation/examples.ts';
import { isWriting } from '../../../bot/conversation/families.ts';
import { INTENTS } from '../../../bot/conversation/intents.ts';
import { likenesses } from '../../../bot/conversation/likeness.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { ASKERS } from './askers.ts';

const likest = (words: string): string | undefined =>
  [...likenesses(words, false)].sort(([, one], [, other]) => other - one)[0]?.[0];

describe('the bank of examples', () => {
  test.each(INTENTS.map(({ intent }) => intent))('has examples of “%s”, each once', (intent) => {
    const lines = EXAMPLES[intent].trim().split(/\n\s*/);
    expect(lines.length).toBeGreaterThan(10);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('words in another order, or other words of that meaning, are like them', () => {
    expect(likest('schools for which i am responsible')).toBe('my schools');
    expect(likest('the deadline was missed by whom again and again')).toBe('late again');
    expect(likest('somebody else may use our seat')).toBe('cancel booking');
  });

  test('words of which none is known are like nothing', () => {
    expect([...likenesses('zebra quartz wibble', false)]).toEqual([]);
    expect([...likenesses('', false)]).toEqual([]);
  });
});

describe('a second opinion', () => {
  test('what no pattern fits is answered where examples are clear', () => {
    expect(recognise('which ones are good to go?', ASKERS.commissioner)).toEqual([
      { name: 'what can be approved' },
    ]);
  });

  test('what would change something is only offered', () => {
    const [got] = recognise('fully recovered and working', ASKERS.practitioner);
    expect(got?.name).toBe('offer');
    expect(got?.name === 'offer' && got.of.some(isWriting)).toBe(true);
  });

  test('where examples contradict a pattern both are offered', () => {
    const [got] = recognise(
      'is there anything on my return you want me to look at again',
      ASKERS.lead,
    );
    expect(got).toEqual({
      name: 'offer',
      of: [{ name: 'what is due' }, { name: 'my open queries' }],
    });
  });

  test('only what is somebody’s to ask is offered', () => {
    expect(recognise('outstanding returns', ASKERS.lead)).toEqual([{ name: 'what is due' }]);
    expect(recognise('outstanding returns', ASKERS.commissioner)).toEqual([
      { name: 'who is missing' },
    ]);
  });
});
