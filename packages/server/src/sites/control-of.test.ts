import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkProof } from './check-proof.ts';
import { controlOf } from './control-of.ts';
import { erasePartyFromSites } from './erase-party.ts';
import { registerSite } from './register-site.ts';
import { releaseSite } from './release-site.ts';
import { requireSite } from './require-site.ts';
import { siteWideReady } from './site-wide-ready.ts';
import { startProof } from './start-proof.ts';
import { exclusionsOf, stateExclusions } from './state-exclusions.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let party: string;
beforeAll(async () => {
  w = await openSitesWorld();
});
afterAll(() => w.close());
beforeEach(async () => {
  party = await w.person();
  await sql`truncate sites.sites, kernel.outbox cascade`.execute(w.k.db);
});

async function proven(partyId = party) {
  const site = await registerSite(w.k, { partyId, url: `http://novel.example:${w.port}` });
  const { value } = await startProof(w.k, site.id);
  w.dns.zone.set('_clearway.novel.example', { TXT: [`clearway-site=${value}`] });
  await checkProof(w.k, site.id, 'dns');
  return site;
}
const at = (path: string, partyId = party) =>
  controlOf(w.k, { partyId, url: `http://novel.example:${w.port}${path}` });
const events = async () =>
  (
    await sql<{ type: string }>`select type from kernel.outbox
      where type like 'sites.%' order by type`.execute(w.k.db)
  ).rows.map((row) => row.type);

describe('control of an address', () => {
  it('follows from a proof in force, of this party, on this host', async () => {
    const site = await registerSite(w.k, { partyId: party, url: `http://novel.example:${w.port}` });
    expect(await at('/book')).toBeUndefined();
    await proven();
    expect(await at('/book')).toMatchObject({
      siteId: site.id,
      method: 'dns',
      excluded: false,
      contested: false,
    });
    expect(await at('/book', await w.person())).toBeUndefined();
    expect(
      await controlOf(w.k, { partyId: party, url: `http://www.novel.example:${w.port}/book` }),
    ).toBeUndefined();
    w.k.clock.advance(90 * 86_400_000);
    expect(await at('/book')).toBeUndefined();
    expect((await siteWideReady(w.k, site.id)).reasons).toContain('proof-lapsed');
  });

  it('ends when the site is given up; adding it again asks for a new proof', async () => {
    const site = await proven();
    await releaseSite(w.k, site.id);
    expect(await at('/')).toBeUndefined();
    const again = await registerSite(w.k, { partyId: party, url: `http://novel.example:${w.port}/x` });
    expect(again.id).not.toBe(site.id);
    expect(await at('/')).toBeUndefined();
    expect(await events()).toEqual(['sites.control-lost', 'sites.control-proven']);
  });

  it('is contested when two have proven it, and both keep it', async () => {
    const other = await w.person();
    const mine = await proven();
    const theirs = await proven(other);
    expect(await at('/')).toMatchObject({ siteId: mine.id, contested: true });
    expect(await at('/', other)).toMatchObject({ siteId: theirs.id, contested: true });
    expect(await events()).toEqual([
      'sites.control-contested',
      'sites.control-proven',
      'sites.control-proven',
    ]);
    expect((await siteWideReady(w.k, mine.id)).reasons).toContain('contested');
    await releaseSite(w.k, theirs.id);
    expect(await at('/')).toMatchObject({ contested: false });
  });

  it('is announced once, and contested once, however many looks end at the same moment', async () => {
    const other = await w.person();
    const sites = await Promise.all(
      [party, other].map((partyId) => registerSite(w.k, { partyId, url: `http://novel.example:${w.port}` })),
    );
    const values = await Promise.all(sites.map(async ({ id }) => (await startProof(w.k, id)).value));
    w.dns.zone.set('_clearway.novel.example', { TXT: values.map((value) => `clearway-site=${value}`) });
    await Promise.all([...sites, ...sites].map(({ id }) => checkProof(w.k, id, 'dns')));
    expect(await events()).toEqual([
      'sites.control-contested',
      'sites.control-proven',
      'sites.control-proven',
    ]);
  });

  it('goes with everything else when the party is erased', async () => {
    const site = await proven();
    await erasePartyFromSites(w.k, party);
    expect(await at('/')).toBeUndefined();
    expect(await events()).toEqual(['sites.control-lost', 'sites.control-proven']);
    await expect(requireSite(w.k, site.id)).rejects.toMatchObject({ code: 'site-not-found' });
    const left = await sql<{ n: number }>`select count(*)::int as n from sites.checks`.execute(w.k.db);
    expect(left.rows[0]!.n).toBe(0);
    const kept = await sql<{ t: string }>`select o::text as t from kernel.outbox o`.execute(w.k.db);
    expect(kept.rows.map(({ t }) => t).join()).not.toContain('novel.example');
  });

  it('the same place twice is one site, also at the same moment', async () => {
    const both = await Promise.all(
      ['novel.example', 'https://NOVEL.example/'].map((url) => registerSite(w.k, { partyId: party, url })),
    );
    expect(both[0]!.id).toBe(both[1]!.id);
  });
});

describe('what is not hers', () => {
  it('is said before anything site-wide, and excludes', async () => {
    const site = await proven();
    expect(await siteWideReady(w.k, site.id)).toEqual({ ready: false, reasons: ['exclusions-not-stated'] });
    await stateExclusions(w.k, site.id, {
      patterns: [
        { pattern: '/guests/', what: 'Texts by guests' },
        { pattern: '/*.pdf$', what: 'Documents of others' },
      ],
    });
    expect(await siteWideReady(w.k, site.id)).toEqual({ ready: true, reasons: [] });
    expect(await at('/guests/anna')).toMatchObject({ excluded: true });
    expect(await at('/a.pdf')).toMatchObject({ excluded: true });
    expect(await at('/a.pdf?x')).toMatchObject({ excluded: false });
    await stateExclusions(w.k, site.id, { none: true });
    expect(await at('/guests/anna')).toMatchObject({ excluded: false });
    expect(await exclusionsOf(w.k, site.id)).toMatchObject({ none: true, exclusions: [] });
  });

  it('needs an answer in usable words', async () => {
    const site = await proven();
    const say = (pattern: string, what = 'x') =>
      stateExclusions(w.k, site.id, { patterns: [{ pattern, what }] });
    await expect(stateExclusions(w.k, site.id, { patterns: [] })).rejects.toMatchObject({
      code: 'site-exclusions-unclear',
    });
    await expect(say('/x', ' ')).rejects.toMatchObject({ code: 'site-exclusions-unclear' });
    for (const pattern of ['guests', '', `/${'x'.repeat(500)}`, '/a\nb', '/a\u202eb', '/\ud800']) {
      await expect(say(pattern)).rejects.toMatchObject({ code: 'site-exclusion-pattern' });
    }
    expect(await exclusionsOf(w.k, site.id)).toBeUndefined();
  });

  it('two statements at once come one after the other', async () => {
    const site = await proven();
    await Promise.all(
      ['/a', '/b', '/c'].map((pattern) =>
        stateExclusions(w.k, site.id, { patterns: [{ pattern, what: 'x' }] }),
      ),
    );
    expect((await exclusionsOf(w.k, site.id))!.exclusions).toHaveLength(1);
  });

  it('a profile is never offered as a whole site', async () => {
    const site = await registerSite(w.k, { partyId: party, url: 'soundcloud.com/jane' });
    expect((await siteWideReady(w.k, site.id)).reasons).toContain('profile');
  });
});
