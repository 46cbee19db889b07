import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureUser } from '../identity/index.ts';
import { LOCALES } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  assurancesOf,
  COUNTRIES,
  CRAFTS,
  changeProfile,
  countryName,
  countryOptions,
  craftName,
  ensurePartyOfUser,
  eraseParty,
  findParties,
  inviteParty,
  joinParty,
  partyOfUser,
  profileSchema,
} from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());
const user = (name: string) => ensureUser(k, { email: `${name}@example.org`, name, locale: 'en' });

it('a user acts for one party, made once however many ask', async () => {
  const ada = await user('ada');
  const about = { userId: ada.id, name: 'Ada', craft: 'author', country: 'GB' } as const;
  const made = await Promise.all([1, 2, 3].map(() => ensurePartyOfUser(k, about)));
  expect(new Set(made.map((p) => p.id)).size).toBe(1);
  expect(await partyOfUser(k, ada.id)).toMatchObject({
    kind: 'person',
    craft: 'author',
    email: 'ada@example.org',
  });
  expect(await assurancesOf(k, made[0]!.id)).toEqual([
    { kind: 'email-confirmed', method: 'mail-link', evidence: `user:${ada.id}`, checkedAt: k.clock.now() },
  ]);
});

it('an invited party has its own address until somebody acts for it', async () => {
  const invited = await inviteParty(k, { name: 'Ben', email: 'Ben@Example.org' });
  expect(invited).toMatchObject({ email: 'Ben@example.org', userId: null });
  const ben = await user('ben');
  expect(await joinParty(k, { partyId: invited.id, userId: ben.id })).toMatchObject({
    id: invited.id,
    userId: ben.id,
    email: 'ben@example.org',
  });
  const other = await inviteParty(k, { name: 'Ben B.', email: 'ben@example.net' });
  expect((await joinParty(k, { partyId: other.id, userId: ben.id })).id).toBe(invited.id);
  const eve = await user('eve');
  await expect(joinParty(k, { partyId: invited.id, userId: eve.id })).rejects.toMatchObject({
    code: 'party-taken',
  });
});

it('erasure leaves an empty party and nothing that was checked', async () => {
  const cleo = await user('cleo');
  const party = await ensurePartyOfUser(k, { userId: cleo.id, name: 'Cleo', craft: 'poet', country: 'FR' });
  await eraseParty(k, party.id);
  await eraseParty(k, party.id);
  const after = (await findParties(k, [party.id])).get(party.id);
  expect(after).toMatchObject({ name: '', craft: null, country: null, erased: true });
  expect(await assurancesOf(k, party.id)).toEqual([]);
  const profile = { name: 'Cleo', craft: null, country: null };
  await expect(changeProfile(k, party.id, profile, cleo.id)).rejects.toMatchObject({ code: 'party-erased' });
});

it.each([
  '',
  ' ',
  'a'.repeat(10_000),
  'Ada\u202Eevil',
  'A\u200Bda',
  'Ada\u0000',
  'Ada\nLovelace',
  'A\u2066da',
])('a name is one clean line: not %j', (name) => {
  expect(profileSchema.safeParse({ name, craft: '', country: '' }).success).toBe(false);
});

it('takes names in any script, and empty craft and country as none', () => {
  for (const name of ['عُمَر خَیّام', '村上 春樹', 'Łucja Ó Súilleabháin', 'می‌خواهم']) {
    expect(profileSchema.parse({ name, craft: '', country: '' })).toEqual({
      name,
      craft: null,
      country: null,
    });
  }
  expect(profileSchema.safeParse({ name: 'Ada', craft: 'wizard' }).success).toBe(false);
  expect(profileSchema.safeParse({ name: 'Ada', country: 'XX' }).success).toBe(false);
});

it('every craft and country has a name in every language', () => {
  expect(COUNTRIES).toHaveLength(249);
  for (const locale of LOCALES) {
    expect(new Set(CRAFTS.map((craft) => craftName(locale, craft))).size).toBe(CRAFTS.length);
    expect(new Set(COUNTRIES.map((code) => countryName(locale, code))).size).toBe(249);
  }
  expect(countryOptions('de')[0]).toEqual({ value: 'AF', label: 'Afghanistan' });
  expect(countryName('de', 'AT')).toBe('Österreich');
});
