import { AsyncLocalStorage } from 'node:async_hooks';
import type { Activity, TurnContext } from 'botbuilder';
import type { Express } from 'express';
import { readConfiguration } from '../../../adapters/config.ts';
import { createLogger, type Logger } from '../../../adapters/logger.ts';
import { createServer } from '../../../adapters/http/server.ts';
import { createConversing } from '../../../adapters/service/conversing.ts';
import { createRunner } from '../../../adapters/service/run.ts';
import type { Service, Teams } from '../../../adapters/service/service.ts';
import type { ListItem, Site } from '../../../adapters/sharepoint/site.ts';
import { openMemory } from '../../../adapters/storage/memory.ts';
import { createApplication } from '../../../adapters/teams/application.ts';
import { createAdapter } from '../../../adapters/teams/adapter.ts';
import { createPatience } from '../../../adapters/teams/patience.ts';
import type { Card } from '../../../cards/render.ts';
import { idOf, install, sweepAt, type World } from '../world.ts';
import { postInProcess, type Answered, type Sent } from './in-process.ts';
import { isKept, markCounty, type Actor, type Mark } from './marked-county.ts';
import { tablesInMemory } from './tables-in-memory.ts';
import { witnessedSite } from './witnessed-site.ts';

export const MONDAY = '2026-11-23T09:00';
export const TENANT = '22222222-2222-4222-8222-222222222222';
export const STRANGER = '00000000-0000-4000-8000-00000000beef';

/** One turn, as it is seen from outside. */
export type Turn = {
  actor: Actor;
  /** What was shown to whom: in the conversation, in the answer to an invoke, and elsewhere. */
  shown: { to: string; where: 'here' | 'elsewhere'; json: string }[];
  written: Written[];
  /** What the bot’s own log calls an error. */
  failures: string[];
};

export type Written =
  | { in: 'list'; list: string; before: ListItem | undefined; fields: Record<string, unknown> }
  | { in: 'table'; table: string; key: string; before: unknown; after: unknown };

/** What everything stands at, by list or table and item. */
export type Standing = Map<string, string>;

export type FuzzedBot = {
  marks: Mark[];
  /** What buttons may carry: ids of clinics, codes of findings and so on are taken from here. */
  service: Service;
  app: Express;
  /** Sends a request in somebody's name, and waits until its turn is over. */
  take(actor: Actor, sent: Sent, path?: string): Promise<{ answered: Answered; turn: Turn }>;
  /** The same for a turn that somebody else's transport carries. */
  within<T>(actor: Actor, run: () => Promise<T>): Promise<{ value: T; turn: Turn }>;
  standing(): Promise<Standing>;
  /** What is written in no turn: messages on their way that somebody asked for. */
  background: Written[];
};

export const objectIdOf = (actor: Actor): string | undefined => {
  if (actor === 'Nobody') return undefined;
  return actor === 'Stranger' ? STRANGER : idOf(actor);
};

const turns = new AsyncLocalStorage<Turn>();

/** What is told outside of any turn is nobody's. */
const none = (): Turn => ({ actor: 'Nobody', shown: [], written: [], failures: [] });

/**
 * The whole bot on a marked county, without a socket: each turn is seen with all that it led to. Its answers
 * go no further, unless they are to go `overHttp` to where the activity came from.
 */
