import { Application, type AdaptiveCard } from '@microsoft/teams-ai';
import type { Activity, CloudAdapter, TurnContext } from 'botbuilder';
import type { Command } from '../../bot/conversation/command.ts';
import { parseAction, type CardAction, type ParsedAction } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { act } from '../service/act.ts';
import { connect } from '../service/connect.ts';
import type { Chooser, Conversing } from '../service/conversing.ts';
import { note } from '../service/notes.ts';
import type { Acted } from '../service/pressed-card.ts';
import type { Runner } from '../service/run.ts';
import type { Service } from '../service/service.ts';
import { apology, apologyCard } from './apology.ts';
import { message } from './connector.ts';
import { actorOf, isExecuted, isSubmitted, referenceOf, whereIs, wordsOf } from './incoming.ts';
import { LATE, type Patience, type Waiting } from './patience.ts';
import { ANSWER, ANSWER_LATER, commandPlanner, inTimeOrLater } from './planner.ts';
import { postingTo, type Posting } from './posting.ts';

/** What the Teams edge works with, besides the use cases. */
export type Edge = {
  service: Service;
  adapter: CloudAdapter;
  /** The council's own tenant; empty where none is configured. */
  ownTenant: string;
  conversing: Conversing;
  patience: Patience;
  /** How long somebody waits before they are told to, in milliseconds. */
  waits: Waits;
  /** One thing at a time: a sweep, or an action. */
  inTurn: Runner['inTurn'];
  /** Asks for a look at the lists soon. */
  lookSoon: () => void;
  /** Local mode only: moves the clock to the next working day. Undefined otherwise. */
  nextWorkingDay: ((actor: string) => Promise<Acted>) | undefined;
  /** Asked where it is not clear what was meant; undefined where no model is configured. */
  choose?: ((context: TurnContext, text: string) => Chooser) | undefined;
};

export type Waits = { message: number; press: number };

/** Teams gives up on a pressed button after five seconds. */
export const WAITS: Waits = { message: 3_000, press: 4_000 };

const OUT_OF_DATE = 'This button is out of date. Type “help” to go on.';
/** Beside a pressed card that stays as it is; what is below may be a refusal. */
const BELOW = 'My answer is below.';
const DONE = 'Done.';
const ONE_MOMENT = 'One moment: SharePoint is slow just now. Your answer follows here.';
const oneMoment = (): Card => note('One moment', ONE_MOMENT);

/** The Teams edge: turns activities into commands and actions, and their outcomes into cards. */
export function createApplication(edge: Edge): Application {
  // teams-ai 1.7.4 says after a second that the bot is typing, to one person at a time, and cannot be told otherwise.
  const app = new Application({
    removeRecipientMention: false,
    ai: { planner: commandPlanner((context) => understood(edge, context)), allow_looping: false },
  });
  app.turn('beforeTurn', (context) => Promise.resolve(begin(edge, context)));
  app.activity('installationUpdate', (context) => onInstallation(edge, context));
  app.adaptiveCards.actionExecute(whereActivity(isExecuted), async (context) => {
    const { verb, data } = context.activity.value.action;
    const { card, text, isBelow } = await onPress(edge, context, parseAction(verb, data));
    return (card as unknown as AdaptiveCard | undefined) ?? text ?? (isBelow ? BELOW : DONE);
  });
  app.adaptiveCards.actionSubmit(whereActivity(isSubmitted), async (context) => {
    const { text } = await onPress(edge, context, parseAction(undefined, context.activity.value));
    if (text) await context.sendActivity({ type: 'message', text, textFormat: 'plain' });
  });
  app.activity(
    whereActivity((activity) => isMessage(activity) && whereOf(edge, activity) !== 'personal'),
    (context) => send(context, notHere(whereOf(edge, context.activity))),
  );
  app.activity(
    whereActivity((activity) => isMessage(activity) && !activity.text),
    (context) => reply(edge, context, { name: 'empty' }),
  );
  app.activity(whereActivity(isInvoke), answerInvoke);
  app.ai.action(ANSWER, async (context, _state, { command }: { command: Command }) => {
    await reply(edge, context, command);
    return '';
  });
  type Later = { commands: Promise<readonly Command[]> };
  app.ai.action(ANSWER_LATER, async (context, _state, { commands }: Later) => {
    await replyLater(edge, context, commands);
    return '';
  });
  edge.adapter.onTurnError = (context, error) => onError(edge, context, error);
  return app;
}

