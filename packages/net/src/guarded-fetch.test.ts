import { networkInterfaces } from 'node:os';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFetch, type FetchOptions } from './guarded-fetch.ts';
import { createResolver } from './resolver.ts';
import { type DnsServer, startDnsServer } from './testing/index.ts';
import { closeServers, guardedFor, redirect, serve, text, ZONE } from './testing/loopback-servers.ts';

let dns: DnsServer;
const guarded = (ports: readonly number[], options: FetchOptions = {}) => guardedFor(dns, ports, options);

beforeAll(async () => {
  dns = await startDnsServer(new Map(ZONE));
});
afterEach(closeServers);
afterAll(() => dns.stop());

describe('what is refused before any connection', () => {
  const fetch = createFetch();
  const cases: [string, string][] = [
    ['not a url', 'net-url-invalid'],
    ['/relative', 'net-url-invalid'],
    ['ftp://example.org/', 'net-scheme-refused'],
    ['file:///etc/passwd', 'net-scheme-refused'],
    ['data:text/plain,x', 'net-scheme-refused'],
    ['javascript:1', 'net-scheme-refused'],
    ['https://user@example.org/', 'net-userinfo-refused'],
    ['https://user:secret@example.org/', 'net-userinfo-refused'],
    ['https://example.org:8443/', 'net-port-refused'],
    ['http://example.org:22/', 'net-port-refused'],
    ['http://127.0.0.1/', 'net-address-refused'],
    ['http://127.0.0.1./', 'net-address-refused'],
    ['http://2130706433/', 'net-address-refused'],
    ['http://0x7f000001/', 'net-address-refused'],
    ['http://0177.0.0.1/', 'net-address-refused'],
    ['http://0/', 'net-address-refused'],
    ['http://127.1/', 'net-address-refused'],
    ['http://①②⑦.0.0.1/', 'net-address-refused'],
    ['http://169.254.169.254/latest/meta-data/', 'net-address-refused'],
    ['http://[::1]/', 'net-address-refused'],
    ['http://[::]/', 'net-address-refused'],
    ['http://[::ffff:10.0.0.1]/', 'net-address-refused'],
    ['http://[64:ff9b::10.0.0.1]/', 'net-address-refused'],
    ['http://[fd00::1]/', 'net-address-refused'],
    ['http://localhost/', 'net-address-refused'],
    ['http://localhost./', 'net-address-refused'],
    ['http://LOCALHOST/', 'net-address-refused'],
    ['http://intranet/', 'net-address-refused'],
    ['http://printer.local/', 'net-address-refused'],
    ['http://metadata.google.internal/', 'net-address-refused'],
    ['http://example.org./', 'net-address-refused'],
  ];
  it.each(cases)('%s → %s', async (url, code) => {
    await expect(fetch(url)).rejects.toMatchObject({
      name: 'NetError',
      code,
      cure: expect.stringMatching(/\.$/),
    });
  });

  it('refuses an address of 9,000 characters', async () => {
    await expect(fetch(`https://example.org/${'a'.repeat(9000)}`)).rejects.toMatchObject({
      code: 'net-url-invalid',
    });
  });

  it('refuses plain http where the option says so', async () => {
    await expect(createFetch({ allowHttp: false })('http://example.org/')).rejects.toMatchObject({
      code: 'net-scheme-refused',
    });
  });

  it('refuses a name with a private address, and one with a public and a private one', async () => {
    const guarded = createFetch({ resolver: createResolver({ servers: [dns.address] }) });
    dns.zone.set('half.example', { A: ['93.184.216.34', '10.0.0.7'] });
    dns.zone.set('six.example', { A: ['93.184.216.34'], AAAA: ['fd00::1'] });
    for (const host of ['private.example', 'half.example', 'six.example']) {
      await expect(guarded(`https://${host}/`), host).rejects.toMatchObject({ code: 'net-address-refused' });
    }
    await expect(guarded('https://nowhere.example/')).rejects.toMatchObject({ code: 'net-dns-failed' });
  });

  it('refuses origins and headers that make no sense, as a mistake of the caller', async () => {
    expect(() => createFetch({ allowOrigins: ['http://127.0.0.1:1/path'] })).toThrow(TypeError);
    expect(() => createFetch({ allowOrigins: ['localhost'] })).toThrow(TypeError);
    await expect(fetch('https://example.org/', { headers: { Host: 'x' } })).rejects.toThrow(TypeError);
    await expect(fetch('https://example.org/', { headers: { a: 'b\r\nc: d' } })).rejects.toThrow(TypeError);
    await expect(fetch('https://example.org/', { body: 'x' })).rejects.toThrow(TypeError);
  });
});

