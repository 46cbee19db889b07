import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { inTx } from '../../kernel/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { signIn } from '../../testing/sign-in.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { confirmSignature, signatureCount, signDeclaration, watchTrend } from '../index.ts';
import { createCampaign, signature, signed, tokenIn } from '../testing/campaign-world.ts';

let k: TestKernel;
let olga: Browser;
let stranger: Browser;
beforeAll(async () => {
  k = await createCampaign();
  const app = createApp(k);
  [olga, stranger] = [openBrowser(app), openBrowser(app)];
  const { id } = await inTx(k, (t) =>
    ensureUser(t, { email: 'olga@example.org', name: 'Olga', locale: 'en' }),
  );
  await sql`update identity.users set operator = true where id = ${id}`.execute(k.db);
  await signIn(k, olga, id);
});
afterAll(() => k.close());

const floods = '/operator/campaign/floods';
const cleaning = '/operator/campaign/clean-up';

async function text(path: string): Promise<string> {
  const page = await olga.get(path);
  expect([path, page.status]).toEqual([path, 200]);
  const html = await page.text();
  expect(html).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
  return html;
}

/** The hidden fields of the form that takes out. */
function hidden(html: string): Record<string, string> {
  const form = /<form method="post" action="\/operator\/campaign\/clean-up">[\s\S]*?<\/form>/.exec(html)![0];
  const fields = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name, value]) => [name, value]));
}

it('are for operators only', async () => {
  for (const path of [floods, cleaning]) expect([303, 401, 403]).toContain((await stranger.get(path)).status);
  for (const path of [`${floods}/domains`, `${floods}/held`, cleaning])
    expect([303, 401, 403]).toContain((await stranger.post(path, { domain: 'x.example' })).status);
  expect(await text('/operator')).toContain(floods);
});

it('lead from the alarm over the dry run to the clean-up and back', async () => {
  expect(await text(floods)).toContain('No alarm is open');
  expect(await text(`${floods}?lang=de`)).toContain('Kein Alarm ist offen');
  const before = await signatureCount(k);
  for (let i = 0; i < 25; i++) {
    const email = `m${i}@machine.example`;
    await signDeclaration(k, signature({ email, name: `Mächine ${i}` }), '203.0.113.0/24');
    await confirmSignature(k, await tokenIn(k, 'c', email));
  }
  await sql`insert into campaign.alarms (id, kind, key, raised_at, last_seen_at, peak, usual, minutes)
    select gen_random_uuid(), 'network', network_hash, ${k.clock.now()}, ${k.clock.now()}, 25, 0.5, 10
    from campaign.signatories limit 1`.execute(k.db);
  expect(await watchTrend(k)).toEqual([]);
  k.clock.advance(1_000);

  const page = await text(`${floods}?lang=en`);
  expect(page).toContain('25 in 10 minutes; usual are 0.5');
  const link = /href="(\/operator\/campaign\/clean-up\?network=[^"]+from=[^"]+)"/.exec(page)![1]!;
  const preview = await text(link.replaceAll('&amp;', '&'));
  expect(preview).toContain('Fitting signatures: 25');
  expect(preview).toContain('machine.example');
  expect(await text(`${cleaning}?network=203.0.113.77`)).toContain('Fitting signatures: 25');
  expect(await text(`${cleaning}?name=machine+*&country=DE`)).toContain('Fitting signatures: 25');
  expect(await text(`${cleaning}?domain=nobody.example`)).toContain('No signature fits');
  for (const wrong of ['network=xyz', 'from=yesterday', 'country=DE', 'name=*a*b*c*d*e', 'from=2026-13-45'])
    expect([wrong, (await olga.get(`${cleaning}?${wrong}`)).status]).toEqual([wrong, 422]);

  const fields = hidden(preview);
  expect((await olga.post(cleaning, fields)).status).toBe(422);
  expect((await olga.post(cleaning, { ...fields, expected: '24', reason: 'x' })).status).toBe(409);
  expect(await signatureCount(k)).toBe(before + 25);
  const done = await olga.post(cleaning, { ...fields, reason: 'One machine' });
  expect([done.status, done.headers.get('Location')]).toEqual([303, `${cleaning}?done=25`]);
  expect(await signatureCount(k)).toBe(before);
  const list = await text(`${cleaning}?done=25`);
  expect(list).toContain('Taken out: 25.');
  expect(list).toContain('One machine');
  expect((await olga.post(cleaning, { ...fields, reason: 'again' })).status).toBe(409);
  const undo = /action="(\/operator\/campaign\/clean-up\/[^"]+\/undo)"/.exec(list)![1]!;
  expect((await olga.post(undo, {})).status).toBe(422);
  expect((await olga.post(undo, { reason: 'A school class' })).status).toBe(303);
  expect(await signatureCount(k)).toBe(before + 25);
  expect(await text(`${cleaning}?undone=25&lang=de`)).toContain('A school class');

  const close = /action="(\/operator\/campaign\/floods\/alarms\/[^"]+)"/.exec(page)![1]!;
  expect((await olga.post(close)).status).toBe(303);
  expect((await olga.post(close)).status).toBe(404);
  expect(await text(`${floods}?lang=en`)).toContain('Closed');
});

it('let signatures from throw-away mail count, and rule mail domains', async () => {
  await confirmSignature(k, await signed(k, { email: 'once@mailinator.com', name: 'Once Only' }));
  expect(await text(floods)).toContain('Once Only');
  const before = await signatureCount(k);
  const accepted = await olga.post(`${floods}/held`, { domain: 'mailinator.com' });
  expect(accepted.headers.get('Location')).toBe(`${floods}?accepted=1`);
  expect(await signatureCount(k)).toBe(before + 1);
  expect(await text(`${floods}?accepted=1&lang=en`)).toContain('Counting now: 1.');
  const rule = { domain: '@Mailinator.com', ruling: 'accepted', reason: 'people here use it' };
  expect((await olga.post(`${floods}/domains`, { ...rule, domain: 'no domain' })).status).toBe(422);
  expect((await olga.post(`${floods}/domains`, rule)).status).toBe(303);
  const next = await confirmSignature(k, await signed(k, { email: 'twice@mailinator.com' }));
  expect(next.signature.state).toBe('confirmed');
});
