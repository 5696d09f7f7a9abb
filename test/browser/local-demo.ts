import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export type LocalDemo = {
  /** What `npm start` printed. */
  output: () => string;
  /** The folder of its parts' logs. */
  logs: string;
  sharepointUrl: string;
  botUrl: string;
  /** The variables that say which ports it uses. */
  ports: Record<string, string>;
  playgroundUrls: { lead: string; commissioner: string; senco: string };
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<number | null>;
};

/** Ports that are free now, the last three of them in a row. */
async function freePorts(): Promise<Record<string, string>> {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = await Promise.all([0, 0, 0, 0, 0].map(freePort));
  return {
    PORT: String(a),
    SHAREPOINT_PORT: String(b),
    AZURITE_BLOB_PORT: String(c),
    AZURITE_QUEUE_PORT: String(d),
    AZURITE_TABLE_PORT: String(e),
    PLAYGROUND_PORT: String(await threeInARow()),
  };
}

/** Nobody else who starts now begins so many demos further on. */
const STRIDE = 101;

async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Demos that start at the same moment find the same ports free, so each process begins at three of its
 * own: the next process has the next number. Below those that the system gives to connections.
 */
async function threeInARow(): Promise<number> {
  const mine = 12_000 + 3 * (process.pid % 5000);
  for (let first = mine; ; first += 3 * STRIDE) {
    const free = await Promise.allSettled([first, first + 1, first + 2].map(freePort));
    if (free.every((one) => one.status === 'fulfilled')) return first;
  }
}

/** Runs `npm start`'s program on free ports with an empty folder of its own. */
export async function startLocalDemo(): Promise<LocalDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'stls-'));
  const ports = await freePorts();
  let running = await launch(folder, ports);
  const first = Number(ports['PLAYGROUND_PORT']);
  const on = (port: string | number | undefined) => `http://127.0.0.1:${port}`;
  return {
    output: () => running.output(),
    logs: join(folder, 'logs'),
    ports,
    sharepointUrl: on(ports['SHAREPOINT_PORT']),
    botUrl: on(ports['PORT']),
    playgroundUrls: { lead: on(first), commissioner: on(first + 1), senco: on(first + 2) },
    restart: async () => {
      await end(running.child);
      running = await launch(folder, ports);
    },
    stop: async () => {
      const code = await end(running.child);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

const PATIENCE_MS = 110_000;
/** The lists notify the bot: it looks by itself only to try again what failed. */
const LOOKS_EVERY_SECONDS = '10';

async function launch(folder: string, ports: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'infra/local/start.ts')], {
    env: { ...process.env, ...ports, LOCAL_FOLDER: folder, POLL_SECONDS: LOOKS_EVERY_SECONDS },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ready = new Promise<void>((ok, fail) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Ctrl-C')) ok();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(new Error(`npm start ended with ${code}:\n${text}`)));
    setTimeout(() => fail(new Error(`npm start was not ready:\n${text}`)), PATIENCE_MS).unref();
  });
  await ready;
  return { child, output: () => text };
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  child.removeAllListeners('exit');
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
