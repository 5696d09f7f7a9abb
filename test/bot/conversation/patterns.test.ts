import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../bot/conversation/examples.ts';
import { INTENTS } from '../../../bot/conversation/intents.ts';
import { neededBy } from '../../../bot/conversation/needed.ts';
import { compiled, lookupOf, mayFit } from '../../../bot/conversation/patterns.ts';

const PATTERNS = INTENTS.flatMap(({ cues }) => cues.flatMap(([, ...patterns]) => patterns));

describe('the words a pattern cannot do without', () => {
  test.each<[string, string[] | undefined]>([
    ['link', ['link']],
    ['(my|our) slots?', ['slot', 'slots']],
    ['who (still )?owes( .*)?', ['owes']],
    ['(late|overdue) returns?', ['late', 'overdue']],
    ['(talk|write) to @person', ['@person']],
    ['(please)? ?@school', ['@school']],
    ['book (?!.*(table|car)).*slots?', ['book']],
    ['tell me about [a-z]+', ['tell']],
    ['(ok |great )*(thanks|cheers)( all)*$', ['thanks', 'cheers']],
    ['(a|b) .*c|d', ['a', 'b', 'd']],
    // A word that may be the end of another rules nothing out.
    ['(.*late|@school)', undefined],
    ['([a-z]+)?', undefined],
  ])('of “%s” are %j', (pattern, words) => {
    expect(neededBy(pattern)?.toSorted()).toEqual(words?.toSorted());
  });

  test('are told of nearly every pattern', () => {
    expect(PATTERNS.filter((pattern) => !neededBy(pattern)).length).toBeLessThan(10);
  });
});

test('no pattern that fits is left out', () => {
  const lookup = lookupOf(PATTERNS);
  const all = PATTERNS.map(compiled);
  const said = Object.values(EXAMPLES).flatMap((lines) => lines.trim().split(/\n\s*/));
  for (const line of said.filter((_, at) => at % 6 === 0)) {
    const words = line.replace(/@(\w+)/g, '@$1a');
    const fitting = all.flatMap((pattern, at) => (pattern.test(words) ? [at] : []));
    expect([...mayFit(words, lookup)]).toEqual(expect.arrayContaining(fitting));
  }
});
