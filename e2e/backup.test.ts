import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  fromHex,
  openCheckpoint,
  proveConsistency,
  tileNodeReader,
  tilePath,
  verifyConsistency,
} from '@clearway/protocol';
import {
  backUp,
  type Config,
  kernel,
  type RunningInstance,
  readConfig,
  restore,
  serve,
  transparency,
} from '@clearway/server';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from '../packages/server/src/kernel/database/embedded.ts';

const BIN = '/usr/lib/postgresql/15/bin';
const missing = !existsSync(join(BIN, 'postgres'));
if (missing) console.warn("Moving to PostgreSQL 15 is not tested: Debian's postgresql-15 is not installed.");

type Manifest = Awaited<ReturnType<typeof backUp>>;

let directory: string;
let instance: RunningInstance;
let manifest: Manifest;
let key: string;
const at = (name: string) => join(directory, name);
const configOf = (data: string, env: NodeJS.ProcessEnv = {}): Config =>
  readConfig(env, { data: at(data), port: 0 });

/** One fact with a leaf, a blob and a setting, in one transaction. */
async function write({ k }: RunningInstance, n: number): Promise<void> {
  await kernel.inTx(k, async (t) => {
    const record = { n, text: `Zeile ${n}\t\\N\n` };
    await transparency.appendLeaf(t, { type: 'thing.made', record, subject: `thing:${n}` });
    const blob = Buffer.alloc(3_000, n);
    await t.blobs.put(
      (async function* () {
        yield blob;
      })(),
      10_000,
    );
    await kernel.writeSetting(t, `thing-${n}`, { n, 'ü"\\': null });
  });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500 && !(await done()); i++) await sleep(20);
}

/** Lets the instance work through everything, so that a comparison at rest is possible. */
async function settle(instance: RunningInstance): Promise<void> {
  await until(async () => (await transparency.sequence(instance.k)) === 0);
}

const rowsOf = (manifest: Manifest) =>
  manifest.tables.map(({ schema, table, rows, sha256 }) => ({ schema, table, rows, sha256 }));

async function hashesOf(config: Config) {
  const data = await kernel.joinData({ directory: config.data, url: config.databaseUrl });
  try {
    return await kernel.tableHashes(data.connection);
  } finally {
    await data.close();
  }
}

