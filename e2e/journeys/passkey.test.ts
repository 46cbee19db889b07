import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, openWindow, type Window } from '../testing/chromium.ts';
import { openHouse } from '../testing/open-house.ts';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody uses a passkey in a browser.`);

describe.skipIf(!hasChromium())('a person with a passkey', () => {
  const house = openHouse();

  it.each([
    { label: 'passkey-desktop', lang: 'en', viewport: { width: 1280, height: 800 } },
    { label: 'passkey-phone', lang: 'de', viewport: { width: 360, height: 740 } },
  ] as const)(
    'adds it, signs in and proves herself with it, and loses nothing typed ($label)',
    async (options) => {
      const window = await openWindow(house.browser, options);
      const { page, look } = window;
      await addDevice(page);
      const email = `${options.label}@example.org`;
      await signUp(window, email);

      await page.goto(`${house.instance.url}/account/passkeys`);
      await look('passkeys-none');
      await page.click('a[href="/account/passkeys/new"]');
      await look('passkey-new');
      await page.fill('[name=passkeyName]', 'Laptop');
      await page.click('passkey-button button');
      await page.waitForURL('**/account/passkeys?added');
      await look('passkeys-one');
      expect(await page.textContent('table')).toContain('Laptop');
      expect((await house.instance.mailbox.next(email)).text).toContain('Laptop');

      await page.evaluate(() =>
        (document.querySelector('form[action="/sign-out"]') as HTMLFormElement).submit(),
      );
      await page.waitForURL('**/sign-in');
      await look('sign-in-with-passkey');
      await page.click('passkey-button button');
      await page.waitForURL('**/account');

      await typeProfile(page);
      await grow16MinutesOlder();
      await page.click('main form[action="/payout-profile"] button[type=submit]');
      await page.waitForURL('**/step-up?next=*');
      await look('step-up');
      await page.click('passkey-button button');
      await page.waitForURL('**/payout-profile?kept=*');
      await look('payout-profile-kept');
      expect(await page.inputValue('[name=townName]')).toBe('Kiel');
      expect(await page.inputValue('[name=iban]')).toBe('DE89370400440532013000');
      await page.click('main form[action="/payout-profile"] button[type=submit]');
      await page.waitForURL('**/payout-profile?saved');

      await page.goto(`${house.instance.url}/account/passkeys`);
      await page.click('button.danger');
      await look('passkey-remove');
      await page.click('dialog form[action$="/remove"] button');
      await page.waitForURL('**/account/passkeys?removed');
      expect(window.faults).toEqual([]);
      await window.close();
    },
  );

  it('does without it where no script runs: by a code from the mail', async () => {
    const window = await openWindow(house.browser, {
      label: 'passkey-plain',
      lang: 'en',
      viewport: { width: 800, height: 800 },
      javaScriptEnabled: false,
    });
    const { page, look } = window;
    const email = 'plain@example.org';
    await signUp(window, email);
    await page.goto(`${house.instance.url}/account/passkeys/new`);
    await look('passkey-new-without-script');
    expect(await page.locator('passkey-button button').isVisible()).toBe(false);
    await typeProfile(page);
    await grow16MinutesOlder();
    await page.click('main form[action="/payout-profile"] button[type=submit]');
    await look('step-up');
    await page.click('form[action="/step-up/code"] button');
    const { text } = await house.instance.mailbox.next(email);
    await look('step-up-sent');
    await page.fill('[name=code]', /\b\d{4} \d{4}\b/.exec(text)?.[0] ?? '');
    await page.click('form[action="/step-up"] button');
    expect(page.url()).toContain('/payout-profile?kept=');
    expect(await page.inputValue('[name=townName]')).toBe('Kiel');
    expect(window.faults).toEqual([]);
    await window.close();
  });

  /** A device in the browser that always finds the person it knows (WebDriver's virtual authenticator over CDP). */
  async function addDevice(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }

  async function signUp({ page }: Window, email: string): Promise<void> {
    await page.goto(`${house.instance.url}/sign-up`);
    await page.fill('[name=name]', 'Greta Sand');
    await page.fill('[name=email]', email);
    await page.click('main form button[type=submit]');
    const mail = await house.instance.mailbox.next(email);
    await page.goto(mail.link(/https?:\S+\/l\/\S+/));
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/organisations');
  }

  async function typeProfile(page: Page): Promise<void> {
    await page.goto(`${house.instance.url}/payout-profile`);
    await page.fill('[name=name]', 'Greta Sand');
    await page.fill('[name=iban]', 'DE89370400440532013000');
    await page.fill('[name=streetName]', 'Quay');
    await page.fill('[name=buildingNumber]', '1');
    await page.fill('[name=postCode]', '24103');
    await page.fill('[name=townName]', 'Kiel');
    await page.selectOption('[name=country]', 'DE');
    await page.selectOption('[name=taxResidence]', 'DE');
  }

  /** Nobody waits a quarter of an hour in a test. */
  async function grow16MinutesOlder(): Promise<void> {
    await sql`update identity.sessions set proven_at = proven_at - interval '16 minutes'`.execute(
      house.instance.k.db,
    );
  }
});
