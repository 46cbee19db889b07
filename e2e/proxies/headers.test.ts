import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { compilePattern, matchPath } from '@clearway/rsl';
import { type PublicationPart, publishChannels, readSignals } from '@clearway/signals';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The lines that `clearway signals publish` writes, in the real servers: `.ci/run` installs them, and a machine without one of
// them leaves its tests out.
const licenseUrl = 'https://a.example/license.xml';
const policyUrl = 'https://a.example/terms';
const excluded = [
  '/agency/',
  '/*dpa*',
  '/guests/$',
  '/~ann/',
  '/b%C3%BCro/',
  '/list?by=guest',
  '/odd%2Aname$',
  '/a+b(c',
];
const free = { search: 'allow', 'ai-all': 'allow' } as const;
const parts: PublicationPart[] = [
  { pattern: '/stories/2026/', permissions: { search: 'allow', 'ai-all': 'conditional' }, policyUrl },
  { pattern: '/stories/2026/poem.html$', permissions: free },
  ...excluded.map((pattern) => ({ pattern, permissions: { all: 'disallow' } as const, excluded: true })),
];
const texts = publishChannels({ licenseUrl, permissions: free, parts });
const PAGES = [
  'index.html',
  '404.html',
  'agency/1.html',
  'agency/index.html',
  'guests/index.html',
  'guests/ann.html',
  'stories/2026/index.html',
  'stories/2026/own.html',
  'stories/2026/poem.html',
  'stories/2026/dpa-1.html',
  '~ann/1.html',
  'büro/1.html',
  'odd*name',
  'list',
  'a+b(c.html',
];
const OPEN = { 'tdm-reservation': '0', 'content-usage': 'train-ai=y, search=y' };
const PRICED = {
  'tdm-reservation': '1',
  'tdm-policy': policyUrl,
  'content-usage': 'train-ai=n, search=y',
  'x-robots-tag': 'noai, noimageai',
};
const CLOSED = {
  'tdm-reservation': '1',
  'content-usage': 'train-ai=n, search=n',
  'x-robots-tag': 'noai, noimageai',
};

type Server = {
  readonly name: string;
  readonly binary: string;
  readonly text: string;
  /** Writes the configuration and says how the server is started. */
  readonly start: (about: { directory: string; port: number; lines: string }) => Promise<string[]>;
};

const SERVERS: readonly Server[] = [
  { name: 'nginx', binary: 'nginx', text: 'headers/nginx.conf', start: nginx },
  { name: 'Apache', binary: 'apache2', text: 'headers/apache.conf', start: apache },
  { name: 'Caddy', binary: 'caddy', text: 'headers/Caddyfile', start: caddy },
];

