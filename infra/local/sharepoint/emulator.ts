import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { Database } from './database.ts';
import { graphRoutes } from './graph-routes.ts';
import { findSite } from './lists.ts';
import { loadSeed } from './load-seed.ts';
import { requireLoopbackHost } from './loopback.ts';
import { pageRoutes } from './pages.ts';
import type { Context } from './request-context.ts';
import type { SeedItem, SeedSite } from './seed.ts';

/** What an emulator is made from. */
export type EmulatorOptions = {
  /** A file that outlives the process, or `:memory:`. */
  databaseFile: string;
  /** Loaded when the database is new; a database that has a site keeps what it has. */
  seed?: SeedSite<Iterable<SeedItem>>;
  /** Gives the instant of each write. */
  now: () => Date;
  /** The address to put into links; taken from each request where it is left out. */
  baseUrl?: string;
  /** As whom writes through Graph appear. */
  application?: { id: string; displayName: string };
};

/** The emulator, not yet listening. */
export type Emulator = {
  app: Express;
  /** Makes every delta token given so far answer 410, as SharePoint does now and then. */
  forgetDeltaTokens: () => void;
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
  const db = new Database(options.databaseFile);
  const { seed, now, baseUrl } = options;
  if (seed !== undefined && findSite(db) === undefined) {
    loadSeed(db, seed, now());
  }
  const application = { kind: 'application', ...(options.application ?? bot) } as const;
  const context: Context = { db, now, application, baseUrl };
  return {
    app: webApplication(context),
    forgetDeltaTokens: () => db.startNewEpoch(),
    close: () => db.close(),
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

function webApplication(context: Context): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(requireLoopbackHost);
  app.use('/v1.0', graphRoutes(context));
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
