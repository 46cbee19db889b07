import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { findUserByEmail } from '../identity/index.ts';
import { jobCounts, type Router } from '../kernel/index.ts';
import { drain } from '../testing/drain.ts';
import type { TestKernel } from '../testing/test-kernel.ts';
import { createTestKernel } from '../testing/test-kernel.ts';
import { delayMail } from './floods/limits.ts';
import {
  campaignSubscribers,
  confirmSignature,
  currentConsent,
  readConfirmation,
  signatureByToken,
  signatureCount,
  signDeclaration,
} from './index.ts';
import { createCampaign, mailsTo, signature, signed, tokenIn } from './testing/campaign-world.ts';

let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
});
afterAll(() => k.close());

let people = 0;
const mailbox = () => `page${++people}@example.org`;
const html = { Accept: 'text/html', 'Accept-Language': 'en' };
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers: { ...html, ...headers } });
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: 'POST',
    headers: { ...html, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
const api = (path: string, body: unknown) =>
  app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const form = (about: Record<string, string> = {}) => ({
  name: 'Ada Oduya',
  craft: 'author',
  country: 'DE',
  email: mailbox(),
  age: 'sixteen',
  consent: 'yes',
  declarationVersion: '1',
  consentVersion: String(currentConsent().version),
  ...about,
});
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

describe('the pages to read', () => {
  it.each(['/', '/declaration', '/sign', '/sign/sent', '/wall'])('%s in both languages', async (path) => {
    for (const lang of ['en', 'de']) {
      const response = await get(`${path}?lang=${lang}`);
      expect(response.status).toBe(200);
      const body = await response.text();
      expect(body).toContain(`<html lang="${lang}">`);
      expect(body).not.toMatch(/undefined|\[object|style=/);
    }
  });

  it('show the declaration whole with version, date and fingerprint', async () => {
    const body = await (await get('/declaration')).text();
    const { sha256, texts } = (await (await get('/api/declaration')).json()) as {
      sha256: string;
      texts: { en: { demands: string[] } };
    };
    expect(body).toContain(sha256);
    expect(body).toContain('Version 1');
    for (const demand of texts.en.demands) expect(body).toContain(demand);
  });

  it('teach the next step while nobody has signed', async () => {
    const bare = createApp(await createTestKernel());
    expect(await (await bare.request('/wall', { headers: html })).text()).toContain('No name here yet');
    expect(await (await bare.request('/', { headers: html })).text()).toContain('Nobody has signed yet');
  });
});

describe('signing on the page', () => {
  it('goes from the form over the mail to the wall', async () => {
    const before = await signatureCount(k);
    const fields = form({ name: 'عمر خيري' });
    const response = await post('/sign', fields);
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/sign/sent']);
    const token = await tokenIn(k, 'c', fields.email);
    const shown = await (await get(`/c/${token}`)).text();
    expect(shown).toContain('عمر خيري');
    expect(shown).toContain('Confirm, and count me');
    const thanks = await post(`/c/${token}`, {});
    expect(thanks.status).toBe(200);
    expect(await thanks.text()).toContain('Your signature counts');
    expect(await signatureCount(k)).toBe(before + 1);
    expect(await (await get('/wall')).text()).toContain('<bdi>عمر خيري</bdi>');
    const again = await post(`/c/${token}`, {});
    expect(again.status).toBe(200);
    expect(await again.text()).toContain('already confirmed');
    expect(await signatureCount(k)).toBe(before + 1);
  });

  it('is confirmed by nothing that only looks', async () => {
    const before = await signatureCount(k);
    const fields = form();
    await post('/sign', fields);
    const token = await tokenIn(k, 'c', fields.email);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET'])
      await app.request(`/c/${token}`, { method, headers: html });
    expect(await signatureCount(k)).toBe(before);
    expect((await readConfirmation(k, token)).state).toBe('pending');
    const foreign = await post(`/c/${token}`, {}, { Origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await signatureCount(k)).toBe(before);
  });

  it('lets the owner of the mailbox put right what was typed', async () => {
    const fields = form({ name: 'Wrong Nmae', mailConsent: 'yes' });
    await post('/sign', fields);
    const token = await tokenIn(k, 'c', fields.email);
    const bad = await post(`/c/${token}`, { name: '🎸', craft: 'singer', country: 'AT' });
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain('We could not read this as a name');
    const right = { name: 'Right Name', craft: 'singer', country: 'AT', hideName: 'yes' };
    const thanks = await (await post(`/c/${token}`, right)).text();
    expect(thanks).toContain('your name is not shown');
    expect(thanks).toContain('We do not write to you');
    expect(await (await get('/wall')).text()).not.toMatch(/Right Name|Wrong Nmae/);
  });

  it.each([
    ['name', 'A\u200bda'],
    ['name', '\u202eadA'],
    ['name', 'x'.repeat(10_000)],
    ['name', ''],
    ['name', '🎸🎸'],
    ['craft', 'banker'],
    ['country', 'XX'],
    ['email', 'nobody'],
    ['age', 'five'],
    ['consent', 'no'],
  ])('says what is wrong with %s %j and keeps what was typed', async (field, value) => {
    const fields = form({ [field]: value });
    const response = await post('/sign', fields);
    expect(response.status).toBe(422);
    const body = await response.text();
    // Tied to the field for those who do not see where it stands.
    expect(body).toMatch(
      new RegExp(`name="${field}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*name="${field}"`),
    );
    expect(body).toContain(`id="f-${field}-error"`);
    if (field !== 'email') expect(body).toContain(`value="${fields.email}"`);
    if (field !== 'email') expect(await mailsTo(k, fields.email)).toBe(0);
  });

  it('tells a program in the trap nothing, and keeps nothing', async () => {
    const fields = form({ 'leave-empty': 'https://spam.example' });
    const response = await post('/sign', fields);
    expect(response.headers.get('Location')).toBe('/sign/sent');
    expect(await mailsTo(k, fields.email)).toBe(0);
  });

  it('answers the same whether the address is known or not', async () => {
    const email = mailbox();
    const answers = [];
    for (let i = 0; i < 3; i++) {
      const response = await post('/sign', form({ email }));
      answers.push([response.status, response.headers.get('Location'), await response.text()]);
      if (i === 1) await confirmSignature(k, await tokenIn(k, 'c', email));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('slows a flood from one domain and from one network', async () => {
    const flood = await createCampaign();
    const other = createApp(flood);
    const from = (peer: string, email: string) =>
      other.request(
        '/api/signatures',
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ ...signature(), email }),
        },
        { incoming: { socket: { remoteAddress: peer } } },
      );
    const one = [];
    for (let i = 0; i < 50; i++) one.push(await from('203.0.113.9', `a${i}@d${i}.example`));
    expect(one.filter((r) => r.status === 202)).toHaveLength(25);
    const late = one.at(-1)!;
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await from('198.51.100.7', 'b@elsewhere.example')).status).toBe(202);
    const many = [];
    for (let i = 0; i < 70; i++) many.push(await from(`10.${i}.0.1`, `c${i}@one.example`));
    expect(many.every((r) => r.status === 202)).toBe(true);
    const last = (await many.at(-1)!.json()) as { mailInSeconds: number };
    expect(last.mailInSeconds).toBe(150);
    expect(await mailsTo(flood, 'c59@one.example')).toBe(1);
    expect(await mailsTo(flood, 'c69@one.example')).toBe(0);
    flood.clock.advance(150_000);
    await drain(flood);
    expect(await mailsTo(flood, 'c69@one.example')).toBe(1);
    await flood.close();
  });
});

describe('a crowd', () => {
  it('at a mail provider costs a place only for mails that leave, and refuses nobody', async () => {
    const busy = await createCampaign();
    const sign = (email: string, peer: string) => signDeclaration(busy, signature({ email }), peer);
    // One address, typed again and again from many networks, queues one mail.
    for (let i = 0; i < 200; i++) await sign('known@town.example', `10.${i % 250}.0.0/24`);
    expect(await sign('honest@town.example', '192.0.2.0/24')).toEqual({ waitMs: 0, waitsFor: undefined });
    for (let i = 0; i < 600; i++) delayMail(busy, { domain: 'town.example', country: 'DE' });
    const late = { waitMs: 7_200_000, waitsFor: 'mail-domain' };
    expect(await sign('last@town.example', '192.0.2.0/24')).toEqual(late);
    // The answer says nothing of who is known.
    expect(await sign('known@town.example', '192.0.2.0/24')).toEqual(late);
    await busy.close();
  });

  it('in a country delays mails to it, and to no other', async () => {
    const busy = await createCampaign();
    const there = createApp(busy);
    // 5,000 at once, then 60,000 an hour; each at a mail provider of its own.
    for (let i = 0; i < 6_000; i++) delayMail(busy, { domain: `d${i}.example`, country: 'LU' });
    const fields = form({ country: 'LU', email: 'lux@elsewhere.example' });
    const answer = await there.request('/sign', {
      method: 'POST',
      headers: { ...html, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    expect(answer.headers.get('Location')).toBe('/sign/sent?minutes=2&by=country');
    const page = (lang: string) =>
      there.request(`/sign/sent?minutes=2&by=country&lang=${lang}`, { headers: html });
    expect(await (await page('en')).text()).toContain('from the country you gave');
    expect(await (await page('de')).text()).toContain('aus dem Land, das Sie angegeben haben');
    expect((await signDeclaration(busy, signature({ email: 'at@else.example', country: 'AT' }))).waitMs).toBe(
      0,
    );
    await busy.close();
  });
});

describe('links that no longer hold', () => {
  it('say so with code and cure', async () => {
    const unknown = await get(`/c/${'A'.repeat(43)}`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('confirmation-unknown');
    const token = await signed(k, { email: mailbox() });
    k.clock.advance(7 * 86_400_000);
    for (const response of [await get(`/c/${token}`), await post(`/c/${token}`, {})]) {
      expect(response.status).toBe(410);
      expect(await response.text()).toContain('confirmation-expired');
    }
    const late = await post('/sign/account', { accountToken: token });
    expect(late.status).toBe(410);
  });
});

describe("one's own signature", () => {
  const make = async (about: Parameters<typeof signed>[1] = {}) => {
    const email = mailbox();
    const token = await signed(k, { email, ...about });
    return { email, token, manage: `/s/${await tokenIn(k, 's', email)}` };
  };

  const readSignature = (manage: string) => signatureByToken(k, manage.slice('/s/'.length));

  it('is seen, changed, exported, withdrawn and erased by the link in the mail', async () => {
    const { token, manage } = await make({ name: 'Mine Own' });
    expect(await (await get(manage)).text()).toContain('Waiting');
    await confirmSignature(k, token);
    const count = await signatureCount(k);
    const change = { action: 'correct', name: 'Mine Öwn', craft: 'poet', country: 'CH' };
    const changed = await post(manage, change);
    expect(changed.headers.get('Location')).toBe(`${manage}?done=saved`);
    expect(await (await get('/wall?q=mine%20own')).text()).toContain('Mine Öwn');
    const refused = await post(manage, { ...change, name: '' });
    expect(refused.status).toBe(422);
    const exported = await get(`${manage}/export`);
    expect(exported.headers.get('Content-Disposition')).toContain('attachment');
    expect(await exported.json()).toMatchObject({ signatures: [{ name: 'Mine Öwn', state: 'confirmed' }] });
    await get(manage);
    expect(await signatureCount(k)).toBe(count);
    await post(manage, { action: 'withdraw' });
    expect(await signatureCount(k)).toBe(count - 1);
    expect(await (await get(`${manage}?done=withdrawn`)).text()).toContain('Your signature is withdrawn');
    expect(await (await get('/wall?q=mine')).text()).not.toContain('Mine Öwn');
    expect(await (await post(manage, { action: 'erase' })).text()).toContain('Everything is erased');
    expect((await get(manage)).status).toBe(404);
    expect((await post(manage, { action: 'withdraw' })).status).toBe(404);
  });

  it('that was never hers can be refused for good', async () => {
    const { email, manage } = await make();
    expect(await (await get(manage)).text()).toContain('This was not me');
    await post(manage, { action: 'never' });
    k.clock.advance(2 * 86_400_000);
    const answer = await post('/sign', form({ email }));
    expect(answer.headers.get('Location')).toBe('/sign/sent');
    expect(await mailsTo(k, email)).toBe(0);
  });

  it('becomes an account on her click, signed in, with nothing typed again', async () => {
    const { token } = await make({ name: 'Mara Vogel', craft: 'composer', country: 'AT' });
    const thanks = await (await post(`/c/${token}`, {})).text();
    const accountToken = /name="accountToken" value="([^"]+)"/.exec(thanks)![1]!;
    const response = await post('/sign/account', { accountToken });
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/rights?next=/works/new']);
    const mine = await get('/me/signature', { Cookie: cookieOf(response) });
    const page = await mine.text();
    expect(page).toContain('Mara Vogel');
    expect(page).toContain('Signature and account are two things');
    expect((await post('/sign/account', { accountToken })).status).toBe(410);
    const erase = await post('/me/signature', { action: 'erase' }, { Cookie: cookieOf(response) });
    expect(await erase.text()).toContain('Everything is erased');
    const none = await get('/me/signature', { Cookie: cookieOf(response) });
    expect(await none.text()).toContain('There is no signature with this address');
  });

  it('outlives the account', async () => {
    const { token, manage } = await make({ name: 'Two Things' });
    const thanks = await (await post(`/c/${token}`, {})).text();
    const accountToken = /name="accountToken" value="([^"]+)"/.exec(thanks)![1]!;
    const response = await post('/sign/account', { accountToken });
    const account = await (await get('/account', { Cookie: cookieOf(response) })).text();
    expect(account).toContain('Signature and account are two things');
    const count = await signatureCount(k);
    const { userId } = await readSignature(manage);
    await campaignSubscribers[0]!.handle(k, { userId });
    expect(await readSignature(manage)).toMatchObject({ userId: null, state: 'confirmed' });
    expect(await signatureCount(k)).toBe(count);
  });

  it('leads to an account later too, by a link to the same mailbox', async () => {
    const { email, token, manage } = await make();
    expect((await post(manage, { action: 'account' })).status).toBe(409);
    await confirmSignature(k, token);
    const response = await post(manage, { action: 'account' });
    expect(response.headers.get('Location')).toBe(`${manage}?done=linkSent`);
    expect(await findUserByEmail(k, email)).toMatchObject({ email });
    const waiting = await jobCounts(k);
    expect(waiting).toContainEqual(expect.objectContaining({ kind: 'identity.send-sign-in-link' }));
    expect((await post(manage, { action: 'account' })).status).toBe(429);
  });

  it('is not shown to strangers', async () => {
    expect([303, 401]).toContain((await get('/me/signature')).status);
  });
});

describe('the API', () => {
  it('signs, confirms, lists, withdraws', async () => {
    const email = mailbox();
    const input = { ...signature({ email, name: 'Api Person' }) };
    const sent = await api('/api/signatures', input);
    expect([sent.status, await sent.json()]).toEqual([
      202,
      { next: 'open-mail', mailInSeconds: 0, mailWaitsFor: null },
    ]);
    const token = await tokenIn(k, 'c', email);
    const count = await signatureCount(k);
    const confirmed = await api('/api/signatures/confirmation', { token });
    expect([confirmed.status, await confirmed.json()]).toEqual([
      200,
      { state: 'confirmed', count: count + 1 },
    ]);
    const again = await api('/api/signatures/confirmation', { token });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([
      409,
      'confirmation-used',
    ]);
    const list = await (await get('/api/signatures?q=api%20person&craft=author')).json();
    expect(list).toMatchObject({ count: count + 1, signatures: [{ name: 'Api Person', country: 'DE' }] });
    expect(JSON.stringify(list)).not.toContain(email);
    const manage = await tokenIn(k, 's', email);
    const gone = await api('/api/signatures/withdrawal', { token: manage, erase: true });
    expect(await gone.json()).toEqual({ state: 'erased', count });
    const unknown = await api('/api/signatures/withdrawal', { token: manage });
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([
      404,
      'signature-link-unknown',
    ]);
  });

  it.each([
    ['/api/signatures', {}, 422],
    ['/api/signatures', { ...signature(), consent: false }, 422],
    ['/api/signatures', { ...signature(), name: '🎸' }, 422],
    ['/api/signatures', { ...signature(), declarationVersion: 2 }, 409],
    ['/api/signatures/confirmation', { token: 1 }, 422],
  ])('refuses what is not a signature: %s %j', async (path, body, status) => {
    const response = await api(path, body);
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it.each(['limit=0', 'limit=x', 'craft=banker', 'country=xx', 'after=zzz'])('refuses %s', async (query) => {
    expect((await get(`/api/signatures?${query}`)).status).toBe(422);
  });
});
