import type { NextFunction, Request, Response } from 'express';

const loopbackHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/** Refuses requests that reached this machine under another name. */
export function requireLoopbackHost(
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (!loopbackHost.test(request.headers.host ?? '')) {
    refuse(response, 'This emulator answers on 127.0.0.1 and localhost only.');
    return;
  }
  next();
}

/** Refuses a form that another website sent. */
export function requireOwnOrigin(request: Request, response: Response, next: NextFunction): void {
  const { origin, host } = request.headers;
  const own = origin === undefined || origin === `http://${host}`;
  if (request.method !== 'GET' && request.method !== 'HEAD' && !own) {
    refuse(response, 'This form was sent from another website, so nothing was saved.');
    return;
  }
  next();
}

function refuse(response: Response, reason: string): void {
  response.status(403).type('text/plain').send(`${reason}\n`);
}
