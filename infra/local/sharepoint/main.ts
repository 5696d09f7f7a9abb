import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clockFrom } from './clock.ts';
import { holdsSite, startEmulator, type RunningEmulator } from './emulator.ts';
import type { SeedSite } from './seed.ts';

/**
 * Environment: `SHAREPOINT_PORT` (3979), `LOCAL_FOLDER` (`.local`, where `sharepoint.db` lies),
 * `CLOCK_FILE` (a JSON file `{"now": "<ISO instant>"}` that sets the time of writes).
 */
async function main(env = process.env): Promise<void> {
  const port = portFrom(env['SHAREPOINT_PORT'] ?? '3979');
  const folder = env['LOCAL_FOLDER'] ?? '.local';
  const databaseFile = join(folder, 'sharepoint.db');
  mkdirSync(folder, { recursive: true });
  try {
    const emulator = await startEmulator({
      port,
      databaseFile,
      ...(holdsSite(databaseFile) ? {} : { seed: await demoSite() }),
      now: clockFrom(env['CLOCK_FILE']),
    });
    closeOnSignal(emulator);
    process.stdout.write(`SharePoint emulator on ${emulator.url}\n`);
  } catch (error) {
    if (!isTaken(error)) throw error;
    process.stderr.write(
      `Port ${port} is taken. Stop what uses it, or set SHAREPOINT_PORT to another.\n`,
    );
    process.exitCode = 1;
  }
}

async function demoSite(): Promise<SeedSite> {
  const { councilSite } = await import('../demo/council-site.ts');
  return councilSite();
}

function closeOnSignal(emulator: RunningEmulator): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  }
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`SHAREPOINT_PORT is '${text}'. Set it to a port number, such as 3979.`);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

await main();
