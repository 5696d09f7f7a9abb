import { TableClient, TableServiceClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { isLoopback, type Configuration } from '../config.ts';

type Storage = Configuration['storage'];

/** Retries of a request that is soon made again by whoever wanted it, or can be done without. */
const retryOptions = (tryTimeoutInMs: number) => ({
  maxTries: 2,
  retryDelayInMs: 200,
  tryTimeoutInMs,
});

/** The tables of a storage account. */
export function openTableService(storage: Storage, credential?: TokenCredential) {
  if ('accountUrl' in storage) {
    return new TableServiceClient(storage.accountUrl, required(credential));
  }
  const { connectionString } = storage;
  return TableServiceClient.fromConnectionString(connectionString, onLoopback(connectionString));
}

/** One of its tables, whether or not it is there. */
export function openTable(storage: Storage, name: string, credential?: TokenCredential) {
  if ('accountUrl' in storage) {
    return new TableClient(storage.accountUrl, name, required(credential));
  }
  const { connectionString } = storage;
  return TableClient.fromConnectionString(connectionString, name, onLoopback(connectionString));
}

/** The queues of a storage account. */
export function openQueueService(storage: Storage, credential?: TokenCredential) {
  const options = { retryOptions: retryOptions(10_000) };
  if ('connectionString' in storage) {
    return QueueServiceClient.fromConnectionString(storage.connectionString, options);
  }
  return new QueueServiceClient(urlOf(storage, 'queue'), required(credential), options);
}

/** The blobs of a storage account. */
export function openBlobs(storage: Storage, credential?: TokenCredential) {
  const options = { retryOptions: retryOptions(60_000) };
  if ('connectionString' in storage) {
    return BlobServiceClient.fromConnectionString(storage.connectionString, options);
  }
  return new BlobServiceClient(urlOf(storage, 'blob'), required(credential), options);
}

/** Tables, queues and blobs of an account differ in one word of their address. */
const urlOf = ({ accountUrl }: { accountUrl: string }, service: 'queue' | 'blob'): string =>
  accountUrl.replace('.table.', `.${service}.`);

/** Plain http is for a storage emulator on this machine, and nothing else. */
function onLoopback(connectionString: string): { allowInsecureConnection: boolean } {
  const endpoint = /TableEndpoint=([^;]+)/.exec(connectionString)?.[1];
  return {
    allowInsecureConnection: endpoint !== undefined && isLoopback(new URL(endpoint).hostname),
  };
}

function required(credential: TokenCredential | undefined): TokenCredential {
  if (!credential) throw new Error('storage by account URL needs a credential');
  return credential;
}
