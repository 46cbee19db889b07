import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findViolations } from './find-violations.ts';

/** Debian's; the project brings no browser of its own. */
export const CHROMIUM = '/usr/bin/chromium';
/** Where a picture of each page is kept, if anybody wants one. */
const SHOTS = process.env.CLEARWAY_SHOTS;

export function hasChromium(): boolean {
  return existsSync(CHROMIUM);
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A person's window: everything wrong that was seen in it, on any page, is in `faults`. */
export type Window = {
  readonly page: Page;
  readonly faults: string[];
  /** Examines the page that is open: accessibility, width, heading, language; with CLEARWAY_SHOTS it takes a picture. */
  look(name: string): Promise<void>;
  /** Does something that the server answers with this status, which is no fault here. */
  expecting(status: number, action: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
};

export async function openWindow(
  browser: Browser,
  options: BrowserContextOptions & { label: string; lang: string },
): Promise<Window> {
  const { label, lang, ...rest } = options;
  const context = await browser.newContext({ locale: lang, ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  let expected: number | undefined;
  page.on('console', (message) => {
    const awaited = expected !== undefined && message.text().includes(`status of ${expected}`);
    if (!awaited && ['error', 'warning'].includes(message.type())) {
      faults.push(`${label} ${page.url()}: console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`${label} ${page.url()}: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400 && response.status() !== expected)
      faults.push(`${label} ${response.url()}: ${response.status()}`);
  });
  let pictures = 0;

  async function look(name: string): Promise<void> {
    const about = `${label} ${name}`;
    await page.waitForLoadState();
    if (SHOTS) {
      const file = name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'id').replace(/[^\w-]/g, '_');
      const number = String(++pictures).padStart(2, '0');
      await page.screenshot({ path: join(SHOTS, `${label}-${number}-${file}.png`), fullPage: true });
    }
    const { wide, headings, language } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      headings: document.querySelectorAll('h1').length,
      language: document.documentElement.lang,
    }));
    if (wide > 0) faults.push(`${about}: ${wide} px wider than the window`);
    if (headings !== 1) faults.push(`${about}: ${headings} h1`);
    if (language !== lang) faults.push(`${about}: in ${language}`);
    if (rest.javaScriptEnabled === false) return;
    for (const { id, help, nodes } of await findViolations(page)) {
      faults.push(`${about}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 120)).join(' ; ')}`);
    }
  }

  async function expecting(status: number, action: () => Promise<unknown>): Promise<void> {
    expected = status;
    await action();
    await page.waitForLoadState();
    expected = undefined;
  }

  return { page, faults, look, expecting, close: () => context.close() };
}
