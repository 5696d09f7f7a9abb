import type { z } from 'zod';

/** Packs a value into a token that callers pass back without reading it. */
export function packToken(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Unpacks a token of ours; `undefined` when it is anything else. */
export function unpackToken<Schema extends z.ZodType>(
  schema: Schema,
  token: string,
): z.infer<Schema> | undefined {
  const parsed = schema.safeParse(parseJson(Buffer.from(token, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
