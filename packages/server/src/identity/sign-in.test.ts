import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { listMails, type Router } from '../kernel/index.ts';
import { openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { lastLink } from '../testing/last-link.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { createOperatorLink, ensureUser, needsOperatorLink } from './index.ts';

const MINUTE = 60_000;
let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createTestKernel();
  app = createApp(k);
  await ensureUser(k, { email: 'ada@example.org', name: 'Ada', locale: 'en' });
});
afterAll(() => k.close());
beforeEach(async () => {
  // A day later nobody has asked too often.
  k.clock.advance(24 * 60 * MINUTE);
  await sql`truncate kernel.mails`.execute(k.db);
});

async function askForLink(next?: string) {
  const browser = openBrowser(app);
  const asked = await browser.post('/sign-in', { email: 'ada@example.org', ...(next ? { next } : {}) });
  expect([asked.status, asked.headers.get('Location')]).toEqual([303, '/sign-in/sent']);
  await drain(k);
  return { browser, link: await lastLink(k, 'ada@example.org') };
}

describe('signing in by mail', () => {
  it('goes from the page by mail and button to where one wanted to be', async () => {
    const browser = openBrowser(app);
    const wanted = await browser.get('/account/profile?x=1');
    expect(wanted.headers.get('Location')).toBe('/sign-in?next=%2Faccount%2Fprofile%3Fx%3D1');
    const page = await (await browser.get(wanted.headers.get('Location')!)).text();
    expect(page).toContain('name="next" value="/account/profile?x=1"');
    await browser.post('/sign-in', { email: ' ADA@example.ORG', next: '/account/profile?x=1' });
    await drain(k);
    const link = await lastLink(k, 'ada@example.org');

    for (let i = 0; i < 3; i++) {
      const opened = await browser.get(link);
      expect(opened.status).toBe(200);
      expect(opened.headers.get('Cache-Control')).toBe('no-store');
      expect(await opened.text()).toContain('sign in as ada@example.org');
      expect(browser.cookies.has('session')).toBe(false);
    }
    const done = await browser.post(link);
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/account/profile?x=1']);
    expect((await browser.get('/account')).status).toBe(200);
    expect(await (await browser.send('/api/me')).json()).toMatchObject({ name: 'Ada', operator: false });
  });

  it('uses a link once, even when two come at the same moment, and says what helps', async () => {
    const { browser, link } = await askForLink();
    const others = [openBrowser(app), openBrowser(app), browser];
    const answers = await Promise.all(others.map((b) => b.post(link)));
    expect(answers.map((r) => r.status).sort()).toEqual([303, 410, 410]);
    const again = await openBrowser(app).get(link);
    expect(again.status).toBe(410);
    expect(await again.text()).toMatch(/already been used[\s\S]*What helps/);
  });

  it('refuses an expired and an unknown link', async () => {
    const { browser, link } = await askForLink();
    k.clock.advance(30 * MINUTE);
    const late = await browser.post(link);
    expect(late.status).toBe(410);
    expect(await late.text()).toContain('link-expired');
    for (const token of ['x', 'A'.repeat(43), '%00', `${'A'.repeat(43)}'--`]) {
      expect((await browser.post(`/l/${token}`)).status).toBe(404);
    }
    expect(browser.cookies.has('session')).toBe(false);
  });

  it('never leaves the site, whatever next says', async () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      '/.//evil.example',
      '/%0d%0aX: y',
    ]) {
      const { browser, link } = await askForLink(next);
      const location = (await browser.post(link)).headers.get('Location')!;
      expect(new URL(location, 'http://localhost:4000').host).toBe('localhost:4000');
      expect(location).not.toMatch(/[\r\n]/);
      k.clock.advance(60 * MINUTE);
    }
    const signedIn = (await askForLink()).browser;
    await signedIn.post(await lastLink(k, 'ada@example.org'));
    expect((await signedIn.get('/sign-in?next=//evil.example')).headers.get('Location')).toBe('/account');
  });

  it('keeps no token at rest but in the mail itself', async () => {
    const { link } = await askForLink();
    const dump = await sql<{ t: string }>`select l::text as t from identity.login_links l`.execute(k.db);
    expect(dump.rows.map((row) => row.t).join()).not.toContain(link.slice(3));
    const wishes = await sql`select * from identity.sign_in_requests`.execute(k.db);
    expect(wishes.rows).toEqual([]);
  });

  it('refuses a form another site sent', async () => {
    const { browser, link } = await askForLink();
    const answer = await browser.post(
      link,
      {},
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
    expect((await browser.post(link)).status).toBe(303);
  });
});

