import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import type { Router } from '../../kernel/index.ts';
import { CRAFTS } from '../../parties/index.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { listSignatories } from '../index.ts';
import { foldForSearch } from '../model.ts';
import { createCampaign } from '../testing/campaign-world.ts';

let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
});
afterAll(() => k.close());

let people = 0;
/** Confirmed signatories in this order, a minute apart. */
async function wallOf(names: readonly string[], craft = 'author', country = 'DE'): Promise<void> {
  people += 1;
  await sql`insert into campaign.signatories (id, state, name, name_folded, hidden, craft, country, email, mailbox_key,
      locale, age, declaration_version, declaration_sha256, consent_version, consented_at, created_at, mailed_at, confirmed_at)
    select gen_random_uuid(), 'confirmed', name, folded, false, ${craft}, ${country}, i || '@' || ${people}::int || '.example',
      i || '@' || ${people}::int || '.example', 'en', 'sixteen', 1, repeat('a', 64), 1, at, at, at, at
    from (select *, timestamptz '2026-01-01Z' + i * interval '1 minute' as at
      from unnest(${names}::text[], ${names.map(foldForSearch)}::text[]) with ordinality as u (name, folded, i)) made`.execute(
    k.db,
  );
}

async function search(q: string): Promise<string[]> {
  const { signatories } = await listSignatories(k, { limit: 500, q });
  return signatories.map(({ name }) => name);
}

describe('search', () => {
  it('finds parts of words in any order, whatever case, marks and script', async () => {
    await wallOf(['Zoë Strauß', 'Łukasz Żółw', '山田 太郎', 'عمر خيري', 'O’Brien Quill', '𝒜da %_\\ Wild']);
    expect(await search('zoe')).toEqual(['Zoë Strauß']);
    expect(await search('STRAUSS zo')).toEqual(['Zoë Strauß']);
    expect(await search('rauß')).toEqual(['Zoë Strauß']);
    expect(await search('zolw luk')).toEqual(['Łukasz Żółw']);
    expect(await search('太')).toEqual(['山田 太郎']);
    expect(await search('山田')).toEqual(['山田 太郎']);
    expect(await search('خيري')).toEqual(['عمر خيري']);
    expect(await search("o'bri")).toEqual(['O’Brien Quill']);
    expect(await search('ada %_\\')).toEqual(['𝒜da %_\\ Wild']);
    expect(await search('zoe lukasz')).toEqual([]);
    expect(await search("'; drop table campaign.signatories; --")).toEqual([]);
  });

  it('finds what a look at every name finds', async () => {
    const syllable = fc.constantFrom('an', 'na', 'b', 'é', '山', 'ß', "'", 'ова', '𝒜', 'x');
    const word = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const names = fc.sample(name, { numRuns: 300, seed: 7 });
    await wallOf(names);
    const all = await search('');
    for (const q of fc.sample(name, { numRuns: 60, seed: 8 })) {
      const words = foldForSearch(q).split(' ');
      const expected = all.filter((one) => words.every((part) => foldForSearch(one).includes(part)));
      expect([q, await search(q)]).toEqual([q, expected]);
    }
  });

  it('finds names behind the newest thousands, page by page', async () => {
    await wallOf(['Early Birdsong', 'Second Birdsong', 'Third Birdsong'], 'poet', 'FR');
    const crowd = Array.from({ length: 6_000 }, (_, i) => `Crowd ${i}`);
    await wallOf(crowd);
    expect(await search('birdsong')).toEqual(['Third Birdsong', 'Second Birdsong', 'Early Birdsong']);
    const first = await listSignatories(k, { limit: 2, q: 'song bird', craft: 'poet', country: 'FR' });
    const rest = await listSignatories(k, { limit: 2, q: 'song bird', after: first.next! });
    expect([...first.signatories, ...rest.signatories].map(({ name }) => name)).toEqual([
      'Third Birdsong',
      'Second Birdsong',
      'Early Birdsong',
    ]);
    expect(rest.next).toBeUndefined();
  });
});

describe('the page', () => {
  it('stays under 60 kB with the longest honest names in wide scripts', async () => {
    const long = 'ศาสตราจารย์ ดร. ณัฐวุฒิ ศรีสุวรรณพงษ์ไพบูลย์วัฒนกุล แห่งกรุงเทพ';
    await wallOf(
      Array.from({ length: 200 }, (_, i) => `${long} ${i}`),
      CRAFTS.at(-1)!,
      'GS',
    );
    for (const path of ['/wall?country=GS', '/wall?country=GS&lang=de', '/wall?q=ณัฐวุฒิ']) {
      const response = await app.request(path, { headers: { Accept: 'text/html' } });
      const html = await response.text();
      expect(html.match(/<bdi>/g)).toHaveLength(130);
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(60_000);
    }
  });

  it('is reached by a link to any filter, and leads on within it', async () => {
    const html = await (
      await app.request('/wall?craft=author&country=DE&q=crowd', { headers: { Accept: 'text/html' } })
    ).text();
    expect(html).toContain('value="crowd"');
    const next = /rel="next" href="([^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&');
    expect(next).toContain('craft=author&country=DE');
    const second = await (await app.request(next, { headers: { Accept: 'text/html' } })).text();
    expect(second).toContain('Crowd 5869');
    expect(second).not.toContain('Crowd 5870<');
  });
});
