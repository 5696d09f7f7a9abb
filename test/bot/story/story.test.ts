import { describe, expect, test } from 'vitest';
import type { Arrangement } from '../../../bot/chase/arrangement.ts';
import { districtSubject } from '../../../bot/chase/arrangement.ts';
import { londonDay } from '../../../bot/calendar/london.ts';
import { conversationOf } from '../../../bot/findings/conversation.ts';
import type { FindingRecord } from '../../../bot/findings/register.ts';
import type { ApprovalEvent } from '../../../bot/returns/approval.ts';
import { returnId } from '../../../bot/returns/return.ts';
import {
  approvedAs,
  arrangedFor,
  commissioner,
  filedReturn,
  findingAt,
  numbers,
  recordOf,
  terms,
} from '../made.ts';
import { chasedOn, DOVER, linesOf, london, lookedAt, priya, sam, storyAt } from './looks.ts';

const MONDAY = '2026-11-23T09:00';
const ID = returnId(DOVER);
const byPriya = { by: priya.id, name: priya.name };
const byColin = { by: commissioner.id, name: commissioner.name };

const arranged = (...made: Arrangement[]) => ({ arrangements: arrangedFor(ID, ...made) });

describe('a return that was approved', () => {
  const first = filedReturn({ answers: numbers({ a: 1, b: 5 }) });
  const edited = {
    ...first,
    etag: '"3"',
    answers: numbers({ a: 3, b: 5 }),
    modifiedAt: london('2026-11-23T10:14'),
  };
  const approval = approvedAs(first, { accepted: ['outlier|Dover'] });
  const again = approvedAs(
    { ...first, etag: '"2"', answers: numbers({ a: 2, b: 5 }) },
    { at: london('2026-11-20T15:00') },
  );
  const told = (made: ApprovalEvent[], held = edited) =>
    linesOf(
      storyAt(
        lookedAt('2026-11-23T12:00', { approvals: new Map([[ID, made]]) }, { returns: [held] }),
      ),
    );

  test('tells by whom, with the explanations that were accepted, and what voided it', () => {
    expect(told([approval])).toEqual(
      expect.arrayContaining([
        '2026-11-20: Colin Marsh approved it and accepted its explanation.',
        '2026-11-23: The approval by Colin Marsh is void: Question a: 1 → 3.',
      ]),
    );
  });

  test('tells what had changed when it was approved again', () => {
    expect(told([approval, again], { ...edited, etag: '"2"' })).toContain(
      '2026-11-20: Colin Marsh approved it again. Since the approval before: Question a: 1 → 2.',
    );
  });

  test('tells that the approval was taken back', () => {
    const undone = { at: london('2026-11-23T09:00'), by: 'yusuf', name: 'Yusuf Demir' };
    const lines = told([approval, { ...undone, what: 'undone' }]);
    expect(lines).toContain('2026-11-23: Yusuf Demir took the approval back.');
    expect(lines.filter((line) => line.includes('void'))).toEqual([]);
  });
});

