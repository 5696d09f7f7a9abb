import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** Where files lie that all processes share that run tests; it is removed in the end. */
export const sharedFile = (name: string): string => join(inject('shared').folder, name);

/** Whether nobody asked for this name before, in this process or another. */
export function isFirstOfAll(name: string): boolean {
  try {
    closeSync(openSync(sharedFile(`${name}.taken`), 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
