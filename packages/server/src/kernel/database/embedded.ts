import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Connection, clientOptions } from './connect.ts';

/** A running embedded PostgreSQL. */
export type EmbeddedServer = {
  readonly connection: Connection;
  /** Process number of PostgreSQL, or undefined when a server left over by a dead process was adopted. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
};

type Options = {
  /** The instance's data directory; the cluster lies in `<directory>/pg`. */
  readonly directory: string;
  /** False only in tests, where losing the cluster does not matter. */
  readonly fsync?: boolean;
  readonly maxConnections?: number;
  /** Other programs than the bundled ones, to run the tests on another PostgreSQL. */
  readonly binaries?: Binaries;
};

const USER = 'clearway';
const DATABASE = 'clearway';

/** Socket paths over about 100 bytes are refused by the kernel; deep directories get a short place instead. */
function socketDirectory(directory: string): string {
  const own = join(directory, 'run');
  if (Buffer.byteLength(own) <= 80) return own;
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return join(tmpdir(), `clearway-${process.getuid?.() ?? 0}-${name}`);
}

/**
 * PostgreSQL refuses to run as root, and as a user without a name. In a user namespace both get an ordinary number,
 * and their files stay reachable. It dies with this process where setpriv can arrange it.
 */
function asOrdinaryUser(command: string, args: string[], binaries: Binaries): [string, string[]] {
  const dieWithParent = ['--pdeathsig', 'INT', command, ...args];
  if (process.getuid?.() !== 0 && hasUserName())
    return hasSetpriv() ? ['setpriv', dieWithParent] : [command, args];
  const namespace = ['--user', '--map-user=1000', '--map-group=1000'];
  const probe = spawnSync('unshare', [...namespace, 'true'], { stdio: 'ignore' });
  if (probe.status === 0) return ['unshare', [...namespace, 'setpriv', ...dieWithParent]];
  throw new Error(
    `The embedded PostgreSQL (${binaries.root}) cannot run as this user here, because user namespaces are switched off. ` +
      'Start Clearway as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

function hasUserName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function hasSetpriv(): boolean {
  return spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0;
}

function environment(binaries: Binaries): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LD_LIBRARY_PATH: join(binaries.root, 'lib'), LC_ALL: 'C', TZ: 'UTC' };
}

/** Creates the cluster beside its final name and renames it, so that a crash leaves no half-made cluster. */
function initialise(directory: string, binaries: Binaries, fsync: boolean): void {
  const final = join(directory, 'pg');
  if (existsSync(join(final, 'PG_VERSION'))) return;
  const draft = join(directory, 'pg.new');
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = join(directory, 'secret', 'database-password');
  mkdirSync(join(directory, 'secret'), { recursive: true, mode: 0o700 });
  if (!existsSync(passwordFile))
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const args = ['-D', draft, '-U', USER, '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
  const more = [`--pwfile=${passwordFile}`, ...(fsync ? [] : ['--no-sync'])];
  const [command, all] = asOrdinaryUser(binaries.initdb, [...args, ...more], binaries);
  const done = spawnSync(command, all, { env: environment(binaries), encoding: 'utf8' });
  if (done.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `The embedded PostgreSQL could not create its files in ${directory}: ${done.stderr || done.error?.message}`,
    );
  }
  renameSync(draft, final);
}

/** Where the embedded server of a data directory listens, whether it runs or not. */
export function embeddedConnection(directory: string, database = DATABASE): Connection {
  const password = readFileSync(join(directory, 'secret', 'database-password'), 'utf8').trim();
  return { socketDirectory: socketDirectory(directory), user: USER, password, database };
}

