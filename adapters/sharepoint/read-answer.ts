import type { z } from 'zod';
import { UnexpectedAnswer } from '../errors.ts';

/** Reads an answer of Graph's by its schema. Throws UnexpectedAnswer; `doing` says what was asked. */
export function readBy<T>(schema: z.ZodType<T>, answer: unknown, doing: string): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new UnexpectedAnswer('Microsoft Graph', doing, read.error.message);
}
