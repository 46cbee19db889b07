import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow, type Window } from './testing/chromium.ts';
import { startInstance, type TestInstance } from './testing/instance.ts';

const root = join(import.meta.dirname, '..');
const shots = process.env.CLEARWAY_SHOTS ?? mkdtempSync(join(tmpdir(), 'clearway-shots-'));
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: the browser smoke test is skipped.`);

describe.skipIf(!hasChromium())('people in a browser', () => {
  let instance: TestInstance;
  let browser: Browser;
  beforeAll(async () => {
    instance = await startInstance();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
    console.log(`Pictures of every page: ${shots}`);
  });

  it('the operator sets the instance up', async () => {
    const window = await open({ label: 'operator', lang: 'en', viewport: DESKTOP });
    const { page, look } = window;
    await page.goto(`${instance.url}/`);
    await look('home-before-set-up');
    await page.goto(await instance.operatorLink());
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
      await page.goto(`${instance.url}/operator${path}`);
      await look(`operator${path.replace('/', '-')}`);
    }
    await end(window);
  });

  it.each([
    { label: 'desktop-en', lang: 'en', viewport: DESKTOP, name: 'Ada Lindqvist', email: 'ada@example.org' },
    { label: 'phone-de', lang: 'de', viewport: PHONE, name: 'Jonas Öttl', email: 'jonas@example.org' },
    {
      label: 'phone-dark-en',
      lang: 'en',
      viewport: PHONE,
      name: 'Mirela Popescu-Wagner',
      email: 'mirela@example.org',
      colorScheme: 'dark' as const,
    },
    {
      label: 'no-script-de',
      lang: 'de',
      viewport: DESKTOP,
      name: 'Tomás Ferreira',
      email: 'tomas@example.org',
      javaScriptEnabled: false,
    },
  ])('a creator goes from a signature to a published offer ($label)', async ({ name, email, ...options }) => {
    const window = await open(options);
    const before = await countOf();
    await sign(window, name, email);
    await confirm(window, email);
    expect(await countOf()).toBe(before + 1);
    await becomeUser(window);
    const work = await registerWork(window);
    await publishTerms(window, work);
    await seePublicPages(window, work);
    await end(window);
  });

  function open(options: {
    label: string;
    lang: string;
    viewport: { width: number; height: number };
  }): Promise<Window> {
    return openWindow(browser, { ...options, shots });
  }

  async function end(window: Window): Promise<void> {
    await window.close();
    expect(window.faults).toEqual([]);
  }

  async function countOf(): Promise<number> {
    const answer = await fetch(`${instance.url}/api/signatures`);
    return ((await answer.json()) as { count: number }).count;
  }

  async function sign({ page, look }: Window, name: string, email: string): Promise<void> {
    await page.goto(`${instance.url}/`);
    await look('home');
    await page.goto(`${instance.url}/declaration`);
    await look('declaration');
    await page.goto(`${instance.url}/sign`);
    await look('sign');
    await page.fill('[name=name]', name);
    await page.selectOption('[name=craft]', 'author');
    await page.selectOption('[name=country]', 'DE');
    await page.fill('[name=email]', email);
    await page.check('[name=age][value=sixteen]');
    await page.check('[name=consent]');
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/sign/sent');
    await look('sign-sent');
  }

  async function confirm({ page, look }: Window, email: string): Promise<void> {
    const mail = await instance.mailbox.next(email);
    await page.goto(mail.link(/https?:\S+\/c\/\S+/));
    await look('confirm');
    await page.click('main form button[type=submit]');
    await page.waitForSelector('form[action="/sign/account"]');
    await look('confirmed');
  }

  async function becomeUser({ page, look }: Window): Promise<void> {
    await page.click('form[action="/sign/account"] button');
    await page.waitForURL('**/rights');
    await look('rights');
    await page.check('[name=answer][value=mine]');
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/rights?saved');
    await look('rights-saved');
    for (const path of ['account', 'works', 'sites', 'wall', 'numbers', 'log', 'me/signature']) {
      await page.goto(`${instance.url}/${path}`);
      await look(path.replace('/', '-'));
    }
  }

  async function registerWork({ page, look }: Window): Promise<string> {
    await page.goto(`${instance.url}/works/new`);
    await look('new-work');
    await page.setInputFiles('[name=file]', join(root, 'examples/works/the-lighthouse-keepers-ledger.txt'));
    await page.fill('[name=title]', 'The Lighthouse Keeper’s Ledger');
    await page.selectOption('[name=type]', 'text');
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/works/*?done=registered');
    await look('work');
    return /\/works\/([^?]+)/.exec(page.url())?.[1] ?? '';
  }

  async function publishTerms({ page, look }: Window, work: string): Promise<void> {
    await page.goto(`${instance.url}/works/${work}/terms`);
    await look('terms');
    await page.check('[name=preset][value=search-free-answers-paid]');
    await page.click('form:has([name=preset]) button[type=submit]');
    await page.waitForURL('**/terms?step=prices*');
    await look('prices');
    await page.fill('[name="price.ai-input.fetch"]', '0.02');
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/terms?step=preview');
    await look('preview');
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/terms?done=1');
    await look('published');
  }

  async function seePublicPages({ page, look }: Window, work: string): Promise<void> {
    await page.goto(`${instance.url}/w/${work}`);
    await look('public-work');
    await page.goto(`${instance.url}/works/${work}/signals`);
    await look('signals');
    for (const [type, path] of [
      ['application/rsl+xml', 'license.xml'],
      ['application/json', 'offer.json'],
      ['text/plain', 'offer.txt'],
    ]) {
      const answer = await fetch(`${instance.url}/w/${work}/${path}`);
      expect([path, answer.status, answer.headers.get('Content-Type')?.split(';')[0]]).toEqual([
        path,
        200,
        type,
      ]);
    }
  }
});
