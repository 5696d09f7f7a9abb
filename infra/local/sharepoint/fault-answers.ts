import type { Response } from 'express';
import { GraphError, throttled } from './errors.ts';
import type { FaultRule } from './fault-rules.ts';

const tenMinutes = 600_000;
const badGateway =
  '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';

/** How a request is refused, and how it is carried out. */
export type Ways = { refuse: (error: GraphError) => void; carryOut: () => void };

/** Fails a request as a rule says: at once, or by spoiling the answer once it has been carried out. */
export function failAsOrdered(rule: FaultRule, response: Response, ways: Ways): void {
  const { refuse, carryOut } = ways;
  const seconds = rule.retryAfterSeconds ?? 1;
  switch (rule.kind) {
    case '429 seconds':
      return refuse(throttled(429, String(seconds)));
    case '429 date':
      return refuse(throttled(429, new Date(Date.now() + seconds * 1000).toUTCString()));
    case '429 bare':
      return refuse(throttled(429, undefined));
    case '503 seconds':
      return refuse(throttled(503, String(seconds)));
    case '503 bare':
      return refuse(throttled(503, undefined));
    case '500':
      return refuse(new GraphError(500, 'generalException', 'General exception while processing'));
    case '502':
      return void response.status(502).type('text/html').send(badGateway);
    case '504 before':
      return refuse(gatewayTimeout());
    case 'dropped before':
      return void response.socket?.destroy();
    case '504 after':
      onceAnswered(response, () => answerLate(response, refuse));
      return carryOut();
    case 'dropped after':
      onceAnswered(response, () => response.socket?.destroy());
      return carryOut();
    case 'slow body':
      onceAnswered(response, (body) => stall(response, body, rule.stallMilliseconds ?? tenMinutes));
      return carryOut();
    case 'truncated':
      onceAnswered(response, (body) => cut(response, body));
      return carryOut();
  }
}

/** Takes the finished answer before it leaves; `act` decides what leaves in its place. */
function onceAnswered(response: Response, act: (body: Buffer) => void): void {
  const end = response.end.bind(response);
  const taken = (chunk?: unknown): Response => {
    response.end = end;
    act(typeof chunk === 'string' || Buffer.isBuffer(chunk) ? Buffer.from(chunk) : Buffer.alloc(0));
    return response;
  };
  response.end = taken as typeof response.end;
}

function answerLate(response: Response, refuse: Ways['refuse']): void {
  for (const name of ['ETag', 'Location', 'Content-Length']) response.removeHeader(name);
  refuse(gatewayTimeout());
}

function stall(response: Response, body: Buffer, milliseconds: number): void {
  response.flushHeaders();
  const timer = setTimeout(() => response.end(body), milliseconds);
  response.once('close', () => clearTimeout(timer));
}

function cut(response: Response, body: Buffer): void {
  const isGood = response.statusCode >= 200 && response.statusCode < 300;
  const kept = isGood ? body.subarray(0, Math.floor(body.length / 2)) : body;
  if (body.length > 0) response.setHeader('Content-Length', kept.length);
  response.end(kept);
}

function gatewayTimeout(): GraphError {
  return new GraphError(504, 'gatewayTimeout', 'The service did not answer in time.');
}
