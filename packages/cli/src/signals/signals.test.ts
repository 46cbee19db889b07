import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalReport, gatherSources, readSignals } from '@clearway/signals';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addAgents } from '../agents-command.ts';
import { addDoctorSite } from '../doctor/doctor-site.ts';
import { addRsl } from '../rsl-command.ts';
import { addSignals, exitCode } from '../signals-command.ts';
import { signalFetch, siteFetch } from '../web-fetch.ts';
import { printReport } from './print-report.ts';
import { readFiles } from './read-files.ts';

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
  '/robots.json': () => ['application/json', '{"Fresh-Bot":{"operator":"X","function":"\\u001b[31m"}}'],
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
afterAll(async () => {
  process.exitCode = 0;
  await new Promise((done) => server.close(done));
});
let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
});

async function run(...args: string[]): Promise<number> {
  process.exitCode = 0;
  const program = new Command().exitOverride();
  addSignals(program, siteFetch([base]));
  addRsl(program, siteFetch([base]));
  addAgents(program, siteFetch([base]));
  addDoctorSite(program.command('doctor'), siteFetch([base]));
  await program.parseAsync(args, { from: 'user' });
  return Number(process.exitCode);
}

it('a site is read as a bot reads it, with every source, verdict and contradiction', async () => {
  const found = await gatherSources(signalFetch(siteFetch([base])), `${base}/old`, at);
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
  const found = await gatherSources(signalFetch(siteFetch()), 'http://127.0.0.1/', at);
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
  const one = await readSignals({ ...(await readFiles(folder, 'https://a.example/', at)), at });
  const other = await readSignals({ ...(await readFiles(folder, 'https://a.example/', at)), at });
  expect(canonicalReport(other)).toBe(canonicalReport(one));
  expect(one.sources.map((each) => each.kind)).toEqual(['headers', 'robots', 'rsl']);
  expect(one.verdicts[0]!.usages['ai-train'].outcome).toBe('refused');
  expect(exitCode(one)).toBe(0);
});

it('"what does a bot see?": every channel, every kind of agent, what to mend, in two languages', async () => {
  expect(await run('doctor', 'site', `${base}/poem`)).toBe(2);
  const text = said.join('\n');
  expect(text).toContain('Crawlers that gather training data: only against terms');
  expect(text).toContain('GPTBot: not allowed; may not even fetch it');
  expect(text).toContain('robots.txt keeps out GPTBot');
  expect(await run('doctor', 'site', `${base}/poem`, '--language', 'de')).toBe(2);
  expect(said.join('\n')).toContain('Was jede Art von Bot sieht');
  said = [];
  expect(await run('doctor', 'site', `${base}/poem`, '--json')).toBe(2);
  expect(JSON.parse(said[0]!)).toMatchObject({
    url: `${base}/poem`,
    classes: [{ usage: 'ai-train' }, {}, {}, {}],
  });
  expect(await run('doctor', 'site', 'http://127.0.0.1:9/')).toBe(1);
});

it('rsl commands follow what a site names', async () => {
  expect(await run('rsl', 'check', `${base}/poem`)).toBe(0);
  expect(said.join('\n')).toContain(`${base}/l.xml: conformant`);
  expect(await run('rsl', 'explain', `${base}/poem`, '--usage', 'ai-train')).toBe(0);
  expect(await run('rsl', 'explain', `${base}/l.xml`, '--usage', 'search', '--strict')).toBe(2);
  expect(await run('rsl', 'fix', `${base}/l.xml`)).toBe(0);
  await expect(run('rsl', 'check', `${base.replace('127.0.0.1', '127.0.0.2')}/`)).rejects.toThrow();
});

it('what is published is read back as it was chosen, and never for what is not ours', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearway-publish-'));
  const robots = join(folder, 'old.txt');
  writeFileSync(robots, 'User-agent: CCBot\nDisallow: /cgi/\n');
  const choice = [
    '--site',
    'https://a.example',
    '--free',
    'search',
    '--paid',
    'ai-train',
    '--amount',
    '9',
    '--robots',
    robots,
  ];
  await expect(run('signals', 'publish', ...choice, '--out', join(folder, 'no'))).rejects.toThrow(
    'belongs to others',
  );
  const out = join(folder, 'out');
  const ours = ['--not-ours', '/agency/', '--holder', 'Ana', '--contact', 'rights@a.example'];
  expect(await run('signals', 'publish', ...choice, ...ours, '--out', out)).toBe(0);
  await expect(run('signals', 'publish', ...choice, ...ours, '--out', out)).rejects.toThrow(
    'is there already',
  );
  const site = join(folder, 'site');
  mkdirSync(site);
  for (const name of ['robots.txt', 'license.xml', 'tdm-policy.json', '.well-known/tdmrep.json'])
    writeFileSync(join(site, name.split('/').at(-1)!), readFileSync(join(out, name)));
  const ask = async (path: string) => {
    const found = await readFiles(site, `https://a.example${path}`, at);
    const { verdicts, contradictions } = await readSignals({ ...found, at, agents: ['*', 'CCBot'] });
    expect(contradictions).toEqual([]);
    return verdicts.map(({ usages }) => [
      usages['ai-train'].outcome,
      usages['ai-input'].outcome,
      usages.search.outcome,
    ]);
  };
  const train = ['refused', 'refused', 'allowed'];
  expect(await ask('/poem')).toEqual([train, train]);
  expect(await ask('/agency/1')).toEqual([Array(3).fill('refused'), Array(3).fill('refused')]);
  said = [];
  expect(await run('signals', 'read', site, '--url', 'https://a.example/poem', '--json')).toBe(0);
  expect(JSON.parse(said[0]!).format).toBe('clearway-signals-1');
});

