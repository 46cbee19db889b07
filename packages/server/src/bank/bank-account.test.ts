import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { setUp } from '../testing/offer-terms.ts';
import { person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { bankAccount } from './index.ts';
import { operator } from './testing/operators.ts';

let k: TestKernel;
let browser: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  browser = openBrowser(createApp(k));
  await signIn(k, browser, (await operator(k, 'Olga')).user.id);
});
afterAll(() => k.close());

const address = {
  streetName: 'Gänsemarkt',
  buildingNumber: '12',
  postCode: '20354',
  townName: 'Hamburg',
  country: 'DE',
};
const form = { name: 'Guild e. V.', iban: 'de89 3704 0044 0532 0130 00', bic: '', ...address };

it('is named by the operator, on the page or by a program', async () => {
  expect(await bankAccount(k)).toBeUndefined();
  expect((await browser.post('/operator/bank-account', form)).status).toBe(303);
  const named = { name: 'Guild e. V.', iban: 'DE89370400440532013000', address };
  expect(await bankAccount(k)).toEqual(named);
  const put = await browser.send('/api/bank-account', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...named, bic: 'deutdeff' }),
  });
  expect([put.status, await put.json()]).toEqual([200, { account: { ...named, bic: 'DEUTDEFF' } }]);
  expect(await (await browser.get('/operator/bank-account?lang=de')).text()).toContain('DEUTDEFF');
});

it('is refused with the field that is wrong, and kept as it was', async () => {
  const before = await bankAccount(k);
  const wrong = [
    { iban: 'DE88370400440532013000' },
    { townName: '' },
    { country: 'XX' },
    { bic: 'x' },
    { name: '王' },
  ];
  for (const one of wrong) {
    const answer = await browser.post('/operator/bank-account?lang=de', { ...form, ...one });
    expect([one, answer.status]).toEqual([one, 422]);
  }
  expect(await bankAccount(k)).toEqual(before);
});

it('is nothing for others', async () => {
  const other = openBrowser(createApp(k));
  await signIn(k, other, (await person(k, 'Nina')).user.id);
  expect((await other.get('/operator/bank-account')).status).toBe(403);
  expect((await other.send('/api/bank-account')).status).toBe(403);
});
