import { afterAll, beforeAll } from 'vitest';
import { startAzurite, type Azurite } from '../azurite.ts';

const ACCOUNTS = Array.from({ length: 200 }, (_, i) => `account${i + 1}`);

/**
 * Azure Storage (tables, blobs and queues) for a file of tests. Each call gives the connection string of an
 * account that nobody has used yet.
 */
export function tableStorage(): { newAccount: () => string } {
  let azurite: Azurite | undefined;
  const unused = ACCOUNTS.values();
  beforeAll(async () => {
    azurite = await startAzurite(ACCOUNTS);
  });
  afterAll(() => azurite?.stop());
  return {
    newAccount: () => {
      const { value } = unused.next();
      if (!azurite || !value) throw new Error('Azurite has not started, or has no account left.');
      return azurite.connectionString(value);
    },
  };
}
