import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetch } from '@clearway/net';
import { canonicalReport, readSignals } from '@clearway/signals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exitCode } from '../signals-command.ts';
import { fetchSources } from './fetch-sources.ts';
import { printReport } from './print-report.ts';
import { readFolder } from './read-folder.ts';

const at = '2026-11-22T08:00:00Z';
let base = '';
const license = () =>
  `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">ai-train</permits><payment type="use"><amount currency="EUR">1</amount></payment></license></content></rsl>`;
const site: Record<string, () => [type: string, body: string]> = {
  '/robots.txt': () => [
    'text/plain',
    `License: ${base}/l.xml\nUser-agent: *\nContent-Signal: search=yes, ai-input=no\nDisallow:\nUser-agent: GPTBot\nDisallow: /\n`,
  ],
  '/l.xml': () => ['application/rsl+xml', license()],
  '/poem': () => ['text/html', '<head><meta name="tdm-reservation" content="0"></head>\u001b[31m'],
};
const server = createServer(({ url = '' }, response) => {
  const page = site[url]?.();
  if (url === '/old') response.writeHead(301, { location: '/poem' }).end();
  else if (!page) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': page[0], 'x-robots-tag': 'otherbot: noai' }).end(page[1]);
});

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

it('a site is read as a bot reads it, with every source, verdict and contradiction', async () => {
  const fetch = createFetch({ allowOrigins: [base] });
  const found = await fetchSources(fetch, `${base}/old`, at);
  expect(found.url).toBe(`${base}/poem`);
  const report = await readSignals({ ...found, at, agents: ['*', 'GPTBot'] });
  expect(report.sources.map((one) => [one.kind, one.status])).toEqual([
    ['ai-txt', 404],
    ['headers', 200],
    ['html', 200],
    ['robots', 200],
    ['rsl', 200],
    ['tdmrep', 404],
  ]);
  const [everybody, gptbot] = report.verdicts;
  expect(everybody!.usages['ai-train']).toMatchObject({ outcome: 'conditional', terms: [`${base}/l.xml`] });
  expect(everybody!.usages['ai-input'].outcome).toBe('refused');
  // RSL that permits training only refuses the rest, whatever Content-Signal says.
  expect(everybody!.usages.search).toMatchObject({ outcome: 'refused', rule: 'most-restrictive' });
  expect(gptbot).toMatchObject({ fetch: 'refused', usages: { 'ai-train': { outcome: 'refused' } } });
  expect(new Set(report.contradictions.map((one) => one.kind))).toEqual(
    new Set(['yes-and-no', 'closed-offer']),
  );
  expect(exitCode(report)).toBe(2);
  const text = printReport(report);
  expect(text).toContain('training (ai-train): against terms');
  expect(text).toContain('GPTBot: refused');
  expect(text).not.toContain('\u001b');
});

it('nobody answers: that is no permission', async () => {
  const found = await fetchSources(createFetch(), 'http://127.0.0.1/', at);
  const report = await readSignals({ ...found, at });
  expect(exitCode(report)).toBe(1);
  expect(report.verdicts[0]!.usages.search).toMatchObject({ outcome: 'refused', usable: false });
});

it('a folder says the same, byte for byte, every time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearway-signals-'));
  writeFileSync(join(folder, 'robots.txt'), 'User-agent: *\nContent-Usage: train-ai=n\n');
  writeFileSync(join(folder, 'headers.txt'), 'content-usage: train-ai=n\n');
  writeFileSync(join(folder, 'license.xml'), license());
  writeFileSync(join(folder, 'sitemap.xml'), '<urlset/>');
  const one = await readSignals({ ...readFolder(folder, 'https://a.example/', at), at });
  const other = await readSignals({ ...readFolder(folder, 'https://a.example/', at), at });
  expect(canonicalReport(other)).toBe(canonicalReport(one));
  expect(one.sources.map((each) => each.kind)).toEqual(['headers', 'robots', 'rsl']);
  expect(one.verdicts[0]!.usages['ai-train'].outcome).toBe('refused');
  expect(exitCode(one)).toBe(0);
});
