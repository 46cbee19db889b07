import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFetch, createResolver } from '@clearway/net';
import { startDnsServer } from '@clearway/net/testing';
import { demoPages, identity, readConfig, serve } from '@clearway/server';
import type { Command } from 'commander';
import { CAST, RUDE_CRAWLER } from './demo/cast.ts';
import { demoNames, startNewsSite } from './demo/news-site.ts';
import { seedDemo } from './demo/seed.ts';
import { seedCompanies } from './demo/seed-companies.ts';
import { seedMoney } from './demo/seed-money.ts';
import { untilTold } from './serve-command.ts';

const MARK = 'this-is-a-demo-world';
const SEEDED = 'seeded';

/** `clearway demo`: serves the demo world from a data directory of its own. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Run the demo world: invented people, nothing leaves this machine')
    .option('--data <dir>', 'data directory of the demo world')
    .option('--port <number>', 'port; the news site of the demo takes the next one')
    .action(async (options: { data?: string; port?: string }) => {
      const config = readConfig(
        { CLEARWAY_LOG_LEVEL: process.env.CLEARWAY_LOG_LEVEL },
        { data: 'data-demo', ...options },
      );
      prepareDirectory(config.data);
      const news = await startNewsSite(config.port === 0 ? 0 : config.port + 1);
      const dns = await startDnsServer(demoNames());
      const resolver = createResolver({ servers: [dns.address] });
      try {
        const instance = await serve(config, {
          demo: true,
          dns: resolver,
          fetch: createFetch({ resolver, allowOrigins: news.origins }),
          seed: async (k) => {
            const people = await seedDemo(k, news);
            await seedMoney(k, people);
            await seedCompanies(k, people, news);
            writeFileSync(join(config.data, SEEDED), '');
          },
          routes: (k) => [
            demoPages({
              cast: CAST,
              others: [RUDE_CRAWLER],
              userOf: async (email) => (await identity.findUserByEmail(k, email))?.id,
            }),
          ],
        });
        const told = untilTold();
        console.log(`The demo world runs at ${instance.url}`);
        console.log(`Walk in as one of its people: ${instance.url}/demo`);
        console.log(`What is mailed there: ${instance.url}/demo/mail`);
        console.log(`Its newspaper: ${news.localUrl}`);
        await told;
        await instance.stop();
      } finally {
        await news.stop();
        await dns.stop();
      }
    });
}

/** A half-filled demo world is thrown away and filled anew; anything that is not a demo world is left alone. */
function prepareDirectory(directory: string): void {
  const mark = join(directory, MARK);
  if (existsSync(directory) && !existsSync(mark)) {
    throw new Error(`${directory} exists and is not a demo world. Choose another directory with --data.`);
  }
  if (existsSync(mark) && !existsSync(join(directory, SEEDED))) {
    if (!readFileSync(mark, 'utf8').startsWith(MARK)) throw new Error(`${mark} is not what it should be.`);
    rmSync(directory, { recursive: true });
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(mark, `${MARK}: it can be deleted at any time and can never become a real instance\n`);
}
