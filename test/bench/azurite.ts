import { spawn } from 'node:child_process';

const PROGRAM = new URL('../../node_modules/azurite/dist/src/azurite.js', import.meta.url).pathname;
/** Azurite's own account and key are public (learn.microsoft.com: use the Azurite emulator). */
const ACCOUNT = 'devstoreaccount1';
const KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const LISTENING = /Blob service is successfully listening at (http:\/\/127\.0\.0\.1:\d+)/;

/** Blob Storage on loopback, in memory, until it is stopped. */
export async function startAzurite(): Promise<{ connectionString: string; stop: () => void }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(
    process.execPath,
    [PROGRAM, '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'].concat(
      // Port 0 takes any free one.
      ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
    ),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const url = LISTENING.exec(said)?.[1];
    if (url) resolve(url);
  });
  child.once('exit', () => reject(new Error(`Azurite did not start: ${said}`)));
  const url = await promise;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=${url}/${ACCOUNT};`,
    stop: () => void child.kill('SIGKILL'),
  };
}
