import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { contend } from '../../../adapters/delivery/leader.ts';
import { newAccount } from '../azurite.ts';

const log = pino({ level: 'silent' });
const LEASE_SECONDS = 15;

/** These tests run side by side: each says itself what is to be done at its end. */
type AtEnd = (then: () => void | Promise<void>) => void;

function contender(connectionString: string, atEnd: AtEnd) {
  const contending = contend({
    storage: { connectionString },
    log,
    leaseSeconds: LEASE_SECONDS,
    askMs: 200,
  });
  atEnd(() => contending.stop());
  return contending;
}

const soon = { timeout: 5000, interval: 20 };

/** Lets everything through to an address of this machine until it is cut. */
async function wire(to: URL, atEnd: AtEnd): Promise<{ url: string; cut: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  atEnd(cut);
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, cut };
}

describe.concurrent('of several processes', () => {
  test('one leads, and another at once when it stops', async ({ onTestFinished }) => {
    const account = newAccount();
    const contenders = [
      contender(account, onTestFinished),
      contender(account, onTestFinished),
      contender(account, onTestFinished),
    ];
    const leading = () => contenders.filter((one) => one.isLeader());
    await vi.waitFor(() => expect(leading()).toHaveLength(1), soon);
    const [first] = leading();
    const began = performance.now();
    await first?.stop();
    expect(leading()).not.toContain(first);
    await vi.waitFor(() => expect(leading()).toHaveLength(1), soon);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('a leader that is cut off says so before its lease ends, so there are never two', async ({
    onTestFinished,
  }) => {
    const account = newAccount();
    const blobUrl = /BlobEndpoint=(http:\/\/[^/]+)/.exec(account)?.[1] ?? '';
    const { url, cut } = await wire(new URL(blobUrl), onTestFinished);
    const leader = contender(
      account.replace(`BlobEndpoint=${blobUrl}`, `BlobEndpoint=${url}`),
      onTestFinished,
    );
    await vi.waitFor(() => expect(leader.isLeader()).toBe(true), soon);
    const other = contender(account, onTestFinished);
    let both = 0;
    const watch = setInterval(() => {
      if (leader.isLeader() && other.isLeader()) both += 1;
    }, 5);
    onTestFinished(() => clearInterval(watch));
    cut();
    await vi.waitFor(() => expect(leader.isLeader()).toBe(false), {
      timeout: 16_000,
      interval: 20,
    });
    expect(other.isLeader(), 'its lease still lasts').toBe(false);
    expect(leader.problem()).toContain('Azure Blob Storage');
    expect(other.problem(), 'another leads').toBeUndefined();
    await vi.waitFor(() => expect(other.isLeader()).toBe(true), { timeout: 10_000, interval: 50 });
    expect(both).toBe(0);
  });
});