describe('a return that never came', () => {
  const deliveries = chasedOn([
    '2026-11-11',
    '2026-11-17',
    '2026-11-19',
    '2026-11-23',
    '2026-11-25',
  ]);
  const story = storyAt(lookedAt('2026-11-25T12:00', { deliveries }));

  test('is named for people', () => {
    expect(story.heading).toBe('Dover, KPI return, Term 1, 2026-27');
  });

  test('tells the term’s dates and each chase, in the order of time', () => {
    const lines = linesOf(story);
    expect(lines.map((line) => line.split(/[:,] /).slice(0, 3).join(' | '))).toEqual([
      '2026-09-02 | The term began.',
      '2026-11-11 | Expected from this day on | the first stage of chasing',
      '2026-11-11 | To the lead Priya Raman | -5',
      '2026-11-17 | To the lead Priya Raman | -1',
      '2026-11-18 | It was due by the end of this day.',
      '2026-11-19 | To the lead Priya Raman | +1',
      '2026-11-23 | To the lead Priya Raman | +3',
      '2026-11-25 | To the lead Priya Raman | +5',
      '2026-11-25 | To the lead’s manager Greta Holloway | +5',
    ]);
    expect(lines).toContain(
      '2026-11-23: To the lead Priya Raman: +3, missing, 3 working days after it was due on Wed 18 Nov. The card was sent.',
    );
  });

  test('is missing now; nobody is chased twice a day, and the next stage is named with its day', () => {
    expect(story.now).toEqual([
      'It is missing.',
      'Priya Raman is not asked for the return now: what this stage asks was sent already.',
    ]);
    expect(story.next).toEqual([
      'Wed 2 Dec: the lead Priya Raman is chased at +10; the commissioner Colin Marsh is told.',
      'Fri 11 Dec: it locks at the end of this day, and is chased no more.',
    ]);
  });

  test('a card of today that could not be delivered is said, and is not called a new one', () => {
    const today = chasedOn(['2026-11-23'], { status: 'no bot installed' });
    expect(storyAt(lookedAt('2026-11-23T09:30', { deliveries: today })).now).toContain(
      'Priya Raman was to be written to today, at +3: missing, 3 working days after it was due on Wed 18 Nov. Not delivered: the bot is not installed for them.',
    );
  });

  test('says who is written to now, and why', () => {
    const { now } = storyAt(lookedAt(MONDAY));
    expect(now).toEqual([
      'It is missing.',
      'Priya Raman is written to now, at +3: missing, 3 working days after it was due on Wed 18 Nov.',
    ]);
  });

  test('after the last stage stands in the summary only, and after the lock nothing comes', () => {
    expect(storyAt(lookedAt('2026-12-03T09:00')).next[0]).toBe(
      'No further card: from here it stands in the weekly summary only.',
    );
    const locked = storyAt(lookedAt('2026-12-14T09:00'));
    expect(locked.next).toEqual(['Nothing: the term is not open any more.']);
    expect(linesOf(locked).at(-1)).toMatch(/^2026-12-11: It locked/);
  });
});

describe('what came of a message', () => {
  test.each([
    [{ status: 'no bot installed' as const }, 'Not delivered: the bot is not installed for them.'],
    [
      { status: 'blocked' as const, problem: 'MessageWritesBlocked' },
      'Not delivered: Teams does not let the bot write to them: MessageWritesBlocked.',
    ],
    [
      { status: 'withdrawn' as const, problem: 'already filed' },
      'Not sent after all: already filed.',
    ],
    [{ status: 'waiting' as const }, 'Not delivered: its day ended before it could be sent.'],
  ])('%o', (outcome, told) => {
    const look = lookedAt('2026-11-24T12:00', { deliveries: chasedOn(['2026-11-23'], outcome) });
    expect(linesOf(storyAt(look)).at(-1)).toContain(told);
  });

  test('a commissioner who asked for it is named', () => {
    const deliveries = chasedOn(['2026-11-23'], { status: 'sent', askedBy: commissioner.id });
    const lines = linesOf(storyAt(lookedAt('2026-11-24T12:00', { deliveries })));
    expect(lines.at(-1)).toContain('To the lead Priya Raman, asked for by Colin Marsh: +3');
  });
});

