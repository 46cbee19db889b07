import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { openMails, type Router } from '../kernel/index.ts';
import { MONEY_AND_KEYS } from '../money-and-keys.ts';
import { createOrganisation } from '../parties/index.ts';
import { softAuthenticator } from '../testing/authenticator.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { lastLink } from '../testing/last-link.ts';
import { NEEDS_NO_PROOF } from '../testing/needs-no-proof.ts';
import { setUp } from '../testing/offer-terms.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { deleteAccount, ensureUser, listActivity, type User } from './index.ts';

const MINUTE = 60_000;
const ACCOUNT = {
  name: 'Ada Byron',
  iban: 'DE89370400440532013000',
  streetName: 'Hafenstraße',
  buildingNumber: '5 "b"',
  postCode: '24103',
  townName: 'Kiel <am Hafen>',
  country: 'DE',
  taxResidence: 'AT',
};
const FROM_FORM = { Referer: 'http://localhost:4000/payout-profile' };

let k: TestKernel;
let app: Router;
let ada: User;
let browser: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  app = createApp(k);
  await setUp(k);
  ada = await ensureUser(k, { email: 'ada@example.org', name: 'Ada', locale: 'en' });
  await sql`update identity.users set email_confirmed_at = now()`.execute(k.db);
});
afterAll(() => k.close());
beforeEach(async () => {
  browser = openBrowser(app);
  await signIn(k, browser, ada.id);
});

