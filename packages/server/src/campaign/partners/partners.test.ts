import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureOperator, ensureUser, listActivity } from '../../identity/index.ts';
import { inTx, openMails, type Router } from '../../kernel/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { signIn } from '../../testing/sign-in.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import {
  confirmSignature,
  createPartner,
  currentConsent,
  eraseSignature,
  exportContacts,
  exportSignature,
  inviteModerator,
  leavePartner,
  moderatorExporter,
  protectName,
  signatureByToken,
  signatureCount,
  withdrawSignature,
} from '../index.ts';
import { insertReview } from '../reviews/store-reviews.ts';
import { createCampaign, signature, signed, tokenIn } from '../testing/campaign-world.ts';
import { readHosts } from './save-partner.ts';
import { showPartner } from './show-partners.ts';
import { insertModerator } from './store-moderators.ts';

const EN = 'The guild may write to me about its work.';
const PARTNER = {
  name: 'Guild of <script>alert(1)</script> Makers',
  hosts: 'www.guild.example\nguild.example',
  consentEn: EN,
  consentDe: 'Die Gilde darf mir <b>schreiben</b>.',
};

let k: TestKernel;
let app: Router;
let by: string;
let guild: string;
let operator: Browser;
let stranger: Browser;
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  by = (await inTx(k, (t) => ensureOperator(t, 'Operator', 'en'))).id;
  guild = await createPartner(k, { ...PARTNER, source: 'guild', by });
  await createPartner(k, { ...PARTNER, name: 'Other', source: 'other', by });
  operator = openBrowser(app);
  await signIn(k, operator, by);
  stranger = openBrowser(app);
});
afterAll(() => k.close());

const moderators: { [source: string]: { userId: string; browser: Browser } } = {};
/** Somebody who moderates for a partner, signed in. */
async function moderator(source: string) {
  const { id: userId } = await inTx(k, (t) =>
    ensureUser(t, { email: `${source}@moderates.example`, name: 'Mo', locale: 'en' }),
  );
  const { id: partnerId } = await showPartner(k, source);
  await insertModerator(k.db, { userId, partnerId, at: k.clock.now() });
  const browser = openBrowser(app);
  await signIn(k, browser, userId);
  moderators[source] = { userId, browser };
  return moderators[source];
}

/** An open report; answers its id. */
async function report(signatoryId: string): Promise<string> {
  const id = k.ids.id();
  const about = { id, signatoryId, kind: 'report', ground: 'other', words: 'Look at this.' } as const;
  const nobody = { reporterEmail: null, reporterLocale: null, openedAt: k.clock.now() };
  await insertReview(k.db, { ...about, ...nobody });
  return id;
}

let people = 0;
const mailbox = () => `partner-page${++people}@example.org`;
const form = (about: Record<string, string> = {}) => ({
  name: 'Ada Oduya',
  craft: 'author',
  country: 'DE',
  email: mailbox(),
  age: 'sixteen',
  consent: 'yes',
  declarationVersion: '1',
  consentVersion: String(currentConsent().version),
  partnerConsentVersion: '1',
  ...about,
});
/** Signs through a partner and confirms; answers the signature's id. */
async function through(source: string, about: Parameters<typeof signed>[1] = {}): Promise<string> {
  const email = about.email ?? mailbox();
  const token = await signed(k, { partnerConsentVersion: 1, ...about, email, source });
  return (await confirmSignature(k, token)).signature.id;
}
const contacts = () => exportContacts(k, { partnerId: guild, by, format: 'json' });
const upload = (path: string, bytes: Uint8Array<ArrayBuffer>, type: string) => {
  const body = new FormData();
  body.append('file', new File([bytes], 'logo', { type }));
  return operator.send(path, { method: 'POST', body, headers: { Accept: 'text/html' } });
};

