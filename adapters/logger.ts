import { pino, type Logger } from 'pino';

export type { Logger };

/** One JSON line an event, on standard error: standard output is for what a command prints. */
export const createLogger = (level: string): Logger =>
  pino(
    { level, base: null, redact: ['token', 'authorization', '*.token', '*.authorization'] },
    pino.destination({ dest: 2, sync: true }),
  );
