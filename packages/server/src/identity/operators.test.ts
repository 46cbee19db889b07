import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { inTx, openMails, type Router } from '../kernel/index.ts';
import { openBrowser } from '../testing/browser.ts';
import { setUp } from '../testing/offer-terms.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { ensureOperator } from './ensure-user.ts';
import {
  acceptOperatorInvitation,
  ensureUser,
  inviteOperator,
  listOperators,
  needsOperatorLink,
  openOperatorInvitations,
  removeOperator,
  type User,
  withdrawOperatorInvitation,
} from './index.ts';

const DAY = 86_400_000;
let k: TestKernel;
let app: Router;
let first: User;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  first = await inTx(k, (t) => ensureOperator(t, 'First', 'en'));
});
afterAll(() => k.close());

const invite = (email: string, name = 'Second') =>
  inviteOperator(k, { email, name, actor: first.id, locale: 'en' });
async function tokenFor(email: string): Promise<string> {
  k.clock.advance(1);
  const mail = (await openMails(k)).find((one) => one.recipient === email);
  return /\/operators\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}
const accept = async (email: string, signedIn?: string) =>
  acceptOperatorInvitation(k, { token: await tokenFor(email), locale: 'en', signedIn });

it('takes a second operator in by mail, page and button, and lets her go again', async () => {
  const browser = openBrowser(app);
  await signIn(k, browser, first.id);
  expect(await (await browser.get('/operator/people')).text()).toContain('only operator');
  const sent = await browser.post('/operator/people', { email: 'berta@example.org', name: 'Berta' });
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/operator/people']);

  const other = openBrowser(app);
  const link = `/operators/${await tokenFor('berta@example.org')}`;
  const page = await other.get(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('berta@example.org');
  expect(await listOperators(k)).toHaveLength(1);
  const done = await other.post(link);
  expect([done.status, done.headers.get('Location')]).toEqual([303, '/operator']);
  expect((await other.get('/operator')).status).toBe(200);
  expect((await other.post(link)).status).toBe(410);
  expect((await browser.get('/operator/people')).status).toBe(200);

  const berta = (await listOperators(k)).find(({ name }) => name === 'Berta')!;
  expect((await browser.post(`/operator/people/${berta.id}/remove`)).status).toBe(303);
  expect((await other.get('/operator')).status).toBe(303);
  expect(await listOperators(k)).toMatchObject([{ id: first.id }]);
});

it('never removes the last one, not even when two remove each other', async () => {
  await expect(removeOperator(k, { userId: first.id, actor: first.id })).rejects.toMatchObject({
    code: 'last-operator',
  });
  await invite('cleo@example.org');
  const { user: cleo } = await accept('cleo@example.org');
  const done = await Promise.allSettled([
    removeOperator(k, { userId: first.id, actor: cleo.id }),
    removeOperator(k, { userId: cleo.id, actor: first.id }),
  ]);
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [left] = await listOperators(k);
  expect(await listOperators(k)).toHaveLength(1);
  expect(await needsOperatorLink(k)).toBe(false);
  if (left!.id === cleo.id) {
    await inviteOperator(k, { email: 'first@example.org', name: 'First', actor: cleo.id, locale: 'de' });
    first = (await accept('first@example.org')).user;
    await removeOperator(k, { userId: cleo.id, actor: first.id });
  }
});

it('does not lead into an account that exists, and tells the others who joined', async () => {
  const dora = await ensureUser(k, { email: 'dora@example.org', name: 'Dora', locale: 'de' });
  const eve = await ensureUser(k, { email: 'eve@example.org', name: 'Eve', locale: 'en' });
  await invite('DORA@example.org', 'Somebody');
  const token = await tokenFor('DORA@example.org');
  const use = (signedIn?: string) => acceptOperatorInvitation(k, { token, locale: 'en', signedIn });
  await expect(use()).rejects.toMatchObject({ code: 'sign-in-required' });
  await expect(use(eve.id)).rejects.toMatchObject({ code: 'operator-link-other-account' });
  expect(await use(dora.id)).toMatchObject({ isNew: false, user: { name: 'Dora', operator: true } });
  await expect(invite('dora@example.org')).rejects.toMatchObject({ code: 'operator-already' });
  await invite('fay@example.org', 'Fay');
  const { user: fay } = await accept('fay@example.org');
  const told = (await openMails(k)).filter(({ subject }) => subject.startsWith('Fay '));
  expect(told.map(({ recipient }) => recipient)).toContain('dora@example.org');
  for (const { id } of [dora, fay]) await removeOperator(k, { userId: id, actor: first.id });
});

it('keeps the link from the server apart from the accounts of those who were invited', async () => {
  const old = await ensureUser(k, { email: 'ivy@example.org', name: 'Ivy', locale: 'en' });
  await invite('ivy@example.org');
  await accept('ivy@example.org', old.id);
  const local = await inTx(k, (t) => ensureOperator(t, 'Machine', 'en'));
  expect(local.id).not.toBe(old.id);
  await removeOperator(k, { userId: local.id, actor: old.id });
  expect((await inTx(k, (t) => ensureOperator(t, 'Machine', 'en'))).id).toBe(local.id);
  // Who is left of the test before is the operator of the link, or somebody who came by mail.
  for (const userId of new Set([old.id, local.id]))
    if (userId !== first.id) await removeOperator(k, { userId, actor: first.id });
  expect(await needsOperatorLink(k)).toBe(false);
});

it('says what is wrong with a link, and forgets whom it was for', async () => {
  await invite('gil@example.org');
  const replaced = await tokenFor('gil@example.org');
  const { id } = await invite('gil@example.org');
  const newer = await tokenFor('gil@example.org');
  const codeOf = (token: string) =>
    acceptOperatorInvitation(k, { token, locale: 'en', signedIn: undefined }).catch(({ code }) => code);
  expect(await codeOf(replaced)).toBe('operator-link-replaced');
  await withdrawOperatorInvitation(k, { id, actor: first.id });
  expect(await codeOf(newer)).toBe('operator-link-replaced');
  expect(await codeOf('nonsense')).toBe('operator-link-unknown');
  expect(await openOperatorInvitations(k)).toEqual([]);
  await invite('gil@example.org');
  const late = await tokenFor('gil@example.org');
  k.clock.advance(3 * DAY);
  expect(await codeOf(late)).toBe('operator-link-expired');
});

it('is for operators only', async () => {
  const ned = await ensureUser(k, { email: 'ned@example.org', name: 'Ned', locale: 'en' });
  const about = { email: 'x@example.org', name: 'X', actor: ned.id, locale: 'en' } as const;
  await expect(inviteOperator(k, about)).rejects.toMatchObject({ code: 'operator-required' });
  const browser = openBrowser(app);
  await signIn(k, browser, ned.id);
  expect((await browser.send('/api/operators')).status).toBe(403);
  expect((await browser.get('/operator/people')).status).toBe(403);
});

it('serves programs too', async () => {
  const browser = openBrowser(app);
  await signIn(k, browser, first.id);
  const made = await browser.send('/api/operators', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'hal@example.org', name: 'Hal' }),
  });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  const list = (await (await browser.send('/api/operators')).json()) as { invitations: unknown[] };
  expect(list.invitations).toContainEqual(expect.objectContaining({ id, name: 'Hal' }));
  const gone = await browser.send(`/api/operator-invitations/${id}`, { method: 'DELETE' });
  expect(gone.status).toBe(204);
  expect((await browser.send(`/api/operators/${first.id}`, { method: 'DELETE' })).status).toBe(409);
});
