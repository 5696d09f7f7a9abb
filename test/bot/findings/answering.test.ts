import { describe, expect, test } from 'vitest';
import {
  accept,
  explain,
  saysSomething,
  sendBack,
  undoDecision,
  type Answered,
} from '../../../bot/findings/answering.ts';
import type { Finding } from '../../../bot/findings/finding.ts';
import {
  askedSince,
  FINDING_STATUSES,
  isOpen,
  needsAnswer,
  reconcile,
  type FindingRecord,
} from '../../../bot/findings/register.ts';
import { findingAt, inOwnWords, recordOf } from '../made.ts';

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const priya = { id: 'lead-dover', name: 'Priya Raman' };
const colin = { id: 'commissioner', name: 'Colin Marsh' };
const SENTENCE = 'The special school closed for two weeks.';

function done(answered: Answered): FindingRecord {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
}

/** The record after one more look, which changes it. */
function look(record: FindingRecord, found: readonly Finding[]): FindingRecord {
  const register = new Map([[record.finding.id, record]]);
  const [now] = reconcile(register, found, tuesday, () => 'closed by correction');
  if (!now) throw new Error('Nothing changed.');
  return now;
}

describe('an explanation', () => {
  test.each([
    '',
    ' ',
    '\n\t',
    '.',
    '...',
    'ok',
    'OK!',
    'o k',
    'Okay.',
    'yes',
    'n/a',
    'see above',
    'As above.',
    'fine!!',
    '-- -- -- -- --',
    '????????????',
    '👍👍👍👍👍👍👍👍👍',
    '12345',
    '1234 5678',
    'aaaaaaaa',
    'aaaa bbbb cccc',
    'okay okay',
    'Correct, as above.',
    'same same same same',
    'sickness sickness',
  ])('“%s” says nothing', (text) => {
    expect(saysSomething(text)).toBe(false);
    expect(explain(recordOf(), text, priya, monday)).toEqual({
      ok: false,
      reason: 'Please say in a few words why the figure is right.',
    });
  });

  test.each([
    'long-term sickness',
    'schools outside the district joined a shared course',
    'not collected this term',
    'case kept open for SENIF',
    'Moved to a new register, 12 cases twice.',
    'Same as before: two schools merged.',
    'Ysgol newydd wedi agor',
  ])('“%s” says something', (text) => {
    expect(saysSomething(text)).toBe(true);
  });

  test('is kept in one line, with who gave it and when', () => {
    const record = done(explain(recordOf(), '  Moved to\n a new  register ', priya, monday));
    expect(record).toMatchObject({
      status: 'explained',
      explanation: inOwnWords('Moved to a new register'),
    });
    expect(record.history.at(-1)).toEqual({
      at: monday,
      by: 'Priya Raman',
      byId: 'lead-dover',
      what: 'explained',
      text: 'Moved to a new register',
    });
  });
});

describe('saying it again', () => {
  test('in other words: the later ones stand, and both are in the history', () => {
    const first = done(explain(recordOf(), SENTENCE, priya, monday));
    const second = done(explain(first, 'It was three weeks, in fact.', priya, tuesday));
    expect(second).toMatchObject({
      explanation: inOwnWords('It was three weeks, in fact.'),
      history: [{ text: SENTENCE }, { text: 'It was three weeks, in fact.' }],
    });
  });

  test('in the same words changes nothing; of a colleague it is another voice', () => {
    const first = done(explain(recordOf(), SENTENCE, priya, monday));
    expect(done(explain(first, ` ${SENTENCE} `, priya, tuesday))).toBe(first);
    const sam = { id: 'another', name: 'Sam Oduya' };
    expect(done(explain(first, SENTENCE, sam, tuesday)).history).toHaveLength(2);
  });
});

describe('an acceptance', () => {
  test('is kept with who, when and the note, if there is one', () => {
    const [bare, noted] = ['', ' Agreed\n in the meeting '].map((note) =>
      done(accept(recordOf(), colin, monday, note)).history.at(-1),
    );
    const event = { at: monday, by: 'Colin Marsh', byId: 'commissioner', what: 'accepted' };
    expect(bare).toEqual(event);
    expect(noted).toEqual({ ...event, text: 'Agreed in the meeting' });
  });

  test.each(['open', 'explained', 'sent back'] as const)(
    'that was a mistake is taken back: what was %s is so again',
    (status) => {
      const accepted = done(accept(recordOf({ status }), colin, monday));
      const undone = done(undoDecision(accepted, colin, tuesday));
      expect(undone.status).toBe(status);
      expect(undone.history.at(-1)).toEqual({
        at: tuesday,
        by: 'Colin Marsh',
        byId: 'commissioner',
        what: 'decision undone',
      });
    },
  );

  test('is taken back also after the figures were away for a while', () => {
    const explained = done(explain(recordOf(), SENTENCE, priya, monday));
    const accepted = done(accept(explained, colin, monday));
    const back = look(look(accepted, []), [findingAt()]);
    expect(back.status).toBe('accepted');
    expect(done(undoDecision(back, colin, tuesday)).status).toBe('explained');
  });

  test('that is taken back asks the lead anew, from then on', () => {
    const undone = done(undoDecision(done(accept(recordOf(), colin, monday)), colin, tuesday));
    expect(askedSince(undone)).toEqual({ at: tuesday, again: true });
  });

  test('that was never made cannot be taken back', () => {
    expect(
      FINDING_STATUSES.filter((status) => undoDecision(recordOf({ status }), colin, monday).ok),
    ).toEqual(['accepted']);
  });
});

