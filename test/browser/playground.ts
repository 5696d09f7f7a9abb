import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as browsers, type Browser, type Locator, type Page } from 'playwright-core';

const SHOTS = resolve(import.meta.dirname, '../../.local/screenshots');

const WIDTH = 1280;
const HEIGHT = 1400;
/** Taller than any card, so that none is cut off in its picture. */
const TALL = 5000;

/** Drawn without a graphics card, and without one imitated, which works as much as all of the bot. */
const SWITCHES = [
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-background-networking',
  '--font-render-hinting=none',
  '--no-sandbox',
  '--no-zygote',
];

export async function startBrowser(): Promise<Browser> {
  mkdirSync(SHOTS, { recursive: true });
  return browsers.launch({
    executablePath: await chromium.executablePath(),
    args: SWITCHES,
    headless: true,
  });
}

/** One person's Playground: Microsoft's own Teams-like client, used as a person would. */
export class Playground {
  readonly page: Page;
  #shots = 0;
  readonly #who: string;

  private constructor(page: Page, who: string) {
    this.page = page;
    this.#who = who;
  }

  static async open(browser: Browser, url: string, who: string): Promise<Playground> {
    const page = await browser.newPage({
      viewport: { width: WIDTH, height: HEIGHT },
      reducedMotion: 'reduce',
    });
    // The client asks a font server on the internet; tests stay on this machine.
    await page.route(
      (address) => address.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    await page.goto(url);
    await page.getByText('Personal Chat').waitFor();
    return new Playground(page, who);
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** The newest card that shows this text. */
  card(text: string | RegExp): Locator {
    return this.page.locator('.ac-adaptiveCard').filter({ hasText: text }).last();
  }

  async openChannel(name: string): Promise<void> {
    await this.page.getByText(name, { exact: true }).first().click();
  }

  /** Looks at the page anew, as after a reload: the Playground shows no history. */
  async reopen(): Promise<void> {
    await this.page.reload();
    await this.page.getByText('Personal Chat').waitFor();
  }

  /** Types words into the message box and sends them. */
  async say(words: string): Promise<void> {
    await this.page.locator('[data-lexical-editor="true"]').first().click();
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
  }

  /** Saves a picture of this step: the whole card, however tall, where one is given. */
  async shot(step: string, of?: Locator): Promise<void> {
    this.#shots += 1;
    const number = String(this.#shots).padStart(2, '0');
    const path = join(SHOTS, `${this.#who}-${number}-${step.replaceAll(' ', '-')}.png`);
    if (!of) {
      await this.page.screenshot({ path });
      return;
    }
    await this.page.setViewportSize({ width: WIDTH, height: TALL });
    await of.screenshot({ path });
    await this.page.setViewportSize({ width: WIDTH, height: HEIGHT });
  }
}
