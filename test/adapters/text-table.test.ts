import { expect, test } from 'vitest';
import { textTable } from '../../adapters/service/text-table.ts';

test('a table that fits is as wide as its words, with a line under its head', () => {
  expect(textTable(['Who', 'What'], [['Priya', 'Dover KPI']], 100)).toBe(
    [' Who     What', '───────────────────', ' Priya   Dover KPI'].join('\n'),
  );
});

test('the wide columns are wrapped at words and share what the narrow ones leave', () => {
  const long = 'a sentence that is far longer than the table may be wide';
  const lines = textTable(['Who', 'What', 'Why'], [['Priya', long, long]], 60).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.join('\n')).not.toContain('…');
});

test('a long word makes its column wide enough, at the cost of the others', () => {
  const rule = 'identical-to-previous-term-and-more';
  const rows = [['Oskar Venn of Tunbridge Wells', rule, 'asked on Thursday and not answered']];
  const lines = textTable(['Who', 'Rule', 'Because'], rows, 70).split('\n');
  expect(lines.join('\n')).toContain(rule);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
});

test('a cell may have several lines', () => {
  const lines = textTable(['Which'], [['Dover KPI\nThanet LAR']], 100).split('\n');
  expect(lines.slice(2)).toEqual([' Dover KPI', ' Thanet LAR']);
});