it('without an address, files are told for each part of a site they have rules for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearway-places-'));
  writeFileSync(join(folder, 'tdmrep.json'), '[{"location":"/articles/*","tdm-reservation":1}]');
  writeFileSync(join(folder, 'notes.txt'), 'User-agent: *\nDisallow: /');
  expect(await run('signals', 'read', folder)).toBe(0);
  expect(said.join('\n')).toMatch(/For \/articles\/\*, as at .*\n {2}training \(ai-train\): refused/);
  expect(said.join('\n')).not.toContain('robots');
  said = [];
  expect(await run('signals', 'read', join(folder, 'tdmrep.json'), '--agent', '*', '--json')).toBe(0);
  expect(JSON.parse(said[0]!)).toMatchObject({ places: [{ pattern: '/articles/*', verdicts: [{}] }] });
  said = [];
  expect(await run('signals', 'read', join(folder, 'notes.txt'), '--agent', '*')).toBe(0);
  expect(said.join('\n')).toContain('training (ai-train): refused');
  said = [];
  expect(await run('signals', 'read', folder, '--url', 'https://a.example/about')).toBe(0);
  expect(said.join('\n')).toContain('There are rules for other addresses too\n  /articles/*');
});

it('a newer list of agents is compared, from a file or from the web', async () => {
  expect(await run('agents', 'check', `${base}/robots.json`)).toBe(2);
  expect(said.join('\n')).toContain('+ Fresh-Bot (X)');
  expect(said.join('\n')).not.toContain('\u001b');
  expect(await run('agents', 'find', 'GPTBot/1.2', '--json')).toBe(2);
  expect(JSON.parse(said.at(-1)!)).toMatchObject([{ token: 'GPTBot', usages: ['ai-train'] }]);
  expect(await run('agents', 'list')).toBe(0);
  expect(said.at(-1)).toMatch(/^\d{3} agents, compared with public lists on \d{4}-/);
  await expect(run('agents', 'check', `${base}/none.json`)).rejects.toThrow('answers 404');
  expect(await run('agents', 'find', 'CCBot/2.0')).toBe(2);
  expect(said.at(-1)).toContain('reverse-dns *.crawl.commoncrawl.org');
  expect(await run('agents', 'find', 'Bytespider')).toBe(2);
  expect(said.at(-1)).toContain('none-known');
});

it('a newer list of agents becomes a proposal in a file, which is never written over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearway-agents-'));
  const out = join(folder, 'proposal.json');
  expect(await run('agents', 'update', `${base}/robots.json`, '--out', out, '--date', '2026-12-01')).toBe(2);
  expect(said.at(-1)).toMatch(/1 to add, 0 to look at, \d+ to drop$/);
  const proposal = JSON.parse(readFileSync(out, 'utf8'));
  expect(proposal).toMatchObject({ madeOn: '2026-12-01', source: `${base}/robots.json` });
  expect(proposal.added[0].row).toMatchObject({ token: 'Fresh-Bot', asOf: '2026-12-01', verify: [] });
  expect(proposal.dropped).toContainEqual({ token: 'Bytespider', asOf: proposal.comparedBefore });
  await expect(run('agents', 'update', `${base}/robots.json`, '--out', out)).rejects.toThrow('there already');
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(proposal);
  await expect(run('agents', 'update', `${base}/robots.json`, '--out', out, '--date', 'May')).rejects.toThrow(
    'no day',
  );
  rmSync(folder, { recursive: true });
});

it('a document that readers read in two ways is published only by who has seen that', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearway-publish-'));
  const [from, out] = [join(folder, 'split.xml'), join(folder, 'out')];
  const content = (url: string, inner: string) =>
    `<content url="${url}"><license>${inner}<payment type="free"/></license></content>`;
  const refusal = content('/', '<prohibits type="usage">all</prohibits>');
  const offer = content('/poem$', '<permits type="usage">all</permits>');
  writeFileSync(from, `<rsl xmlns="https://rslstandard.org/rsl">${refusal}${offer}</rsl>`);
  const publish = ['signals', 'publish', '--site', 'https://a.example', '--from', from, '--out', out];
  await expect(run(...publish)).rejects.toThrow('Readers differ on');
  expect(await run(...publish, '--readers-may-differ')).toBe(0);
  expect(readFileSync(join(out, 'robots.txt'), 'utf8')).not.toContain('=y');
});
