import { Template } from 'adaptivecards-templating';
import { instantFrom } from '../../bot/calendar/london.ts';
import { composeBot } from '../../adapters/compose-bot.ts';
import { readConfiguration } from '../../adapters/config.ts';
import { trustKeysInEnvironment } from '../bot-framework-keys.ts';
import { tellPort, type Spent } from './turns-process.ts';

/** The whole bot. Its parent may ask it to forget what it has read, or what it spent its time on. */
trustKeysInEnvironment();
const now = instantFrom('2026-11-23T09:00') ?? new Date();
const bot = composeBot(readConfiguration(), { clock: { now: () => now } });
const { conversing } = bot;
const spent: Spent = { understanding: [], answering: [], rendering: [] };

function timed<A extends unknown[], R>(what: keyof Spent, run: (...args: A) => Promise<R>) {
  return async (...args: A): Promise<R> => {
    const began = performance.now();
    return run(...args).finally(() => spent[what].push(performance.now() - began));
  };
}

const untimed = { ...conversing };
conversing.understand = timed('understanding', (...said) => untimed.understand(...said));
conversing.answer = timed('answering', (...asked) => untimed.answer(...asked));
const expand = Reflect.get(Template.prototype, 'expand');
Template.prototype.expand = function timedExpand(context) {
  const began = performance.now();
  const card: unknown = expand.call(this, context);
  spent.rendering.push(performance.now() - began);
  return card;
};
process.on('message', (asked) => {
  if (asked === 'forget') conversing.recent.forget();
  if (asked === 'begin') for (const times of Object.values(spent)) times.length = 0;
  if (asked === 'say') process.send?.(spent);
});
await tellPort(bot.server);
bot.start();
