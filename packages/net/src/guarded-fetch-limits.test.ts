import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FetchOptions } from './guarded-fetch.ts';
import { createTestCertificate, type DnsServer, startDnsServer } from './testing/index.ts';
import {
  closeServers,
  guardedFor,
  redirect,
  serve,
  serveTcp,
  serveTls,
  text,
  ZONE,
} from './testing/loopback-servers.ts';

let dns: DnsServer;
const guarded = (ports: readonly number[], options: FetchOptions = {}) => guardedFor(dns, ports, options);

beforeAll(async () => {
  dns = await startDnsServer(new Map(ZONE));
});
afterEach(closeServers);
afterAll(() => dns.stop());

describe('TLS', () => {
  it('trusts the given authority besides the public ones, and checks the name', async () => {
    const certificate = createTestCertificate(['public.example', '127.0.0.1']);
    const { port } = await serveTls(certificate, (_request, response) => response.end('safe'));
    const fetch = guarded([port], { ca: certificate.ca });
    expect(text((await fetch(`https://public.example:${port}/`)).body)).toBe('safe');
    expect(text((await fetch(`https://127.0.0.1:${port}/`)).body)).toBe('safe');
    await expect(fetch(`https://other.example:${port}/`)).rejects.toMatchObject({
      code: 'net-tls-failed',
      detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    await expect(guarded([port])(`https://public.example:${port}/`)).rejects.toMatchObject({
      code: 'net-tls-failed',
    });
  });

  it('refuses a server that does not speak it', async () => {
    const { port } = await serve((_request, response) => response.end());
    await expect(guarded([port])(`https://public.example:${port}/`)).rejects.toMatchObject({
      code: 'net-tls-failed',
    });
  });

  it('is not left by a redirect', async () => {
    const certificate = createTestCertificate(['public.example']);
    const plain = await serve((_request, response) => response.end());
    const { port } = await serveTls(certificate, (_request, response) =>
      redirect(response, 301, `http://public.example:${plain.port}/`),
    );
    await expect(
      guarded([port, plain.port], { ca: certificate.ca })(`https://public.example:${port}/`),
    ).rejects.toMatchObject({ code: 'net-downgrade-refused' });
  });
});

describe('limits', () => {
  it('stop a body that is too large, declared or not', async () => {
    let sent = 0;
    const { port } = await serve((request, response) => {
      if (request.url === '/declared') response.setHeader('content-length', 1e9);
      const timer = setInterval(() => {
        for (let i = 0; i < 64 && response.write(Buffer.alloc(65_536)); i++) sent += 65_536;
      }, 1);
      response.on('close', () => clearInterval(timer));
    });
    const fetch = guarded([port], { limits: { maxBytes: 1_000_000 } });
    for (const path of ['declared', 'endless']) {
      await expect(fetch(`http://public.example:${port}/${path}`)).rejects.toMatchObject({
        code: 'net-too-large',
      });
    }
    await expect(fetch(`http://public.example:${port}/`, { maxBytes: 10 })).rejects.toMatchObject({
      code: 'net-too-large',
    });
    expect(sent).toBeLessThan(100_000_000);
  });

  it('accept a body of exactly the limit', async () => {
    const { port } = await serve((_request, response) => response.end(gzipSync(Buffer.alloc(1000))));
    const fetch = guarded([port]);
    const size = gzipSync(Buffer.alloc(1000)).length;
    expect((await fetch(`http://public.example:${port}/`, { maxBytes: size })).body.length).toBe(size);
    await expect(fetch(`http://public.example:${port}/`, { maxBytes: size - 1 })).rejects.toMatchObject({
      code: 'net-too-large',
    });
  });

  it('stop a compression bomb at the decoded limit, for each coding', async () => {
    const zeros = Buffer.alloc(100_000_000);
    const bombs: Record<string, Buffer> = {
      gzip: gzipSync(zeros, { level: 1 }),
      br: brotliCompressSync(zeros.subarray(0, 20_000_000)),
    };
    const { port } = await serve((request, response) => {
      const coding = request.url?.slice(1) ?? '';
      response.setHeader('content-encoding', coding);
      response.end(bombs[coding]);
    });
    for (const coding of ['gzip', 'br']) {
      const before = process.memoryUsage.rss();
      await expect(
        guarded([port], { limits: { maxBytes: 1_000_000 } })(`http://public.example:${port}/${coding}`),
      ).rejects.toMatchObject({ code: 'net-too-large' });
      expect(process.memoryUsage.rss() - before).toBeLessThan(50_000_000);
    }
  });

  it('stop a coded body that decodes to nothing', async () => {
    const empty = gzipSync('');
    const { port } = await serve((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      const block = Buffer.concat(Array.from({ length: 1000 }, () => empty));
      const timer = setInterval(() => response.write(block), 1);
      response.on('close', () => clearInterval(timer));
    });
    await expect(
      guarded([port], { limits: { maxBytes: 1000 } })(`http://public.example:${port}/`),
    ).rejects.toMatchObject({ code: 'net-too-large' });
  });

  it('stop a slow body, slow headers and a slow name server, over all redirects together', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/headers') return;
      if (request.url === '/redirect') {
        setTimeout(() => redirect(response, 302, '/redirect'), 100);
        return;
      }
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const fetch = guarded([port], { limits: { timeoutMs: 300, maxRedirects: 100 } });
    for (const path of ['body', 'headers', 'redirect']) {
      await expect(fetch(`http://public.example:${port}/${path}`), path).rejects.toMatchObject({
        code: 'net-timeout',
      });
    }
    const resolver = { resolve: () => new Promise<never>(() => {}), txt: async () => [] };
    await expect(
      guarded([port], { resolver })(`http://public.example:${port}/`, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: 'net-timeout' });
  });

  it('stop a handshake that does not end', async () => {
    const port = await serveTcp(() => {});
    const fetch = guarded([port], { limits: { connectTimeoutMs: 100 } });
    await expect(fetch(`https://public.example:${port}/`)).rejects.toMatchObject({ code: 'net-timeout' });
  });

  it('stop huge headers, however they are cut', async () => {
    const port = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n');
        for (let i = 0; i < 1000; i++) socket.write(`x-${i}: ${'a'.repeat(100)}\r\n`);
        socket.end('\r\n');
      });
    });
    await expect(guarded([port])(`http://public.example:${port}/`)).rejects.toMatchObject({
      code: 'net-header-too-large',
    });
  });

  it('let the caller stop with a reason of its own', async () => {
    const { port } = await serve(() => {});
    const fetch = guarded([port]);
    const reason = new Error('shutting down');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    await expect(fetch(`http://public.example:${port}/`, { signal: controller.signal })).rejects.toBe(reason);
    await expect(fetch(`http://public.example:${port}/`, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('bad answers', () => {
  const answers: [string, string][] = [
    ['nothing at all', ''],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a body cut short', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'],
    ['a chunked body cut short', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ];
  it.each(answers)('%s', async (_name, answer) => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.end(answer)));
    await expect(guarded([port])(`http://public.example:${port}/`)).rejects.toMatchObject({
      code: 'net-bad-response',
    });
  });

  it('a closed port is no connection', async () => {
    const { port } = await serve(() => {});
    await closeServers();
    await expect(guarded([port])(`http://public.example:${port}/`)).rejects.toMatchObject({
      code: 'net-connect-failed',
      detail: 'ECONNREFUSED',
    });
  });
});

it('ignores proxies of the environment', async () => {
  let proxied = 0;
  const proxy = await serve((_request, response) => response.end(String(++proxied)));
  const { port } = await serve((_request, response) => response.end('direct'));
  const script = `
    import { createFetch } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const fetch = createFetch({ allowOrigins: ['http://127.0.0.1:${port}'] });
    process.stdout.write((await fetch('http://127.0.0.1:${port}/')).body);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=clearway-source', '--input-type=module', '-e', script],
    {
      env: {
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
        http_proxy: `http://127.0.0.1:${proxy.port}`,
      },
    },
  );
  expect(stdout).toBe('direct');
  expect(proxied).toBe(0);
});
