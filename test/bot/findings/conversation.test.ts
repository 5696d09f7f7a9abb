import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversationOf } from '../../../bot/findings/conversation.ts';
import type { Finding } from '../../../bot/findings/finding.ts';
import {
  accept,
  explain,
  sendBack,
  undoDecision,
  type Answered,
} from '../../../bot/findings/answering.ts';
import { reconcile, type FindingRecord } from '../../../bot/findings/register.ts';
import { findingAt, recordOf } from '../made.ts';

const priya = { id: 'lead-dover', name: 'Priya Raman' };
const colin = { id: 'commissioner', name: 'Colin Marsh' };
const hour = (n: number): Date => new Date(Date.UTC(2026, 10, 23, 9 + n));

/** A register that looks and people change, one after the other. */
class Life {
  readonly register = new Map<string, FindingRecord>();

  look(at: Date, ...values: number[]): this {
    const found = values.map((a) => findingAt({ a }));
    return this.keep(reconcile(this.register, found, at, () => 'closed by correction'));
  }

  /** Somebody answers the finding of these values. */
  answer(a: number, by: (record: FindingRecord) => Answered): this {
    const answered = by(this.of(a));
    if (!answered.ok) throw new Error(answered.reason);
    return this.keep([answered.record]);
  }

  of(a: number): FindingRecord {
    return this.register.get(findingAt({ a }).id) ?? recordOf({ finding: findingAt({ a }) });
  }

  linesOf(a: number): string[] {
    return conversationOf(this.of(a), this.register).map(
      ({ at, by, text }) => `${at.getUTCHours()} ${by}: ${text}`,
    );
  }

  private keep(records: readonly FindingRecord[]): this {
    for (const record of records) this.register.set(record.finding.id, record);
    return this;
  }
}

const MESSAGE = 'A is above B. A cannot be above B.';

describe('the conversation of a finding', () => {
  test('is its whole life, in order, with who and when', () => {
    const life = new Life()
      .look(hour(0), 9)
      .answer(9, (one) => explain(one, 'Two schools joined us.', priya, hour(1)))
      .answer(9, (one) => sendBack(one, 'Which ones?', colin, hour(2)))
      .answer(9, (one) => explain(one, 'Aylesham and St Mary’s.', priya, hour(3)))
      .answer(9, (one) => accept(one, colin, hour(4), 'Seen on the list.'))
      .answer(9, (one) => undoDecision(one, colin, hour(5)))
      .answer(9, (one) => accept(one, colin, hour(6)))
      .look(hour(7))
      .look(hour(8), 9);
    expect(life.linesOf(9)).toEqual([
      `9 the bot: Raised: ${MESSAGE}`,
      '10 Priya Raman: Explained: “Two schools joined us.”',
      '11 Colin Marsh: Sent back: “Which ones?”',
      '12 Priya Raman: Explained: “Aylesham and St Mary’s.”',
      '13 Colin Marsh: Accepted: “Seen on the list.”',
      '14 Colin Marsh: Took the acceptance back.',
      '15 Colin Marsh: Accepted.',
      '16 the bot: Closed: it was corrected.',
      '17 the bot: Found again, with the same figures.',
    ]);
  });

  test('goes on when the figures change, and when they change back', () => {
    const life = new Life()
      .look(hour(0), 9)
      .answer(9, (one) => explain(one, 'Two schools joined us.', priya, hour(1)))
      .look(hour(2), 10)
      .look(hour(3), 9);
    const lines = [
      `9 the bot: Raised: ${MESSAGE}`,
      '10 Priya Raman: Explained: “Two schools joined us.”',
      `11 the bot: The figures were changed. Raised again: ${MESSAGE}`,
      `12 the bot: The figures were changed to what they were before. Raised again: ${MESSAGE}`,
    ];
    expect(life.linesOf(9)).toEqual(lines);
    expect(new Life().look(hour(0), 9).look(hour(2), 10).look(hour(3)).linesOf(10)).toEqual([
      lines[0],
      lines[2],
      '12 the bot: Closed: it was corrected.',
    ]);
  });

  test('is in order also where the clock stands still', () => {
    const life = new Life().look(hour(0), 9).look(hour(0), 10).look(hour(0), 9).look(hour(0), 10);
    expect(life.linesOf(10).map((line) => line.slice(0, 40))).toEqual([
      '9 the bot: Raised: A is above B. A canno',
      '9 the bot: The figures were changed. Rai',
      '9 the bot: The figures were changed to w',
      '9 the bot: The figures were changed to w',
    ]);
  });

  test('of a rule that became an error says so', () => {
    const life = new Life().look(hour(0), 9);
    const error: Finding = { ...findingAt(), severity: 'error' };
    const [record] = reconcile(life.register, [error], hour(1), () => 'closed by correction');
    expect(conversationOf(record ?? life.of(9), life.register).at(-1)?.text).toBe(
      'The rule was changed: this has to be corrected now.',
    );
  });

  test('begins with its raising though nothing was written of that', () => {
    expect(conversationOf(recordOf(), new Map())).toMatchObject([
      { at: recordOf().raisedAt, by: 'the bot', text: `Raised: ${MESSAGE}` },
    ]);
  });

  test('leaves out what is not held any more', () => {
    const life = new Life().look(hour(0), 9).look(hour(1), 10);
    life.register.delete(findingAt({ a: 9 }).id);
    expect(life.linesOf(10)).toHaveLength(1);
  });

  test('has every word that was said while the figures were found wrong, once, in order', () => {
    const step = fc.tuple(
      fc.option(fc.integer({ min: 6, max: 8 })),
      fc.integer({ min: 1, max: 2 }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const life = new Life();
        let now = 0;
        let said: string[] = [];
        for (const [a, passed] of steps) {
          life.look(hour((now += passed)), ...(a === null ? [] : [a]));
          if (a === null || life.of(a).status === 'explained') continue;
          said = [...said, `Explained for the ${said.length + 1}th time`];
          const words = said.at(-1) ?? '';
          life.answer(a, (one) => explain(one, words, priya, hour(now)));
        }
        const live = [...life.register.values()].find(({ status }) => status !== 'closed');
        if (!live) return;
        const lines = conversationOf(live, life.register);
        const told = lines.flatMap(({ by, text }) => (by === 'Priya Raman' ? [text] : []));
        expect(new Set(told).size).toBe(told.length);
        expect(
          said.map((words) => `Explained: “${words}”`).filter((w) => told.includes(w)),
        ).toEqual(told);
        const times = lines.map(({ at }) => at.getTime());
        expect(times).toEqual(times.toSorted((x, y) => x - y));
        // Only a correction, with nothing found, ends what the lines before it are about.
        if (steps.every(([a]) => a !== null)) expect(told).toHaveLength(said.length);
      }),
    );
  });
});
