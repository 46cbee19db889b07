import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small newspaper of the demo world: a real web server on loopback with a name of its own. */
export type NewsSite = {
  /** Its address inside the demo world. */
  readonly url: string;
  /** Where a person on this machine can open it. */
  readonly localUrl: string;
  /** Of the newspaper and of the companies' websites. */
  readonly origins: readonly string[];
  /** The address of a company's website, which holds nothing but what is published on it. */
  siteOf(host: (typeof COMPANY_HOSTS)[number]): string;
  /** Puts a plain text file on the site. */
  publish(path: string, text: string): void;
  stop(): Promise<void>;
};

export const NEWS_HOST = 'harbour-news.example';
/** Websites of invented AI companies, on the same server. */
export const COMPANY_HOSTS = ['candela.example', 'fjordlicht.example', 'tidewater.example'] as const;

/** What the name server of the demo world knows. */
export function demoNames(): Map<string, { A: string[] }> {
  return new Map([NEWS_HOST, ...COMPANY_HOSTS].map((host) => [host, { A: ['127.0.0.1'] }]));
}

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
    const ours = request.headers.host?.startsWith(NEWS_HOST) || request.headers.host?.startsWith('localhost');
    const html = ours ? PAGES[path] : undefined;
    if (html === undefined)
      return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('nothing here\n');
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const originOf = (host: string) => `http://${host}:${taken}`;
  return {
    url: `${originOf(NEWS_HOST)}/`,
    localUrl: `http://localhost:${taken}/`,
    origins: [NEWS_HOST, ...COMPANY_HOSTS].map(originOf),
    siteOf: (host) => `${originOf(host)}/`,
    publish: (path, text) => void texts.set(path, `${text}\n`),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
