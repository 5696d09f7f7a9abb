import { expect, test } from 'vitest';
import { showFigure, type Unit } from '../../../bot/returns/measure.ts';

test.each<[number, Unit, string]>([
  [655550, 'money', '£655,550'],
  [655550.4, 'money', '£655,550.40'],
  [655550.004, 'money', '£655,550'],
  [655550.996, 'money', '£655,551'],
  [0, 'money', '£0'],
  [0.4, 'money', '£0.40'],
  [-12.5, 'money', '-£12.50'],
  [84, 'percentage', '84%'],
  [83.333, 'percentage of 1', '83.33%'],
  [1994, 'count', '1,994'],
  [1000.999, 'decimal', '1,001'],
  [0.304, 'decimal', '0.3'],
])('%d of %s is shown as %s', (value, unit, shown) => expect(showFigure(value, unit)).toBe(shown));

test.each<[number, Unit, number, string]>([
  [1000.999, 'decimal', 3, '1,000.999'],
  [10.001, 'money', 3, '£10.001'],
  [10, 'money', 3, '£10'],
  [33.3333, 'percentage', 4, '33.3333%'],
])('%d of %s is shown with %d decimals as %s', (value, unit, decimals, shown) =>
  expect(showFigure(value, unit, decimals)).toBe(shown),
);
