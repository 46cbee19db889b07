import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { ensureUser, findUser, findUserByEmail, listActivity, recordActivity } from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

it('makes one user per mailbox, however the address is spelt and however many ask at once', async () => {
  const spelt = ['Ada@Example.org', 'ada@example.ORG', ' ADA@example.org '];
  const users = await Promise.all(spelt.map((email) => ensureUser(k, { email, name: 'Ada', locale: 'de' })));
  expect(new Set(users.map((u) => u.id)).size).toBe(1);
  expect(await findUser(k, users[0]!.id)).toMatchObject({ name: 'Ada', locale: 'de', operator: false });
  expect((await findUserByEmail(k, 'ADA@EXAMPLE.ORG'))?.id).toBe(users[0]!.id);
  const again = await ensureUser(k, { email: 'ada@example.org', name: 'Somebody', locale: 'en' });
  expect(again.name).toBe('Ada');
});

it('refuses what is no address', async () => {
  await expect(ensureUser(k, { email: 'ada', name: 'Ada', locale: 'en' })).rejects.toMatchObject({
    code: 'email-invalid',
  });
});

it('keeps the activity log append-only and pages through it', async () => {
  for (const n of [1, 2, 3]) {
    await recordActivity(k, { actor: 'system', action: 'test.done', subject: 'thing:1', detail: { n } });
  }
  const first = await listActivity(k, { subject: 'thing:1', limit: 2 });
  expect(first.map((a) => a.detail.n)).toEqual([3, 2]);
  const next = await listActivity(k, { subject: 'thing:1', before: first[1]!.seq, limit: 2 });
  expect(next.map((a) => a.detail.n)).toEqual([1]);
  await expect(sql`delete from identity.activity`.execute(k.db)).rejects.toThrow('append-only');
  await expect(sql`update identity.activity set actor = 'x'`.execute(k.db)).rejects.toThrow('append-only');
});
