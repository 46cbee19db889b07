import { describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, openWindow, type Window } from './testing/chromium.ts';
import { creatorSteps } from './testing/creator-steps.ts';
import { openHouse } from './testing/open-house.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: the browser smoke test is skipped.`);

describe.skipIf(!hasChromium())('people in a browser', () => {
  const house = openHouse({ setUp: false });

  it('the operator sets the instance up', async () => {
    const window = await open({ label: 'operator', lang: 'en', viewport: DESKTOP });
    const { page, look } = window;
    await page.goto(`${house.instance.url}/`);
    await look('home-before-set-up');
    await page.goto(await house.instance.operatorLink());
    await look('operator-link');
    await page.click('main button[type=submit]');
    await page.waitForURL('**/operator/setup');
    await look('set-up');
    await page.fill('[name=name]', 'Harbour Guild Licences');
    await page.fill('[name=operatorName]', 'Harbour Guild e. V.');
    await page.fill('[name=legalForm]', 'association');
    await page.fill('[name=imprint]', 'Harbour Guild e. V.\nQuay 1\n24103 Kiel');
    await page.fill('[name=privacyNotice]', 'We keep what you give us, for what you gave it, and no longer.');
    await page.fill('[name=complaintsContact]', 'complaints@guild.example');
    await page.fill('[name=fee]', '5');
    await page.click('main button[type=submit]');
    await page.waitForURL('**/operator/setup?saved');
    await look('set-up-saved');
    for (const path of ['', '/queue', '/outbox', '/activity', '/reviews']) {
      await page.goto(`${house.instance.url}/operator${path}`);
      await look(`operator${path.replace('/', '-')}`);
    }
    await end(window);
  });

  // On phones, in German, by keyboard and without scripts: `journeys/sign-to-terms.test.ts`.
  it('a creator goes from a signature to a published offer', async () => {
    const email = 'ada@example.org';
    const window = await open({ label: 'creator', lang: 'en', viewport: DESKTOP });
    const before = await countOf();
    const creator = creatorSteps(house.instance, window);
    await creator.sign('Ada Lindqvist', email);
    await creator.confirm(email);
    expect(await countOf()).toBe(before + 1);
    await creator.becomeUser();
    await creator.visit('/account', '/works', '/sites', '/wall', '/numbers', '/log', '/me/signature');
    const work = await creator.registerWork();
    await creator.publishTerms(work);
    await creator.visit(`/w/${work}`, `/works/${work}/signals`);
    await readDocuments(work);
    await end(window);
  });

  it('the operator sees what was mailed and done', async () => {
    const window = await open({ label: 'operator-after', lang: 'en', viewport: PHONE });
    const { page, look } = window;
    await page.goto(await house.instance.operatorLink());
    await page.click('main button[type=submit]');
    await page.waitForURL('**/operator/setup');
    for (const path of ['', '/queue', '/outbox', '/activity', '/reviews', '/works']) {
      await page.goto(`${house.instance.url}/operator${path}`);
      await look(`operator${path.replace('/', '-')}`);
    }
    await end(window);
  });

  function open(options: {
    label: string;
    lang: string;
    viewport: { width: number; height: number };
  }): Promise<Window> {
    return openWindow(house.browser, options);
  }

  async function end(window: Window): Promise<void> {
    await window.close();
    expect(window.faults).toEqual([]);
  }

  async function countOf(): Promise<number> {
    const answer = await fetch(`${house.instance.url}/api/signatures`);
    return ((await answer.json()) as { count: number }).count;
  }

  async function readDocuments(work: string): Promise<void> {
    for (const [type, path] of [
      ['application/rsl+xml', 'license.xml'],
      ['application/json', 'offer.json'],
      ['text/plain', 'offer.txt'],
    ]) {
      const answer = await fetch(`${house.instance.url}/w/${work}/${path}`);
      expect([path, answer.status, answer.headers.get('Content-Type')?.split(';')[0]]).toEqual([
        path,
        200,
        type,
      ]);
    }
  }
});