async function nginx({ directory, port, lines }: { directory: string; port: number; lines: string }) {
  const [http = '', server = ''] = lines.split('# In the server block:\n');
  const config = join(directory, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  await writeFile(
    config,
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${directory}/pid; error_log stderr warn; worker_processes 1;
events {} http { access_log off; ${temporary.join(' ')} default_type text/html; map_hash_bucket_size 256;
${http} server { listen 127.0.0.1:${port}; root ${directory}/www; error_page 404 /404.html;
location = /agency/broken { return 503; }
${server} } }`,
  );
  return ['-e', 'stderr', '-p', directory, '-c', config];
}

async function apache({ directory, port, lines }: { directory: string; port: number; lines: string }) {
  const config = join(directory, 'apache.conf');
  const modules = ['mpm_event', 'authz_core', 'headers', 'dir', 'alias', 'mime'].map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
  );
  await writeFile(
    config,
    `${modules.join('\n')}
ServerRoot ${directory}
ServerName localhost
PidFile ${directory}/pid
Mutex file:${directory}
ErrorLog ${directory}/error.log
TypesConfig /dev/null
Listen 127.0.0.1:${port}
DocumentRoot ${directory}/www
DirectoryIndex index.html
ErrorDocument 404 /404.html
Redirect 503 /agency/broken
${lines}`,
  );
  return ['-D', 'FOREGROUND', '-f', config];
}

async function caddy({ directory, port, lines }: { directory: string; port: number; lines: string }) {
  const config = join(directory, 'Caddyfile');
  await writeFile(
    config,
    `{
admin off
auto_https off
}
http://127.0.0.1:${port} {
${lines}
respond /agency/broken 503
root * ${directory}/www
file_server
handle_errors {
rewrite * /404.html
file_server
}
}
`,
  );
  return ['run', '--adapter', 'caddyfile', '--config', config];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

describe.each(SERVERS)('the header lines in $name', ({ name, binary, text, start }) => {
  const found = spawnSync(binary, [name === 'Caddy' ? 'version' : '-v']);
  const missing = found.error !== undefined && process.env.CI !== 'true';
  let directory: string;
  let port: number;
  let server: ChildProcess | undefined;
  let said = '';

  beforeAll(async () => {
    if (missing) return;
    directory = await mkdtemp(join(tmpdir(), `headers-${binary}-`));
    await chmod(directory, 0o755);
    for (const page of PAGES) {
      await mkdir(join(directory, 'www', dirname(page)), { recursive: true });
      await writeFile(join(directory, 'www', page), page);
    }
    port = await freePort();
    const lines = texts.find((one) => one.path === text)!.content;
    const child = spawn(binary, await start({ directory, port, lines }), {
      env: { ...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
    for (let tries = 0; tries < 100 && child.exitCode === null && !(await answers(port)); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    if (child.exitCode !== null) throw new Error(`${name} does not start: ${said}`);
  });
  afterAll(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  /** The target goes out as it is written: no client brings it into shape before. */
  async function get(path: string, method = 'GET') {
    const asked = request({ host: '127.0.0.1', port, path, method }).end();
    const [response] = await once(asked, 'response');
    const text = await textOf(response);
    return { status: response.statusCode as number, headers: response.headersDistinct as Headers, text };
  }
  type Headers = Readonly<Record<string, string[] | undefined>>;
  function terms(headers: Headers) {
    expect(headers.link).toEqual([`<${licenseUrl}>; rel="license"; type="application/rsl+xml"`]);
    const own = ['tdm-reservation', 'tdm-policy', 'content-usage', 'x-robots-tag'].filter(
      (one) => headers[one],
    );
    return Object.fromEntries(own.map((one) => [one, headers[one]!.join(' AND ')]));
  }

  test.skipIf(missing).each([
    ['the front page', '/', 200, OPEN],
    ['a page', '/index.html', 200, OPEN],
    ['a page with a query', '/index.html?a[]=1', 200, OPEN],
    ['what is not there', '/nothing', 404, OPEN],
    ['a folder with a price', '/stories/2026/', 200, PRICED],
    ['a page in it', '/stories/2026/own.html?x=1', 200, PRICED],
    ['what is not there in it', '/stories/2026/nothing', 404, PRICED],
    ['a page of its own in it', '/stories/2026/poem.html', 200, OPEN],
    ['the same with a query', '/stories/2026/poem.html?x', 200, PRICED],
    ['what is not ours', '/agency/1.html', 200, CLOSED],
    ['its folder', '/agency/', 200, CLOSED],
    ['with a query', '/agency/1.html?a=b', 200, CLOSED],
    ['what is not there in it', '/agency/nothing', 404, CLOSED],
    ['what breaks in it', '/agency/broken', 503, CLOSED],
    ['inside what is ours', '/stories/2026/dpa-1.html', 200, CLOSED],
    ['in a query', '/index.html?from=dpa', 200, CLOSED],
    ['exactly one page', '/guests/', 200, CLOSED],
    ['not another one', '/guests/ann.html', 200, OPEN],
    ['by its query', '/list?by=guest', 200, CLOSED],
    ['another query', '/list?by=ann', 200, OPEN],
    ['a tilde', '/~ann/1.html', 200, CLOSED],
    ['an encoded tilde', '/%7Eann/1.html', 200, CLOSED],
    ['an umlaut', '/b%C3%BCro/1.html', 200, CLOSED],
    ['in small letters', '/b%c3%bcro/1.html', 200, CLOSED],
    ['an asterisk', '/odd*name', 200, CLOSED],
    ['an encoded asterisk', '/odd%2aname', 200, CLOSED],
    ['signs of expressions', '/a+b(c.html', 200, CLOSED],
    ['encoded letters', '/%61gency/1.html', 200, CLOSED],
    ['two slashes', '//agency/1.html', 200, CLOSED],
    ['a step aside', '/stories/../agency/1.html', 200, CLOSED],
    ['a step nowhere', '/./agency/1.html', 200, CLOSED],
  ])('%s: %s', async (_, path, status, expected) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get(path, method);
      expect([path, terms(answer.headers)]).toEqual([path, expected]);
      expect(answer.status).toBe(status);
    }
  });

  test.skipIf(missing)('nothing that is not ours is given at any address', async () => {
    const piece = fc.constantFrom(
      'agency',
      'dpa',
      'a',
      '/',
      '/',
      '//',
      '.',
      '..',
      '%61',
      '%2F',
      '%2f',
      '~ann',
      '%7eann',
    );
    const more = fc.constantFrom(
      '?',
      '?by=guest',
      '%C3',
      '%c3%bc',
      'stories',
      '2026',
      'list',
      '*',
      '$',
      '%',
      '#',
      '[',
      '|',
    );
    const path = fc.array(fc.oneof(piece, more), { maxLength: 8 }).map((all) => `/${all.join('')}`);
    const at = '2026-11-22T00:00:00Z';
    const foreign = excluded.map(compilePattern);
    let looked = 0;
    for (const target of fc.sample(path, { numRuns: 1_000, seed: 20261122 })) {
      const { status, headers, text: page } = await get(target);
      if (status === 400) continue;
      const { pathname, search } = new URL(`http://127.0.0.1${target}`);
      // What was asked for, and what was served: servers read an address in ways of their own.
      const asked = [target, pathname + search, `/${page}`];
      if (!asked.some((one) => foreign.some((pattern) => matchPath(pattern, one)))) continue;
      looked += 1;
      const body = Object.entries(terms(headers)).map((line) => line.join(': '));
      const sources = [{ kind: 'headers', url: licenseUrl, at, body: body.join('\n') }] as const;
      const { verdicts } = await readSignals({ url: licenseUrl, at, sources });
      expect([target, status, verdicts[0]!.usages['ai-train'].outcome]).toEqual([target, status, 'refused']);
      expect([target, verdicts[0]!.usages.search.outcome]).toEqual([target, 'refused']);
    }
    expect(looked).toBeGreaterThan(50);
  });
});
