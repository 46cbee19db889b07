import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { deleteAccount, removeMember, type User } from '../identity/index.ts';
import { listMails, type Router } from '../kernel/index.ts';
import { controlOf, listSites } from '../sites/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { lastLink } from '../testing/last-link.ts';
import { setUp } from '../testing/offer-terms.ts';
import { type Person, person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { createOrganisation } from './index.ts';

let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
});
afterAll(() => k.close());

let count = 0;
async function signedIn(name = `P${count++}`): Promise<Person & { browser: Browser }> {
  const found = await person(k, name);
  return { ...found, browser: await browserOf(found.user) };
}

async function browserOf(user: User): Promise<Browser> {
  const browser = openBrowser(app);
  await signIn(k, browser, user.id);
  return browser;
}

/** Invites by the page and accepts by the page; answers the browser that accepted. */
async function bringIn(boss: Browser, organisationId: string, who: Person, role: string): Promise<Browser> {
  await boss.post(`/organisations/${organisationId}/invitations`, { email: who.user.email, role });
  const browser = await browserOf(who.user);
  const link = await lastLink(k, who.user.email);
  expect((await browser.get(link)).status).toBe(200);
  expect((await browser.post(link)).headers.get('Location')).toBe('/organisations');
  return browser;
}

const json = (method: string, body: unknown) => ({
  method,
  headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
  body: JSON.stringify(body),
});
const textOf = async (browser: Browser, path: string) => (await browser.get(path)).text();

describe('the pages', () => {
  it('add an organisation, say on every page for whom one acts, and switch back', async () => {
    const { browser, user } = await signedIn('Ada');
    expect(await textOf(browser, '/account')).not.toContain('class="acting"');
    const made = await browser.post('/organisations', { name: 'Aster <b>AI</b>', country: 'DE', url: '' });
    const here = made.headers.get('Location')!;
    expect(here).toMatch(/^\/organisations\/[0-9a-f-]{36}$/);
    for (const path of ['/works', '/account', '/wall', here])
      expect(await textOf(browser, path)).toContain('You act for Aster &lt;b&gt;AI&lt;/b&gt;.');
    await browser.post('/acting', { organisation: '' });
    expect(await textOf(browser, '/works')).toContain(`You act for yourself, ${user.name}.`);
    expect(await textOf(await browserOf(user), '/works')).toContain('You act for yourself');
  });

  it('show again what was typed when something is wrong', async () => {
    const { browser } = await signedIn();
    const answer = await browser.post('/organisations', { name: 'Aster', url: 'ftp://aster.example' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="ftp://aster.example"');
    const nowhere = await browser.post('/acting', { organisation: 'x' });
    expect(nowhere.status).toBe(404);
    expect((await browser.get('/organisations/x')).status).toBe(404);
    expect((await openBrowser(app).get('/organisations')).headers.get('Location')).toContain('/sign-in');
  });

  it('a mail brings somebody in who had no account; opening it decides nothing', async () => {
    const boss = await signedIn();
    const { organisationId } = await createOrganisation(k, { name: 'Aster', userId: boss.user.id });
    const email = `new${count++}@example.org`;
    await boss.browser.post(`/organisations/${organisationId}/invitations`, { email, role: 'signer' });
    const link = await lastLink(k, email);
    const fresh = openBrowser(app);
    for (let i = 0; i < 3; i++) expect(await textOf(fresh, link)).toContain('invited to act for Aster');
    expect((await fresh.post(link, { name: ' ' })).status).toBe(422);
    expect((await fresh.post(link, { name: 'Nora' })).status).toBe(303);
    expect(await textOf(fresh, '/works')).toContain('You act for Aster.');
    expect(await textOf(fresh, `/organisations/${organisationId}`)).not.toContain(boss.user.email);
    expect((await openBrowser(app).post(link, { name: 'Eve' })).status).toBe(410);
  });

  it('a mail to somebody with an account asks to sign in, and signs nobody in', async () => {
    const [boss, known, eve] = [await signedIn(), await person(k, `K${count++}`), await signedIn()];
    const { organisationId } = await createOrganisation(k, { name: 'Aster', userId: boss.user.id });
    await boss.browser.post(`/organisations/${organisationId}/invitations`, {
      email: known.user.email,
      role: 'member',
    });
    const link = await lastLink(k, known.user.email);
    const thief = openBrowser(app);
    expect(await textOf(thief, link)).toContain(`/sign-in?next=${encodeURIComponent(link)}`);
    expect((await thief.post(link, { name: 'Thief' })).status).toBe(401);
    expect(thief.cookies.has('session')).toBe(false);
    expect((await eve.browser.post(link)).status).toBe(403);
  });
});

describe('acting for an organisation', () => {
  it('what a signer adds is the organisation’s, and her own stays hers', async () => {
    const boss = await signedIn();
    const made = await createOrganisation(k, { name: 'Aster', userId: boss.user.id });
    const ben = await person(k, `B${count++}`);
    const browser = await bringIn(boss.browser, made.organisationId, ben, 'signer');
    expect((await browser.post('/sites', { url: 'https://aster.example' })).status).toBe(303);
    expect(await listSites(k, made.partyId)).toMatchObject([{ site: { host: 'aster.example' } }]);
    expect(await listSites(k, ben.party.id)).toEqual([]);
    expect(await controlOf(k, { partyId: made.partyId, url: 'https://aster.example' })).toBeUndefined();
    await boss.browser.send('/api/acting', json('PUT', { organisationId: made.organisationId }));
    expect(await textOf(boss.browser, '/sites')).toContain('aster.example');
    expect(await textOf(boss.browser, '/account/profile')).toContain(`value="${boss.party.name}"`);
  });

  it('a member sees and changes nothing', async () => {
    const boss = await signedIn();
    const made = await createOrganisation(k, { name: 'Aster', userId: boss.user.id });
    const cleo = await person(k, `C${count++}`);
    const browser = await bringIn(boss.browser, made.organisationId, cleo, 'member');
    expect((await browser.get('/sites')).status).toBe(200);
    const refused = await browser.post('/sites', { url: 'https://aster.example' });
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('role-required')]);
    expect(await listSites(k, made.partyId)).toEqual([]);
    const page = await textOf(browser, `/organisations/${made.organisationId}`);
    expect(page).not.toContain('Invite somebody');
    for (const path of ['', '/invitations', `/members/${boss.user.id}/remove`]) {
      const typed = { name: 'Mine', email: 'x@example.org', role: 'admin' };
      const answer = await browser.post(`/organisations/${made.organisationId}${path}`, typed);
      expect(answer.status).toBe(403);
    }
  });

  it('ends at once in all sessions, and nothing meant for the organisation happens in one’s own name', async () => {
    const boss = await signedIn();
    const { organisationId } = await createOrganisation(k, { name: 'Aster', userId: boss.user.id });
    const ben = await person(k, `B${count++}`);
    const first = await bringIn(boss.browser, organisationId, ben, 'signer');
    const second = await browserOf(ben.user);
    await second.send('/api/acting', json('PUT', { organisationId }));
    await removeMember(k, { organisationId, userId: ben.user.id, actor: boss.user.id });
    const late = await first.post('/sites', { url: 'https://late.example' });
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('acting-ended')]);
    expect(await listSites(k, ben.party.id)).toEqual([]);
    expect(await textOf(second, '/sites')).not.toContain('You act for Aster');
    expect((await second.get(`/organisations/${organisationId}`)).status).toBe(404);
    expect((await first.post('/sites', { url: 'https://own.example' })).status).toBe(303);
    expect(await listSites(k, ben.party.id)).toMatchObject([{ site: { host: 'own.example' } }]);
  });
});

