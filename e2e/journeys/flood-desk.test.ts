import { campaign } from '@clearway/server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow } from '../testing/chromium.ts';
import { startInstance, type TestInstance } from '../testing/instance.ts';

const PEOPLE = ['Ada Moor', 'Bela Winter', 'Cem Yurt'];
/** A network may send 25 at once; who sends so many more is a flood. */
const SENT = 140;
const TAKEN = 25;

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody cleans up in a browser.`);

describe.skipIf(!hasChromium())('a flood, the alarm, and the clean-up at the desk', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([
    { label: 'flood-en', lang: 'en', viewport: { width: 1280, height: 900 } },
    { label: 'flood-de', lang: 'de', viewport: { width: 360, height: 740 }, javaScriptEnabled: false },
  ])('$label', async (options) => {
    const instance = await startInstance();
    const window = await openWindow(browser, options);
    const { page, look } = window;
    try {
      await instance.setUp();
      for (const [i, name] of PEOPLE.entries()) {
        expect(await sign(instance, name, `p${i}@people.example`, `100.64.${i}.1`)).toBe(202);
        await confirm(instance, `p${i}@people.example`);
      }
      const answers = await Promise.all(
        Array.from({ length: SENT }, (_, i) =>
          sign(instance, `Machine ${i}`, `m${i}@d${i % 9}.example`, '100.64.9.9'),
        ),
      );
      const taken = answers.flatMap((status, i) => (status === 202 ? [i] : []));
      expect(taken.length).toBeGreaterThanOrEqual(TAKEN);
      expect(taken.length).toBeLessThan(TAKEN + 5);
      for (const i of taken) await confirm(instance, `m${i}@d${i % 9}.example`);
      await campaign.watchTrend(instance.k);

      await page.goto(await instance.operatorLink());
      await page.click('main button[type=submit]');
      await page.waitForLoadState();
      await page.goto(`${instance.url}/operator/campaign/floods?lang=${options.lang}`);
      await look('alarm');
      await page.click('main table a[href*="clean-up?network="]');
      await page.waitForURL(/clean-up\?network=/);
      await look('dry-run');
      expect(await page.textContent('#dry-run')).toContain(String(taken.length));
      await page.fill('form:has([name=expected]) [name=reason]', 'One machine, one evening');
      await page.click('form:has([name=expected]) button');
      await page.waitForURL(new RegExp(`done=${taken.length}$`));
      await look('cleaned');
      expect(await names(instance)).toEqual(PEOPLE);

      await page.fill('form[action$="/undo"] [name=reason]', 'They were a school');
      await page.click('form[action$="/undo"] button');
      await page.waitForURL(new RegExp(`undone=${taken.length}$`));
      await look('undone');
      expect((await names(instance)).length).toBe(PEOPLE.length + taken.length);
      expect(window.faults).toEqual([]);
    } finally {
      await window.close();
      await instance.stop();
    }
  });
});

async function sign(instance: TestInstance, name: string, email: string, from: string): Promise<number> {
  const { version: declarationVersion } = await campaign.currentDeclaration(instance.k);
  const { version: consentVersion } = campaign.currentConsent();
  const about = { name, email, craft: 'poet', country: 'AT', age: 'sixteen', consent: true };
  const answer = await post(
    instance,
    '/api/signatures',
    { ...about, declarationVersion, consentVersion },
    from,
  );
  return answer.status;
}

async function confirm(instance: TestInstance, email: string): Promise<void> {
  const { text } = await instance.mailbox.next(email);
  const token = /\/c\/([A-Za-z0-9_-]+)/.exec(text)![1]!;
  const answer = await post(instance, '/api/signatures/confirmation', { token }, '100.64.8.8');
  expect(answer.status).toBe(200);
}

function post(instance: TestInstance, path: string, body: object, from: string): Promise<Response> {
  return fetch(`${instance.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
    body: JSON.stringify(body),
  });
}

/** Who is on the wall, and as many as are counted. */
async function names(instance: TestInstance): Promise<string[]> {
  const read = async (path: string) => (await fetch(`${instance.url}${path}`)).json();
  const { signatures, count } = (await read('/api/signatures?limit=100')) as {
    signatures: { name: string }[];
    count: number;
  };
  expect(signatures.length).toBe(count);
  return signatures.map(({ name }) => name).sort();
}
