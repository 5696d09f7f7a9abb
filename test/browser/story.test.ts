import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { startLocalDemo, type LocalDemo } from './local-demo.ts';
import { Playground, startBrowser } from './playground.ts';
import { graphAt, type GraphSite } from './site.ts';

const SOON = { timeout: 20_000 };
const KPI = 'STLS KPI Returns';

let demo: LocalDemo;
let browser: Browser;
let site: GraphSite;
let lead: Playground;
let commissioner: Playground;
let senco: Playground;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startLocalDemo(), startBrowser()]);
  site = graphAt(demo.sharepointUrl);
  lead = await Playground.open(browser, demo.playgroundUrls.lead, 'lead');
});

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop(), 'Ctrl-C ends npm start cleanly').toBe(0);
});

/** Made-up answers of Dover that agree with each other and with its earlier terms. */
const ANSWERS: Record<string, string> = {};

async function fill(card: Locator, answers: Record<string, string>): Promise<void> {
  for (const [question, answer] of Object.entries(answers)) {
    await card.getByLabel(question, { exact: true }).fill(answer);
  }
}

describe('1. The lead', () => {
  it('finds the overdue return waiting, with definitions and last term’s answers', async () => {
    const card = lead.card('Dover: 1 return to file');
    await card.waitFor(SOON);
    await lead.shot('waiting', card);
    expect(await card.getByText('Every child open to the service').count()).toBe(2);
    const labels = await card.locator('label').allTextContents();
    const lastTerm = await card.getByText(/^Last term: /).allTextContents();
    expect(lastTerm.length).toBeGreaterThan(10);
    console.log(labels, lastTerm, await card.innerText());
    await fill(card, ANSWERS);
  });
});
