import express, { Router, type ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { faultRule, type FaultOrders } from './fault-rules.ts';
import { requireOwnOrigin } from './loopback.ts';
import type { RequestCounter } from './request-counter.ts';

const ordered = z.strictObject({ rules: z.array(faultRule) });

/**
 * The emulator's own levers, outside Graph and without a token:
 *
 * - `GET /faults` → `{ rules: StandingRule[] }`; `PUT /faults` with `{ rules: FaultRule[] }` puts
 *   these in the place of all others, 400 `{ error }` if one is wrong; `DELETE /faults` clears.
 * - `GET /requests` → `RequestCounts`; `DELETE /requests` sets them back.
 */
export function controlRoutes(faults: FaultOrders, counter: RequestCounter): Router {
  const routes = Router();
  routes.use(requireOwnOrigin);
  routes.use(express.json());
  routes.get('/faults', (_request, response) => {
    response.json({ rules: faults.standing() });
  });
  routes.put('/faults', (request, response) => {
    faults.order(ordered.parse(request.body).rules);
    response.json({ rules: faults.standing() });
  });
  routes.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  routes.get('/requests', (_request, response) => {
    response.json(counter.read());
  });
  routes.delete('/requests', (_request, response) => {
    counter.reset();
    response.status(204).end();
  });
  routes.use(answerError);
  return routes;
}

const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent || !isCallersOwn(error)) {
    next(error);
    return;
  }
  const message = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  response.status(400).json({ error: message });
};

function isCallersOwn(error: unknown): error is Error {
  return error instanceof z.ZodError || error instanceof SyntaxError;
}
