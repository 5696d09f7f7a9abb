import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished } from 'vitest';

/** How a command ended, and what it said. */
export type Ran = { code: unknown; out: string; errors: string };

const PLACES = ['BOT_ID', 'SHAREPOINT_SITE', 'CLOCK_FILE', 'PUBLIC_URL'];

/**
 * Runs a program of the repository as its own process, as an administrator would, without the bot's
 * settings of this machine. Whatever happens, no stack is shown.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const path = new URL(`../${program}`, import.meta.url).pathname;
  const inherited = Object.entries(process.env).filter(([name]) => !PLACES.includes(name));
  const child = spawn(process.execPath, [path, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'close')) as [unknown];
  expect(`${out}${errors}`).not.toMatch(/^\s+at /m);
  return { code, out, errors };
}
