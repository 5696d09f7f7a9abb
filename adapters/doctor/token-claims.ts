import { z } from 'zod';

const claims = z.object({
  /** Tenant. */
  tid: z.string().default(''),
  /** What an app may do by itself. */
  roles: z.array(z.string()).default([]),
  /** What an app may do in the name of a person; absent where no person signed in. */
  scp: z.string().optional(),
});
/** What a token says of whoever holds it. */
export type TokenClaims = z.infer<typeof claims>;

/** Reads the claims of a token of Microsoft Entra; undefined where it is none that can be read. */
export function claimsIn(token: string | undefined): TokenClaims | undefined {
  const [, body] = token?.split('.') ?? [];
  if (!body) return undefined;
  try {
    return claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
