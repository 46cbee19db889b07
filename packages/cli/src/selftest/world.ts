import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetch, createResolver, type GuardedFetch } from '@clearway/net';
import { createTestCertificate, type DnsServer, startDnsServer } from '@clearway/net/testing';
import { type RunningInstance, readConfig, serve } from '@clearway/server';
import { type Client, createClient } from './client.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { startTlsFront, type Tls } from './tls-front.ts';

/** Everything the selftest plays with. */
export type SelftestWorld = {
  readonly instance: RunningInstance;
  readonly mailbox: Mailbox;
  readonly dns: DnsServer;
  /** A website of a creator, on loopback, with a name of its own. */
  readonly site: CreatorSite;
  /** Directory with the works that are registered. */
  readonly works: string;
  /** Files that go into the proof folder beside the records. */
  readonly artefacts: Map<string, Uint8Array>;
  /** A person with her own browser; the same name answers the same one. */
  person(name: string): Client;
  /** A directory of a step's own, removed with the world. */
  directory(name: string): string;
  /** Reaches the instance and the creator's site, over TLS with the throw-away authority of this run. */
  readonly fetch: GuardedFetch;
  /** Runs when the world is closed, last first. */
  atClose(step: () => Promise<void> | void): void;
  /** What steps leave for later steps. */
  readonly notes: Map<string, string>;
  /** The finished proof folder and its key. */
  proof?: { readonly folder: ReadonlyMap<string, Uint8Array>; readonly verifierKey: string };
  close(): Promise<void>;
};

/** A small real web server whose pages the steps change. */
export type CreatorSite = {
  readonly url: string;
  readonly host: string;
  /** Path to body; the home page is `/`. */
  readonly pages: Map<
    string,
    { readonly type: string; readonly body: string; readonly headers?: Record<string, string> }
  >;
  /** Stands before the pages once a gate is opened. */
  front: ((listener: RequestListener) => RequestListener) | undefined;
};

export const SITE_HOST = 'lighthouse-press.example';

/** Starts a fresh instance and its surroundings on free ports, in a directory that is removed afterwards. */
export async function openWorld(options: { works: string; tls?: Tls | undefined }): Promise<SelftestWorld> {
  const { tls } = options;
  const directory = mkdtempSync(join(tmpdir(), 'clearway-selftest-'));
  const closing: (() => Promise<void> | void)[] = [() => rmSync(directory, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const { site, server, ca } = await startSite(tls ?? createTestCertificate([SITE_HOST]));
    closing.push(() => closeServer(server));
    const dns = await startDnsServer(new Map([[SITE_HOST, { A: ['127.0.0.1'] }]]));
    closing.push(() => dns.stop());
    const resolver = createResolver({ servers: [dns.address] });
    const port = await freePort();
    const front = tls && (await startTlsFront(tls, port));
    if (front) closing.push(() => closeServer(front.server));
    const origin = front?.origin ?? `http://localhost:${port}`;
    const config = readConfig(
      {},
      {
        data: join(directory, 'data'),
        port,
        baseUrl: origin,
        logLevel: process.env.CLEARWAY_LOG_LEVEL ?? 'error',
      },
    );
    const fetch = createFetch({
      resolver,
      ca,
      allowOrigins: [new URL(site.url).origin, origin],
    });
    const instance = await serve(config, {
      dns: resolver,
      fetch,
      allowPorts: true,
    });
    closing.push(() => instance.stop());
    const people = new Map<string, Client>();
    return {
      instance,
      mailbox: createMailbox(join(config.data, 'mail')),
      dns,
      site,
      works: options.works,
      fetch,
      artefacts: new Map(),
      directory: (name) => join(directory, name),
      atClose: (step) => void closing.push(step),
      person(name) {
        const known = people.get(name) ?? createClient(instance.url, name);
        people.set(name, known);
        return known;
      },
      notes: new Map(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The site speaks TLS, because licence tokens travel no other way. */
async function startSite({ ca, cert, key }: Tls): Promise<{ site: CreatorSite; server: Server; ca: string }> {
  const pages: CreatorSite['pages'] = new Map();
  const listener: RequestListener = (request, response) => {
    const page = pages.get((request.url ?? '/').split('?')[0] ?? '/');
    if (!page) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('nothing here\n');
    return response.writeHead(200, { 'Content-Type': page.type, ...page.headers }).end(page.body);
  };
  const server = createTlsServer({ cert, key }, (request, response) => {
    const serve = site.front ? site.front(listener) : listener;
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const home = '<!doctype html><title>Lighthouse Press</title><h1>Lighthouse Press</h1>';
  pages.set('/', { type: 'text/html; charset=utf-8', body: home });
  const site: CreatorSite = {
    url: `https://${SITE_HOST}:${port}/`,
    host: `${SITE_HOST}:${port}`,
    pages,
    front: undefined,
  };
  return { site, server, ca };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await closeServer(server);
  return port;
}
