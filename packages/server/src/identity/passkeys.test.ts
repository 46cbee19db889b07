import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { openMails, type Router } from '../kernel/index.ts';
import { softAuthenticator } from '../testing/authenticator.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { deleteAccount, ensureUser, exportAccount, listActivity, type User } from './index.ts';

const MINUTE = 60_000;
const SITE = { origin: 'http://localhost:4000', rpId: 'localhost' };

let k: TestKernel;
let app: Router;
let ada: User;
let browser: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  app = createApp(k);
  ada = await ensureUser(k, { email: 'ada@example.org', name: 'Ada', locale: 'en' });
  await sql`update identity.users set email_confirmed_at = now()`.execute(k.db);
});
afterAll(() => k.close());
beforeEach(async () => {
  await sql`delete from identity.passkeys`.execute(k.db);
  browser = openBrowser(app);
  await signIn(k, browser, ada.id);
});

const post = (who: Browser, path: string, body?: unknown) =>
  who.send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, compared below.
const read = async (answer: Response | Promise<Response>): Promise<any> => (await answer).json();
const codeOf = async (answer: Response | Promise<Response>) => (await read(answer)).code as string;

type Device = ReturnType<typeof softAuthenticator>;
async function add(who = browser, device: Device = softAuthenticator(SITE)): Promise<Device> {
  const options = await read(post(who, '/api/passkeys/options'));
  const answer = await post(who, '/api/passkeys', { name: 'Laptop', answer: device.create(options) });
  expect(answer.status).toBe(201);
  return device;
}
const ask = (who: Browser) => read(post(who, '/api/passkey-sign-in/options'));
const actions = async () =>
  (await listActivity(k, { subject: `user:${ada.id}`, limit: 50 })).map(({ action }) => action);

