import { once } from 'node:events';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { installBundle } from '../gate.ts';
import { guardFetch } from '../guard-fetch.ts';
import { createTestGate, ORIGIN, type TestGate, testBundle } from '../testing/test-gate.ts';
import { gateMiddleware } from './middleware.ts';

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close().closeAllConnections();
});

async function serve(site: TestGate, handler: RequestListener): Promise<string> {
  const gate = gateMiddleware(site.gate);
  const server = createServer((asked, response) => gate(asked, response, () => handler(asked, response)));
  running.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const hello: RequestListener = (asked, response) => {
  response.setHeader('cache-control', 'public, max-age=60');
  response.setHeader('vary', 'Accept');
  response.end(`hello from ${asked.url}`);
};

/** `fetch` would resolve dot segments and does not let the host be chosen. */
async function ask(
  base: string,
  path: string,
  headers: Record<string, string | string[]> = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const { hostname, port } = new URL(base);
  const sent = request({ hostname, port, path, headers: { host: 'blog.example', ...headers } });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}

describe('the middleware', () => {
  test('leaves people and their answers as they are', async () => {
    const site = await createTestGate();
    const base = await serve(site, hello);
    const answer = await ask(base, '/a//../b?%zz', { 'user-agent': 'Mozilla/5.0' });
    expect(answer).toMatchObject({
      status: 200,
      body: 'hello from /a//../b?%zz',
      headers: { vary: 'Accept', 'cache-control': 'public, max-age=60' },
    });
    expect(answer.headers).not.toHaveProperty('license-usage');
  });

  test('answers AI crawlers without a license', async () => {
    const base = await serve(await createTestGate(), hello);
    const answer = await ask(base, '/a', { 'user-agent': 'GPTBot/1.2', accept: 'text/html' });
    expect(answer.status).toBe(402);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(answer.body).toContain('<h1>');
  });

  test.each<[string, RequestListener, number]>([
    ['end', (_, response) => response.end('hällo'), 6],
    [
      'write and end',
      (_, response) => {
        response.write('ab');
        response.end(Buffer.from('cd'));
      },
      4,
    ],
    [
      'writeHead with headers',
      (_, response) => response.writeHead(200, { 'cache-control': 'public' }).end('x'),
      1,
    ],
    [
      'writeHead with a reason and a list',
      (_, response) =>
        response
          .writeHead(200, 'Fine', ['Cache-Control', 'public', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'])
          .end('x'),
      1,
    ],
    ['a latin1 string', (_, response) => response.end('hällo', 'latin1'), 5],
  ])('counts a licensed answer written with %s', async (_, handler, bytes) => {
    const site = await createTestGate();
    const base = await serve(site, handler);
    const answer = await ask(base, '/%61', { authorization: `License ${await site.token()}` });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'cache-control': 'private',
        vary: 'Authorization',
        'license-usage': 'agreement="agreement-1", count=0, durable=0',
      },
    });
    await expect.poll(() => site.records).toHaveLength(1);
    expect(site.records).toMatchObject([{ path: '/a', status: 200, bytes }]);
  });

  test('answers that give nothing count for nothing', async () => {
    const site = await createTestGate();
    const base = await serve(site, (_, response) => response.writeHead(404).end('no'));
    const answer = await ask(base, '/a', { authorization: `License ${await site.token({ cap: 1 })}` });
    expect(answer.status).toBe(404);
    expect((await ask(base, '/a', { authorization: `License ${await site.token({ cap: 1 })}` })).status).toBe(
      404,
    );
    expect(site.records).toEqual([]);
  });

  test('hands the site the path that was decided on', async () => {
    const site = await createTestGate();
    const base = await serve(site, hello);
    expect(
      (await ask(base, '/%7euser/%c3%a9', { authorization: `License ${await site.token()}` })).body,
    ).toBe('hello from /~user/%C3%A9');
    expect(
      (await ask(base, '/free/%2e%2e/a', { authorization: `License ${await site.token()}` })).status,
    ).toBe(400);
  });

  test('two Authorization headers are seen, though Node shows one', async () => {
    const site = await createTestGate();
    const base = await serve(site, hello);
    const good = `License ${await site.token()}`;
    for (const authorization of [
      [good, good],
      ['Basic dTpw', good],
      [good, 'Basic dTpw'],
    ])
      expect((await ask(base, '/a', { authorization })).status).toBe(401);
  });
});

describe('guardFetch', () => {
  test('guards a handler of the Fetch API', async () => {
    const site = await createTestGate();
    const guarded = guardFetch(site.gate, async (asked) => new Response(`at ${new URL(asked.url).pathname}`));
    const get = async (path: string, headers: Record<string, string>) =>
      guarded(new Request(ORIGIN + path, { headers }));
    expect((await get('/a', { 'user-agent': 'Mozilla/5.0' })).status).toBe(200);
    expect((await get('/a', { 'user-agent': 'GPTBot/1.2' })).status).toBe(402);
    const answer = await get('/free/../%61', { authorization: `License ${await site.token()}` });
    expect(await answer.text()).toBe('at /a');
    expect(answer.headers.get('cache-control')).toBe('private');
    expect(site.records).toMatchObject([{ path: '/a', bytes: 5, status: 200 }]);
    const twice = new Headers([
      ['authorization', 'License a'],
      ['authorization', `License ${await site.token()}`],
    ]);
    expect((await guarded(new Request(`${ORIGIN}/a`, { headers: twice }))).status).toBe(401);
  });

  test('counts what a client that goes away got', async () => {
    const site = await createTestGate();
    const guarded = guardFetch(
      site.gate,
      async () => new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(8)) })),
    );
    const answer = await guarded(
      new Request(`${ORIGIN}/a`, { headers: { authorization: `License ${await site.token()}` } }),
    );
    const reader = answer.body!.getReader();
    await reader.read();
    await reader.cancel();
    expect(site.records).toHaveLength(1);
    expect(site.records[0]!.bytes).toBeGreaterThanOrEqual(8);
    installBundle(site.gate, testBundle(site.pair, { number: 2 }));
  });
});
