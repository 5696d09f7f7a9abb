import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PROGRAM = new URL('../node_modules/azurite/dist/src/azurite.js', import.meta.url).pathname;
/** Any key does: the accounts are made here, and nothing is kept. */
const KEY = 'c3Rscw==';
const LISTENING =
  /(Blob|Queue|Table) service is successfully listening at (http:\/\/127\.0\.0\.1:\d+)/g;

export type Azurite = {
  /** The connection string of one of its accounts. */
  connectionString: (account: string) => string;
  stop: () => Promise<void>;
};

/** Starts Azure Storage (tables, blobs and queues) on loopback, in memory only, with these accounts. */
export async function startAzurite(accounts: readonly string[]): Promise<Azurite> {
  const child = spawn(
    process.execPath,
    [PROGRAM, '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'].concat(
      // Port 0 takes any free one. A line for each request is not written.
      ['--silent', '--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
    ),
    {
      env: {
        ...process.env,
        AZURITE_ACCOUNTS: accounts.map((name) => `${name}:${KEY}`).join(';'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const urls = await addressesOf(child);
  return {
    connectionString: (name) =>
      `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${KEY};TableEndpoint=${urls.Table}/${name};BlobEndpoint=${urls.Blob}/${name};QueueEndpoint=${urls.Queue}/${name};`,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

type Addresses = { Table: string; Blob: string; Queue: string };

function addressesOf({ stdout, stderr, ...child }: ChildProcess): Promise<Addresses> {
  const { promise, resolve, reject } = Promise.withResolvers<Addresses>();
  let said = '';
  const read = (chunk: Buffer): void => {
    said += chunk.toString();
    const found = new Map([...said.matchAll(LISTENING)].map(([, kind, url]) => [kind, url]));
    const [Table, Blob, Queue] = ['Table', 'Blob', 'Queue'].map((kind) => found.get(kind));
    if (!Table || !Blob || !Queue) return;
    stdout?.off('data', read).resume();
    stderr?.off('data', read).resume();
    resolve({ Table, Blob, Queue });
  };
  stdout?.on('data', read);
  stderr?.on('data', read);
  stdout?.once('close', () =>
    reject(new Error(`Azurite (process ${child.pid}) did not start: ${said}`)),
  );
  return promise;
}