describe('a fetch', () => {
  it('returns status, headers, body and the address', async () => {
    const { port } = await serve((request, response) => {
      response.setHeader('x-path', request.url ?? '');
      response.statusCode = 404;
      response.end(`${request.headers.host} ${request.headers['user-agent']} ${request.headers.connection}`);
    });
    const fetch = guarded([port], { userAgent: 'Clearway/0.1' });
    const result = await fetch(`http://public.example:${port}/a?b=c#d`);
    expect(result).toMatchObject({ status: 404, redirects: [], address: '127.0.0.1' });
    expect(result.url).toBe(`http://public.example:${port}/a?b=c`);
    expect(result.headers.get('x-path')).toBe('/a?b=c');
    expect(text(result.body)).toBe(`public.example:${port} Clearway/0.1 close`);
  });

  it('keeps the lines of a header that came several times', async () => {
    const { port } = await serve((_request, response) => {
      response.setHeader('X-Robots-Tag', ['otherbot: noindex', 'noai']);
      response.end();
    });
    const { headers, lines } = await guarded([port])(`http://public.example:${port}/`);
    expect(headers.get('x-robots-tag')).toBe('otherbot: noindex, noai');
    expect(lines.filter(([name]) => name === 'X-Robots-Tag').map(([, value]) => value)).toEqual([
      'otherbot: noindex',
      'noai',
    ]);
  });

  it('sends HEAD and POST', async () => {
    const { port } = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      response.setHeader('x-method', request.method ?? '');
      response.setHeader('content-length', 5_000_000);
      if (request.method === 'HEAD') response.end();
      else response.end(Buffer.concat(chunks, 5_000_000));
    });
    const fetch = guarded([port]);
    const head = await fetch(`http://public.example:${port}/`, { method: 'HEAD', maxBytes: 10 });
    expect(head.headers.get('x-method')).toBe('HEAD');
    expect(head.body.length).toBe(0);
    const post = await fetch(`http://public.example:${port}/`, { method: 'POST', body: 'hëllo' });
    expect(text(post.body).startsWith('hëllo')).toBe(true);
  });

  it('decodes gzip, br and both kinds of deflate', async () => {
    const page = 'a page '.repeat(1000);
    const codings: [string, Buffer][] = [
      ['gzip', gzipSync(page)],
      ['br', brotliCompressSync(page)],
      ['deflate', deflateSync(page)],
      ['deflate', deflateRawSync(page)],
      ['identity', Buffer.from(page)],
    ];
    const { port } = await serve((request, response) => {
      const [coding, body] = codings[Number(request.url?.slice(1))]!;
      response.setHeader('content-encoding', coding);
      response.end(body);
    });
    for (const index of codings.keys()) {
      const { body } = await guarded([port])(`http://public.example:${port}/${index}`);
      expect(text(body)).toBe(page);
    }
  });

  it('takes an empty body with a coding, and refuses a broken or unknown one', async () => {
    const { port } = await serve((request, response) => {
      response.setHeader('content-encoding', request.url === '/zstd' ? 'zstd' : 'gzip');
      if (request.url === '/broken') response.end('not gzip');
      else if (request.url === '/cut') response.end(gzipSync('x'.repeat(1000)).subarray(0, 20));
      else if (request.url === '/zstd') response.end('x');
      else response.end();
    });
    const fetch = guarded([port]);
    expect((await fetch(`http://public.example:${port}/empty`)).body.length).toBe(0);
    for (const path of ['broken', 'cut', 'zstd']) {
      await expect(fetch(`http://public.example:${port}/${path}`)).rejects.toMatchObject({
        code: 'net-bad-response',
      });
    }
  });

  it('speaks IPv6, or says that there is no connection where the machine has none', async () => {
    dns.zone.set('v6.example', { AAAA: ['::1'] });
    if (!Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))) {
      await expect(guarded([9])('http://[::1]:9/')).rejects.toMatchObject({ code: 'net-connect-failed' });
      return;
    }
    const { port } = await serve((_request, response) => response.end('six'), '::1');
    const fetch = guarded([port]);
    expect((await fetch(`http://v6.example:${port}/`)).address).toBe('::1');
    expect((await fetch(`http://[::1]:${port}/`)).address).toBe('::1');
  });

  it('goes on to the next checked address when the first does not answer', async () => {
    const { port } = await serve((_request, response) => response.end('four'), '127.0.0.1');
    dns.zone.set('dual.example', { A: ['127.0.0.1'], AAAA: ['::1'] });
    const resolver = createResolver({ servers: [dns.address] });
    const reversed = {
      ...resolver,
      resolve: async (host: string) => (await resolver.resolve(host)).reverse(),
    };
    const result = await guarded([port], { resolver: reversed })(`http://dual.example:${port}/`);
    expect(result.address).toBe('127.0.0.1');
  });

  it('reaches an allowed origin on loopback and no other port of it', async () => {
    const { port } = await serve((_request, response) => response.end('ok'));
    const other = await serve((_request, response) => response.end('ok'));
    const fetch = createFetch({
      allowOrigins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`],
      allowHttp: false,
    });
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
    await expect(fetch(`http://127.0.0.1:${other.port}/`)).rejects.toMatchObject({
      code: 'net-scheme-refused',
    });
    await expect(
      createFetch({ allowOrigins: [`http://127.0.0.1:${port}`] })(`http://127.0.0.1:${other.port}/`),
    ).rejects.toMatchObject({ code: 'net-port-refused' });
  });
});

