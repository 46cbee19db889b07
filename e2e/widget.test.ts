import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { campaign, identity, kernel } from '@clearway/server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium } from './testing/chromium.ts';
import { startInstance, type TestInstance } from './testing/instance.ts';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody signs in a partner's page.`);

/** A page of somebody else, with the lines the desk shows for it. */
async function startPage(lines: () => string): Promise<{ url: string; host: string; server: Server }> {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><html lang="en"><title>Guild</title><h1>Guild</h1>${lines()}</html>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/`, host, server };
}

describe.skipIf(!hasChromium())('the form in a partner’s page', () => {
  let instance: TestInstance;
  let browser: Browser;
  let partner: Awaited<ReturnType<typeof startPage>>;
  let stranger: Awaited<ReturnType<typeof startPage>>;
  beforeAll(async () => {
    [instance, browser] = await Promise.all([startInstance(), launchChromium()]);
    await instance.setUp();
    const lines = () => campaign.embedLines(instance.url, 'guild', 'en', 'Sign');
    [partner, stranger] = [await startPage(lines), await startPage(lines)];
    const by = await kernel.inTx(instance.k, (t) => identity.ensureOperator(t, 'Operator', 'en'));
    await campaign.createPartner(instance.k, {
      source: 'guild',
      name: 'Guild of Makers',
      hosts: partner.host,
      consentEn: 'The guild may write to me.',
      consentDe: 'Die Gilde darf mir schreiben.',
      by: by.id,
    });
  });
  afterAll(async () => {
    await browser?.close();
    partner?.server.close();
    stranger?.server.close();
    await instance?.stop();
  });

  it('is signed on another origin, and counted for the partner', async () => {
    const page = await browser.newPage({ locale: 'en' });
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(partner.url);
    const form = page.frameLocator('iframe');
    await form.locator('[name=name]').fill('Ada Oduya');
    // The script fits the frame to what is in it.
    await expect.poll(() => page.locator('iframe').getAttribute('height')).not.toBe('1500');
    await form.locator('[name=craft]').selectOption('author');
    await form.locator('[name=country]').selectOption('DE');
    await form.locator('[name=email]').fill('ada@widget.example');
    await form.locator('[name=age][value=sixteen]').check();
    await form.locator('[name=consent]').check();
    expect(await form.locator('[name=partnerConsent]').isChecked()).toBe(false);
    await form.locator('[name=partnerConsent]').check();
    await form.locator('button[type=submit]').click();
    await form.locator('h1', { hasText: 'open your mail' }).waitFor();
    expect(page.url()).toBe(partner.url);
    const mail = await instance.mailbox.next('ada@widget.example');
    await page.goto(mail.link(/https?:\S+\/c\/\S+/));
    await page.click('main form button[type=submit]');
    await page.waitForSelector('form[action="/sign/account"]');
    expect(faults).toEqual([]);
    const { id } = await campaign.showPartner(instance.k, 'guild');
    const by = await kernel.inTx(instance.k, (t) => identity.ensureOperator(t, 'Operator', 'en'));
    const contacts = await campaign.exportContacts(instance.k, { partnerId: id, by: by.id, format: 'json' });
    expect(contacts.map(({ email }) => email)).toEqual(['ada@widget.example']);
    await page.close();
  });

  it('works without scripts, and for no other page', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(partner.url);
    expect(await page.frameLocator('iframe').locator('h1').count()).toBe(1);
    // Below the frame stands a link for browsers that show none.
    await page.goto((await page.getAttribute('a', 'href')) ?? '');
    expect(page.url()).toContain('/sign?source=guild');
    expect(await page.content()).toContain('The guild may write to me.');
    await page.goto(stranger.url);
    const frame = page.frames().at(-1)!;
    expect(frame.url()).not.toContain('/widget/');
    expect(await frame.content()).not.toContain('partnerConsent');
    await context.close();
  });
});
