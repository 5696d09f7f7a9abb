import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { notificationProblems } from '../../contract/openapi.ts';

const notification = z.looseObject({
  subscriptionId: z.string(),
  clientState: z.string().nullable(),
  changeType: z.string().optional(),
  lifecycleEvent: z.string().optional(),
});
const notifications = z.object({ value: z.array(notification) });

/** One notification, as Graph words it. */
export type Notification = z.infer<typeof notification>;

/** How a subscriber answers: to a validation with a token, to a notification with a status. */
export type Manners = {
  validation: (token: string, response: ServerResponse) => void;
  status: (attempt: number) => number;
};

/** Listens on loopback for notifications and holds each against Microsoft's OpenAPI. */
export class Subscriber {
  readonly url: string;
  /** Every notification that came, acknowledged or not. */
  readonly heard: Notification[] = [];
  /** Every validation token, as it stood in the address. */
  readonly validations: string[] = [];
  readonly #arrivals = new EventEmitter();

  constructor(url: string) {
    this.url = url;
  }

  /** Waits until so many notifications have come. */
  async hears(count: number): Promise<Notification[]> {
    while (this.heard.length < count) await once(this.#arrivals, 'notification');
    return this.heard;
  }

  /** Answers one request. */
  async answer(request: IncomingMessage, response: ServerResponse, manners: Manners) {
    const query = (request.url ?? '').split('?', 2)[1] ?? '';
    const token = new URLSearchParams(query).get('validationToken');
    if (token !== null) {
      this.validations.push(query);
      manners.validation(token, response);
      return;
    }
    const body: unknown = JSON.parse(await text(request));
    assert.deepEqual(notificationProblems(body), []);
    this.heard.push(...notifications.parse(body).value);
    response.writeHead(manners.status(this.heard.length)).end();
    this.#arrivals.emit('notification');
  }
}

/** A well-behaved subscriber, apart from the manners given, until the test is over. */
export async function subscriber(manners: Partial<Manners> = {}): Promise<Subscriber> {
  const usual: Manners = {
    validation: (token, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
    },
    status: () => 202,
  };
  const server = createServer((request, response) => {
    void opened.answer(request, response, { ...usual, ...manners });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  const opened = new Subscriber(`http://127.0.0.1:${address.port}/notified?kept=a%20b`);
  return opened;
}
