import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { inTx } from '../kernel.ts';
import { failCommon } from './common-problems.ts';
import { idempotency } from './idempotency.ts';
import { Problem } from './problem.ts';
import { createRouter } from './router.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
  await sql`create table public.things (n int)`.execute(k.db);
});
afterAll(() => k.close());

function app() {
  const router = createRouter();
  router.use(async (c, next) => {
    c.set('k', k);
    await next();
  });
  router.use(idempotency(async () => 'ada'));
  router.post('/things', async (c) => {
    const { n } = await c.req.json<{ n: number }>();
    await inTx(c.get('k'), (t) => sql`insert into public.things values (${n})`.execute(t.db));
    if (n < 0) throw failCommon('invalid-input');
    return c.json({ n }, 201);
  });
  router.onError((error, c) => c.json({}, error instanceof Problem ? (error.status as 422) : 500));
  return router;
}
const post = (key: string, n: number) =>
  app().request('/things', {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: JSON.stringify({ n }),
  });
const count = async (n: number) =>
  (await sql<{ c: number }>`select count(*)::int as c from public.things where n = ${n}`.execute(k.db))
    .rows[0]!.c;

it('answers a repeat with the first answer and does it once', async () => {
  const first = await post('k1', 1);
  const again = await post('k1', 1);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(await again.json()).toEqual({ n: 1 });
  expect(await count(1)).toBe(1);
});

it('does it once when both arrive at the same time', async () => {
  const both = await Promise.all([post('k2', 2), post('k2', 2)]);
  expect(both.map((r) => r.status)).toEqual([201, 201]);
  expect(await count(2)).toBe(1);
});

it('refuses the key for another body', async () => {
  await post('k3', 3);
  expect((await post('k3', 4)).status).toBe(422);
  expect(await count(4)).toBe(0);
});

it('keeps nothing of a request that failed, and lets it be corrected', async () => {
  expect((await post('k4', -1)).status).toBe(422);
  expect(await count(-1)).toBe(0);
  expect((await post('k4', 5)).status).toBe(201);
});

it('refuses a key that is not visible ASCII', async () => {
  expect((await post('a b', 6)).status).toBe(400);
});