export async function fuzzedBot(world: World, { overHttp = false } = {}): Promise<FuzzedBot> {
  const marks = await markCounty(world);
  const background: Written[] = [];
  const wrote = (written: Written) => (turns.getStore()?.written ?? background).push(written);
  const tables = tablesInMemory((table, key, before, after) =>
    wrote({ in: 'table', table, key, before, after }),
  );
  const site = witnessedSite(world.site, isKept, (list, before, fields) =>
    wrote({ in: 'list', list, before, fields }),
  );
  const memory = openMemory(tables);
  await install({ ...world, memory }, 'Priya', 'Marta', 'Bettina', 'Colin', 'Greta');
  const service = world.withParts({ site, memory, log: heard(), teams: watched(world.teams) });
  await sweepAt({ ...world, memory }, MONDAY, service);
  background.length = 0;
  const app = serverOf(service, overHttp);
  const within: FuzzedBot['within'] = async (actor, run) => {
    const turn: Turn = { ...none(), actor };
    return { value: await turns.run(turn, run), turn };
  };
  return {
    marks,
    background,
    service,
    app,
    within,
    take: async (actor, sent, path = '/api/messages') => {
      const { value: answered, turn } = await within(actor, () => postInProcess(app, path, sent));
      turn.shown.push({ to: 'here', where: 'here', json: answered.body });
      return { answered, turn };
    },
    standing: async () => new Map([...(await itemsIn(world.site)), ...tables.contents()]),
  };
}

function serverOf(service: Service, overHttp: boolean): Express {
  const config = readConfiguration({
    SHAREPOINT_SITE: 'https://council.example/sites/stls',
    GRAPH_BASE_URL: 'http://127.0.0.1:1',
    AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
  });
  const adapter = createAdapter(config);
  adapter.use(async (context, next) => {
    if (!overHttp) recordAnswers(context);
    await next();
  });
  const runner = createRunner(service);
  const application = createApplication({
    service,
    adapter,
    inTurn: runner.inTurn,
    ownTenant: TENANT,
    conversing: createConversing(service, { ...runner, lookSoon: () => undefined }),
    patience: createPatience(service.log),
    waits: { message: 60_000, press: 60_000 },
    lookSoon: () => undefined,
    nextWorkingDay: undefined,
  });
  return createServer({
    service,
    runner,
    adapter,
    verifies: false,
    run: (context) => application.run(context),
    pingStorage: () => Promise.resolve(),
    problems: () => [],
    subscriptions: undefined,
  });
}

/** Stands where Teams’ connector does. */
function recordAnswers(context: TurnContext): void {
  let sent = 0;
  const show = (activity: Partial<Activity>) => {
    const to = activity.conversation?.id ?? '';
    turns.getStore()?.shown.push({ to, where: 'here', json: JSON.stringify(shownIn(activity)) });
  };
  context.onSendActivities(async (_context, activities, next) => {
    if (activities.some(({ type }) => type === 'invokeResponse')) return next();
    // That the bot is typing is no answer.
    activities.filter(({ type }) => type !== 'typing').forEach(show);
    return activities.map(() => ({ id: `answer-${(sent += 1)}` }));
  });
  context.onUpdateActivity(async (_context, activity) => show(activity));
}

/** The log, of which only errors are kept. */
function heard(): Logger {
  const log = createLogger('silent');
  const error = (about: { err?: unknown }, says: string) => {
    const why =
      about.err instanceof Error ? `${about.err.stack?.split('\n').slice(0, 3).join(' ')}` : '';
    turns.getStore()?.failures.push(`${says}: ${why}`);
  };
  return Object.assign(log, { error });
}

/** As much of an activity as anybody sees. */
const shownIn = ({ text, attachments, suggestedActions, entities, value }: Partial<Activity>) => ({
  text,
  attachments,
  suggestedActions,
  entities,
  value,
});

/** Notes what is written to people of the bot's own accord, by whose turn led to it. */
function watched(teams: Teams): Teams {
  const show = (who: string, card: Card) =>
    turns.getStore()?.shown.push({ to: who, where: 'elsewhere', json: JSON.stringify(card) });
  return {
    post: (to, card) => {
      show(to.who, card);
      return teams.post(to, card);
    },
    update: (to, id, card) => {
      show(to.who, card);
      return teams.update(to, id, card);
    },
  };
}

async function itemsIn(site: Site): Promise<[string, string][]> {
  const lists = (await site.lists()).map(({ displayName }) => displayName);
  const read = await Promise.all(
    lists.map(async (list) => [list, await site.items(list)] as const),
  );
  return read.flatMap(([list, items]) =>
    items.map(({ id, fields }): [string, string] => [`${list}: ${id}`, JSON.stringify(fields)]),
  );
}
