import type { Command, CommandName } from '../../bot/conversation/command.ts';
import type { Logger } from '../logger.ts';
import type { Memory } from '../storage/memory.ts';

/** What people asked for a moment ago: commands alone, never their words. */
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
  const writing = new Map<string, Promise<void>>();
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
  /** One after the other for each person: what was said last is what stands in the end. */
  const write = async (actor: string, said: Said): Promise<void> => {
    await writing.get(actor);
    try {
      await memory.said.put(actor, { at: said.at, commands: [...said.commands] });
    } catch (error) {
      log.warn({ err: error }, 'what was asked last could not be kept');
    }
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
      const said = { at: now(), commands: followed };
      hold(actor, said);
      const written = write(actor, said).finally(() => {
        if (writing.get(actor) === written) writing.delete(actor);
      });
      writing.set(actor, written);
    },
    settled: async () => {
      await Promise.all(writing.values());
    },
  };
}
