import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { onTestFinished } from 'vitest';
import { readConfiguration } from '../../adapters/config.ts';
import { createServer } from '../../adapters/http/server.ts';
import { createConversing, type ConversingWishes } from '../../adapters/service/conversing.ts';
import { createRunner, moveToNextWorkingDay } from '../../adapters/service/run.ts';
import { createApplication, type Edge } from '../../adapters/teams/application.ts';
import { createAdapter } from '../../adapters/teams/adapter.ts';
import { createPatience } from '../../adapters/teams/patience.ts';
import type { Card } from '../../cards/render.ts';
import { idOf, type World } from './world.ts';

export async function listening(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the bot asked of Teams in a turn. */
export type Said = {
  method: string;
  path: string;
  card: Card | undefined;
  text: string;
  /** What it was signed with. */
  authorization: string | undefined;
};

/** Stands where Teams’ connector does, and notes what the bot posts there, but not that it is typing. */
export async function connector(status = 200): Promise<{ url: string; posted: Said[] }> {
  const posted: Said[] = [];
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.use((req, res) => {
    const {
      type,
      text = '',
      attachments = [],
    } = req.body as { type?: string; text?: string; attachments?: { content: Card }[] };
    if (type !== 'typing')
      posted.push({
        method: req.method,
        path: req.path,
        text,
        card: attachments[0]?.content,
        authorization: req.headers.authorization,
      });
    res
      .status(status)
      .json(
        status === 200
          ? { id: `activity-${posted.length}` }
          : { error: { code: 'MessageWritesBlocked', message: 'refused' } },
      );
  });
  return { url: await listening(app), posted };
}

export type Parts = {
  botId?: string;
  isLocal?: boolean;
  storage?: () => Promise<void>;
  /** Instead of the service that the world has. */
  service?: World['service'];
  conversing?: ConversingWishes;
} & Partial<Pick<Edge, 'waits' | 'choose' | 'ownTenant'>>;

/** The whole bot over HTTP, on a world of its own. It waits long before it says that SharePoint is slow. */
export async function talkingBot(world: World, parts: Parts = {}) {
  const { botId = '', isLocal = false, storage = () => Promise.resolve() } = parts;
  const teams = await connector();
  const config = readConfiguration({
    SHAREPOINT_SITE: 'https://council.example/sites/stls',
    GRAPH_BASE_URL: world.url,
    AZURE_STORAGE_CONNECTION_STRING: world.connectionString,
    ...(botId ? { BOT_ID: botId, BOT_TENANT_ID: botId } : {}),
  });
  const adapter = createAdapter(config);
  const service = parts.service ?? world.withParts({ isLocal });
  const runner = createRunner(service);
  const conversing = createConversing(
    service,
    { ...runner, lookSoon: () => undefined },
    {
      ...parts.conversing,
      ages: { patience: 4_000, pause: 100, ...parts.conversing?.ages },
    },
  );
  const patience = createPatience(service.log);
  const application = createApplication({
    service,
    adapter,
    ownTenant: parts.ownTenant ?? '',
    conversing,
    patience,
    waits: parts.waits ?? { message: 10_000, press: 10_000 },
    inTurn: runner.inTurn,
    lookSoon: () => undefined,
    nextWorkingDay: isLocal ? (actor) => moveToNextWorkingDay(service, runner, actor) : undefined,
    choose: parts.choose,
  });
  onTestFinished(() => conversing.stop());
  const url = await listening(
    createServer({
      service,
      runner,
      adapter,
      verifies: botId !== '',
      run: (context) => application.run(context),
      pingStorage: storage,
      problems: () => [],
      subscriptions: undefined,
    }),
  );
  return { world, teams, service, runner, adapter, conversing, patience, url };
}

export type TalkingBot = Awaited<ReturnType<typeof talkingBot>>;

/** An activity as Teams sends it from somebody’s personal chat. */
export const activityOf = (
  { teams }: Pick<TalkingBot, 'teams'>,
  name: string,
  more: object,
): object => ({
  id: 'activity-of-the-person',
  timestamp: '2026-11-23T09:00:00Z',
  channelId: 'msteams',
  serviceUrl: teams.url,
  from: { id: `29:${name}`, name, aadObjectId: idOf(name) },
  recipient: { id: '28:bot', name: 'Bot' },
  conversation: { id: `chat-of-${name}`, conversationType: 'personal', tenantId: 'tenant' },
  locale: 'en-GB',
  ...more,
});

export const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** Says something in somebody’s personal chat, and waits until the turn is over. */
export async function say(on: TalkingBot, name: string, text: string): Promise<void> {
  const { status } = await post(
    `${on.url}/api/messages`,
    activityOf(on, name, { type: 'message', text }),
  );
  if (status !== 200) throw new Error(`“${text}” was answered ${status}.`);
}
