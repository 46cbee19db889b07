import { afterAll, beforeAll, expect, it } from 'vitest';
import { platformSignals } from './platform-signals.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
beforeAll(async () => {
  w = await openSitesWorld();
});
afterAll(() => w.close());

it('reports what a site says, wherever it says it', async () => {
  w.answer = (request, response) => {
    if (request.url === '/robots.txt') response.end('User-agent: *\nContent-Usage: train-ai=n\nAllow: /\n');
    else if (request.url === '/Book?x=1') {
      response.setHeader('X-Robots-Tag', 'noai');
      response.end('<head><meta name="tdm-reservation" content="1"></head>');
    } else response.writeHead(404).end();
  };
  const seen = await platformSignals(w.k, `http://novel.example:${w.port}/Book?x=1#top`);
  expect(seen.looked.map(({ status }) => status)).toEqual([200, 404, 200]);
  expect(seen.usages).toMatchObject({ 'ai-train': 'disallow', search: 'nothing' });
  expect(new Set(seen.records.map(({ carrier }) => carrier))).toEqual(
    new Set(['aipref-robots', 'tdmrep-meta', 'x-robots-tag']),
  );
});

it('takes a platform that refuses to be read as a fact, not as an error', async () => {
  w.answer = (_request, response) => response.writeHead(403).end();
  const seen = await platformSignals(w.k, `https://soundcloud.com:${w.tlsPort}/jane/track`);
  expect(seen).toMatchObject({ platform: 'SoundCloud', records: [], usages: { 'ai-train': 'nothing' } });
  expect(seen.looked.map(({ status }) => status)).toEqual([403, 403, 403]);
});

it('never asks a private address', async () => {
  w.dns.zone.set('inside.example', { A: ['192.168.1.1'] });
  const seen = await platformSignals(w.k, 'https://inside.example/');
  expect(seen.looked.map(({ error }) => error)).toEqual(Array(3).fill('net-address-refused'));
  await expect(platformSignals(w.k, 'http://127.0.0.1/')).rejects.toMatchObject({
    code: 'site-address-private',
  });
});
