import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { keepFailures } from './failures.ts';
import { startLocalDemo, type LocalDemo } from './local-demo.ts';
import { Playground, startBrowser } from './playground.ts';
import { graphAt } from './site.ts';

/** Longer than a conversation rests after Teams failed once. */
const SOON = { timeout: 60_000 };
const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let demo: LocalDemo;
let browser: Browser;
let lead: Playground;
let commissioner: Playground;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startLocalDemo(), startBrowser()]);
  lead = await Playground.open(browser, demo.playgroundUrls.lead, 'clock-lead');
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

keepFailures(() => ({ demo, pages: { lead, commissioner } }));

const clock = async (to: string): Promise<string> => {
  const env = { ...process.env, PORT: new URL(demo.botUrl).port };
  const { stdout } = await run(process.execPath, ['infra/local/clock.ts', to], { cwd: root, env });
  return stdout;
};

const waiting = (): Locator =>
  lead.page.locator('.ac-adaptiveCard').filter({ hasText: 'Dover: 1 return to file' });

describe('a chase that ends in a return, by moving the local clock', () => {
  it('is answered with a day, which the commissioner sees', async () => {
    const card = lead.card('Dover: 1 return to file');
    await card.waitFor(SOON);
    await card.getByRole('button', { name: 'I’ll file by…' }).click();
    await card.getByRole('button', { name: 'Promise this day' }).click();
    const promised = lead.card('promised for Thu 26 Nov');
    await promised.waitFor(SOON);
    await lead.shot('promised', promised);
    commissioner = await Playground.open(
      browser,
      demo.playgroundUrls.commissioner,
      'clock-commissioner',
    );
    const alert = commissioner.card('Priya Raman (demo) said: by Thu 26 Nov');
    await alert.waitFor(SOON);
    await commissioner.shot('promise', alert);
  });

  it('is quiet while the promise stands, though a stage is reached', async () => {
    expect(await clock('2026-11-26T09:00')).toContain('Ran Wed 25 Nov, 09:00');
    expect(await waiting().count()).toBe(1);
  });

  it('goes on at once when the promise is broken, on the commissioner’s button too', async () => {
    await commissioner.say('who is missing');
    const card = commissioner.card('with something missing, Term 1');
    await card.waitFor(SOON);
    await card.getByRole('button', { name: 'Next working day' }).click();
    await commissioner.card('It is now Fri 27 Nov, 09:00').waitFor(SOON);
    await expect.poll(() => waiting().count(), SOON).toBe(2);
    const broken = lead.card('You said: by Thu 26 Nov. That day is over');
    await broken.waitFor(SOON);
    await lead.shot('broken promise', broken);
    await commissioner.card('overdue promise: Priya Raman (demo)').waitFor(SOON);
  });

  it('is for the commissioners to take up at the last stage', async () => {
    expect(await clock('2026-12-02T09:00')).toContain('Ran Tue 1 Dec, 09:00');
    const alert = commissioner.card('10 working days late or more: for you to take up');
    await alert.waitFor(SOON);
    await commissioner.shot('escalated', alert);
    await expect.poll(() => waiting().count(), SOON).toBe(3);
  });

  it('does not go back, and says how to begin again', async () => {
    await expect(clock('2026-11-23T09:00')).rejects.toThrow('npm start -- --fresh');
  });
});

describe('5. A return submitted straight into the list, as the form does', () => {
  it('turns the waiting card into a thank-you, and nobody is chased for it again', async () => {
    await graphAt(demo.sharepointUrl).create('STLS KPI Returns', {
      Title: 'Dover KPI',
      District: 'dover ',
      Academic_x0020_Year: '2026-27',
      Term: 'Term 1',
      Submitted_x0020_By: 'priya.raman@stls.example',
      EY_x0020_Settings_x0020_Supporte: 73,
      Primary_x0020_Schools_x0020_Supp: 33,
      Secondary_x0020_Schools_x0020_Su: 8,
      field_7: '93.6%',
      field_8: '82.5',
      field_9: '88.9%',
      Actively_x0020_Supported_x0020_S: 116,
      School_x0020_Caseload: 178,
      Actively_x0020_Supported_x0020_E: 78,
      EY_x0020_Caseload: 95,
      Active_x0020_C_x0026_I: 74,
      Active_x0020_C_x0026_L: 45,
      Active_x0020_SEMH: 57,
      Active_x0020_Sensory_x002f_Physi: 18,
      Targets_x0020_Reviewed: 0.5,
      Targets_x0020_Amended: 0.39,
      Closed_x0020_Targets_x0020_Met: 0.31,
      FTE_x0020_Total: 8.1,
      FTE_x0020_Vacancies: 0.8,
    });
    const thanks = lead.card('Received, thank you');
    await thanks.waitFor(SOON);
    await lead.shot('thank you', thanks);
    const before = await lead.page.locator('.ac-adaptiveCard').count();
    await clock('2026-12-04T09:00');
    expect(await lead.page.locator('.ac-adaptiveCard').count(), 'no further card').toBe(before);
  });
});

describe('npm start', () => {
  it('names a busy port and the variable that changes it, and ends', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const address = busy.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const env = { ...process.env, ...demo.ports, SHAREPOINT_PORT: port };
    const failure = await run(process.execPath, ['infra/local/start.ts'], { cwd: root, env }).then(
      () => undefined,
      (error: { code: number; stderr: string }) => error,
    );
    busy.close();
    expect(failure?.code).toBe(1);
    expect(failure?.stderr).toContain(
      `Port ${port} for the SharePoint emulator is taken. Stop what uses it, or set SHAREPOINT_PORT to another.`,
    );
    expect(failure?.stderr, 'no stack trace').not.toMatch(/^\s+at /m);
  });

  it('leaves nothing running after Ctrl-C', async () => {
    await lead.page.goto('about:blank');
    expect(await demo.stop()).toBe(0);
    for (const url of [demo.botUrl, demo.sharepointUrl, ...Object.values(demo.playgroundUrls)]) {
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }
  });
});
