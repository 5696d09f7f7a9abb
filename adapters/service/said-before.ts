import type { Command, CommandName } from '../../bot/conversation/command.ts';
import type { Logger } from '../logger.ts';
import type { Memory } from '../storage/memory.ts';

/** What people asked for a moment ago, as the commands that it was taken for. */
export type SaidBefore = {
  /** What this process knows; undefined where it has heard nothing of theirs lately. */
  known(actor: string): readonly Command[] | undefined;
  /** What any process knows. */
  find(actor: string): Promise<readonly Command[]>;
  keep(actor: string, commands: readonly Command[]): void;
  /** Waits until what is kept is written. */
  settled(): Promise<void>;
};

/** As long as a follow-up may be one, in milliseconds. */
const FOR_MS = 10 * 60_000;
/** Before what was said is written, in milliseconds. */
const WRITE_AFTER_MS = 500;
/** So many people are held at most: the others are found in the table. */
const MOST_PEOPLE = 5_000;

/** What nobody follows up: what was said before it still stands. */
const IDLE = new Set<CommandName>([
  'thanks',
  'greeting',
  'rude',
  'other language',
  'empty',
  'not understood',
  'help',
]);

type Said = { at: Date; commands: readonly Command[] };

/** `now` is the time of day, not that of a demo whose clock stands. */
export function rememberSaid(
  { memory, log }: { memory: Pick<Memory, 'said'>; log: Logger },
  now: () => Date = () => new Date(),
): SaidBefore {
  const held = new Map<string, Said>();
  const unwritten = new Set<string>();
  let writing: Promise<void> = Promise.resolve();
  let next: NodeJS.Timeout | undefined;
  const recent = (said: Said | undefined): readonly Command[] | undefined =>
    said && now().getTime() - said.at.getTime() < FOR_MS ? said.commands : undefined;
  const hold = (actor: string, said: Said) => {
    held.delete(actor);
    held.set(actor, said);
    for (const oldest of held.keys()) {
      if (held.size <= MOST_PEOPLE) break;
      held.delete(oldest);
    }
  };
  const write = async (actor: string): Promise<void> => {
    const said = held.get(actor);
    if (said) await memory.said.put(actor, { at: said.at, commands: [...said.commands] });
  };
  /** One batch after the other: what was said last stands in the end. */
  const writeBatch = async (before: Promise<void>): Promise<void> => {
    await before;
    const actors = [...unwritten];
    unwritten.clear();
    try {
      await Promise.all(actors.map(write));
    } catch (error) {
      log.warn({ err: error }, 'what was asked last could not be kept');
    }
  };
  const writeAll = (): void => {
    clearTimeout(next);
    next = undefined;
    writing = writeBatch(writing);
  };
  return {
    known: (actor) => recent(held.get(actor)),
    find: async (actor) => {
      const said = await memory.said.get(actor).catch((error: unknown) => {
        log.warn({ err: error }, 'what was asked last could not be read');
        return undefined;
      });
      return recent(said) ?? [];
    },
    keep: (actor, commands) => {
      const followed = commands.filter(({ name }) => !IDLE.has(name));
      if (actor === '' || followed.length === 0) return;
      hold(actor, { at: now(), commands: followed });
      unwritten.add(actor);
      // Nobody's answer waits for it.
      next ??= setTimeout(writeAll, WRITE_AFTER_MS);
    },
    settled: async () => {
      writeAll();
      await writing;
    },
  };
}
