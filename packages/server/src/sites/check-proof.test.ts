import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkProof } from './check-proof.ts';
import type { CheckMethod } from './model.ts';
import { registerSite } from './register-site.ts';
import { releaseSite } from './release-site.ts';
import { startProof } from './start-proof.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let party: string;
beforeAll(async () => {
  w = await openSitesWorld();
});
afterAll(() => w.close());
beforeEach(async () => {
  party = await w.person();
  w.asked.length = 0;
});

async function host(name = 'novel.example') {
  const site = await registerSite(w.k, { partyId: party, url: `http://${name}:${w.port}` });
  const proof = await startProof(w.k, site.id);
  if (proof.kind !== 'host') throw new Error('a host');
  const check = (method: CheckMethod) => checkProof(w.k, site.id, method);
  return { site, proof, check };
}

const html = (text: string): SitesWorld['answer'] => {
  return (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(text);
};
const plain = (text: string | Uint8Array): SitesWorld['answer'] => {
  return (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
};

describe('the well-known file', () => {
  it('proves control, and the evidence holds no body', async () => {
    const { proof, check } = await host();
    w.answer = plain(
      `# who may speak for this site\r\n${proof.file.content}\r\nclearway-site=somebody-else\r\n`,
    );
    const done = await check('file');
    expect(done).toMatchObject({
      result: 'proven',
      evidence: { status: 200, ip: '127.0.0.1', redirects: [] },
    });
    expect(done.validUntil!.getTime() - done.checkedAt.getTime()).toBe(90 * 86_400_000);
    expect(w.asked).toEqual(['novel.example /.well-known/clearway.txt']);
    expect(JSON.stringify(done.evidence)).not.toContain(proof.value);
  });

  it.each<[string, () => SitesWorld['answer'], string]>([
    ['is not there', () => (_q, r) => r.writeHead(404).end(), 'not-found'],
    ['is empty', () => plain(''), 'not-found'],
    ['holds another value', () => plain('clearway-site=abc\u0007def'), 'wrong-value'],
    ['is refused', () => (_q, r) => r.writeHead(403).end(), 'answered-with-error'],
    ['is a program error', () => (_q, r) => r.writeHead(500).end(), 'answered-with-error'],
    ['is binary', () => plain(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff)), 'not-text'],
    ['is a page', () => html('<p>clearway-site=x'), 'not-text'],
    ['is too large', () => plain('x'.repeat(70_000)), 'too-large'],
    [
      'is a compressed bomb',
      () => (_q, r) =>
        r
          .writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(20_000_000))),
      'too-large',
    ],
    ['breaks off', () => (q) => q.socket.destroy(), 'unreachable'],
  ])('when it %s', async (_name, answer, result) => {
    const { check } = await host();
    w.answer = answer();
    expect((await check('file')).result).toBe(result);
  });

  it('shows which other value was found, printable and short', async () => {
    const { check } = await host();
    w.answer = plain(`clearway-site=abc\u0007def${'x'.repeat(200)}`);
    expect((await check('file')).evidence.found).toEqual([`abcdef${'x'.repeat(54)}`]);
  });

  it('follows a redirect on the same host, not one to www or elsewhere, which is not even asked', async () => {
    const { proof, check } = await host();
    let location = '/moved.txt';
    w.answer = (request, response) =>
      request.url === '/moved.txt'
        ? plain(proof.file.content)(request, response)
        : response.writeHead(302, { location }).end();
    expect(await check('file')).toMatchObject({
      result: 'proven',
      evidence: { redirects: [proof.file.url] },
    });
    for (const other of ['www.novel.example', 'other.example']) {
      w.asked.length = 0;
      location = `http://${other}:${w.port}/moved.txt`;
      expect(await check('file')).toMatchObject({
        result: 'redirected',
        evidence: { redirectedTo: location },
      });
      expect(w.asked).toEqual(['novel.example /.well-known/clearway.txt']);
    }
    location = '/.well-known/clearway.txt';
    expect((await check('file')).result).toBe('redirected');
  });

  it('says so when the certificate is not for the host, when the port is no web port, when the name is unknown', async () => {
    const tls = await registerSite(w.k, { partyId: party, url: `https://other.example:${w.tlsPort}` });
    await startProof(w.k, tls.id);
    expect((await checkProof(w.k, tls.id, 'file')).result).toBe('tls-failed');
    const port = await registerSite(w.k, { partyId: party, url: 'https://novel.example:22' });
    await startProof(w.k, port.id);
    expect((await checkProof(w.k, port.id, 'file')).result).toBe('address-refused');
    const unknown = await registerSite(w.k, { partyId: party, url: 'nowhere.example' });
    await startProof(w.k, unknown.id);
    expect(await checkProof(w.k, unknown.id, 'file')).toMatchObject({
      result: 'unreachable',
      evidence: { error: 'net-dns-failed' },
    });
  });

  it('never reaches a private address, also when the name changes between two looks', async () => {
    w.dns.zone.set('inside.example', { A: ['10.0.0.7'] });
    w.dns.zone.set('rebind.example', { A: { sequence: [['93.184.216.34', '127.0.0.1'], ['127.0.0.1']] } });
    for (const name of ['inside.example', 'rebind.example']) {
      const site = await registerSite(w.k, { partyId: party, url: name });
      await startProof(w.k, site.id);
      for (const method of ['file', 'meta'] as const) {
        const done = await checkProof(w.k, site.id, method);
        expect(done).toMatchObject({ result: 'address-refused', evidence: { error: 'net-address-refused' } });
        expect(JSON.stringify(done.evidence)).not.toContain('127.0.0.1');
      }
    }
    expect(w.asked).toEqual([]);
  });
});

