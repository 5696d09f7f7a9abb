import { describe, expect, test } from 'vitest';
import { definitionsOf } from '../../../bot/conversation/definitions.ts';
import { measureOf } from '../made.ts';

const glossary = [
  { name: 'actively supported', otherNames: ['active support'], meaning: 'With targets.' },
  { name: 'caseload', otherNames: ['open to the service'], meaning: 'Every child open.' },
  { name: 'C&I', otherNames: [], meaning: 'Communication and interaction.' },
];
const measures = [
  measureOf('schoolCaseload', { question: 'School caseload', definition: 'In schools.' }),
  measureOf('visits', { question: 'Visits to schools', definition: 'Every visit.' }),
  measureOf('other', { question: 'Other', definition: '' }),
];
const words = (written: string) =>
  definitionsOf(written, glossary, measures).map(({ word }) => word);

describe('what a word means', () => {
  test.each([
    ['caseload', ['caseload']],
    ['Caseload?', ['caseload']],
    ['open to the service', ['caseload']],
    ['the difference between caseload and actively supported', ['actively supported', 'caseload']],
    ['c & i', ['C&I']],
    ['c and i', ['C&I']],
    ['activly suported', ['actively supported']],
    ['caselaod', ['caseload']],
    ['school caseload', ['School caseload']],
    ['visits to schools', ['Visits to schools']],
    ['visits', ['Visits to schools']],
  ])('“%s” is %j', (written, meant) => {
    expect(words(written)).toEqual(meant);
  });

  test.each(['', ' ', '?', 'football', 'other', '__proto__'])('“%s” is not known', (written) => {
    expect(words(written)).toEqual([]);
  });

  test('the same measure of two forms is told once', () => {
    const twice = [...measures, measureOf('schoolVisits', { ...measures[1], form: 'LAR' })];
    expect(definitionsOf('visits to schools', [], twice)).toHaveLength(1);
  });
});