const placeOf = (answer: Response) => answer.headers.get('Location') ?? '';
const nextOf = (answer: Response) => new URL(placeOf(answer), 'http://x').searchParams.get('next') ?? '';
const textOf = async (path: string) => (await browser.get(path)).text();
async function codeInMail(): Promise<string> {
  const mail = (await openMails(k)).find(({ subject }) => subject.startsWith('Your code'));
  k.clock.advance(1);
  return /\b\d{4} \d{4}\b/.exec(mail?.text ?? '')?.[0] ?? '';
}
const profiles = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from parties.payout_profiles`.execute(k.db)).rows[0]!.n;

describe('before money or keys', () => {
  it('who has just signed in is not asked', async () => {
    expect(placeOf(await browser.post('/account/address', { email: 'ada@new.example' }))).not.toContain(
      'step-up',
    );
  });

  it('who signed in 15 minutes ago proves it by a code, and finds again what was typed', async () => {
    k.clock.advance(15 * MINUTE);
    const refused = await browser.post('/payout-profile', ACCOUNT, FROM_FORM);
    expect([refused.status, placeOf(refused)]).toEqual([303, expect.stringMatching(/^\/step-up\?next=/)]);
    expect(await profiles()).toBe(0);
    const next = nextOf(refused);
    expect(next).toMatch(/^\/payout-profile\?kept=/);
    expect(await textOf(placeOf(refused))).toContain('What you typed is kept');
    const sent = await browser.post('/step-up/code', { next });
    const code = await codeInMail();
    expect(await textOf(placeOf(sent))).toContain('We have sent a code to ada@example.org');
    expect((await browser.post('/step-up', { code: '0000 0000', next })).status).toBe(422);
    const done = await browser.post('/step-up', { code, next });
    expect([done.status, placeOf(done)]).toEqual([303, next]);
    const form = await textOf(next);
    for (const written of [
      'value="Ada Byron"',
      'value="5 &quot;b&quot;"',
      'value="Kiel &lt;am Hafen&gt;"',
      'value="DE89370400440532013000"',
      'Here is what you had typed',
    ])
      expect(form).toContain(written);
    expect(form).toMatch(/<option value="AT" selected=""/);
    expect((await browser.post('/payout-profile', ACCOUNT, FROM_FORM)).status).toBe(303);
    expect(await profiles()).toBe(1);
    expect((await browser.post('/step-up', { code, next })).status).toBe(410);
    const trail = await listActivity(k, { actor: ada.id, limit: 20 });
    expect(trail.map(({ action, detail }) => [action, detail.by])).toContainEqual([
      'identity.proved',
      'code',
    ]);
  });

  it('a code is worth nothing after five tries, in another session, or after 15 minutes', async () => {
    k.clock.advance(15 * MINUTE);
    await browser.post('/step-up/code', {});
    const code = await codeInMail();
    const other = openBrowser(app);
    await signIn(k, other, ada.id);
    expect((await other.post('/step-up', { code })).status).toBe(410);
    for (let i = 0; i < 5; i++) expect((await browser.post('/step-up', { code: '1' })).status).toBe(422);
    expect((await browser.post('/step-up', { code })).status).toBe(410);
    await browser.post('/step-up/code', {});
    const second = await codeInMail();
    k.clock.advance(15 * MINUTE);
    expect((await browser.post('/step-up', { code: second })).status).toBe(410);
  });

  it('a passkey proves it, too, but only the own', async () => {
    const json = (path: string, body?: unknown) =>
      browser.send(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const device = softAuthenticator({ origin: 'http://localhost:4000', rpId: 'localhost' });
    const made = device.create((await (await json('/api/passkeys/options')).json()) as { challenge: string });
    expect((await json('/api/passkeys', { name: 'Key', answer: made })).status).toBe(201);
    k.clock.advance(15 * MINUTE);
    const refused = await browser.send('/api/clients', { method: 'POST' });
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { code: 'step-up-required', cure: expect.stringContaining('/step-up') },
    ]);
    expect((await json('/api/passkeys/options')).status).toBe(403);
    expect(await textOf('/step-up?next=/clients')).toContain('passkey-button');
    const answer = device.get((await (await json('/api/step-up/options')).json()) as { challenge: string });
    const done = await json('/api/step-up', { answer, next: '/clients' });
    expect([done.status, await done.json()]).toEqual([200, { next: '/clients' }]);
    expect((await json('/api/passkeys/options')).status).toBe(200);
    const eve = await ensureUser(k, { email: 'eve@example.org', name: 'Eve', locale: 'en' });
    const ours = browser;
    browser = openBrowser(app);
    await signIn(k, browser, eve.id);
    const hers = device.get((await (await json('/api/step-up/options')).json()) as { challenge: string });
    const foreign = await json('/api/step-up', { answer: hers });
    expect([foreign.status, await foreign.json()]).toMatchObject([403, { code: 'passkey-other-account' }]);
    browser = ours;
  });

  it('every address that changes something is on the list, or there is a reason why not', () => {
    const shape = (route: string) => route.replace(/[:{]\w+\}?/g, ':');
    const changing = app.routes.filter(({ method }) => !['GET', 'HEAD', 'ALL'].includes(method));
    const known = new Set(changing.map(({ method, path }) => shape(`${method} ${path}`)));
    const listed = MONEY_AND_KEYS.map(([method, path]) => shape(`${method} ${path}`));
    const exempt = NEEDS_NO_PROOF.flatMap(({ routes }) => routes.split(/·|\n/)).flatMap(
      (route) => shape(route.trim()) || [],
    );
    const all = [...listed, ...exempt];
    const covers = (rule: string, route: string) =>
      rule.endsWith('*') ? route.startsWith(rule.slice(0, -1)) : route === rule;
    expect(all.filter((rule) => ![...known].some((route) => covers(rule, route)))).toEqual([]);
    expect([...known].filter((route) => !all.some((rule) => covers(rule, route)))).toEqual([]);
    expect(listed.filter((route) => exempt.some((rule) => covers(rule, route)))).toEqual([]);
  });

  it('nobody binds a company, or makes a signer, with a browser left open', async () => {
    k.clock.advance(15 * MINUTE);
    const id = '00000000-0000-4000-8000-000000000000';
    for (const path of [
      `/quotes/${id}`,
      `/organisations/${id}/invitations`,
      `/organisations/${id}/members/${id}/role`,
      `/operator/statements/objections/${id}`,
    ])
      expect([path, placeOf(await browser.post(path))]).toEqual([path, expect.stringMatching(/^\/step-up/)]);
    const role = { method: 'PUT', body: '{"role":"admin"}', headers: { 'Content-Type': 'application/json' } };
    expect((await browser.send(`/api/organisations/${id}/members/${id}`, role)).status).toBe(403);
  });

  it('a stranger is asked to sign in, not to prove', async () => {
    const answer = await openBrowser(app).send('/api/standing-acceptance', { method: 'DELETE' });
    expect(answer.status).toBe(401);
    const page = await openBrowser(app).post('/payout-profile', ACCOUNT, FROM_FORM);
    expect(placeOf(page)).toMatch(/^\/sign-in/);
  });
});

describe('a session that ended while somebody was typing', () => {
  const expire = () => sql`delete from identity.sessions`.execute(k.db);
  const fields = { ...ACCOUNT, name: 'Ada Lovelace' };

  it('loses nothing that was typed', async () => {
    const opened = /name="_for" value="([^"]+)"/.exec(await textOf('/payout-profile'))?.[1] ?? '';
    expect(opened).toBe(ada.id);
    await expire();
    const refused = await browser.post('/payout-profile', { ...fields, _for: opened }, FROM_FORM);
    expect(placeOf(refused)).toMatch(/^\/sign-in\?next=/);
    await browser.post('/sign-in', { email: 'ada@example.org', next: nextOf(refused) });
    await drain(k);
    const back = await browser.post(await lastLink(k, 'ada@example.org'));
    expect(placeOf(back)).toBe(nextOf(refused));
    expect(await textOf(placeOf(back))).toContain('value="Ada Lovelace"');
    const sealed = await sql<{ t: string }>`select f::text as t from identity.kept_forms f`.execute(k.db);
    expect(sealed.rows.map(({ t }) => t).join()).not.toContain('Lovelace');
  });

  it('shows it to nobody else, not for long, and not after signing out', async () => {
    const eve = await ensureUser(k, { email: 'eve2@example.org', name: 'Eve', locale: 'en' });
    const keep = async () => {
      await expire();
      return nextOf(await browser.post('/payout-profile', { ...fields, _for: ada.id }, FROM_FORM));
    };
    const shown = async (next: string) => (await textOf(next)).includes('Lovelace');
    const first = await keep();
    await signIn(k, browser, eve.id);
    expect(await shown(first)).toBe(false);
    await signIn(k, browser, ada.id);
    expect(await shown(first)).toBe(true);
    const elsewhere = openBrowser(app);
    await signIn(k, elsewhere, ada.id);
    expect(await (await elsewhere.get(first)).text()).not.toContain('Lovelace');
    k.clock.advance(30 * MINUTE);
    expect(await shown(first)).toBe(false);
    const second = await keep();
    await signIn(k, browser, ada.id);
    await browser.post('/sign-out');
    await signIn(k, browser, ada.id);
    expect(await shown(second)).toBe(false);
    await deleteAccount(k, eve.id, 'eve2@example.org');
  });

  it('keeps what finds no place in a form in sight', async () => {
    await expire();
    const refused = await browser.post(
      '/payout-profile',
      { note: 'left over' },
      { Referer: 'http://localhost:4000/account' },
    );
    await signIn(k, browser, ada.id);
    expect(await textOf(nextOf(refused))).toContain('left over');
  });
});

describe('a form opened for one and sent for another', () => {
  it('goes to nobody before the person said for whom it is', async () => {
    const { organisationId } = await createOrganisation(k, {
      userId: ada.id,
      name: 'Aster',
      country: 'DE',
      url: '',
    });
    const opened = /name="_for" value="([^"]+)"/.exec(await textOf('/payout-profile'))?.[1] ?? '';
    await browser.post('/acting', { organisation: organisationId, _for: opened });
    const before = await profiles();
    const refused = await browser.post(
      '/payout-profile',
      { ...ACCOUNT, name: 'For me', _for: opened },
      FROM_FORM,
    );
    expect(placeOf(refused)).toMatch(/^\/acting-changed\?next=/);
    expect(await profiles()).toBe(before);
    const question = await textOf(placeOf(refused));
    expect(question).toContain('You opened this form for Ada. Now you act for Aster.');
    const next = nextOf(refused);
    expect(await textOf(next)).toContain(`name="_for" value="${ada.id}.${organisationId}"`);
    const chosen = await browser.post('/acting-changed', { organisation: '', next });
    expect(placeOf(chosen)).toBe(next);
    const form = await textOf(next);
    expect(form).toContain(`name="_for" value="${ada.id}"`);
    expect(form).toContain('value="For me"');
    expect(form).toContain('You act for yourself, Ada.');
  });

  it('is refused as a document, and when it has a file', async () => {
    const other = `${ada.id}.${k.ids.id()}`;
    const plain = await browser.post('/works/x/edit', { _for: other }, { Accept: 'application/json' });
    expect([plain.status, await plain.json()]).toMatchObject([409, { code: 'acting-changed' }]);
    const body = new FormData();
    body.set('_for', other);
    body.set('title', 'Ebb');
    const upload = await browser.send('/works/new', {
      method: 'POST',
      body,
      headers: { Accept: 'text/html', Origin: 'http://localhost:4000' },
    });
    expect(placeOf(upload)).toMatch(/^\/acting-changed\?next=/);
    expect(await textOf(nextOf(upload))).toContain('Ebb');
  });
});

it('an organisation one acts for is named on every page, and by every form', async () => {
  const { organisationId } = await createOrganisation(k, {
    userId: ada.id,
    name: 'Binder',
    country: 'DE',
    url: '',
  });
  await browser.post('/acting', { organisation: organisationId });
  const paths = app.routes
    .filter(({ method, path }) => method === 'GET' && !/[:*]|^\/(?:api|_)|\.\w+$/.test(path))
    .map(({ path }) => path);
  const faults: string[] = [];
  let pages = 0;
  for (const path of new Set(paths)) {
    const answer = await browser.get(path);
    if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/html') || answer.status >= 300) continue;
    pages += 1;
    const html = await answer.text();
    if (!html.includes('You act for Binder.')) faults.push(`${path}: no banner`);
    const forms = html.match(/<form method="post"[^>]*>(?!<input type="hidden" name="_for")/g) ?? [];
    if (forms.length > 0 || /<form (?!method="(?:get|post)")/.test(html))
      faults.push(`${path}: a form for nobody`);
  }
  expect(faults).toEqual([]);
  expect(pages).toBeGreaterThan(20);
});