describe('the DNS entry', () => {
  const name = '_clearway.novel.example';
  it('proves control without asking the web server; old and foreign entries do not matter', async () => {
    const { proof, check } = await host();
    expect(proof.dns.name).toBe(name);
    expect((await check('dns')).result).toBe('not-found');
    w.dns.zone.set(name, { TXT: ['v=spf1 -all', 'clearway-site=old'] });
    expect(await check('dns')).toMatchObject({ result: 'wrong-value', evidence: { found: ['old'] } });
    w.dns.zone.set(name, { TXT: ['v=spf1 -all', 'clearway-site=old', `"${proof.dns.value}"`] });
    expect((await check('dns')).result).toBe('proven');
    expect(w.asked).toEqual([]);
  });

  it('reads an entry cut in pieces of 255 bytes, and one of 200', async () => {
    const { proof, check } = await host();
    w.dns.zone.set(name, { TXT: [`${' '.repeat(240)}${proof.dns.value}`] });
    expect((await check('dns')).result).toBe('proven');
    w.dns.zone.set(name, { TXT: [...Array.from({ length: 199 }, (_, i) => `record ${i}`), proof.dns.value] });
    expect((await check('dns')).result).toBe('proven');
  });
});

describe('the line in the home page', () => {
  const meta = (value: string) => `<META content='${value}' Name="Clearway-Site">`;
  it('proves control in the head', async () => {
    const { proof, check } = await host();
    w.answer = html(`<!doctype html><html><head><title>x</title>${proof.meta.tag}</head><body>x`);
    expect((await check('meta')).result).toBe('proven');
    w.answer = html(`<!doctype html><meta charset=utf-8>${meta(proof.value)}<title>x</title>`);
    expect((await check('meta')).result).toBe('proven');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(meta(proof.value), 'utf16le')]);
    w.answer = plain(utf16);
    expect((await check('meta')).result).toBe('proven');
  });

  it.each<[string, (tag: string) => string]>([
    ['in a comment', (tag) => `<head><!-- ${tag} --></head>`],
    ['in a script', (tag) => `<head><script>document.write('${tag}')</script></head>`],
    ['in a style', (tag) => `<head><style>${tag}</style></head>`],
    ['in the title', (tag) => `<head><title>${tag}</title></head>`],
    ['in a text field', (tag) => `<head></head><body><textarea>${tag}</textarea>`],
    ['in a text field without a head', (tag) => `<textarea>${tag}</textarea>`],
    ['in the body', (tag) => `<head></head><body>${tag}`],
    ['below a first paragraph', (tag) => `<p>Comments</p>${tag}`],
    ['in an attribute', (tag) => `<head><meta name="x" content='${tag}'></head>`],
    ['after 256 KiB', (tag) => `<head><!--${'x'.repeat(300_000)}-->${tag}</head>`],
  ])('not %s', async (_where, page) => {
    const { proof, check } = await host();
    w.answer = html(page(proof.meta.tag));
    expect((await check('meta')).result).toBe('not-found');
  });

  it('not on a page of 10 MB', async () => {
    const { proof, check } = await host();
    w.answer = html(`<head>${proof.meta.tag}</head>${'x'.repeat(10_000_000)}`);
    expect((await check('meta')).result).toBe('too-large');
  });
});

