import { createGraph } from '../../adapters/sharepoint/graph.ts';
import { openSite } from '../../adapters/sharepoint/site.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { openSnapshots } from '../../adapters/storage/snapshots.ts';
import { lookAt } from '../../bot/look.ts';
import type { RequestCounts } from '../../infra/local/sharepoint/request-counter.ts';

/** What one phase cost. Memory is the most that the process had, so far, in megabytes. */
export type Phase = {
  name: string;
  seconds: number;
  requests: number;
  byKind: Record<string, number>;
  units: number;
  peakMegabytes: number;
  returns: number;
};

const [url = '', connectionString = '', ...phases] = process.argv.slice(2);
const site = openSite(createGraph(url), new URL('https://council.example/sites/stls'), {
  snapshots: openSnapshots({ connectionString }),
});
const NOTHING = {
  findings: new Map(),
  approvals: new Map(),
  filings: new Map(),
  deliveries: [],
  arrangements: new Map(),
  saving: [],
};

async function phase(name: string): Promise<Phase> {
  await fetch(`${url}/emulator/requests`, { method: 'DELETE', headers: { connection: 'close' } });
  const began = performance.now();
  const reading = await readHeld(site);
  const look = lookAt(reading, NOTHING, new Date('2026-11-23T09:00:00Z'));
  const seconds = (performance.now() - began) / 1000;
  await site.keep();
  const counts = (await (
    await fetch(`${url}/emulator/requests`, { headers: { connection: 'close' } })
  ).json()) as RequestCounts;
  return {
    name,
    seconds,
    requests: counts.total,
    byKind: counts.byKind,
    units: counts.resourceUnits.total,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    returns: look.reading.returns.length,
  };
}

const done: Phase[] = [];
for (const name of phases) done.push(await phase(name));
process.stdout.write(JSON.stringify(done));
