import { openLicense } from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { inTx, type Router } from '../kernel/index.ts';
import { topUp } from '../ledger/index.ts';
import { presetTerms, type Terms } from '../offers/index.ts';
import { asksFirst } from '../testing/asks-first.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { type Company, company } from '../testing/company.ts';
import { answersPaid, ownWork, publish, setUp } from '../testing/offer-terms.ts';
import { type Person, person, register, spooled } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { SIGNING_PURPOSE } from './index.ts';

let k: TestKernel;
let app: Router;
let ada: Person;
let acme: Company;
let buyer: Browser;
let song: string;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  ada = await person(k, 'Ada');
  acme = await company(k, 'Acme Models');
  buyer = openBrowser(app);
  await signIn(k, buyer, acme.signer.user.id);
  await buyer.post('/acting', { organisation: acme.organisationId });
  song = await ownWork(k, ada);
  await publish(k, ada, song, answersPaid());
});
afterAll(() => k.close());

const pageOf = async (who: Browser, path: string) => {
  const response = await who.get(path);
  return { status: response.status, html: await response.text() };
};

/** A signer who has not said for whom she acts. */
async function alone(): Promise<Browser> {
  const browser = openBrowser(app);
  await signIn(k, browser, ada.user.id);
  return browser;
}

describe('the catalogue', () => {
  it('is open to everybody, and tells each the next step', async () => {
    const stranger = await pageOf(openBrowser(app), '/catalogue');
    expect(stranger.html).toContain('The Sea');
    expect(stranger.html).toContain('0.02');
    expect(stranger.html).toContain('/sign-in?next=%2Fcatalogue');
    expect((await pageOf(await alone(), '/catalogue')).html).toContain('/organisations');
    expect((await pageOf(buyer, '/catalogue')).html).toContain('Make a quote for 14 days');
    const german = await openBrowser(app).get('/catalogue?lang=de&maxPrice=0,02');
    expect(await german.text()).toContain('Werke, die Sie lizenzieren können');
  });

  it('shows what narrows nothing, and survives nonsense', async () => {
    expect((await pageOf(buyer, '/catalogue?maxPrice=0.01')).html).toContain('Nothing fits this');
    for (const query of ['use=x', 'after=%00', 'language=%3Cb%3E', 'maxPrice=1e9', 'q=%E2%80%AE', 'type=x']) {
      expect([query, (await pageOf(buyer, `/catalogue?${query}`)).status]).toEqual([query, 200]);
    }
  });
});

describe('from a quote to a licence', () => {
  it('asks, shows reasons, accepts and shows the licence to whoever has its address', async () => {
    const refused = await ownWork(k, ada);
    await publish(k, ada, refused, presetTerms('no-ai'));
    const none = await buyer.post('/catalogue', { use: 'ai-input', unit: 'fetch', months: '12' });
    expect([none.status, (await none.text()).includes('Choose at least one work')]).toEqual([422, true]);
    const form = new URLSearchParams({ use: 'ai-input', unit: 'fetch', months: '12', work: song });
    form.append('work', refused);
    const asked = await buyer.send('/catalogue', {
      method: 'POST',
      body: form.toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
    });
    expect(asked.status).toBe(303);
    const path = asked.headers.get('Location')!;
    const quote = await pageOf(buyer, path);
    expect(quote.html).toContain('This use is not allowed.');
    expect(quote.html).toContain('Accept for Acme Models');
    expect((await pageOf(await alone(), path)).status).toBe(404);
    const forHerself = openBrowser(app);
    await signIn(k, forHerself, acme.signer.user.id);
    expect((await pageOf(forHerself, path)).html).toContain('Accept for Acme Models');

    const accepted = await buyer.post(path);
    expect(accepted.status).toBe(303);
    const agreement = accepted.headers.get('Location')!;
    expect(agreement).toMatch(/^\/agreements\//);
    const again = await buyer.post(path);
    expect([again.status, (await again.text()).includes('quote-accepted')]).toEqual([409, true]);
    expect((await pageOf(buyer, '/agreements')).html).toContain(agreement);
    const detail = await pageOf(buyer, agreement);
    const license = /href="(\/licenses\/[\w-]{43})"/.exec(detail.html)?.[1] ?? '';
    const shown = await pageOf(openBrowser(app), license);
    expect(shown.status).toBe(200);
    for (const part of ['Acme Models', 'Ada', 'The Sea', 'does not prove who owns']) {
      expect(shown.html).toContain(part);
    }
    const file = await openBrowser(app).get(`${license}/license.jws`);
    const key = await k.keys.signing(SIGNING_PURPOSE);
    const opened = await openLicense(await file.text(), (kid) =>
      kid === key.kid ? key.publicKey : undefined,
    );
    expect(opened.licensee.name).toBe('Acme Models');
    expect((await pageOf(openBrowser(app), `/licenses/${'x'.repeat(43)}`)).status).toBe(404);
    expect((await pageOf(openBrowser(app), agreement)).status).toBe(303);

    expect(asksFirst(detail.html, `${agreement}/end`)).toBe(true);
    const ended = await buyer.post(`${agreement}/end`, { reason: 'enough' });
    expect(ended.status).toBe(303);
    expect((await pageOf(openBrowser(app), license)).html).toContain('revoked');
  });

  it('names the model version, and declares copies', async () => {
    const content = new TextEncoder().encode('a poem about the hill');
    const { work } = await register(k, ada, {
      source: { kind: 'file', file: spooled(content, 'text/plain', 'poem.txt') },
      authority: { answer: 'mine', holderKind: null, holderName: null },
    });
    const prices = [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }] as const;
    const terms: Terms = { ...presetTerms('no-ai'), 'ai-train': { answer: 'paid', prices } };
    await publish(k, ada, work.id, terms);
    const wish = { use: 'ai-train', unit: 'model-version', months: '24', work: work.id };
    const unnamed = await buyer.post('/catalogue?use=ai-train', wish);
    expect([unnamed.status, (await unnamed.text()).includes('model-scope-needed')]).toEqual([422, true]);
    const asked = await buyer.post('/catalogue', { ...wish, model: 'aurora-2' });
    const path = asked.headers.get('Location')!;
    expect((await pageOf(buyer, path)).html).toContain('€250.00');
    const agreement = (await buyer.post(path)).headers.get('Location')!;
    const detail = await pageOf(buyer, agreement);
    expect(detail.html).toContain('Download');
    const sha256 = /<code>([0-9a-f]{64})<\/code>/.exec(detail.html)?.[1] ?? '';
    expect((await buyer.post(`${agreement}/copies`, { sha256s: 'x' })).status).toBe(422);
    expect((await buyer.post(`${agreement}/copies`, { sha256s: '0'.repeat(64) })).status).toBe(422);
    expect((await buyer.post(`${agreement}/copies`, { sha256s: sha256 })).status).toBe(303);
    expect((await pageOf(buyer, agreement)).html).toContain('you declared that you hold it');
  });
});

