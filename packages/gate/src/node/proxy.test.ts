import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createTestGate, type TestGate } from '../testing/test-gate.ts';
import { forwardAuth } from './forward-auth.ts';
import { createGateProxy, type ProxyOptions } from './proxy.ts';

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close().closeAllConnections();
});

async function listen(server: Server): Promise<number> {
  running.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

interface World {
  readonly site: TestGate;
  readonly port: number;
  /** What reached the origin. */
  readonly seen: {
    method: string;
    url: string;
    raw: string[];
    headers: IncomingMessage['headers'];
    body: string;
  }[];
}

const hello: RequestListener = (_, response) =>
  response.writeHead(200, { 'content-type': 'text/plain' }).end('hello');

async function world(handler: RequestListener = hello, change: Partial<ProxyOptions> = {}): Promise<World> {
  const site = await createTestGate();
  const seen: World['seen'] = [];
  const origin = createServer(async (asked, response) => {
    let body = '';
    for await (const chunk of asked) body += String(chunk);
    seen.push({
      method: asked.method!,
      url: asked.url!,
      raw: asked.rawHeaders,
      headers: asked.headers,
      body,
    });
    handler(asked, response);
  });
  const port = await listen(
    createGateProxy({ gate: site.gate, origin: `http://127.0.0.1:${await listen(origin)}`, ...change }),
  );
  return { site, port, seen };
}

type Sent = { path?: string; method?: string; headers?: Record<string, string | string[]>; body?: string };

async function ask(
  port: number,
  sent: Sent = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const { path = '/a', method = 'GET', headers = {}, body } = sent;
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { host: 'blog.example', ...headers },
  });
  outgoing.end(body);
  const [response] = await once(outgoing, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, body: text };
}