describe('programs', () => {
  it('do the same in JSON', async () => {
    const { browser, user } = await signedIn();
    const created = await browser.send('/api/organisations', json('POST', { name: 'Aster', country: 'DE' }));
    const { id } = (await created.json()) as { id: string };
    expect(created.status).toBe(201);
    expect((await browser.send('/api/acting', json('PUT', { organisationId: id }))).status).toBe(204);
    expect(await (await browser.send('/api/organisations')).json()).toMatchObject({
      organisations: [{ id, name: 'Aster', role: 'admin', acting: true }],
    });
    const here = `/api/organisations/${id}`;
    const email = `prog${count++}@example.org`;
    const sent = await browser.send(`${here}/invitations`, json('POST', { email, role: 'member' }));
    const invited = (await sent.json()) as { id: string };
    expect(await (await browser.send(here)).json()).toMatchObject({
      members: [{ userId: user.id, email: user.email }],
      invitations: [{ id: invited.id, email }],
    });
    const before = (await listMails(k)).length;
    const twice = await browser.send(`${here}/invitations`, json('POST', { email: 'x', role: 'member' }));
    expect([twice.status, (await listMails(k)).length]).toEqual([422, before]);
    const taken = await browser.send(`${here}/invitations/${invited.id}`, { method: 'DELETE' });
    expect(taken.status).toBe(204);
    const leave = await browser.send(`${here}/members/${user.id}`, { method: 'DELETE' });
    expect([leave.status, await leave.text()]).toEqual([409, expect.stringContaining('last-admin')]);
  });

  it('the export of an account names the organisations', async () => {
    const { browser, user } = await signedIn();
    await createOrganisation(k, { name: 'Aster', userId: user.id });
    expect(await (await browser.send('/account/data.json')).json()).toMatchObject({
      organisations: [{ name: 'Aster', role: 'admin' }],
    });
    await deleteAccount(k, user.id, user.email);
    expect((await browser.send('/api/organisations')).status).toBe(401);
  });
});
