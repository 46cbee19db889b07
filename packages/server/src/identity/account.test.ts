import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { listMails, type Router } from '../kernel/index.ts';
import { partyOfUser } from '../parties/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { lastLink } from '../testing/last-link.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { createOperatorLink, ensureUser, findUser, findUserByEmail, type User } from './index.ts';

let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createTestKernel();
  app = createApp(k);
});
afterAll(() => k.close());
beforeEach(() => k.clock.advance(86_400_000));

async function signedIn(name: string): Promise<{ user: User; browser: Browser }> {
  const email = `${name}@example.org`;
  const user = await ensureUser(k, { email, name, locale: 'en' });
  const browser = openBrowser(app);
  await signIn(browser, email);
  return { user, browser };
}
async function signIn(browser: Browser, email: string): Promise<void> {
  await browser.post('/sign-in', { email });
  await drain(k);
  expect((await browser.post(await lastLink(k, email))).status).toBe(303);
}
const meOf = async (browser: Browser) => (await browser.send('/api/me')).status;

describe('name and language', () => {
  it('are changed on the account page, which follows the language', async () => {
    const { user, browser } = await signedIn('ada');
    const saved = await browser.post('/account', { name: '  Ada   Lovelace ', locale: 'de' });
    expect(saved.status).toBe(303);
    expect(await (await browser.get(saved.headers.get('Location')!)).text()).toContain('Mein Konto');
    expect(await findUser(k, user.id)).toMatchObject({ name: 'Ada Lovelace', locale: 'de' });
  });

  it.each(['', 'a'.repeat(10_000), 'A\u202Eda', 'A\u200Bda', 'Ada\u0000', '\u2067Ada'])(
    'a name that is not one clean line is refused and shown again: %j',
    async (name) => {
      const { user, browser } = await signedIn('names');
      for (const path of ['/account', '/account/profile']) {
        const answer = await browser.post(path, { name, locale: 'en', craft: 'poet', country: '' });
        expect(answer.status).toBe(422);
        expect(await answer.text()).toContain('invalid-input');
      }
      expect((await findUser(k, user.id))?.name).toBe('names');
    },
  );

  it('how the name appears in public is another matter, and escaped', async () => {
    const { user, browser } = await signedIn('pen');
    const name = '<script>alert(1)</script>';
    expect((await browser.post('/account/profile', { name, craft: 'poet', country: 'AT' })).status).toBe(303);
    const page = await (await browser.get('/account')).text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('Austria');
    expect(page).toContain('a link sent to it was opened and confirmed');
    expect(await partyOfUser(k, user.id)).toMatchObject({ name, craft: 'poet', country: 'AT' });
  });
});

describe('sessions', () => {
  it('are listed and ended one by one, all others at once, or by signing out', async () => {
    const { browser } = await signedIn('multi');
    const [second, third] = [openBrowser(app), openBrowser(app)];
    for (const other of [second, third]) await signIn(other, 'multi@example.org');
    const { sessions } = await (await browser.send('/api/sessions')).json();
    expect(sessions).toHaveLength(3);
    expect(sessions.filter((s: { current: boolean }) => s.current)).toHaveLength(1);
    const theirs = (await (await second.send('/api/sessions')).json()).sessions.find(
      (s: { current: boolean }) => s.current,
    );
    expect((await browser.post(`/account/sessions/${theirs.id}/end`)).status).toBe(303);
    expect([await meOf(browser), await meOf(second), await meOf(third)]).toEqual([200, 401, 200]);
    expect((await browser.post(`/account/sessions/${theirs.id}/end`)).status).toBe(404);
    expect((await browser.post('/account/sessions/nonsense/end')).status).toBe(404);
    expect((await browser.send('/api/sessions', { method: 'DELETE' })).status).toBe(204);
    expect([await meOf(browser), await meOf(third)]).toEqual([200, 401]);
    const cookie = new Map(browser.cookies);
    expect((await browser.post('/sign-out')).headers.get('Location')).toBe('/sign-in');
    for (const [name, value] of cookie) browser.cookies.set(name, value);
    expect(await meOf(browser)).toBe(401);
  });

  it('of somebody else cannot be ended', async () => {
    const [ada, eve] = [await signedIn('ada'), await signedIn('eve')];
    const { sessions } = await (await ada.browser.send('/api/sessions')).json();
    for (const { id } of sessions) {
      expect((await eve.browser.send(`/api/sessions/${id}`, { method: 'DELETE' })).status).toBe(404);
      expect((await eve.browser.post(`/account/sessions/${id}/end`)).status).toBe(404);
    }
    expect(await meOf(ada.browser)).toBe(200);
  });
});

