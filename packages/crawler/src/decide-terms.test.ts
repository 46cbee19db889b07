import { rslMediaType } from '@clearway/rsl';
import { findTerms } from '@clearway/rsl/find';
import { readSignals } from '@clearway/signals';
import { expect, it } from 'vitest';
import { decideTerms } from './decide-terms.ts';
import { asPointed } from './terms-document.ts';

it('a document that refuses some clients is not made up for by another that gives to all', async () => {
  const url = 'https://a.example/a';
  const signals = await readSignals({ url, at: '2026-11-22T08:00:00Z', sources: [] });
  const rsl = (more: string) =>
    `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">all</permits>${more}</license></content></rsl>`;
  const texts: Readonly<Record<string, string>> = {
    'https://a.example/robots.txt': 'License: https://a.example/all.xml\nLicense: https://a.example/some.xml',
    'https://a.example/all.xml': rsl(''),
    'https://a.example/some.xml': rsl('<prohibits type="user">commercial</prohibits>'),
  };
  async function fetch(asked: string): Promise<Response> {
    const body = texts[asked];
    const type = asked.endsWith('.xml') ? rslMediaType : 'text/plain';
    return new Response(body ?? '', { status: body ? 200 : 404, headers: { 'content-type': type } });
  }
  const found = await findTerms({ url, agent: 'ABot', fetch, now: () => 0 });
  const pointed = await Promise.all(
    found.documents.map((one) => asPointed(one, new TextEncoder().encode(texts[one.url]))),
  );
  const documents = pointed.flatMap((one) => (one ? [one] : []));
  expect(documents).toHaveLength(2);
  function decide(userClass?: string): string {
    const inquiry = { url, use: 'ai-train', ...(userClass !== undefined && { userClass }) } as const;
    const decision = decideTerms(inquiry, documents, [], signals);
    return decision.kind === 'no' ? decision.reason : decision.kind;
  }
  expect(decide('education')).toBe('free');
  expect(decide('commercial')).toBe('prohibited');
  expect(decide()).toBe('no-terms');
});
