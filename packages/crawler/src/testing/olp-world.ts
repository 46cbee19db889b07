import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from '@clearway/rsl';
import { type CrawlerOptions, createCrawler } from '../index.ts';

/** One answer of a site: a status, headers, a body. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array };
type Page = Answer | ((request: IncomingMessage) => Answer);

/** What arrived at a server: `GET /a`, with its headers. */
export type Arrived = { line: string; headers: IncomingMessage['headers']; body: string };

/** A server of its own at an address of the loopback, and what arrived there. */
export type Host = { origin: string; arrived: Arrived[]; pages: Record<string, Page>; lines(): string[] };

const running: Server[] = [];

export async function closeHosts(): Promise<void> {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

export async function openHost(
  handle?: (arrived: Arrived, request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<Host> {
  const host: Host = { origin: '', arrived: [], pages: {}, lines: () => host.arrived.map((one) => one.line) };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const line = `${request.method} ${request.url}`;
      const arrived = { line, headers: request.headers, body: Buffer.concat(chunks).toString() };
      host.arrived.push(arrived);
      if (handle?.(arrived, request, response)) return;
      const page = host.pages[(request.url ?? '').split('?')[0] ?? ''];
      const answer = typeof page === 'function' ? page(request) : page;
      write(response, answer ?? { status: 404, body: 'nothing here' }, request.method);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  running.push(server);
  host.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return host;
}

function write(response: ServerResponse, { status = 200, headers = {}, body = '' }: Answer, method?: string) {
  response.writeHead(status, headers);
  response.end(method === 'HEAD' ? undefined : body);
}

export const CLIENT = { id: 'acme & co', secret: 's3cret:%/+ä' };

/** A license server that speaks OLP (RSL 1.0 §5), and what it has issued. */
export type LicenseServer = Host & {
  base: string;
  /** Licences it sells without asking: what `payment` and `permits` say, as text. */
  agreed: Set<string>;
  live: Map<string, { resource: string; count: number }>;
  lifeS: number;
  next?: Answer | undefined;
};

export async function openLicenseServer(): Promise<LicenseServer> {
  const host = await openHost((arrived, _request, response) => {
    if (arrived.line !== 'POST /olp/site-1/token') return false;
    const answer = server.next ?? token(server, arrived);
    server.next = undefined;
    write(response, answer);
    return true;
  });
  const server: LicenseServer = Object.assign(host, {
    base: `${host.origin}/olp/site-1`,
    agreed: new Set<string>(),
    live: new Map<string, { resource: string; count: number }>(),
    lifeS: 900,
  });
  return server;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: JSON.stringify(value),
});

function token(server: LicenseServer, { headers, body }: Arrived): Answer {
  const form = new URLSearchParams(body);
  const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
  const given = basic
    ? Buffer.from(basic, 'base64')
        .toString()
        .split(':')
        .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    : [form.get('client_id'), form.get('client_secret')];
  if (given[0] !== CLIENT.id || given[1] !== CLIENT.secret) return json(401, { error: 'invalid_client' });
  if (form.get('grant_type') !== 'client_credentials') return json(400, { error: 'unsupported_grant_type' });
  const resource = form.get('resource') ?? '';
  // An element that stands alone: its namespace is declared on it.
  const { document } = parse(
    `<x:rsl xmlns:x="https://rslstandard.org/rsl"><x:content url="/">${form.get('license')}</x:content></x:rsl>`,
  );
  const license = document?.contents[0]?.licenses[0];
  if (!license || license.permits.length === 0) return json(400, { error: 'invalid_license' });
  const key = `${license.permits[0]!.text.trim()} ${license.payment?.amount?.decimal ?? ''}`.trim();
  if (!server.agreed.has(key)) {
    const quote = {
      quote_uri: `${server.origin}/quotes/7`,
      error_description: 'Nobody has agreed to this yet.',
    };
    return json(400, { error: 'invalid_license', ...quote });
  }
  const made = `t.${randomUUID()}`;
  server.live.set(made, { resource, count: 0 });
  return json(200, { access_token: made, token_type: 'License', expires_in: server.lifeS });
}

/** A page behind a gate that speaks CAP (RSL 1.0 §6). */
export function gated(site: Host, server: LicenseServer, content: string): Page {
  return (request) => {
    const [, given = ''] = /^License (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const known = server.live.get(given);
    const headers = {
      'WWW-Authenticate': `License error="invalid_${given ? 'token' : 'request'}"`,
      Link: `<${site.origin}/license.xml>; rel="license"; type="application/rsl+xml"`,
    };
    if (!known) return { status: given ? 401 : 402, headers, body: 'license wanted' };
    if (request.method !== 'HEAD') known.count += 1;
    const usage = `agreement="a-1", count=${known.count}, durable=${Math.max(0, known.count - 1)}`;
    return { headers: { 'License-Usage': usage, 'Content-Type': 'text/plain' }, body: content };
  };
}

export const rsl = (contents: string) => `<rsl xmlns="https://rslstandard.org/rsl">${contents}</rsl>`;
export const licensed = (use: string, payment: string) =>
  `<license><permits type="usage">${use}</permits>${payment}</license>`;
export const priced = (server: string, url: string, use: string, decimal: string, type = 'crawl') =>
  `<content url="${url}" server="${server}">${licensed(
    use,
    `<payment type="${type}"><amount currency="EUR">${decimal}</amount></payment>`,
  )}</content>`;
export const free = (url: string, use: string) =>
  `<content url="${url}">${licensed(use, '<payment type="free"/>')}</content>`;

/** Says in robots.txt where the terms are, and what they are. */
export function publish(site: Host, contents: string, rules = ''): void {
  site.pages['/robots.txt'] = { body: `License: ${site.origin}/license.xml\n${rules}` };
  site.pages['/license.xml'] = { headers: { 'Content-Type': 'application/rsl+xml' }, body: rsl(contents) };
}

/** A crawler with an account at the license server, and the lines it kept. */
export function crawlerFor(server: LicenseServer | undefined, more: Partial<CrawlerOptions> = {}) {
  const lines: string[] = [];
  const clock = { now: Date.UTC(2026, 10, 22) };
  const crawler = createCrawler({
    fetch: (url, init) => fetch(url, init),
    now: () => clock.now,
    agent: { token: 'AcmeBot', userAgent: 'AcmeBot/2.0 (+https://acme.example/bot)' },
    uses: ['search', 'ai-input', 'ai-train'],
    budget: { currency: 'EUR', total: '1', ceilings: { crawl: '0.01', use: '0.05' } },
    store: { append: async (line) => void lines.push(line) },
    clients: server ? [{ server: `${server.origin}/olp/`, ...CLIENT }] : [],
    timeoutMs: 5_000,
    ...more,
  });
  return {
    crawler,
    lines,
    clock,
    records: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

export const hash = (text: string) => createHash('sha256').update(text).digest('hex');
