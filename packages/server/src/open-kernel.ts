import { join } from 'node:path';
import { createFetch, createResolver, type GuardedFetch, type Resolver } from '@clearway/net';
import type { Config } from './config.ts';
import {
  type Clock,
  createIds,
  createLog,
  createRateLimits,
  databaseBlobs,
  fileBlobs,
  joinData,
  type Kernel,
  loadMasterKey,
  type OpenedData,
  openData,
  openKeyRing,
  type Random,
  type Router,
  storedBaseUrl,
  systemClock,
  systemRandom,
} from './kernel/index.ts';
import { commonText } from './web/index.ts';

/** What a caller inside the process may replace: the outside world. */
export type World = {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly fetch?: GuardedFetch;
  readonly dns?: Resolver;
  /** True for the demo world. */
  readonly demo?: boolean;
  /** What the demo world adds to the HTTP surface. */
  readonly routes?: (k: Kernel) => readonly Router[];
  /** Fills an empty demo world before the first request. */
  readonly seed?: (k: Kernel) => Promise<void>;
  /** True where the sites of the world are servers on ports (selftest, tests); see `Site`. */
  readonly allowPorts?: boolean;
  /** False only where losing the cluster does not matter (demo, selftest of nothing durable). */
  readonly fsync?: boolean;
};

/** A kernel over the configured database, and how to give everything back. */
export type OpenKernel = { readonly k: Kernel; readonly data: OpenedData; close(): Promise<void> };

/** Opens the kernel; the base URL is the process setting, else what set-up said, else `fallbackUrl`. `serve` takes the data directory for itself, `join` uses a running server's database. */
export async function openKernel(
  config: Config,
  mode: 'serve' | 'join',
  world: World = {},
  fallbackUrl = `http://localhost:${config.port}`,
): Promise<OpenKernel> {
  const where = {
    directory: config.data,
    url: config.databaseUrl,
    ...(world.fsync === undefined ? {} : { fsync: world.fsync }),
    ...(mode === 'join' ? { poolSize: 3 } : { poolSize: 20 }),
  };
  const data = await (mode === 'serve' ? openData(where) : joinData(where));
  try {
    const baseUrl = config.baseUrl ?? (await storedBaseUrl(data.db)) ?? fallbackUrl;
    return { k: kernelOver(data, config, world, baseUrl), data, close: () => data.close() };
  } catch (error) {
    await data.close();
    throw error;
  }
}

function kernelOver(data: OpenedData, config: Config, world: World, baseUrl: string): Kernel {
  const clock = world.clock ?? systemClock;
  const random = world.random ?? systemRandom;
  const ids = createIds(clock, random);
  const dns = world.dns ?? createResolver(config.dnsServers ? { servers: config.dnsServers } : {});
  const masterKey = loadMasterKey(config.data, config.masterKey, random);
  return {
    db: data.db,
    clock,
    ids,
    random,
    keys: openKeyRing(data.db, masterKey, clock, random),
    blobs:
      config.blobs === 'files'
        ? fileBlobs(join(config.data, 'blobs'), ids)
        : databaseBlobs(data.db, clock, ids),
    fetch: world.fetch ?? createFetch({ resolver: dns }),
    dns,
    limits: createRateLimits(clock),
    log: createLog(config.logLevel),
    site: {
      baseUrl,
      demo: world.demo ?? false,
      allowPorts: world.allowPorts ?? false,
      maxUploadBytes: config.maxUploadBytes,
      spoolDirectory: join(config.data, 'spool'),
      words: commonText,
      mailFrom: config.mailFrom,
      ...(config.mailReturns === undefined ? {} : { mailReturns: config.mailReturns }),
    },
    nudge: () => undefined,
  };
}
