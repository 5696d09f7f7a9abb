import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A request that reached the server. */
export type Seen = { method: string; url: string; authorization: string | undefined };
export type Loopback = { url: string; seen: Seen[] };

/** A server on this machine that notes what reaches it, until the test is over. */
export async function loopback(
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void,
): Promise<Loopback> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, authorization: headers.authorization });
    answer(request, response, seen.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, seen };
}
