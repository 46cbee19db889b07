import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow, type Window } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { startInstance, type TestInstance } from '../testing/instance.ts';

const shots = process.env.CLEARWAY_SHOTS ?? mkdtempSync(join(tmpdir(), 'clearway-shots-'));

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
    window = await openWindow(browser, { shots, label: 'many', lang: 'en' });
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
});
