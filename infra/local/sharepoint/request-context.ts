import type { Request } from 'express';
import type { z } from 'zod';
import type { Database } from './database.ts';
import { invalidRequest, notFound } from './errors.ts';
import { findList, findSite, type List, type Site, type Stamp } from './lists.ts';
import { graphInstant } from './london-time.ts';
import { ensurePerson, type Identity } from './people.ts';

/** What every route works with. */
export type Context = {
  db: Database;
  now: () => Date;
  /** As whom writes through Graph appear. */
  application: Extract<Identity, { kind: 'application' }>;
  /** The emulator's own address; taken from the request where it is not given. */
  baseUrl: string | undefined;
};

/** The address under which the caller reached the emulator. */
export function baseUrlOf(context: Context, request: Request): string {
  return context.baseUrl ?? `http://${request.headers.host ?? '127.0.0.1'}`;
}

/** The query of a request, each option as it was sent. */
export function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://127.0.0.1').searchParams;
}

/** The site that the address names, or a refusal. */
export function siteOf(context: Context, siteId: string): Site {
  const site = findSite(context.db);
  if (site === undefined || site.id.toLowerCase() !== siteId.toLowerCase()) {
    throw notFound('The site');
  }
  return site;
}

/** The list that the address names by id or title, or a refusal. */
export function listOf(
  context: Context,
  siteId: string,
  listKey: string,
): { site: Site; list: List } {
  const site = siteOf(context, siteId);
  const list = findList(context.db, listKey);
  if (list === undefined) throw notFound('The list');
  return { site, list };
}

/** Who writes now, and when, for a write by this identity. */
export function stampFor(context: Context, identity: Identity): Stamp {
  return { by: ensurePerson(context.db, identity), at: graphInstant(context.now()) };
}

/** The number of an item, out of its address. */
export function itemId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw notFound('The item');
  return Number(text);
}

/** Reads a body, or refuses it with the first thing that is wrong with it. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'The body' : issue.path.join('.');
  throw invalidRequest(`${where}: ${issue?.message ?? 'is not understood'}`);
}

/** Text out of an address, or a refusal. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) throw invalidRequest('The address is not well formed.');
    throw error;
  }
}
