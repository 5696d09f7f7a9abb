import type { Response } from 'express';
import { errorBody, GraphError, type RequestIds } from './errors.ts';

/** Answers with a refusal in Graph's own form; `now` dates it. */
export function answerWith(refusal: GraphError, response: Response, now: Date): void {
  const ids = response.locals['ids'] as RequestIds;
  response
    .status(refusal.status)
    .set(refusal.headers)
    .json(errorBody(refusal, ids, now));
}

/** Any error as a refusal; one that nobody foresaw is written to stderr and answered 500. */
export function asGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  if (isHttpError(error)) return new GraphError(error.status, 'BadRequest', error.message);
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new GraphError(500, 'generalException', 'General exception while processing');
}

function isHttpError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
