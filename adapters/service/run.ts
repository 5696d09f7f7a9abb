import pLimit from 'p-limit';
import { authorise } from '../../bot/access/permissions.ts';
import {
  addDays,
  instantFrom,
  londonDay,
  londonInstant,
  shortInstant,
  type Day,
} from '../../bot/calendar/london.ts';
import { addWorkingDays, isWorkingDay, type Calendar } from '../../bot/calendar/working-days.ts';
import { isMovable } from '../clock.ts';
import { reasonOf } from '../errors.ts';
import { note, refused } from './notes.ts';
import type { Acted } from './pressed-card.ts';
import { gather, look, type Service } from './service.ts';
import { sweep, sweepAndNudge, type Swept } from './sweep.ts';

/** Keeps the service going: looks at the lists now and then, and when asked to. */
export type Runner = {
  /** One thing at a time: a sweep, or an action. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Sweeps at the present time, after whatever is under way, and sees everything delivered. */
  sweepNow(): Promise<Swept>;
  /** Has the leader sweep soon, once, however often it is asked meanwhile. */
  lookSoon(): void;
  health(): Health;
  start(everySeconds: number): void;
  stop(): Promise<void>;
};

/** When the last look succeeded, and why a later one did not. Who does not lead does not look. */
export type Health = {
  leads: boolean;
  lastLook: Date | undefined;
  problem: string | undefined;
};

/** Who among several processes sweeps, and how the others ask for it. */
export type Lead = {
  isLeader(): boolean;
  /** Asks the leader for a look. */
  ask(): Promise<void>;
  /** Whether anybody asked since this was asked last. */
  wasAsked(): Promise<boolean>;
};

/** A process that is alone. */
export const ALONE: Lead = {
  isLeader: () => true,
  ask: () => Promise.resolve(),
  wasAsked: () => Promise.resolve(false),
};

/** How long a sweep may hold up presses by asking SharePoint, all requests together. */
const IN_TURN_MS = 20_000;
/** However many notifications and presses ask for one, a look begins no sooner after another. */
const BETWEEN_LOOKS_MS = 1_000;
/** How often the leader sees whether another process asks for a look. */
const ASKED_EVERY_MS = 1_000;

export function createRunner(
  service: Service,
  {
    lead = ALONE,
    afterLook = () => Promise.resolve(),
  }: {
    lead?: Lead;
    /** After each look that succeeded, and that began then by `performance.now()`. */
    afterLook?: (swept: Swept, began: number) => Promise<void>;
  } = {},
): Runner {
  const turns = pLimit(1);
  let turnsTaken = 0;
  const inTurn: Runner['inTurn'] = (work) =>
    turns(() => {
      turnsTaken += 1;
      return work();
    });
  const timers: NodeJS.Timeout[] = [];
  let next: NodeJS.Timeout | undefined;
  let lastBegan = -Infinity;
  let lastLook: Date | undefined;
  let problem: string | undefined;
  let asked = false;

  const log = (what: string) => (error: unknown) => service.log.error({ err: error }, what);

  /** Reads patiently while nobody waits, and holds up the presses only for what is left to do. */
  const lookWith = async (work: typeof sweep): Promise<Swept> => {
    asked = false;
    const began = performance.now();
    lastBegan = began;
    try {
      const before = turnsTaken;
      const isNobodysTurn = turns.activeCount === 0;
      const gathered = await gather(service);
      const swept = await inTurn(() => {
        const inHaste = { ...service, site: service.site.within(IN_TURN_MS, 'nothing') };
        // What somebody did meanwhile is not in it, nor what was being done when it began.
        const isFresh = isNobodysTurn && turnsTaken === before + 1;
        return work(inHaste, isFresh ? gathered : undefined);
      });
      lastLook = new Date();
      problem = undefined;
      await service.site.keep();
      await afterLook(swept, began).catch(log('what follows a look failed'));
      return swept;
    } catch (error) {
      problem = reasonOf(error);
      throw error;
    }
  };
  /**
   * A look in the background, once however often it is asked for meanwhile. What goes wrong is
   * logged and shows in the health, and the next one tries again.
   */
  const lookSoon = () => {
    if (!lead.isLeader()) {
      lead.ask().catch(log('the leader could not be asked for a look'));
      return;
    }
    if (asked) return;
    asked = true;
    const wait = Math.max(0, lastBegan + BETWEEN_LOOKS_MS - performance.now());
    next = setTimeout(() => {
      lookWith(sweepAndNudge).catch(log('a sweep failed'));
    }, wait);
  };
  const lookWhereAsked = async () => {
    const isNewLeader = lastBegan === -Infinity;
    if (lead.isLeader() && ((await lead.wasAsked()) || isNewLeader)) lookSoon();
  };
  return {
    inTurn,
    sweepNow: () => lookWith(sweep),
    lookSoon,
    health: () => ({ leads: lead.isLeader(), lastLook, problem }),
    start: (everySeconds) => {
      timers.push(
        setInterval(() => {
          if (lead.isLeader()) lookSoon();
        }, everySeconds * 1000),
        setInterval(() => {
          lookWhereAsked().catch(log('whether anybody asked for a look is not known'));
        }, ASKED_EVERY_MS),
      );
    },
    stop: async () => {
      timers.forEach(clearInterval);
      clearTimeout(next);
      turns.clearQueue();
      await inTurn(() => Promise.resolve());
    },
  };
}

