import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseLicenseUsage } from '@clearway/protocol';
import type { CrawlWorld } from '../../packages/server/src/testing/crawl-world.ts';
import type { Random } from './random.ts';

/** What a crawler knows of one fetch: `broken` may have been served, `unserved` and `denied` were not. */
export type Outcome = 'received' | 'broken' | 'unserved' | 'denied';

/** What crawlers saw. */
export type Notes = {
  readonly fetches: Map<string, Outcome>;
  /** The most the gate ever called durable, by agreement. */
  readonly durable: Map<string, number>;
  readonly faults: string[];
  tokens: number;
};

type Crawl = {
  readonly world: CrawlWorld;
  readonly agreement: CrawlWorld['agreements'][number];
  readonly instance: string;
  readonly host: string;
  readonly port: () => number;
  readonly name: string;
  readonly notes: Notes;
  readonly random: Random;
  readonly busy: () => boolean;
};

/** Buys a token and fetches one page after the other, each with an address of its own, never one twice. */
export async function crawlForever(about: Crawl): Promise<void> {
  const { agreement, name, notes, random, busy } = about;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let token: string | undefined;
  for (let n = 0; busy(); n += 1) {
    token ??= await buyToken(about);
    if (token === undefined) break;
    const path = `${agreement.folder}${name}-${n}`;
    const outcome = await fetchPage(about, agent, path, token);
    notes.fetches.set(path, outcome);
    // Used up or run out: the next one.
    if (outcome === 'denied') token = undefined;
    await sleep(outcome === 'received' ? random.between(5, 60) : 50);
  }
  agent.destroy();
}

/** Asks until there is an answer; undefined when there is no time left for one. */
async function buyToken({ world, agreement, instance, notes, busy }: Crawl): Promise<string | undefined> {
  const { id, secret } = world.client;
  while (busy()) {
    try {
      const rsl = await (await fetch(`${instance}/site/${world.siteId}/license.xml`)).text();
      const license = new RegExp(
        `<content url="${agreement.folder}" server="[^>]*>\\s*(<license>.*?</license>)`,
        's',
      );
      const response = await fetch(`${instance}/olp/${world.siteId}/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa(`${id}:${secret}`)}` },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          license: license.exec(rsl)?.[1] ?? '',
          resource: agreement.folder,
        }),
      });
      const text = await response.text();
      if (response.ok) {
        notes.tokens += 1;
        return (JSON.parse(text) as { access_token: string }).access_token;
      }
      if (response.status < 500 && license.test(rsl))
        notes.faults.push(`no token: ${response.status} ${text}`);
    } catch (error) {
      // A server that is dead says nothing; anything else is a finding.
      if (!(error instanceof TypeError)) throw error;
    }
    await sleep(100);
  }
  return undefined;
}

function fetchPage(about: Crawl, agent: Agent, path: string, token: string): Promise<Outcome> {
  const { agreement, notes, host, port } = about;
  const before = notes.durable.get(agreement.id) ?? 0;
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'unserved' : 'broken');
    const asked = request({
      agent,
      host: '127.0.0.1',
      port: port(),
      path,
      headers: { Host: host, 'User-Agent': 'Claude-User/1.0', Authorization: `License ${token}` },
    });
    asked.on('error', failed);
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', failed);
      response.on('end', () => {
        if (response.statusCode !== 200) return resolve('denied');
        if (!text.startsWith(`This is ${path}.`)) notes.faults.push(`${path} got ${text.slice(0, 100)}`);
        resolve('received');
      });
      if (response.statusCode === 200) remember(String(response.headers['license-usage']));
    });
    asked.end();
  });

  function remember(header: string): void {
    const said = parseLicenseUsage(header);
    if (said.agreement !== agreement.id) notes.faults.push(`${path}: told of ${said.agreement}`);
    // What was called durable before this was asked is so for ever.
    if (said.durable < before) notes.faults.push(`${path}: ${said.durable} durable after ${before}`);
    notes.durable.set(agreement.id, Math.max(notes.durable.get(agreement.id) ?? 0, said.durable));
  }
}
