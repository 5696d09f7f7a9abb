import { inject } from 'vitest';
import { isFirstOfAll } from './first-of-all.ts';
import { ACCOUNTS } from './shared-storage.ts';

const unused = ACCOUNTS.values();

/** Azure Storage (tables, blobs and queues): the connection string of an account that nobody has used yet. */
export function newAccount(): string {
  for (const account of unused) {
    if (isFirstOfAll(account)) return inject('shared').connectionString.replaceAll(ANY, account);
  }
  throw new Error('Azurite has no account left.');
}

const [ANY = ''] = ACCOUNTS;
