import { TeamsAdapter } from '@microsoft/teams-ai';
import {
  CardFactory,
  MessageFactory,
  type ConversationReference,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/render.ts';
import type { Configuration } from '../config.ts';
import { reasonOf } from '../errors.ts';
import type { Posted, Teams } from '../service/service.ts';
import type { Reference } from '../storage/memory.ts';

/** The adapter that verifies what comes in and signs what goes out. */
export function createAdapter({ bot }: Configuration): TeamsAdapter {
  return new TeamsAdapter(
    bot.id
      ? {
          MicrosoftAppId: bot.id,
          MicrosoftAppType: bot.type,
          MicrosoftAppTenantId: bot.tenantId,
          MicrosoftAppPassword: bot.password,
        }
      : {},
  );
}

/**
 * Sends and updates cards through the Bot Framework connector. Its client retries 429 with
 * Retry-After, 5xx and dropped connections itself; nothing is added to that here.
 */
export function teamsThrough(adapter: TeamsAdapter, botId: string): Teams {
  const inConversation = async (
    to: Reference,
    run: (context: TurnContext) => Promise<Posted>,
  ): Promise<Posted> => {
    let posted: Posted = { kind: 'failed', reason: 'the conversation was not continued' };
    try {
      await adapter.continueConversationAsync(botId, referenceOf(to), async (context) => {
        posted = await run(context);
      });
    } catch (error) {
      return refusalOf(error);
    }
    return posted;
  };
  return {
    post: (to, card) =>
      inConversation(to, async (context) => {
        const sent = await context.sendActivity(message(card));
        return { kind: 'posted', activityId: sent?.id ?? '' };
      }),
    update: (to, activityId, card) =>
      inConversation(to, async (context) => {
        await context.updateActivity({ ...message(card), id: activityId });
        return { kind: 'posted', activityId };
      }),
  };
}

export const message = (card: Card) => MessageFactory.attachment(CardFactory.adaptiveCard(card));

function referenceOf({ serviceUrl, channelId, conversation, bot, user }: Reference) {
  return {
    serviceUrl,
    channelId,
    conversation,
    bot,
    user,
  } as unknown as Partial<ConversationReference>;
}

/** The connector's client throws errors of several classes; all carry the status of the answer. */
const withStatus = z.object({ statusCode: z.number() });
const BLOCKED = 403;
const GONE = new Set([404, 410]);

/** What a failed send means for the person: learn.microsoft.com, proactive messages. */
function refusalOf(error: unknown): Posted {
  const reason = reasonOf(error);
  const answer = withStatus.safeParse(error);
  const status = answer.success ? answer.data.statusCode : undefined;
  if (status === BLOCKED) return { kind: 'blocked', reason };
  if (status !== undefined && GONE.has(status)) return { kind: 'gone', reason };
  return { kind: 'failed', reason };
}
