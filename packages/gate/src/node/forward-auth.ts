import type { IncomingMessage, ServerResponse } from 'node:http';
import { decide, settle } from '../decide.ts';
import type { Decision, GateRequest } from '../decision.ts';
import type { Gate } from '../gate.ts';
import { readRequest } from './read-request.ts';
import { sendDenial } from './send-denial.ts';

/** How a proxy asks. */
export interface ForwardAuthOptions {
  readonly gate: Gate;
  /** Addresses of the proxies that may ask; loopback unless given. Anyone else gets 403. */
  readonly trustedProxies?: readonly string[];
}

/**
 * Answers the questions of a proxy that serves the site itself: nginx `auth_request`, Caddy `forward_auth`, Traefik.
 *
 * `/auth` says 204 or the refusal's status; nginx understands 401 and 403 only, so with `?nginx` every refusal is 403 and the
 * proxy fetches the answer itself from `/answer`, which gives status, headers and page. The request meant is named by
 * `X-Original-URI` or `X-Forwarded-Uri`, `X-Original-Method` or `X-Forwarded-Method`, and `X-Forwarded-Host`.
 *
 * A proxy does not tell what it answered, so that a licensed fetch counts when it is let through, with 0 bytes.
 */
export function forwardAuth(
  options: ForwardAuthOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { gate, trustedProxies = ['127.0.0.1', '::1'] } = options;
  const trusted = new Set(trustedProxies);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const meant = readMeant(request);
    if (!trusted.has(peer) || !meant) {
      response.writeHead(trusted.has(peer) ? 400 : 403, { 'cache-control': 'no-store' }).end();
      return;
    }
    const [path, query] = (request.url ?? '').split('?');
    const decision = await decide(gate, meant);
    if (path === '/answer') answer(response, decision);
    else if (decision.kind === 'deny') {
      const status = query === 'nginx' ? 403 : decision.status;
      if (query === 'nginx') response.writeHead(status, { 'cache-control': 'no-store' }).end();
      else sendDenial(response, decision);
    } else {
      settle(gate, decision, { status: 200, bytes: 0 });
      response.writeHead(204, { ...decision.headers, 'cache-control': 'no-store' }).end();
    }
  }

  /** Between question and answer a decision can change; who may pass by now is asked to come again. */
  function answer(response: ServerResponse, decision: Decision): void {
    if (decision.kind === 'deny') {
      sendDenial(response, decision);
      return;
    }
    settle(gate, decision, { status: 503, bytes: 0 });
    response.writeHead(503, { 'retry-after': '1', 'cache-control': 'no-store' }).end();
  }

  return function handler(request, response) {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(503, { 'cache-control': 'no-store' });
      response.end();
    });
  };
}

/** The request the proxy asks about; several fields of one name, or none, name nothing. */
function readMeant(request: IncomingMessage): GateRequest | undefined {
  const target = oneOf(request, 'x-original-uri') ?? oneOf(request, 'x-forwarded-uri');
  if (target === undefined) return undefined;
  const method = oneOf(request, 'x-original-method') ?? oneOf(request, 'x-forwarded-method') ?? 'GET';
  const asked = readRequest(request);
  const host = oneOf(request, 'x-forwarded-host') ?? request.headers.host;
  return { ...asked, method, target, headers: { ...asked.headers, host } };
}

function oneOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headersDistinct[name];
  return value?.length === 1 ? value[0] : undefined;
}