/** Starts the restored instance and sees, as a stranger, that its log goes on where the backup's ended. */
async function goesOn(config: Config, manifest: Manifest, key: string): Promise<void> {
  const leaves = manifest.tables.find(({ table }) => table === 'leaves')!.rows;
  const { origin, size, root } = manifest.facts.log as { origin: string; size: number; root: string };
  const instance = await serve(config);
  const get = async (path: string) => {
    const response = await fetch(`${instance.url}/log/${path}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const checkpoint = async () =>
    openCheckpoint(new TextDecoder().decode(await get('checkpoint')), origin, [key]);
  try {
    await write(instance, 200);
    await until(async () => (await checkpoint()).size === leaves + 1);
    const now = await checkpoint();
    const tree = tileNodeReader(now.size, (tile) => get(tilePath(tile)));
    const proof = await proveConsistency(size, now.size, tree);
    const old = { oldSize: size, oldRoot: fromHex(root) };
    const claim = { ...old, newSize: now.size, newRoot: now.rootHash, proof };
    expect(now.size).toBe(leaves + 1);
    expect(await verifyConsistency(claim)).toBe(true);
  } finally {
    await instance.stop();
  }
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'backup-'));
  instance = await serve(configOf('a'));
  key = await transparency.logVerifierKey(instance.k);
  for (let n = 0; n < 20; n++) await write(instance, n);
  await settle(instance);
  let busy = true;
  const writer = (async () => {
    for (let n = 20; busy && n < 200; n++) await write(instance, n);
  })();
  manifest = await backUp(configOf('a'), at('copy'));
  busy = false;
  await writer;
});
afterAll(async () => {
  await instance.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a backup of a running instance', () => {
  it('is one moment: every setting has its leaf and its blob', () => {
    const rows = Object.fromEntries(
      manifest.tables.map(({ schema, table, rows }) => [`${schema}.${table}`, rows]),
    );
    // One more setting says that this is a real world; it was made at the start and has no leaf.
    const written = rows['kernel.settings']! - 1;
    expect(written).toBeGreaterThanOrEqual(20);
    // The instance itself may have put the day's count of signatures into its log.
    expect([written, written + 1]).toContain(rows['transparency.leaves']);
    expect(rows['kernel.blobs']).toBe(written);
  });

  it('is readable by its owner only, and complete', () => {
    expect(statSync(at('copy/secret/master.key')).mode & 0o777).toBe(0o600);
    expect(statSync(at('copy')).mode & 0o777).toBe(0o700);
    expect(existsSync(at('copy.partial'))).toBe(false);
    const checked = spawnSync('sha256sum', ['-c', 'manifest.sha256'], { cwd: at('copy') });
    expect(checked.status).toBe(0);
  });

  it('is not written over what is there', async () => {
    await expect(backUp(configOf('a'), at('copy'))).rejects.toMatchObject({
      code: 'backup-target-not-empty',
    });
  });

  it('restores to the same rows and the same log, and serves', async () => {
    await restore(configOf('b'), at('copy'));
    expect(existsSync(at('b.partial'))).toBe(false);
    expect(statSync(at('b/secret/master.key')).mode & 0o777).toBe(0o600);
    expect(await hashesOf(configOf('b'))).toEqual(rowsOf(manifest));
    await goesOn(configOf('b'), manifest, key);
  });

  it('is the same again when the restored instance is backed up', async () => {
    await restore(configOf('c'), at('copy'));
    const second = await backUp(configOf('c'), at('second'), { withKey: false });
    expect(rowsOf(second)).toEqual(rowsOf(manifest));
    expect(second.facts).toEqual(manifest.facts);
    expect(second.sequences).toEqual(manifest.sequences);
    expect(existsSync(at('second/secret'))).toBe(false);
  });

  it('is not restored over an instance', async () => {
    await expect(restore(configOf('a'), at('copy'))).rejects.toMatchObject({
      code: 'backup-target-not-empty',
    });
  });

  it('is refused after one byte of any file was changed, or a file was added or taken', async () => {
    const paths = readdirSync(at('copy'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(paths.length).toBeGreaterThan(15);
    const refused = () =>
      expect(restore(configOf('d'), at('copy'))).rejects.toMatchObject({ code: 'backup-damaged' });
    for (const [i, path] of paths.entries()) {
      const bytes = readFileSync(path);
      const changed = Buffer.from(bytes);
      changed[(i * 7_919) % changed.length]! ^= 1;
      writeFileSync(path, changed);
      await refused();
      rmSync(path);
      await refused();
      writeFileSync(path, bytes);
    }
    writeFileSync(at('copy/tables/more.copy.gz'), 'x');
    await refused();
    rmSync(at('copy/tables/more.copy.gz'));
    expect(existsSync(at('d'))).toBe(false);
    expect(existsSync(at('d.partial'))).toBe(false);
  });

  it('of another version is refused, and leaves nothing', async () => {
    const path = at('copy/manifest.json');
    const sum = at('copy/manifest.sha256');
    const [text, line] = [readFileSync(path, 'utf8'), readFileSync(sum, 'utf8')];
    const rewrite = async (change: (manifest: Manifest) => void) => {
      const changed = JSON.parse(text) as Manifest;
      change(changed);
      writeFileSync(path, JSON.stringify(changed));
      const made = spawnSync('sha256sum', ['manifest.json'], { cwd: at('copy'), encoding: 'utf8' });
      writeFileSync(sum, made.stdout);
    };
    await rewrite(({ migrations }) =>
      migrations.push({ module: 'kernel', name: '9999-later.sql', sha256: '0'.repeat(64) }),
    );
    await expect(restore(configOf('d'), at('copy'))).rejects.toMatchObject({
      code: 'backup-migrations-differ',
    });
    await rewrite(({ tables }) => {
      tables.find(({ table }) => table === 'leaves')!.sha256 = '0'.repeat(64);
    });
    await expect(restore(configOf('d'), at('copy'))).rejects.toMatchObject({ code: 'backup-not-restored' });
    expect(existsSync(at('d'))).toBe(false);
    writeFileSync(path, text);
    writeFileSync(sum, line);
  });
});

describe.skipIf(missing)(`a backup moves to a PostgreSQL 15${missing ? ' (not installed here)' : ''}`, () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>;
  let host: string;

  beforeAll(async () => {
    const binaries = { root: dirname(BIN), initdb: join(BIN, 'initdb'), postgres: join(BIN, 'postgres') };
    mkdirSync(at('pg15'));
    server = await startEmbedded({ directory: at('pg15'), binaries, fsync: false });
    if ('url' in server.connection) throw new Error('the server listens on a socket');
    host = server.connection.socketDirectory;
    const admin = new pg.Client({ ...server.connection, host });
    await admin.connect();
    await admin.query(`create role plain login password 'plain'`);
    await admin.query('create database moved owner plain');
    await admin.end();
  });
  afterAll(() => server.stop());

  const url = () => `postgresql://plain:plain@/moved?host=${encodeURIComponent(host)}`;
  const config = () => configOf('e', { DATABASE_URL: url() });

  it('of an ordinary user, and serves from there', async () => {
    await restore(config(), at('copy'));
    expect(existsSync(at('e/pg'))).toBe(false);
    expect(await hashesOf(config())).toEqual(rowsOf(manifest));
    await goesOn(config(), manifest, key);
  });

  it('and back into an embedded one', async () => {
    const moved = await backUp(config(), at('moved'));
    expect(moved.postgres).toMatch(/^15\./);
    await restore(configOf('f'), at('moved'));
    expect(await hashesOf(configOf('f'))).toEqual(rowsOf(moved));
  });

  it('but not over what is there', async () => {
    const again = configOf('g', { DATABASE_URL: url() });
    await expect(restore(again, at('copy'))).rejects.toMatchObject({ code: 'backup-target-not-empty' });
    expect(existsSync(at('g'))).toBe(false);
    expect(await hashesOf(config())).not.toEqual([]);
  });
});