async function answers(connection: Connection): Promise<boolean> {
  const client = new pg.Client({ ...clientOptions(connection), connectionTimeoutMillis: 2_000 });
  // Without a listener a server that ends mid-handshake would raise an unhandled event.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function postmasterPid(directory: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(directory, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A PostgreSQL whose owner was killed is on its way out (it is told to stop when its parent dies).
 * Waits for that; if it keeps running and answers, it is adopted instead.
 */
async function adoptOrWait(directory: string, admin: Connection): Promise<EmbeddedServer | undefined> {
  for (let waited = 0; waited < 15_000; waited += 100) {
    const pid = postmasterPid(directory);
    if (pid === undefined) return undefined;
    if (waited >= 5_000 && (await answers(admin))) {
      return { connection: embeddedConnection(directory), pid: undefined, stop: () => stopPid(pid) };
    }
    await sleep(100);
  }
  throw new Error(
    `A PostgreSQL still runs on ${directory} and does not answer. See ${join(directory, 'pg.log')}.`,
  );
}

async function stopPid(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 200; i++) {
    await sleep(50);
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
}

async function ensureDatabase(admin: Connection): Promise<void> {
  const client = new pg.Client(clientOptions(admin));
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts the embedded PostgreSQL of a data directory, creating its cluster on first use, and waits until it
 * answers. It listens on a Unix socket only, asks for a password, fsyncs, and stops when this process dies.
 * The caller holds the directory's lock.
 */
export async function startEmbedded(options: Options): Promise<EmbeddedServer> {
  const { directory, fsync = true } = options;
  const binaries = options.binaries ?? findBinaries();
  initialise(directory, binaries, fsync);
  const sockets = socketDirectory(directory);
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  chmodSync(sockets, 0o700);
  const admin = embeddedConnection(directory, 'postgres');
  const adopted = await adoptOrWait(directory, admin);
  if (adopted) return adopted;

  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    max_connections: String(options.maxConnections ?? 60),
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, args] = asOrdinaryUser(
    binaries.postgres,
    ['-D', join(directory, 'pg'), ...flags],
    binaries,
  );
  const launch = (): ChildProcess => {
    const logFile = openSync(join(directory, 'pg.log'), 'a', 0o600);
    // A group of its own: Ctrl-C in a terminal is for this process, which then stops PostgreSQL in order.
    const child = spawn(command, args, {
      stdio: ['ignore', logFile, logFile],
      env: environment(binaries),
      detached: true,
    });
    closeSync(logFile);
    return child;
  };
  const first = launch();
  try {
    await untilReady(first, admin, directory);
    await ensureDatabase(admin);
  } catch (error) {
    await stopChild(first);
    throw error;
  }
  const stop = keepRunning(first, launch);
  return { connection: embeddedConnection(directory), pid: first.pid, stop };
}

const RELAUNCH_MS = { first: 100, most: 5_000 };

/**
 * Starts PostgreSQL again when it dies although nobody stopped it (killed for want of memory, say); what was committed is
 * recovered from its log. The processes of the dead one need a moment to go, so tries repeat. Answers how to stop it.
 */
function keepRunning(first: ChildProcess, launch: () => ChildProcess): () => Promise<void> {
  let child = first;
  let stopping = false;
  let relaunch: NodeJS.Timeout | undefined;
  const watch = (startedAt: number, delay: number) => {
    const died = () => {
      if (stopping) return;
      const lived = performance.now() - startedAt;
      const wait = lived > RELAUNCH_MS.most ? RELAUNCH_MS.first : delay;
      relaunch = setTimeout(() => {
        child = launch();
        watch(performance.now(), Math.min(wait * 2, RELAUNCH_MS.most));
      }, wait);
    };
    child.once('exit', died);
    // A program that cannot be started at all ends with an error instead.
    child.once('error', died);
  };
  watch(performance.now(), RELAUNCH_MS.first);
  return async () => {
    stopping = true;
    clearTimeout(relaunch);
    await stopChild(child);
  };
}

async function untilReady(child: ChildProcess, admin: Connection, directory: string): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (let i = 0; i < 600; i++) {
    if (failure || child.exitCode !== null) {
      const last = readFileSync(join(directory, 'pg.log'), 'utf8').trim().split('\n').slice(-3).join(' ');
      throw new Error(`The embedded PostgreSQL did not start: ${failure?.message ?? last}`);
    }
    if (await answers(admin)) return;
    await sleep(50);
  }
  throw new Error(`The embedded PostgreSQL did not answer within 30 s. See ${join(directory, 'pg.log')}.`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // SIGINT is PostgreSQL's fast shutdown: open transactions roll back, a checkpoint is written.
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGQUIT'), 20_000);
  await ended;
  clearTimeout(late);
}
