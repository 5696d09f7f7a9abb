import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A part of the local demo that runs as a process of its own. */
export type Part = {
  name: string;
  args: readonly string[];
  env: Record<string, string>;
  /** Where its output goes. */
  logFile: string;
};

/** A part did not start, or ended. The message shows the last lines of its log. */
export class PartFailed extends Error {
  override readonly name = 'PartFailed';
}

export type Running = {
  name: string;
  child: ChildProcess;
  ended: Promise<number | null>;
  logFile: string;
};

/** Starts a part with this Node.js; its output goes to its log file. */
export function startPart({ name, args, env, logFile }: Part): Running {
  mkdirSync(dirname(logFile), { recursive: true });
  const output = openSync(logFile, 'w');
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  return { name, child, ended, logFile };
}

/** Runs a part to its end. */
export async function runPart(part: Part): Promise<void> {
  const running = startPart(part);
  const code = await running.ended;
  if (code !== 0) throw failed(running, code);
}

export const failed = ({ name, logFile }: Running, code: number | null): PartFailed =>
  new PartFailed(
    `${name} ended with code ${code}. Its log (${logFile}) says:\n${lastLines(logFile)}`,
  );

const lastLines = (file: string): string =>
  readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n');

const BETWEEN_TRIES_MS = 100;

/** Waits until a URL answers well, or the part ends, or time is up. */
export async function untilHealthy(running: Running, url: string, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  let over: number | null | undefined;
  void running.ended.then((code) => (over = code));
  while (Date.now() < until) {
    if (over !== undefined) throw failed(running, over);
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
  throw new PartFailed(
    `${running.name} did not answer at ${url} within ${withinMs / 1000} s. See ${running.logFile}.`,
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.status < 500;
  } catch (error) {
    if (
      error instanceof TypeError ||
      (error instanceof DOMException && error.name === 'TimeoutError')
    )
      return false;
    throw error;
  }
}

const PATIENCE_MS = 4000;

/** Stops parts, the last started first; what does not end by itself is ended. */
export async function stopAll(parts: readonly Running[]): Promise<void> {
  await Promise.all(parts.toReversed().map(stopPart));
}

async function stopPart({ child, ended }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(late);
}
