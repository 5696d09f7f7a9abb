import { Application, type AdaptiveCard, type TeamsAdapter } from '@microsoft/teams-ai';
import { TurnContext, type Activity } from 'botbuilder';
import { z } from 'zod';
import type { Asking } from '../../bot/conversation/asking.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { parseAction, VERBS, type CardAction, type ParsedAction } from '../../cards/actions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { act } from '../service/act.ts';
import { answer } from '../service/answer.ts';
import { connect, type Arrival } from '../service/connect.ts';
import { note } from '../service/notes.ts';
import type { Acted } from '../service/pressed-card.ts';
import type { Runner } from '../service/run.ts';
import type { Service } from '../service/service.ts';
import { ListsUnavailable } from '../sharepoint/read-own-lists.ts';
import { message } from './connector.ts';
import { ANSWER, recogniserPlanner } from './planner.ts';

/** What the Teams edge works with, besides the use cases. */
export type Edge = {
  service: Service;
  adapter: TeamsAdapter;
  botId: string;
  /** One thing at a time: a sweep, or an action. */
  inTurn: Runner['inTurn'];
  /** What the recogniser goes by when this person says something. */
  asking: (actor: string) => Promise<Asking>;
  /** Asks for a look at the lists soon. */
  lookSoon: () => void;
  /** Local mode only: moves the clock to the next working day. Undefined otherwise. */
  nextWorkingDay: ((actor: string) => Promise<Acted>) | undefined;
};

/** The Teams edge: turns activities into commands and actions, and their outcomes into cards. */
export function createApplication(edge: Edge): Application {
  const app = new Application({
    adapter: edge.adapter,
    botAppId: edge.botId,
    startTypingTimer: false,
    ai: {
      planner: recogniserPlanner(({ activity }) => edge.asking(actorOf(activity))),
      allow_looping: false,
    },
  });
  app.turn('beforeTurn', ({ activity }) => Promise.resolve(takeTappedWords(activity)));
  app.activity('installationUpdate', (context) => onInstallation(edge, context));
  app.ai.action(ANSWER, async (context, _state, { command }: { command: Command }) => {
    await onWords(edge, context, command);
    return '';
  });
  app.adaptiveCards.actionExecute([...VERBS], async (context) => {
    const { verb, data } = context.activity.value.action;
    const { card, text = 'Done.' } = await onPress(edge, context, parseAction(verb, data));
    return (card as unknown as AdaptiveCard | undefined) ?? text;
  });
  app.adaptiveCards.actionSubmit([...VERBS], async (context) => {
    const { text } = await onPress(edge, context, parseAction(undefined, context.activity.value));
    if (text) await context.sendActivity(text);
  });
  app.error((context, error) => onError(edge, context, error));
  return app;
}

const tapped = z.object({ say: z.string().max(200) });

/** An example that was tapped in the Playground arrives as a value; it stands for the words typed. */
function takeTappedWords(activity: Activity): true {
  const value =
    activity.type === 'message' && !activity.text ? tapped.safeParse(activity.value) : undefined;
  if (value?.success) activity.text = value.data.say;
  return true;
}

/** Who speaks: the Entra object id of the verified activity, never anything inside a card. */
const actorOf = ({ from }: Activity): string => from.aadObjectId?.toLowerCase() ?? '';

const isPersonal = ({ conversation }: Activity): boolean =>
  conversation.conversationType === 'personal';

async function onInstallation(edge: Edge, context: TurnContext): Promise<void> {
  const { activity } = context;
  if (activity.action === 'remove') return;
  const { conversationType } = activity.conversation;
  if (conversationType !== 'personal' && conversationType !== 'channel') return;
  const arrival: Arrival = {
    actor: actorOf(activity),
    isPersonal: isPersonal(activity),
    reference: referenceOf(activity),
  };
  await edge.inTurn(() => connect(edge.service, arrival));
  edge.lookSoon();
}

function referenceOf(activity: Activity): Arrival['reference'] {
  const { serviceUrl, channelId, conversation, bot, user } =
    TurnContext.getConversationReference(activity);
  return JSON.parse(
    JSON.stringify({ serviceUrl, channelId, conversation, bot, user }),
  ) as Arrival['reference'];
}

async function onWords(edge: Edge, context: TurnContext, command: Command): Promise<void> {
  const { activity } = context;
  if (!isPersonal(activity)) {
    await context.sendActivity(
      message(
        note('Please ask me in our personal chat', 'In a channel I only post the weekly summary.'),
      ),
    );
    return;
  }
  const card = await edge.inTurn(() =>
    answer(edge.service, actorOf(activity), command, referenceOf(activity)),
  );
  await context.sendActivity(message(card));
}

/** Answers a press: the new card in place, a reply below, or a line of text. */
async function onPress(
  edge: Edge,
  context: TurnContext,
  parsed: ParsedAction,
): Promise<{ card?: Card; text?: string }> {
  if (!parsed.ok) {
    edge.service.log.warn(
      { actor: actorOf(context.activity), problem: parsed.problem },
      'a card action was not understood',
    );
    return { text: 'This button is out of date. Type “help” to go on.' };
  }
  if (!isPersonal(context.activity)) return { text: 'Please do that in our personal chat.' };
  const acted = await tryPress(edge, context.activity, parsed.action, parsed.typed);
  edge.lookSoon();
  if (typeof acted === 'string') return { text: acted };
  if (acted.inPlace) await updateInPlace(edge, context, acted.inPlace);
  if (acted.reply) await context.sendActivity(message(acted.reply));
  return acted.inPlace ? { card: acted.inPlace } : {};
}

async function tryPress(
  edge: Edge,
  activity: Activity,
  action: CardAction,
  typed: Extract<ParsedAction, { ok: true }>['typed'],
): Promise<Acted | string> {
  const actor = actorOf(activity);
  if (action.verb === 'clock.nextWorkingDay') {
    return edge.nextWorkingDay?.(actor) ?? 'The clock can only be moved in the local demo.';
  }
  const pressed = { actor, activityId: activity.replyToId ?? '', from: referenceOf(activity) };
  try {
    return await edge.inTurn(() => act(edge.service, pressed, action, typed));
  } catch (error) {
    edge.service.log.error({ err: error, verb: action.verb, actor }, 'an action failed');
    return apology(error);
  }
}

/** A press is answered by the card itself too, for everyone who sees it and for later. */
async function updateInPlace(edge: Edge, context: TurnContext, card: Card): Promise<void> {
  const id = context.activity.replyToId;
  if (!id) return;
  try {
    await context.updateActivity({ ...message(card), id });
  } catch (error) {
    edge.service.log.warn({ err: error }, 'a pressed card could not be updated for later');
  }
}

async function onError(edge: Edge, context: TurnContext, error: Error): Promise<void> {
  edge.service.log.error({ err: error, activity: context.activity.type }, 'a turn failed');
  if (context.activity.type !== 'message') return;
  await context.sendActivity(
    message(
      renderCard('note', {
        headline: 'That did not work',
        text: apology(error),
        tone: 'attention',
      }),
    ),
  );
}

/** Says whose fault it was, and what to do. */
function apology(error: unknown): string {
  if (error instanceof NetworkFailed || error instanceof ListsUnavailable) {
    return 'SharePoint cannot be reached at the moment. Please try again in a few minutes; nothing you typed was changed.';
  }
  if (error instanceof ServiceRefused) {
    return 'SharePoint or Teams did not allow this just now. Please try again; if it goes on, tell a commissioner.';
  }
  return 'Something went wrong on our side. Please try again; if it goes on, tell a commissioner.';
}