describe('what was arranged', () => {
  const promised = {
    at: london('2026-11-19T10:00'),
    ...byPriya,
    what: 'promised',
    until: '2026-11-24',
  } as const;

  test('a promise keeps it quiet, with the day on which it would be chased again', () => {
    const story = storyAt(lookedAt(MONDAY, arranged(promised)));
    expect(linesOf(story)).toContain(
      '2026-11-19: Priya Raman promised it by the end of Tue 24 Nov.',
    );
    expect(story.now).toContain(
      'Priya Raman is not asked for the return now: it is promised (Priya Raman said: by Tue 24 Nov).',
    );
    expect(story.next.slice(0, 2)).toEqual([
      'Tue 24 Nov: the promise ends.',
      'Wed 25 Nov: the lead Priya Raman is chased at +5; the lead’s manager Greta Holloway is told.',
    ]);
  });

  test('a promise that was not kept is told as such, and one that was kept too', () => {
    const late = storyAt(lookedAt('2026-11-25T09:00', arranged(promised)));
    expect(linesOf(late)).toContain('2026-11-24: The promise of Priya Raman was not kept.');
    const filedAt = london('2026-11-23T15:00');
    const held = filedReturn({
      answers: numbers({ a: 1, b: 2 }),
      createdAt: filedAt,
      modifiedAt: filedAt,
    });
    const kept = storyAt(lookedAt('2026-11-25T09:00', arranged(promised), { returns: [held] }));
    expect(linesOf(kept)).toContain('2026-11-23: The promise of Priya Raman was kept.');
    expect(linesOf(kept).join()).not.toContain('not kept');
  });

  test('a promise that was taken back binds nobody', () => {
    const undone = { at: london('2026-11-19T10:05'), ...byPriya, what: 'promise undone' } as const;
    const lines = linesOf(storyAt(lookedAt('2026-11-26T09:00', arranged(promised, undone))));
    expect(lines).toContain('2026-11-19: Priya Raman took the promise back.');
    expect(lines.join()).not.toContain('kept');
  });

  test('handing over names both, and says who is not asked because of it', () => {
    const handed = {
      at: london('2026-11-23T08:00'),
      ...byPriya,
      what: 'handed over',
      to: sam.id,
      toName: sam.name,
    } as const;
    const story = storyAt(lookedAt(MONDAY, arranged(handed), { people: [priya, sam] }));
    expect(linesOf(story)).toContain('2026-11-23: Priya Raman handed it over to Sam Okoro.');
    expect(story.now).toContain(
      'Priya Raman is not asked for the return now: it was handed over (to Sam Okoro).',
    );
    expect(story.now.join()).toContain(
      'Sam Okoro is written to now, at +3: Priya Raman handed it over to Sam Okoro.',
    );
  });

  test('a withdrawn return is asked of nobody until it is asked for again', () => {
    const withdrawn = {
      at: london('2026-11-20T10:00'),
      ...byColin,
      what: 'withdrawn',
      note: 'the office burnt down',
    } as const;
    const story = storyAt(lookedAt(MONDAY, arranged(withdrawn)));
    expect(linesOf(story).at(-1)).toBe(
      '2026-11-20: Colin Marsh withdrew it: it is not asked for. “the office burnt down”',
    );
    expect(story.next[0]).toBe('Nobody is asked until a commissioner asks for it again.');
  });

  test('a pause of the district is part of the story of each of its returns', () => {
    const paused = {
      at: london('2026-11-20T10:00'),
      ...byColin,
      what: 'paused',
      until: '2026-11-27',
    } as const;
    const arrangements = arrangedFor(districtSubject('Dover'), paused);
    const story = storyAt(lookedAt(MONDAY, { arrangements }));
    expect(linesOf(story)).toContain(
      '2026-11-20: Colin Marsh paused the chasing of Dover until the end of Fri 27 Nov.',
    );
    expect(story.next.slice(0, 2)).toEqual([
      'Fri 27 Nov: the pause of Dover ends.',
      'Mon 30 Nov: the lead Priya Raman is chased at +5; the lead’s manager Greta Holloway is told.',
    ]);
  });

  test('a promise past the last stage but one is followed by a card on the day after it', () => {
    const until = '2026-11-27';
    const story = storyAt(lookedAt(MONDAY, arranged({ ...promised, until })));
    expect(story.next.slice(0, 2)).toEqual([
      'Fri 27 Nov: the promise ends.',
      'Mon 30 Nov: the lead Priya Raman is chased at +5; the lead’s manager Greta Holloway is told.',
    ]);
  });
});