describe('a passkey', () => {
  it('is asked for with the person checked, findable by the device, and bound to the host', async () => {
    const options = await read(post(browser, '/api/passkeys/options'));
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'ada@example.org', displayName: 'Ada' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(await ask(openBrowser(app))).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
  });

  it('signs in where nobody was signed in, and stays on this site', async () => {
    const device = await add();
    const elsewhere = openBrowser(app);
    const answer = device.get(await ask(elsewhere));
    const done = await post(elsewhere, '/api/passkey-sign-in', { answer, next: '//evil.example' });
    expect([done.status, await done.json()]).toEqual([200, { next: '/account' }]);
    expect((await read(elsewhere.send('/api/me'))).name).toBe('Ada');
    expect(await read(elsewhere.send('/api/passkeys'))).toMatchObject({
      passkeys: [{ name: 'Laptop', synced: true, lastUsedAt: k.clock.now().toISOString() }],
    });
  });

  it('is told of by mail and in the activity log, when added and when removed', async () => {
    await add();
    const [one] = (await read(browser.send('/api/passkeys'))).passkeys;
    const renamed = await browser.post(`/account/passkeys/${one.id}`, { name: 'Desk' });
    expect(renamed.status).toBe(303);
    expect(await (await browser.get('/account/passkeys')).text()).toContain('Desk');
    expect((await browser.post(`/account/passkeys/${one.id}/remove`)).status).toBe(303);
    expect(await read(browser.send('/api/passkeys'))).toEqual({ passkeys: [] });
    const mails = (await openMails(k)).filter(({ recipient }) => recipient === 'ada@example.org');
    expect(mails.map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/^A passkey was added to your account/),
    );
    const removed = mails.find(({ subject }) => subject.includes('removed'))!;
    for (const form of [removed.text, removed.html]) expect(form).toContain('“Desk”');
    expect(await actions()).toEqual(
      expect.arrayContaining(['identity.passkey-added', 'identity.passkey-removed']),
    );
    const gone = await browser.send(`/api/passkeys/${one.id}`, { method: 'DELETE' });
    expect([gone.status, await codeOf(gone)]).toEqual([404, 'passkey-unknown']);
  });

  it('belongs to one account, once, and leaves with it', async () => {
    const eve = await ensureUser(k, { email: 'eve@example.org', name: 'Eve', locale: 'de' });
    const other = openBrowser(app);
    await signIn(k, other, eve.id);
    const device = await add(other);
    const options = await read(post(browser, '/api/passkeys/options'));
    const again = await post(browser, '/api/passkeys', { name: 'Mine', answer: device.create(options) });
    expect([again.status, await codeOf(again)]).toEqual([409, 'passkey-taken']);
    const [one] = (await read(other.send('/api/passkeys'))).passkeys;
    expect((await browser.send(`/api/passkeys/${one.id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await exportAccount(k, eve.id, [])).toMatchObject({ passkeys: [{ name: 'Laptop' }] });
    await deleteAccount(k, eve.id, 'eve@example.org');
    const left = await sql<{ n: number }>`select count(*)::int as n from identity.passkeys`.execute(k.db);
    expect(left.rows[0]?.n).toBe(0);
    const answer = device.get(await ask(openBrowser(app)));
    expect(await codeOf(post(openBrowser(app), '/api/passkey-sign-in', { answer }))).toBe('passkey-unknown');
  });
});

describe('an answer that is not right', () => {
  const attempt = async (device: Device, way: Parameters<Device['get']>[1]) => {
    const stranger = openBrowser(app);
    const answer = device.get(await ask(stranger), way);
    const done = await post(stranger, '/api/passkey-sign-in', { answer });
    expect(stranger.cookies.has('session')).toBe(false);
    return `${done.status} ${await codeOf(done)}`;
  };

  it.each([
    ['from another website', { origin: 'https://cleanvvay.example' }, '403 passkey-wrong-origin'],
    ['for another host', { rpId: 'evil.example' }, '403 passkey-wrong-origin'],
    ['without the person', { verified: false }, '422 passkey-without-person'],
    ['of another kind', { type: 'webauthn.create' }, '422 passkey-invalid'],
    ['for another user', { userHandle: 'bm9ib2R5' }, '422 passkey-invalid'],
  ] as const)('is refused: %s', async (_what, way, wanted) => {
    expect(await attempt(await add(), way)).toBe(wanted);
  });

  it('is refused when the passkey counts backwards, and that is written down', async () => {
    const device = await add();
    const stranger = openBrowser(app);
    const first = device.get(await ask(stranger), { count: 7 });
    expect((await post(stranger, '/api/passkey-sign-in', { answer: first })).status).toBe(200);
    expect(await attempt(device, { count: 7 })).toBe('403 passkey-count-went-back');
    expect(await actions()).toContain('identity.passkey-count-went-back');
  });

  it('is refused a second time, and after five minutes', async () => {
    const device = await add();
    const stranger = openBrowser(app);
    const answer = device.get(await ask(stranger));
    expect((await post(stranger, '/api/passkey-sign-in', { answer })).status).toBe(200);
    expect(await codeOf(post(openBrowser(app), '/api/passkey-sign-in', { answer }))).toBe(
      'passkey-challenge-used',
    );
    const options = await ask(stranger);
    k.clock.advance(5 * MINUTE);
    const late = { answer: device.get(options) };
    expect(await codeOf(post(stranger, '/api/passkey-sign-in', late))).toBe('passkey-challenge-expired');
  });

  it('is refused for a question we did not ask, or asked elsewhere', async () => {
    const device = await add();
    const sent = async (options: { challenge: string }, path = '/api/passkey-sign-in', who = browser) =>
      codeOf(post(who, path, { answer: device.get(options) }));
    expect(await sent({ challenge: 'x'.repeat(43) })).toBe('passkey-challenge-unknown');
    const stepUp = await read(post(browser, '/api/step-up/options'));
    expect(await sent(stepUp)).toBe('passkey-challenge-unknown');
    const other = openBrowser(app);
    await signIn(k, other, ada.id);
    expect(await sent(stepUp, '/api/step-up', other)).toBe('passkey-challenge-unknown');
    const signature = { ...device.get(await ask(browser)) };
    signature.response = {
      ...signature.response,
      signature: signature.response.signature.replace(/^./, 'X'),
    };
    expect(await codeOf(post(browser, '/api/passkey-sign-in', { answer: signature }))).toBe(
      'passkey-invalid',
    );
  });

  it('is refused when a passkey is added from another website or without the person', async () => {
    const device = softAuthenticator(SITE);
    const attempt = async (way: Parameters<Device['create']>[1]) => {
      const answer = device.create(await read(post(browser, '/api/passkeys/options')), way);
      return codeOf(post(browser, '/api/passkeys', { name: 'x', answer }));
    };
    expect(await attempt({ origin: 'https://evil.example' })).toBe('passkey-wrong-origin');
    expect(await attempt({ verified: false })).toBe('passkey-without-person');
    expect(await attempt({ rpId: 'evil.example' })).toBe('passkey-wrong-origin');
    expect(await attempt({ type: 'webauthn.get' })).toBe('passkey-invalid');
  });
});

it('is not offered at an address where browsers have none', async () => {
  const site = { ...k.site, baseUrl: 'http://192.0.2.7:4000' };
  const plain = openBrowser(createApp({ ...k, site }), site.baseUrl);
  await signIn(k, plain, ada.id);
  expect(await codeOf(post(plain, '/api/passkeys/options'))).toBe('passkeys-impossible');
  expect(await codeOf(post(plain, '/api/passkey-sign-in/options'))).toBe('passkeys-impossible');
  expect(await (await plain.get('/sign-in')).text()).not.toContain('passkey-button');
});
