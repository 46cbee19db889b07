import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { sendSignInLink } from '../identity/index.ts';
import { inTx } from '../kernel/index.ts';
import { openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { lastLink } from '../testing/last-link.ts';
import { acceptSegment } from './accept-segment.ts';
import { chainOf, openUsageWorld, type UsageWorld } from './testing/usage-world.ts';

let w: UsageWorld;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  w = await openUsageWorld();
  app = createApp(w.k);
  const token = await w.token();
  const records = [w.record(1, token), w.record(2, token), w.record(3, token, { use: 'ai-train' })];
  const [one] = await chainOf(await w.gate(), [records]);
  await acceptSegment(w.k, one!.sealed);
});
afterAll(() => w.k.close());

async function signedIn(email: string) {
  const browser = openBrowser(app);
  await inTx(w.k, (t) => sendSignInLink(t, { email, locale: 'en' }));
  await drain(w.k);
  await browser.post(await lastLink(w.k, email));
  return browser;
}

describe('the pages of usage', () => {
  it('show a holder what her work was used for, and by whom', async () => {
    const holder = await signedIn(w.holder.user.email);
    const page = await (await holder.get('/usage')).text();
    expect(page).toContain('The Sea');
    expect(page).toContain('2 fetches');
    expect(page).toContain('counted at the website');
    expect(page).toContain('You have not taken a licence yet');
    const work = await (await holder.get(`/usage/works/${w.workId}`)).text();
    expect(work).toContain('2 fetches');
    expect((await holder.get(`/usage/agreements/${w.agreementId}`)).status).toBe(404);
  });

  it('let a licensee report, keep receipts and see where numbers differ', async () => {
    const signer = await signedIn(w.company.signer.user.email);
    await signer.post('/acting', { organisation: w.company.organisationId });
    const path = `/usage/agreements/${w.agreementId}`;
    const before = await signer.get(path);
    expect(before.status).toBe(200);
    const page = await before.text();
    expect(page).toContain('2 fetches');
    expect(page).toContain('the token is for another use');
    const [receipt] = /\/usage\/receipts\/[^"]+/.exec(page) ?? [];
    const download = await signer.get(receipt!);
    expect(download.headers.get('Content-Type')).toBe('application/jose');
    expect((await download.text()).split('.').length).toBe(3);

    const days = { from: '2026-11-22', to: '2026-11-22' };
    for (const typed of ['x', '-1', '1.5', '']) {
      const refused = await signer.post(`${path}/reports`, { ...days, [`units-${w.workId}`]: typed });
      expect(refused.status, typed).toBe(422);
      expect(await refused.text()).toContain('value="2026-11-22"');
    }
    const done = await signer.post(`${path}/reports`, { ...days, [`units-${w.workId}`]: '5' });
    expect([done.status, done.headers.get('Location')]).toEqual([303, `${path}#reports`]);
    const after = await (await signer.get(`${path}?lang=de`)).text();
    expect(after).toContain('Wo Ihre Zahl und unsere sich unterscheiden');
    const twice = await signer.post(`${path}/reports`, { ...days, [`units-${w.workId}`]: '6' });
    expect(twice.status).toBe(409);
  });

  it('are nobody else’s', async () => {
    const stranger = openBrowser(app);
    for (const path of ['/usage', `/usage/agreements/${w.agreementId}`, `/usage/works/${w.workId}`]) {
      expect((await stranger.get(path)).status).toBe(303);
    }
  });
});

it('gates deliver over HTTP', async () => {
  const token = await w.token();
  const [one, two, three] = await chainOf(await w.gate(), [
    [w.record(1, token)],
    [w.record(2, token)],
    [w.record(3, token)],
  ]);
  const send = (body: string, type = 'application/jose') =>
    app.request('/api/segments', { method: 'POST', headers: { 'Content-Type': type }, body });
  const first = await send(one!.sealed);
  expect(first.status).toBe(200);
  expect(await first.json()).toMatchObject({ segment: { state: 'counted', counted: 1 } });
  expect((await send(one!.sealed)).status).toBe(200);
  const early = await send(three!.sealed);
  expect([early.status, await early.json()]).toMatchObject([202, { segment: { state: 'waiting' } }]);
  expect(await (await send(two!.sealed, 'application/jose; charset=utf-8')).json()).toMatchObject({
    countedTo: { segment: 3, record: 3 },
  });
  expect((await send(one!.sealed, 'text/plain')).status).toBe(415);
  const cut = await send(one!.sealed.slice(0, -5));
  expect([cut.status, await cut.json()]).toMatchObject([422, { code: 'segment-truncated' }]);
  expect((await send('x'.repeat(2_500_000))).status).toBe(413);
});

it('a client fetches the receipts of its company by itself', async () => {
  const path = `/api/usage/agreements/${w.agreementId}/receipts`;
  const ask = (credential: string, address = path) =>
    app.request(address, { headers: { Authorization: credential } });
  const basic = (secret: string) => `Basic ${Buffer.from(`${w.client.id}:${secret}`).toString('base64')}`;
  const found = await ask(basic(w.clientSecret));
  expect(found.status).toBe(200);
  const { receipts } = (await found.json()) as { receipts: { number: number; document: string }[] };
  expect(receipts.length).toBeGreaterThan(0);
  const later = await ask(basic(w.clientSecret), `${path}?after=${receipts.at(-1)!.number}`);
  expect(await later.json()).toEqual({ receipts: [] });
  for (const wrong of [basic('x'), 'Basic !', 'Bearer abc', 'Basic ', `${basic(w.clientSecret)}, Basic a`]) {
    const refused = await ask(wrong);
    expect([refused.status, refused.headers.get('WWW-Authenticate')]).toEqual([401, 'Basic realm="usage"']);
  }
  const other = await ask(basic(w.clientSecret), `/api/usage/agreements/${w.workId}/receipts`);
  expect(other.status).toBe(404);
});
