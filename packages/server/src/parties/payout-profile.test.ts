import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { changeAccount, deleteAccount, exportAccount } from '../identity/index.ts';
import { openMails, type Router } from '../kernel/index.ts';
import { openBrowser } from '../testing/browser.ts';
import { company } from '../testing/company.ts';
import { drain } from '../testing/drain.ts';
import { setUp } from '../testing/offer-terms.ts';
import { person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  contactOfParty,
  type PayoutProfileInput,
  PROFILE_WAIT_MS,
  partiesExporter,
  payoutProfile,
  payoutProfileSchema,
  payoutProfiles,
  savePayoutProfile,
} from './index.ts';

let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
});
afterAll(() => k.close());

const IBAN = 'DE89370400440532013000';
const FIELDS = {
  name: 'Ada Byron',
  iban: 'DE89 3704 0044 0532 0130 00',
  bic: '',
  streetName: 'Hafenstraße',
  buildingNumber: '5 b',
  postCode: '24103',
  townName: 'Kiel',
  country: 'DE',
  taxResidence: 'DE',
};
const given = (more: Partial<typeof FIELDS> = {}): PayoutProfileInput =>
  payoutProfileSchema.parse({ ...FIELDS, ...more });

let people = 0;
const someone = () => person(k, `Payee${people++}`);
const mailsTo = async (address: string) =>
  (await openMails(k)).filter(({ recipient }) => recipient === address);

it('is used at once the first time, and a day later when it changes', async () => {
  const { user, party } = await someone();
  const about = { partyId: party.id, actor: user.id };
  expect(await payoutProfile(k, party.id)).toBeUndefined();
  const first = await savePayoutProfile(k, { ...given(), ...about });
  const address = {
    streetName: 'Hafenstraße',
    buildingNumber: '5 b',
    postCode: '24103',
    townName: 'Kiel',
    country: 'DE',
  };
  expect(first).toMatchObject({ version: 1, iban: IBAN, bic: null, address, usableFrom: k.clock.now() });
  expect(await savePayoutProfile(k, { ...given(), ...about })).toEqual(first);
  expect(await mailsTo(user.email)).toHaveLength(1);

  const changed = await savePayoutProfile(k, { ...given({ iban: 'FR1420041010050500013M02606' }), ...about });
  expect(changed).toMatchObject({ version: 2, iban: 'FR1420041010050500013M02606' });
  expect(changed.usableFrom.getTime() - k.clock.now().getTime()).toBe(PROFILE_WAIT_MS);
  const mails = await mailsTo(user.email);
  expect(mails).toHaveLength(2);
  expect(mails.map(({ text }) => text).join()).not.toContain('M02606');
});

it('makes one version after another when two save at once', async () => {
  const { user, party } = await someone();
  const about = { partyId: party.id, actor: user.id };
  const towns = ['Kiel', 'Bonn', 'Ulm', 'Jena'];
  const saved = await Promise.all(
    towns.map((townName) => savePayoutProfile(k, { ...given({ townName }), ...about })),
  );
  expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
});

it('writes to an organisation in the language of the administrator who reads it', async () => {
  const { signer, licenseeId } = await company(k);
  const { user } = signer;
  await changeAccount(k, user.id, { name: user.name, locale: 'de' });
  const contact = await contactOfParty(k, licenseeId);
  expect([contact?.email, contact?.locale]).toEqual([user.email, 'de']);
  await savePayoutProfile(k, { ...given(), partyId: licenseeId, actor: user.id });
  const [mail] = await mailsTo(user.email);
  expect(mail?.subject).toBe('Wohin wir Ihnen zahlen, wurde geändert');
  expect(await contactOfParty(k, '00000000-0000-4000-8000-000000000000')).toBeUndefined();
});

it('keeps no account number in clear, and none that was moved to another row', async () => {
  const [{ user, party }, other] = [await someone(), await someone()];
  await savePayoutProfile(k, { ...given(), partyId: party.id, actor: user.id });
  await savePayoutProfile(k, { ...given(), partyId: other.party.id, actor: other.user.id });
  const rows = await sql`select t::text as row from parties.payout_profiles t`.execute(k.db);
  expect(JSON.stringify(rows.rows)).not.toContain(IBAN.slice(0, -4));
  await sql`update parties.payout_profiles set iban_sealed = (
    select iban_sealed from parties.payout_profiles where party_id = ${other.party.id})
    where party_id = ${party.id}`.execute(k.db);
  await expect(payoutProfile(k, party.id)).rejects.toThrow();
  expect((await payoutProfiles(k, [other.party.id])).get(other.party.id)?.iban).toBe(IBAN);
});

it('is exported with the account and goes with it', async () => {
  const { user, party } = await someone();
  await savePayoutProfile(k, { ...given(), partyId: party.id, actor: user.id });
  const all = await exportAccount(k, user.id, [partiesExporter]);
  expect(all.party).toMatchObject({ payoutProfiles: [{ iban: IBAN, taxResidence: 'DE' }] });
  await deleteAccount(k, user.id, user.email);
  await drain(k);
  expect(await payoutProfile(k, party.id)).toBeUndefined();
  const late = savePayoutProfile(k, { ...given(), partyId: party.id, actor: user.id });
  await expect(late).rejects.toMatchObject({ code: 'party-erased' });
});

it.each([
  ['iban', 'DE89370400440532013001'],
  ['iban', 'BR1500000000000010932840814P2'],
  ['iban', ''],
  ['bic', 'NOBIC'],
  ['country', 'XX'],
  ['townName', 'T'.repeat(36)],
  ['streetName', ' '],
  ['name', '王'],
])('refuses a wrong %s', (field, value) => {
  const result = payoutProfileSchema.safeParse({ ...FIELDS, [field]: value });
  expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
});

it('is given on a page, which never shows the whole number again', async () => {
  const { user, party } = await someone();
  const browser = openBrowser(app);
  await signIn(k, browser, user.id);
  expect((await browser.get('/payout-profile')).status).toBe(200);
  const wrong = await browser.post('/payout-profile', { ...FIELDS, iban: 'DE00' });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/IBAN[\s\S]*Hafenstraße/);
  expect((await browser.post('/payout-profile', FIELDS)).status).toBe(303);
  const page = await (await browser.get('/payout-profile')).text();
  expect(page).toContain('ending in 3000');
  expect(page).not.toContain('DE89');
  // Without a number the stored one stays.
  expect((await browser.post('/payout-profile', { ...FIELDS, iban: '', townName: 'Bonn' })).status).toBe(303);
  expect(await payoutProfile(k, party.id)).toMatchObject({ iban: IBAN, address: { townName: 'Bonn' } });
  expect(await (await browser.get('/payout-profile?lang=de')).text()).toContain('einen Tag später');
});

it('serves programs, for the organisation the session acts for too', async () => {
  const { signer, licenseeId, organisationId } = await company(k);
  const browser = openBrowser(app);
  await signIn(k, browser, signer.user.id);
  const put = (path: string, body: unknown) =>
    browser.send(path, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  await put('/api/acting', { organisationId });
  expect((await put('/api/payout-profile', { ...FIELDS, bic: 'COBADEFFXXX' })).status).toBe(200);
  expect(await (await browser.send('/api/payout-profile')).json()).toMatchObject({
    profile: { version: 1, ibanEnd: '3000', bic: 'COBADEFFXXX' },
  });
  expect(await payoutProfile(k, licenseeId)).toBeDefined();
  expect(await payoutProfile(k, signer.party.id)).toBeUndefined();
});
