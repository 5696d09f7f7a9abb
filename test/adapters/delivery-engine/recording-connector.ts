import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** A message as it reached the connector. */
export type Arrival = {
  /** Milliseconds, by a clock that only this connector has. */
  at: number;
  conversation: string;
  /** What the card says: the id of its row. */
  text: string;
  method: string;
  /** Present where a message is changed in place. */
  activityId: string | undefined;
  status: number;
};

/** What the connector does with one request: answers with a status, drops it, or never answers. */
export type Fault =
  { status: number; code?: string; retryAfter?: string } | 'dropped socket' | 'no answer';

export type Window = { most: number; withinMs: number };
export type Enforced = { conversation: readonly Window[]; app: Window };

export type RecordingConnector = {
  /** With a slash at its end, as Teams' own service addresses. */
  url: string;
  /** All requests, those that were refused too, in the order in which they arrived. */
  arrivals: Arrival[];
  /** The messages that it took, in order. */
  taken(conversation?: string): string[];
  stop(): Promise<void>;
};

const activity = z.object({
  attachments: z.tuple([
    z.object({ content: z.object({ body: z.tuple([z.object({ text: z.string() })]) }) }),
  ]),
});
const ROUTE = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

/**
 * Speaks the two routes of the Bot Framework connector by which messages are sent and changed, on
 * loopback, and notes what arrives. With `limits` it answers 429 to whatever exceeds a window, counted
 * exactly, by arrival.
 */
export async function startConnector({
  fault = () => undefined,
  limits,
  latencyMs = 0,
}: {
  fault?: (arrival: Arrival, nth: number) => Fault | undefined;
  limits?: Enforced;
  latencyMs?: number;
} = {}): Promise<RecordingConnector> {
  const arrivals: Arrival[] = [];
  const isWithin = limits ? enforcing(limits) : () => true;
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The sender hears of it as a broken connection.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now();
    const arrival = arrivalOf(request, await bodyOf(request), at);
    arrivals.push(arrival);
    await answer(arrival, request, response);
  };
  const answer = async (arrival: Arrival, request: IncomingMessage, response: ServerResponse) => {
    const refused = isWithin(arrival)
      ? fault(arrival, arrivals.length)
      : { status: 429, code: 'Throttled' };
    if (latencyMs > 0) await delay(latencyMs);
    if (refused === 'no answer') {
      arrival.status = 0;
    } else if (refused === 'dropped socket') {
      arrival.status = 0;
      request.socket.destroy();
    } else {
      arrival.status = refused?.status ?? 201;
      const headers = {
        'content-type': 'application/json',
        ...(refused?.retryAfter ? { 'retry-after': refused.retryAfter } : {}),
      };
      const said = refused
        ? { error: { code: refused.code ?? 'Code', message: 'said the connector' } }
        : { id: `activity-of-${arrival.text}` };
      response.writeHead(arrival.status, headers).end(JSON.stringify(said));
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrivals,
    taken: (conversation) =>
      arrivals
        .filter((one) => one.status === 201)
        .filter((one) => conversation === undefined || one.conversation === conversation)
        .map(({ text }) => text),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

function arrivalOf({ method = '', url = '' }: IncomingMessage, body: unknown, at: number): Arrival {
  const [, conversation = '', activityId] = ROUTE.exec(url) ?? [];
  return {
    at,
    conversation: decodeURIComponent(conversation),
    text: activity.parse(body).attachments[0].content.body[0].text,
    method,
    activityId,
    status: 201,
  };
}

/** Whether a request is within all windows that end with it. What is refused does not count. */
function enforcing({ conversation, app }: Enforced): (arrival: Arrival) => boolean {
  const all: number[] = [];
  const each = new Map<string, number[]>();
  return ({ at, conversation: name }) => {
    const own = each.get(name) ?? [];
    each.set(name, own);
    if (![...conversation.map((w) => isFull(own, w, at)), isFull(all, app, at)].includes(true)) {
      own.push(at);
      all.push(at);
      return true;
    }
    return false;
  };
}

const isFull = (times: readonly number[], { most, withinMs }: Window, at: number): boolean => {
  const first = times.at(-most);
  return times.length >= most && first !== undefined && first > at - withinMs;
};
