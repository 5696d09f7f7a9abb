import { TurnContext, type Activity } from 'botbuilder';
import { z } from 'zod';
import { whereOf, type Where } from '../../bot/access/where.ts';
import type { Reference } from '../storage/memory.ts';

/** On other channels of the Bot Framework whoever speaks says themselves who they are. */
const isTeams = ({ channelId }: Activity): boolean => channelId === 'msteams';

/** Who speaks: the Entra object id of the verified activity, never anything inside a card. */
export const actorOf = (activity: Activity): string => {
  const id: unknown = activity.from?.aadObjectId;
  return typeof id === 'string' && OBJECT_ID.test(id) && isTeams(activity) ? id.toLowerCase() : '';
};

const OBJECT_ID = /^[0-9a-f-]{36}$/i;

const tenant = z.object({ tenant: z.object({ id: z.string() }) });

/** Where it is said: the tenant is the conversation's own, or stands in what Teams adds to a channel's. */
export function whereIs(activity: Activity, ownTenant: string): Where {
  if (!isTeams(activity)) return 'elsewhere';
  const { conversation, channelData } = activity;
  const tenantId = conversation.tenantId ?? tenantOf(channelData);
  return whereOf({ conversationType: conversation.conversationType, tenantId }, ownTenant);
}

const tenantOf = (channelData: unknown): string | undefined =>
  tenant.safeParse(channelData).data?.tenant.id;

/** Where an answer goes, whenever it is there. */
export function referenceOf(activity: Activity): Omit<Reference, 'who'> {
  const { serviceUrl, channelId, conversation, bot, user } =
    TurnContext.getConversationReference(activity);
  const reference = { serviceUrl, channelId, conversation, bot, user };
  return reference as unknown as Omit<Reference, 'who'>;
}

const tapped = z.object({ say: z.string().max(200) });
const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
});

/** Of the tags in which rich text comes; anything else between angle brackets was typed. */
const MARKUP =
  /<\/?(?:at|p|div|span|br|b|i|u|s|strong|em|code|pre|blockquote|ul|ol|li|a|img|emoji|attachment|font|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/**
 * The words of a message, without what Teams puts round them: the bot's own name, other mentions' marks,
 * and markup. An example that was tapped in the Playground arrives as a value; it stands for the words typed.
 */
export function wordsOf({ text, value, entities, recipient }: Activity): string {
  const typed: unknown = text;
  if (typeof typed !== 'string' || typed === '') {
    const example = tapped.safeParse(value);
    return example.success ? example.data.say : '';
  }
  const named = Array.isArray(entities) ? entities : [];
  const withoutOwnName = named.reduce((words: string, entity) => {
    const read = mention.safeParse(entity);
    const isOwn = read.success && read.data.mentioned.id === recipient?.id;
    return isOwn ? words.replaceAll(read.data.text, ' ') : words;
  }, typed);
  return withoutOwnName
    .replace(MARKUP, ' ')
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}

const submitted = z.object({ verb: z.string() });

/** A card's button by a client without Action.Execute: a message without words that carries a verb. */
export const isSubmitted = ({ type, text, value }: Activity): boolean =>
  type === 'message' && !text && submitted.safeParse(value).success;

const execute = z.object({ action: z.object({ type: z.literal('Action.Execute') }) });

/** A pressed button of a card, of whatever verb. */
export const isExecuted = ({ type, name, value }: Activity): boolean =>
  type === 'invoke' && name === 'adaptiveCard/action' && execute.safeParse(value).success;
