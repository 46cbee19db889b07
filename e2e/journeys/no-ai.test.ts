import { describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, openWindow } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { openHouse } from '../testing/open-house.ts';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody says no in a browser.`);

describe.skipIf(!hasChromium())('from the declaration to “no AI”', () => {
  const house = openHouse();

  it.each([
    { label: 'no-ai-desktop-en', lang: 'en', viewport: { width: 1280, height: 900 }, name: 'Wanda Firth' },
    { label: 'no-ai-phone-de', lang: 'de', viewport: { width: 360, height: 740 }, name: 'Kofi Brandt' },
  ])('$label', async ({ name, ...options }) => {
    const window = await openWindow(house.browser, options);
    const { page, look } = window;
    const email = `${options.label}@example.org`;
    const creator = creatorSteps(house.instance, window);
    await creator.sign(name, email);
    await creator.confirm(email);
    await creator.becomeUser();
    const work = await creator.registerWork();
    await page.goto(`${house.instance.url}/works/${work}/terms`);
    await page.check('[name=preset][value=no-ai]');
    await page.click('form:has([name=preset]) button[type=submit]');
    await page.waitForURL(/step=preview$/);
    await look('preview');
    await page.click('main form button[type=submit]');
    await page.waitForURL(`**/works/${work}/no-ai`);
    await look('said-no');
    const proof = await page.getAttribute('main a[href*="/versions/"]', 'href');
    const document = await (await fetch(`${house.instance.url}${proof}/offer.json`)).text();
    expect(document).toContain('"ai-train"');
    const rsl = await (await fetch(`${house.instance.url}/w/${work}/license.xml`)).text();
    expect(rsl).toContain('<prohibits type="usage">');
    await creator.visit(`/w/${work}`, `/works/${work}/signals`);
    await window.close();
    expect(window.faults).toEqual([]);
  });
});
