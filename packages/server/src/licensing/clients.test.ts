import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Company, company } from '../testing/company.ts';
import { person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { authenticateClient, createClient, listClients, revokeClient, rotateClient } from './index.ts';

let k: TestKernel;
let acme: Company;
let who: { licenseeId: string; userId: string };
beforeAll(async () => {
  k = await createTestKernel();
  acme = await company(k);
  who = { licenseeId: acme.licenseeId, userId: acme.signer.user.id };
});
afterAll(() => k.close());

it('has a secret of 256 bits that is shown once and kept as a hash', async () => {
  const { client, secret } = await createClient(k, { ...who, name: 'Crawler' });
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  const stored = await sql<{ row: string }>`select c::text as row from licensing.clients c`.execute(k.db);
  expect(stored.rows[0]!.row).not.toContain(secret);
  expect(await authenticateClient(k, { id: client.id, secret })).toEqual(client);
  for (const wrong of ['', `${secret}x`, secret.slice(1)])
    expect(await authenticateClient(k, { id: client.id, secret: wrong })).toBeUndefined();
  expect(await authenticateClient(k, { id: k.ids.id(), secret })).toBeUndefined();
  expect(await authenticateClient(k, { id: 'nonsense', secret })).toBeUndefined();
});

it('gets a new secret, and is ended for ever', async () => {
  k.clock.advance(1);
  const { client, secret } = await createClient(k, { ...who, name: 'Second' });
  const { secret: next } = await rotateClient(k, { ...who, clientId: client.id });
  expect(await authenticateClient(k, { id: client.id, secret })).toBeUndefined();
  expect(await authenticateClient(k, { id: client.id, secret: next })).toMatchObject({ name: 'Second' });
  await revokeClient(k, { ...who, clientId: client.id });
  await revokeClient(k, { ...who, clientId: client.id });
  expect(await authenticateClient(k, { id: client.id, secret: next })).toBeUndefined();
  await expect(rotateClient(k, { ...who, clientId: client.id })).rejects.toMatchObject({
    code: 'client-revoked',
  });
  expect((await listClients(k, who.licenseeId)).map(({ name }) => name)).toEqual(['Crawler', 'Second']);
});

it('belongs to a company and to those who may sign for it', async () => {
  const stranger = await person(k, 'Stranger');
  const { client } = await createClient(k, { ...who, name: 'Third' });
  const as = { licenseeId: acme.licenseeId, userId: stranger.user.id };
  await expect(createClient(k, { ...as, name: 'x' })).rejects.toMatchObject({ code: 'not-a-signer' });
  await expect(revokeClient(k, { ...as, clientId: client.id })).rejects.toMatchObject({
    code: 'not-a-signer',
  });
  const own = { licenseeId: stranger.party.id, userId: stranger.user.id };
  await expect(createClient(k, { ...own, name: 'x' })).rejects.toMatchObject({ code: 'licensee-needed' });
  const other = await company(k);
  await expect(
    rotateClient(k, { licenseeId: other.licenseeId, userId: other.signer.user.id, clientId: client.id }),
  ).rejects.toMatchObject({ code: 'client-unknown' });
});