describe('who may still do what to a finding', () => {
  const error = findingAt({ severity: 'error' });
  const allowed = (act: (record: FindingRecord) => { ok: boolean }, finding = findingAt()) =>
    FINDING_STATUSES.filter((status) => act(recordOf({ finding, status })).ok);

  test('a query is explained while it is open, again while it waits, and after it was sent back', () => {
    expect(allowed((r) => explain(r, SENTENCE, priya, monday))).toEqual([
      'open',
      'explained',
      'sent back',
    ]);
  });

  test('it is accepted until it is settled', () => {
    expect(allowed((r) => accept(r, colin, monday))).toEqual(['open', 'explained', 'sent back']);
  });

  test('only an explanation can be sent back', () => {
    expect(allowed((r) => sendBack(r, 'Which course?', colin, monday))).toEqual(['explained']);
  });

  test('an error can be neither explained nor accepted, ever', () => {
    expect(allowed((r) => explain(r, SENTENCE, priya, monday), error)).toEqual([]);
    expect(allowed((r) => accept(r, colin, monday), error)).toEqual([]);
  });

  test('a cause that is known explains, however short', () => {
    const finding = findingAt({ knownCauses: ['SENIF'] });
    expect(explain(recordOf({ finding }), 'SENIF', priya, monday).ok).toBe(true);
    expect(explain(recordOf(), 'SENIF', priya, monday).ok).toBe(false);
    expect(explain(recordOf(), '', priya, monday, 'SENIF').ok).toBe(false);
  });

  test('a cause and own words are kept apart, and read as one text', () => {
    const record = recordOf({
      finding: findingAt({ knownCauses: ['sickness', 'sickness. SENIF'] }),
    });
    const of = (words: string, cause?: string) =>
      done(explain(record, words, priya, monday, cause)).explanation;
    expect(of('', 'sickness')).toEqual({ cause: 'sickness', words: '' });
    expect(of(' two\n weeks ', 'sickness')).toEqual({ cause: 'sickness', words: 'two weeks' });
    expect(of('sickness')).toEqual({ cause: 'sickness', words: '' });
    expect(of('SENIF', 'sickness')).toEqual({ cause: 'sickness', words: 'SENIF' });
    expect(of('two weeks', 'sickness. SENIF')).toEqual({
      cause: 'sickness. SENIF',
      words: 'two weeks',
    });
    expect(of('two weeks of it', 'a cause that was reworded since')).toEqual(
      inOwnWords('a cause that was reworded since. two weeks of it'),
    );
    const explained = done(explain(record, 'two weeks', priya, monday, 'sickness'));
    expect(explained.history.at(-1)?.text).toBe('sickness. two weeks');
    expect(done(explain(explained, 'two weeks', priya, tuesday, 'sickness'))).toBe(explained);
  });

  test('a refusal always says why', () => {
    for (const status of FINDING_STATUSES) {
      const record = recordOf({ status });
      const all = [
        explain(record, SENTENCE, priya, monday),
        accept(record, colin, monday),
        sendBack(record, '', colin, monday),
        undoDecision(record, colin, monday),
      ];
      for (const answered of all) if (!answered.ok) expect(answered.reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('sent back needs an answer again; explained and accepted wait for nobody’s', () => {
    expect(FINDING_STATUSES.filter((status) => needsAnswer(recordOf({ status })))).toEqual([
      'open',
      'sent back',
    ]);
    expect(FINDING_STATUSES.filter((status) => isOpen(recordOf({ status })))).toEqual([
      'open',
      'explained',
      'sent back',
    ]);
  });

  test('the whole life of a query is kept in its history', () => {
    const explained = done(explain(recordOf(), SENTENCE, priya, monday));
    const back = done(sendBack(explained, ' Which weeks? ', colin, monday));
    const again = done(explain(back, 'The last two of October.', priya, tuesday));
    const accepted = done(accept(again, colin, tuesday));
    expect(accepted.history.map(({ by, what, text }) => [by, what, text])).toEqual([
      ['Priya Raman', 'explained', SENTENCE],
      ['Colin Marsh', 'sent back', 'Which weeks?'],
      ['Priya Raman', 'explained', 'The last two of October.'],
      ['Colin Marsh', 'accepted', undefined],
    ]);
  });
});