it('programs ask for a link the same way', async () => {
  const program = openBrowser(app);
  const json = (body: unknown) =>
    program.send('/api/session-links', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
  expect((await json({ email: 'ada@example.org', next: '/works' })).status).toBe(202);
  expect((await json({ email: 'nobody@example.org' })).status).toBe(202);
  expect((await json({})).status).toBe(422);
  expect((await json('{')).status).toBe(400);
  await drain(k);
  const link = await lastLink(k, 'ada@example.org');
  expect((await program.send(link, { method: 'POST' })).headers.get('Location')).toBe('/works');
  const me = await program.send('/api/me');
  expect([me.status, me.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
});

describe('strangers', () => {
  it('learn nothing: same answer and same work at once, mail only for an account', async () => {
    const shape = async (email: string) => {
      const response = await openBrowser(app).post('/sign-in', { email });
      const headers = [...response.headers].filter(([name]) => name !== 'x-request-id');
      const queued = await sql<{
        n: number;
      }>`select count(*)::int as n from kernel.jobs where state = 'ready' and kind <> 'mail.send'`.execute(
        k.db,
      );
      const wishes = await sql<{
        n: number;
      }>`select count(*)::int as n from identity.sign_in_requests`.execute(k.db);
      const mails = (await listMails(k)).length;
      await drain(k);
      return {
        status: response.status,
        headers,
        body: await response.text(),
        queued: queued.rows,
        wishes: wishes.rows,
        mails,
      };
    };
    await drain(k);
    expect(await shape('ada@example.org')).toEqual(
      await shape('nobody@example.org').then((s) => ({ ...s, mails: 0 })),
    );
    expect((await listMails(k)).map((mail) => mail.recipient)).toEqual(['ada@example.org']);
  });

  it('are held back the same for known and unknown addresses', async () => {
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      const answers = [];
      for (let i = 0; i < 6; i++) answers.push(await openBrowser(app).post('/sign-in', { email }));
      expect(answers.map((r) => r.status)).toEqual([303, 303, 303, 303, 303, 429]);
      expect(Number(answers[5]!.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
  });

  it.each([
    '',
    'ada',
    'a@b',
    'ada@example.org\r\nBcc: x@example.org',
    'ada\u200b@example.org',
    'a'.repeat(10_000),
    '\u0000@example.org',
  ])('get a plain sentence for %j', async (email) => {
    const response = await openBrowser(app).post('/sign-in', { email });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('email-invalid');
    const json = await openBrowser(app).send('/api/session-links', {
      method: 'POST',
      body: JSON.stringify({ email }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(json.status).toBe(422);
  });

  it('are sent to sign in by pages, and told so by the API', async () => {
    const browser = openBrowser(app);
    expect((await browser.get('/account')).headers.get('Location')).toBe('/sign-in?next=%2Faccount');
    const referer = 'http://localhost:4000/account?tab=1';
    const posted = await browser.post('/account/sessions/end-others', {}, { Referer: referer });
    expect(posted.headers.get('Location')).toBe('/sign-in?next=%2Faccount%3Ftab%3D1');
    const foreign = await browser.post('/account/address', {}, { Referer: 'https://evil.example/x' });
    expect(foreign.headers.get('Location')).toBe('/sign-in?next=%2Faccount');
    const me = await browser.send('/api/me');
    expect([me.status, (await me.json()).code]).toEqual([401, 'sign-in-required']);
  });
});

describe('the operator', () => {
  it('comes by a link of one use and one hour; a newer link replaces it', async () => {
    expect(await needsOperatorLink(k)).toBe(true);
    const first = new URL(await createOperatorLink(k)).pathname;
    const second = new URL(await createOperatorLink(k)).pathname;
    const browser = openBrowser(app);
    expect((await browser.get(first)).status).toBe(404);
    expect(await (await browser.get(second)).text()).toContain('operator');
    const done = await browser.post(second);
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/operator/setup']);
    expect((await browser.get('/operator/setup')).status).toBe(200);
    expect(await needsOperatorLink(k)).toBe(false);
    expect((await browser.post(second)).status).toBe(410);

    const third = new URL(await createOperatorLink(k)).pathname;
    k.clock.advance(60 * MINUTE);
    expect((await browser.post(third)).status).toBe(410);
    const fourth = new URL(await createOperatorLink(k)).pathname;
    const other = openBrowser(app);
    await other.post(fourth);
    const ids = [browser, other].map(async (b) => (await (await b.send('/api/me')).json()).id);
    expect(new Set(await Promise.all(ids)).size).toBe(1);
  });

  it('alone sees the activity log, a page at a time', async () => {
    const { browser, link } = await askForLink();
    await browser.post(link);
    expect((await browser.get('/operator/activity')).status).toBe(403);
    const operator = openBrowser(app);
    await operator.post(new URL(await createOperatorLink(k)).pathname);
    for (let i = 0; i < 60; i++) {
      await sql`insert into identity.activity (actor, action, subject, detail, at)
        values ('system', ${`test.${i}`}, 'thing:1', '{}', now())`.execute(k.db);
    }
    const page = await (await operator.get('/operator/activity?subject=thing:1')).text();
    expect(page).toContain('test.59');
    expect(page).not.toContain('test.9<');
    const older = /href="([^"]*before=[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&');
    const next = await (await operator.get(older)).text();
    expect(next).toContain('test.9<');
    expect(next).not.toContain('test.10<');
    expect((await operator.get('/operator/activity?before=x')).status).toBe(422);
    expect((await operator.get('/operator/activity?subject=%00')).status).toBe(422);
  });
});
