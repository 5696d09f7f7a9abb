import type { CloudAdapter, TurnContext } from 'botbuilder';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { shortInstant } from '../../bot/calendar/london.ts';
import { isLoopback } from '../config.ts';
import { reasonOf } from '../errors.ts';
import { ClockRefused, moveClock, readMove, type Runner } from '../service/run.ts';
import type { Service } from '../service/service.ts';
import type { Subscriptions } from '../sharepoint/subscriptions.ts';
import { notificationRoutes } from './notification-routes.ts';

export type Host = {
  service: Service;
  runner: Runner;
  adapter: CloudAdapter;
  run: (context: TurnContext) => Promise<unknown>;
  /** Whether messages are verified: only then may they come from elsewhere than this machine. */
  verifies: boolean;
  /** Throws when storage cannot be reached. */
  pingStorage: () => Promise<void>;
  /** What is wrong with delivering and leading, in words, as far as this process knows. */
  problems: () => string[];
  /** Undefined where nobody can send notifications: then the lists are only polled. */
  subscriptions: Subscriptions | undefined;
};

const LARGEST_BODY = '256kb';
const needed = z.string().min(1);
const text = z.string().nullish();
const account = { id: needed, name: text, aadObjectId: text, role: text };
/** What the framework and the bot go by in every activity, and what goes back in an answer: each of its kind. */
const activity = z.looseObject({
  type: needed,
  id: text,
  channelId: needed,
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: z.looseObject(account),
  recipient: z.looseObject(account),
  conversation: z.looseObject({
    ...account,
    conversationType: text,
    tenantId: text,
    isGroup: z.boolean().nullish(),
  }),
  replyToId: text,
  locale: text,
});

/** The bot's HTTP surface: Teams' messages, a health check, and in local mode the clock. */
export function createServer(host: Host): Express {
  const app = express();
  app.disable('x-powered-by');
  if (!host.verifies) app.use(onlyThisMachine);
  app.use(express.json({ limit: LARGEST_BODY }));
  app.post('/api/messages', async (req, res) => {
    if (!activity.safeParse(req.body).success) {
      res.status(400).json({ error: 'That is no activity.' });
      return;
    }
    await host.adapter.process(req, res, async (context) => {
      await host.run(context);
    });
  });
  if (host.subscriptions) {
    app.use(notificationRoutes(host.service, host.subscriptions, () => host.runner.lookSoon()));
  }
  app.get('/healthz', async (_req, res) => {
    const problems = await healthProblems(host);
    res
      .status(problems.length === 0 ? 200 : 503)
      .json({ status: problems.length === 0 ? 'ok' : 'problem', problems });
  });
  if (host.service.isLocal) addLocalRoutes(app, host);
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const status = z.object({ status: z.number().int().min(400).max(499) }).safeParse(error);
    if (!status.success) host.service.log.error({ err: error }, 'a request failed');
    return res
      .status(status.success ? status.data.status : 500)
      .json({ error: status.success ? reasonOf(error) : 'The bot failed. See its log.' });
  });
  return app;
}

/** A web page that rebinds its name to this machine still sends its own name as the host. */
function onlyThisMachine(req: Request, res: Response, next: NextFunction): void {
  if (isLoopback(req.hostname)) next();
  else res.status(403).json({ error: 'Only for programs on this machine.' });
}

async function healthProblems({ pingStorage, runner, ...host }: Host): Promise<string[]> {
  const problems = host.problems();
  try {
    await pingStorage();
  } catch (error) {
    problems.push(`storage: ${reasonOf(error)}`);
  }
  const { leads, lastLook, problem } = runner.health();
  if (!leads) return problems;
  if (problem) problems.push(`lists: ${problem}`);
  else if (!lastLook) problems.push('lists: not read yet');
  else if (isStale(lastLook)) problems.push(`lists: last read at ${lastLook.toISOString()}`);
  return problems;
}

const STALE_AFTER_MS = 15 * 60_000;

const isStale = (lastLook: Date): boolean => Date.now() - lastLook.getTime() > STALE_AFTER_MS;

const move = z.object({ to: z.string().max(40) });

/** Local mode: only a program on this machine may ask, never a web page. */
function addLocalRoutes(app: Express, { service, runner }: Host): void {
  const local = express.Router();
  local.use((req, res, next) => {
    const fine = isLoopback(req.hostname) && req.get('origin') === undefined;
    return fine ? next() : res.status(403).json({ error: 'Only for programs on this machine.' });
  });
  local.post('/sweep', async (_req, res) => {
    await runner.sweepNow();
    res.json({ now: service.clock.now().toISOString() });
  });
  local.get('/clock', (_req, res) => {
    res.json({ now: service.clock.now().toISOString() });
  });
  local.post('/clock', async (req, res) => {
    const body = move.safeParse(req.body);
    const to = body.success ? readMove(body.data.to, service.clock.now()) : undefined;
    if (!to) {
      res
        .status(400)
        .json({ error: 'Say when: +1d, +2h, or a London time such as 2026-11-30T09:00.' });
      return;
    }
    try {
      const runs = await moveClock(service, runner, to);
      res.json({ now: to.toISOString(), runs: runs.map(shortInstant) });
    } catch (error) {
      if (!(error instanceof ClockRefused)) throw error;
      res.status(409).json({ error: error.message });
    }
  });
  app.use('/local', local);
}