describe('an address that changes', () => {
  it('connects to the address that was checked, and asks DNS once', async () => {
    const good = await serve((_request, response) => response.end('checked'), '127.0.0.1');
    let touched = 0;
    await serve((_request, response) => response.end(String(++touched)), '127.0.0.2', good.port);
    dns.zone.set('rebind.example', { A: { sequence: [['127.0.0.1'], ['127.0.0.2']] } });
    const fetch = guarded([good.port]);
    const url = `http://rebind.example:${good.port}/`;
    const before = dns.queries.length;
    expect(text((await fetch(url)).body)).toBe('checked');
    expect(dns.queries.slice(before).filter(({ type }) => type === 'A')).toHaveLength(1);
    await expect(fetch(url)).rejects.toMatchObject({ code: 'net-address-refused' });
    expect(touched).toBe(0);
  });

  it('checks again at every redirect, also to the same name', async () => {
    const good = await serve((_request, response) => redirect(response, 302, '/again'), '127.0.0.1');
    let touched = 0;
    await serve((_request, response) => response.end(String(++touched)), '127.0.0.2', good.port);
    dns.zone.set('rebind2.example', { A: { sequence: [['127.0.0.1'], ['127.0.0.2']] } });
    await expect(guarded([good.port])(`http://rebind2.example:${good.port}/`)).rejects.toMatchObject({
      code: 'net-address-refused',
    });
    expect(touched).toBe(0);
  });
});

