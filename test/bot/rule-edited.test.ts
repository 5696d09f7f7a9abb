import { describe, expect, test } from 'vitest';
import { assess } from '../../bot/assess.ts';
import { returnId } from '../../bot/returns/return.ts';
import { filedReturn, heldOf, nothingRemembered, numbers, ruleOf } from './made.ts';

const at = new Date('2026-11-23T09:00:00Z');
const contradiction = filedReturn({ answers: numbers({ a: 9, b: 5 }) });
const remembering = (assessment: ReturnType<typeof assess>) => ({
  ...nothingRemembered,
  findings: assessment.register,
  filings: assessment.newFilings,
});
const stateIn = (assessment: ReturnType<typeof assess>) =>
  assessment.statuses.find((s) => returnId(s) === returnId(contradiction))?.state;

describe('a typing mistake in a rules row', () => {
  const stopped = assess(
    heldOf({ returns: [contradiction], rules: [ruleOf({ severity: 'error' })] }),
    nothingRemembered,
    at,
  );
  const mistyped = assess(
    heldOf({ returns: [contradiction], rules: [], unusableRules: [ruleOf().id] }),
    remembering(stopped),
    at,
  );

  test('closes nothing, and files no return that the rule had stopped', () => {
    expect(stateIn(stopped)).toBe('part filed');
    expect(mistyped.changed).toEqual([]);
    expect(stateIn(mistyped)).toBe('part filed');
  });

  test('freezes no date of filing: the look that can judge it in full decides', () => {
    const unseen = heldOf({ returns: [contradiction], rules: [], unusableRules: ['another'] });
    const during = assess(unseen, nothingRemembered, at);
    const complete = contradiction.createdAt;
    expect([...during.newFilings.values()]).toEqual([{ complete }]);
    expect(assess(unseen, remembering(during), at).newFilings.size).toBe(0);
    const mended = (over: Parameters<typeof ruleOf>[0]) =>
      assess(heldOf({ returns: [contradiction], rules: [ruleOf(over)] }), remembering(during), at);
    expect([...mended({}).newFilings.values()]).toEqual([complete]);
    expect([...mended({ severity: 'error' }).newFilings.values()]).toEqual(['part filed']);
  });

  test('makes no late return timely, and no timely one late', () => {
    const day = (date: string) => new Date(`2026-11-${date}T10:00:00Z`);
    const item = { createdAt: day('10'), itemId: '7' };
    const part = filedReturn({ ...item, answers: numbers({ a: 3 }), modifiedAt: day('10') });
    const filedOn = (date: string) =>
      filedReturn({ ...item, answers: numbers({ a: 3, b: 5 }), modifiedAt: day(date) });
    const broken = ruleOf({ id: 'unrelated', left: 'aa a' });
    const steps = (completed: string, edited: string, rules: ReturnType<typeof ruleOf>[]) => {
      let remembered: Parameters<typeof assess>[1] = nothingRemembered;
      const looks: [ReturnType<typeof filedReturn>, typeof rules][] = [
        [part, rules],
        [filedOn(completed), rules],
        [filedOn(edited), rules],
        [filedOn(edited), [ruleOf()]],
      ];
      return looks.map(([filed, used]) => {
        const seen = assess(heldOf({ returns: [filed], rules: used }), remembered, at);
        const filings = new Map([...remembered.filings, ...seen.newFilings]);
        remembered = { ...nothingRemembered, findings: seen.register, filings };
        return seen.statuses.find((s) => returnId(s) === returnId(filed))?.timely;
      });
    };
    for (const rules of [[ruleOf()], [ruleOf(), broken]]) {
      expect(steps('25', '26', rules)).toEqual([undefined, false, false, false]);
      expect(steps('17', '23', rules)).toEqual([undefined, true, true, true]);
    }
  });
});

test('a row that cannot be used freezes no finding of a row with its id that can', () => {
  const found = assess(heldOf({ returns: [contradiction] }), nothingRemembered, at);
  const corrected = filedReturn({ answers: numbers({ a: 3, b: 5 }) });
  const held = heldOf({ returns: [corrected], unusableRules: [ruleOf().id] });
  const { changed } = assess(held, remembering(found), at);
  expect(changed.map(({ status }) => status)).toEqual(['closed']);
});

describe('a rule that is edited', () => {
  const asQuery = assess(heldOf({ returns: [contradiction] }), nothingRemembered, at);
  const edited = (over: Parameters<typeof ruleOf>[0]) =>
    assess(heldOf({ returns: [contradiction], rules: [ruleOf(over)] }), remembering(asQuery), at);

  test('changes the wording of what it raised before', () => {
    const [changed] = edited({ wording: 'New words.' }).changed;
    expect(changed?.finding.why).toBe('New words.');
    expect(changed?.status).toBe('open');
  });

  test('stops the return once it calls it an error', () => {
    expect(stateIn(asQuery)).toBe('filed with open queries');
    expect(stateIn(edited({ severity: 'error' }))).toBe('part filed');
  });
});
