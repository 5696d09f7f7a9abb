import type { Request } from 'express';
import { findSite, type Stamp } from './lists.ts';
import { siteOwner } from './load-seed.ts';
import type { Identity } from './people.ts';
import { stampFor, type Context } from './request-context.ts';

/** The bot's bearer token; it opens nothing beyond this machine. */
export const loopbackToken = 'loopback-only';

/**
 * A second bearer token, for somebody who may do everything on the site, permissions included.
 * Writes with it appear under the site owner's name. It is neither counted nor failed by order,
 * so a test can act behind the bot's back with it.
 */
export const administratorToken = 'loopback-administrator';

/** Who calls: the bot's application, or a person who administers the site. */
export type Caller = 'application' | 'administrator';

const callers = new Map<string, Caller>([
  [`Bearer ${loopbackToken}`, 'application'],
  [`Bearer ${administratorToken}`, 'administrator'],
]);

/** Who sends this request; `undefined` without a token that the emulator takes. */
export function callerOf(request: Pick<Request, 'headers'>): Caller | undefined {
  return callers.get(request.headers.authorization ?? '');
}

/** Who writes by this request, and when. */
export function requestStamp(context: Context, request: Pick<Request, 'headers'>): Stamp {
  return stampFor(context, writer(context, callerOf(request)));
}

function writer(context: Context, caller: Caller | undefined): Identity {
  if (caller !== 'administrator') return context.application;
  return siteOwner(findSite(context.db)?.hostname ?? 'localhost');
}
