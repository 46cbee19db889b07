import { generateKeyPair, toBase64 } from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { listActivity } from '../identity/index.ts';
import { checkProof } from './check-proof.ts';
import { erasePartyFromSites } from './erase-party.ts';
import { gateOf, gateWithSecret, listGates } from './find-gate.ts';
import { registerGate } from './register-gate.ts';
import { registerSite } from './register-site.ts';
import { revokeGate } from './revoke-gate.ts';
import { startProof } from './start-proof.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let who: Awaited<ReturnType<SitesWorld['visitor']>>;
let siteId: string;
const publicKey = async () => toBase64((await generateKeyPair()).publicKey);
beforeAll(async () => {
  w = await openSitesWorld();
});
afterAll(() => w.close());
beforeEach(async () => {
  await sql`truncate sites.sites, kernel.outbox cascade`.execute(w.k.db);
  who = await w.visitor();
  siteId = (await registerSite(w.k, { partyId: who.partyId, url: `http://novel.example:${w.port}` })).id;
});

async function prove() {
  const { value } = await startProof(w.k, siteId);
  w.dns.zone.set('_clearway.novel.example', { TXT: [`clearway-site=${value}`] });
  await checkProof(w.k, siteId, 'dns');
}
const made = async () =>
  registerGate(w.k, {
    siteId,
    partyId: who.partyId,
    name: 'blog',
    publicKey: await publicKey(),
    actor: who.userId,
  });

it('is registered for a proven site only, and by its owner', async () => {
  await expect(made()).rejects.toMatchObject({ code: 'gate-site-unproven' });
  await prove();
  const { gate, secret } = await made();
  expect(await gateOf(w.k, gate.id)).toEqual(gate);
  expect(await listGates(w.k, { siteId })).toEqual([gate]);
  expect(secret).toMatch(/^[\w-]{43}$/);
  const stranger = { siteId, partyId: await w.person(), name: 'x', actor: 'system' };
  await expect(registerGate(w.k, { ...stranger, publicKey: await publicKey() })).rejects.toMatchObject({
    code: 'site-not-found',
  });
  const [done] = await listActivity(w.k, { subject: `gate:${gate.id}`, limit: 1 });
  expect(done).toMatchObject({ action: 'sites.gate-registered', actor: who.userId });
});

it('is known by its secret until it is switched off', async () => {
  await prove();
  const { gate, secret } = await made();
  expect((await gateWithSecret(w.k, gate.id, secret))?.id).toBe(gate.id);
  expect(await gateWithSecret(w.k, gate.id, `${secret}x`)).toBeUndefined();
  expect(await gateWithSecret(w.k, 'nobody', secret)).toBeUndefined();
  expect(await gateOf(w.k, 'nobody')).toBeUndefined();
  const off = { siteId, partyId: who.partyId, gateId: gate.id, actor: who.userId };
  await revokeGate(w.k, off);
  await revokeGate(w.k, off);
  expect(await gateWithSecret(w.k, gate.id, secret)).toBeUndefined();
  expect((await gateOf(w.k, gate.id))?.revokedAt).toEqual(w.k.clock.now());
});

it('goes with the party', async () => {
  await prove();
  const { gate } = await made();
  await erasePartyFromSites(w.k, who.partyId);
  expect(await gateOf(w.k, gate.id)).toBeUndefined();
});

it('is registered, listed and switched off over HTTP', async () => {
  await prove();
  const app = createApp(w.k);
  const send = (path: string, method: string, body?: unknown, cookie = who.cookie) =>
    app.request(path, {
      method,
      headers: { Cookie: cookie, 'Content-Type': 'application/json', Origin: w.k.site.baseUrl },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const path = `/api/sites/${siteId}/gates`;
  const answer = await send(path, 'POST', { name: 'blog', publicKey: await publicKey() });
  expect(answer.status).toBe(201);
  const { id, secret } = (await answer.json()) as { id: string; secret: string };
  expect(await (await send(path, 'GET')).json()).toMatchObject({ gates: [{ id, revokedAt: null }] });
  expect(await (await send(path, 'GET')).text()).not.toContain(secret);
  for (const bad of ['x', `${'A'.repeat(42)}B=`, 'A'.repeat(44)]) {
    const refused = await send(path, 'POST', { name: 'blog', publicKey: bad });
    expect(await refused.json()).toMatchObject({ status: 422, code: 'gate-key-invalid' });
  }
  expect((await send(path, 'GET', undefined, '')).status).toBe(401);
  const stranger = await w.visitor();
  expect((await send(`${path}/${id}`, 'DELETE', undefined, stranger.cookie)).status).toBe(404);
  expect(await (await send(`${path}/${siteId}`, 'DELETE')).json()).toMatchObject({ code: 'gate-not-found' });
  expect((await send(`${path}/${id}`, 'DELETE')).status).toBe(204);
  expect(await (await send(path, 'GET')).json()).toMatchObject({ gates: [{ id }] });
});

it('is registered on a page, which shows once what the gate needs to know', async () => {
  const app = createApp(w.k);
  const path = `/sites/${siteId}/gates`;
  const post = (to: string, fields: Record<string, string>) =>
    app.request(to, {
      method: 'POST',
      headers: {
        Cookie: who.cookie,
        Origin: w.k.site.baseUrl,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
  const get = async () => (await app.request(path, { headers: { Cookie: who.cookie } })).text();
  expect(await get()).toContain('Prove first that the website is yours');
  await prove();
  const refused = await post(path, { name: 'blog', publicKey: 'no key' });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('value="no key"')]);
  const made = await post(path, { name: 'blog', publicKey: ` ${await publicKey()} ` });
  expect(made.status).toBe(201);
  const shown = (await made.text()).replaceAll('&quot;', '"');
  const [gate] = await listGates(w.k, { siteId });
  const secret = /"secret": "([\w-]{43})"/.exec(shown)?.[1] ?? '';
  expect((await gateWithSecret(w.k, gate!.id, secret))?.id).toBe(gate!.id);
  const { kid, publicKey: trusted } = await w.k.keys.signing('licensing');
  expect(shown).toContain(`"${kid}": "${toBase64(trusted)}"`);
  expect(await get()).not.toContain(secret);
  expect((await post(`${path}/${gate!.id}/off`, {})).status).toBe(303);
  expect(await get()).toContain('switched off on');
});
