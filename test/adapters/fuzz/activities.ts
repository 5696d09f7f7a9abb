import { objectIdOf, TENANT } from './fuzzed-bot.ts';
import type { Actor } from './marked-county.ts';
import type { Sent } from './in-process.ts';

/** Where Teams says that its answers go. */
export const SMBA = 'https://smba.example/uk/';

/** An activity as Teams sends it from somebody's personal chat. */
export const activityOf = (actor: Actor, more: object): Record<string, unknown> => ({
  id: 'activity-of-the-person',
  timestamp: '2026-11-23T09:00:00Z',
  channelId: 'msteams',
  serviceUrl: SMBA,
  from: { id: `29:${actor}`, name: actor, ...aadOf(actor) },
  recipient: { id: '28:bot', name: 'Bot' },
  conversation: { id: `chat-of-${actor}`, conversationType: 'personal', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
  locale: 'en-GB',
  ...more,
});

const aadOf = (actor: Actor) => {
  const aadObjectId = objectIdOf(actor);
  return aadObjectId === undefined ? {} : { aadObjectId };
};

export const sentAs = (body: unknown, headers: Record<string, string> = {}): Sent => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

export const saying = (actor: Actor, text: string, more: object = {}) =>
  activityOf(actor, { type: 'message', text, ...more });

export const pressing = (actor: Actor, verb: unknown, data: unknown, more: object = {}) =>
  activityOf(actor, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...more,
  });
