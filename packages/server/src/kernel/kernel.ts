import type { GuardedFetch, Resolver } from '@clearway/net';
import type { Logger } from 'pino';
import type { BlobStore } from './blobs.ts';
import type { Clock } from './clock.ts';
import type { Db } from './database/connect.ts';
import type { Locale } from './i18n.ts';
import type { Ids, Random } from './ids.ts';
import type { KeyRing } from './keys.ts';
import type { RateLimits } from './rate-limit.ts';

/** Facts of the running process that pages, mails and documents need. */
export type Site = {
  /** Where people reach this instance, without a slash at the end. */
  readonly baseUrl: string;
  /** True in a demo world, which can never become a real instance. */
  readonly demo: boolean;
  /** Largest file accepted, in bytes. */
  readonly maxUploadBytes: number;
  /** Where files lie while they arrive; may be emptied at any start. */
  readonly spoolDirectory: string;
  /** What an instance is called that nobody has named yet, and what stands under the name of every one. */
  readonly words: (locale: Locale) => { readonly product: string; readonly tagline: string };
  /** Sender address of all mail. */
  readonly mailFrom: string;
  /** Address to which mail returns, with a token added before the at sign; without it that of `mailFrom`. */
  readonly mailReturns?: string;
  /** True where addresses people give may name a port: selftest and tests. The demo world allows it anyway. */
  readonly allowPorts?: boolean;
};

/**
 * What every use case gets as its first argument: the database handle (a transaction inside `inTx`) and all
 * sources of the outside world. Nothing else is reached for.
 */
export type Kernel = {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly keys: KeyRing;
  readonly blobs: BlobStore;
  readonly fetch: GuardedFetch;
  readonly dns: Resolver;
  readonly limits: RateLimits;
  readonly log: Logger;
  readonly site: Site;
  /** Tells the job runner of this process that there may be work. Called after each commit. */
  readonly nudge: () => void;
};

/**
 * Runs `body` in one transaction and answers its result. Inside, only the kernel that is handed in may be used.
 * Joins the transaction that is already open, so use cases can call each other.
 */
export async function inTx<T>(k: Kernel, body: (t: Kernel) => Promise<T>): Promise<T> {
  if (k.db.isTransaction) return body(k);
  const result = await k.db.transaction().execute((db) => body({ ...k, db, blobs: k.blobs.within(db) }));
  k.nudge();
  return result;
}
