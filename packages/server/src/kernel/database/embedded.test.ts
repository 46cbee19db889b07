import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinData, openData } from './open-data.ts';

let directory: string;
beforeAll(() => {
  // Deep enough that a socket beside the data would have too long a name.
  directory = join(mkdtempSync(join(tmpdir(), 'clearway-embedded-')), 'a'.repeat(90));
  mkdirSync(directory, { mode: 0o700 });
});
afterAll(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

it('keeps its data over a restart, listens on no network, and hides its secrets', async () => {
  const first = await openData({ directory, url: undefined });
  await sql`create table kept (n int8)`.execute(first.db);
  await sql`insert into kept values (9007199254740993)`.execute(first.db);
  await first.close();
  const second = await openData({ directory, url: undefined });
  const rows = await sql`select n, date '2026-03-29' as d, current_setting('listen_addresses') as l,
    current_setting('fsync') as f from kept`.execute(second.db);
  expect(rows.rows).toEqual([{ n: 9007199254740993n, d: '2026-03-29', l: '', f: 'on' }]);
  await second.close();
  expect(statSync(join(directory, 'secret', 'database-password')).mode & 0o777).toBe(0o600);
});

it('refuses a second server on the directory but lets a command join it', async () => {
  const server = await openData({ directory, url: undefined });
  await expect(openData({ directory, url: undefined })).rejects.toMatchObject({
    code: 'data-directory-in-use',
  });
  const command = await joinData({ directory, url: undefined });
  expect((await sql`select 1 as one`.execute(command.db)).rows).toEqual([{ one: 1 }]);
  await command.close();
  expect((await sql`select 2 as two`.execute(server.db)).rows).toEqual([{ two: 2 }]);
  await server.close();
});

const holder = `
  import { openData } from ${JSON.stringify(new URL('./open-data.ts', import.meta.url).href)};
  await openData({ directory: process.argv[1], url: undefined });
  console.log('open');
  setInterval(() => {}, 1000);
`;

it('opens again after its process was killed', async () => {
  const args = ['--conditions=clearway-source', '--input-type=module', '-e', holder, directory];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  const again = await openData({ directory, url: undefined });
  expect((await sql`select 1 as one`.execute(again.db)).rows).toEqual([{ one: 1 }]);
  await again.close();
});

it('is started again when it was killed, with all that was committed, and no transaction brings the process down', async () => {
  const server = await openData({ directory, url: undefined });
  await sql`create table survived (n int)`.execute(server.db);
  const killed = server.db.transaction().execute(async (t) => {
    await sql`insert into survived values (1)`.execute(t);
    await sql`insert into survived values (2)`.execute(server.db);
    process.kill(
      Number(readFileSync(join(directory, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    );
    // The connection breaks here, between two statements.
    await sleep(500);
    await sql`insert into survived values (3)`.execute(t);
  });
  await expect(killed).rejects.toThrow();
  const rows = () =>
    sql`select n from survived`.execute(server.db).then(
      (found) => found.rows,
      () => undefined,
    );
  await expect.poll(rows, { timeout: 15_000 }).toEqual([{ n: 2 }]);
  await server.close();
});

it('fsyncs: every acknowledged commit group is on disk', async (context) => {
  if (spawnSync('strace', ['-V']).status !== 0) context.skip('strace is not installed');
  const server = await openData({ directory, url: undefined });
  await sql`create table synced (n int)`.execute(server.db);
  const pid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(server.db)).rows[0]!.pid;
  const tracer = spawn('strace', ['-f', '-e', 'trace=fdatasync,fsync', '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let trace = '';
  tracer.stderr.setEncoding('utf8').on('data', (text: string) => {
    trace += text;
  });
  await expect.poll(() => trace, { timeout: 5_000 }).toContain('attached');
  const commits = 20;
  for (let n = 0; n < commits; n++) await sql`insert into synced values (${n})`.execute(server.db);
  await expect
    .poll(() => trace.split('fdatasync(').length - 1, { timeout: 5_000 })
    .toBeGreaterThanOrEqual(commits);
  tracer.kill('SIGINT');
  await server.close();
});
