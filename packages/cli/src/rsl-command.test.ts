import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { addRsl } from './rsl-command.ts';
import { siteFetch } from './web-fetch.ts';

let folder: string;
let said: string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-rsl-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});

async function run(...args: string[]): Promise<number> {
  process.exitCode = 0;
  const program = new Command().exitOverride();
  addRsl(program);
  await program.parseAsync(['rsl', ...args], { from: 'user' });
  return Number(process.exitCode);
}
function file(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `<rsl xmlns="https://rslstandard.org/rsl">${body}</rsl>`);
  return path;
}
const on = (inner: string, url = '/') => `<content url="${url}"><license>${inner}</license></content>`;

describe('clearway rsl', () => {
  test('new writes what check accepts, with free and paid uses apart', async () => {
    const out = join(folder, 'new.xml');
    const paid = ['--paid', 'ai-input', '--amount', '0.02', '--server', 'https://rights.example/'];
    expect(await run('new', '--free', 'search', ...paid, '--out', out)).toBe(0);
    expect(await run('check', out)).toBe(0);
    expect(readFileSync(out, 'utf8').match(/<content /g)).toHaveLength(2);
    expect(said.at(-1)).toContain('search free');
    expect(await run('new', '--out', out)).toBe(0);
    expect(await run('explain', out)).toBe(0);
    expect(said.at(-1)).toMatch(/^This grants nothing/);
    await expect(run('new', '--paid', 'read')).rejects.toThrow('no usage of RSL');
  });

  test('check tells the three levels apart', async () => {
    const permits = '<permits type="usage">search</permits>';
    expect(await run('check', file('a.xml', on(permits)))).toBe(0);
    expect(await run('check', file('b.xml', on(permits, 'https://a.example/')), '--json')).toBe(3);
    expect(JSON.parse(said.at(-1)!)).toMatchObject({ level: 'conformant-with-warnings' });
    expect(await run('check', file('c.xml', on('<permits>search</permits>')))).toBe(2);
    expect(said[said.length - 3]).toMatch(/c\.xml:1:\d+ ✗ R31-permission-type .*\/rsl\[1\]\/content\[1\]/);
  });

  test('check asks whether the frameworks of a document on the web lead to terms', async () => {
    const standard = (url: string) =>
      on(`<permits type="usage">all</permits><payment><standard>${url}</standard></payment>`);
    let base = '';
    const server = createServer(({ url = '' }, response) => {
      const [, kind, name] = url.split('/');
      const named = { good: `${base}/terms`, moved: `${base}/moved`, gone: `${base}/gone`, urn: 'urn:x:y' };
      const to = named[name as keyof typeof named];
      const xml = `<rsl xmlns="https://rslstandard.org/rsl">${standard(to)}</rsl>`;
      if (kind === 'rsl') response.setHeader('content-type', 'application/rsl+xml').end(xml);
      else if (kind === 'terms') response.setHeader('content-type', 'text/html').end('<p>Terms');
      else if (kind === 'moved') response.writeHead(302, { location: '/terms' }).end();
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    async function checked(target: string, ...more: string[]): Promise<[number, string]> {
      told.mockClear();
      process.exitCode = 0;
      const program = new Command().exitOverride();
      addRsl(program, siteFetch([base]));
      await program.parseAsync(['rsl', 'check', target, ...more], { from: 'user' });
      return [Number(process.exitCode), told.mock.calls.flat().join()];
    }
    try {
      expect(await checked(`${base}/rsl/good`)).toEqual([0, '']);
      expect(await checked(`${base}/rsl/moved`)).toEqual([0, '']);
      expect(await checked(`${base}/rsl/gone`)).toEqual([
        3,
        expect.stringMatching(/\/gone ! R47-standard .*404/),
      ]);
      expect(await checked(`${base}/rsl/urn`)).toEqual([3, expect.stringContaining('no web address')]);
      const path = file('standard.xml', standard('urn:x:y'));
      expect(await checked(path)).toEqual([0, '']);
      expect(await checked(path, '--online')).toEqual([3, expect.stringContaining('urn:x:y ! R47-standard')]);
    } finally {
      told.mockRestore();
      await new Promise((done) => server.close(done));
    }
  });

  test('explain answers one question, and says where readers differ', async () => {
    const body =
      on('<prohibits type="usage">ai-train</prohibits>') +
      on('<permits type="usage">ai-train</permits>', '/a/');
    const path = file('d.xml', body);
    expect(await run('explain', path, '--url', '/a/b', '--usage', 'ai-train')).toBe(0);
    expect(said.join('\n')).toContain('Careful readers differ');
    expect(await run('explain', path, '--url', '/a/b', '--usage', 'ai-train', '--strict')).toBe(2);
    expect(await run('explain', file('e.xml', ''), '--usage', 'search', '--json')).toBe(3);
  });

  test('explain asks for a client, a day and reports, and takes no slip of the pen for an answer', async () => {
    const all = '<permits type="usage">all</permits>';
    const geo = file('geo.xml', on(`${all}<prohibits type="geo">US</prohibits>`));
    expect(await run('explain', geo, '--usage', 'ai-train', '--place', 'us')).toBe(2);
    expect(await run('explain', geo, '--usage', 'ai-train', '--place', 'DE', 'ch')).toBe(0);
    expect(await run('explain', geo, '--usage', 'ai-train')).toBe(3);
    await expect(run('explain', geo, '--usage', 'ai-train', '--place', 'UK')).rejects.toThrow(
      '"UK" is no country',
    );
    const user = file('user.xml', on(`${all}<prohibits type="user">commercial</prohibits>`));
    await expect(run('explain', user, '--usage', 'search', '--user', 'Commercial')).rejects.toThrow(
      'is none of',
    );
    await expect(run('explain', user, '--user', 'commercial')).rejects.toThrow('without --usage');
    expect(await run('explain', user, '--usage', 'search', '--user', 'commercial')).toBe(2);
    expect(await run('explain', user, '--usage', 'search', '--user', 'x:press')).toBe(3);

    const report = file('report.xml', on(`${all}<reporting type="audit" profile="urn:p"/>`));
    expect(await run('explain', report, '--usage', 'search')).toBe(2);
    expect(await run('explain', report, '--usage', 'search', '--report', 'urn:o', 'urn:p')).toBe(0);

    const dated = join(folder, 'dated.xml');
    writeFileSync(
      dated,
      readFileSync(geo, 'utf8')
        .replace('url="/"', 'url="/" lastmod="2026-03-01T00:00:00Z"')
        .replace('US', 'BR'),
    );
    const asked = ['explain', dated, '--usage', 'search', '--place', 'DE', '--agent', 'ABot', '--date'];
    expect(await run(...asked, '2026-02-28')).toBe(3);
    expect(await run(...asked, '2026-03-01')).toBe(0);
    expect(said.join('\n')).toContain('which one is for ABot');
    await expect(run(...asked, 'soon')).rejects.toThrow('is no day');
  });

  test('new says as JSON what it wrote', async () => {
    const out = join(folder, 'json.xml');
    expect(await run('new', '--free', 'search', '--json', '--out', out)).toBe(0);
    const { text, ...rest } = JSON.parse(said.at(-1)!);
    expect(text).toBe(readFileSync(out, 'utf8'));
    expect(rest).toMatchObject({ file: out, level: 'conformant', grants: [{ scope: '/' }] });
  });

  test('fix mends, and leaves the rest to a person', async () => {
    const path = file('f.xml', on('<prohibits type="usage">train-ai</prohibits>'));
    expect(await run('fix', path, '--out', path)).toBe(0);
    expect(said.join('\n')).toContain('- train-ai\n+ ai-train');
    expect(readFileSync(path, 'utf8')).toContain('>ai-train<');
    expect(await run('fix', file('g.xml', on('<permits type="usage">train-ai</permits>')))).toBe(2);
  });

  test('bytes that are no UTF-8 are no RSL, and are not written over', async () => {
    const path = join(folder, 'latin1.xml');
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?><rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">all</prohibits></license><copyright>Müller</copyright></content></rsl>`;
    writeFileSync(path, text, 'latin1');
    const before = readFileSync(path);
    expect(await run('check', path)).toBe(2);
    expect(said.join('\n')).toMatch(/✗ R(1|104)-/);
    expect(await run('fix', path, '--out', path)).toBe(2);
    expect(readFileSync(path)).toEqual(before);
    await expect(run('explain', path)).rejects.toThrow('UTF-8');
  });

  test.each(['page', 'feed', 'file'])('as a %s, what holds no terms is not conformant', async (kind) => {
    const path = join(folder, `none.${kind}`);
    writeFileSync(path, kind === 'page' ? '<!doctype html><p>Roses' : '<rss><channel/></rss>');
    expect(await run('check', path, '--as', kind, '--json')).toBe(2);
    expect(JSON.parse(said.at(-1)!)).toMatchObject({ level: 'no-terms', issues: [] });
    writeFileSync(path, Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
    expect(await run('check', path, '--as', kind)).toBe(2);
  });

  test('a feed, a page and a file are known for what they are', async () => {
    const rsl = (inner: string, url: string) =>
      `<r:content url="${url}"><r:license>${inner}</r:license></r:content>`;
    const no = '<r:prohibits type="usage">ai-all</r:prohibits>';
    const name = 'xmlns:r="https://rslstandard.org/rsl"';
    const address = 'https://a.example/poem';
    const files = {
      'feed.rss': `<rss ${name}><channel><item><link>${address}</link>${rsl(no, address)}</item></channel></rss>`,
      'page.html': `<!doctype html><head><script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url=""><license><prohibits type="usage">ai-all</prohibits></license></content></rsl></script><p>Roses`,
      'photo.jpg': `\xff\xd8<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:rsl ${name}>${rsl(no, address)}</r:rsl></x:xmpmeta>`,
      'book.opf': `<package><metadata><r:rsl ${name}>${rsl(no, address)}</r:rsl></metadata></package>`,
    };
    for (const [file, text] of Object.entries(files)) {
      const path = join(folder, file);
      writeFileSync(path, text, 'latin1');
      expect([file, await run('check', path)]).toEqual([file, 0]);
      expect([file, await run('explain', path, '--usage', 'ai-train')]).toEqual([file, 2]);
      expect([file, await run('explain', path)]).toEqual([file, 0]);
      expect([file, await run('fix', path, '--out', path)]).toEqual([file, 0]);
      expect(readFileSync(path, 'latin1')).toBe(text);
    }
    const damaged = files['photo.jpg'].replace('>ai-all<', '>train-ai,all<');
    const photo = join(folder, 'damaged.jpg');
    writeFileSync(photo, damaged, 'latin1');
    expect(await run('fix', photo, '--out', photo)).toBe(2);
    expect(said.at(-1)).toContain('only UTF-8 text');
    expect(readFileSync(photo, 'latin1')).toBe(damaged);
  });

  test('fix mends what stands in a page, a feed and metadata, and no other byte', async () => {
    const name = 'xmlns:r="https://rslstandard.org/rsl"';
    const inside = (usage: string) =>
      `<r:content url="https://a.example/poem"><r:license><r:prohibits type="usage">${usage}</r:prohibits></r:license></r:content>`;
    const files = {
      'mend.html': (usage: string) =>
        `\uFEFF<!doctype html>\r\n<title>Öl &amp; train-ai,all</title><script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url=""><license><prohibits type="usage">${usage}</prohibits></license></content></rsl></script><p>Tom & Jerry`,
      'mend.rss': (usage: string) =>
        `<rss ${name}>\r\n<channel><item><title>train-ai,all</title>${inside(usage)}</item></channel></rss>`,
      'mend.xmp': (usage: string) =>
        `<?xpacket begin="\uFEFF"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><r:rsl ${name}>${inside(usage)}</r:rsl></x:xmpmeta>   <?xpacket end="w"?>`,
      'mend.opf': (usage: string) =>
        `<package><metadata><r:rsl ${name}>${inside(usage)}</r:rsl></metadata></package>\n`,
    };
    for (const [file, text] of Object.entries(files)) {
      const path = join(folder, file);
      writeFileSync(path, text('train-ai,all'));
      expect([file, await run('check', path)]).toEqual([file, 2]);
      said = [];
      expect([file, await run('fix', path, '--out', path)]).toEqual([file, 0]);
      expect(said.join('\n')).toContain('- train-ai,all\n+ ai-train all');
      expect(readFileSync(path, 'utf8')).toBe(text('ai-train all'));
      expect([file, await run('check', path)]).toEqual([file, 0]);
    }
    const latin = join(folder, 'latin1.html');
    writeFileSync(latin, files['mend.html']('train-ai').slice(1), 'latin1');
    const bytes = readFileSync(latin);
    expect(await run('fix', latin, '--out', latin)).toBe(2);
    expect(said.at(-1)).toContain('only UTF-8 text');
    expect(readFileSync(latin)).toEqual(bytes);
    const page = join(folder, 'choose.html');
    const open = files['mend.html']('train-ai').replaceAll('prohibits', 'permits');
    writeFileSync(page, open);
    expect(await run('fix', page, '--out', page)).toBe(2);
    expect(said.join('\n')).toContain('✗ R33-usage-token');
    expect(readFileSync(page, 'utf8')).toBe(open);
  });
});
