import {
  CardFactory,
  MessageFactory,
  type CloudAdapter,
  type ConversationReference,
  type SendActivitiesHandler,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { Attempted } from '../../bot/chase/delivery.ts';
import type { Card } from '../../cards/render.ts';
import { reasonOf } from '../errors.ts';
import { readRetryAfter } from '../sharepoint/retry.ts';
import type { Reference } from '../storage/memory.ts';

/** What one request to Teams came to. */
type Answered = Exclude<Attempted, { kind: 'no bot installed' }>;

/**
 * Posts and updates cards through the Bot Framework connector: one request each, in at most `requestMs`
 * milliseconds, signing included: as long as the dispatcher reckons with. The one retry layer is the queue of conversations, which knows the limits, the order and how often a
 * message was tried.
 */
export function teamsThrough(adapter: CloudAdapter, botId: string, requestMs: number) {
  const inConversation = async (
    to: Reference,
    card: Card,
    run: (context: TurnContext) => Promise<string>,
  ): Promise<Answered> => {
    const deadline = AbortSignal.timeout(requestMs);
    const timeIsUp = endOf(deadline);
    let activityId: string | undefined;
    const continued = adapter.continueConversationAsync(botId, referenceOf(to), async (context) => {
      makeOneRequest(clientOf(context, adapter), deadline);
      context.onSendActivities(replyingToNothing);
      activityId = await run(context);
    });
    try {
      await Promise.race([continued, timeIsUp]);
    } catch (error) {
      return meaningOf(error, card);
    }
    if (activityId === undefined) return { kind: 'failed', reason: 'the turn was not continued' };
    return { kind: 'posted', activityId };
  };
  return {
    post: (to: Reference, card: Card): Promise<Answered> =>
      inConversation(to, card, async (context) => {
        const sent = await context.sendActivity(message(card));
        return sent?.id ?? '';
      }),
    update: (to: Reference, activityId: string, card: Card): Promise<Answered> =>
      inConversation(to, card, async (context) => {
        await context.updateActivity({ ...message(card), id: activityId });
        return activityId;
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

/** A continued turn has an activity that nobody sent: what is posted in it is no reply. */
const replyingToNothing: SendActivitiesHandler = (_context, activities, next) => {
  for (const activity of activities) delete activity.replyToId;
  return next();
};

/** Rejects when a request's time is over: signing it may take long as well, and cannot be cut short. */
async function endOf(deadline: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  deadline.addEventListener('abort', () => reject(new Error('no answer in time')));
  return promise;
}

type Request = { abortSignal?: AbortSignal };
type Policy = {
  name: string;
  sendRequest(request: Request, next: (request: Request) => Promise<unknown>): Promise<unknown>;
};
/** The part of the connector's client by which a request goes out (@azure/core-rest-pipeline). */
type ConnectorPipeline = {
  removePolicy(named: { name: string }): readonly unknown[];
  addPolicy(policy: Policy): void;
};

function clientOf(context: TurnContext, adapter: CloudAdapter): ConnectorPipeline {
  const client = context.turnState.get<{ client: { pipeline: ConnectorPipeline } }>(
    adapter.ConnectorClientKey,
  );
  return client.client.pipeline;
}

/**
 * Takes the retries out of a connector client, which is made anew for each continued conversation. Its
 * options do not reach so far: botbuilder-stdlib 4.23.3 leaves `retryOptions` out. A request that is
 * signed after the deadline is not made, one under way is cut off.
 */
function makeOneRequest(pipeline: ConnectorPipeline, deadline: AbortSignal): void {
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy({
    name: 'deadline',
    sendRequest: (request, next) => {
      deadline.throwIfAborted();
      request.abortSignal = deadline;
      return next(request);
    },
  });
}

/** The connector's client throws errors of several classes; those of an answer carry its status. */
const refusal = z.object({
  statusCode: z.number(),
  code: z.string().optional(),
  response: z
    .object({ headers: z.custom<{ get(name: string): string | null | undefined }>() })
    .optional(),
});
type Refusal = z.infer<typeof refusal>;

type Meaning = (answer: { reason: string; card: Card; retryAfterMs?: number }) => Answered;

const blocked: Meaning = ({ reason }) => ({ kind: 'blocked', reason });
const gone: Meaning = ({ reason }) => ({ kind: 'gone', reason });
const refused: Meaning = ({ reason }) => ({ kind: 'refused', reason });
const tooLarge: Meaning = ({ reason, card }) => ({
  kind: 'refused',
  reason: `the card is too large (${kilobytes(card)} KB): ${reason}`,
});
const notSigned: Meaning = ({ reason }) => ({
  kind: 'not signed',
  reason: `the bot's own credential was refused: ${reason}`,
  retryAfterMs: CREDENTIAL_REST_MS,
});
const failed: Meaning = ({ reason, retryAfterMs }) => ({
  kind: 'failed',
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** A credential is mended by a person. */
const CREDENTIAL_REST_MS = 600_000;

/**
 * What Teams means by each status (learn.microsoft.com: "Send proactive messages", and "Bot Framework
 * error codes": 403 covers MessageWritesBlocked, BotNotInConversationRoster and the tenant's policies;
 * 412, 429, 502 and 504 are to be tried again). What is not here fails for the moment.
 */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  400: refused,
  401: notSigned,
  403: blocked,
  404: gone,
  410: gone,
  413: tooLarge,
};

function meaningOf(error: unknown, card: Card): Answered {
  const read = refusal.safeParse(error);
  const reason = read.success ? said(read.data, error) : reasonOf(error);
  if (!read.success) return (isOfSigning(error) ? notSigned : failed)({ reason, card });
  const retryAfterMs = believable(readRetryAfter(read.data.response?.headers.get('retry-after')));
  const meaning = MEANINGS[read.data.statusCode] ?? failed;
  return meaning({ reason, card, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** Teams means seconds or minutes: nobody is left unwritten for a day, nor asked for all the time. */
const [LEAST_REST_MS, MOST_REST_MS] = [1_000, 15 * 60_000];
const believable = (retryAfterMs: number | undefined): number | undefined =>
  retryAfterMs ? Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, retryAfterMs)) : undefined;

/** By name, the errors of @azure/msal-node that say no to the credential itself. */
const OF_SIGNING = new Set(['ServerError', 'ManagedIdentityError', 'ClientConfigurationError']);
const isOfSigning = (error: unknown): boolean =>
  error instanceof Error && OF_SIGNING.has(error.name);

/** The status, its code and what the answer says in words. */
const said = ({ statusCode, code = '' }: Refusal, error: unknown): string =>
  [statusCode, code, reasonOf(error)].filter((part) => part !== '').join(' ');

const kilobytes = (card: Card): number =>
  Math.ceil(Buffer.byteLength(JSON.stringify(card), 'utf8') / 1024);
