import { createServer } from 'node:net';

/** A port that the local demo needs, and the variable that changes it. */
export type Port = { port: number; variable: string; for: string };

/** What somebody set is no port number. */
export class PortProblem extends Error {
  override readonly name = 'PortProblem';
}

const read = (variable: string, fallback: number, offset = 0): number => {
  const text = process.env[variable];
  const port = text ? Number(text) + offset : fallback + offset;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new PortProblem(`${variable} is “${text}”. Set it to a port from 1 to 65535.`);
};

/** Every port of the local demo, from the environment. */
export const readPorts = () => ({
  sharepoint: {
    port: read('SHAREPOINT_PORT', 3979),
    variable: 'SHAREPOINT_PORT',
    for: 'the SharePoint emulator',
  },
  blob: {
    port: read('AZURITE_BLOB_PORT', 10_000),
    variable: 'AZURITE_BLOB_PORT',
    for: 'Azurite (blobs)',
  },
  queue: {
    port: read('AZURITE_QUEUE_PORT', 10_001),
    variable: 'AZURITE_QUEUE_PORT',
    for: 'Azurite (queues)',
  },
  table: {
    port: read('AZURITE_TABLE_PORT', 10_002),
    variable: 'AZURITE_TABLE_PORT',
    for: 'Azurite (tables)',
  },
  bot: { port: read('PORT', 3978), variable: 'PORT', for: 'the bot' },
  playgrounds: [0, 1, 2].map((i) => ({
    port: read('PLAYGROUND_PORT', 56_150, i),
    variable:
      i === 0
        ? 'PLAYGROUND_PORT'
        : `PLAYGROUND_PORT (this is its ${i === 1 ? 'next' : 'second next'})`,
    for: 'a Playground',
  })),
});

export type Ports = ReturnType<typeof readPorts>;

/** The ports that something else uses, in words with the remedy. */
export async function takenPorts(ports: Ports): Promise<string[]> {
  const { playgrounds, ...others } = ports;
  const all: Port[] = [...Object.values(others), ...playgrounds];
  const free = await Promise.all(all.map(({ port }) => isFree(port)));
  return all
    .filter((_, i) => !free[i])
    .map(
      (p) =>
        `Port ${p.port} for ${p.for} is taken. Stop what uses it, or set ${p.variable} to another.`,
    );
}

/** A port is free when it can be bound on loopback and on every address. */
const isFree = async (port: number): Promise<boolean> =>
  (await canBind(port, '127.0.0.1')) && (await canBind(port, undefined));

function canBind(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, ...(host ? { host } : {}) }, () => server.close(() => resolve(true)));
  });
}
