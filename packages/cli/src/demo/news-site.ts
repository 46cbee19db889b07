import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small newspaper of the demo world: a real web server on loopback with a name of its own. */
export type NewsSite = {
  /** Its address inside the demo world. */
  readonly url: string;
  /** Where a person on this machine can open it. */
  readonly localUrl: string;
  readonly origin: string;
  /** Puts a plain text file on the site. */
  publish(path: string, text: string): void;
  stop(): Promise<void>;
};

export const NEWS_HOST = 'harbour-news.example';

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Harbour News</title></head><body><h1>${title}</h1>${body}<p><a href="/">Harbour News</a></p></body></html>`;

const PAGES: { readonly [path: string]: string } = {
  '/': page(
    'Harbour News',
    '<ul><li><a href="/dredgers">Six months on the dredgers</a></li><li><a href="/agency/weather">Weather, from the agency</a></li></ul>',
  ),
  '/dredgers': page(
    'Six months on the dredgers',
    '<p>The harbour is kept open at night, by forty people nobody sees.</p>',
  ),
  '/agency/weather': page('Weather', '<p>Wind from the north-west, clearing.</p>'),
};

/** Starts it on a port; 0 takes a free one. */
export async function startNewsSite(port: number): Promise<NewsSite> {
  const texts = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const text = texts.get(path);
    if (text !== undefined)
      return response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    const html = PAGES[path];
    if (html === undefined)
      return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('nothing here\n');
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const origin = `http://${NEWS_HOST}:${taken}`;
  return {
    url: `${origin}/`,
    localUrl: `http://localhost:${taken}/`,
    origin,
    publish: (path, text) => void texts.set(path, `${text}\n`),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
