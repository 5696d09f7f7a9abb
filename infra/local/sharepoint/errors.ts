import { randomUUID } from 'node:crypto';

/** A refusal in Microsoft Graph's own terms: the HTTP status and the error code a client sees. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly innerCode: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { headers?: Record<string, string>; innerCode?: string } = {},
  ) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.innerCode = more.innerCode;
  }
}

/** 404: no such site, list, column, item or route. */
export function notFound(what: string): GraphError {
  return new GraphError(404, 'itemNotFound', `${what} was not found.`);
}

/** 400: the request cannot be carried out as it stands. */
export function invalidRequest(message: string): GraphError {
  return new GraphError(400, 'invalidRequest', message);
}

/** 409: the name is taken. */
export function nameTaken(message: string): GraphError {
  return new GraphError(409, 'nameAlreadyExists', message);
}

/** 501: real SharePoint can do this, the emulator cannot. */
export function notEmulated(message: string): GraphError {
  return new GraphError(501, 'notSupported', message);
}

/** 412: the item has changed since the caller read it. */
export function resourceModified(): GraphError {
  return new GraphError(
    412,
    'resourceModified',
    'The resource has changed since the caller last read it; usually an eTag mismatch.',
  );
}

/** 410: the delta token is unknown or too old; `startAgain` begins a fresh enumeration. */
export function resyncRequired(startAgain: string): GraphError {
  return new GraphError(410, 'resyncRequired', 'Resync required. Start a new enumeration.', {
    headers: { Location: startAgain },
    innerCode: 'resyncChangesApplyDifferences',
  });
}

/** 429 that SharePoint gives for an unindexed query on a list past the view threshold. */
export function viewThresholdExceeded(): GraphError {
  return new GraphError(
    429,
    'tooManyRequests',
    'The attempted operation is prohibited because it exceeds the list view threshold.',
    { headers: { 'Retry-After': '10' } },
  );
}

/** 429 or 503 for too many requests; `retryAfter` is whole seconds or an HTTP date. */
export function throttled(status: 429 | 503, retryAfter: string | undefined): GraphError {
  const code = status === 429 ? 'activityLimitReached' : 'serviceNotAvailable';
  return new GraphError(status, code, 'The request has been throttled.', {
    headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter },
    innerCode: 'throttledRequest',
  });
}

/** 401: no bearer token, or not the loopback one. */
export function unauthenticated(): GraphError {
  return new GraphError(
    401,
    'InvalidAuthenticationToken',
    'Access token is empty or is not the one this emulator takes.',
    { headers: { 'WWW-Authenticate': 'Bearer realm=""' } },
  );
}

/** The identifiers that Graph puts on every answer and inside every error. */
export type RequestIds = { requestId: string; clientRequestId: string };

/** Takes the caller's `client-request-id`, where there is one, and adds an id of our own. */
export function requestIds(clientRequestId: string | undefined): RequestIds {
  const requestId = randomUUID();
  return { requestId, clientRequestId: clientRequestId ?? requestId };
}

/** The body of an error answer. */
export function errorBody(error: GraphError, ids: RequestIds, at: Date): object {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        ...(error.innerCode === undefined ? {} : { code: error.innerCode }),
        date: at.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}
