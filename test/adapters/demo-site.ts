import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { beforeAll, onTestFinished, vi } from 'vitest';
import { createGraph, type GraphOptions } from '../../adapters/sharepoint/graph.ts';
import { provisionLists } from '../../adapters/sharepoint/provision-lists.ts';
import { openSite, type ListItem, type Site } from '../../adapters/sharepoint/site.ts';
import { createBudget } from '../../adapters/sharepoint/resource-units.ts';
import type { SiteOptions } from '../../adapters/sharepoint/site-memory.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import { fillBotLists } from '../../infra/local/demo/fill-bot-lists.ts';
import { startEmulator, type RunningEmulator } from '../../infra/local/sharepoint/emulator.ts';
import { GraphSession } from '../infra/sharepoint/graph-session.ts';
import { isFirstOfAll, sharedFile } from './first-of-all.ts';

export const SITE = 'https://council.example/sites/stls';
export const KPI = 'STLS KPI Returns';
export const LAR = 'STLS Local Activity Report';

/** The demo's site in an emulator of its own, for one test. */
export type DemoSite = {
  url: string;
  emulator: RunningEmulator;
  /** As the bot speaks to it. */
  site: Site;
  /** As anybody else would change it. */
  graph: GraphSession;
};

/** A site as the bot sees it, through Graph at this address. */
export const siteAt = (url: string, options: SiteOptions = { columnsForMs: 0 }): Site =>
  openSite(createGraph(url, QUICK), new URL(SITE), options);

/** The same for a test of failures: patient, and quick to try again. */
export const patientSiteAt = (url: string, options: SiteOptions = {}): Site => {
  const patience = { deadlineMs: 25_000, attemptMs: 250, firstDelayMs: 5 };
  return openSite(createGraph(url, { ...QUICK, patience }), new URL(SITE), options);
};

/** Tests do not wait for what will not come; the emulator may be asked as often as they like. */
export const QUICK: GraphOptions = {
  patience: { deadlineMs: 1_500, attemptMs: 1_000, firstDelayMs: 5 },
  budget: createBudget(1_000_000),
};

/** The returns of an academic year and later, and how long the bot takes columns to be as they were read. */
type Held = { since?: string; columnsForMs?: number };

/**
 * Makes the demo's site once for all files of tests: the council's lists, and the bot's own as
 * provisioning makes them. Each test that opens it has a copy. Tests that need no history hold
 * the returns of one academic year and later: that takes half the time.
 */
export function demoSites({ since = '2022', columnsForMs = 0 }: Held = {}): {
  open: (now: () => Date) => Promise<DemoSite>;
} {
  const template = `site-since-${since}.db`;
  beforeAll(async () => {
    if (isFirstOfAll(template)) await makeTemplate(sharedFile(template), since);
    else await vi.waitUntil(() => existsSync(sharedFile(template)), WAITING);
  });
  return {
    open: async (now) => {
      const databaseFile = sharedFile(`site-${randomUUID()}.db`);
      copyFileSync(sharedFile(template), databaseFile);
      const emulator = await startEmulator({ port: 0, databaseFile, isThrownAway: true, now });
      onTestFinished(async () => {
        await emulator.close();
        rmSync(databaseFile);
      });
      const graph = new GraphSession(emulator);
      const { body } = await graph.send('GET', '/sites/council.example:/sites/stls');
      graph.site = String(Object(body).id);
      return { url: emulator.url, emulator, site: siteAt(emulator.url, { columnsForMs }), graph };
    },
  };
}

/** Another process is making it. */
const WAITING = { timeout: 50_000, interval: 50 };

/** It is there once it is whole. */
async function makeTemplate(file: string, since: string): Promise<void> {
  const databaseFile = `${file}.begun`;
  const seed = councilSite();
  for (const list of seed.lists) {
    list.items = list.items.filter(
      ({ fields }) => String(fields['Academic_x0020_Year'] ?? since) >= since,
    );
  }
  const emulator = await startEmulator({
    port: 0,
    databaseFile,
    isThrownAway: true,
    seed,
    now: () => new Date('2026-09-01T08:00:00Z'),
  });
  const site = siteAt(emulator.url);
  await provisionLists(site);
  await fillBotLists(emulator.url, 'council.example:/sites/stls', 'loopback-only');
  await emulator.close();
  renameSync(databaseFile, file);
}

/** The items of one district, year and term, as they are written there. */
export async function itemsOf(
  site: Site,
  list: string,
  [district, year, term]: [district: string, year: string, term: string],
): Promise<readonly ListItem[]> {
  return (await site.items(list)).filter(
    ({ fields }) =>
      fields['District'] === district &&
      fields['Academic_x0020_Year'] === year &&
      fields['Term'] === term,
  );
}

/** Takes a list away, as somebody with the rights to do so might. */
export async function removeList({ graph }: DemoSite, list: string): Promise<void> {
  const { status } = await graph.send('DELETE', graph.list(list));
  if (status !== 204) throw new Error(`${list} could not be deleted: ${status}`);
}

/** Changes cells of the first row with this title. */
export async function changeRow(
  { graph, site }: DemoSite,
  list: string,
  title: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const row = (await site.items(list)).find((item) => item.fields['Title'] === title);
  if (!row) throw new Error(`${list} has no row “${title}”.`);
  const { status } = await graph.send('PATCH', graph.list(list, `/items/${row.id}/fields`), fields);
  if (status !== 200) throw new Error(`“${title}” of ${list} could not be changed: ${status}`);
}