describe('redirects', () => {
  it('are followed and listed', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/1') redirect(response, 301, '/2');
      else if (request.url === '/2') redirect(response, 308, `http://other.example:${port}/3#x`);
      else response.end('there');
    });
    const result = await guarded([port])(`http://public.example:${port}/1`);
    expect(result.url).toBe(`http://other.example:${port}/3`);
    expect(result.redirects).toEqual([
      { url: `http://public.example:${port}/1`, status: 301 },
      { url: `http://public.example:${port}/2`, status: 308 },
    ]);
  });

  it('are followed without reading their bodies', async () => {
    let closed = 0;
    const { port } = await serve((request, response) => {
      if (request.url === '/end') return response.end('there');
      response.on('close', () => {
        closed += 1;
      });
      response.writeHead(302, { location: '/end' });
      return response.write('x'.repeat(1000));
    });
    expect(text((await guarded([port])(`http://public.example:${port}/`)).body)).toBe('there');
    await expect.poll(() => closed).toBe(1);
  });

  it('are a result when asked for by hand, and without a Location', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/none') response.writeHead(302).end('x');
      else redirect(response, 302, 'http://127.0.0.2/');
    });
    const fetch = guarded([port]);
    const result = await fetch(`http://public.example:${port}/`, { redirect: 'manual' });
    expect(result.status).toBe(302);
    expect(result.headers.get('location')).toBe('http://127.0.0.2/');
    expect((await fetch(`http://public.example:${port}/none`)).status).toBe(302);
  });

  it('to private places, other schemes and ports are refused', async () => {
    const { port } = await serve((request, response) =>
      redirect(response, 302, decodeURIComponent(request.url?.slice(1) ?? '')),
    );
    const fetch = guarded([port]);
    const cases: [string, string][] = [
      ['http://127.0.0.2/', 'net-address-refused'],
      [`http://private.example:${port}/`, 'net-address-refused'],
      [`http://mixed.example:${port}/`, 'net-address-refused'],
      ['//localhost/', 'net-address-refused'],
      ['http://169.254.169.254/', 'net-address-refused'],
      ['file:///etc/passwd', 'net-scheme-refused'],
      ['http://public.example:1/', 'net-port-refused'],
      ['http://a:b@public.example/', 'net-userinfo-refused'],
      ['http://[', 'net-url-invalid'],
    ];
    for (const [location, code] of cases) {
      const url = `http://public.example:${port}/${encodeURIComponent(location)}`;
      await expect(fetch(url), location).rejects.toMatchObject({ code });
    }
  });

  it('end after the limit', async () => {
    let count = 0;
    const { port } = await serve((_request, response) => redirect(response, 302, `/${++count}`));
    const fetch = guarded([port], { limits: { maxRedirects: 3 } });
    await expect(fetch(`http://public.example:${port}/`)).rejects.toMatchObject({
      code: 'net-too-many-redirects',
    });
    expect(count).toBe(4);
  });

  it('keep credentials within the origin only', async () => {
    const seen: string[] = [];
    const { port } = await serve((request, response) => {
      const { authorization, cookie, 'x-api-key': key, accept } = request.headers;
      seen.push([authorization, cookie, key, accept].join(' '));
      if (request.url === '/1') redirect(response, 307, '/2');
      else if (request.url === '/2') redirect(response, 307, `http://other.example:${port}/3`);
      else if (request.url === '/3') redirect(response, 307, `http://public.example:${port}/4`);
      else response.end();
    });
    await guarded([port])(`http://public.example:${port}/1`, {
      accept: 'text/plain',
      headers: { Authorization: 'License t', Cookie: 'c', 'X-Api-Key': 'k' },
    });
    expect(seen).toEqual([
      'License t c k text/plain',
      'License t c k text/plain',
      '   text/plain',
      '   text/plain',
    ]);
  });

  it('turn POST into GET, or keep the body at the same origin and never send it to another', async () => {
    const seen: string[] = [];
    const { port } = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      seen.push(`${request.method} ${request.headers['content-type']} ${body}`);
      if (request.url === '/303') redirect(response, 303, '/end');
      else if (request.url === '/307') redirect(response, 307, '/end');
      else if (request.url === '/away') redirect(response, 307, `http://other.example:${port}/end`);
      else response.end();
    });
    const post = (path: string) =>
      guarded([port])(`http://public.example:${port}/${path}`, {
        method: 'POST',
        body: 'secret',
        headers: { 'content-type': 'text/plain' },
      });
    await post('303');
    await post('307');
    await expect(post('away')).rejects.toMatchObject({ code: 'net-redirect-refused' });
    const sent = 'POST text/plain secret';
    expect(seen).toEqual([sent, 'GET undefined ', sent, sent, sent]);
  });
});
