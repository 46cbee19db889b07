import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  formatVerifierKey,
  generateKeyPair,
  type Statement,
  sealStatement,
  usageHash,
  writeStatementFile,
} from '@clearway/protocol';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow, type Window } from '../testing/chromium.ts';
import { startInstance, type TestInstance } from '../testing/instance.ts';

const AT = '2026-11-22T12:00:00.000Z';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody checks a file in a browser.`);

describe.skipIf(!hasChromium())('a stranger checks a statement in a browser', () => {
  let instance: TestInstance;
  let browser: Browser;
  let key: string;
  const folder = mkdtempSync(join(tmpdir(), 'clearway-verify-'));
  const [good, wrong, cut] = ['good', 'wrong', 'cut'].map((name) => join(folder, `${name}.json`)) as [
    string,
    string,
    string,
  ];
  beforeAll(async () => {
    instance = await startInstance();
    await instance.setUp();
    browser = await launchChromium();
    const pair = await generateKeyPair();
    key = await formatVerifierKey('rights.example/documents', pair.publicKey);
    const uses = [{ id: 'gate-1:1', at: AT, units: 3, path: '/a' }];
    const statement: Statement = {
      format: 'clearway-statement-1',
      issuer: 'https://rights.example',
      number: 1,
      payee: { id: 'p-1', name: 'Mara Holt' },
      currency: 'EUR',
      period: { to: AT },
      opening: '0',
      lines: [
        {
          id: 'line-1',
          invoiceLine: 'invoice-line-1',
          kind: 'usage',
          work: { id: 'w-1', title: 'Ebb' },
          agreement: 'a-1',
          licensee: { id: 'p-2', name: 'Acme Models' },
          use: 'ai-input',
          unit: 'fetch',
          grade: 'gate-counted',
          units: '3',
          price: { amountMicro: '2000', perUnits: '1' },
          offerSha256: 'ab'.repeat(32),
          usage: { count: 1, sha256: await usageHash(uses) },
          rated: '6000',
          steps: [
            {
              run: 'r-1',
              amountIn: '6000',
              takes: [],
              base: '0',
              feePpm: 50_000,
              fee: '300',
              split: [{ key: 'c-1', weight: '1', sharePpm: 1_000_000, claim: 'c-1' }],
            },
          ],
          key: 'c-1',
          fee: '300',
          amount: '5700',
        },
      ],
      movements: [],
      closing: '5700',
      inPayout: { opening: '0', closing: '0' },
      issuedAt: AT,
      objectionUntil: AT,
    };
    const write = async (path: string, what: Statement) => {
      const sealed = await sealStatement(what, { kid: 'd1', privateKey: pair.privateKey });
      const file = writeStatementFile({
        format: 'clearway-statement-file-1',
        verifierKey: key,
        statement: sealed,
        usage: { 'line-1': uses },
      });
      writeFileSync(path, file);
      return file;
    };
    writeFileSync(cut, (await write(good, statement)).subarray(0, 500));
    await write(wrong, { ...statement, closing: '9700' });
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const marks = async ({ page }: Window) => {
    const items = page.locator('.checks li');
    await items.first().waitFor();
    return (await items.evaluateAll((all) => all.map(({ className }) => className))) as string[];
  };

  it.each([
    { label: 'verify-en', lang: 'en', viewport: { width: 1280, height: 900 } },
    { label: 'verify-de', lang: 'de', viewport: { width: 360, height: 740 } },
    {
      label: 'verify-dark',
      lang: 'en',
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark' as const,
    },
  ])('with scripts the file stays here, and every check is shown ($label)', async (options) => {
    const window = await openWindow(browser, options);
    const { page } = window;
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await page.goto(`${instance.url}/verify`);
    await window.look('verify');
    await page.fill('[name=key]', key);
    await page.setInputFiles('[name=file]', good);
    expect(await marks(window)).toEqual(Array(9).fill('good'));
    await window.look('verify-good');
    for (const [path, bad] of [
      [wrong, 1],
      [cut, 1],
    ] as const) {
      await page.setInputFiles('[name=file]', path);
      await page.locator('.notice.bad').waitFor();
      const found = await marks(window);
      expect(found.filter((mark) => mark === 'bad').length).toBeGreaterThanOrEqual(bad);
      await page.setInputFiles('[name=file]', good);
      await page.locator('.notice.good').waitFor();
    }
    await page.fill('[name=key]', '');
    await page.click('main form button');
    await page.locator('.notice.warn').waitFor();
    expect(sent).toEqual([]);
    expect(window.faults).toEqual([]);
    await window.close();
  });

  it('a dropped file is checked at once', async () => {
    const window = await openWindow(browser, { label: 'verify-drop', lang: 'en' });
    const { page } = window;
    await page.goto(`${instance.url}/verify`);
    await page.locator('.drop').waitFor();
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['{"format":"clearway-statement-file-1"}'], 'statement.json'));
      return transfer;
    });
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
    await page.locator('.notice.bad').waitFor();
    expect(window.faults).toEqual([]);
    await window.close();
  });

  it('without scripts the server checks it', async () => {
    const window = await openWindow(browser, {
      label: 'verify-no-script',
      lang: 'en',
      javaScriptEnabled: false,
    });
    const { page } = window;
    await page.goto(`${instance.url}/verify`);
    await page.fill('[name=key]', key);
    await page.setInputFiles('[name=file]', good);
    await page.click('main form button');
    expect(await page.locator('.checks li.good').count()).toBe(9);
    await window.look('verified');
    expect(window.faults).toEqual([]);
    await window.close();
  });
});
