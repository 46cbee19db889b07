// What the wall of a large campaign costs: the page as the server renders it, beside the bare SELECT of the same rows.
//
// Names are made of syllables of several scripts, so that searches are as common or rare as in life. Requests go through
// the whole application in this process; the peer asks the same database over the same driver and renders nothing.
// Run: node tools/build.mjs && node bench/wall.ts [signatories] [rounds]
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMigrations, createApp, kernel, openKernel, readConfig } from '@clearway/server';
import { sql } from 'kysely';

const [people, rounds] = [Number(process.argv[2] ?? 200_000), Number(process.argv[3] ?? 40)];
const GOAL_MS = 50;

const directory = await mkdtemp(join(tmpdir(), 'bench-wall-'));
const { k, close } = await openKernel(readConfig({ CLEARWAY_DATA: directory }), 'serve');
await kernel.migrate(k.db, allMigrations);
await seed();
const app = createApp(k);

/**
 * One in twenty hides the name; one in 50,000 is the only one of her name. One in ten has a check beyond the e-mail, one in
 * 200 is an organisation, one in five names an affiliation, one in 2,000 a rare one.
 */
async function seed(): Promise<void> {
  await k.db.transaction().execute(async (db) => {
    await sql`set local statement_timeout = 0`.execute(db);
    await sql`insert into campaign.signatories (id, state, name, name_folded, hidden, craft, country, email,
        mailbox_key, locale, age, declaration_version, declaration_sha256, consent_version, consented_at, created_at,
        mailed_at, confirmed_at, kind, affiliation)
      select md5('wall ' || i)::uuid, 'confirmed', initcap(name), name, i % 20 = 7,
        (array['author','composer','singer','poet','translator','photographer'])[1 + i * 31 % 6],
        (array['DE','FR','GB','US','JP','IN','BR','PL','AT','CH'])[1 + i * 17 % 10],
        'p' || i || '@example.org', 'p' || i || '@example.org', 'en', 'sixteen', 1, repeat('a', 64), 1, at, at, at, at,
        case when i % 200 = 9 then 'organisation' else 'person' end,
        case when i % 2000 = 77 then 'Zürcher Xylographen' when i % 5 = 1 then 'Guild of the ' ||
          (array['Harbour','River','Hills','Islands'])[1 + i % 4] end
      from (select i, timestamptz '2026-01-01Z' + i * interval '1 minute' as at,
          case when i % 50000 = 11 then 'quixana zyzzybalubah' when i % 40 = 3 then '山田 太郎' || i else
          (array['ada','mira','jon','lu','tomas','ines','olek','fatima','noor','kofi'])[1 + i * 7 % 10] ||
          (array['','lina','bert','ris','na'])[1 + i / 10 % 5] || ' ' ||
          (array['oduya','vogel','berg','santos','lind','kowal','okafor','haddad','tanaka','moreau','weiss'])[1 + i * 13 % 11] ||
          (array['','mann','ski','sen','ova','ez','dottir'])[1 + i / 11 % 7] || i % 97 end as name
        from generate_series(1, ${people}::int) i) made`.execute(db);
    await sql`insert into campaign.checks (id, signatory_id, method, detail, voucher_id, checked_at)
      select md5('check ' || i)::uuid, md5('wall ' || i)::uuid, method, 'example.org',
        case when method = 'vouch' then md5('wall 9')::uuid end, timestamptz '2026-06-01Z'
      from (select i, (array['domain-mail','link-back','vouch','domain-mail','evidence'])[1 + i / 10 % 5] as method
        from generate_series(3, ${people}::int, 10) i) made
      where method <> 'evidence' or i % 1000 = 43`.execute(db);
  });
  await sql`vacuum analyze campaign.signatories, campaign.checks`.execute(k.db);
}

const columns = sql`select id, name, craft, country, confirmed_at from campaign.signatories
  where state = 'confirmed' and not hidden`;
const newest = sql`order by confirmed_at desc, id desc limit 151`;
const deep = await deepPage();

