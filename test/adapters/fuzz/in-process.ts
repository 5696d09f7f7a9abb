import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import type { Express } from 'express';

/** A request as it comes off the wire. */
export type Sent = { headers: Record<string, string>; body: Buffer };

export type Answered = { status: number; headers: OutgoingHttpHeaders; body: string };

const OWN_MACHINE = { host: '127.0.0.1' };

/** Posts to the application as its server would, without a socket. */
export function postInProcess(app: Express, path: string, sent: Sent): Promise<Answered> {
  const req = requestOf(path, sent);
  const res = new ServerResponse(req);
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const chunks: Buffer[] = [];
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  res.write = (chunk: unknown): boolean => {
    take(chunk);
    return true;
  };
  res.end = (chunk?: unknown): ServerResponse => {
    take(chunk);
    const body = Buffer.concat(chunks).toString();
    resolve({ status: res.statusCode, headers: res.getHeaders(), body });
    return res;
  };
  app(req, res);
  return promise;
}

function requestOf(path: string, { headers, body }: Sent): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  req.method = 'POST';
  req.url = path;
  req.headers = { ...OWN_MACHINE, 'content-length': String(body.length), ...headers };
  req.push(body);
  req.push(null);
  return req;
}
