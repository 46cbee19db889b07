import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaign, identity, kernel } from '@clearway/server';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium, openWindow } from '../testing/chromium.ts';
import { creatorSteps } from '../testing/creator-steps.ts';
import { startInstance, type TestInstance } from '../testing/instance.ts';

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody brings a list in a browser.`);

const LOOKS = [
  { label: 'roster-en', lang: 'en', viewport: { width: 1280, height: 900 } },
  { label: 'roster-de', lang: 'de', viewport: { width: 360, height: 740 }, javaScriptEnabled: false },
] as const;

describe.skipIf(!hasChromium())('a union brings its members under embargo', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each(LOOKS)(
    'dry run, corrections, moderation, and all names at the set minute ($label)',
    async (look) => {
      const instance = await startInstance();
      const window = await openWindow(browser, look);
      const { page } = window;
      try {
        await instance.setUp();
        await embargo(instance);
        await kernel.inTx(instance.k, (t) =>
          identity.ensureUser(t, { email: 'uma@union.example', name: 'Uma Reeder', locale: look.lang }),
        );
        await page.goto(`${instance.url}/sign-in`);
        await creatorSteps(instance, window).signIn('uma@union.example');
        await page.waitForLoadState();

        await page.goto(`${instance.url}/rosters?lang=${look.lang}`);
        await window.look('lists');
        await page.goto(`${instance.url}/rosters/new?collect=collect-key`);
        await window.look('new');
        await page.selectOption('[name=role]', 'union');
        await page.check('[name=basis][value=authority]');
        await page.selectOption('[name=authority]', 'signed-list');
        await page.fill('[name=on]', '2026-01-15');
        await page.fill('[name=reference]', 'assembly of January');
        await page.setInputFiles(
          '[name=file]',
          file('members.csv', [
            'Name;Tätigkeit;Land;Ort;E-Mail',
            'Ada Quill;Autorin;Deutschland;Kiel;ada@members.example',
            'Quill, Ada;author;DE;Kiel;',
            'ADA QUILL;author;de;Kiel;ada+list@members.example',
            'Ben Ferry;wizard;DE;;',
            '=cmd;poet;DE;;',
            'Cleo Marsh;poet;FR;Brest;',
          ]),
        );
        await page.click('main form button[type=submit]');
        await page.waitForURL(/\/rosters\/[0-9a-f-]{36}$/);
        await window.look('report');
        const report = page.locator('main table', { hasText: 'wizard' });
        expect(await report.locator('tbody tr').count()).toBe(3);

        await page.check('[name=statement]');
        await page.check('[name=onlyGood]');
        await page.click('button[value=submit]');
        await page.waitForURL(/done=submitted/);
        await window.look('waiting');

        await page.context().clearCookies();
        await page.goto(await instance.operatorLink());
        await page.click('main button[type=submit]');
        await page.waitForLoadState();
        await page.goto(`${instance.url}/operator/campaign/rosters?lang=${look.lang}`);
        await window.look('queue');
        await page.click('main table a');
        await window.look('decide');
        await page.fill('[name=answer]', 'The signed list is here.');
        await page.click('button[value=publish]');
        await page.waitForURL(/\/operator\/campaign\/rosters$/);

        const told = await instance.mailbox.next('ada@members.example');
        await page.context().clearCookies();
        const wall = async () =>
          (await page.goto(`${instance.url}/wall?lang=${look.lang}`)) && page.textContent('main');
        expect(await wall()).not.toContain('Ada Quill');
        await window.look('before');
        await sql`update campaign.declarations set publish_at = now() - interval '1 second'`.execute(
          instance.k.db,
        );
        await sql`update kernel.jobs set run_at = now() - interval '1 second'
        where kind = 'campaign.publish-declaration'`.execute(instance.k.db);
        instance.k.nudge();
        for (let left = 60; left > 0 && !(await wall())?.includes('Ada Quill'); left--)
          await page.waitForTimeout(500);
        const names = await page.textContent('main');
        expect(names).toContain('Cleo Marsh');
        expect(names).toContain(
          look.lang === 'en' ? 'signed through Uma Reeder' : 'unterzeichnet durch Uma Reeder',
        );
        await window.look('wall');

        await page.goto(`${told.link(/https?:\S+\/s\/\S+/)}?lang=${look.lang}`);
        await window.look('told');
        await page.check('[name=age][value=sixteen]');
        await page.check('[name=consent]');
        await page.click('button[value=take-over]');
        await page.waitForURL(/done=/);
        await window.look('taken-over');
        expect(window.faults).toEqual([]);
      } finally {
        await window.close();
        await instance.stop();
      }
    },
  );
});

/** A version that is approved, and collects signatures before it is public. */
async function embargo(instance: TestInstance): Promise<void> {
  const { texts } = await campaign.currentDeclaration(instance.k);
  const [soon, by] = [new Date(Date.now() + 86_400_000), '00000000-0000-4000-8000-000000000001'];
  const words = {
    en: { ...texts.en, title: 'Ask us first, together' },
    de: { ...texts.de, title: 'Erst fragen, gemeinsam' },
  };
  await kernel.inTx(instance.k, async (t) => {
    await sql`insert into campaign.declarations (version, texts, state, written_by, written_at, edition, publish_at, embargo,
        collect_key, published_on, sha256, approved_by, approved_at)
      values (2, ${JSON.stringify(words)}::jsonb, 'approved', ${by}, now(), 1, ${soon}, true, 'collect-key', current_date,
        repeat('a', 64), gen_random_uuid(), now())`.execute(t.db);
    await kernel.enqueue(t, { kind: 'campaign.publish-declaration', payload: { version: 2 }, runAt: soon });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'clearway-roster-'));

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(lines.join('\r\n'), 'latin1'));
  return path;
}
