import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { exportAccount } from '../identity/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { type Person, person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { endToEndIdOf, payoutsExporter } from './index.ts';
import { openBank, openPayoutsWorld, payee } from './testing/payouts-world.ts';

let k: TestKernel;
let first: Person;
let olga: Browser;
let paul: Browser;
let bank: ReturnType<typeof openBank>;
beforeAll(async () => {
  k = await createTestKernel();
  const world = await openPayoutsWorld(k);
  first = world.first;
  bank = openBank(k, first.user.id);
  const app = createApp(k);
  [olga, paul] = [openBrowser(app), openBrowser(app)];
  await signIn(k, olga, first.user.id);
  await signIn(k, paul, world.second.user.id);
});
afterAll(() => k.close());

const here = '/operator/payouts';
async function text(browser: Browser, path: string): Promise<string> {
  const page = await browser.get(path);
  expect([path, page.status]).toEqual([path, 200]);
  return page.text();
}

it('leads from who would be paid to who was', async () => {
  expect(await text(olga, here)).toContain('Nobody can be paid now');
  const ada = await payee(k, 12_345_678n, { name: 'Ada' });
  await payee(k, 4_000_000n, { profile: false, name: 'Silent' });
  const now = await text(olga, here);
  expect(now).toContain('€12.34');
  expect(now).toMatch(/Silent[\s\S]*has not said where to/);

  expect((await olga.post(here, { minimum: 'much' })).status).toBe(422);
  const proposed = await olga.post(here, { minimum: '1' });
  expect(proposed.status).toBe(303);
  const batch = proposed.headers.get('Location')!;
  expect(await text(olga, batch)).toContain('another operator has to order it');
  expect((await olga.post(`${batch}/approval`)).status).toBe(403);
  expect((await olga.post(here, { minimum: '1' })).status).toBe(409);
  expect((await paul.get(`${batch}/pain001.xml`)).status).toBe(409);

  expect((await paul.post(`${batch}/approval`)).status).toBe(303);
  expect((await paul.post(`${batch}/approval`)).status).toBe(409);
  const file = await paul.get(`${batch}/pain001.xml`);
  expect(file.headers.get('Content-Disposition')).toContain('attachment');
  expect(await file.text()).toContain('<InstdAmt Ccy="EUR">12.34</InstdAmt>');

  const id = endToEndIdOf(batch.split('/').at(-1)!, ada.party.id);
  const mine = openBrowser(createApp(k));
  await signIn(k, mine, ada.user.id);
  expect(await text(mine, '/payouts')).toContain('ordered, not yet confirmed by the bank');
  await bank.state([{ amountMicro: -12_340_000n, endToEndId: id }]);
  expect(await text(mine, '/payouts')).toContain('paid, says the bank');
  expect(await text(mine, '/payouts?lang=de')).toContain('bezahlt, sagt die Bank');
  expect(await text(paul, `${batch}?lang=de`)).toContain('bezahlt, sagt die Bank');
  const all = await exportAccount(k, ada.user.id, [payoutsExporter]);
  expect(JSON.parse(JSON.stringify(all)).payouts).toMatchObject([{ amountMicro: '12340000', state: 'paid' }]);
});

it('lets a payment be set right by hand', async () => {
  const bob = await payee(k, 3_000_000n, { name: 'Bob' });
  const batch = (await olga.post(here, { minimum: '1' })).headers.get('Location')!;
  await paul.post(`${batch}/approval`);
  const payment = endToEndIdOf(batch.split('/').at(-1)!, bob.party.id);
  const [fitting] = await bank.state([{ amountMicro: -3_000_000n }, { amountMicro: -3_010_000n }]);
  const offered = await text(olga, batch);
  expect(offered.match(/<option value="[0-9a-f]{8}-/g)).toHaveLength(1);
  expect(offered).toContain(`<option value="${fitting}"`);
  const unknown = await olga.post(`${batch}/rejection`, { payment: 'CW-1', reason: 'x' });
  expect(unknown.status).toBe(404);
  const entry = '01900000-0000-7000-8000-00000000dead';
  expect((await olga.post(`${batch}/match`, { payment, entry })).status).toBe(404);
  expect((await olga.post(`${batch}/rejection`, { payment, reason: 'Wrong <account>' })).status).toBe(303);
  expect(await text(olga, batch)).toContain('Wrong &lt;account&gt;');
});

it('serves programs', async () => {
  await payee(k, 9_000_000n);
  const send = (browser: Browser, method: string, path: string, body?: unknown) =>
    browser.send(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const made = await send(olga, 'POST', '/api/payout-batches', { minimumMicro: '5000000' });
  expect(made.status).toBe(201);
  const batch = (await made.json()) as { id: string };
  const path = `/api/payout-batches/${batch.id}`;
  expect((await send(olga, 'POST', `${path}/approval`)).status).toBe(403);
  expect(await (await send(paul, 'POST', `${path}/approval`)).json()).toMatchObject({ state: 'ordered' });
  const file = await send(paul, 'GET', `${path}/file`);
  expect(file.headers.get('Content-Type')).toContain('application/xml');
  const read = (await (await send(olga, 'GET', path)).json()) as { items: { id: string; state: string }[] };
  expect(read.items).toMatchObject([{ state: 'ordered' }, ...read.items.slice(1)]);
  const [item] = read.items;
  const reject = () => send(olga, 'POST', `/api/payouts/${item!.id}/rejection`, { reason: 'RJCT' });
  expect([(await reject()).status, (await reject()).status]).toEqual([204, 409]);
  expect((await send(olga, 'DELETE', path)).status).toBe(409);
  expect(await (await send(olga, 'GET', '/api/payouts')).json()).toEqual({ payouts: [] });
});

it('is nothing for others', async () => {
  const nina = openBrowser(createApp(k));
  await signIn(k, nina, (await person(k, 'Nina')).user.id);
  expect((await nina.get(here)).status).toBe(403);
  expect((await nina.send('/api/payout-batches')).status).toBe(403);
});