describe('what comes next', () => {
  const next = (...look: Parameters<typeof lookedAt>) => storyAt(lookedAt(...look)).next[0];

  test('is today, before the hours begin', () => {
    expect(next('2026-11-23T07:00')).toBe('Mon 23 Nov: the lead Priya Raman is chased at +3.');
  });

  test('is the next day for who could not be reached today', () => {
    const deliveries = chasedOn(['2026-11-23'], { status: 'no bot installed' });
    expect(next('2026-11-23T09:30', { deliveries })).toBe(
      'Tue 24 Nov: the lead Priya Raman is chased at +3.',
    );
  });

  test('is nothing more, where nobody leads the district', () => {
    expect(next(MONDAY, {}, { people: [commissioner] })).toBe(
      'Wed 2 Dec: the commissioner Colin Marsh is told.',
    );
    expect(next(MONDAY, {}, { people: [] })).toBe(
      'No further card: from here it stands in the weekly summary only.',
    );
  });

  test('is not known while the list cannot be read, and nothing while the terms contradict', () => {
    const notChecked = [
      { list: 'STLS KPI Returns', reason: 'it is gone', forms: ['KPI' as const] },
    ];
    expect(next(MONDAY, {}, { notChecked })).toContain('not known');
    const [term] = terms.filter((one) => one.year === '2026-27' && one.term === 1);
    if (!term) throw new Error('there is no such term');
    expect(next(MONDAY, {}, { terms: [term, term] })).toContain('Nobody is chased until');
  });
});

describe('a return that came', () => {
  const createdAt = london('2026-11-20T16:00');
  const answers = numbers({ a: 1, b: 2 });

  test('is told with who submitted it and how late it was', () => {
    const held = filedReturn({
      answers,
      createdAt,
      modifiedAt: createdAt,
      submittedBy: priya.email,
      itemId: '7',
    });
    const story = storyAt(lookedAt(MONDAY, {}, { returns: [held] }));
    expect(linesOf(story).slice(-2)).toEqual([
      '2026-11-20: Received: item 7 of STLS KPI Returns was made, submitted by Priya Raman.',
      '2026-11-20: Filed in full for the first time, 2 working days late.',
    ]);
    expect(story.now).toEqual(['It is filed.', 'Nobody is asked for the return now: it is filed.']);
    expect(story.next[0]).toBe('Nothing more is asked of the district.');
  });

  test('on the due day is on time', () => {
    const at = london('2026-11-18T23:59');
    const held = filedReturn({ answers, createdAt: at, modifiedAt: at });
    expect(linesOf(storyAt(lookedAt(MONDAY, {}, { returns: [held] }))).join()).toContain(
      'Filed in full for the first time, on time.',
    );
  });

  test('part filed names the questions that are blank, and when it was changed last', () => {
    const held = filedReturn({
      answers: numbers({ a: 1 }),
      createdAt,
      modifiedAt: london('2026-11-20T17:00'),
      itemId: '7',
    });
    const story = storyAt(lookedAt(MONDAY, {}, { returns: [held] }));
    expect(story.now[0]).toBe('It is part filed: 1 required question is blank: “Question b”.');
    expect(linesOf(story).at(-1)).toBe('2026-11-20: Item 7 was changed last.');
  });

  test('waiting to be saved is told as received', () => {
    const saving = [
      { key: DOVER, person: priya.id, receivedAt: createdAt, why: 'SharePoint is too busy.' },
    ];
    const story = storyAt(lookedAt(MONDAY, { saving }));
    expect(linesOf(story).at(-1)).toBe(
      '2026-11-20: Received from Priya Raman, and not saved in SharePoint yet. SharePoint is too busy.',
    );
    expect(story.now[0]).toBe('It was received, and is being saved.');
  });
});