describe('the code on a profile', () => {
  async function profile(path = 'soundcloud.com') {
    const url = path.includes('.com/') ? path : `https://${path}:${w.tlsPort}/jane`;
    const site = await registerSite(w.k, { partyId: party, url });
    const { value } = await startProof(w.k, site.id);
    return { site, value, check: () => checkProof(w.k, site.id, 'code') };
  }
  const bio = (code: string) =>
    html(`<head><meta property="og:description" content="Singer &amp; writer. ${code}"></head>`);

  it('proves control in the member’s own text', async () => {
    const { value, check } = await profile();
    expect(value).toMatch(/^CLEARWAY-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    w.answer = html('<head></head>');
    expect((await check()).result).toBe('not-found');
    w.answer = bio(value);
    expect((await check()).result).toBe('proven');
    expect(w.asked).toEqual(['soundcloud.com /jane', 'soundcloud.com /jane']);
  });

  it('on a profile with a host of its own too', async () => {
    const site = await registerSite(w.k, { partyId: party, url: `jane.bandcamp.com:${w.tlsPort}` });
    const { value } = await startProof(w.k, site.id);
    w.answer = bio(value);
    expect((await checkProof(w.k, site.id, 'code')).result).toBe('proven');
  });

  it.each<[string, (code: string) => SitesWorld['answer'], string]>([
    ['is refused', () => (_q, r) => r.writeHead(403).end(), 'platform-answers-with-error'],
    ['asks for patience', () => (_q, r) => r.writeHead(429).end(), 'platform-answers-with-error'],
    ['answers 999', () => (_q, r) => r.writeHead(999).end(), 'platform-answers-with-error'],
    [
      'leads to a sign-in page',
      () => (_q, r) => r.writeHead(302, { location: '/login' }).end(),
      'platform-shows-another-page',
    ],
    ['shows a sign-in form', () => html('<form><input type="password">'), 'platform-shows-sign-in'],
    [
      'shows the code in a comment by anybody',
      (code) => html(`<body><p>${code}</p>`),
      'code-elsewhere-on-page',
    ],
  ])('a person looks when the page %s', async (_name, answer, note) => {
    const { value, check } = await profile();
    w.answer = answer(value);
    expect(await check()).toMatchObject({ result: 'needs-moderator', evidence: { note } });
  });

  it('a person looks at once where the platform is known to refuse', async () => {
    const { check } = await profile('instagram.com');
    expect(await check()).toMatchObject({
      result: 'needs-moderator',
      evidence: { note: 'platform-refuses-programs' },
    });
    expect(w.asked).toEqual([]);
  });
});

describe('checks', () => {
  it('fit the site, need a value that holds, and end with the site', async () => {
    const { site, proof, check } = await host();
    await expect(check('code')).rejects.toMatchObject({ code: 'site-method-unfit' });
    expect((await startProof(w.k, site.id)).value).toBe(proof.value);
    w.k.clock.advance(31 * 86_400_000);
    await expect(check('file')).rejects.toMatchObject({ code: 'site-challenge-missing' });
    expect((await startProof(w.k, site.id)).value).not.toBe(proof.value);
    await releaseSite(w.k, site.id);
    await expect(check('file')).rejects.toMatchObject({ code: 'site-released' });
    await expect(checkProof(w.k, 'no-id', 'file')).rejects.toMatchObject({ code: 'site-not-found' });
  });

  it('are limited per party', async () => {
    const { check } = await host();
    w.answer = plain('');
    for (let i = 0; i < 10; i++) await check('file');
    await expect(check('file')).rejects.toMatchObject({
      code: 'site-checks-too-often',
      headers: { 'Retry-After': expect.stringMatching(/^\d+$/) },
    });
  });
});
