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

  test('freezes no date of filing', () => {
    const unseen = heldOf({ returns: [contradiction], rules: [], unusableRules: ['another'] });
    expect(assess(unseen, nothingRemembered, at).newFilings.size).toBe(0);
  });
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
