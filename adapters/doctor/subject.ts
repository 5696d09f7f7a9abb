import type { AccessToken, TokenCredential } from '@azure/identity';
import type { Reading } from '../../bot/look.ts';
import { fileClock, systemClock, type Clock } from '../clock.ts';
import { commandGraph } from '../command-graph.ts';
import { readAccount, readPlace, type Account, type Place } from '../config-parts.ts';
import { ConfigurationError, readConfiguration, type Configuration } from '../config.ts';
import {
  chooseIdentity,
  commandCredential,
  credentialFor,
  isAtADesk,
  scopeOf,
  type AskedIdentity,
  type Identity,
} from '../credential.ts';
import { reasonOf, ServiceRefused } from '../errors.ts';
import type { Graph } from '../sharepoint/graph.ts';
import { siteIdAt } from '../sharepoint/provision-lists.ts';
import { readHeld } from '../sharepoint/read-held.ts';
import type { ListInfo } from '../sharepoint/site-memory.ts';
import { openSite, type Site } from '../sharepoint/site.ts';
import { openStored, type Stored } from '../storage/stored.ts';
import { NotChecked } from './diagnosis.ts';
import { claimsIn, type TokenClaims } from './token-claims.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the doctor was called with. */
export type Call = {
  env: Environment;
  site: string | undefined;
  identity: AskedIdentity;
  tell: (message: string) => void;
};

/** What stands in for the machine in tests. */
export type Machine = {
  nodeVersion: string;
  clock?: Clock;
  credential?: TokenCredential;
};

/** What is examined. Each part is opened when it is first asked for; what cannot be throws NotChecked. */
export type Subject = {
  env: Environment;
  nodeVersion: string;
  /** Whether a person points from a desk at a site, without the settings of the bot. */
  isDesk: boolean;
  configurationProblems: readonly string[];
  configuration: () => Configuration;
  place: () => Place;
  identity: () => Identity;
  /** Undefined on loopback. */
  claims: () => Promise<TokenClaims | undefined>;
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
  stored: () => Stored;
};

const MOST_PATIENCE_MS = 20_000;

/** Puts a subject together from a call. */
export function subjectOf(call: Call, machine: Machine): Subject {
  const env = settingsOf(call);
  const isDesk = pointsFromADesk(call, env);
  const place = once(() => placeOf(env));
  const identity = once(() => chooseIdentity(call.identity, place().graph, env));
  const credential = once(() => machine.credential ?? commandCredential(identity(), call.tell));
  const graph = once(() => commandGraph(place(), identity(), credential(), MOST_PATIENCE_MS));
  const site = once(() => openSite(graph(), place().site));
  const token = once(async () => tokenOf(credential(), scopeOf(identity())));
  const account = once(() => accountOf(env, isDesk));
  const stored = once(() => {
    const { storage } = account();
    if ('accountUrl' in storage && isAtADesk(identity())) throw new NotChecked(AS_THE_BOT);
    return openStored(storage, credentialFor(account()));
  });
  const storageSignIn = async (): Promise<void> => {
    if (!('accountUrl' in account().storage)) return;
    await token().catch((cause: unknown) => {
      throw new NotChecked('waits for “credential”, above', { cause });
    });
  };
  const reading = once(() => readHeld(site()));
  const now = (): Date => (machine.clock ?? clockOf(env)).now();
  return {
    env,
    nodeVersion: machine.nodeVersion,
    isDesk,
    configurationProblems: isDesk ? [] : problemsOf(env),
    configuration: () => partly(() => readConfiguration(env)),
    place,
    identity,
    token,
    claims: once(async () => claimsIn((await token())?.token)),
    graph,
    site,
    siteId: once(() => siteIdAt(graph(), place().site)),
    lists: once(() => site().lists()),
    reading,
    now,
    storageSignIn,
    stored,
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
  const isPointed = site !== undefined || identity.signIn !== undefined;
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

/** Limits that cannot be used have been told of; the usual ones do meanwhile. */
function placeOf(env: Environment): Place {
  const { GRAPH_PATIENCE_SECONDS: _patience, GRAPH_UNITS_PER_MINUTE: _units, ...unlimited } = env;
  const read = attempt(() => readPlace(env));
  return 'value' in read ? read.value : partly(() => readPlace(unlimited));
}

function accountOf(env: Environment, isDesk: boolean): Account {
  if (isDesk) throw new NotChecked(AS_THE_BOT);
  return partly(() => readAccount(env));
}

/** Reads the configuration or a part of it. */
function partly<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new NotChecked('waits for “configuration”, above', { cause: error });
  }
}

const clockOf = ({ CLOCK_FILE }: Environment): Clock =>
  CLOCK_FILE ? fileClock(CLOCK_FILE) : systemClock;

async function tokenOf(credential: TokenCredential | undefined, scope: string) {
  try {
    return (await credential?.getToken(scope)) ?? undefined;
  } catch (error) {
    throw new ServiceRefused('Microsoft Entra', 401, 'signInFailed', reasonOf(error), error);
  }
}