/** When scheduled work would have run between two instants: each working day at the summary's hour. */
function runsBetween(from: Date, to: Date, calendar: Calendar, time: string): Date[] {
  const runs: Date[] = [];
  for (let day: Day = londonDay(from); day <= londonDay(to); day = addDays(day, 1)) {
    const at = londonInstant(day, time);
    if (isWorkingDay(day, calendar) && at > from && at < to) runs.push(at);
  }
  return runs;
}

/** Reads `+1d`, `+2h` or a London time such as `2026-11-30T09:00`. Undefined when it is neither. */
export function readMove(text: string, now: Date): Date | undefined {
  const relative = /^\+(\d{1,3})([dh])$/.exec(text.trim());
  if (!relative?.[1]) return instantFrom(text.trim());
  const amount = Number(relative[1]);
  if (relative[2] === 'h') return new Date(now.getTime() + amount * 3_600_000);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
  }).format(now);
  return londonInstant(addDays(londonDay(now), amount), time);
}

/** The standing clock cannot go back: what was sent was sent. */
export class ClockRefused extends Error {
  override readonly name = 'ClockRefused';
}

/** Moves the local clock, and runs on the way what would have run. */
export async function moveClock(service: Service, runner: Runner, to: Date): Promise<Date[]> {
  const { clock } = service;
  if (!isMovable(clock)) throw new ClockRefused('The clock can only be moved in the local demo.');
  const from = clock.now();
  if (to <= from) {
    throw new ClockRefused(
      `The clock stands at ${shortInstant(from)} and cannot go back to ${shortInstant(to)}. Begin again with: npm start -- --fresh`,
    );
  }
  const { assessment, reading } = await look(service, from);
  const runs = [...runsBetween(from, to, assessment.calendar, reading.policy.summaryAt), to];
  for (const at of runs) {
    clock.moveTo(at);
    await runner.sweepNow();
  }
  return runs;
}

/** The commissioner's button: to nine o'clock (the summary's hour) on the next working day. */
export async function moveToNextWorkingDay(
  service: Service,
  runner: Runner,
  actor: string,
): Promise<Acted> {
  const now = await look(service, service.clock.now());
  const allowed = authorise(now.reading.people, actor, 'move the local clock');
  if (!allowed.allowed) return { reply: refused(allowed.why, now.reading.people) };
  const day = addWorkingDays(londonDay(now.at), 1, now.assessment.calendar);
  if (!day) {
    return {
      reply: note('There is no next working day', 'The terms list ends here.', 'attention'),
    };
  }
  const to = londonInstant(day, now.reading.policy.summaryAt);
  await moveClock(service, runner, to);
  return {
    reply: note(
      `It is now ${shortInstant(to)}`,
      'The local clock was moved, and what would have run has run.',
    ),
  };
}
