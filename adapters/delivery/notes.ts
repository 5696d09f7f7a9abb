import { z } from 'zod';

/**
 * What a message on the queue says: that these conversations have work. Several to a message, since each
 * message costs three requests.
 */
const note = z.object({
  whos: z.array(z.string()),
  isBack: z.boolean().default(false),
});

/** A conversation that a message on the queue names. */
export type Named = {
  who: string;
  /** Whether it comes back by itself, rather than because somebody says that work waits. */
  isBack: boolean;
};

/** So many conversations to a message at most. */
const MOST = 8;

/** Messages that say that work waits in these conversations. */
export function nudgesFor(whos: readonly string[]): string[] {
  const packs = Array.from({ length: Math.ceil(whos.length / MOST) }, (_, i) =>
    whos.slice(i * MOST, (i + 1) * MOST),
  );
  return packs.map((pack) => JSON.stringify({ whos: pack }));
}

/** A message for one conversation. */
export const noteOf = ({ who, isBack }: Named): string => JSON.stringify({ whos: [who], isBack });

/** The conversations that a message names; undefined where it was not written by this service. */
export function readNote(text: string): Named[] | undefined {
  try {
    const read = note.safeParse(JSON.parse(text)).data;
    return read?.whos.map((who) => ({ who, isBack: read.isBack }));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
