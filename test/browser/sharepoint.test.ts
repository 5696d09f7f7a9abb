import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { DOVER_ANSWERS } from '../dover-answers.ts';
import { startLocalDemo, type LocalDemo } from './local-demo.ts';
import { Playground, startBrowser } from './playground.ts';
import { graphAt, type GraphSite } from './site.ts';

const SOON = { timeout: 20_000 };
const KPI = 'STLS KPI Returns';
const LAR = 'STLS Local Activity Report';

let demo: LocalDemo;
let browser: Browser;
let site: GraphSite;
let lead: Playground;
let commissioner: Playground;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startLocalDemo(), startBrowser()]);
  site = graphAt(demo.sharepointUrl);
  lead = await Playground.open(browser, demo.playgroundUrls.lead, 'saving');
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const press = (card: Locator, button: string): Promise<void> =>
  card.getByRole('button', { name: button }).first().click();

async function fill(card: Locator, answers: Record<string, string>): Promise<void> {
  for (const [question, answer] of Object.entries(answers)) {
    await card.getByLabel(question, { exact: true }).fill(answer);
  }
}

const theKpiOfDover = async () =>
  (await site.items(KPI)).filter(
    ({ fields }) =>
      fields['District'] === 'Dover' &&
      fields['Academic_x0020_Year'] === '2026-27' &&
      fields['Term'] === 'Term 1',
  );

/** Orders the emulator to fail, or no longer. */
async function faults(rules: readonly object[]): Promise<void> {
  const answer = await fetch(`${demo.sharepointUrl}/emulator/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  expect(answer.ok).toBe(true);
}

async function moveClockTo(to: string): Promise<void> {
  const answer = await fetch(`${demo.botUrl}/local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
  expect(answer.ok).toBe(true);
}

describe('SharePoint that does not take a return', () => {
  it('is no trouble of the lead’s: it is received, and saved as soon as it can be done', async () => {
    await faults([{ kind: '503 bare', list: KPI, method: 'POST' }]);
    const card = lead.card('Dover: 1 return to file');
    await card.waitFor(SOON);
    await fill(card, DOVER_ANSWERS);
    await press(card, 'File this return');
    const received = lead.card('Received, saving');
    await received.waitFor(SOON);
    await lead.shot('received', received);
    expect(await theKpiOfDover()).toEqual([]);
    await faults([]);
    const thanks = lead.card('Received, thank you');
    await thanks.waitFor(SOON);
    await lead.shot('saved', thanks);
    expect(await theKpiOfDover(), 'saved once').toHaveLength(1);
  });
});

describe('a question that a commissioner adds in SharePoint', () => {
  it('has its line in the weekly summary', async () => {
    await site.addColumn(LAR, {
      name: 'Home_x0020_Visits',
      displayName: 'Home Visits',
      number: {},
    });
    await site.create('STLS Bot Measures', {
      Title: 'homeVisits',
      Form: 'LAR',
      Question: 'Home visits',
      Definition: 'Visits to a child’s home by a specialist teacher this term.',
      Section: 'Visits',
      Unit: 'count',
      ListName: LAR,
      ColumnName: 'Home_x0020_Visits',
      Required: false,
      Position: 5,
      FirstTerm: '2026-27 T1',
    });
    commissioner = await Playground.open(browser, demo.playgroundUrls.commissioner, 'figures');
    await moveClockTo('2026-11-30T09:00');
    await commissioner.openChannel('STLS returns');
    const summary = commissioner.card('Figures so far');
    await summary.waitFor(SOON);
    // A card that is shown anew meanwhile, or in another size, is folded again.
    await commissioner.page.setViewportSize({ width: 1280, height: 5000 });
    await vi.waitFor(async () => {
      const line = summary.getByText('Home visits');
      if (!(await line.isVisible())) await press(summary, 'Figures so far');
      await line.waitFor({ timeout: 1_000 });
    }, SOON);
    await commissioner.shot('unfolded', summary);
  });
});
