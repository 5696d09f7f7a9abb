import type { Documents } from '../storage/tables.ts';

/** How often others may write the same document in the same moment. */
const MOST_ROUNDS = 10;

/** What is to be kept, or why nothing is written; with whatever the caller needs of it afterwards. */
type Decided<T> = { keep: T } | { not: unknown };

/**
 * Keeps what is decided on what is there, and decides anew where somebody else wrote meanwhile: of two who
 * decide in the same moment one decides on what the other did. Gives what was decided in the end;
 * `contended` where others wrote in every round.
 */
export async function decideOnKept<T, D extends Decided<T>>(
  documents: Pick<Documents<T>, 'hold' | 'insert' | 'replace'>,
  key: string,
  decide: (there: T | undefined) => D | Promise<D>,
): Promise<D | 'contended'> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const held = await documents.hold(key);
    const decided = await decide(held?.value);
    if ('not' in decided) return decided;
    const written = held
      ? await documents.replace(held, decided.keep)
      : await documents.insert(key, decided.keep);
    if (written) return decided;
  }
  return 'contended';
}
