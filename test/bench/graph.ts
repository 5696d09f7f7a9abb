import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { startAzurite } from '../azurite.ts';
import { ITEMS } from './large-site.ts';
import type { Phase } from './read-large-site.ts';

/**
 * `npm run bench:graph`: 100,000 items over 12 districts and 20 years, read through Graph by a
 * process whose heap is held to {@link HEAP} megabytes. Beside it the named reference: reading every
 * item of the two large lists page by page, as a bot without delta must at each look.
 */
const HEAP = 256;
const PAGE = 200;

async function bench(): Promise<void> {
  const site = fork(new URL('serve-large-site.ts', import.meta.url));
  const said = Promise.race([
    once(site, 'message') as Promise<[string]>,
    once(site, 'exit').then(() => Promise.reject(new Error('The site could not be made.'))),
  ]);
  say(`Making a site of ${ITEMS.toLocaleString('en-GB')} items …`);
  const [url] = await said;
  const azurite = await startAzurite(['bench']);
  try {
    const reading = (phases: readonly string[]) =>
      read(url, azurite.connectionString('bench'), phases);
    say('Reading it …');
    const first = await reading(['first read, page by page', 'next sweep', 'the sweep after that']);
    const restarted = await reading(['first sweep of a new process']);
    print([...first, ...restarted], await readEverything(url));
  } finally {
    await azurite.stop();
    site.disconnect();
  }
}

async function read(
  url: string,
  connectionString: string,
  phases: readonly string[],
): Promise<Phase[]> {
  const program = new URL('read-large-site.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP}`, program, url, connectionString, ...phases],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`reading ended with code ${code}`);
  return JSON.parse(out) as Phase[];
}

/** Every item of the two large lists by `/items`, 200 to a page, as Graph gives them by itself. */
async function readEverything(url: string): Promise<{ seconds: number; requests: number }> {
  const headers = { authorization: 'Bearer loopback-only' };
  const ask = async (address: string) =>
    (await (await fetch(address, { headers })).json()) as {
      id: string;
      value: { id: string }[];
      '@odata.nextLink'?: string;
    };
  const { id } = await ask(`${url}/v1.0/sites/council.example:/sites/stls`);
  const began = performance.now();
  let requests = 0;
  for (const list of ['STLS KPI Returns', 'STLS Local Activity Report']) {
    const path = `/v1.0/sites/${id}/lists/${encodeURIComponent(list)}/items?$expand=fields&$top=${PAGE}`;
    for (let next: string | undefined = `${url}${path}`; next; requests += 1) {
      next = (await ask(next))['@odata.nextLink'];
    }
  }
  return { seconds: (performance.now() - began) / 1000, requests };
}

function print(phases: readonly Phase[], reference: { seconds: number; requests: number }): void {
  const rows = phases.map((p) => [
    p.name,
    String(p.requests),
    kinds(p.byKind),
    String(p.units),
    p.seconds.toFixed(1),
    p.peakMegabytes.toFixed(0),
  ]);
  const head = ['', 'requests', 'of which', 'units', 'seconds', 'peak MB'];
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  for (const row of all) {
    say(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    );
  }
  const next = phases.find(({ name }) => name === 'the sweep after that');
  say('');
  say(
    `Units of the three sweeps together: ${sum(phases.slice(0, 3).map((p) => p.units))} of the 1,250 that Microsoft allows in a minute.`,
  );
  say(
    `The reading process has a heap of ${HEAP} MB; peak MB is all that it ever held, code included.`,
  );
  say(
    `Reference, reading both large lists whole each time: ${reference.requests} requests, ${reference.seconds.toFixed(1)} s. ` +
      `A sweep in step makes ${((next?.requests ?? 0) / reference.requests).toFixed(3)} × its requests.`,
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const kinds = (byKind: Record<string, number>): string =>
  Object.entries(byKind)
    .map(([kind, n]) => `${n} ${kind}`)
    .join(', ');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await bench();
