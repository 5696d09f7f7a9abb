import { describe, expect, test } from 'vitest';
import { packageOf, read, roomOf, sources } from './source.ts';

type Manifest = {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

const manifest = JSON.parse(read('package.json')) as Manifest;
const dependencies = Object.keys(manifest.dependencies);
const devDependencies = Object.keys(manifest.devDependencies);

/** Packages that nothing here imports, and why they are there all the same. */
const NOT_IMPORTED: Record<string, string> = {
  rimraf: 'botbuilder-dialogs calls it in its install script without declaring it',
  openai: 'a peer of @microsoft/teams-ai',
  'adaptive-expressions': 'a peer of adaptivecards-templating',
  node: 'the runtime itself',
  typescript: 'npm run types calls its tsc',
  prettier: 'npm run format calls it',
  oxlint: 'npm run lint calls it',
  'oxlint-tsgolint': 'oxlint --type-aware calls it',
};

const isExplained = (name: string) => name in NOT_IMPORTED || name.startsWith('@types/');
const importedIn = (isRoom: (room: string) => boolean): Set<string> =>
  new Set(
    sources
      .filter(({ file }) => isRoom(roomOf(file)))
      .flatMap(({ imports }) => imports.map((one) => packageOf(one) ?? '')),
  );

const imported = importedIn(() => true);
const importedOutsideTests = importedIn((room) => room !== 'test');
const scripts = Object.values(manifest.scripts)
  .join('\n')
  .split(/[\s&|;]+/);
/** A program of a package is started by its name or its path: `node_modules/azurite/…`. */
const started = (name: string): boolean =>
  scripts.includes(name) ||
  sources.some(({ texts }) =>
    texts.some((text) => text === name || text.includes(`${name}/`) || text.endsWith(`/${name}`)),
  );

describe('package.json', () => {
  test.each(dependencies.filter((name) => !isExplained(name)))(
    '%s is used by the service',
    (name) => {
      expect(importedOutsideTests).toContain(name);
    },
  );

  test.each(devDependencies.filter((name) => !isExplained(name)))(
    '%s is used here: imported, started, or called by a script',
    (name) => expect(imported.has(name) || started(name)).toBe(true),
  );

  test('every exception is still a package of ours', () => {
    const gone = Object.keys(NOT_IMPORTED).filter(
      (name) => !dependencies.includes(name) && !devDependencies.includes(name),
    );
    expect(gone).toEqual([]);
  });

  test('what the service imports is installed where it runs', () => {
    const service = importedIn((room) => ['bot', 'cards', 'adapters'].includes(room));
    const missing = [...service].filter(
      (name) => name !== '' && !name.startsWith('node:') && !dependencies.includes(name),
    );
    expect(missing).toEqual([]);
  });

  test('everything imported is named, not borrowed from another package’s dependencies', () => {
    const named = [...dependencies, ...devDependencies];
    const borrowed = [...imported].filter(
      (name) => name !== '' && !name.startsWith('node:') && !named.includes(name),
    );
    expect(borrowed).toEqual([]);
  });
});
