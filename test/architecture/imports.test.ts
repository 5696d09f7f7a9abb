import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { leadsTo, packageOf, roomOf, sourceOf, sources, type Import } from './source.ts';

const imports = sources.flatMap((source) => source.imports);
const from = (room: string): Import[] => imports.filter(({ file }) => roomOf(file) === room);
const inWords = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

describe('what each room may know of the others', () => {
  const ROOMS: Record<string, { rooms: string[]; typesOf?: string[] }> = {
    bot: { rooms: ['bot'] },
    cards: { rooms: ['cards'], typesOf: ['bot'] },
    adapters: { rooms: ['bot', 'cards', 'adapters'] },
    infra: { rooms: ['infra'] },
  };

  test.each(Object.keys(ROOMS))('%s', (room) => {
    const { rooms = [], typesOf = [] } = ROOMS[room] ?? {};
    expect(from(room), `nothing was read in ${room}/`).not.toEqual([]);
    const wrong = from(room).filter((one) => {
      const target = leadsTo(one);
      if (target === undefined || rooms.includes(roomOf(target))) return false;
      return !(one.isType && typesOf.includes(roomOf(target)));
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('nothing that runs imports a test', () => {
    const wrong = imports.filter(
      (one) => roomOf(one.file) !== 'test' && roomOf(leadsTo(one) ?? '') === 'test',
    );
    expect(wrong.map(inWords)).toEqual([]);
  });
});

describe('no folder of a room knows one that knows it', () => {
  const folderOf = (file: string): string => file.split('/').slice(0, 2).join('/');

  test.each(['bot', 'adapters'])('%s', (room) => {
    const arrows = new Map<string, Set<string>>();
    for (const one of from(room).filter(({ isType }) => !isType)) {
      const [source, target] = [one.file, leadsTo(one)].map((file) => folderOf(file ?? ''));
      const inside = (folder = '') => folder.startsWith(`${room}/`) && !folder.endsWith('.ts');
      if (source === target || !inside(source) || !inside(target)) continue;
      arrows.set(source ?? '', (arrows.get(source ?? '') ?? new Set()).add(target ?? ''));
    }
    const reaches = (start: string, seen = new Set<string>()): Set<string> => {
      for (const next of arrows.get(start) ?? []) {
        if (!seen.has(next)) reaches(next, seen.add(next));
      }
      return seen;
    };
    expect([...arrows.keys()], `nothing was read in ${room}/`).not.toEqual([]);
    expect([...arrows.keys()].filter((folder) => reaches(folder).has(folder))).toEqual([]);
  });
});

describe('bot/ is pure', () => {
  /** Libraries that compute and touch nothing outside. */
  const PURE = ['luxon', '@marcbachmann/cel-js', 'zod', 'chrono-node', 'leven'];

  test('it imports itself and pure libraries only', () => {
    const wrong = from('bot').filter((one) => {
      const name = packageOf(one);
      return name !== undefined && !PURE.includes(name);
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('time, chance and settings come in as arguments', () => {
    const IMPURE = [
      'Date.now',
      'Date()',
      'new Date()',
      'DateTime.now',
      'DateTime.local',
      'DateTime.utc',
      'Math.random',
      'crypto.randomUUID',
      'performance.now',
      'process.env',
      'process.argv',
      'globalThis.process',
    ];
    const wrong = sources
      .filter(({ file }) => roomOf(file) === 'bot')
      .flatMap(({ file, uses }) =>
        uses.filter((use) => IMPURE.includes(use)).map((use) => `${file} uses ${use}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('each of Microsoft’s libraries is spoken to in one place', () => {
  const teams = (file: string) =>
    file.startsWith('adapters/teams/') ||
    file.startsWith('adapters/http/') ||
    file === 'adapters/compose.ts';
  const PLACES: Record<string, (file: string) => boolean> = {
    botbuilder: teams,
    '@microsoft/teams-ai': teams,
    '@microsoft/microsoft-graph-client': (file) => file === 'adapters/sharepoint/graph.ts',
    '@azure/data-tables': (file) => file.startsWith('adapters/storage/'),
  };

  test.each(Object.keys(PLACES))('%s', (name) => {
    const users = imports.filter((one) => packageOf(one) === name && roomOf(one.file) !== 'test');
    expect(users, `nothing imports ${name} any more`).not.toEqual([]);
    expect(users.filter(({ file }) => !PLACES[name]?.(file)).map(inWords)).toEqual([]);
  });
});

describe('these tests see', () => {
  const seen = (code: string) => sourceOf('bot/a.ts', parseAst(code, { lang: 'ts' }, 'a.ts'));

  test.each([
    ["import { a } from './b.ts';", false],
    ["import './b.ts';", false],
    ["export { a } from './b.ts';", false],
    ["export * from './b.ts';", false],
    ["const b = await import('./b.ts');", false],
    ["import { type A } from './b.ts';", false],
    ["import type { A } from './b.ts';", true],
    ["export type { A } from './b.ts';", true],
    ["// from './c.ts'\nconst a = \"from './d.ts'\";\nimport b from './b.ts';", false],
    ["type B = import('./b.ts').B;", false],
  ])('the import in: %s', (code, isType) => {
    expect(seen(code).imports).toEqual([{ file: 'bot/a.ts', specifier: './b.ts', isType }]);
  });

  test.each([
    ['Date.now()', 'Date.now'],
    ["Date['now']()", 'Date.now'],
    ['new Date()', 'new Date()'],
    ['new Date', 'new Date()'],
    ['Date()', 'Date()'],
    ['Math.random()', 'Math.random'],
    ['process.env.HOME', 'process.env'],
  ])('the impurity of: %s', (code, use) => {
    expect(seen(code).uses).toContain(use);
  });

  test('nothing wrong in a date made from something', () => {
    expect(seen('new Date(0); new Date(text);').uses).toEqual([]);
  });
});
