import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium, openWindow } from '../testing/chromium.ts';
import { type DemoWorld, startDemoWorld } from '../testing/demo-world.ts';

describe.skipIf(!hasChromium())('somebody looks for a name on the wall', () => {
  let world: DemoWorld;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([startDemoWorld(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('and sees it while typing, without a new page', async () => {
    const window = await openWindow(browser, { label: 'wall-typing', lang: 'en' });
    const { page } = window;
    await page.goto(`${world.url}/wall`);
    await page.evaluate(() => document.body.setAttribute('data-kept', 'yes'));
    await page.locator('[name=q]').pressSequentially('soren kje');
    await page.locator('#names li').filter({ hasText: 'Søren Kjeldgaard' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('#names li').length === 1);
    expect(await page.locator('wall-search [role=status]').textContent()).toBe('One name on this page');
    expect(page.url()).toContain('q=soren+kje');
    await page.fill('[name=q]', '');
    await page.selectOption('[name=country]', 'SE');
    await page.waitForFunction(() => document.querySelectorAll('#names li').length > 1);
    expect(page.url()).toMatch(/\/wall\?country=SE$/);
    expect(await page.getAttribute('body', 'data-kept')).toBe('yes');
    await window.look('wall-filtered');
    await window.close();
    expect(window.faults).toEqual([]);
  });

  it('and finds it with the button where no script runs', async () => {
    const window = await openWindow(browser, {
      label: 'wall-no-script',
      lang: 'de',
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: false,
    });
    const { page } = window;
    await page.goto(`${world.url}/wall`);
    await page.fill('[name=q]', 'soren');
    await page.click('.filters button');
    expect(await page.locator('#names li').count()).toBe(1);
    await page.goto(`${world.url}/wall?view=names`);
    await window.look('wall-names');
    await window.close();
    expect(window.faults).toEqual([]);
  });
});
