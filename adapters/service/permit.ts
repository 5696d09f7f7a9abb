import { authorise, type About, type Permission } from '../../bot/access/permissions.ts';
import type { Person } from '../../bot/access/people.ts';
import type { Card } from '../../cards/render.ts';
import type { Look } from '../../bot/look.ts';
import type { Reference } from '../storage/memory.ts';
import { wayIn } from './introduce.ts';
import { refused } from './notes.ts';
import type { Service } from './service.ts';

/** Who asks, and what is known at that moment. The actor comes from the verified activity alone. */
export type Turn = {
  service: Service;
  actor: string;
  now: Look;
  /** Where they said it, by the same activity; its `user` has the name that Teams gives them. */
  from?: Omit<Reference, 'who'> | undefined;
};

/**
 * Runs something if the one table of permissions allows it now; otherwise gives a kind no, and whoever
 * is unknown the way in. Every refusal is a line of the log, which nobody in the chat can flood a table
 * with. A card may call anything a district: only those of the districts list are named in it.
 */
export async function permitted<T>(
  turn: Turn,
  permission: Permission,
  about: About,
  run: (who: Person) => T | Promise<T>,
  otherwise: (refusal: Card) => T,
): Promise<T> {
  const { service, actor, now } = turn;
  const authorised = authorise(now.reading.people, actor, permission, about);
  if (authorised.allowed) return run(authorised.as);
  const named = typeof about === 'object' ? about.district : about;
  const known = now.reading.districts.find(({ name }) => name === named)?.name;
  service.log.warn({ actor, permission, district: known, why: authorised.why }, 'refused');
  if (authorised.why === 'unknown person') return otherwise(await wayIn(turn));
  return otherwise(refused(authorised.why, now.reading.people));
}
