import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow, type Window } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { startInstance, type TestInstance } from '../testing/instance.ts';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody registers many files in a browser.`);

describe.skipIf(!hasChromium())('an author registers five hundred files', () => {
  let instance: TestInstance;
  let browser: Browser;
  let window: Window;
  const folder = mkdtempSync(join(tmpdir(), 'clearway-many-'));
  const files: string[] = [];

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    for (let n = 1; n <= 497; n++) write(`poem-${n}.txt`, `Poem ${n}: the tide comes in, the tide goes out.`);
    write('empty.txt', '');
    write('liar.png', '%PDF-1.7');
    write('two-things.gif', 'GIF89a <script>alert(1)</script>');
    instance = await startInstance();
    await instance.setUp();
    browser = await launchChromium();
    window = await openWindow(browser, { label: 'many', lang: 'en' });
    const steps = creatorSteps(instance, window);
    await steps.sign('Runa Stein', 'runa@example.org');
    await steps.confirm('runa@example.org');
    await steps.becomeUser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  function write(name: string, content: string): void {
    files.push(join(folder, name));
    writeFileSync(join(folder, name), content);
  }

  it('sees progress, pauses, goes on, and is told what is wrong with three of them', async () => {
    const { page, look, faults } = window;
    await page.goto(`${instance.url}/works/many`);
    await look('many-empty');
    await page.selectOption('[name=type]', 'poem');
    await page.setInputFiles('[name=files]', files);
    await page.click('many-works form button[type=submit]');
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 5);
    await page.getByRole('button', { name: 'Pause' }).click();
    await look('many-paused');
    const go = page.getByRole('button', { name: 'Go on' });
    await go.click();
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent?.includes('not registered') === true,
      undefined,
      { timeout: 90_000 },
    );
    const said = await page.textContent('many-works [role=status]');
    expect(said).toBe('497 registered, 0 were registered before, 3 not registered.');
    const first = await page.locator('many-works li').first().textContent();
    expect(first).toMatch(/two-things\.gif|liar\.png|empty\.txt/);
    await look('many-done');
    expect(faults).toEqual([]);
  }, 180_000);

  it('sends nothing twice when the same folder is chosen again after a break', async () => {
    const { page } = window;
    await page.goto(`${instance.url}/works/many`);
    await page.selectOption('[name=type]', 'poem');
    await page.setInputFiles('[name=files]', files.slice(0, 200));
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/works/many')) sent += 1;
    });
    await page.click('many-works form button[type=submit]');
    await page.getByText('0 registered, 200 were registered before').waitFor();
    expect(sent).toBe(0);
  }, 60_000);

  it('keeps every file when she pauses and goes on while one is on its way', async () => {
    const { page } = window;
    await page.goto(`${instance.url}/works/many`);
    await page.selectOption('[name=type]', 'poem');
    const more = Array.from({ length: 12 }, (_, n) => join(folder, `late-${n}.txt`));
    for (const [n, file] of more.entries()) writeFileSync(file, `Late poem ${n}: the lamp is out.`);
    await page.setInputFiles('[name=files]', more);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let sent = 0;
    await page.route('**/works/many', async (route) => {
      sent += 1;
      if (sent === 3) await held;
      await route.continue();
    });
    await page.click('many-works form button[type=submit]');
    await expect.poll(() => sent).toBe(3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    release();
    await page.getByText('12 registered, 0 were registered before, 0 not registered').waitFor();
    expect(sent).toBe(12);
    await page.unroute('**/works/many');
  }, 60_000);

  it('is told to sign in when the session has ended, and goes on afterwards', async () => {
    const { page } = window;
    await page.goto(`${instance.url}/works/many`);
    await page.selectOption('[name=type]', 'poem');
    const last = join(folder, 'last.txt');
    writeFileSync(last, 'The last poem: the ferry leaves without us.');
    await page.setInputFiles('[name=files]', [last]);
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.click('many-works form button[type=submit]');
    await page.getByRole('link', { name: 'Sign in again in another window' }).waitFor();
    await page.context().addCookies(cookies);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('1 registered, 0 were registered before, 0 not registered').waitFor();
  }, 60_000);
});
