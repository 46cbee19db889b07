import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import type { Router } from '../../kernel/index.ts';
import { CRAFTS } from '../../parties/index.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { featureSignatory } from '../checks/feature-signatory.ts';
import { confirmSignature, listSignatories, signatureCounts, withdrawSignature } from '../index.ts';
import { foldForSearch } from '../model.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { CHECK_FILTERS } from './wall-filter.ts';

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
      expect(html.match(/<bdi>/g)).toHaveLength(120);
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
    expect(second).toContain('Crowd 5879');
    expect(second).not.toContain('Crowd 5880<');
  });
});

describe('checks, kinds and versions', () => {
  /** A world of its own: two people with checks, one through a guild, an organisation, a namesake, one who is hidden. */
  async function checkedWorld() {
    const fresh = await createCampaign();
    const ids: Record<string, string> = {};
    const sign = async (name: string, about: Parameters<typeof signed>[1] = {}) => {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
      const token = await signed(fresh, { name, email, ...about });
      ids[name] = (await confirmSignature(fresh, token)).signature.id;
    };
    await sign('Ada Oduya', { affiliation: 'Gilde der Hafen-Schreiberinnen' });
    await sign('Ben Moreau', { affiliation: 'Écrivains du Port' });
    await sign('Cleo Lind');
    await sign('Guild of Harbour Writers', { kind: 'organisation', members: 400 });
    await sign('Dora Hidden', { hideName: true });
    const check = (name: string, method: string, voucher?: string) =>
      sql`insert into campaign.checks
      (id, signatory_id, method, detail, voucher_id, checked_at) values (gen_random_uuid(), ${ids[name]}, ${method},
        ${method === 'vouch' ? '' : 'port.example'}, ${voucher ? ids[voucher] : null}, ${fresh.clock.now()})`.execute(
        fresh.db,
      );
    await check('Ada Oduya', 'domain-mail');
    await check('Ada Oduya', 'link-back');
    await check('Ben Moreau', 'vouch', 'Guild of Harbour Writers');
    return { fresh, ids };
  }

  it('find and count the same names, a withdrawn voucher’s no more; people and organisations apart', async () => {
    const { fresh, ids } = await checkedWorld();
    const names = async (about: Partial<Parameters<typeof listSignatories>[1]>) =>
      (await listSignatories(fresh, { limit: 50, ...about })).signatories.map(({ name }) => name);
    expect(await names({ check: 'domain-mail' })).toEqual(['Ada Oduya']);
    expect(await names({ check: 'vouch' })).toEqual(['Ben Moreau']);
    expect(await names({ check: 'email' })).toEqual(['Guild of Harbour Writers', 'Cleo Lind']);
    expect(await names({ kind: 'organisation' })).toEqual(['Guild of Harbour Writers']);
    expect(await names({ version: 2 })).toEqual([]);
    expect(await names({ affiliation: 'hafen SCHREIB' })).toEqual(['Ada Oduya']);
    expect(await names({ affiliation: 'ecrivain', kind: 'person', check: 'vouch' })).toEqual(['Ben Moreau']);
    const counts = await signatureCounts(fresh);
    expect(counts).toEqual({
      ...{ confirmed: 4, hidden: 1, organisations: 1 },
      checks: {
        ...{ email: 2, 'domain-mail': 1, 'link-back': 1, vouch: 1 },
        evidence: 0,
        authority: 0,
        import: 0,
      },
    });
    for (const check of CHECK_FILTERS) expect(await names({ check })).toHaveLength(counts.checks[check]);
    await withdrawSignature(fresh, ids['Guild of Harbour Writers']!);
    expect(await names({ check: 'vouch' })).toEqual([]);
    expect((await signatureCounts(fresh)).checks).toMatchObject({ vouch: 0, email: 2 });
    await fresh.close();
  });

  it('stand on the page: featured with method and date, namesakes with craft and town, counts as links', async () => {
    const { fresh, ids } = await checkedWorld();
    const page = async (path: string) =>
      (await createApp(fresh).request(path, { headers: { Accept: 'text/html' } })).text();
    await featureSignatory(fresh, { signatoryId: ids['Ada Oduya']!, by: fresh.ids.id() });
    await sql`update campaign.signatories set namesake = true, town = 'Kiel' where name = 'Cleo Lind'`.execute(
      fresh.db,
    );
    const [wall, home, compact] = [
      await page('/wall'),
      await page('/'),
      await page('/wall?view=names&check=email'),
    ];
    for (const html of [wall, home])
      expect(html).toMatch(/Featured signatories[\s\S]*Ada Oduya[\s\S]*port\.example/);
    for (const html of [home, compact]) expect(html).toContain('<bdi>Cleo Lind</bdi> (Author, Kiel)');
    expect(wall).toContain('<a href="/wall?check=domain-mail">Mail at an official domain</a> 1');
    expect(wall).toContain('One organisation has signed for itself.');
    expect(await page('/wall?q=ada')).not.toContain('Featured signatories');
    await fresh.close();
  });

  it('lead down and up again, and the same names stand on a page', async () => {
    const all = (await listSignatories(k, { limit: 50, q: 'crowd' })).signatories.map(({ name }) => name);
    const pages: string[][] = [];
    let at: { after?: string; before?: string } = {};
    for (let i = 0; i < 3; i += 1) {
      const page = await listSignatories(k, { limit: 10, q: 'crowd', ...at });
      pages.push(page.signatories.map(({ name }) => name));
      at = { after: page.next! };
    }
    expect(pages.flat()).toEqual(all.slice(0, 30));
    const third = await listSignatories(k, { limit: 10, q: 'crowd', after: at.after! });
    const back = await listSignatories(k, { limit: 10, q: 'crowd', before: third.previous! });
    expect(back.signatories.map(({ name }) => name)).toEqual(pages[2]);
    const second = await listSignatories(k, { limit: 10, q: 'crowd', before: back.previous! });
    expect(second.signatories.map(({ name }) => name)).toEqual(pages[1]);
    const top = await listSignatories(k, { limit: 10, q: 'crowd', before: second.previous! });
    expect([top.signatories.map(({ name }) => name), top.previous]).toEqual([pages[0], undefined]);
  });
});
