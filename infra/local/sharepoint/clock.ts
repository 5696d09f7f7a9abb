import { readFileSync } from 'node:fs';
import { z } from 'zod';

const clockFile = z.object({ now: z.iso.datetime({ offset: true }) });

/** The clock that a JSON file `{"now": "<ISO instant>"}` sets; the system's where there is none. */
export function clockFrom(file: string | undefined): () => Date {
  if (file === undefined || file === '') return () => new Date();
  return () => instantIn(file) ?? new Date();
}

function instantIn(file: string): Date | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  return new Date(clockFile.parse(JSON.parse(text)).now);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
