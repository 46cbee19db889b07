import { describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, openWindow } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { keyboardHands, mouseHands } from '../testing/keyboard.ts';
import { openHouse } from '../testing/open-house.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody signs in a browser.`);

describe.skipIf(!hasChromium())('sign, confirm, register with a co-owner, publish terms', () => {
  const house = openHouse();

  it.each([
    { label: 'terms-desktop-en', lang: 'en', viewport: DESKTOP, name: 'Ada Lindqvist' },
    { label: 'terms-desktop-de', lang: 'de', viewport: DESKTOP, name: 'Jonas Öttl' },
    {
      label: 'terms-phone-en',
      lang: 'en',
      viewport: PHONE,
      name: 'Mirela Popescu-Wagner',
      colorScheme: 'dark' as const,
    },
    { label: 'terms-phone-de', lang: 'de', viewport: PHONE, name: 'عمر خيري' },
    {
      label: 'terms-no-script',
      lang: 'de',
      viewport: PHONE,
      name: 'Tomás Ferreira',
      javaScriptEnabled: false,
    },
    {
      label: 'terms-keyboard',
      lang: 'en',
      viewport: DESKTOP,
      name: 'Nora Keyes',
      keyboard: true,
      reducedMotion: 'reduce' as const,
    },
  ])('$label', async ({ name, keyboard = false, ...options }) => {
    const window = await openWindow(house.browser, options);
    const creator = creatorSteps(
      house.instance,
      window,
      keyboard ? keyboardHands(window.page, window.faults) : mouseHands(window.page),
    );
    const email = `${options.label}@example.org`;
    await creator.sign(name, email);
    await creator.confirm(email);
    await creator.becomeUser();
    const work = await creator.registerWork({ name: 'Ines Halm', email: `${options.label}@co.example` });
    const invitation = await house.instance.mailbox.next(`${options.label}@co.example`);
    expect(invitation.link(/https?:\S+\/invitations\/\S+/)).toContain(house.instance.url);
    await creator.publishTerms(work);
    await creator.visit(`/w/${work}`);
    const offer = await fetch(`${house.instance.url}/w/${work}/offer.json`);
    expect(offer.status).toBe(200);
    await window.close();
    expect(window.faults).toEqual([]);
  });
});
