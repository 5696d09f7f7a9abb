import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startAzurite } from '../azurite.ts';

declare module 'vitest' {
  // eslint-disable-next-line typescript/consistent-type-definitions -- Vitest's own is extended.
  interface ProvidedContext {
    /** What every process that runs tests shares. */
    shared: {
      /** The connection string of the first of Azurite's accounts; the others differ in the name. */
      connectionString: string;
      /** A folder that is removed in the end. */
      folder: string;
    };
  }
}

/** One for each test that asks for it. */
export const ACCOUNTS = Array.from({ length: 2000 }, (_, i) => `account${i + 1}of2000`);

/** Azure Storage for all files of tests: to start it for each of them took longer than to use it. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'stls-tests-'));
  const azurite = await startAzurite(ACCOUNTS);
  provide('shared', { connectionString: azurite.connectionString(ACCOUNTS[0] ?? ''), folder });
  return async () => {
    await azurite.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
