import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDnsServer } from '@clearway/net/testing';
import { childrenOf, kill, postmasterOf } from './processes.ts';
import type { Random } from './random.ts';

/** What dies: the server, its PostgreSQL with all its processes, both, one backend, or the server while it starts. */
export const TARGETS = ['node', 'postgres', 'both', 'backend', 'starting'] as const;
export type Target = (typeof TARGETS)[number];

/** A server process on a data directory, with a name server and websites beside it that outlive it. */
export type Instance = {
  readonly base: string;
  /** Starts it; answers the operator's link while one is needed. */
  start(): Promise<string>;
  /** Kills without warning; the server process is gone or its database is. */
  kill(target: Exclude<Target, 'starting'>, random: Random): Promise<void>;
  /** Starts it again where it died, or waits until it has recovered. */
  recover(): Promise<void>;
  /** Starts it and kills it on the way up. */
  killWhileStarting(afterMs: number): Promise<void>;
  openSite(host: string): { url: string; pages: Map<string, string> };
  stop(): Promise<void>;
};

const MAX_SITES = 20_000;
const READY_MS = 20_000;

export async function createInstance(data: string): Promise<Instance> {
  const sites = new Map<string, Map<string, string>>();
  const site = await startSites(sites);
  const sitePort = (site.address() as AddressInfo).port;
  const dns = await startDnsServer();
  const port = await freePort();
  const base = `http://localhost:${port}`;
  let child: ChildProcess | undefined;
  let said = '';

  const launch = () => {
    const given = JSON.stringify({ data, port, dns: dns.address, sitePort, sites: MAX_SITES });
    const script = join(import.meta.dirname, 'server.ts');
    child = spawn(process.execPath, [script, given], { stdio: ['ignore', 'pipe', 'pipe'] });
    return child;
  };
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const ended = (one: ChildProcess) =>
    one.exitCode !== null || one.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => one.once('exit', () => resolve()));

  async function start(): Promise<string> {
    const started = launch();
    said = '';
    for (const stream of [started.stdout!, started.stderr!])
      stream.on('data', (chunk) => {
        said += chunk;
      });
    for (let waited = 0; waited < READY_MS; waited += 20) {
      const ready = /^ready (.*)$/m.exec(said);
      if (ready) return ready[1]!;
      if (!alive()) throw new Error(`the server did not start: ${said}`);
      await sleep(20);
    }
    throw new Error(`the server was not ready after ${READY_MS} ms: ${said}`);
  }

  return {
    base,
    start,
    async kill(target, random) {
      const postmaster = postmasterOf(data);
      const backends = postmaster === undefined ? [] : childrenOf(postmaster);
      if (target === 'node' || target === 'both') kill(child!.pid!);
      if (target === 'backend' && backends.length > 0) kill(random.pick(backends));
      if ((target === 'postgres' || target === 'both') && postmaster !== undefined)
        for (const pid of [postmaster, ...backends]) kill(pid);
      if (target === 'node' || target === 'both') await ended(child!);
    },
    async recover() {
      await sleep(30);
      if (!alive()) {
        await start();
        return;
      }
      for (let waited = 0; waited < READY_MS; waited += 50) {
        if (!alive()) throw new Error(`the server died with its database: ${said}`);
        const ready = await fetch(`${base}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (ready) return;
        await sleep(50);
      }
      throw new Error(`the server did not find its database again within ${READY_MS} ms`);
    },
    async killWhileStarting(afterMs) {
      kill(child!.pid!);
      await ended(child!);
      const starting = launch();
      await sleep(afterMs);
      kill(starting.pid!);
      await ended(starting);
    },
    openSite(host) {
      const pages = sites.get(host) ?? new Map<string, string>();
      sites.set(host, pages);
      dns.zone.set(host, { A: ['127.0.0.1'] });
      return { url: `http://${host}:${sitePort}/`, pages };
    },
    async stop() {
      if (child && alive()) {
        child.kill('SIGTERM');
        await ended(child);
      }
      await Promise.all([dns.stop(), closeServer(site)]);
    },
  };
}

async function startSites(sites: ReadonlyMap<string, ReadonlyMap<string, string>>): Promise<Server> {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').split(':')[0] ?? '';
    const page = sites.get(host)?.get((request.url ?? '/').split('?')[0] ?? '/');
    if (page === undefined) response.writeHead(404, { 'Content-Type': 'text/plain' }).end('nothing here\n');
    else response.writeHead(200, { 'Content-Type': 'text/plain' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
