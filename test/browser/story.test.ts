import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { startLocalDemo, type LocalDemo } from './local-demo.ts';
import { Playground, startBrowser } from './playground.ts';

const SOON = { timeout: 20_000 };

let demo: LocalDemo;
let browser: Browser;
let lead: Playground;
let commissioner: Playground;
let senco: Playground;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startLocalDemo(), startBrowser()]);
  lead = await Playground.open(browser, demo.playgroundUrls.lead, 'lead');
  commissioner = await Playground.open(browser, demo.playgroundUrls.commissioner, 'commissioner');
  senco = await Playground.open(browser, demo.playgroundUrls.senco, 'senco');
});

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

/** Made-up answers for Dover that agree with each other. */
const ANSWERS: Record<string, string> = {
  'Early years settings supported': '0',
};

describe('the lead', () => {
  it('finds the overdue return waiting, with its questions, definitions and last term’s answers', async () => {
    const card = lead.card('Dover: 1 return to file');
    await lead.page.waitForTimeout(3000);
    await lead.shot('before');
    console.log(await lead.page.locator('.ac-adaptiveCard').allTextContents());
    await card.waitFor({timeout:3000});
    await lead.shot('waiting', card);
    expect(await card.getByText('Every child open to the service').first().isVisible()).toBe(true);
    expect(await card.getByText(/Last term: \d+/).count()).toBeGreaterThan(10);
    for (const label of await card.locator('label').allTextContents()) console.log(label);
    expect(Object.keys(ANSWERS)).toHaveLength(1);
  });
});

describe('the commissioner', () => {
  it('x', async () => {
    const card = commissioner.card('with something missing');
    await card.waitFor(SOON);
    await commissioner.shot('alert', card);
    await commissioner.say('who is missing');
    await commissioner.page.waitForTimeout(3000);
    await commissioner.shot('missing');
  });
});

describe('the SENCO', () => {
  it('y', async () => {
    await senco.say('who is my link practitioner?');
    await senco.page.waitForTimeout(3000);
    await senco.say('when is the next clinic?');
    await senco.page.waitForTimeout(3000);
    await senco.shot('answers');
  });
});
