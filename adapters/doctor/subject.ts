import type { AccessToken, TokenCredential } from '@azure/identity';
import { z } from 'zod';
import type { Reading } from '../../bot/look.ts';
import { fileClock, systemClock, type Clock } from '../clock.ts';
import { ConfigurationError, readConfiguration, type Configuration } from '../config.ts';
import {
  chooseIdentity,
  credentialFor,
  credentialOf,
  isAtADesk,
  scopeOf,
  type Identity,
  type IdentityArguments,
} from '../credential.ts';
import { reasonOf, ServiceRefused } from '../errors.ts';
import { createGraph, type Graph } from '../sharepoint/graph.ts';
import { readHeld } from '../sharepoint/read-held.ts';
import { createBudget } from '../sharepoint/resource-units.ts';
import { PATIENT } from '../sharepoint/retry.ts';
import type { ListInfo } from '../sharepoint/site-memory.ts';
import { openSite, type Site } from '../sharepoint/site.ts';
import { openMemory, type Memory, type Reference } from '../storage/memory.ts';
import { openSnapshots } from '../storage/snapshots.ts';
import { openTables } from '../storage/tables.ts';
import { claimsIn, type Claims } from './claims.ts';
import { NotChecked } from './finding.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the doctor was called with. */
export type Call = {
  env: Environment;
  site: string | undefined;
  identity: IdentityArguments;
  tell: (message: string) => void;
};

/** What stands in for the machine in tests. */
export type Machine = {
  nodeVersion: string;
  clock?: Clock;
  credential?: TokenCredential;
};

/** Where Graph and its site are. */
export type Place = Pick<Configuration, 'graph' | 'site' | 'clockFile'>;

/** What is examined. Each part is opened when it is first asked for; what cannot be throws NotChecked. */
export type Subject = {
  env: Environment;
  nodeVersion: string;
  /** Whether a person points from a desk at a site, without the settings of the bot. */
  isDesk: boolean;
  configurationProblems: readonly string[];
  place: () => Place;
  identity: () => Identity;
  /** Undefined on loopback. */
  claims: () => Promise<Claims | undefined>;
  token: () => Promise<AccessToken | undefined>;
  graph: () => Graph;
  site: () => Site;
  siteId: () => Promise<string>;
  lists: () => Promise<ListInfo[]>;
  reading: () => Promise<Reading>;
  /** What time the bot takes it to be. */
  now: () => Date;
  /** Throws NotChecked where storage is opened by an identity that could not sign in. */
  storageSignIn: () => Promise<void>;
  memory: () => Memory;
  references: () => Promise<Map<string, Reference>>;
  pingBlobs: () => Promise<void>;
};

const MOST_PATIENCE_MS = 20_000;
const ANY_STORAGE = 'UseDevelopmentStorage=true';
const UNLIMITED = 1_000_000;

/** Puts a subject together from a call. */
export function subjectOf(call: Call, machine: Machine): Subject {
  const env = settingsOf(call);
  const isDesk = pointsFromADesk(call, env);
  const place = once(() => placeOf(env));
  const identity = once(() => chooseIdentity(call.identity, place().graph, env));
  const credential = once(() => machine.credential ?? credentialOf(identity(), call.tell));
  const graph = once(() => graphOf(place(), identity(), credential()));
  const site = once(() => openSite(graph(), place().site));
  const token = once(async () => tokenOf(credential(), scopeOf(identity())));
  const storage = once(() => storageOf(env, isDesk));
  const storageCredential = once(() => {
    const config = storage();
    const byIdentity = 'accountUrl' in config.storage;
    if (byIdentity && isAtADesk(identity())) throw new NotChecked(AS_THE_BOT);
    return credentialFor(config);
  });
  const storageSignIn = async (): Promise<void> => {
    if (!('accountUrl' in storage().storage)) return;
    await token().catch((cause: unknown) => {
      throw new NotChecked('waits for “credential”, above', { cause });
    });
  };
  const memory = once(() => openMemory(openTables(storage().storage, storageCredential())));
  const reading = once(() => readHeld(site()));
  const now = (): Date => (machine.clock ?? clockOf(place())).now();
  return {
    env,
    nodeVersion: machine.nodeVersion,
    isDesk,
    configurationProblems: isDesk ? [] : problemsOf(env),
    place,
    identity,
    token,
    claims: once(async () => claimsIn((await token())?.token)),
    graph,
    site,
    siteId: once(async () => {
      const answer = await graph().get(addressOf(place().site));
      return z.object({ id: z.string() }).parse(answer).id;
    }),
    lists: once(() => site().lists()),
    reading,
    now,
    storageSignIn,
    memory,
    references: once(async () => referencesIn(memory())),
    pingBlobs: async () => openSnapshots(storage().storage, storageCredential()).ping(),
  };
}

