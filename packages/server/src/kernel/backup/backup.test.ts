import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { clientOptions, openDatabase } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { kernelMigrations } from '../index.ts';
import { readBackup, restoreBackup, tableHashes, writeBackup } from './index.ts';

const FIRST = `
  create schema odd;
  create table odd.zones (name text primary key, parent text references odd.zones (name));
  create table odd.colours (code text, zone text references odd.zones (name), primary key (code, zone),
    note text, loud text generated always as (upper(note)) stored, parts jsonb, tags text[], raw bytea,
    seen timestamptz, amount numeric, ratio double precision);
  create table odd.bare (n int, word text);
  create table odd.counted (id bigint generated always as identity primary key, word text);
  create function odd.refuse() returns trigger language plpgsql as $$ begin raise 'no more rows'; end $$;
  create table odd.closed (id int primary key);
  insert into odd.closed values (1);
  create trigger closed before insert on odd.closed execute function odd.refuse();
  create trigger always_closed before truncate or delete on odd.closed execute function odd.refuse();
  alter table odd.closed enable always trigger always_closed;
  insert into odd.zones values ('seed', null);`;
const SECOND = `alter table odd.bare add column later text not null default 'new';`;

let k: TestKernel;
let directory: string;
let today: Parameters<typeof migrate>[1];
const facts = async () => ({ answer: 42 });

async function newDatabase(name: string) {
  const admin = new pg.Client(clientOptions(k.connection));
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  return { ...k.connection, database: name };
}

async function run(connection: Parameters<typeof clientOptions>[0], text: string) {
  const client = new pg.Client(clientOptions(connection));
  await client.connect();
  try {
    return await client.query<Record<string, unknown>>(text);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  k = await createTestKernel();
  directory = mkdtempSync(join(tmpdir(), 'backup-unit-'));
  const migrations = join(directory, 'migrations');
  mkdirSync(migrations);
  writeFileSync(join(migrations, '0001-first.sql'), FIRST);
  today = [kernelMigrations, { module: 'odd', directory: pathToFileURL(`${migrations}/`) }];
  const connection = await newDatabase('backup_from');
  const { db, close } = openDatabase(connection, 1);
  await migrate(db, today);
  await close();
  await run(
    connection,
    `insert into odd.zones values ('Ä', null), ('a', 'Z'), ('Z', 'Ä');
     insert into odd.colours (code, zone, note, parts, tags, raw, seen, amount, ratio) values
       ('b', 'a', E'tab\\t new\\nline \\\\ \\\\N', '{"b":1,"a":[null]}', '{"x,y",NULL,"\\""}', '\\x00ff', '2026-03-29T01:30:00.123456+01', 1.50, 0.1),
       ('B', 'Ä', null, null, '{}', '', 'infinity', 'NaN', '-Infinity');
     insert into odd.bare values (2, 'x'), (null, null), (1, 'x'), (1, 'x');
     insert into odd.counted (word) select 'w' || n from generate_series(1, 3) n;
     delete from odd.counted where id = 3;`,
  );
  await writeBackup({ connection, target: join(directory, 'copy'), clock: k.clock, facts });
  writeFileSync(join(migrations, '0002-second.sql'), SECOND);
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await k.close();
});

const source = () => join(directory, 'copy');

it('brings back every kind of row, whatever triggers say, and then the newer migrations', async () => {
  const manifest = await readBackup(source());
  expect(manifest.createdAt).toBe('2026-11-22T12:00:00.000Z');
  const connection = await newDatabase('backup_to');
  await restoreBackup({ source: source(), manifest, connection, migrations: today, facts });
  const hashes = await tableHashes(connection);
  const before = manifest.tables.map(({ schema, table, rows, sha256 }) => ({ schema, table, rows, sha256 }));
  const changed = hashes.filter(
    (hash) => !before.some((each) => JSON.stringify(each) === JSON.stringify(hash)),
  );
  expect(changed.map(({ table }) => table)).toEqual(['bare']);
  expect((await run(connection, 'select distinct later from odd.bare')).rows).toEqual([{ later: 'new' }]);
  expect((await run(connection, `select loud from odd.colours where code = 'b'`)).rows[0]!.loud).toContain(
    'TAB',
  );
  await expect(run(connection, 'insert into odd.closed values (2)')).rejects.toThrow('no more rows');
  await expect(
    run(connection, 'set session_replication_role = replica; truncate odd.closed'),
  ).rejects.toThrow('no more rows');
  // A number that was given once is not given again.
  const next = await run(connection, `insert into odd.counted (word) values ('next') returning id`);
  expect(next.rows).toEqual([{ id: 4n }]);
});

it('leaves the database empty when the modules say something else about it', async () => {
  const manifest = await readBackup(source());
  const connection = await newDatabase('backup_other');
  const other = async () => ({ answer: 43 });
  await expect(
    restoreBackup({ source: source(), manifest, connection, migrations: today, facts: other }),
  ).rejects.toMatchObject({ code: 'backup-not-restored' });
  const left = await run(connection, `select nspname from pg_namespace where nspname in ('kernel', 'odd')`);
  expect(left.rows).toEqual([]);
});

it('refuses a migration that was changed since', async () => {
  const manifest = await readBackup(source());
  writeFileSync(join(directory, 'migrations', '0001-first.sql'), `${FIRST}\n-- changed`);
  const connection = await newDatabase('backup_changed');
  await expect(
    restoreBackup({ source: source(), manifest, connection, migrations: today, facts }),
  ).rejects.toMatchObject({ code: 'backup-migrations-differ' });
  writeFileSync(join(directory, 'migrations', '0001-first.sql'), FIRST);
});
