import { describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, openWindow, type Window } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { openHouse } from '../testing/open-house.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody withdraws in a browser.`);

describe.skipIf(!hasChromium())('sign, think again, withdraw, erase', () => {
  const house = openHouse();

  it.each([
    { label: 'withdraw-desktop-en', lang: 'en', viewport: DESKTOP, name: 'Petra Okonkwo' },
    { label: 'withdraw-phone-de', lang: 'de', viewport: PHONE, name: 'Jürgen Šimić' },
    {
      label: 'withdraw-no-script',
      lang: 'de',
      viewport: PHONE,
      name: 'Ngozi O’Hara',
      javaScriptEnabled: false,
    },
  ])('$label', async ({ name, ...options }) => {
    const window = await openWindow(house.browser, options);
    const { page, look } = window;
    const email = `${options.label}@example.org`;
    const creator = creatorSteps(house.instance, window);
    await creator.sign(name, email);
    const mail = await house.instance.mailbox.next(email);
    await page.goto(mail.link(/https?:\S+\/c\/\S+/));
    await page.click('main form button[type=submit]');
    await page.waitForSelector('form[action="/sign/account"]');
    await shown(window, name, true);

    const own = mail.link(/https?:\S+\/s\/\S+/);
    await page.goto(own);
    await look('own-page');
    await page.click('button[value=withdraw]');
    await page.waitForURL(/done=withdrawn/);
    await look('withdrawn');
    await shown(window, name, false);

    await page.goto(own);
    await page.click('button[value=erase]');
    await page.waitForLoadState();
    await look('erased');
    await window.expecting(404, () => page.goto(own));
    expect(await page.textContent('main')).not.toContain(name);
    await window.close();
    expect(window.faults).toEqual([]);
  });

  /** Whether the wall, the list for programs and the home page show a name. */
  async function shown({ page }: Window, name: string, expected: boolean): Promise<void> {
    await page.goto(`${house.instance.url}/wall?q=${encodeURIComponent(name)}`);
    expect((await page.textContent('main'))?.includes(name)).toBe(expected);
    const list = await (
      await fetch(`${house.instance.url}/api/signatures?q=${encodeURIComponent(name)}`)
    ).text();
    expect(list.includes(name)).toBe(expected);
    const home = await (await fetch(`${house.instance.url}/`)).text();
    expect(home.includes(name)).toBe(expected);
  }
});
