import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGraph } from '../../adapters/sharepoint/graph.ts';
import { provisionLists } from '../../adapters/sharepoint/provision-lists.ts';
import { createBudget } from '../../adapters/sharepoint/resource-units.ts';
import { openSite } from '../../adapters/sharepoint/site.ts';
import { fillBotLists } from '../../infra/local/demo/fill-bot-lists.ts';
import { startEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { largeSite } from './large-site.ts';

/** The emulator with the large site, in a process of its own. Prints its address; ends with its parent. */
const folder = mkdtempSync(join(tmpdir(), 'stls-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('disconnect', () => process.exit(0));

const emulator = await startEmulator({
  port: 0,
  databaseFile: join(folder, 'large.db'),
  seed: largeSite(),
  now: () => new Date('2026-11-23T09:00:00Z'),
});
const address = new URL('https://council.example/sites/stls');
const graph = createGraph(emulator.url, { budget: createBudget(1_000_000) });
const site = openSite(graph, address);
await provisionLists(site);
await fillBotLists(emulator.url, 'council.example:/sites/stls', 'loopback-only');
process.send?.(emulator.url);
