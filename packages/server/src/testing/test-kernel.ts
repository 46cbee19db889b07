import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetch, createResolver, type GuardedFetch, type Resolver } from '@clearway/net';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { databaseBlobs } from '../kernel/blobs.ts';
import { fixedClock } from '../kernel/clock.ts';
import { clientOptions, openDatabase } from '../kernel/database/connect.ts';
import { createIds, type Random } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openKeyRing } from '../kernel/keys.ts';
import { createRateLimits } from '../kernel/rate-limit.ts';
import { commonText } from '../web/messages.ts';

/** A kernel over a database of its own, with a clock that is moved by hand and repeatable randomness. */
export type TestKernel = Kernel & {
  readonly clock: ReturnType<typeof fixedClock>;
  /** How to reach the same database from elsewhere. */
  readonly connection: { socketDirectory: string; user: string; password: string; database: string };
  close(): Promise<void>;
};

let databases = 0;

/** Random bytes that are the same in every run: SHA-256 of a seed and a counter. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  return (bytes) => {
    const parts: Buffer[] = [];
    for (let have = 0; have < bytes; have += 32) {
      parts.push(createHash('sha256').update(`${seed}|${counter++}`).digest());
    }
    return new Uint8Array(Buffer.concat(parts).subarray(0, bytes));
  };
}

/** Clones the migrated template and opens a kernel over it; call `close` in `afterAll`. */
export async function createTestKernel(
  options: { fetch?: GuardedFetch; dns?: Resolver; now?: string; seed?: string } = {},
): Promise<TestKernel> {
  const cluster = inject('testCluster');
  const nth = databases++;
  const database = `t_${process.pid}_${nth}`;
  const admin = new pg.Client(clientOptions({ ...cluster, database: 'postgres' }));
  await admin.connect();
  await admin.query(`create database ${database} template clearway`);
  await admin.end();
  const connection = { ...cluster, database };
  const { db, close } = openDatabase(connection, 8);
  // Ids are the same in every file of tests, so each database has a folder of its own.
  const spoolDirectory = join(tmpdir(), `clearway-test-spool-${process.getuid?.() ?? 0}`, database);
  const clock = fixedClock(options.now ?? '2026-11-22T12:00:00Z');
  // Not the name of the database: what a test draws must not depend on the process it runs in.
  const random = seededRandom(options.seed ?? `${process.env.CLEARWAY_SEED ?? ''} kernel ${nth}`);
  const ids = createIds(clock, random);
  const dns = options.dns ?? createResolver({});
  return {
    db,
    clock,
    ids,
    random,
    keys: openKeyRing(db, new Uint8Array(32).fill(7), clock, random),
    blobs: databaseBlobs(db, clock, ids),
    fetch: options.fetch ?? createFetch({ resolver: dns }),
    dns,
    limits: createRateLimits(clock),
    log: pino({ level: process.env.CLEARWAY_TEST_LOG ?? 'silent' }),
    site: {
      baseUrl: 'http://localhost:4000',
      demo: false,
      maxUploadBytes: 50_000_000,
      spoolDirectory,
      words: commonText,
      mailFrom: 'clearway@localhost',
    },
    nudge: () => undefined,
    connection,
    async close() {
      await close();
      rmSync(spoolDirectory, { recursive: true, force: true });
    },
  };
}
