import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

/** Listens on a free port of loopback and says to the parent which; ends when the parent does. */
export async function tellPort(app: Express): Promise<void> {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.once('disconnect', () => process.exit(0));
  process.send?.({ port: (server.address() as AddressInfo).port });
}

/** What the bot's own process says of where its time went, in milliseconds for each turn. */
export type Spent = Record<'understanding' | 'answering' | 'rendering', number[]>;
