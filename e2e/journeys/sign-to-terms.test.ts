import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { startInstance, type TestInstance } from '../testing/instance.ts';
import { keyboardHands, mouseHands } from '../testing/keyboard.ts';

const shots = process.env.CLEARWAY_SHOTS ?? mkdtempSync(join(tmpdir(), 'clearway-shots-'));
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody signs in a browser.`);

describe.skipIf(!hasChromium())('sign, confirm, register with a co-owner, publish terms', () => {
  let instance: TestInstance;
  let browser: Browser;
  beforeAll(async () => {
    instance = await startInstance();
    await instance.setUp();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
    console.log(`Pictures of every page: ${shots}`);
  });

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
    const window = await openWindow(browser, { ...options, shots });
    const creator = creatorSteps(
      instance,
      window,
      keyboard ? keyboardHands(window.page, window.faults) : mouseHands(window.page),
    );
    const email = `${options.label}@example.org`;
    await creator.sign(name, email);
    await creator.confirm(email);
    await creator.becomeUser();
    const work = await creator.registerWork({ name: 'Ines Halm', email: `${options.label}@co.example` });
    const invitation = await instance.mailbox.next(`${options.label}@co.example`);
    expect(invitation.link(/https?:\S+\/invitations\/\S+/)).toContain(instance.url);
    await creator.publishTerms(work);
    await creator.visit(`/w/${work}`);
    const offer = await fetch(`${instance.url}/w/${work}/offer.json`);
    expect(offer.status).toBe(200);
    await window.close();
    expect(window.faults).toEqual([]);
  });
});