const AS_THE_BOT =
  'belongs to the bot’s own identity: run the doctor in the web app’s console for this';

/** Remembers what a function gave, and what it threw. */
function once<T>(open: () => T): () => T {
  let known: { value: T } | { error: unknown } | undefined;
  return () => {
    known ??= attempt(open);
    if ('error' in known) throw known.error;
    return known.value;
  };
}

function attempt<T>(open: () => T): { value: T } | { error: unknown } {
  try {
    return { value: open() };
  } catch (error) {
    return { error };
  }
}

/** The local demo leaves its settings in `.local`; they are not those of another site. */
function settingsOf({ env, site }: Call): Environment {
  const isDemo = Boolean(env['CLOCK_FILE']);
  const isAnother = site !== undefined && site !== env['SHAREPOINT_SITE'];
  const settings = isDemo && isAnother ? {} : env;
  return site === undefined ? settings : { ...settings, SHAREPOINT_SITE: site };
}

function pointsFromADesk({ site, identity }: Call, env: Environment): boolean {
  const isPointed = site !== undefined || identity['sign-in'] !== undefined;
  const own = ['BOT_ID', 'AZURE_STORAGE_CONNECTION_STRING', 'AZURE_STORAGE_ACCOUNT_URL'];
  return isPointed && !env['GRAPH_BASE_URL'] && own.every((name) => !env[name]);
}

function problemsOf(env: Environment): readonly string[] {
  try {
    readConfiguration(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

/** The part of the configuration that says where the lists are, whatever is wrong with the rest. */
function placeOf({ GRAPH_BASE_URL, SHAREPOINT_SITE, CLOCK_FILE, ...env }: Environment): Place {
  const { GRAPH_PATIENCE_SECONDS, GRAPH_UNITS_PER_MINUTE } = env;
  const limits = { GRAPH_PATIENCE_SECONDS, GRAPH_UNITS_PER_MINUTE };
  return partly({
    ...(problemsOf({ ...limits, ...ANY_PLACE }).length === 0 ? limits : {}),
    GRAPH_BASE_URL,
    SHAREPOINT_SITE,
    CLOCK_FILE,
    AZURE_STORAGE_CONNECTION_STRING: ANY_STORAGE,
  });
}

const ANY_PLACE = {
  SHAREPOINT_SITE: 'https://example.org',
  AZURE_STORAGE_CONNECTION_STRING: ANY_STORAGE,
};

/** The part that says where the storage is, and whose it is. */
function storageOf(env: Environment, isDesk: boolean): Configuration {
  if (isDesk) throw new NotChecked(AS_THE_BOT);
  const { AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT_URL } = env;
  const { GRAPH_BASE_URL, BOT_ID, BOT_TYPE, BOT_TENANT_ID, BOT_PASSWORD } = env;
  return partly({
    AZURE_STORAGE_CONNECTION_STRING,
    AZURE_STORAGE_ACCOUNT_URL,
    GRAPH_BASE_URL,
    BOT_ID,
    BOT_TYPE,
    BOT_TENANT_ID,
    BOT_PASSWORD,
    SHAREPOINT_SITE: ANY_PLACE.SHAREPOINT_SITE,
  });
}

function partly(env: Environment): Configuration {
  try {
    return readConfiguration(env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new NotChecked('waits for “configuration”, above', { cause: error });
  }
}

const clockOf = ({ clockFile }: Place): Clock => (clockFile ? fileClock(clockFile) : systemClock);

const graphOf = ({ graph }: Place, identity: Identity, credential: TokenCredential | undefined) =>
  createGraph(graph.baseUrl, {
    credential,
    scope: scopeOf(identity),
    budget: createBudget(graph.isLoopback ? UNLIMITED : graph.unitsPerMinute),
    patience: { ...PATIENT, deadlineMs: Math.min(graph.patienceMs, MOST_PATIENCE_MS) },
  });

async function tokenOf(credential: TokenCredential | undefined, scope: string) {
  try {
    return (await credential?.getToken(scope)) ?? undefined;
  } catch (error) {
    throw new ServiceRefused('Microsoft Entra', 401, 'signInFailed', reasonOf(error), error);
  }
}

const addressOf = ({ hostname, pathname }: URL): string => {
  const path = pathname.replace(/\/+$/, '');
  return `/sites/${hostname}${path ? `:${path}` : ''}`;
};

async function referencesIn({ references }: Memory): Promise<Map<string, Reference>> {
  return new Map((await references.all()).map(({ value }) => [value.who.toLowerCase(), value]));
}
