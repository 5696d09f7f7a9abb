import { reasonOf } from '../errors.ts';

/** What a check came to. A note is worth knowing and nothing to mend. */
export type Diagnosis =
  | { status: 'ok'; what: string }
  | { status: 'note' | 'problem'; what: string; remedy: string }
  | { status: 'not checked'; what: string };

export const ok = (what: string): Diagnosis => ({ status: 'ok', what });

export const problem = (what: string, remedy: string): Diagnosis => ({
  status: 'problem',
  what,
  remedy,
});

export const note = (what: string, remedy: string): Diagnosis => ({ status: 'note', what, remedy });

/** A check that waits for something else to be mended, or belongs to another place. */
export class NotChecked extends Error {
  override readonly name = 'NotChecked';
}

/** The problems, or that there are none. */
export const orFine = (problems: readonly Diagnosis[], fine: string): Diagnosis[] =>
  problems.length > 0 ? [...problems] : [ok(fine)];

const NAMED = 8;

/** `A, B and 3 more`. */
export function listed(names: readonly string[]): string {
  if (names.length <= NAMED) return names.join(', ');
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
}

/** The first line of what an error says: the others are addresses, request numbers and stacks. */
export const firstLineOf = (error: unknown): string => reasonOf(error).split('\n')[0] ?? '';
