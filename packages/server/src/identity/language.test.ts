import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { createOrganisation } from '../parties/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { setUp } from '../testing/offer-terms.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { ensureUser, type User } from './index.ts';

const HERE = 'http://localhost:4000';

let k: TestKernel;
let ada: User;
let browser: Browser;
let stranger: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  const app = createApp(k);
  await setUp(k);
  ada = await ensureUser(k, { email: 'ada@example.org', name: 'Ada', locale: 'en' });
  browser = openBrowser(app);
  stranger = openBrowser(app);
  await signIn(k, browser, ada.id);
});
afterAll(() => k.close());

const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The form behind the name of the other language. */
function switchOn(html: string): { action: string; fields: Record<string, string> } {
  const [, action = '', inner = ''] =
    /<form method="post" action="(\/language[^"]*)">([\s\S]*?)<\/form>/.exec(html)!;
  const hidden = [...inner.matchAll(/name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: unescaped(action),
    fields: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, unescaped(value)])),
  };
}

/** Presses the other language on a page that answered a form, as a browser would. */
async function turn(who: Browser, answer: Response): Promise<{ place: string; html: string }> {
  const { action, fields } = switchOn(await answer.text());
  const turned = await who.post(action, fields);
  expect(turned.status).toBe(303);
  const place = turned.headers.get('Location')!;
  return { place, html: await (await who.get(place)).text() };
}

it('a refused form comes back in the other language with what was typed, and is not sent again', async () => {
  const fields = { name: 'Ada "B" Byron', iban: 'DE00', country: 'DE', townName: 'Kiel & Co' };
  const refused = await browser.post('/payout-profile?x=1', fields, {
    Referer: `${HERE}/payout-profile?x=1`,
  });
  expect(refused.status).toBe(422);
  const { place, html } = await turn(browser, refused);
  expect(place).toMatch(/^\/payout-profile\?x=1&lang=de&kept=/);
  expect(html).toContain('<html lang="de"');
  expect(html).toContain('Kiel &amp; Co');
  expect(html).toContain('Ada &quot;B&quot; Byron');
  const { rows } = await sql`select 1 from parties.payout_profiles`.execute(k.db);
  expect(rows).toEqual([]);
});

it('a form whose address is no page comes back on its page, however often it was refused', async () => {
  const { organisationId } = await createOrganisation(k, { name: 'Ada & Co', userId: ada.id });
  const page = `/organisations/${organisationId}`;
  const address = `${page}/invitations`;
  const fields = { email: 'nobody', role: 'signer' };
  const first = await browser.post(address, fields, { Referer: `${HERE}${page}` });
  expect(first.status).toBe(422);
  const html = await first.text();
  expect(html).toContain(`name="_from" value="${page}"`);
  const second = await browser.post(address, { ...fields, _from: page }, { Referer: `${HERE}${address}` });
  const back = await turn(browser, second);
  expect(back.place).toMatch(new RegExp(`^${page}\\?lang=..&kept=`));
  expect(back.html).toContain('value="nobody"');
});

it('a stranger loses nothing either', async () => {
  const next = `${HERE}/sign-in?next=/works`;
  const refused = await stranger.post(
    '/sign-in',
    { email: 'ada at home', next: '/works' },
    { Referer: next },
  );
  expect(refused.status).toBe(422);
  const { place, html } = await turn(stranger, refused);
  expect(place).toMatch(/^\/sign-in\?next=%2Fworks&lang=de&kept=/);
  expect(html).toContain('value="ada at home"');
});

it('what was written for one is not filled in for another', async () => {
  const refused = await browser.post(
    '/payout-profile',
    { name: 'Ada', _for: ada.id },
    { Referer: `${HERE}/payout-profile` },
  );
  const { action, fields } = switchOn(await refused.text());
  const eve = await ensureUser(k, { email: 'eve@example.org', name: 'Eve', locale: 'en' });
  await signIn(k, browser, eve.id);
  const turned = await browser.post(action, fields);
  expect(turned.headers.get('Location')).toMatch(/^\/acting-changed\?next=/);
  expect(await (await browser.get(turned.headers.get('Location')!)).text()).not.toContain('value="Ada"');
  await signIn(k, browser, ada.id);
});

it('the way back never leads elsewhere', async () => {
  const answer = await stranger.post('/no-such-form', { name: 'New', _from: '//evil.example/x' });
  expect(await answer.text()).not.toContain('evil.example');
});

it('what another site sends is not repeated', async () => {
  const answer = await stranger.post(
    '/sign-in',
    { email: 'lured' },
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  );
  expect(answer.status).toBe(403);
  expect(await answer.text()).not.toContain('lured');
});