describe('companies a holder refuses', () => {
  it('are named by their number, and taken back', async () => {
    const holder = await alone();
    expect((await pageOf(holder, '/refused-companies')).html).toContain('You refuse no company');
    expect((await holder.post('/refused-companies', { company: 'nonsense' })).status).toBe(404);
    expect((await holder.post('/refused-companies', { company: acme.licenseeId })).status).toBe(303);
    expect((await pageOf(holder, '/refused-companies')).html).toContain('Acme Models');
    const back = `/refused-companies/${acme.licenseeId}/allow`;
    expect((await holder.post(back)).status).toBe(303);
    expect((await pageOf(holder, '/refused-companies')).html).not.toContain('Acme Models');
    expect((await pageOf(openBrowser(app), '/refused-companies')).status).toBe(303);
    const work = await pageOf(openBrowser(app), `/w/${song}`);
    expect(work.html).toContain(`/catalogue?use=ai-input&amp;work=${song}`);
  });
});

describe('clients', () => {
  it('show their secret once', async () => {
    expect((await pageOf(buyer, '/clients')).html).toContain('No clients yet');
    const made = await (await buyer.post('/clients', { name: 'Crawler' })).text();
    const [, id = '', secret = ''] =
      /<code>([0-9a-f-]{36})<\/code>[\s\S]*?<code>([\w-]{43})<\/code>/.exec(made) ?? [];
    expect(secret).toHaveLength(43);
    expect((await pageOf(buyer, '/clients')).html).not.toContain(secret);
    expect(await (await buyer.post(`/clients/${id}/secret`)).text()).toMatch(/<code>[\w-]{43}<\/code>/);
    expect(asksFirst((await pageOf(buyer, '/clients')).html, `/clients/${id}/end`)).toBe(true);
    expect((await buyer.post(`/clients/${id}/end`)).status).toBe(303);
    expect((await buyer.post(`/clients/${id}/secret`)).status).toBe(409);
    expect((await buyer.post('/clients', { name: '' })).status).toBe(422);
    expect((await (await alone()).post('/clients', { name: 'x' })).status).toBe(409);
  });

  it('may accept in advance up to a limit', async () => {
    await inTx(k, (t) =>
      topUp(t, { partyId: acme.licenseeId, currency: 'EUR', amountMicro: 12_500_000n, reference: 'x' }),
    );
    expect((await buyer.post('/clients/standing', { use: 'ai-input', cap: 'much' })).status).toBe(422);
    expect((await buyer.post('/clients/standing', { cap: '50' })).status).toBe(422);
    expect((await buyer.post('/clients/standing', { use: 'ai-input', cap: '50' })).status).toBe(303);
    const page = await pageOf(buyer, '/clients');
    expect(page.html).toContain('at most €50.00 a month');
    expect(page.html).toContain('€12.50');
    expect((await buyer.post('/clients/standing/off')).status).toBe(303);
  });
});
