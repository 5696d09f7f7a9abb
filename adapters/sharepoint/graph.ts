import type { TokenCredential } from '@azure/identity';
import {
  Client,
  GraphError,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { LOOPBACK_TOKEN, isLoopback } from '../config.ts';
import {
  NetworkFailed,
  OutcomeUnknown,
  reasonOf,
  ServiceRefused,
  UnexpectedAnswer,
} from '../errors.ts';
import { readBy } from './read-answer.ts';
import { createBudget, unitsOf, type Budget } from './resource-units.ts';
import { isPassing, PATIENT, persist, readRetryAfter, type Patience } from './retry.ts';

const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
/** How SharePoint knows the traffic of an app (learn.microsoft.com: avoid getting throttled). */
const USER_AGENT = 'NONISV|SpecialistTeachingService|ReturnsBot/0.1';
const SERVICE = 'Microsoft Graph';
/** The code of a refusal that is the bot's own: it keeps below what Microsoft allows. */
export const OWN_BUDGET = 'ownBudget';
/** Below what Microsoft allows an app in the smallest tenants: 1,250 a minute. */
const UNITS_PER_MINUTE = 1_000;

/** One page of a collection. `next` and `delta` are paths of the same API, kept to the letter. */
export type Page = { value: unknown[]; next: string | undefined; delta: string | undefined };

/**
 * The few requests that the bot makes of Graph. Paths begin with `/sites/…`. Each waits and tries
 * again as its patience allows, then throws ServiceRefused or NetworkFailed.
 */
export type Graph = {
  get(path: string): Promise<unknown>;
  page(path: string): Promise<Page>;
  /** Every member of a collection, whatever its number of pages. */
  getAll(path: string): Promise<unknown[]>;
  /**
   * Makes something. Where no clear answer came, `find` looks whether it was made before it is made
   * again, and gives what was found.
   */
  post(path: string, body: unknown, find: () => Promise<unknown>): Promise<unknown>;
  /** Changes what still has this etag; 412 otherwise. */
  patch(path: string, body: unknown, etag?: string): Promise<unknown>;
  /** Removes something; what is gone already is gone. */
  remove(path: string): Promise<void>;
  /** The same, with this much time from now on for all requests together. */
  within(forMs: number): Graph;
};

export type GraphOptions = {
  /** None on loopback. */
  credential?: TokenCredential | undefined;
  /** What the token is for: all that was consented to, unless a narrower one is named. */
  scope?: string;
  budget?: Budget;
  patience?: Patience;
};

type Method = 'get' | 'post' | 'patch' | 'delete';
type Request = { method: Method; path: string; body?: unknown; etag?: string | undefined };
type Send = (request: Request, withinMs: number) => Promise<unknown>;

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

/** Speaks to Graph at `baseUrl`. No token leaves for any other host. */
export function createGraph(baseUrl: string, options: GraphOptions = {}): Graph {
  const budget = options.budget ?? createBudget(UNITS_PER_MINUTE);
  const patience = options.patience ?? PATIENT;
  return withPatience(baseUrl, sender(baseUrl, budget, patience.attemptMs, options), patience);
}

function withPatience(baseUrl: string, send: Send, patience: Patience): Graph {
  const persistently = (request: Request) => persist((leftMs) => send(request, leftMs), patience);
  const readPage = async (path: string): Promise<Page> => {
    const answer = readBy(page, await persistently({ method: 'get', path }), `GET ${path}`);
    return {
      value: answer.value,
      next: withinApi(answer['@odata.nextLink'], baseUrl),
      delta: withinApi(answer['@odata.deltaLink'], baseUrl),
    };
  };
  return {
    get: (path) => persistently({ method: 'get', path }),
    page: readPage,
    getAll: async (path) => {
      const members: unknown[] = [];
      for (let next: string | undefined = path; next;) {
        const read: Page = await readPage(next);
        members.push(...read.value);
        next = read.next;
      }
      return members;
    },
    post: (path, body, find) =>
      makeOnce(
        `POST ${path}`,
        (leftMs) => send({ method: 'post', path, body }, leftMs),
        find,
        patience,
      ),
    patch: (path, body, etag) => persistently({ method: 'patch', path, body, etag }),
    remove: async (path) => {
      try {
        await persistently({ method: 'delete', path });
      } catch (error) {
        if (!(error instanceof ServiceRefused) || error.status !== 404) throw error;
      }
    },
    within: (forMs) => {
      const untilMs = Math.min(performance.now() + forMs, patience.untilMs ?? Infinity);
      return withPatience(baseUrl, send, { ...patience, untilMs });
    },
  };
}

/** Never makes a thing twice: after an unclear answer it is looked for first. */
function makeOnce(
  doing: string,
  make: (leftMs: number) => Promise<unknown>,
  find: () => Promise<unknown>,
  patience: Patience,
): Promise<unknown> {
  let unsure = false;
  let unclear = false;
  const attempt = async (leftMs: number): Promise<unknown> => {
    const there = unsure ? await find() : undefined;
    if (there !== undefined) return there;
    unsure = false;
    try {
      return await make(leftMs);
    } catch (error) {
      unsure = mayHaveHappened(error);
      unclear ||= unsure;
      throw error;
    }
  };
  return persist(attempt, patience).catch((error: unknown) => {
    throw unclear && isPassing(error) ? new OutcomeUnknown(SERVICE, doing, error) : error;
  });
}

const TOO_MANY_REQUESTS = 429;
/** SharePoint throttles with these, and does nothing (learn.microsoft.com: avoid getting throttled). */
const THROTTLED = new Set([TOO_MANY_REQUESTS, 503]);

/** Whether a request may have been carried out although it failed. */
const mayHaveHappened = (error: unknown): boolean =>
  isPassing(error) && !(error instanceof ServiceRefused && THROTTLED.has(error.status));

/** A link as a path of the same API; its token is kept to the letter. */
function withinApi(link: string | undefined, baseUrl: string): string | undefined {
  if (!link) return undefined;
  const prefix = `${baseUrl}/v1.0`;
  if (!link.startsWith(`${prefix}/`)) {
    throw new UnexpectedAnswer(SERVICE, 'a page', `its next link leads to another host: ${link}`);
  }
  return link.slice(prefix.length);
}

/** Makes one attempt at a request, when the budget allows it. */
function sender(
  baseUrl: string,
  budget: Budget,
  attemptMs: number,
  { credential, scope = GRAPH_SCOPE }: GraphOptions,
): Send {
  const client = Client.initWithMiddleware({
    baseUrl: `${baseUrl}/`,
    defaultVersion: 'v1.0',
    middleware: new HTTPMessageHandler(),
  });
  return async ({ method, path, body, etag }, withinMs) => {
    const doing = `${method.toUpperCase()} ${path}`;
    if (!path.startsWith('/')) {
      throw new Error(`a request to ${path} was stopped: only ${baseUrl} is spoken to`);
    }
    const until = performance.now() + withinMs;
    const left = () => Math.max(1, Math.ceil(Math.min(attemptMs, until - performance.now())));
    if (!(await budget.take(unitsOf(method.toUpperCase(), path), withinMs))) {
      const why = `${doing}: the bot has used its own share of requests for this minute`;
      throw new ServiceRefused(SERVICE, TOO_MANY_REQUESTS, OWN_BUDGET, why);
    }
    const token = await tokenFor(baseUrl, credential, scope, left());
    const request = client
      .api(path)
      .headers({
        authorization: `Bearer ${token}`,
        'user-agent': USER_AGENT,
        ...(etag ? { 'if-match': etag } : {}),
      })
      // The token would stay behind, but what is to be written would not.
      .option('redirect', 'error')
      .responseType(ResponseType.RAW)
      .option('signal', AbortSignal.timeout(left()));
    return answerOf(doing, () => request[method](body) as Promise<Response>);
  };
}

async function tokenFor(
  baseUrl: string,
  credential: TokenCredential | undefined,
  scope: string,
  withinMs: number,
): Promise<string> {
  if (isLoopback(new URL(baseUrl).hostname)) return LOOPBACK_TOKEN;
  const token = await signIn(credential, scope, withinMs);
  if (!token) throw new Error('no credential gave a token for Microsoft Graph');
  return token.token;
}

/** Nobody signed in, or Entra said no; anything else about signing in may pass. */
const REFUSED_SIGN_INS = new Set(['CredentialUnavailableError', 'AuthenticationRequiredError']);
const BAD_REQUEST = 400;
const SERVER_ERROR = 500;

async function signIn(credential: TokenCredential | undefined, scope: string, withinMs: number) {
  try {
    return await credential?.getToken(scope, { abortSignal: AbortSignal.timeout(withinMs) });
  } catch (error) {
    if (!isRefusedSignIn(error)) throw new NetworkFailed('Microsoft Entra', 'signing in', error);
    throw new ServiceRefused('Microsoft Entra', 401, 'signInFailed', reasonOf(error), error);
  }
}

function isRefusedSignIn(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = 'statusCode' in error ? Number(error.statusCode) : NaN;
  return REFUSED_SIGN_INS.has(error.name) || (status >= BAD_REQUEST && status < SERVER_ERROR);
}

const refusal = z.object({
  error: z.object({ code: z.string().default(''), message: z.string().default('') }),
});

/** Runs a request and tells apart that Graph said no and that no whole answer came. */
async function answerOf(doing: string, request: () => Promise<Response>): Promise<unknown> {
  const { response, text } = await received(doing, request);
  if (response.ok) return text === '' ? undefined : parsed(doing, text);
  const said = refusal.safeParse(jsonIn(text));
  const { code, message } = said.success ? said.data.error : { code: '', message: '' };
  throw new ServiceRefused(
    SERVICE,
    response.status,
    code,
    `${doing}: ${message || response.statusText}`,
    undefined,
    readRetryAfter(response.headers.get('retry-after')),
  );
}

/** The whole answer, to its last byte. */
async function received(doing: string, request: () => Promise<Response>) {
  try {
    const response = await request();
    return { response, text: await response.text() };
  } catch (error) {
    // fetch gives a TypeError for a broken connection, and a DOMException when the time is up.
    const isNetwork = error instanceof GraphError || error instanceof TypeError || isTimeout(error);
    throw isNetwork ? new NetworkFailed(SERVICE, doing, error) : error;
  }
}

const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');

function parsed(doing: string, text: string): unknown {
  const json = jsonIn(text);
  if (json !== undefined) return json;
  throw new NetworkFailed(SERVICE, doing, `the answer broke off after ${text.length} characters`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
