/** The service answered, and its answer was no. */
export class ServiceRefused extends Error {
  override readonly name = 'ServiceRefused';
  readonly service: string;
  readonly status: number;
  readonly code: string;
  /** How long the service asks to be left in peace, in milliseconds, where it says so. */
  readonly retryAfterMs: number | undefined;
  constructor(
    service: string,
    status: number,
    code: string,
    message: string,
    cause?: unknown,
    retryAfterMs?: number,
  ) {
    super(`${service} said no (${status} ${code}): ${message}`, { cause });
    this.service = service;
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer came: the connection failed, was cut, or took too long. */
export class NetworkFailed extends Error {
  override readonly name: string = 'NetworkFailed';
  readonly service: string;
  constructor(service: string, doing: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${service} could not be reached (${doing}): ${why}`, { cause });
    this.service = service;
  }
}

/** No clear answer came to a request that makes something: it may have been made, or still be. */
export class OutcomeUnknown extends NetworkFailed {
  override readonly name = 'OutcomeUnknown';
}

/** The service answered something that its contract does not allow, or that this code misread. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  constructor(service: string, doing: string, problem: string, cause?: unknown) {
    super(`${service} answered ${doing} with something unexpected: ${problem}`, { cause });
  }
}

/** What somebody typed on the command line cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What went wrong, in words for a log line or for a person who cannot mend it. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
