import { describe, expect, test } from 'vitest';
import { isCorrectedHere, questionsToCorrect } from '../../../bot/findings/correcting.ts';
import { readTypedReturn, type TypedAnswer } from '../../../bot/findings/typed-return.ts';
import { lookAt, type Look } from '../../../bot/look.ts';
import type { Answer } from '../../../bot/returns/answer.ts';
import {
  blank,
  filedReturn,
  findingAt,
  heldOf,
  measureOf,
  nothingRemembered,
  numbers,
  ruleOf,
  T1,
} from '../made.ts';

const key = { form: 'KPI', district: 'Dover', ...T1 } as const;
const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };
const rules = [
  ruleOf({ severity: 'error' }),
  ruleOf({ id: 'c-within-d', left: 'c', right: 'd', severity: 'error' }),
  ruleOf({ id: 'a-within-c', left: 'a', right: 'c', severity: 'error' }),
];

function lookOf(answers: Record<string, Answer>): Look {
  const held = heldOf({
    measures: ['a', 'b', 'c', 'd'].map((id) => measureOf(id)),
    rules,
    returns: [filedReturn({ answers, remarks: 'As it was.' })],
  });
  const remembered = { ...nothingRemembered, deliveries: [], arrangements: new Map(), saving: [] };
  return lookAt({ ...held, directory }, remembered, new Date('2026-11-23T09:00:00Z'));
}

const typed = (answers: Record<string, string>): Map<string, TypedAnswer> =>
  new Map(Object.entries(answers).map(([id, answer]) => [id, { answer, without: '', reason: '' }]));

/** What keeps a correction of `a` and `b` from being filed. */
function problems(answers: Record<string, Answer>, answered: Record<string, string>) {
  const look = lookOf(answers);
  const [held] = look.reading.returns;
  if (!held) throw new Error('Nothing is held.');
  const read = readTypedReturn(key, typed(answered), look, { measures: ['a', 'b'], held });
  return {
    read,
    errors: read.problems.errors.map(({ rule }) => rule),
    questions: [...read.problems.questions.keys()],
  };
}

describe('a correction', () => {
  test('asks the questions that the finding is about, where its return is held', () => {
    const { reading } = lookOf(numbers({ a: 9, b: 5, c: 20, d: 30 }));
    expect(questionsToCorrect({ ...findingAt(), measures: ['b', 'a'] }, reading)).toEqual([
      'a',
      'b',
    ]);
    expect(questionsToCorrect(findingAt(), { ...reading, returns: [] })).toBeUndefined();
    const all = { ...findingAt(), measures: ['a', 'b', 'c', 'd'] };
    expect(questionsToCorrect(all, reading), 'as many as there are').toBeUndefined();
    expect(questionsToCorrect({ ...findingAt(), measures: ['gone'] }, reading)).toBeUndefined();
  });

  test('of a sheet, or of an item that names no term, is made in its list', () => {
    expect(isCorrectedHere(findingAt())).toBe(true);
    expect(isCorrectedHere(findingAt({ on: { form: 'Budget' } }))).toBe(false);
    expect(isCorrectedHere(findingAt({ on: { term: 0 } }))).toBe(false);
    expect(isCorrectedHere({ ...findingAt(), measures: [] })).toBe(false);
  });

  test('leaves every other answer as it is held', () => {
    const held = { ...numbers({ a: 9, b: 5, d: 30 }), c: blank };
    const { read, errors, questions } = problems(held, { a: '4', b: '5' });
    expect(read.answers).toMatchObject({ a: { value: 4 }, b: { value: 5 }, c: blank });
    expect(read.remarks).toBe('As it was.');
    expect(read.measures.map(({ id }) => id)).toEqual(['a', 'b']);
    expect([errors, questions], 'blanks elsewhere are not asked for').toEqual([[], []]);
  });

  test('is not kept from being filed by another error that stood before', () => {
    expect(problems(numbers({ a: 9, b: 5, c: 50, d: 30 }), { a: '4', b: '5' }).errors).toEqual([]);
    const both = numbers({ a: 9, b: 5, c: 2, d: 30 });
    expect(problems(both, { a: '4', b: '5' }).errors, 'a is above c still').toEqual([]);
  });

  test('is kept by the error itself, by one that it makes, and by what cannot be read', () => {
    const held = numbers({ a: 9, b: 5, c: 20, d: 30 });
    expect(problems(held, { a: '8', b: '5' }).errors).toEqual(['a-within-b']);
    expect(problems(held, { a: '25', b: '30' }).errors).toEqual(['a-within-c']);
    expect(problems(held, { a: 'four', b: '' }).questions).toEqual(['a', 'b']);
  });
});
