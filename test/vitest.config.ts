import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

// eslint-disable-next-line import/no-default-export -- Vitest reads the default export.
export default defineConfig({
  root,
  test: {
    // One more than the smallest machine has cores: many of these tests wait for something.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          // Modules are loaded once for all files: they keep nothing that a test could leave behind.
          isolate: false,
          include: ['test/{bot,cards}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          isolate: false,
          include: ['test/{adapters,contract,infra}/**/*.test.ts'],
          globalSetup: ['test/adapters/shared-storage.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
