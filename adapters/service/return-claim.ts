import { randomUUID } from 'node:crypto';
import type { Service } from './service.ts';

/** This process, among those that may save at the same time. */
const ME = randomUUID();

type Claiming = Pick<Service, 'memory' | 'log'>;

/**
 * Claims the saving of a return, by its id, for so many milliseconds. False while another has it; a
 * claim that outlived its time was left by a process that ended.
 */
export async function claim({ memory }: Claiming, id: string, forMs: number): Promise<boolean> {
  const mine = claimFor(forMs);
  if (await memory.claims.add(id, mine)) return true;
  return memory.claims.change(id, ({ until }) => (until.getTime() < Date.now() ? mine : undefined));
}

const claimFor = (milliseconds: number) => ({
  by: ME,
  until: new Date(Date.now() + milliseconds),
});

/** Gives a claim back, at once or after a while; one that is left behind ends by itself. */
export async function release({ memory, log }: Claiming, id: string, afterMs = 0): Promise<void> {
  try {
    if ((await memory.claims.get(id))?.by !== ME) return;
    if (afterMs > 0) await memory.claims.put(id, claimFor(afterMs));
    else await memory.claims.remove(id);
  } catch (error) {
    log.warn({ err: error, claim: id }, 'a claim could not be given back');
  }
}
