import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerTerms, findTerms, reviewTerms, termsFreshness } from './find.ts';
import { rslNamespace, usageTokens } from './vocabulary.ts';

const site = 'https://a.example';
const grant = `<rsl xmlns="${rslNamespace}"><content url="/"><license><permits type="usage">all</permits></license></content></rsl>`;
const refusal = `<rsl xmlns="${rslNamespace}"><content url="/"><license><prohibits type="usage">all</prohibits></license></content></rsl>`;

const response = fc.record({
  status: fc.constantFrom(200, 200, 200, 204, 301, 302, 304, 401, 402, 403, 404, 418, 429, 500, 503),
  type: fc.constantFrom('application/rsl+xml', 'text/html', 'text/plain', 'image/jpeg', 'x', ''),
  location: fc.constantFrom(
    '',
    '/license.xml',
    '/robots.txt',
    'http://a.example/',
    'https://10.0.0.1/',
    '::',
  ),
  link: fc.constantFrom(
    '',
    `<${site}/license.xml>; rel="license"; type="application/rsl+xml"`,
    '<',
    '<a>; rel=license',
  ),
  body: fc.oneof(
    fc.constantFrom(
      grant,
      refusal,
      `<html><head><script type="application/rsl+xml">${grant}</script></head></html>`,
    ),
    fc.constantFrom(`License: ${site}/license.xml\n`, 'User-agent: *\nDisallow: /\n', '<rss><item/></rss>'),
    fc.string({ maxLength: 60 }),
  ),
  fails: fc.boolean(),
});

const world = fc.dictionary(fc.constantFrom('/robots.txt', '/license.xml', '/story', '/'), response);

type World = Record<string, typeof response extends fc.Arbitrary<infer T> ? T : never>;

function playing(pages: World) {
  const asked: string[] = [];
  const fetch = async (url: string, { method }: { readonly method: string }): Promise<Response> => {
    asked.push(url);
    const page = pages[new URL(url).pathname];
    if (!page) return new Response('', { status: 404 });
    if (page.fails && page.body.length % 3 === 0) throw new Error('no route');
    const headers = new Headers();
    if (page.type) headers.set('Content-Type', page.type);
    if (page.location) headers.set('Location', page.location);
    if (page.link) headers.set('Link', page.link);
    const empty = method === 'HEAD' || [204, 304].includes(page.status);
    return new Response(empty ? null : page.body, { status: page.status, headers });
  };
  return { asked, client: { fetch, now: () => 0 } };
}

it('whatever servers say, there is an answer, and no host but a public one is asked over https for a document', async () => {
  await fc.assert(
    fc.asyncProperty(
      world as fc.Arbitrary<World>,
      fc.constantFrom('headers', 'page'),
      fc.constantFrom(...usageTokens),
      async (pages, look, usage) => {
        const { asked, client } = playing(pages);
        const found = await findTerms({
          url: `${site}/story`,
          agent: 'ABot',
          look: look as 'page',
          ...client,
        });
        const { outcome, trace } = answerTerms(found, { usage });
        expect(trace.length).toBeGreaterThan(0);
        // A yes needs a document that was read, and none on its level that could not be.
        if (outcome === 'licensed-free' || outcome === 'licensed-against') {
          expect(found.documents.some((one) => one.document)).toBe(true);
          const strict = answerTerms(found, { usage, strict: true }).outcome;
          if (found.documents.some((one) => !one.document)) expect(strict).toBe('not-licensed');
        }
        expect(['fresh', 'revalidate', 'stale']).toContain(termsFreshness(found, 1).state);
        await reviewTerms(found, client);
        expect(asked.filter((one) => !one.startsWith('https://a.example/'))).toEqual([]);
        const again = await findTerms({ url: `${site}/story`, agent: 'ABot', before: found, ...client });
        expect(again.allowed).toBe(found.allowed);
      },
    ),
    { numRuns: 300 },
  );
});
