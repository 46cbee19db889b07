import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetch, createResolver } from '@clearway/net';
import { startDnsServer } from '@clearway/net/testing';
import { createOperatorLink, demoPages, identity, type kernel, readConfig, serve } from '@clearway/server';
import { CAST, RUDE_CRAWLER } from '../../packages/cli/src/demo/cast.ts';
import { demoNames, startNewsSite } from '../../packages/cli/src/demo/news-site.ts';
import { seedDemo } from '../../packages/cli/src/demo/seed.ts';
import { seedCompanies } from '../../packages/cli/src/demo/seed-companies.ts';

/** The demo world on free ports, as `clearway demo` serves it. */
export type DemoWorld = {
  readonly url: string;
  /** For what a visitor cannot do: count queries, sign in without a mail. */
  readonly k: kernel.Kernel;
  operatorLink(): Promise<string>;
  stop(): Promise<void>;
};

export async function startDemoWorld(): Promise<DemoWorld> {
  const data = mkdtempSync(join(tmpdir(), 'clearway-world-'));
  const news = await startNewsSite(0);
  const dns = await startDnsServer(demoNames());
  const resolver = createResolver({ servers: [dns.address] });
  const running = await serve(readConfig({}, { data, port: 0 }), {
    demo: true,
    fsync: false,
    dns: resolver,
    fetch: createFetch({ resolver, allowOrigins: news.origins }),
    seed: async (k) => {
      await seedCompanies(k, await seedDemo(k, news), news);
    },
    routes: (k) => [
      demoPages({
        cast: CAST,
        others: [RUDE_CRAWLER],
        userOf: async (email) => (await identity.findUserByEmail(k, email))?.id,
      }),
    ],
  });
  return {
    url: running.url,
    k: running.k,
    operatorLink: () => createOperatorLink(running.k),
    stop: async () => {
      await running.stop();
      await news.stop();
      await dns.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
