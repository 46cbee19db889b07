import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { expect } from 'vitest';
import { databaseBlobs } from '../kernel/blobs.ts';
import { clientOptions, type Db } from '../kernel/database/connect.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { ledgerChecks } from '../ledger/index.ts';
import { verifyBooks } from '../verify-books.ts';
import type { TestKernel } from './test-kernel.ts';

/**
 * How the connection is lost at a query: before it reaches the server, or after the server did it and before its answer
 * comes back. The second on a COMMIT is the case that only idempotency can survive.
 */
type Loss = 'before' | 'after';

/** Loses one connection, at the n-th query that any connection of the pool sends. */
function losingPool(connection: TestKernel['connection'], n: number, loss: Loss) {
  const seen = { queries: 0, lost: undefined as string | undefined };
  const lose = (client: pg.Client, text: string): never => {
    seen.lost = text;
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    throw new Error(`The connection was lost ${loss} query ${n}: ${text}`);
  };
  class LosingClient extends pg.Client {
    // pg declares seven ways to call it; this one is what Kysely does.
    override async query(...args: never[]): Promise<never> {
      seen.queries += 1;
      const text = String(args[0]).replace(/\s+/g, ' ').slice(0, 120);
      const now = seen.queries === n;
      if (now && loss === 'before') lose(this, text);
      const result = await (super.query as (...all: never[]) => Promise<never>)(...args);
      if (now) lose(this, text);
      return result;
    }
  }
  const pool = new pg.Pool({ ...clientOptions(connection), Client: LosingClient as never, max: 4 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return { db, seen };
}

/**
 * Loses the connection to the database at the 1st, 2nd, 3rd … query of a use case (BEGIN and COMMIT are queries too), once
 * before and once after the server did it, until the use case needs no more queries than that. After each loss the use
 * case runs again undisturbed, as a job that is retried or a person who presses the button again, and must come to its end.
 * Then the books must be right and `check` must find the effects of one run, no less and no more.
 *
 * `prepare` makes what one round works on, such as an invoice of its own, so that rounds do not see each other; it runs
 * undisturbed. `run` gets it with the kernel to use: it must take everything from that kernel and wait for all it starts.
 * `check` gets it after the round, and throws (with `expect`) when something happened twice, half, or not at all. The
 * signing keys of the kernel are read over its own connection, undisturbed.
 *
 * Answers how many queries the use case needs; so many rounds were played with either loss.
 *
 * @example
 * await failEveryQuery(k, {
 *   prepare: () => paidInvoice(k),
 *   run: (k, invoice) => finishRun(k, invoice.id),
 *   check: async (invoice) => expect(await balances(k, { kind: 'pool', owner: invoice.id })).toEqual([…]),
 * });
 */
export async function failEveryQuery<T>(
  k: TestKernel,
  useCase: {
    prepare: () => Promise<T>;
    run: (k: Kernel, subject: T) => Promise<unknown>;
    check: (subject: T) => Promise<void>;
  },
): Promise<number> {
  for (let n = 1; ; n += 1) {
    let queries = 0;
    for (const loss of ['before', 'after'] as const) {
      const subject = await useCase.prepare();
      const { db, seen } = losingPool(k.connection, n, loss);
      const losing = { ...k, db, blobs: databaseBlobs(db, k.clock, k.ids) };
      let failure: unknown;
      try {
        await useCase.run(losing, subject);
      } catch (error) {
        failure = error;
      } finally {
        await db.destroy();
      }
      // What fails although no connection was lost would fail for everybody.
      if (failure !== undefined && seen.lost === undefined) throw failure;
      const where = `connection lost ${loss} query ${n}: ${seen.lost}`;
      if (seen.lost !== undefined) await useCase.run(k, subject);
      await useCase.check(subject).catch((error: unknown) => {
        throw new Error(`${where}: ${String(error)}`, { cause: error });
      });
      const wrong = (await verifyBooks(k, ledgerChecks)).filter(({ ok }) => !ok);
      expect(wrong, where).toEqual([]);
      if (seen.lost === undefined) queries = seen.queries;
    }
    if (queries > 0) return queries;
  }
}