const cases = [
  ['first page', '/wall', sql`${columns} ${newest}`],
  ['craft', '/wall?craft=poet', sql`${columns} and craft = 'poet' ${newest}`],
  [
    'craft and country',
    '/wall?craft=poet&country=FR',
    sql`${columns} and craft = 'poet' and country = 'FR' ${newest}`,
  ],
  [
    'e-mail only',
    '/wall?check=email',
    sql`${columns} and not exists (select 1 from campaign.checks c where c.signatory_id = signatories.id) ${newest}`,
  ],
  [
    'vouched for',
    '/wall?check=vouch',
    sql`${columns} and id in (select signatory_id from campaign.checks where method = 'vouch') ${newest}`,
  ],
  [
    'evidence, rare',
    '/wall?check=evidence',
    sql`${columns} and id in (select signatory_id from campaign.checks where method = 'evidence') ${newest}`,
  ],
  ['organisations', '/wall?kind=organisation', sql`${columns} and kind = 'organisation' ${newest}`],
  ['older version, nobody', '/wall?version=7', sql`${columns} and declaration_version = 7 ${newest}`],
  [
    'affiliation, common',
    '/wall?affiliation=harbour',
    sql`${columns} and affiliation ilike '%harbour%' ${newest}`,
  ],
  ['affiliation, rare', '/wall?affiliation=xylog', sql`${columns} and affiliation ilike '%xylog%' ${newest}`],
  ['names alone', '/wall?view=names', sql`${columns} ${newest}`],
  ['search, common', '/wall?q=an', sql`${columns} and name_folded like '%an%' ${newest}`],
  [
    'search, one in eighty',
    '/wall?q=moreaumann',
    sql`${columns} and name_folded like '%moreaumann%' ${newest}`,
  ],
  [
    'search, two words',
    '/wall?q=kowalski+fatima',
    sql`${columns} and name_folded like '%kowalski%' and name_folded like '%fatima%' ${newest}`,
  ],
  ['search, rare', '/wall?q=zyzzy', sql`${columns} and name_folded like '%zyzzy%' ${newest}`],
  ['search, nobody', '/wall?q=xqxqxq', sql`${columns} and name_folded like '%xqxqxq%' ${newest}`],
  [
    'search, two characters',
    '/wall?q=%E5%B1%B1%E7%94%B0&country=US',
    sql`${columns} and name_folded like '%山田%' and country = 'US' ${newest}`,
  ],
  [
    'deep page',
    `/wall?after=${deep.after}`,
    sql`${columns} and (confirmed_at, id) < (${deep.at}::timestamptz, ${deep.id}::uuid) ${newest}`,
  ],
] as const;

/** A page in the middle, as somebody comes to it who follows the links. */
async function deepPage() {
  const found = await sql<{ id: string; at: Date }>`select id, confirmed_at as at from campaign.signatories
    where state = 'confirmed' and not hidden order by confirmed_at desc, id desc
    offset ${Math.floor(people / 2)} limit 1`.execute(k.db);
  const { id, at } = found.rows[0]!;
  return { id, at, after: Buffer.from(`${at.getTime()}.${id}`).toString('base64url') };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function page(path: string): Promise<number> {
  const response = await app.request(path, { headers: { Accept: 'text/html', 'Accept-Language': 'en' } });
  const { length } = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return length;
}

function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;
}

try {
  const version = await sql<{ v: string }>`select current_setting('server_version') as v`.execute(k.db);
  console.log(
    `${cpus()[0]?.model.trim()} × ${availableParallelism()}, Node ${process.version}, PostgreSQL ${version.rows[0]?.v}; ${people} signatories, ${rounds} rounds, milliseconds\n`,
  );
  console.log('page                      median    p95   bare SELECT   ratio   KiB');
  let missed = false;
  for (const [name, path, peer] of cases) {
    const size = await page(path);
    await peer.execute(k.db);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const pair = [
        async () => void ours.push(await timed(() => page(path))),
        async () => void theirs.push(await timed(() => peer.execute(k.db))),
      ];
      for (const run of round % 2 ? pair.reverse() : pair) await run();
    }
    const [median, bare] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
    missed ||= median > GOAL_MS;
    console.log(
      `${name.padEnd(24)}${median.toFixed(1).padStart(8)}${quantile(ours, 0.95).toFixed(1).padStart(7)}${bare.toFixed(1).padStart(14)}${(median / bare).toFixed(2).padStart(8)}${(size / 1024).toFixed(0).padStart(6)}`,
    );
  }
  console.log(missed ? `\nover the goal of ${GOAL_MS} ms` : `\nall medians within the goal of ${GOAL_MS} ms`);
  if (missed) process.exitCode = 1;
} finally {
  await close();
  await rm(directory, { recursive: true });
}