const whereActivity = (is: (activity: Activity) => boolean) => (context: TurnContext) =>
  Promise.resolve(is(context.activity));

const isMessage = ({ type }: Activity): boolean => type === 'message';
const isInvoke = ({ type }: Activity): boolean => type === 'invoke';

const whereOf = ({ ownTenant }: Edge, activity: Activity) => whereIs(activity, ownTenant);

const notHere = (where: ReturnType<typeof whereIs>): Card =>
  where === 'another tenant'
    ? note('I cannot answer here', 'I only answer people in the council’s own Teams.')
    : note('Please ask me in our personal chat', 'In a channel I only post the weekly summary.');

const WAITING = Symbol('how long is waited in this turn');

/** What is said is read once, and how long it may take is counted from here. */
function begin({ patience, waits }: Edge, { activity, turnState }: TurnContext): true {
  const wait = isMessage(activity) ? waits.message : waits.press;
  turnState.set(WAITING, patience.begin(wait));
  if (isMessage(activity)) activity.text = wordsOf(activity);
  return true;
}

const waitingIn = ({ turnState }: TurnContext): Waiting => turnState.get<Waiting>(WAITING);

async function understood(edge: Edge, context: TurnContext) {
  const { activity } = context;
  const commands = edge.conversing.understand(
    actorOf(activity),
    activity.text,
    edge.choose?.(context, activity.text),
  );
  const waiting = waitingIn(context);
  return inTimeOrLater(commands, (work) => waiting.soon(work));
}

async function onInstallation(edge: Edge, { activity }: TurnContext): Promise<void> {
  if (activity.action === 'remove' || whereOf(edge, activity) === 'another tenant') return;
  const { conversationType } = activity.conversation;
  if (conversationType !== 'personal' && conversationType !== 'channel') return;
  const arrival = {
    actor: actorOf(activity),
    isPersonal: conversationType === 'personal',
    reference: referenceOf(activity),
  };
  await edge.inTurn(() => connect(edge.service, arrival));
  edge.conversing.recent.forget();
  edge.lookSoon();
}

/** What Teams asks for and no button of this bot does is answered all the same: nobody waits in vain. */
const answerInvoke = (context: TurnContext): Promise<void> => respond(context, OUT_OF_DATE);