describe('a new address', () => {
  it('holds only after its own mailbox confirmed, tells the old one and ends other sessions', async () => {
    const { user, browser } = await signedIn('old');
    const other = openBrowser(app);
    await signIn(other, 'old@example.org');
    await browser.get('/account');
    expect(
      (await browser.post('/account/address', { email: 'New@Example.org' })).headers.get('Location'),
    ).toBe('/account/address?sent');
    const link = await lastLink(k, 'New@example.org');
    expect((await findUser(k, user.id))?.email).toBe('old@example.org');
    expect(await (await browser.get(link)).text()).toContain('New@example.org');
    expect((await browser.post(link)).headers.get('Location')).toBe('/account');
    expect((await findUser(k, user.id))?.email).toBe('New@example.org');
    expect([await meOf(browser), await meOf(other)]).toEqual([200, 401]);
    expect((await listMails(k)).find((m) => m.recipient === 'old@example.org')?.subject).toMatch(
      /was changed/,
    );
    await drain(k);
    expect(await (await browser.get('/account/data.json')).json()).toMatchObject({
      user: { email: 'New@example.org' },
      party: { checks: [{ kind: 'email-confirmed' }, { kind: 'email-confirmed' }] },
    });
  });

  it('is given to one of two who race for it, and the other keeps what they had', async () => {
    const [ada, eve] = [await signedIn('racer1'), await signedIn('racer2')];
    const links = [];
    for (const { browser } of [ada, eve]) {
      await browser.post('/account/address', { email: 'wanted@example.org' });
      links.push(await lastLink(k, 'wanted@example.org'));
    }
    const answers = await Promise.all([ada.browser.post(links[0]!), eve.browser.post(links[1]!)]);
    expect(answers.map((r) => r.status).sort()).toEqual([303, 409]);
    const loser = answers[0]!.status === 409 ? ada : eve;
    expect(await answers.find((r) => r.status === 409)!.text()).toContain('address-taken');
    expect((await findUser(k, loser.user.id))?.email).toMatch(/^racer/);
    expect(await meOf(loser.browser)).toBe(200);
    const winner = loser === ada ? eve : ada;
    expect((await findUserByEmail(k, 'wanted@example.org'))?.id).toBe(winner.user.id);
  });

  it('does not say whether it belongs to somebody, and cannot be confirmed from another account', async () => {
    const [ada, eve] = [await signedIn('ada2'), await signedIn('eve2')];
    const known = await eve.browser.post('/account/address', { email: 'ada2@example.org' });
    const unknown = await eve.browser.post('/account/address', { email: 'free@example.org' });
    expect([known.status, known.headers.get('Location')]).toEqual([
      unknown.status,
      unknown.headers.get('Location'),
    ]);
    const link = await lastLink(k, 'free@example.org');
    expect((await ada.browser.get(link)).status).toBe(403);
    expect((await ada.browser.post(link)).status).toBe(403);
    expect((await openBrowser(app).post(link)).headers.get('Location')).toMatch(/^\/sign-in/);
    expect((await eve.browser.post(link)).status).toBe(303);
  });

  it('gives the operator of the local link a mailbox of their own', async () => {
    const browser = openBrowser(app);
    await browser.post(new URL(await createOperatorLink(k)).pathname);
    await browser.post('/account/address', { email: 'boss@example.org' });
    expect((await browser.post(await lastLink(k, 'boss@example.org'))).status).toBe(303);
    const other = openBrowser(app);
    await signIn(other, 'boss@example.org');
    expect((await other.get('/operator/activity')).status).toBe(200);
  });
});

describe('deleting an account', () => {
  it('asks for the address, erases name and address everywhere, and leaves the mailbox free', async () => {
    const { user, browser } = await signedIn('leaver');
    await browser.post('/account/profile', { name: 'Leaver the Great', craft: 'poet', country: 'FR' });
    const wrong = await browser.post('/account/delete', { email: 'yes' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('nothing was deleted');
    const done = await browser.post('/account/delete', { email: 'LEAVER@example.org ' });
    expect(done.headers.get('Location')).toBe('/account-deleted');
    expect((await browser.get('/account-deleted')).status).toBe(200);
    expect(await meOf(browser)).toBe(401);
    await drain(k);
    expect(await findUser(k, user.id)).toBeUndefined();
    expect(await partyOfUser(k, user.id)).toMatchObject({ name: '', email: null, erased: true });
    for (const table of [
      'identity.users',
      'identity.login_links',
      'identity.activity',
      'parties.parties',
      'kernel.mails',
      'kernel.jobs',
      'kernel.outbox',
    ]) {
      const dump = await sql<{ t: string }>`select t::text as t from ${sql.table(table)} t`.execute(k.db);
      expect(
        dump.rows
          .map((row) => row.t)
          .join('\n')
          .toLowerCase(),
      ).not.toContain('leaver');
    }
    const again = await ensureUser(k, { email: 'leaver@example.org', name: 'Back', locale: 'en' });
    expect(again.id).not.toBe(user.id);
  });

  it('a link that was under way no longer works', async () => {
    const { browser } = await signedIn('hasty');
    await openBrowser(app).post('/sign-in', { email: 'hasty@example.org' });
    await drain(k);
    const link = await lastLink(k, 'hasty@example.org');
    await browser.post('/account/delete', { email: 'hasty@example.org' });
    expect((await openBrowser(app).post(link)).status).toBe(404);
  });
});

it('the export holds what is kept and no secrets', async () => {
  const { browser } = await signedIn('exporter');
  const response = await browser.get('/account/data.json');
  expect(response.headers.get('Content-Disposition')).toContain('attachment');
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    user: { email: 'exporter@example.org' },
    sessions: [{}],
    activity: [{}, {}],
  });
  expect(text).not.toContain(browser.cookies.get('session'));
  expect(text).not.toMatch(/hash/i);
});
