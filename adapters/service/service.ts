import type { Card } from '../../cards/render.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { readHeld } from '../sharepoint/read-held.ts';
import type { Site } from '../sharepoint/site.ts';
import { remember, type Memory, type Reference } from '../storage/memory.ts';
import type { Attempted } from '../../bot/chase/delivery.ts';
import { lookAt, type Look, type Reading } from '../../bot/look.ts';

/** What became of a card on its way to Teams. */
export type Posted = Exclude<Attempted, { kind: 'no bot installed' }>;

/** How cards reach people: Teams in production, and in tests a recorder of what was posted. */
export type Teams = {
  post(to: Reference, card: Card): Promise<Posted>;
  update(to: Reference, activityId: string, card: Card): Promise<Posted>;
};

/** Brings people's conversations in line with how things stand, in this process or in another. */
export type Conversations = {
  /** Says that there is something to do in these: Entra object ids, or the channel. */
  nudge(who: readonly string[]): Promise<unknown>;
  /** Works until there is nothing left to do now. */
  drain(withinMs?: number): Promise<{ done: number }>;
};

/** What every use case works with. */
export type Service = Core & { conversations: Conversations };

/** The same without the conversations: what bringing them in line works with. */
export type Core = {
  clock: Clock;
  site: Site;
  memory: Memory;
  teams: Teams;
  log: Logger;
  /** How long SharePoint may take while somebody waits for a button they pressed, in milliseconds. */
  pressMs: number;
  /** How long a write whose answer was lost may still be carried out, in milliseconds. */
  unclearMs: number;
  /** Whether this is the local demo, with its standing clock. */
  isLocal: boolean;
};

/** How long a look may take while messages wait to be sent, in milliseconds. */
const SENDING_MS = 20_000;

/** A fresh look, for what is about to be sent. */
export const lookForSending = async ({ site, memory, clock }: Core): Promise<Look> =>
  look({ site: site.within(SENDING_MS, 'nothing'), memory }, clock.now());

/** The same for somebody who waits for an answer, and for whom the lists of the last minute may do. */
export const inHaste = (
  service: Service,
  otherwise: 'the last minute' | 'nothing' = 'the last minute',
): Service => ({ ...service, site: service.site.within(service.pressMs, otherwise) });

/** Reads the lists and the memory afresh, and says where everything stands. */
export async function look(service: Pick<Service, 'site' | 'memory'>, at: Date): Promise<Look> {
  const { reading, remembered } = await gather(service);
  return lookAt(reading, remembered, at);
}

/** What was kept by then, and what the lists said after that. */
export type Gathered = { remembered: Look['remembered']; reading: Reading };

/**
 * Reads the memory, and then the lists. The other way round, a return that another process files in
 * between would be missing to this look, and what was raised on it taken for gone.
 */
export async function gather({
  site,
  memory,
}: Pick<Service, 'site' | 'memory'>): Promise<Gathered> {
  const remembered = await remember(memory);
  return { remembered, reading: await readHeld(site) };
}

/** A look at what the lists said a moment ago, where something was kept since. */
export const lookAtReading = async (
  { memory }: Pick<Service, 'memory'>,
  reading: Reading,
  at: Date,
): Promise<Look> => lookAt(reading, await remember(memory), at);
