import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { sql } from 'kysely';
import { inTx } from '../kernel.ts';
import { failCommon } from './common-problems.ts';
import type { HttpEnv } from './router.ts';

type Row = { request_hmac: string; status: number; headers: Record<string, string>; body: Buffer };

/**
 * `Idempotency-Key` on unsafe requests: the use case and the record of its answer commit together, so a repeat
 * gets the same answer and nothing happens twice, even after a crash. `scopeOf` names who is asking, so that
 * keys of different people never meet. Problems roll back and are not remembered.
 */
export function idempotency(
  scopeOf: (c: Parameters<MiddlewareHandler<HttpEnv>>[0]) => Promise<string>,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const key = c.req.header('Idempotency-Key');
    if (key === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw failCommon('idempotency-key-invalid');
    const body = new Uint8Array(await c.req.arrayBuffer());
    const digest = createHash('sha256').update(`${c.req.method} ${c.req.path}\n`).update(body).digest('hex');
    // Bodies hold addresses and names; a bare hash of a short body could be guessed from a stolen table.
    const request = await c.get('k').keys.hmac('idempotency', digest);
    const scope = await scopeOf(c);
    const outer = c.get('k');
    return inTx(outer, async (t) => {
      // Two requests with one key wait for each other here; the second then finds the first one's answer.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${scope}|${key}`}, 0))`.execute(t.db);
      const found = await sql<Row>`select request_hmac, status, headers, body from kernel.idempotency
        where scope = ${scope} and key = ${key}`.execute(t.db);
      const before = found.rows[0];
      if (before) {
        if (before.request_hmac !== request) throw failCommon('idempotency-key-reused');
        return new Response(new Uint8Array(before.body), {
          status: before.status,
          headers: { ...before.headers, 'Idempotency-Replayed': 'true' },
        });
      }
      c.set('k', t);
      await next();
      c.set('k', outer);
      if (c.error) throw c.error;
      const answer = new Uint8Array(await c.res.clone().arrayBuffer());
      const headers = Object.fromEntries([...c.res.headers].filter(([name]) => name !== 'set-cookie'));
      await sql`insert into kernel.idempotency (scope, key, request_hmac, status, headers, body, created_at)
        values (${scope}, ${key}, ${request}, ${c.res.status}, ${JSON.stringify(headers)}::jsonb, ${Buffer.from(answer)}, ${t.clock.now()})`.execute(
        t.db,
      );
    });
  };
}
