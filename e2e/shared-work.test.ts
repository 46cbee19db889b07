import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium, openWindow, type Window } from './testing/chromium.ts';
import { creatorSteps } from './testing/creator-steps.ts';
import { startInstance, type TestInstance } from './testing/instance.ts';

describe.skipIf(!hasChromium())('two people in two browsers', () => {
  let instance: TestInstance;
  let browser: Browser;
  let ada: Window;
  let nora: Window;
  beforeAll(async () => {
    instance = await startInstance();
    await instance.setUp();
    browser = await launchChromium();
    ada = await openWindow(browser, {
      label: 'shared-ada',
      lang: 'en',
      viewport: { width: 1280, height: 900 },
    });
    nora = await openWindow(browser, {
      label: 'shared-nora',
      lang: 'de',
      viewport: { width: 360, height: 740 },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('share a work, and it can be licensed when both have said yes, twice', async () => {
    const first = creatorSteps(instance, ada);
    await first.sign('Ada Lindqvist', 'ada@example.org');
    await first.confirm('ada@example.org');
    await first.becomeUser();
    const work = await first.registerWork({ name: 'Nora Öttl', email: 'nora@example.org' });

    const invitation = await instance.mailbox.next('nora@example.org');
    await nora.page.goto(invitation.link(/https?:\S+\/invitations\/\S+/));
    await nora.look('invitation');
    await nora.page.check('[name=answer][value=mine]');
    await nora.page.click('button[value=accept]');
    await nora.page.waitForLoadState();
    await nora.look('accepted');
    expect(await badgeOf(work)).not.toBe('Can be licensed');

    await first.publishTerms(work);
    expect(await badgeOf(work)).not.toBe('Can be licensed');
    await nora.page.goto(`${instance.url}/works/${work}/consent`);
    if (nora.page.url().includes('/sign-in')) await signInFromMail();
    await nora.look('consent');
    await nora.page.check('[name="use.ai-input"][value=yes]');
    await nora.page.click('main form button[type=submit]');
    await nora.page.waitForURL(/kept=yes/);
    await nora.look('consent-kept');
    expect(await badgeOf(work)).toBe('Can be licensed');
    await first.visit(`/works/${work}`, `/works/${work}/shares`, `/works/${work}/edit`, `/w/${work}`);
    expect([...ada.faults, ...nora.faults]).toEqual([]);
  });

  it('are told what is wrong, where it is wrong, and what helps', async () => {
    const { page, look, expecting } = ada;
    await page.goto(`${instance.url}/sign`);
    await page.evaluate(() => document.querySelector('main form')?.setAttribute('novalidate', ''));
    await page.fill('[name=name]', 'Ada');
    await page.fill('[name=email]', 'not an address');
    await expecting(422, () => page.click('main form button[type=submit]'));
    await look('sign-wrong');
    expect(await page.inputValue('[name=name]')).toBe('Ada');
    await page.goto(`${instance.url}/works/new?way=fingerprint`);
    await look('new-work-fingerprint');
    await page.fill('[name=title]', 'The Sea');
    await page.selectOption('[name=type]', 'song');
    await page.fill('[name=sha256]', 'zz');
    await expecting(422, () => page.click('main form button[type=submit]'));
    await look('new-work-wrong');
    await page.goto(`${instance.url}/sites`);
    await page.fill('[name=url]', 'http://10.0.0.1/');
    await expecting(422, () => page.click('main form button[type=submit]'));
    await look('site-wrong');
    await page.fill('[name=url]', 'https://ada.example.org/');
    await page.click('main form button[type=submit]');
    await page.waitForURL(/\/sites\/[0-9a-f-]{36}/);
    await look('site');
    await expecting(404, () => page.goto(`${instance.url}/nowhere`));
    await look('not-found');
    for (const path of [
      'imprint',
      'privacy',
      'problems/shares-not-whole',
      'account/delete',
      'account/address',
    ]) {
      await page.goto(`${instance.url}/${path}`);
      await look(path.replace('/', '-'));
    }
    expect(ada.faults).toEqual([]);
  });

  async function signInFromMail(): Promise<void> {
    // The mails before this one are read: the last one brings the link.
    const asked = await instance.mailbox.next('nora@example.org');
    expect(asked.text).toContain('/consent');
    await creatorSteps(instance, nora).signIn('nora@example.org');
    await nora.page.waitForURL(/\/consent$/);
  }

  async function badgeOf(work: string): Promise<string> {
    const answer = await fetch(`${instance.url}/w/${work}`, { headers: { 'Accept-Language': 'en' } });
    return /class="badge[^"]*">([^<]*)/.exec(await answer.text())?.[1] ?? '';
  }
});
