import type { IncomingMessage } from 'node:http';

/** Speaks of one connection only and never goes on (RFC 9110 §7.6.1). */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What sites believe of where a request came from; a client's own words on it never go on. */
const identity: ReadonlySet<string> = new Set([
  'cf-connecting-ip',
  'client-ip',
  'forwarded',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-forwarded-uri',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-host',
  'x-original-method',
  'x-original-uri',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
]);

/** Raw header lines, names and values in turn, without what ends here. */
export function endToEnd(raw: readonly string[], alsoWithout: ReadonlySet<string> = new Set()): string[] {
  const named = new Set<string>();
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]!.toLowerCase() !== 'connection') continue;
    for (const name of raw[index + 1]!.split(',')) named.add(name.trim().toLowerCase());
  }
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    if (hopByHop.has(name) || named.has(name) || alsoWithout.has(name)) continue;
    kept.push(raw[index]!, raw[index + 1]!);
  }
  return kept;
}

/**
 * The header lines with which a request goes on to the site. Who asked, under which host and scheme, is said by this proxy;
 * of a peer that is itself a trusted proxy, what it said before is kept.
 */
export function requestHeaders(
  request: IncomingMessage,
  options: { trusted: boolean; licensed: boolean },
): string[] {
  const without = new Set(identity);
  // A license token is spent at the gate; the site needs none, and its log should hold none.
  if (options.licensed) without.add('authorization');
  // Naming a header that frames the message in Connection must not take it away.
  const headers = endToEnd(request.rawHeaders, without).filter(isNotFraming);
  const peer = request.socket.remoteAddress ?? 'unknown';
  const said = (name: string) => (options.trusted ? [request.headers[name] ?? []].flat().join(', ') : '');
  const before = said('x-forwarded-for');
  headers.push('X-Forwarded-For', before === '' ? peer : `${before}, ${peer}`);
  headers.push('X-Forwarded-Host', said('x-forwarded-host') || (request.headers.host ?? ''));
  headers.push(
    'X-Forwarded-Proto',
    said('x-forwarded-proto') || ('encrypted' in request.socket ? 'https' : 'http'),
  );
  const length = request.headers['content-length'];
  if (length !== undefined) headers.push('Content-Length', length);
  else if (request.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
  if (request.headers.host !== undefined) headers.push('Host', request.headers.host);
  return headers;
}

function isNotFraming(_: string, index: number, all: readonly string[]): boolean {
  const name = all[index - (index % 2)]!.toLowerCase();
  return name !== 'content-length' && name !== 'host';
}
