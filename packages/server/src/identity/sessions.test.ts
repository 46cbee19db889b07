import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRouter, type Router, requestContext } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { ensureOperator } from './ensure-user.ts';
import { currentUser, ensureUser, listSessions, startSession, type User } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let k: TestKernel;
let ada: User;
beforeAll(async () => {
  k = await createTestKernel();
  ada = await ensureUser(k, { email: 'Ada@Example.org', name: 'Ada', locale: 'en' });
});
afterAll(() => k.close());
beforeEach(() => sql`truncate identity.sessions cascade`.execute(k.db));

function app(baseUrl = k.site.baseUrl): Router {
  const router = createRouter();
  router.use(requestContext({ ...k, site: { ...k.site, baseUrl } }));
  router.post('/in/:id', async (c) => {
    await startSession(c, c.req.param('id'));
    return c.text((await currentUser(c))!.name);
  });
  router.get('/who', async (c) => c.text((await currentUser(c))?.name ?? 'nobody'));
  return router;
}

/** The cookies a browser would have after the response. */
function cookieOf(response: Response, name = 'session'): string | undefined {
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
  return line?.split(';')[0];
}
const signIn = async (id = ada.id, headers: Record<string, string> = {}) =>
  cookieOf(await app().request(`/in/${id}`, { method: 'POST', headers }))!;
const who = async (cookie: string) => {
  const response = await app().request('/who', { headers: { Cookie: cookie } });
  return { name: await response.text(), cookie: cookieOf(response) };
};

describe('sessions', () => {
  it('know the person by the cookie, and keep only a keyed hash of it', async () => {
    const cookie = await signIn();
    expect((await who(cookie)).name).toBe('Ada');
    expect((await who('session=nonsense')).name).toBe('nobody');
    expect((await who(`session=${'A'.repeat(43)}`)).name).toBe('nobody');
    const dump = await sql<{ t: string }>`select s::text as t from identity.sessions s`.execute(k.db);
    expect(dump.rows[0]!.t).not.toContain(cookie.split('=')[1]);
  });

  it('have a cookie no script and no other site can use, tied to the host over https', async () => {
    const plain = await app().request(`/in/${ada.id}`, { method: 'POST' });
    expect(plain.headers.getSetCookie()[0]).toMatch(
      /^session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const https = app('https://clearway.example');
    const response = await https.request(`https://clearway.example/in/${ada.id}`, { method: 'POST' });
    const line = response.headers.getSetCookie()[0]!;
    expect(line).toMatch(/^__Host-session=/);
    expect(line).toMatch(/; Secure/);
    expect(line).not.toMatch(/Domain/i);
    const cookie = line.split(';')[0]!;
    expect(await (await https.request('/who', { headers: { Cookie: cookie } })).text()).toBe('Ada');
    const unprefixed = cookie.replace('__Host-', '');
    expect(await (await https.request('/who', { headers: { Cookie: unprefixed } })).text()).toBe('nobody');
  });

  it('never take over a token somebody else chose, and end the one before at sign-in', async () => {
    const planted = `session=${'x'.repeat(43)}`;
    const mine = await signIn(ada.id, { Cookie: planted });
    expect(mine).not.toBe(planted);
    expect((await who(planted)).name).toBe('nobody');
    const eve = await ensureUser(k, { email: 'eve@example.org', name: 'Eve', locale: 'en' });
    const hers = await signIn(eve.id);
    const after = await signIn(ada.id, { Cookie: hers });
    expect((await who(hers)).name).toBe('nobody');
    expect((await who(after)).name).toBe('Ada');
    expect(await listSessions(k, eve.id)).toEqual([]);
  });

  it('change their token every day; the old one holds two minutes more', async () => {
    const first = await signIn();
    k.clock.advance(DAY);
    const both = await Promise.all([who(first), who(first)]);
    expect(both.map((r) => r.name)).toEqual(['Ada', 'Ada']);
    const changed = both.flatMap((r) => r.cookie ?? []);
    expect(changed).toHaveLength(1);
    expect(changed[0]).not.toBe(first);
    k.clock.advance(2 * MINUTE);
    expect((await who(first)).name).toBe('Ada');
    k.clock.advance(1);
    expect((await who(first)).name).toBe('nobody');
    expect((await who(changed[0]!)).name).toBe('Ada');
  });

  it('last 30 days from the last visit, those of operators 12 hours', async () => {
    const cookie = await signIn();
    k.clock.advance(23 * HOUR);
    expect((await who(cookie)).cookie).toBe(cookie);
    k.clock.advance(30 * DAY - 1);
    const late = await who(cookie);
    expect(late.name).toBe('Ada');
    k.clock.advance(30 * DAY);
    expect((await who(late.cookie!)).name).toBe('nobody');
    const operator = await ensureOperator(k, 'Operator', 'en');
    const theirs = await signIn(operator.id);
    k.clock.advance(12 * HOUR);
    expect((await who(theirs)).name).toBe('nobody');
  });

  it('are listed with the kind of browser and only the network', async () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await signIn(ada.id, { 'User-Agent': agent, 'X-Forwarded-For': '93.184.216.34' });
    expect(await listSessions(k, ada.id)).toMatchObject([
      { agent: 'Firefox · Linux', network: '93.184.216.0/24' },
    ]);
  });
});