describe('what was found in it', () => {
  const createdAt = london('2026-11-10T10:00');
  const held = filedReturn({ answers: numbers({ a: 9, b: 5 }), createdAt, modifiedAt: createdAt });
  const finding = findingAt();
  const raisedAt = london('2026-11-10T10:01');

  test('a query’s whole life is told, and when the lead is asked about it next', () => {
    const history: FindingRecord['history'] = [
      { at: raisedAt, by: 'the bot', what: 'raised' },
      {
        at: london('2026-11-12T10:00'),
        by: 'Priya Raman',
        what: 'explained',
        text: 'A shared course.',
      },
      {
        at: london('2026-11-20T10:00'),
        by: 'Colin Marsh',
        what: 'sent back',
        text: 'Which course?',
      },
    ];
    const record = recordOf({ finding, raisedAt, status: 'sent back', history });
    const look = lookedAt(
      MONDAY,
      { findings: new Map([[finding.id, record]]) },
      { returns: [held] },
    );
    // The look finds it too, by the rule of these tests.
    const story = storyAt(look);
    const lines = linesOf(story);
    expect(lines).toContain(
      '2026-11-12: Query a-within-b (Priya Raman). Explained: “A shared course.”',
    );
    expect(lines).toContain(
      '2026-11-20: Query a-within-b (Colin Marsh). Sent back: “Which course?”',
    );
    expect(story.now[0]).toBe('It is filed with open queries.');
    expect(story.next.join()).toMatch(
      /the lead Priya Raman is asked about a-within-b at query \+\d/,
    );
  });

  test('a correction closes it, and nothing of it is open now', () => {
    const record = recordOf({
      finding,
      raisedAt,
      history: [{ at: raisedAt, by: 'the bot', what: 'raised' }],
    });
    const corrected = { ...held, answers: numbers({ a: 4, b: 5 }) };
    const story = storyAt(
      lookedAt(MONDAY, { findings: new Map([[finding.id, record]]) }, { returns: [corrected] }),
    );
    expect(linesOf(story).at(-1)).toBe('2026-11-23: Query a-within-b. Closed: it was corrected.');
    expect(story.now).toEqual(['It is filed.', 'Nobody is asked for the return now: it is filed.']);
  });

  test('other figures are told as they are on its card: raised again, and not as a correction', () => {
    const record = recordOf({
      finding,
      raisedAt,
      history: [{ at: raisedAt, by: 'the bot', what: 'raised' }],
    });
    const changed = { ...held, answers: numbers({ a: 8, b: 5 }) };
    const look = lookedAt(
      MONDAY,
      { findings: new Map([[finding.id, record]]) },
      { returns: [changed] },
    );
    const lines = linesOf(storyAt(look));
    const open = [...look.assessment.register.values()].find(({ status }) => status === 'open');
    const onCard = open ? conversationOf(open, look.assessment.register) : [];
    expect(lines.filter((line) => line.includes('a-within-b'))).toEqual(
      onCard.map(({ at, text }) => `${londonDay(at)}: Query a-within-b. ${text}`),
    );
    expect(lines.at(-1)).toMatch(/The figures were changed\. Raised again: “Question a” is 8 /);
  });
});

describe('where it cannot be told', () => {
  test('a list that could not be read leaves the state open', () => {
    const notChecked = [
      { list: 'STLS KPI Returns', reason: 'SharePoint is too busy', forms: ['KPI' as const] },
    ];
    const story = storyAt(lookedAt(MONDAY, {}, { notChecked }));
    expect(story.now).toEqual([
      'Its list could not be read: it is not known.',
      'Nobody is asked for the return now: its list could not be read.',
    ]);
  });

  test('a term before its time says that nothing is expected yet', () => {
    const { now, next } = storyAt(lookedAt('2026-10-05T09:00'));
    expect(now[0]).toBe('Nothing was received, and it is not expected yet.');
    expect(next[0]).toBe('Wed 11 Nov: the lead Priya Raman is chased at -5.');
  });
});
