import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as sendRequest,
} from 'node:http';
import { request as sendTlsRequest, Agent as TlsAgent } from 'node:https';
import { pipeline } from 'node:stream';
import { decide, settle } from '../decide.ts';
import type { Pass } from '../decision.ts';
import type { Gate } from '../gate.ts';
import { privately } from './middleware.ts';
import { endToEnd, requestHeaders } from './proxy-headers.ts';
import { readRequest, valuesOf } from './read-request.ts';
import { sendDenial } from './send-denial.ts';

/** A site to stand before. Times are milliseconds. */
export interface ProxyOptions {
  readonly gate: Gate;
  /** Where the site itself listens: `http://host:port` or `https://…`, without path. */
  readonly origin: string;
  /** Addresses of proxies in front of this one, whose `X-Forwarded-*` are believed; none unless given. */
  readonly trustedProxies?: readonly string[];
  /** Longest silence of the site; 60,000 unless given. */
  readonly originTimeoutMs?: number;
  readonly onError?: (error: unknown) => void;
}

/**
 * A reverse proxy with a gate in it, not yet listening. Bodies stream both ways, headers of one connection stay on it, and what
 * a client says about where it comes from is replaced by what the proxy sees. Requests with two lengths, two hosts or a
 * malformed head are refused (RFC 9112 §6.3). Protocol upgrades are not passed on.
 *
 * The site gets the path the gate decided on, and no license token.
 */
export function createGateProxy(options: ProxyOptions): Server {
  const { gate, onError } = options;
  const origin = new URL(options.origin);
  if (!/^https?:$/.test(origin.protocol) || origin.pathname !== '/' || origin.search !== '')
    throw new Error(`The origin ${options.origin} must be an http or https address without path.`);
  const tls = origin.protocol === 'https:';
  const agent = tls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const trusted = new Set(options.trustedProxies);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = originForm(gate, request);
    if (target === undefined || valuesOf(request.rawHeaders, 'host').length > 1) {
      answerPlainly(response, 400, 'This request can be read in more than one way.');
      return;
    }
    const decision = await decide(gate, { ...readRequest(request), target });
    if (decision.kind === 'deny') sendDenial(response, decision);
    else passOn(request, response, decision, decision.path ?? target);
  }

  function passOn(request: IncomingMessage, response: ServerResponse, decision: Pass, path: string): void {
    const isTrusted = trusted.has((request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''));
    const outgoing = (tls ? sendTlsRequest : sendRequest)({
      protocol: origin.protocol,
      hostname: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port || (tls ? 443 : 80),
      method: request.method ?? 'GET',
      path,
      headers: requestHeaders(request, { trusted: isTrusted, licensed: spendsLicense(request) }),
      agent,
      setHost: false,
      timeout: options.originTimeoutMs ?? 60_000,
      ...(tls ? { servername: origin.hostname } : {}),
    });
    let status = 0;
    let bytes = 0;
    outgoing.on('timeout', () =>
      outgoing.destroy(Object.assign(new Error('The site is silent.'), { code: 'ETIMEDOUT' })),
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (response.destroyed) return;
      onError?.(error);
      if (response.headersSent) response.destroy();
      else answerPlainly(response, error.code === 'ETIMEDOUT' ? 504 : 502, 'The site does not answer.');
    });
    outgoing.on('response', (answer) => {
      status = answer.statusCode ?? 502;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.writeHead(status, answer.statusMessage ?? '', answerHeaders(answer, decision));
      pipeline(answer, response, (error) => error && outgoing.destroy());
    });
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
      settle(gate, decision, { status, bytes });
    });
    pipeline(request, outgoing, (error) => error && outgoing.destroy());
  }

  const server = createServer(
    {
      insecureHTTPParser: false,
      requireHostHeader: true,
      maxHeaderSize: 16_384,
      headersTimeout: 30_000,
      requestTimeout: 300_000,
      keepAliveTimeout: 10_000,
      highWaterMark: 65_536,
    },
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        onError?.(error);
        if (response.headersSent) response.destroy();
        else answerPlainly(response, 400, 'This request cannot be passed on.');
      });
    },
  );
  server.on('close', () => agent.destroy());
  return server;
}

/** A proxy's client may send the whole address (RFC 9112 §3.2.2); the site is only ever asked for a path of its own. */
function originForm(gate: Gate, request: IncomingMessage): string | undefined {
  const target = request.url ?? '';
  if (target.startsWith('/') || (target === '*' && request.method === 'OPTIONS')) return target;
  const [, authority = '', rest = ''] = /^https?:\/\/([^/?#]+)(\/.*)?$/i.exec(target) ?? [];
  const own = request.headers.host?.toLowerCase();
  const known = gate.rules?.hosts.has(authority.toLowerCase()) ?? false;
  return authority !== '' && known && authority.toLowerCase() === own ? rest || '/' : undefined;
}

function spendsLicense(request: IncomingMessage): boolean {
  return /^license(?:\s|$)/i.test(request.headers.authorization ?? '');
}

function answerHeaders(answer: IncomingMessage, decision: Pass): string[] {
  if (!decision.usage) return endToEnd(answer.rawHeaders);
  const headers = endToEnd(answer.rawHeaders, new Set(['cache-control', 'license-usage']));
  headers.push('Cache-Control', privately(answer.headers['cache-control']), 'Vary', 'Authorization');
  const usage = decision.headers['license-usage'];
  return usage === undefined ? headers : [...headers, 'License-Usage', usage];
}

function answerPlainly(response: ServerResponse, status: number, text: string): void {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  };
  response.writeHead(status, headers);
  response.end(`${text}\n`);
}
