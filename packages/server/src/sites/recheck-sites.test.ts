import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listMails, startRunner } from '../kernel/index.ts';
import { checkProof } from './check-proof.ts';
import { controlOf } from './control-of.ts';
import { decideReview } from './decide-review.ts';
import { sitesJobs } from './jobs.ts';
import { listReviews } from './list-reviews.ts';
import { recheckSites } from './recheck-sites.ts';
import { registerSite } from './register-site.ts';
import { startProof } from './start-proof.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

const DAY = 86_400_000;
const NAME = '_clearway.novel.example';

let w: SitesWorld;
beforeAll(async () => {
  w = await openSitesWorld();
});
afterAll(() => w.close());
beforeEach(async () => {
  await sql`truncate sites.sites, kernel.outbox, kernel.jobs, kernel.mails cascade`.execute(w.k.db);
});

/** Lets days pass, with one round of the job on each. */
async function days(count: number) {
  for (let day = 0; day < count; day++) {
    w.k.clock.advance(DAY);
    await recheckSites(w.k);
    const runner = startRunner(w.k, { handlers: sitesJobs.slice(1), subscribers: [], lanes: 0 });
    await runner.drain();
    await runner.stop();
  }
}
const lost = async () =>
  (
    await sql<{ p: { reason: string } }>`select payload as p from kernel.outbox
    where type = 'sites.control-lost'`.execute(w.k.db)
  ).rows.map(({ p }) => p.reason);
const subjects = async () => (await listMails(w.k)).map((mail) => mail.subject).toReversed();

async function provenByDns() {
  const partyId = await w.person();
  const site = await registerSite(w.k, { partyId, url: 'novel.example' });
  const { value } = await startProof(w.k, site.id);
  w.dns.zone.set(NAME, { TXT: [`clearway-site=${value}`] });
  await checkProof(w.k, site.id, 'dns');
  const control = () => controlOf(w.k, { partyId, url: 'https://novel.example/x' });
  return { site, control };
}

it('a value that stays in place keeps the proof in force, looked at once a week', async () => {
  const { control } = await provenByDns();
  const asked = () => w.dns.queries.filter(({ name }) => name === NAME).length;
  const before = asked();
  await days(120);
  expect(await control()).toBeDefined();
  expect(asked() - before).toBe(17);
  expect(await subjects()).toEqual([]);
});

it('a value that is gone ends the proof after 90 days, with one mail two weeks before and one at the end', async () => {
  const { site, control } = await provenByDns();
  w.dns.zone.delete(NAME);
  await days(75);
  expect(await subjects()).toEqual([]);
  await days(7);
  expect(await subjects()).toEqual([
    expect.stringMatching(/^Your proof for novel\.example ends on \d+ \w+ 2027$/),
  ]);
  expect(await control()).toBeDefined();
  await days(20);
  expect(await control()).toBeUndefined();
  expect(await subjects()).toHaveLength(2);
  expect((await subjects())[1]).toBe('Your proof for novel.example has run out');
  expect(await lost()).toEqual(['lapsed']);
  const before = w.dns.queries.length;
  await days(30);
  expect(w.dns.queries.length).toBe(before);
  expect(await lost()).toEqual(['lapsed']);
  await startProof(w.k, site.id);
});

it('what a person saw goes to a person again before it ends', async () => {
  const partyId = await w.person();
  const site = await registerSite(w.k, { partyId, url: 'instagram.com/jane' });
  await startProof(w.k, site.id);
  await checkProof(w.k, site.id, 'code');
  const [first] = await listReviews(w.k);
  const by = w.k.ids.id();
  await decideReview(w.k, { reviewId: first!.review.id, by, decision: 'confirmed', note: 'Seen.' });
  await days(75);
  expect(await listReviews(w.k)).toEqual([]);
  await days(2);
  expect((await listReviews(w.k)).map(({ review }) => review.reason)).toEqual(['proof-ends']);
  await days(20);
  expect(await lost()).toEqual(['lapsed']);
});