/** Everything a server says to these bytes until it hangs up or falls silent. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
    socket.setTimeout(300);
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => socket.destroy());
  socket.setTimeout(5_000, () => socket.destroy());
  socket.write(text);
  await closed;
  return heard;
}

describe('the proxy', () => {
  test('passes people on untouched, body and all', async () => {
    const { port, seen } = await world();
    expect(await ask(port, { path: '/x//y?%zz', method: 'POST', body: 'form=1' })).toMatchObject({
      status: 200,
      body: 'hello',
    });
    expect(seen).toMatchObject([
      { method: 'POST', url: '/x//y?%zz', body: 'form=1', headers: { host: 'blog.example' } },
    ]);
    await ask(port, { method: 'DELETE', headers: { 'transfer-encoding': 'chunked' }, body: 'gone' });
    expect(seen[1]).toMatchObject({ method: 'DELETE', body: 'gone' });
  });

  test('answers AI crawlers itself, and licensed ones from the site, counted', async () => {
    const { site, port, seen } = await world();
    expect(await ask(port, { headers: { 'user-agent': 'GPTBot/1.2' } })).toMatchObject({ status: 402 });
    expect(seen).toEqual([]);
    const authorization = `License ${await site.token()}`;
    const answer = await ask(port, { path: '/%61', headers: { 'user-agent': 'GPTBot/1.2', authorization } });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'private', vary: 'Authorization' },
    });
    expect(seen).toMatchObject([{ url: '/a' }]);
    expect(seen[0]!.headers).not.toHaveProperty('authorization');
    await expect.poll(() => site.records).toMatchObject([{ path: '/a', bytes: 5, status: 200 }]);
  });

  test('keeps headers of one connection on it, both ways', async () => {
    const { port, seen } = await world((_, response) => {
      response.writeHead(200, [
        'Keep-Alive',
        'timeout=99',
        'Connection',
        'x-private',
        'X-Private',
        '1',
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
      ]);
      response.end('ok');
    });
    const headers = {
      connection: 'keep-alive, x-secret',
      'x-secret': '1',
      te: 'trailers',
      upgrade: 'h2c',
      'proxy-authorization': 'Basic eA==',
    };
    const answer = await ask(port, { headers });
    expect(answer.headers).not.toHaveProperty('x-private');
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    for (const name of ['x-secret', 'te', 'upgrade', 'proxy-authorization'])
      expect(seen[0]!.headers).not.toHaveProperty(name);
  });

  const forged = {
    'x-forwarded-for': '10.0.0.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-real-ip': '10.0.0.1',
    'x-original-url': '/admin',
    'x-rewrite-url': '/admin',
    forwarded: 'for=10.0.0.1',
    'x-http-method-override': 'DELETE',
  };

  test('says itself where a request came from', async () => {
    const { port, seen } = await world();
    await ask(port, { headers: forged });
    const said = Object.entries(seen[0]!.headers).filter(([name]) => name in forged);
    expect(Object.fromEntries(said)).toEqual({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'blog.example',
      'x-forwarded-proto': 'http',
    });
  });

  test('believes a proxy it was told to trust', async () => {
    const { port, seen } = await world(hello, { trustedProxies: ['127.0.0.1'] });
    await ask(port, { headers: forged });
    expect(seen[0]!.headers).toMatchObject({
      'x-forwarded-for': '10.0.0.1, 127.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    });
    expect(seen[0]!.headers).not.toHaveProperty('x-real-ip');
  });

  test('a site that is down is 502, one that is silent 504, and neither is counted', async () => {
    const down = await world(hello, { origin: 'http://127.0.0.1:1' });
    const authorization = `License ${await down.site.token()}`;
    expect(await ask(down.port, { headers: { authorization } })).toMatchObject({ status: 502 });
    const silent = await world(() => {}, { originTimeoutMs: 50 });
    expect(
      await ask(silent.port, { headers: { authorization: `License ${await silent.site.token()}` } }),
    ).toMatchObject({ status: 504 });
    expect([...down.site.records, ...silent.site.records]).toEqual([]);
  });

  test('streams: the first part arrives before the last is made; what a client took is counted', async () => {
    let finish = () => {};
    const { site, port } = await world((_, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: '/a',
      headers: { host: 'blog.example', authorization: `License ${await site.token()}` },
    });
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    const [chunk] = await once(response, 'data');
    expect(String(chunk)).toBe('first');
    outgoing.destroy();
    await expect.poll(() => site.records).toMatchObject([{ bytes: 5 }]);
    finish();
  });

  const host = 'Host: blog.example\r\n';
  test.each([
    [
      'length and chunks',
      `POST /a HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `POST /a HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`],
    ['a length with a sign', `POST /a HTTP/1.1\r\n${host}Content-Length: +4\r\n\r\nabcd`],
    ['an unknown coding', `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['chunked twice', `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a space before the colon', `GET /a HTTP/1.1\r\n${host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['a folded header', `GET /a HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`],
    ['no host', 'GET /a HTTP/1.1\r\n\r\n'],
    ['two hosts', `GET /a HTTP/1.1\r\n${host}Host: other.example\r\n\r\n`],
    ['a bare line feed', `GET /a HTTP/1.1\n${host}\r\n`],
    ['a bare carriage return', `GET /a HTTP/1.1\r\n${host}X: a\rTransfer-Encoding: chunked\r\n\r\n`],
    [
      'a bad chunk size',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n`,
    ],
    ['another authority', `GET http://other.example/a HTTP/1.1\r\n${host}\r\n`],
    ['authority unlike host', 'GET http://blog.example/a HTTP/1.1\r\nHost: other.example\r\n\r\n'],
    ['a tunnel', `CONNECT blog.example:443 HTTP/1.1\r\n${host}\r\n`],
    ['a version that is none', `GET /a HTTP/3.7\r\n${host}\r\n`],
    ['a null in a header', `GET /a HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`],
    ['no request at all', 'hello\r\n\r\n'],
  ])('a request with %s never reaches the site', async (_, text) => {
    const { port, seen } = await world();
    const heard = await raw(port, `${text}GET /smuggled HTTP/1.1\r\n${host}\r\n`);
    expect(heard).toMatch(/^(?:HTTP\/1\.1 [45]|$)/);
    expect(seen.filter(({ url, body }) => url === '/smuggled' || body !== '')).toEqual([]);
  });

  test('an address in full, of this very site, is its path', async () => {
    const { port, seen } = await world();
    expect(
      await raw(port, `GET http://blog.example/b HTTP/1.1\r\n${host}Connection: close\r\n\r\n`),
    ).toContain('hello');
    expect(seen).toMatchObject([{ url: '/b' }]);
  });
});

describe('forward-auth', () => {
  async function start(trustedProxies?: string[]): Promise<{ site: TestGate; port: number }> {
    const site = await createTestGate();
    const handler = forwardAuth({ gate: site.gate, ...(trustedProxies ? { trustedProxies } : {}) });
    return { site, port: await listen(createServer(handler)) };
  }

  test('tells a proxy what to do', async () => {
    const { site, port } = await start();
    const meant = { 'x-original-uri': '/a', 'x-original-method': 'GET' };
    const bot = { ...meant, 'user-agent': 'GPTBot/1.2' };
    expect(await ask(port, { path: '/auth', headers: meant })).toMatchObject({ status: 204 });
    expect(await ask(port, { path: '/auth', headers: bot })).toMatchObject({ status: 402 });
    expect(await ask(port, { path: '/auth?nginx', headers: bot })).toMatchObject({ status: 403, body: '' });
    expect(await ask(port, { path: '/answer', headers: bot })).toMatchObject({
      status: 402,
      headers: { 'crawler-price': 'EUR 0.002' },
    });
    const authorization = `License ${await site.token()}`;
    const licensed = await ask(port, { path: '/auth', headers: { ...bot, authorization } });
    expect(licensed).toMatchObject({
      status: 204,
      headers: { 'license-usage': 'agreement="agreement-1", count=0, durable=0' },
    });
    expect(site.records).toMatchObject([{ path: '/a' }]);
    expect(await ask(port, { path: '/answer', headers: { ...bot, authorization } })).toMatchObject({
      status: 503,
    });
    expect(site.records).toHaveLength(1);
  });

  test('believes nobody but its proxies, and no request that names two paths or none', async () => {
    const { port } = await start(['10.0.0.1']);
    expect(await ask(port, { path: '/auth', headers: { 'x-original-uri': '/a' } })).toMatchObject({
      status: 403,
    });
    const open = await start();
    expect(await ask(open.port, { path: '/auth' })).toMatchObject({ status: 400 });
    expect(
      await ask(open.port, { path: '/auth', headers: { 'x-original-uri': ['/a', '/free/a'] } }),
    ).toMatchObject({ status: 400 });
  });
});
