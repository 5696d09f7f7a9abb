import type { Asking } from '../../bot/conversation/asking.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { isWriting } from '../../bot/conversation/families.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import type { Card } from '../../cards/render.ts';
import type { Look } from '../../bot/look.ts';
import { answer, answerFrom } from './answer.ts';
import { askingOf } from './asking.ts';
import type { Turn } from './permit.ts';
import { createRecentLook, mayPass, type Ages, type RecentLook } from './recent-look.ts';
import type { Runner } from './run.ts';
import { rememberSaid, type SaidBefore } from './said-before.ts';
import { inHaste, look, type Service } from './service.ts';

/** Chooses a command where the recogniser is not sure; undefined where nothing better is found. */
export type Chooser = (asking: Asking) => Promise<Command | undefined>;

/** How what people say is understood and answered. */
export type Conversing = {
  /** What somebody asks for, in order: at least one thing, and at most three. */
  understand(actor: string, text: string, choose?: Chooser): Promise<Command[]>;
  /** Answers one thing, if they may ask it. */
  answer(actor: string, command: Command, from?: Turn['from']): Promise<Card>;
  recent: RecentLook;
  said: SaidBefore;
  /** Nobody waits for SharePoint any longer, and what is kept is written. */
  stop(): Promise<void>;
};

export type ConversingWishes = {
  ages?: Partial<Ages>;
  elapsedMs?: () => number;
  /** The time of day, for what was said before. */
  timeOfDay?: () => Date;
};

const MOST_AT_ONCE = 3;

export function createConversing(
  service: Service,
  { inTurn, lookSoon }: Pick<Runner, 'inTurn' | 'lookSoon'>,
  { timeOfDay, ...wishes }: ConversingWishes = {},
): Conversing {
  const recent = createRecentLook(service, wishes);
  const said = rememberSaid(service, timeOfDay);
  const askingNow = async (actor: string): Promise<(before: readonly Command[]) => Asking> => {
    const now = await recent.get('the last minute');
    return (before) => askingOf(now, actor, before);
  };
  const recognised = async (actor: string, text: string) => {
    const asking = await askingNow(actor);
    const known = said.known(actor);
    const commands = recognise(text, asking(known ?? []));
    if (known !== undefined || !mayFollow(text, commands)) {
      return { commands, asking: asking(known ?? []) };
    }
    const found = asking(await said.find(actor));
    return { commands: found.before.length > 0 ? recognise(text, found) : commands, asking: found };
  };
  return {
    recent,
    said,
    understand: async (actor, text, choose) => {
      const { commands, asking } = await recognised(actor, text);
      const chosen = choose && isUnsure(commands) ? await choose(asking) : undefined;
      const meant = chosen ? [chosen] : commands.slice(0, MOST_AT_ONCE);
      said.keep(actor, meant);
      return meant;
    },
    answer: async (actor, command, from) => {
      if (!isWriting(command)) return answer(service, actor, command, from, recent);
      const asIsNow = async () => {
        const now = await lookNow(service);
        return now && answerFrom({ service: inHaste(service), actor, from, now }, command);
      };
      try {
        const done = await inTurn(asIsNow);
        if (done) return done;
        // Whoever waits for SharePoint waits here, and holds nobody up.
        await recent.fresh();
        return await inTurn(() => answer(service, actor, command, from));
      } finally {
        recent.renew();
        lookSoon();
      }
    },
    stop: async () => {
      recent.stop();
      await said.settled();
    },
  };
}

/** A fresh look, or nothing where SharePoint is slow. */
async function lookNow(service: Service): Promise<Look | undefined> {
  try {
    return await look(inHaste(service, 'nothing'), service.clock.now());
  } catch (error) {
    if (!mayPass(error)) throw error;
    return undefined;
  }
}

/** Whether it is not clear what was meant. */
const isUnsure = (commands: readonly Command[]): boolean =>
  commands.every(({ name }) => name === 'not understood' || name === 'offer');

/** Words that mean something only after others: *and the one after?*, *what about Dover?* */
const FOLLOWING =
  /^\s*(and|also|or|but|then|what about|how about|same|the (next|other|one|second|third))\b|\b(it|that|them|her|him|his|their|there|one)\b/i;

const mayFollow = (text: string, commands: readonly Command[]): boolean =>
  isUnsure(commands) || FOLLOWING.test(text.slice(0, 500));
