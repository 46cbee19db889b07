import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { siteFetch } from '../web-fetch.ts';
import { readDocuments } from './read-documents.ts';

const xml = (usage: string, url = '/') =>
  `<rsl xmlns="https://rslstandard.org/rsl"><content url="${url}"><license><prohibits type="usage">${usage}</prohibits></license></content></rsl>`;
let base = '';
const pages: Record<string, (base: string) => [type: string, body: string]> = {
  '/robots.txt': (site) => [
    'text/plain',
    `User-agent: *\nAllow: /\nUser-agent: GPTBot\nDisallow: /x\nLicense: ${site}/l.xml\nLicense: /relative.xml`,
  ],
  '/l.xml': () => ['application/xml', xml('all')],
  '/page': () => ['text/html', `<head><script type="application/rsl+xml">${xml('all', '')}</script><p>Roses`],
  '/plain': () => ['text/html', '<p>Roses'],
  '/feed.rss': (site) => [
    'application/rss+xml',
    `<rss xmlns:r="https://rslstandard.org/rsl"><channel><item><r:content url="${site}/page"><r:license/></r:content></item></channel></rss>`,
  ],
};
const server = createServer(({ url = '' }, response) => {
  const page = pages[url]?.(base);
  response.writeHead(page ? 200 : 404, { 'content-type': page?.[0] ?? 'text/plain' }).end(page?.[1]);
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

const read = (path: string) => readDocuments(`${base}${path}`, siteFetch([base]));
const names = (list: readonly { readonly name: string }[]) => list.map((one) => one.name.slice(base.length));

it('of a page it reads what stands in it and what its site names, for every agent, and tells how that is served', async () => {
  const { documents, review, page } = await read('/page');
  expect([names(documents), page]).toEqual([['/page', '/l.xml'], `${base}/page`]);
  expect(review.map((one) => one.code).toSorted()).toEqual([
    'A13-trailing-line',
    'R5-media-type',
    'R63-pointer',
  ]);
});

it.each(['/l.xml', '/feed.rss'])('%s is the file itself', async (path) => {
  const { documents, review, page } = await read(path);
  expect([names(documents), review, page]).toEqual([[path], [], undefined]);
});

it('says why there is none', async () => {
  const { '/robots.txt': robots } = pages;
  pages['/robots.txt'] = (site) => ['text/plain', `License: ${site}/gone.xml`];
  await expect(read('/plain')).rejects.toThrow(/gone\.xml answers 404/);
  pages['/robots.txt'] = () => ['text/plain', ''];
  await expect(read('/plain')).rejects.toThrow('name none');
  pages['/robots.txt'] = robots!;
});
