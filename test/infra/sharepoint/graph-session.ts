import assert from 'node:assert/strict';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  startEmulator,
  type EmulatorOptions,
  type RunningEmulator,
} from '../../../infra/local/sharepoint/emulator.ts';
import { administratorToken, loopbackToken } from '../../../infra/local/sharepoint/callers.ts';
import { requestProblems, responseProblems } from '../../contract/openapi.ts';
import { smallSite } from './small-site.ts';

/** Sent along, makes a request the administrator's: it may do everything and is not counted. */
export const asAdministrator = { authorization: `Bearer ${administratorToken}` };

/** What Graph answered. */
export type Answer = { status: number; body: unknown; headers: Headers };

const fields = z.record(z.string(), z.unknown());
const item = z.object({
  id: z.string(),
  eTag: z.string().optional(),
  webUrl: z.string().optional(),
  fields: fields.optional(),
  deleted: z.object({ state: z.string() }).optional(),
});
const page = z.object({
  value: z.array(item),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    innerError: z.object({
      date: z.string(),
      'request-id': z.string(),
      'client-request-id': z.string(),
    }),
  }),
});
const identified = z.object({ id: z.string() });

/** A caller of one emulator. Every request and answer is held against Microsoft's OpenAPI. */
export class GraphSession {
  readonly url: string;
  readonly emulator: RunningEmulator;
  site = '';

  constructor(emulator: RunningEmulator) {
    this.emulator = emulator;
    this.url = emulator.url;
  }

  /** Sends a request; `path` is a whole address or begins below `/v1.0`. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const address = path.startsWith('http') ? path : `${this.url}/v1.0${path}`;
    assert.deepEqual(requestProblems(method, address, body), []);
    const answer = await fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${loopbackToken}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    assert.deepEqual(responseProblems(method, address, answer.status, parsed), []);
    return { status: answer.status, body: parsed, headers: answer.headers };
  }

  /** Sends a request that nothing is held against, for what the contract does not allow. */
  raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(path.startsWith('http') ? path : `${this.url}/v1.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${loopbackToken}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** The address of a list below `/v1.0`. */
  list(title: string, rest = ''): string {
    return `/sites/${this.site}/lists/${encodeURIComponent(title)}${rest}`;
  }

  /** One page of items or changes. */
  async page(path: string, headers: Record<string, string> = {}): Promise<z.infer<typeof page>> {
    const answer = await this.send('GET', path, undefined, headers);
    assert.equal(answer.status, 200);
    return page.parse(answer.body);
  }

  /** Every item, page after page, as the links lead. */
  async everyItem(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<z.infer<typeof item>[]> {
    const items: z.infer<typeof item>[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const read: z.infer<typeof page> = await this.page(next, headers);
      items.push(...read.value);
      next = read['@odata.nextLink'];
    }
    return items;
  }

  /** Adds an item and answers it. */
  async add(title: string, cells: Record<string, unknown>): Promise<z.infer<typeof item>> {
    const answer = await this.send('POST', this.list(title, '/items'), { fields: cells });
    assert.equal(answer.status, 201);
    return item.parse(answer.body);
  }

  /** One item with its fields. */
  async item(title: string, id: string): Promise<z.infer<typeof item>> {
    const answer = await this.send('GET', this.list(title, `/items/${id}?$expand=fields`));
    assert.equal(answer.status, 200);
    return item.parse(answer.body);
  }
}

/** Starts an emulator with the small site, until the test is over. */
export async function session(options: Partial<EmulatorOptions> = {}): Promise<GraphSession> {
  const emulator = await startEmulator({
    databaseFile: ':memory:',
    seed: smallSite(),
    now: () => new Date('2026-11-02T10:00:00Z'),
    port: 0,
    ...options,
  });
  const opened = new GraphSession(emulator);
  onTestFinished(() => opened.emulator.close());
  const path = '/sites/council.example:/sites/stls';
  const answer = await opened.send('GET', path, undefined, asAdministrator);
  opened.site = identified.parse(answer.body).id;
  return opened;
}

/** What an answer refuses, and why. */
export function refusalOf(answer: Answer): { status: number; code: string; message: string } {
  const { code, message } = refusal.parse(answer.body).error;
  return { status: answer.status, code, message };
}

/** The fields of an answer to a write. */
export function fieldsOf(answer: Answer): Record<string, unknown> {
  return fields.parse(answer.body);
}
