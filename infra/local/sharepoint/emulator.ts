import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { Database } from './database.ts';
import { controlRoutes } from './control-routes.ts';
import { FaultOrders } from './fault-rules.ts';
import { setRole, startWithRole, type Role } from './grants.ts';
import { graphRoutes } from './graph-routes.ts';
import { findSite } from './lists.ts';
import { loadSeed } from './load-seed.ts';
import { Notifier, type NotifierTimes } from './notifier.ts';
import { requireLoopbackHost } from './loopback.ts';
import { pageRoutes } from './pages.ts';
import { RequestCounter } from './request-counter.ts';
import type { Context } from './request-context.ts';
import type { SeedItem, SeedSite } from './seed.ts';
import { subscriptionLevers, type SubscriptionLevers } from './subscription-levers.ts';
import type { Watch } from './watch.ts';

/** What an emulator is made from. */
export type EmulatorOptions = {
  /** A file that outlives the process, or `:memory:`. */
  databaseFile: string;
  /** Whether the file is thrown away in the end, so that nothing waits for the disk. */
  isThrownAway?: boolean;
  /** Loaded when the database is new; a database that has a site keeps what it has. */
  seed?: SeedSite<Iterable<SeedItem>>;
  /** Gives the instant of each write. */
  now: () => Date;
  /** The address to put into links; taken from each request where it is left out. */
  baseUrl?: string;
  /** As whom writes through Graph appear. */
  application?: { id: string; displayName: string };
  /**
   * What the application may do on the site, as a grant of `Sites.Selected` says. Left out, a new
   * database starts with `manage` and another keeps what it has.
   */
  role?: Role;
  /** Resource units that the application may use in any 60 seconds, then 429; no limit if left out. */
  unitsPerMinute?: number;
  /** How soon, how patiently and how often subscribers are notified. */
  notifications?: Partial<NotifierTimes>;
};

/** The emulator, not yet listening. */
export type Emulator = {
  app: Express;
  /** Makes every delta token given so far answer 410, as SharePoint does now and then. */
  forgetDeltaTokens: () => void;
  /** Gives the application another role on the site. */
  grant: (role: Role) => void;
  /** Makes requests to Graph fail; also at `/emulator/faults`. */
  faults: FaultOrders;
  /** What has been asked of Graph; also at `/emulator/requests`. */
  requests: RequestCounter;
  /** What happens to subscriptions behind the subscriber's back. */
  subscriptions: SubscriptionLevers;
  close: () => void;
};

/** An emulator that listens. */
export type RunningEmulator = Omit<Emulator, 'close'> & {
  url: string;
  close: () => Promise<void>;
};

const bot = { id: '5b0a6c1e-8a54-4c1c-9a5d-2f7f3c1d9e60', displayName: 'STLS Returns Bot' };

/** Opens the database, loads the seed where it is new, and builds the web application. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const db = new Database(options.databaseFile, options.isThrownAway);
  const { seed, now, baseUrl } = options;
  if (seed !== undefined && findSite(db) === undefined) {
    loadSeed(db, seed, now());
  }
  const application = { kind: 'application', ...(options.application ?? bot) } as const;
  startWithRole(db, application, options.role);
  const context: Context = { db, now, application, baseUrl };
  const [faults, counter] = [new FaultOrders(), new RequestCounter()];
  const notifier = new Notifier(db, now, options.notifications);
  const { unitsPerMinute } = options;
  return {
    app: webApplication(context, { faults, counter, unitsPerMinute, patience: notifier.patience }),
    forgetDeltaTokens: () => db.startNewEpoch(),
    grant: (role) => db.transaction(() => setRole(db, application, role)),
    faults,
    requests: counter,
    subscriptions: subscriptionLevers(context, notifier),
    close: () => {
      notifier.close();
      db.close();
    },
  };
}

/** Whether a database file holds a site already, so that it needs no seed. */
export function holdsSite(databaseFile: string): boolean {
  const db = new Database(databaseFile);
  const site = findSite(db);
  db.close();
  return site !== undefined;
}

/** Makes an emulator and listens on the loopback address; port 0 takes any free one. */
export async function startEmulator(
  options: EmulatorOptions & { port: number },
): Promise<RunningEmulator> {
  const emulator = createEmulator(options);
  const server = await listening(emulator.app, options.port).catch((error: unknown) => {
    emulator.close();
    throw error;
  });
  let closing: Promise<void> | undefined;
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : options.port;
  return {
    ...emulator,
    url: `http://127.0.0.1:${port}`,
    close: () => (closing ??= closed(server).then(emulator.close)),
  };
}

function webApplication(context: Context, watch: Watch): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(requireLoopbackHost);
  app.use('/v1.0', graphRoutes(context, watch));
  app.use('/emulator', controlRoutes(watch.faults, watch.counter));
  app.use(pageRoutes(context));
  return app;
}

function listening(app: Express, port: number): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const server = app.listen(port, '127.0.0.1', (error?: Error) => {
    if (error === undefined) resolve(server);
    else reject(error);
  });
  return promise;
}

function closed(server: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.close((error) => (error === undefined ? resolve() : reject(error)));
  server.closeAllConnections();
  return promise;
}
