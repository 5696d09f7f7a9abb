import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { files, roomOf } from './source.ts';

const TOP = [
  'LICENSE',
  'README.md',
  'adapters',
  'bot',
  'cards',
  'infra',
  'package-lock.json',
  'package.json',
  'teamsapp.yml',
  'test',
  'tsconfig.json',
];
const top = [...new Set(files.map(roomOf))].filter((name) => !name.startsWith('.'));

test('the top level holds nothing else', () => {
  expect(top.filter((name) => !TOP.includes(name))).toEqual([]);
});

test.each(TOP)('the top level holds %s', (name) => {
  expect(top).toContain(name);
});

test('no file is a drawer for things without a name', () => {
  const DRAWER = /^(.*-)?(utils?|helpers?|managers?|misc|common)(\..*)?$/i;
  const drawers = files.filter((file) => file.split('/').some((part) => DRAWER.test(part)));
  expect(drawers).toEqual([]);
});

test('every test is named for what it tests, and lies where it is run', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const RUN = ['architecture', 'bot', 'cards', 'adapters', 'infra', 'browser', 'contract'];
  const lost = tests.filter((file) => {
    const [room, folder = ''] = file.split('/');
    return room !== 'test' || !RUN.includes(folder) || basename(file) === 'index.test.ts';
  });
  expect(lost).toEqual([]);
});
