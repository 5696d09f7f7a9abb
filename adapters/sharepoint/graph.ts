import type { TokenCredential } from '@azure/identity';
import {
  Client,
  GraphError,
  HTTPMessageHandler,
  RetryHandler,
  RetryHandlerOptions,
  type Context,
  type Middleware,
  type ShouldRetry,
} from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { LOOPBACK_TOKEN, isLoopback } from '../config.ts';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../errors.ts';

const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
/** How SharePoint knows the traffic of an app (learn.microsoft.com: avoid getting throttled). */
const USER_AGENT = 'NONISV|SpecialistTeachingService|ReturnsBot/0.1';
const SERVICE = 'Microsoft Graph';
/** A request that takes longer has failed; without this a dropped answer would hold everything up. */
const LONGEST_REQUEST_MS = 30_000;

/** The few requests that the bot makes of Graph. Paths begin with `/sites/…`. */
export type Graph = {
  get(path: string): Promise<unknown>;
  /** Every item of a collection, whatever its number of pages. */
  getAll(path: string): Promise<unknown[]>;
  post(path: string, body: unknown): Promise<unknown>;
  /** Changes what still has this etag; 412 otherwise. */
  patch(path: string, body: unknown, etag?: string): Promise<unknown>;
};

const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

/** Speaks to Graph at `baseUrl`. No token leaves for any other host. */
export function createGraph(baseUrl: string, credential?: TokenCredential): Graph {
  const client = Client.initWithMiddleware({
    baseUrl: `${baseUrl}/`,
    defaultVersion: 'v1.0',
    middleware: chain(
      new Authorise(new URL(baseUrl), credential),
      new RetryHandler(new RetryHandlerOptions(undefined, undefined, mayAskAgain)),
      new HTTPMessageHandler(),
    ),
  });
  const get = (path: string) => told(`GET ${path}`, () => client.api(path).get());
  return {
    get,
    getAll: async (path) => {
      const items: unknown[] = [];
      for (let next: string | undefined = path; next;) {
        const answer = page.safeParse(await get(next));
        if (!answer.success) {
          throw new UnexpectedAnswer(SERVICE, `GET ${path}`, answer.error.message);
        }
        items.push(...answer.data.value);
        next = withinApi(answer.data['@odata.nextLink'], baseUrl);
      }
      return items;
    },
    post: (path, body) => told(`POST ${path}`, () => client.api(path).post(body)),
    patch: (path, body, etag) =>
      told(`PATCH ${path}`, () => {
        const request = client.api(path);
        return (etag ? request.header('if-match', etag) : request).patch(body);
      }),
  };
}

/** A next link as a path of the same API; its token is kept to the letter. */
function withinApi(link: string | undefined, baseUrl: string): string | undefined {
  if (!link) return undefined;
  const prefix = `${baseUrl}/v1.0`;
  if (!link.startsWith(`${prefix}/`)) {
    throw new UnexpectedAnswer(SERVICE, 'a page', `its next link leads to another host: ${link}`);
  }
  return link.slice(prefix.length);
}

function chain(...middleware: [Middleware, ...Middleware[]]): Middleware {
  middleware.forEach((one, i) => {
    const next = middleware[i + 1];
    if (next) one.setNext?.(next);
  });
  return middleware[0];
}

const GATEWAY_TIMEOUT = 504;

/** An item may have been made although the gateway gave up waiting: asked again, there would be two. */
const mayAskAgain: ShouldRetry = (_delay, _attempt, _request, options, response) =>
  !(options?.method === 'POST' && response?.status === GATEWAY_TIMEOUT);

/** Adds the token, on every attempt's way out, to requests for the one host that may have it. */
class Authorise implements Middleware {
  readonly #base: URL;
  readonly #credential: TokenCredential | undefined;
  #next: Middleware | undefined;

  constructor(base: URL, credential: TokenCredential | undefined) {
    this.#base = base;
    this.#credential = credential;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const target = new URL(
      typeof context.request === 'string' ? context.request : context.request.url,
    );
    if (target.origin !== this.#base.origin) {
      throw new Error(
        `a request to ${target.origin} was stopped: only ${this.#base.origin} is spoken to`,
      );
    }
    const headers = new Headers(context.options?.headers);
    headers.set('authorization', `Bearer ${await this.#token()}`);
    headers.set('user-agent', USER_AGENT);
    context.options = {
      ...context.options,
      headers: Object.fromEntries(headers),
      // The token would stay behind, but what is to be written would not.
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_REQUEST_MS),
    };
    await this.#next?.execute(context);
  }

  async #token(): Promise<string> {
    if (isLoopback(this.#base.hostname)) return LOOPBACK_TOKEN;
    const token = await this.#credential?.getToken(GRAPH_SCOPE);
    if (!token) throw new Error('no credential gave a token for Microsoft Graph');
    return token.token;
  }
}

/** Runs a request and tells apart that Graph said no and that it could not be reached. */
async function told(doing: string, request: () => Promise<unknown>): Promise<unknown> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof GraphError && error.statusCode > 0) {
      throw new ServiceRefused(
        SERVICE,
        error.statusCode,
        error.code ?? '',
        `${doing}: ${error.message}`,
        error,
      );
    }
    throw new NetworkFailed(SERVICE, doing, error);
  }
}
