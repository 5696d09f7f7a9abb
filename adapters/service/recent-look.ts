import { setTimeout as delay } from 'node:timers/promises';
import type { Look } from '../../bot/look.ts';
import { isMovable } from '../clock.ts';
import { NetworkFailed } from '../errors.ts';
import { ListsUnavailable } from '../sharepoint/read-own-lists.ts';
import { isPassing } from '../sharepoint/retry.ts';
import { look, type Service } from './service.ts';

/** Whether the lists of the last minute do where SharePoint is slow. */
type Otherwise = 'the last minute' | 'nothing';

/** What questions are answered from: a look that is never older than a minute. */
export type RecentLook = {
  /** Waits for a fresh look where there is none; patiently, for at most two minutes. */
  get(otherwise?: Otherwise): Promise<Look>;
  /** Waits for one that began no earlier than this moment, or is being made. */
  fresh(): Promise<Look>;
  /** Something was changed: what is held is not how things stand any more. */
  forget(): void;
  /** The same, and whoever asks next finds a fresh one made or being made. */
  renew(): void;
  /**
   * A look that somebody else took, and when they began by the clock of `elapsedMs`: it is used unless
   * something was changed since, or one that began later is held.
   */
  offer(look: Look, began: number): void;
  /** Nobody waits for a look any longer. */
  stop(): void;
};

/** In milliseconds since the reading began, so that whoever is taken off a list is gone within a minute. */
export type Ages = {
  /** Up to this age a look is as good as a fresh one. */
  fresh: number;
  /** Up to this age it is used, and a fresh one is made meanwhile. */
  used: number;
  /** Up to this age it does for the directory, where a fresh one is slow to come. */
  lastResort: number;
  /** How long somebody may wait for a fresh one, all attempts together. */
  patience: number;
  /** After this wait for a fresh one a last resort is taken. */
  slow: number;
  /** Between two attempts. */
  pause: number;
};

const AGES: Ages = {
  fresh: 15_000,
  used: 45_000,
  lastResort: 60_000,
  patience: 110_000,
  slow: 1_500,
  pause: 2_000,
};

type Held = { look: Look; began: number };

export function createRecentLook(
  service: Service,
  {
    ages: some = {},
    elapsedMs = () => performance.now(),
  }: { ages?: Partial<Ages>; elapsedMs?: () => number } = {},
): RecentLook {
  const ages = { ...AGES, ...some };
  const stopping = new AbortController();
  const unlessStopped = <T>(work: Promise<T>) => unless(stopping.signal, work);
  let held: Held | undefined;
  let making: Promise<Held> | undefined;
  let movedTo: number | undefined;
  let changed = -Infinity;

  const hold = (made: Held): void => {
    if (made.began >= (held?.began ?? -Infinity)) held = made;
  };
  const lookOnce = async (leftMs: number): Promise<Held> => {
    const began = elapsedMs();
    const { site, memory, clock } = service;
    const patiently = { site: site.within(leftMs, 'nothing'), memory };
    return { look: await unlessStopped(look(patiently, clock.now())), began };
  };
  /** A reading that took so long that who may do what was read a minute ago is done again. */
  const lookUntilDone = async (): Promise<Held> => {
    const until = elapsedMs() + ages.patience;
    for (;;) {
      stopping.signal.throwIfAborted();
      try {
        const made = await lookOnce(until - elapsedMs());
        if (elapsedMs() - made.began <= ages.used) return made;
      } catch (error) {
        if (!mayPass(error) || elapsedMs() + ages.pause >= until) throw error;
      }
      if (elapsedMs() >= until) throw tooSlow();
      await unlessStopped(delay(ages.pause));
    }
  };
  const freshOne = (): Promise<Held> => {
    if (making) return making;
    const mine = lookUntilDone();
    making = mine;
    const isStillWanted = () => making === mine;
    return mine
      .then((made) => {
        if (isStillWanted()) hold(made);
        return made;
      })
      .finally(() => {
        if (isStillWanted()) making = undefined;
      });
  };
  const forget = () => {
    held = undefined;
    making = undefined;
    changed = elapsedMs();
  };
  /** The clock of the local demo is moved by other processes too. */
  const forgetWhereClockMoved = () => {
    if (!isMovable(service.clock)) return;
    const now = service.clock.now().getTime();
    if (movedTo !== now) forget();
    movedTo = now;
  };
  const inBackground = (fresh: Promise<Held>): void => {
    fresh.catch((error: unknown) =>
      service.log.warn({ err: error }, 'the lists could not be looked at again'),
    );
  };
  return {
    forget,
    renew: () => {
      forget();
      inBackground(freshOne());
    },
    offer: (look, began) => {
      if (began > changed) hold({ look, began });
    },
    fresh: async () => {
      forgetWhereClockMoved();
      return (await freshOne()).look;
    },
    stop: () => stopping.abort(tooSlow()),
    get: async (otherwise = 'nothing') => {
      forgetWhereClockMoved();
      const last = held;
      const age = last ? elapsedMs() - last.began : Infinity;
      if (last && age < ages.fresh) return last.look;
      const fresh = freshOne();
      if (last && age < ages.used) {
        inBackground(fresh);
        return last.look;
      }
      const isLastResort = otherwise === 'the last minute' && age + ages.slow < ages.lastResort;
      return last && isLastResort ? soonOr(fresh, last.look, ages.slow) : (await fresh).look;
    },
  };
}

/** A fresh look, where it comes soon and at all. */
async function soonOr(fresh: Promise<Held>, last: Look, slowMs: number): Promise<Look> {
  const done = new AbortController();
  const slow = delay(slowMs, last, { signal: done.signal }).catch(() => last);
  const made = fresh.then(
    ({ look: now }) => now,
    () => last,
  );
  return Promise.race([made, slow]).finally(() => done.abort());
}

/**
 * What comes before the signal. Nothing hangs on the signal afterwards: a race with one promise for all
 * would hold every look that was ever made.
 */
async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export const mayPass = (error: unknown): boolean =>
  isPassing(error) || (error instanceof ListsUnavailable && isPassing(error.cause));

const tooSlow = (): NetworkFailed =>
  new NetworkFailed('Microsoft Graph', 'looking at the lists', 'it took too long');
