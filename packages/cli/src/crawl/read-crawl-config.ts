import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Budget, Client, CrawlerOptions } from '@clearway/crawler';

/** What the file for `clearway crawl` says: who fetches, for what, and what was agreed to beforehand. */
export type CrawlConfig = Pick<
  CrawlerOptions,
  'agent' | 'uses' | 'budget' | 'clients' | 'obligations' | 'standards' | 'userClass' | 'reportingProfiles'
>;

const NEEDED = ['agent', 'uses', 'budget'] as const;
const OTHERS = ['clients', 'obligations', 'standards', 'userClass', 'reportingProfiles'] as const;

/**
 * Reads the file. A client names `secretFile`, beside the file, instead of the secret, so that the file itself can be kept
 * anywhere. Throws an Error with a sentence for what is missing or unknown; what values mean the crawler checks.
 */
export function readCrawlConfig(path: string): CrawlConfig {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${path} is no object.`);
  const known: readonly string[] = [...NEEDED, ...OTHERS];
  for (const name of NEEDED)
    if (!Object.hasOwn(value, name)) throw new Error(`${path} does not name "${name}".`);
  for (const name of Object.keys(value))
    if (!known.includes(name)) throw new Error(`${path}: unknown "${name}".`);
  const { clients, budget, ...rest } = value as CrawlConfig & { clients?: readonly FileClient[] };
  return {
    ...rest,
    budget: withoutSpent(budget),
    ...(clients && { clients: clients.map((client) => withSecret(client, dirname(path))) }),
  };
}

type FileClient = Client & { readonly secretFile?: string };

function withSecret({ secretFile, ...client }: FileClient, folder: string): Client {
  if (secretFile === undefined) return client;
  return { ...client, secret: readFileSync(resolve(folder, secretFile), 'utf8').trim() };
}

/** What was spent is read from the lines, never said. */
function withoutSpent({ currency, total, ceilings }: Budget): Budget {
  return { currency, total, ceilings };
}
