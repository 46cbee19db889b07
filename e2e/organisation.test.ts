import { describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, openWindow, type Window } from './testing/chromium.ts';
import { creatorSteps } from './testing/creator-steps.ts';
import { openHouse } from './testing/open-house.ts';

const NAME = 'Gesellschaft für maschinelles Lesen und Verstehen mbH';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: the browser test of organisations is skipped.`);

describe.skipIf(!hasChromium())('an organisation in two browsers', () => {
  const house = openHouse();

  it('one adds it and invites, the other joins on a phone, and is removed at once', async () => {
    const [boss, colleague] = [
      await open('admin-en', 'en', { width: 1280, height: 900 }),
      await open('colleague-de', 'de', { width: 360, height: 740 }),
    ];
    const steps = creatorSteps(house.instance, boss);
    await steps.sign('Ada Lindqvist', 'ada@example.org');
    await steps.confirm('ada@example.org');
    await steps.becomeUser();
    const here = await addOrganisation(boss);
    await invite(boss, 'nora@example.org');

    const mail = await house.instance.mailbox.next('nora@example.org');
    const { page, look, expecting } = colleague;
    await page.goto(mail.link(/https?:\S+\/memberships\/\S+/));
    await look('invitation');
    await page.fill('[name=name]', 'Nora Öttl');
    await page.click('main form button');
    await page.waitForURL('**/organisations');
    await look('organisations');
    expect(await page.textContent('.acting')).toContain(`Sie handeln für ${NAME}.`);
    await page.goto(here);
    await look('organisation');

    await boss.page.goto(here);
    await boss.look('organisation-two');
    await boss.page.click('text=Remove Nora Öttl at once');
    await boss.page.waitForLoadState();
    await boss.look('organisation-one');
    await expecting(404, () => page.reload());
    await look('organisation-no-more');
    await page.goto(`${house.instance.url}/works`);
    expect(await page.locator('.acting').count()).toBe(0);

    await boss.page.goto(`${house.instance.url}/organisations`);
    await boss.page.click('text=Act for myself from now on');
    await boss.page.waitForLoadState();
    expect(await boss.page.textContent('.acting')).toContain('You act for yourself, Ada Lindqvist.');
    await boss.look('acting-for-herself');
    for (const { faults, close } of [boss, colleague]) {
      await close();
      expect(faults).toEqual([]);
    }
  });

  async function addOrganisation({ page, look, expecting }: Window): Promise<string> {
    await page.goto(`${house.instance.url}/organisations`);
    await look('organisations-none');
    await page.fill('[name=name]', NAME);
    await page.fill('[name=url]', 'ftp://reading.example');
    await expecting(422, () => page.click('form[action="/organisations"] button'));
    await look('organisation-refused');
    await page.fill('[name=url]', 'https://reading.example');
    await page.selectOption('[name=country]', 'DE');
    await page.click('form[action="/organisations"] button');
    await page.waitForURL('**/organisations/*');
    await look('organisation-new');
    return page.url();
  }

  async function invite({ page, look, expecting }: Window, email: string): Promise<void> {
    const send = () => page.click('form[action$="/invitations"] button');
    await page.fill('form[action$="/invitations"] [name=email]', 'ada@example.org');
    await page.check('[name=role][value=signer]');
    await expecting(409, send);
    await look('invitation-refused');
    await page.fill('form[action$="/invitations"] [name=email]', email);
    await page.check('[name=role][value=signer]');
    await send();
    await page.waitForURL((url) => !url.pathname.endsWith('/invitations'));
    await look('organisation-invited');
  }

  function open(label: string, lang: string, viewport: { width: number; height: number }): Promise<Window> {
    return openWindow(house.browser, { label, lang, viewport });
  }
});