/** Answers an invoke with a line of text, where it is about a card. */
async function respond(context: TurnContext, text: string): Promise<void> {
  const body =
    context.activity.name === 'adaptiveCard/action'
      ? { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text }
      : {};
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

const send = async (context: TurnContext, card: Card): Promise<void> => {
  await context.sendActivity(message(card));
};

/** The card that answers a command, whatever becomes of it. */
async function answered(edge: Edge, activity: Activity, command: Command): Promise<Card> {
  const actor = actorOf(activity);
  try {
    return await edge.conversing.answer(actor, command, referenceOf(activity));
  } catch (error) {
    edge.service.log.error({ err: error, command: command.name, actor }, 'a question failed');
    return apologyCard(error);
  }
}

/** Answers in the turn, or asks for a moment and answers afterwards. */
async function reply(edge: Edge, context: TurnContext, command: Command): Promise<void> {
  const { activity } = context;
  const waiting = waitingIn(context);
  const postLater = (card: () => Promise<Card>) => {
    const posting = postingIn(edge, activity);
    waiting.afterwards(async () => posting.post(await card()));
  };
  if (waiting.isLate()) return postLater(() => answered(edge, activity, command));
  const answer = answered(edge, activity, command);
  const card = await waiting.soon(answer);
  if (card !== LATE) return send(context, card);
  await send(context, oneMoment());
  postLater(() => answer);
}

/** Not even what was said is understood yet: that takes the names that the lists have. */
async function replyLater(
  edge: Edge,
  context: TurnContext,
  commands: Promise<readonly Command[]>,
): Promise<void> {
  const { activity } = context;
  const posting = postingIn(edge, activity);
  await send(context, oneMoment());
  waitingIn(context).afterwards(async () => {
    for (const command of await commandsOr(edge, posting, commands)) {
      await posting.post(await answered(edge, activity, command));
    }
  });
}

async function commandsOr(
  { service }: Edge,
  posting: Posting,
  commands: Promise<readonly Command[]>,
): Promise<readonly Command[]> {
  try {
    return await commands;
  } catch (error) {
    service.log.error({ err: error }, 'a message could not be understood');
    await posting.post(apologyCard(error));
    return [];
  }
}

const postingIn = ({ service }: Edge, activity: Activity): Posting =>
  postingTo(service, { ...referenceOf(activity), who: actorOf(activity) });

/** What a press is answered with: the new card in place, a line of text, or a card that came below. */
type Response = { card?: Card; text?: string; isBelow?: boolean };

async function onPress(edge: Edge, context: TurnContext, parsed: ParsedAction): Promise<Response> {
  const { activity } = context;
  const where = whereOf(edge, activity);
  if (where === 'another tenant') return { text: 'I only answer in the council’s own Teams.' };
  if (where !== 'personal') return { text: 'Please do that in our personal chat.' };
  if (!parsed.ok) {
    edge.service.log.warn(
      { actor: actorOf(activity), problem: parsed.problem },
      'a card action was not understood',
    );
    return { text: OUT_OF_DATE };
  }
  const acting = tryPress(edge, activity, parsed.action, parsed.typed);
  const acted = await inTimeUnlessLocal(context, parsed.action, acting);
  if (acted === LATE) return owePress(edge, context, acting);
  if (typeof acted === 'string') return { text: acted };
  if (acted.inPlace) await updateInPlace(edge, context, acted.inPlace);
  if (acted.reply) await send(context, acted.reply);
  return acted.inPlace ? { card: acted.inPlace } : { isBelow: acted.reply !== undefined };
}

/** The local clock may take its time: the Playground waits. */
const inTimeUnlessLocal = (
  context: TurnContext,
  { verb }: CardAction,
  acting: Promise<Acted | string>,
) => (verb === 'clock.nextWorkingDay' ? acting : waitingIn(context).soon(acting));

/** A press that takes longer than Teams waits for is carried out all the same, and shown when it is done. */
function owePress(edge: Edge, context: TurnContext, acting: Promise<Acted | string>): Response {
  const { activity } = context;
  const posting = postingIn(edge, activity);
  waitingIn(context).afterwards(async () => {
    const acted = await acting;
    const { inPlace, reply: below } =
      typeof acted === 'string' ? { reply: note('That did not work', acted, 'attention') } : acted;
    if (inPlace && activity.replyToId) await posting.update(activity.replyToId, inPlace);
    if (below) await posting.post(below);
  });
  return { text: ONE_MOMENT };
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
  } finally {
    edge.conversing.recent.renew();
    edge.lookSoon();
  }
}

/**
 * A press is answered by the card itself too, for everyone who sees it and for later. To a client without
 * Action.Execute it is the only answer: it comes below where the pressed card cannot be changed.
 */
async function updateInPlace(edge: Edge, context: TurnContext, card: Card): Promise<void> {
  const isChanged = await tryUpdate(edge, context, card);
  if (!isChanged && isMessage(context.activity)) await send(context, card);
}

async function tryUpdate(edge: Edge, context: TurnContext, card: Card): Promise<boolean> {
  const id = context.activity.replyToId;
  if (!id) return false;
  try {
    await context.updateActivity({ ...message(card), id });
    return true;
  } catch (error) {
    edge.service.log.warn({ err: error }, 'a pressed card could not be updated for later');
    return false;
  }
}

async function onError(edge: Edge, context: TurnContext, error: Error): Promise<void> {
  edge.service.log.error({ err: error, activity: context.activity.type }, 'a turn failed');
  if (isMessage(context.activity)) await send(context, apologyCard(error));
  if (isInvoke(context.activity)) await respond(context, apology(error));
}
