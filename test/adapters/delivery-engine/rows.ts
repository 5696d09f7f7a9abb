import { z } from 'zod';
import type { Documents, Tables } from '../../../adapters/storage/tables.ts';
import type { Reference } from '../../../adapters/storage/memory.ts';
import { DELIVERY_STATUSES, type Delivery } from '../../../bot/chase/delivery.ts';
import type { Card } from '../../../cards/render.ts';

export const QUEUE = 'stls-conversations';
/** The moment of the stories: rows wait on their own day only, so their time stands still. */
export const STORY = new Date('2026-11-23T09:00:00Z');

const row = z.looseObject({
  id: z.string(),
  person: z.string(),
  decidedAt: z.coerce.date(),
  settledAt: z.coerce.date().optional(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.number(),
}) as unknown as z.ZodType<Delivery>;

/** Rows in the partition of their conversation, which their key begins with. */
export const outboxIn = (tables: Tables): Documents<Delivery> =>
  tables.documents('stlsOutbox', row, (key) => key.split('|')[0] ?? '');

/** The `nth` message of a conversation, decided so many seconds later. */
export const waitingRow = (who: string, nth: number): Delivery => ({
  id: `${who}|${String(nth).padStart(4, '0')}`,
  kind: 'chase',
  person: who,
  returns: [],
  findings: [],
  logs: [],
  decidedAt: new Date(STORY.getTime() + nth * 1000),
  status: 'waiting',
  attempts: 0,
  opened: false,
});

export const cardSaying = (text: string): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
});

export const referenceAt = (serviceUrl: string, who: string): Reference => ({
  who,
  serviceUrl,
  channelId: 'msteams',
  conversation: { id: who },
  bot: { id: '28:bot' },
  user: { id: `29:${who}` },
});
