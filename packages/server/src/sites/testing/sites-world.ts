import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createFetch, createResolver } from '@clearway/net';
import { createTestCertificate, type DnsServer, startDnsServer } from '@clearway/net/testing';
import { ensureUser, startSession } from '../../identity/index.ts';
import { createRouter, requestContext } from '../../kernel/index.ts';
import { ensurePartyOfUser } from '../../parties/index.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';

/** Names that lead to the servers of the world; the certificate leaves `other.example` out. */
export const HOSTS = ['novel.example', 'www.novel.example', 'other.example', 'xn--nvel-6na.example'];
const PLATFORM_HOSTS = ['soundcloud.com', 'www.soundcloud.com', 'jane.bandcamp.com', 'instagram.com'];

/** A kernel whose internet is two loopback servers, one plain and one with TLS, and a name server. */
export type SitesWorld = {
  readonly k: TestKernel;
  readonly dns: DnsServer;
  /** Port of the plain server. */
  readonly port: number;
  readonly tlsPort: number;
  /** What both servers answer. */
  answer: RequestListener;
  /** `host path` of all requests. */
  readonly asked: string[];
  /** A new person; answers the id of her party. */
  person(): Promise<string>;
  /** A new person with the cookie of her session. */
  visitor(): Promise<{ userId: string; partyId: string; cookie: string; email: string }>;
  close(): Promise<void>;
};

/** Opens the world. The guarded fetch is the real one; only the names above are exempt from its rules. */
export async function openSitesWorld(): Promise<SitesWorld> {
  const certificate = createTestCertificate(
    [...HOSTS, ...PLATFORM_HOSTS].filter((host) => host !== 'other.example'),
  );
  const dns = await startDnsServer(
    new Map([...HOSTS, ...PLATFORM_HOSTS].map((host) => [host, { A: ['127.0.0.1'] }])),
  );
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.headers.host?.split(':')[0]} ${request.url}`);
    world.answer(request, response);
  };
  const plain = createServer(listener);
  const tls = createTlsServer(certificate, listener);
  const [port, tlsPort] = await Promise.all([plain, tls].map(listenOn));
  const resolver = createResolver({ servers: [dns.address] });
  const fetch = createFetch({
    resolver,
    ca: certificate.ca,
    limits: { timeoutMs: 3_000, connectTimeoutMs: 2_000 },
    allowOrigins: [
      ...HOSTS.map((host) => `http://${host}:${port}`),
      ...[...HOSTS, ...PLATFORM_HOSTS].map((host) => `https://${host}:${tlsPort}`),
    ],
  });
  const opened = await createTestKernel({ fetch, dns: resolver });
  const k = { ...opened, site: { ...opened.site, allowPorts: true } };
  const world: SitesWorld = {
    k,
    dns,
    port: port!,
    tlsPort: tlsPort!,
    answer: (_request, response) => response.writeHead(404).end('nothing here'),
    asked,
    person: async () => (await world.visitor()).partyId,
    async visitor() {
      const email = `${opened.ids.id()}@mail.example`;
      const user = await ensureUser(opened, { email, name: 'Jane', locale: 'en' });
      const party = await ensurePartyOfUser(opened, { userId: user.id, name: user.name });
      const door = createRouter();
      door.use(requestContext(k));
      door.post('/', async (c) => {
        await startSession(c, user.id);
        return c.text('in');
      });
      const answer = await door.request('/', { method: 'POST' });
      const cookie = answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      return { userId: user.id, partyId: party.id, cookie, email };
    },
    async close() {
      for (const server of [plain, tls]) server.closeAllConnections();
      await Promise.all([plain, tls].map((server) => new Promise((resolve) => server.close(resolve))));
      await dns.stop();
      await opened.close();
    },
  };
  return world;
}

function listenOn(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