describe('the form in a partner’s frame', () => {
  it('may be framed by that partner’s hosts only, and carries no markup of others', async () => {
    const response = await stranger.get('/widget/guild?lang=de&theme=dark');
    expect(response.status).toBe(200);
    const policy = response.headers.get('Content-Security-Policy')!;
    expect(policy).toMatch(/frame-ancestors http:\/\/www\.guild\.example https:\/\/www\.guild\.example /);
    expect(policy).toContain("default-src 'none'");
    expect(response.headers.get('X-Frame-Options')).toBeNull();
    const body = await response.text();
    expect(body).toContain('data-theme="dark"');
    expect(body).toContain('KI-Lizenzen für Kreative');
    expect(body).toContain('Guild of &lt;script&gt;');
    expect(body).toContain('&lt;b&gt;schreiben');
    expect(body).not.toContain('<script>alert');
    expect((await stranger.get('/sign')).headers.get('X-Frame-Options')).toBe('DENY');
    expect((await stranger.get('/static/widget.js')).headers.get('Cross-Origin-Resource-Policy')).toBe(
      'cross-origin',
    );
  });

  it('takes a signature with the source code, and mail for the partner only where its box is ticked', async () => {
    const [yes, no] = [form({ partnerConsent: 'yes', name: 'Yes Person' }), form({ name: 'No Person' })];
    for (const fields of [yes, no]) {
      const response = await stranger.post('/widget/guild?lang=de&theme=light', fields);
      const to = response.headers.get('Location')!;
      expect([response.status, to]).toEqual([303, '/widget/guild/sent?lang=de&theme=light']);
      expect((await stranger.get(to)).status).toBe(200);
      await confirmSignature(k, await tokenIn(k, 'c', fields.email));
    }
    expect((await contacts()).map(({ email, consentText }) => [email, consentText])).toEqual([
      [yes.email, PARTNER.consentDe],
    ]);
    const mine = await signatureByToken(k, await tokenIn(k, 's', yes.email));
    expect(await exportSignature(k, mine.id)).toMatchObject({
      signatures: [{ partner: { source: 'guild', consent: { version: 1, texts: { en: EN } } } }],
    });
  });

  it('says what is wrong, keeps what was typed, and does not take an outdated line for a yes', async () => {
    const fields = form({ name: '🎸' });
    const response = await stranger.post('/widget/guild', fields);
    expect(response.status).toBe(422);
    expect(response.headers.get('Content-Security-Policy')).toContain('frame-ancestors http');
    expect(await response.text()).toContain(`value="${fields.email}"`);
    const old = form({ partnerConsent: 'yes', partnerConsentVersion: '7' });
    expect((await stranger.post('/widget/guild', old)).status).toBe(409);
    expect((await stranger.post('/widget/guild', form({ 'leave-empty': 'x' }))).status).toBe(303);
  });

  it('is unknown under an unknown code', async () => {
    expect((await stranger.get('/widget/nobody')).status).toBe(404);
    expect((await stranger.get("/widget/x'%20or%201")).status).toBe(404);
    const body = JSON.stringify({ ...signature({ email: mailbox() }), source: 'nobody' });
    const answer = await app.request('/api/signatures', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect(await answer.json()).toMatchObject({ code: 'partner-unknown' });
    expect(await (await stranger.get('/sign?source=nobody')).text()).not.toContain('name="source"');
  });
});

describe('a partner’s own area', () => {
  it('is for its moderators: invited by mail, no others', async () => {
    const before = await openMails(k, 1_000);
    await inviteModerator(k, {
      name: 'Mod Erator',
      email: 'mod@guild.example',
      partnerId: guild,
      by,
      locale: 'en',
    });
    const mail = (await openMails(k, 1_000)).find((one) => !before.some(({ id }) => id === one.id))!;
    const path = new URL(/http\S+\/moderators\/\S+/.exec(mail.text)![0]).pathname;
    const moderator = openBrowser(app);
    expect(await (await moderator.get(path)).text()).toContain('An account for Mod Erator is made');
    expect((await moderator.post(path)).headers.get('Location')).toBe('/account');
    expect((await moderator.get(path)).status).toBe(404);
    expect(await (await moderator.get('/account')).text()).toContain('/partner/guild');
    const page = await (await moderator.get('/partner/guild')).text();
    expect(page).toContain('Yes Person');
    expect(page).not.toContain('partner-page1@');
    expect((await moderator.get('/partner/other')).status).toBe(403);
    expect((await moderator.get('/operator/campaign/queue')).status).toBe(403);
    const api = await moderator.send('/api/partners/guild');
    expect(await api.json()).toMatchObject({ counts: { confirmed: 2, contacts: 1 }, days: [{ count: 2 }] });
    const exported = await moderator.send('/api/partners/guild/exports', { method: 'POST' });
    expect(await exported.json()).toMatchObject({ contacts: [{ name: 'Yes Person' }] });
    expect((await moderator.send('/api/partners/other/exports', { method: 'POST' })).status).toBe(403);
    expect((await stranger.send('/api/partners/guild')).status).toBe(401);
    expect(await (await stranger.send('/api/partners')).json()).toMatchObject({
      partners: expect.arrayContaining([expect.objectContaining({ widget: '/widget/guild' })]),
    });
    expect((await moderator.post('/partner/other/export', { format: 'csv' })).status).toBe(403);
    const file = await moderator.post('/partner/guild/export', { format: 'csv' });
    expect(file.headers.get('Content-Disposition')).toContain('contacts-guild.csv');
    expect((await file.text()).split('\r\n')).toHaveLength(3);
    const log = await listActivity(k, { subject: `partner:${guild}`, limit: 50 });
    expect(log[0]).toMatchObject({
      action: 'campaign.partner-exported',
      detail: { format: 'csv', count: 1 },
    });
    const user = await inTx(k, (t) =>
      ensureUser(t, { email: 'mod@guild.example', name: 'Mod Erator', locale: 'en' }),
    );
    expect(await moderatorExporter.export(k, user.id)).toMatchObject([{ source: 'guild' }]);
    await moderator.get('/');
    await operator.post('/operator/campaign/partners/guild/moderators', { action: 'remove', user: user.id });
    expect((await moderator.get('/partner/guild')).status).toBe(403);
  });

  it('forgets who withdraws, erases or stops the mail', async () => {
    const about = { partnerConsent: true };
    const [a, b, c] = [
      await through('guild', about),
      await through('guild', about),
      await through('guild', about),
    ];
    const count = (await contacts()).length;
    await withdrawSignature(k, a);
    await eraseSignature(k, b);
    const email = (await exportSignature(k, c)).signatures[0]!.email;
    const manage = `/s/${await tokenIn(k, 's', email)}`;
    expect(await (await stranger.get(manage)).text()).toContain(EN);
    await stranger.post(manage, { action: 'partner-consent-end' });
    expect(await contacts()).toHaveLength(count - 3);
    expect(await exportSignature(k, c)).toMatchObject({
      signatures: [{ partner: { consent: { endedAt: expect.any(String) } } }],
    });
  });

  it('decides about throw-away mail of its own, never about protected names or what is others’', async () => {
    await protectName(k, { name: 'Famous Author', reason: 'known', by });
    const held = await through('guild', { email: 'x@mailinator.com', name: 'Held Here' });
    const both = await through('guild', { email: 'y@mailinator.com', name: 'Famous Author' });
    const theirs = await through('other', { email: 'z@mailinator.com', name: 'Held There' });
    const page = await (await operator.get('/partner/guild')).text();
    expect(page).toContain('Held Here');
    expect(page).not.toContain('Held There');
    const decide = (id: string) =>
      operator.post(`/partner/guild/held/${id}`, { outcome: 'accepted', answer: 'We know her.' });
    expect((await decide(both)).status).toBe(409);
    expect((await decide(theirs)).status).toBe(409);
    const { browser } = await moderator('other');
    const before = await signatureCount(k);
    expect((await browser.get('/partner/guild')).status).toBe(403);
    expect((await decide(held)).status).toBe(303);
    expect(await signatureCount(k)).toBe(before + 1);
    expect((await decide(held)).status).toBe(409);
  });
});

describe('reports about what came through a partner', () => {
  it('are found behind any number of others', async () => {
    const foreign = await through('other', { name: 'Reported Elsewhere' });
    for (let i = 0; i < 101; i++) await report(foreign);
    k.clock.advance(1_000);
    const own = await through('guild', { name: 'Reported Here' });
    const review = await report(own);
    const page = await (await operator.get('/partner/guild')).text();
    expect(page).toContain('Reported Here');
    expect(page).not.toContain('Reported Elsewhere');
    const path = `/partner/guild/reviews/${review}`;
    const kept = { outcome: 'kept', answer: 'She is real.' };
    const { browser } = moderators.other!;
    expect((await browser.post(`/partner/other/reviews/${review}`, kept)).status).toBe(409);
    expect((await operator.post('/partner/guild/reviews/x', kept)).status).toBe(409);
    expect((await operator.post(path, kept)).status).toBe(303);
    expect((await operator.post(path, kept)).status).toBe(409);
  });
});

describe('the desk', () => {
  it('draws logos again and takes nothing but pictures', async () => {
    const path = '/operator/campaign/partners/guild/logo';
    const png = await sharp({ create: { width: 900, height: 300, channels: 3, background: '#246' } })
      .withMetadata({ exif: { IFD0: { Copyright: 'secret place' } } })
      .png()
      .toBuffer();
    expect((await upload(path, new Uint8Array(png), 'image/png')).status).toBe(303);
    const src = /\/logos\/[0-9a-f]{64}\.png/.exec(await (await stranger.get('/')).text())![0];
    const logo = Buffer.from(await (await stranger.get(src)).arrayBuffer());
    expect(await sharp(logo).metadata()).toMatchObject({ format: 'png', width: 480, height: 160 });
    expect(logo.includes('secret place')).toBe(false);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const bytes of [svg, '\x89PNG\r\n\x1a\n and no picture', ''])
      expect((await upload(path, new TextEncoder().encode(bytes), 'image/png')).status).toBeGreaterThan(399);
    expect((await upload(path, new Uint8Array(20_000_000), 'image/png')).status).toBe(413);
    expect((await stranger.get(src)).status).toBe(200);
    expect((await upload('/operator/campaign/logo', new Uint8Array(png), 'image/png')).status).toBe(303);
    expect(await (await stranger.get('/declaration')).text()).toContain('class="logo"');
    expect((await stranger.get(`/logos/${'a'.repeat(64)}.png`)).status).toBe(404);
  });

  it.each([
    '',
    'a b c//',
    'https://guild.example/path',
    "guild.example;script-src 'unsafe-inline'",
    '*',
    'x@y.example',
  ])('takes no host %j', (text) => {
    expect(() => readHosts({ ...k, site: { ...k.site, baseUrl: 'https://a.example' } }, text)).toThrow(
      'partner-host-invalid',
    );
  });

  it('lets campaign moderators work the queue, and nothing else', async () => {
    const user = await inTx(k, (t) =>
      ensureUser(t, { email: 'queue@example.org', name: 'Queue', locale: 'en' }),
    );
    const browser = openBrowser(app);
    await signIn(k, browser, user.id);
    expect((await browser.get('/operator/campaign/queue')).status).toBe(403);
    await operator.post('/operator/campaign/moderators', {
      action: 'invite',
      name: 'Queue',
      email: 'queue@example.org',
    });
    const [mail] = (await openMails(k, 50)).filter(({ recipient }) => recipient === 'queue@example.org');
    const path = new URL(/http\S+\/moderators\/\S+/.exec(mail!.text)![0]).pathname;
    const other = openBrowser(app);
    expect((await other.post(path)).status).toBe(409);
    expect((await browser.post(path)).status).toBe(303);
    const queue = await (await browser.get('/operator/campaign/queue')).text();
    expect(queue).toContain('Famous Author');
    const id = /queue\/([0-9a-f-]{36})"/.exec(queue)![1]!;
    const answer = { outcome: 'removed', answer: 'Not this person.' };
    expect((await browser.post(`/operator/campaign/queue/${id}`, answer)).status).toBe(303);
    expect((await browser.get('/operator/campaign')).status).toBe(403);
    expect((await browser.get('/operator/campaign/partners')).status).toBe(403);
  });

  it('ends a partnership: frame and export close, nobody is handed on', async () => {
    await through('other', { partnerConsent: true });
    const id = (await operator.get('/operator/campaign/partners/other')).status;
    expect(id).toBe(200);
    await operator.post('/operator/campaign/partners/other/end');
    const page = await stranger.get('/widget/other?lang=en');
    expect(page.status).toBe(410);
    expect(await page.text()).toContain('no longer a partner');
    expect((await operator.post('/partner/other/export', { format: 'csv' })).status).toBe(410);
    expect((await stranger.post('/widget/other', form())).status).toBe(410);
    expect((await operator.post('/operator/campaign/partners/other/end')).status).toBe(410);
    const held = await sql<{
      id: string;
    }>`select id from campaign.signatories where name = 'Held There'`.execute(k.db);
    const { userId, browser } = moderators.other!;
    expect((await browser.get('/partner/other')).status).toBe(200);
    const decide = { outcome: 'accepted', answer: 'We know her.' };
    expect((await browser.post(`/partner/other/held/${held.rows[0]!.id}`, decide)).status).toBe(410);
    const review = await report(held.rows[0]!.id);
    expect(
      (await browser.post(`/partner/other/reviews/${review}`, { ...decide, outcome: 'kept' })).status,
    ).toBe(410);
    expect(await (await browser.get('/partner/other')).text()).not.toContain('name="outcome"');
    expect(userId).not.toBe(by);
    const again = { ...PARTNER, source: 'other', by };
    await expect(createPartner(k, again)).rejects.toThrow('partner-source-taken');
    await expect(leavePartner(k, { id: 'nobody', by })).rejects.toThrow('partner-unknown');
  });
});
