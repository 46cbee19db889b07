import { describe, expect, it } from 'vitest';
import { answerTerms, findTerms } from './find.ts';
import { rslMediaType, rslNamespace } from './vocabulary.ts';

const rsl = (inner: string) =>
  `<rsl xmlns="${rslNamespace}"><content url="/"><license>${inner}</license></content></rsl>`;
const all = '<permits type="usage">all</permits>';
const pages: Readonly<Record<string, string>> = {
  '/robots.txt': 'License: https://a.example/site.xml',
  '/site.xml': rsl(all),
  '/page.xml': rsl(`${all}<prohibits type="user">commercial</prohibits>`),
};

async function fetch(url: string): Promise<Response> {
  const { pathname } = new URL(url);
  if (pathname === '/a')
    return new Response('', {
      headers: { link: `<https://a.example/page.xml>; rel="license"; type="${rslMediaType}"` },
    });
  const body = pages[pathname];
  const type = pathname.endsWith('.xml') ? rslMediaType : 'text/plain';
  return new Response(body ?? '', {
    status: body === undefined ? 404 : 200,
    headers: { 'content-type': type },
  });
}

describe('terms of a page and of its site', () => {
  it('R28: a page that refuses one class of users is not passed over by saying nothing', async () => {
    const found = await findTerms({ url: 'https://a.example/a', agent: 'ABot', fetch, now: () => 0 });
    for (const prohibitions of ['narrower', 'anywhere'] as const) {
      const outcome = (userClass?: string) =>
        answerTerms(found, {
          usage: 'ai-train',
          prohibitions,
          ...(userClass !== undefined && { userClass }),
        });
      expect(outcome('commercial').outcome).toBe('not-licensed');
      expect(outcome('education').outcome).toBe('licensed-free');
      expect(outcome()).toMatchObject({ outcome: 'unknown', undecided: true });
    }
    const other = await findTerms({ url: 'https://a.example/b', agent: 'ABot', fetch, now: () => 0 });
    expect(answerTerms(other, { usage: 'ai-train' }).outcome).toBe('licensed-free');
  });
});
