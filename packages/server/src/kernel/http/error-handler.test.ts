import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { clientOptions } from '../database/connect.ts';
import { inTx } from '../kernel.ts';
import { errorHandler } from './error-handler.ts';
import { createRouter } from './router.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

/** What a program is told when a route meets this error. */
async function answerTo(error: unknown): Promise<Response> {
  const app = createRouter();
  app.use(async (c, next) => {
    c.set('k', k);
    c.set('locale', 'en');
    c.set('requestId', '01a2038c-4fb0-7882-b945-280b149b0661');
    await next();
  });
  app.get('/', () => {
    throw error;
  });
  app.onError(errorHandler(() => new Response()));
  return app.request('/');
}

it('two that lock what the other needs: one is asked to come back, and has left nothing', async () => {
  await sql`create table two (id integer primary key, n integer)`.execute(k.db);
  await sql`insert into two values (1, 0), (2, 0)`.execute(k.db);
  const add = (id: number) => sql`update two set n = n + 1 where id = ${id}`;
  const reached = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const both = [0, 1].map((own) =>
    inTx(k, async (t) => {
      await add(1 + own).execute(t.db);
      reached[own]!.resolve();
      await reached[1 - own]!.promise;
      await add(2 - own).execute(t.db);
    }),
  );
  const lost = (await Promise.allSettled(both)).flatMap((one) => (one.status === 'rejected' ? [one] : []));
  expect(lost).toHaveLength(1);
  const response = await answerTo(lost[0]!.reason);
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('5');
  expect(await response.json()).toMatchObject({ code: 'busy' });
  const { rows } = await sql<{ n: number }>`select n from two`.execute(k.db);
  expect(rows).toEqual([{ n: 1 }, { n: 1 }]);
});

it('no connection comes free: asked to come back', async () => {
  const pool = new pg.Pool({ ...clientOptions(k.connection), max: 1, connectionTimeoutMillis: 50 });
  const held = await pool.connect();
  const error = await pool.query('select 1').catch((reason) => reason);
  held.release();
  await pool.end();
  expect(await (await answerTo(error)).json()).toMatchObject({ status: 503, code: 'busy' });
});

it('a fault of ours is none of the moment', async () => {
  const wrong = await sql`select nothing`.execute(k.db).catch((reason) => reason);
  for (const error of [wrong, new Error('boom')])
    expect(await (await answerTo(error)).json()).toMatchObject({ status: 500, code: 'internal-error' });
});
