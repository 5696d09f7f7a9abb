import { Router, type Request } from 'express';
import { z } from 'zod';
import { invalidRequest } from './errors.ts';
import { readBody } from './request-context.ts';

const mostParts = 20;
const part = z.object({
  id: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});
const batch = z.object({ requests: z.array(part).min(1) });

type Part = z.infer<typeof part>;
type PartAnswer = { id: string; status: number; headers?: object; body?: unknown };

const headersOfAnswers = ['Content-Type', 'ETag', 'Location', 'Retry-After'];

/**
 * `POST /$batch`: at most 20 parts with addresses relative to `/v1.0`, each answered, counted and
 * throttled on its own inside a 200. Answers come in another order than the parts, as Graph may
 * send them. A part waits for those it depends on, which stand before it, and is 424 when one of
 * them fails. https://learn.microsoft.com/graph/json-batching
 */
export function batchRoutes(): Router {
  const routes = Router();
  routes.post('/\\$batch', async (request, response) => {
    const { requests } = readBody(batch, request.body);
    refuseMalformed(requests);
    const answers = await answerAll(requests, request);
    response.json({ responses: answers.toReversed() });
  });
  return routes;
}

function refuseMalformed(parts: readonly Part[]): void {
  if (parts.length > mostParts) {
    throw invalidRequest(`A batch holds at most ${mostParts} requests, not ${parts.length}.`);
  }
  const before = new Set<string>();
  for (const { id, method, headers = {}, body, dependsOn = [] } of parts) {
    if (before.has(id)) throw invalidRequest(`The request id '${id}' is there twice.`);
    const unknown = dependsOn.find((each) => !before.has(each));
    if (unknown !== undefined) {
      throw invalidRequest(`Request '${id}' depends on '${unknown}', which does not precede it.`);
    }
    const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
    if (['POST', 'PUT', 'PATCH'].includes(method) && body !== undefined && !isTyped) {
      throw invalidRequest(
        `Write request id : ${id} does not contain Content-Type header or body.`,
      );
    }
    before.add(id);
  }
}

async function answerAll(parts: readonly Part[], request: Request): Promise<PartAnswer[]> {
  const answers = new Map<string, Promise<PartAnswer>>();
  for (const each of parts) {
    const awaited = (each.dependsOn ?? []).flatMap((id) => answers.get(id) ?? []);
    answers.set(each.id, answerAfter(awaited, each, request));
  }
  return Promise.all(answers.values());
}

async function answerAfter(
  awaited: readonly Promise<PartAnswer>[],
  each: Part,
  request: Request,
): Promise<PartAnswer> {
  const before = await Promise.all(awaited);
  if (before.some(({ status }) => status >= 400)) {
    return refused(each, 424, 'FailedDependency', 'A request that this one depends on failed.');
  }
  if (/^https?:/i.test(each.url) || each.url.includes('$batch')) {
    return refused(each, 400, 'BadRequest', 'The url must be relative to /v1.0 and not a batch.');
  }
  return carriedOut(each, request);
}

/** Sends a part to this same server as a request of its own, in the caller's name. */
async function carriedOut(each: Part, request: Request): Promise<PartAnswer> {
  const path = each.url.startsWith('/') ? each.url : `/${each.url}`;
  try {
    const answer = await fetch(`http://127.0.0.1:${request.socket.localPort}/v1.0${path}`, {
      method: each.method,
      headers: {
        ...each.headers,
        authorization: request.get('authorization') ?? '',
        'user-agent': request.get('user-agent') ?? '',
      },
      ...(each.body === undefined ? {} : { body: JSON.stringify(each.body) }),
    });
    return { id: each.id, status: answer.status, ...(await contentOf(answer)) };
  } catch (error) {
    // The part's connection broke by order: Graph's front has no answer to pass on.
    if (!(error instanceof TypeError)) throw error;
    return refused(each, 504, 'gatewayTimeout', 'The service did not answer in time.');
  }
}

async function contentOf(answer: Response): Promise<{ headers: object; body?: unknown }> {
  const headers = Object.fromEntries(
    headersOfAnswers.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const text = await answer.text();
  return text === '' ? { headers } : { headers, body: parsedOr(text) };
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function refused(each: Part, status: number, code: string, message: string): PartAnswer {
  return { id: each.id, status, body: { error: { code, message } } };
}
