/** Made-up looks at what is held and remembered of one district, for the tests of stories. */
import { londonDay, instantFrom } from '../../../bot/calendar/london.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { Delivery } from '../../../bot/chase/delivery.ts';
import type { Held } from '../../../bot/assess.ts';
import { lookAt, type Look } from '../../../bot/look.ts';
import { tellStory, type Story } from '../../../bot/chase/story.ts';
import type { ReturnKey } from '../../../bot/returns/return.ts';
import {
  commissioner,
  deliveryOf,
  heldOf,
  manager,
  nothingRemembered,
  personOf,
  T1,
} from '../made.ts';

export const DOVER: ReturnKey = { form: 'KPI', district: 'Dover', ...T1 };

export const priya = personOf({ managerEmail: manager.email });
export const sam = personOf({ id: 'lead-sam', name: 'Sam Okoro', email: 'sam@stls.example' });

export type Remembered = Partial<Look['remembered']>;

/** A look at a London time; Dover alone, led by Priya. */
export function lookedAt(
  londonTime: string,
  remembered: Remembered = {},
  held: Partial<Held> = {},
): Look {
  const people = [priya, manager, commissioner];
  const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };
  return lookAt(
    { ...heldOf({ people, ...held }), directory },
    { ...nothingRemembered, deliveries: [], arrangements: new Map(), saving: [], ...remembered },
    london(londonTime),
  );
}

export function london(time: string): Date {
  const at = instantFrom(time);
  if (!at) throw new Error(`“${time}” is no London time.`);
  return at;
}

/** The messages to leads and managers that these days at nine would have made, one after the other. */
export function chasedOn(
  days: readonly string[],
  over: Partial<Delivery> = { status: 'sent' },
): Delivery[] {
  return days.reduce<Delivery[]>((deliveries, day) => {
    const now = lookedAt(`${day}T09:00`, { deliveries });
    const sent = decideChases(now.situation).messages.map((message) =>
      deliveryOf(message, now.at.toISOString(), { settledAt: now.at, ...over }),
    );
    return [...deliveries, ...sent];
  }, []);
}

export const storyAt = (look: Look): Story => tellStory(look, DOVER);

/** `2026-11-23: what happened`, for each line. */
export const linesOf = ({ lines }: Story): string[] =>
  lines.map(({ at, text }) => `${at ? londonDay(at) : '?'}: ${text}`);
