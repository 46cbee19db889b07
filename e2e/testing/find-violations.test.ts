import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium } from './chromium.ts';
import { findViolations } from './find-violations.ts';

const FAULTY = `<p style="color:#ccc">faint</p><img src="data:,"><input><a href="#"></a><ul><p>no item</p></ul>
  <button style="width:5px;height:5px;padding:0">a</button><button style="width:5px;height:5px;padding:0">b</button>`;
const CONTRAST = { runOnly: { type: 'rule' as const, values: ['color-contrast'] } };

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody compares what axe finds.`);

describe.skipIf(!hasChromium())('what axe finds', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
  });
  afterAll(() => browser?.close());

  it.each([
    { options: {}, some: ['color-contrast', 'image-alt', 'label', 'link-name', 'list'] },
    { options: { rules: { 'target-size': { enabled: true } } }, some: ['target-size', 'region'] },
    { options: CONTRAST, some: ['color-contrast'] },
  ])('is what its builder finds ($some)', async ({ options, some }) => {
    await page.setContent(FAULTY);
    const found = await findViolations(page, options);
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(some));
    const { violations } = await new AxeBuilder({ page }).options(options).analyze();
    expect(found.map(brief)).toEqual(violations.map(brief));
  });

  it('follows the colours the device asks for, on one page', async () => {
    await page.setContent(
      '<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>Ebb</p>',
    );
    const counts: number[] = [];
    for (const colorScheme of ['light', 'dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      counts.push((await findViolations(page, CONTRAST)).length);
    }
    expect(counts).toEqual([0, 1, 0]);
  });

  it('is not said of a page with a frame, which nobody looked into', async () => {
    await page.setContent('<iframe srcdoc="<img>"></iframe>');
    await expect(findViolations(page)).rejects.toThrow('frames');
  });
});

function brief({ id, help, nodes }: Awaited<ReturnType<typeof findViolations>>[number]) {
  return { id, help, nodes: nodes.map(({ html, target }) => ({ html, target })) };
}
